"""Web exchanges in and out as WARC files; damage is told, never served."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from aggregator.errors import ArchiveError, NotArchivedError
from storage.archive import ArchiveReader, ArchiveWriter, Exchange, header, request_key
from tests.pipelines.builders import NOW, WIB

URL = "https://contoh.example/berita/1?a=1"
PAGE = "<p>Siswa “SMK” – 50 %</p>".encode()
HEADERS = (("Content-Type", "text/html; charset=utf-8"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b"))


def exchange(**changes: Any) -> Exchange:
    stated: dict[str, Any] = {
        "method": "GET",
        "url": URL,
        "status": 200,
        "headers": HEADERS,
        "body": PAGE,
        "fetched_at": NOW,
    }
    return Exchange(**{**stated, **changes})


def numbered(number: int) -> Exchange:
    url = f"https://contoh.example/berita/{number}"
    return exchange(url=url, body=f"halaman {number} ".encode() * 40)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pages.warc.gz"


def write(path: Path, *exchanges: Exchange, sent: bytes = b"") -> None:
    with ArchiveWriter(path, "tests") as writer:
        for one in exchanges:
            writer.add(one, (("User-Agent", "tests"),), sent)


# --- there and back -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"status": 404},
        {"body": b""},
        {"body": bytes(range(256)) * 10},
        {"body": "Ki Hajar é".encode("latin-1")},
        {"body": b"x" * 3_000_000},
        {"body": b"WARC/1.0\r\nWARC-Type: response\r\n\r\n\r\n\r\n"},
        {"body": gzip.compress(PAGE), "headers": (("Content-Encoding", "gzip"),)},
        {"headers": ()},
        {"headers": (("Location", "/a b?c=%20"), ("X-Empty", ""))},
        {"url": "https://contoh.example/berita/%C3%A9?q=a%20b&r=%"},
        {"fetched_at": datetime(2013, 2, 28, 23, 59, 59, tzinfo=UTC)},
    ],
    ids=lambda change: "".join(change) or "as usual",
)
def test_an_exchange_reads_back_equal(path: Path, change: dict[str, Any]) -> None:
    one = exchange(**change)
    write(path, one)
    assert ArchiveReader(path).get("GET", one.url) == one


def test_the_date_reads_back_in_utc(path: Path) -> None:
    write(path, exchange(fetched_at=NOW.astimezone(WIB)))
    assert ArchiveReader(path).get("GET", URL).fetched_at.isoformat() == NOW.isoformat()


def test_headers_of_the_transfer_are_left_out(path: Path) -> None:
    write(path, exchange(headers=(("Transfer-Encoding", "chunked"), ("ETag", "x"))))
    assert ArchiveReader(path).get("GET", URL).headers == (("ETag", "x"),)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_a_sent_body_is_part_of_the_request(path: Path, method: str) -> None:
    bodies = {b'{"page": 1}': b"satu", b'{"page": 2}': b"dua", b"\xff\x00\xfe": b"tiga"}
    with ArchiveWriter(path, "tests") as writer:
        for sent, answer in bodies.items():
            writer.add(exchange(method=method, body=answer), sent=sent)
    archive = ArchiveReader(path)
    assert {sent: archive.get(method, URL, sent).body for sent in bodies} == bodies


def test_a_post_does_not_answer_a_get(path: Path) -> None:
    write(path, exchange(method="POST"), sent=b"{}")
    with pytest.raises(NotArchivedError):
        ArchiveReader(path).get("GET", URL)


def test_an_uncompressed_file_reads_the_same(path: Path, tmp_path: Path) -> None:
    pages = [numbered(n) for n in range(3)]
    write(path, *pages)
    plain = tmp_path / "pages.warc"
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    archive = ArchiveReader(plain)
    assert [archive.get("GET", page.url) for page in pages] == pages


def test_each_record_is_a_gzip_member_of_its_own(path: Path) -> None:
    write(path, exchange())
    with path.open("rb") as file:
        found = [record.rec_type for record in ArchiveIterator(file)]
    assert found == ["warcinfo", "response", "request"]


# --- asked ----------------------------------------------------------------------------------------


def test_the_same_request_is_answered_in_turn_and_the_last_answer_stays(path: Path) -> None:
    write(path, *(exchange(body=body) for body in (b"satu", b"dua")))
    archive = ArchiveReader(path)
    assert [archive.get("GET", URL).body for _ in range(3)] == [b"satu", b"dua", b"dua"]


def test_each_request_has_its_own_turn(path: Path) -> None:
    write(path, numbered(1), numbered(2), numbered(1))
    archive = ArchiveReader(path)
    archive.get("GET", numbered(1).url)
    assert archive.get("GET", numbered(2).url) == numbered(2)


def test_what_is_not_there_is_named(path: Path) -> None:
    write(path, exchange())
    with pytest.raises(NotArchivedError, match=r"GET https://contoh\.example/lain"):
        ArchiveReader(path).get("GET", "https://contoh.example/lain")


def test_addresses_are_listed_in_order_and_once(path: Path) -> None:
    write(path, numbered(2), numbered(1), numbered(2))
    assert ArchiveReader(path).urls() == (numbered(2).url, numbered(1).url)


def test_addresses_that_were_posted_to_are_not_listed(path: Path) -> None:
    write(path, exchange(method="POST"), numbered(1))
    assert ArchiveReader(path).urls() == (numbered(1).url,)


def test_the_first_date_is_the_earliest(path: Path) -> None:
    write(path, exchange(), exchange(fetched_at=NOW - timedelta(days=1)))
    assert ArchiveReader(path).first_date() == NOW - timedelta(days=1)


@pytest.mark.parametrize(
    "same",
    [
        "http://contoh.example/a?b=1",
        "https://www.contoh.example/a?b=1",
        "https://CONTOH.example/a?b=1",
        "https://contoh.example/a?b=1#bagian",
    ],
)
def test_requests_that_are_the_same(same: str) -> None:
    assert request_key("get", same) == request_key("GET", "https://contoh.example/a?b=1")


@pytest.mark.parametrize(
    "other",
    [
        ("POST", "https://contoh.example/a?b=1", b""),
        ("GET", "https://contoh.example/a?b=1", b"{}"),
        ("GET", "https://contoh.example/a?b=2", b""),
        ("GET", "https://contoh.example/a", b""),
        ("GET", "https://contoh.example/A?b=1", b""),
        ("GET", "https://m.contoh.example/a?b=1", b""),
        ("GET", "https://contoh.example:8080/a?b=1", b""),
    ],
)
def test_requests_that_are_not_the_same(other: tuple[str, str, bytes]) -> None:
    assert request_key(*other) != request_key("GET", "https://contoh.example/a?b=1")


def test_no_path_is_the_root() -> None:
    assert request_key("GET", "https://a.example") == request_key("GET", "https://a.example/")


@pytest.mark.parametrize("headers", [(("ETag", "x"), ("ETag", "y")), {"ETag": "x"}], ids=type)
def test_a_header_is_found_whatever_its_case(headers: Any) -> None:
    assert (header(headers, "etag"), header(headers, "date")) == ("x", None)


# --- written --------------------------------------------------------------------------------------


def test_a_second_writer_appends(path: Path) -> None:
    write(path, numbered(1))
    write(path, numbered(2))
    assert ArchiveReader(path).urls() == (numbered(1).url, numbered(2).url)


def test_an_exchange_is_on_disk_before_the_writer_is_closed(path: Path) -> None:
    with ArchiveWriter(path, "tests") as writer:
        writer.add(exchange())
        assert ArchiveReader(path).get("GET", URL) == exchange()


@pytest.mark.parametrize("name", [".", "nowhere/pages.warc.gz"], ids=["folder", "no folder"])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(ArchiveError):
        ArchiveWriter(tmp_path / name, "tests")


# --- damaged --------------------------------------------------------------------------------------


def test_a_missing_file_is_told(path: Path) -> None:
    with pytest.raises(ArchiveError, match="No such file"):
        ArchiveReader(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"Ini bukan arsip.\n" * 100,
        b"<html><body>Ini bukan arsip.</body></html>",
        b"\x00\xff" * 500,
        gzip.compress(b"", mtime=0),
        gzip.compress(b"Ini bukan arsip.\n" * 100, mtime=0),
        b"WARC/1.0\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
    ],
)
def test_what_is_no_archive_is_told(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(ArchiveError) as error:
        ArchiveReader(path)
    assert str(error.value).isprintable()


def test_a_folder_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError):
        ArchiveReader(tmp_path)


def test_an_archive_without_pages_is_told(path: Path) -> None:
    write(path)
    with pytest.raises(ArchiveError, match="holds no web pages"):
        ArchiveReader(path)


@pytest.mark.parametrize("compressed", [True, False], ids=["gz", "plain"])
def test_wherever_a_file_is_cut_only_whole_pages_are_served(path: Path, compressed: bool) -> None:
    pages = [numbered(n) for n in range(3)]
    write(path, *pages)
    whole = path.read_bytes() if compressed else gzip.decompress(path.read_bytes())
    served = []
    for end in range(0, len(whole), 13):
        path.write_bytes(whole[:end])
        try:
            archive = ArchiveReader(path)
        except ArchiveError:
            served.append(0)
            continue
        found = [archive.get("GET", url) for url in archive.urls()]
        assert found == pages[: len(found)]
        served.append(len(found))
    assert served == sorted(served)
    assert set(served) == {0, 1, 2, 3}


def test_a_damaged_middle_is_told(path: Path) -> None:
    write(path, *(numbered(n) for n in range(3)))
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 40] = b"\n" * 40
    path.write_bytes(content)
    with pytest.raises(ArchiveError):
        ArchiveReader(path)


def test_a_file_that_changes_after_it_was_opened_is_told(path: Path) -> None:
    write(path, exchange())
    archive = ArchiveReader(path)
    path.write_bytes(b"")
    with pytest.raises(ArchiveError):
        archive.get("GET", URL)


def test_records_of_other_protocols_are_passed_over(path: Path) -> None:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        looked_up = io.BytesIO(b"20260801 contoh.example. IN A 192.0.2.1")
        record = writer.create_warc_record(
            "dns:contoh.example",
            "response",
            payload=looked_up,
            http_headers=None,
            warc_content_type="text/dns",
        )
        writer.write_record(record)
        page = StatusAndHeaders("200 OK", [], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(URL, "response", payload=io.BytesIO(PAGE), http_headers=page)
        )
    assert ArchiveReader(path).urls() == (URL,)
