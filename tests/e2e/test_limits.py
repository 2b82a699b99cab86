"""Answers that would exhaust memory or time: each ends by name, and memory stays flat.

The bound on memory is generous: a crawl of one small article takes about 110 MB on CPython 3.11,
mostly code, and the largest body that is accepted (10 MiB) exists three times while it is read.
"""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest

from tests.e2e.rawserver import Answer, RawServer, http, raw_server
from tests.e2e.world import LOOPBACK, article_page, feed_of, run_program

MB = 1024 * 1024
BOMB = 400 * MB
FLAT = 390
"""Megabytes that no crawl of these tests may take, far below what any bomb unpacks to."""


def _gzip(size: int = BOMB) -> bytes:
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    return b"".join([*(packer.compress(bytes(MB)) for _ in range(size // MB)), packer.flush()])


def _deflate() -> bytes:
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(bytes(MB)) for _ in range(BOMB // MB)), packer.flush()])


def _brotli() -> bytes:
    packer = brotli.Compressor(quality=5)
    return b"".join([*(packer.process(bytes(MB)) for _ in range(BOMB // MB)), packer.finish()])


def _zstd() -> bytes:
    from backports import zstd

    packer = zstd.ZstdCompressor()
    return b"".join([*(packer.compress(bytes(MB)) for _ in range(BOMB // MB)), packer.flush()])


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def _endless_body() -> Iterator[bytes]:
    yield HEAD + b"\r\n<p>"
    while True:
        yield b"Siswa dan guru. " * 4096


def _endless_chunks() -> Iterator[bytes]:
    yield HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"1000\r\n" + b"x" * 4096 + b"\r\n"


def _slow_body() -> Iterator[bytes]:
    """A byte now and then: never idle, never done."""
    yield HEAD + b"Content-Length: 100000\r\n\r\n"
    while True:
        yield b"x"
        time.sleep(0.1)


def _slow_headers() -> Iterator[bytes]:
    yield HEAD
    while True:
        yield b"X-Lama: ya\r\n"
        time.sleep(0.1)


def _endless_headers() -> Iterator[bytes]:
    yield HEAD
    while True:
        yield b"X-Banyak: " + b"x" * 500 + b"\r\n"


def _endless_continuation() -> Iterator[bytes]:
    yield HEAD + b"X-Panjang: a\r\n"
    while True:
        yield b" " + b"x" * 500 + b"\r\n"


def _one_long_header() -> Iterator[bytes]:
    yield HEAD + b"X-Panjang: "
    while True:
        yield b"x" * 4096


def _endless_interim() -> Iterator[bytes]:
    while True:
        yield b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"


def _silence() -> Iterator[bytes]:
    time.sleep(30)
    yield b""


def packed(body: bytes, encoding: str) -> bytes:
    return http(body, Content_Encoding=encoding)


ARTICLES: dict[str, tuple[Answer, str]] = {
    "gzip bomb": (packed(_gzip(), "gzip"), "failed:too large when unpacked"),
    "deflate bomb": (packed(_deflate(), "deflate"), "failed:too large when unpacked"),
    "brotli bomb": (packed(_brotli(), "br"), "failed:too large when unpacked"),
    "zstd bomb": (packed(_zstd(), "zstd"), "failed:too large when unpacked"),
    "bomb in a bomb": (
        packed(gzip.compress(_gzip()), "gzip, gzip"),
        "failed:too large when unpacked",
    ),
    "broken deflate": (packed(b"no deflate at all", "deflate"), "failed:broken compression"),
    "broken brotli": (packed(b"no brotli at all", "br"), "failed:broken compression"),
    "broken zstd": (packed(b"no zstd at all", "zstd"), "failed:broken compression"),
    "endless body": (_endless_body, "failed:response too large"),
    "endless chunks": (_endless_chunks, "failed:response too large"),
    "announced too large": (
        HEAD + b"Content-Length: 99999999999\r\n\r\n",
        "failed:response too large",
    ),
    "slow body": (_slow_body, "failed:timeout"),
    "slow headers": (_slow_headers, "failed:timeout"),
    "silence": (_silence, "failed:timeout"),
    "endless headers": (_endless_headers, "failed:headers too long"),
    "endless continuation line": (_endless_continuation, "failed:headers too long"),
    "one endless header": (_one_long_header, "failed:headers too long"),
    "endless interim answers": (_endless_interim, "failed:headers too long"),
}

TIMEOUT = 2.0


def crawl(server: RawServer, folder: Path, *options: str) -> Any:
    done = run_program(
        *(str(LOOPBACK), server.base, f"sqlite:///{folder / 'news.db'}"),
        *("--timeout", str(TIMEOUT), "--retries", "0", *options),
        cwd=folder,
    )
    assert done.out, done.err
    return done.json


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """All of ``ARTICLES`` in one crawl, before and after articles that behave."""
    names = ["before", *ARTICLES, "after"]
    with raw_server() as server:
        server.serve("/rss", http(feed_of(server.base, tuple(range(len(names)))), kind="text/xml"))
        for number, name in enumerate(names):
            answer = ARTICLES[name][0] if name in ARTICLES else http(article_page(number))
            server.serve(f"/berita/{number}/uji-{number}", answer)
        started = time.monotonic()
        found = crawl(server, tmp_path_factory.mktemp("limits"))
        found["seconds"] = time.monotonic() - started
        ends = list(found["publishers"][0]["ends"].values())
        found["by_name"] = dict(zip(names, ends, strict=True))
        found["asked"] = server.asked
    return found


@pytest.mark.parametrize("name", ARTICLES)
def test_an_answer_beyond_all_bounds_ends_by_name(report: Any, name: str) -> None:
    assert report["by_name"][name] == ARTICLES[name][1]


def test_the_others_do_not_suffer(report: Any) -> None:
    assert (report["by_name"]["before"], report["by_name"]["after"]) == ("stored", "stored")


def test_memory_stays_flat(report: Any) -> None:
    assert report["peak_mb"] < FLAT


def test_time_is_bounded_for_each(report: Any) -> None:
    slow = sum(end == "failed:timeout" for end in report["by_name"].values())
    assert report["seconds"] < 30 + slow * TIMEOUT


def laughs(levels: int = 10) -> str:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, levels))
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">{entities}]>'
        f"<rss><channel><item><title>&a{levels - 1};</title>"
        "<link>http://127.0.0.1/berita/1/uji</link></item></channel></rss>"
    )


def external(target: str) -> str:
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY isi SYSTEM "{target}">]>'
        "<rss><channel><item><title>&isi;</title>"
        "<link>http://127.0.0.1/berita/1/uji</link></item></channel></rss>"
    )


def outside_dtd(target: str) -> str:
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss SYSTEM "{target}">'
        "<rss><channel><item><title>Uji &isi;</title>"
        "<link>BASE/berita/1/uji-1</link></item></channel></rss>"
    )


FEEDS: dict[str, tuple[bytes, str]] = {
    "laughs": (laughs().encode(), "unparseable"),
    "laughs-utf16": (laughs().replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16"),
                     "unparseable"),
    "laughs-utf16-unmarked": (laughs().replace("?>", ' encoding="utf-16"?>', 1)
                              .encode("utf-16-le"), "unparseable"),
    "laughs-utf32": (laughs().encode("utf-32"), "unparseable"),
    "quadratic": (external("x").replace('SYSTEM "x"', f'"{"x" * 50_000}"')
                  .replace("&isi;", "&isi;" * 20_000).encode(), "unparseable"),
    "own-file": (external("file:///etc/passwd").encode(), "unparseable"),
    "outside-entity": (external("BASE/rahasia").encode(), "unparseable"),
    "deep": (b"<rss>" + b"<a>" * 200_000, "unparseable"),
    "gzip-in-gzip": (gzip.compress(_gzip()), "unparseable"),
    "long-text": (b"<rss><channel><item><title>" + b"x" * (11 * MB), "response too large"),
}  # fmt: skip


@pytest.fixture(scope="module")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with raw_server() as server:
        for name, (body, _) in FEEDS.items():
            content = body.replace(b"BASE", server.base.encode())
            server.serve(f"/{name}", http(content, kind="application/xml"))
        dtd = outside_dtd(f"{server.base}/dtd").replace("BASE", server.base)
        server.serve("/dtd-outside", http(dtd, kind="application/xml"))
        options = [word for name in [*FEEDS, "dtd-outside"] for word in ("--feed", f"/{name}")]
        found = crawl(server, tmp_path_factory.mktemp("feeds"), *options)
        found["asked"] = server.asked
    return found


def channel(report: Any, name: str) -> Any:
    return next(c for c in report["publishers"][0]["channels"] if c["name"] == name)


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_that_attacks_its_reader_fails_by_name(feeds: Any, name: str) -> None:
    assert (channel(feeds, name)["status"], channel(feeds, name)["reasons"]) == (
        "failed",
        [FEEDS[name][1]],
    )


def test_nothing_is_fetched_or_read_for_a_feed(feeds: Any) -> None:
    assert {"/rahasia", "/dtd"} & set(feeds["asked"]) == set()
    assert "root:" not in str(feeds)


def test_memory_stays_flat_over_feeds(feeds: Any) -> None:
    assert feeds["peak_mb"] < FLAT
