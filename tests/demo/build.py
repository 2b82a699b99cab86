"""Build the bundled demo archives from the golden cases and channels of the test suite.

    python tests/demo/build.py

Writes ``aggregator/demo/demo.warc.gz`` (a first day) and ``next-day.warc.gz`` (the
day after: one headline and one paragraph corrected). Beside the cases it holds a duplicate within
one publisher and a release of the ministry that another publisher printed. All pages are synthetic.
A test builds them anew and compares.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))

from aggregator.model import Channel  # noqa: E402 - the project is found first
from spiders.publisher import PublisherSpider  # noqa: E402
from spiders.registry import publishers  # noqa: E402
from storage.archive import ArchiveWriter, Exchange  # noqa: E402

CASES = PROJECT / "tests" / "publishers"
DEMO = PROJECT / "aggregator" / "demo"
PUBLISHERS = ("kemdikbud", "republika", "tribun")
FIRST_DAY = datetime(2026, 8, 4, 5, 0, tzinfo=UTC)
NEXT_DAY = FIRST_DAY + timedelta(days=1)

# Feeds of earlier years, merged into today's so that every layout generation is shown.
MERGED = {"rss.xml": "rss-2015.xml", "www-rss": "www-rss-2021.xml"}

EMPTY = "siaran-pers-2.json"

RELEASE = CASES / "kemdikbud" / "kemendikdasmen-2026-siaran-pers" / "page.html"

COPIED = ("tbm4gw436", "tbm4h0qqq")
"""Republika printed the same text a second time under another code: a duplicate."""

RELEASED = "tbm4s8436"
"""Republika printed a release of the ministry, retitled and shortened: a copy across publishers."""

PRINTED_RELEASE = (
    (COPIED[0], RELEASED),
    (
        "lab-bahasa-smk-bumi-lestari-kini-buka-hingga-petang",
        "bengkel-smk-diminta-terbuka-bagi-warga-pada-akhir-pekan",
    ),
    (
        "Lab Bahasa SMK Bumi Lestari Kini Buka hingga Petang",
        "Bengkel SMK Diminta Terbuka bagi Warga pada Akhir Pekan",
    ),
    ("10:31", "09:05"),
    (
        "SMK Bumi Lestari membuka laboratorium bahasanya hingga pukul 18.00 WIB. Siswa dari "
        "sekolah lain boleh ikut memakai "
        '<a href="https://republika.co.id/tag/lab-bahasa">laboratorium</a> itu tanpa bayaran.',
        "Kementerian Pendidikan Dasar dan Menengah (Kemendikdasmen) mengajak sekolah menengah "
        "kejuruan membuka bengkelnya bagi warga sekitar pada akhir pekan. Ajakan itu disampaikan "
        "pada Senin (9/3).",
    ),
    (
        "Koordinator laboratorium Kirana Widyaningsih mengatakan jam tambahan itu lahir dari "
        'keluhan siswa yang rumahnya jauh dari tempat kursus. "Mereka butuh ruang yang tenang '
        'dan jaringan yang baik," katanya, Senin (9/3/2026).',
        "“Bengkel sekolah adalah milik bersama, dan warga adalah guru yang baik,” kata Direktur "
        "SMK Harimurti Bagaskara.",
    ),
    (
        "Dalam sepekan pertama tercatat 140 kunjungan, separuhnya dari luar sekolah. Petugas jaga "
        "diambil dari siswa kelas XI yang mendapat nilai praktik atas tugas itu.",
        "Sekolah yang ikut serta memperoleh panduan keselamatan kerja dan contoh jadwal kegiatan.",
    ),
    ("<p>Sekolah berharap pemerintah kota ikut menanggung biaya listrik.</p>", ""),
)

WITHDRAWN = "https://news.republika.co.id/berita/tbm5aa436/berita-yang-sudah-dicabut"
UNCHANGED_FEED = "https://kaltim.tribunnews.com/rss"
ETAG = '"kaltim-2026-08-04"'

CORRECTIONS = (
    (
        "Lab Bahasa SMK Bumi Lestari Kini Buka hingga Petang",
        "Ralat: Lab Bahasa SMK Bumi Lestari Buka hingga Sore",
    ),
    ("hingga pukul 18.00 WIB", "hingga pukul 17.00 WIB"),
    ("tercatat 140 kunjungan", "tercatat 104 kunjungan"),
)


@dataclass(frozen=True)
class Saved:
    method: str
    url: str
    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    sent: bytes = b""
    etag: str | None = None
    is_channel: bool = False


def first_day() -> Iterator[Saved]:
    for name in PUBLISHERS:
        spider = publishers()[name]()
        yield from _channels(spider)
        yield from _articles(spider)
    yield Saved("GET", WITHDRAWN, b"<h1>410 Gone</h1>", status=410)
    yield _copy()
    yield _printed_release()


def next_day() -> Iterator[Saved]:
    """The same site a day later; of the articles only the corrected one is asked for again."""
    for saved in first_day():
        if saved.is_channel and "republika" in saved.url and saved.url.endswith("/rss"):
            yield replace(saved, body=_corrected(saved.body, CORRECTIONS[:1]))
        elif saved.is_channel:
            yield saved
        elif COPIED[0] in saved.url:
            yield replace(saved, body=_corrected(saved.body, CORRECTIONS))
        elif saved.url == WITHDRAWN:
            yield saved


def _corrected(body: bytes, corrections: tuple[tuple[str, str], ...]) -> bytes:
    for before, after in corrections:
        assert before.encode() in body, f"the golden case no longer says {before!r}"
        # In the feed only the first item; the copy under the other code stays as it is.
        count = 1 if body.lstrip().startswith(b"<?xml") else -1
        body = body.replace(before.encode(), after.encode(), count)
    return body


def _channels(spider: PublisherSpider) -> Iterator[Saved]:
    folder = CASES / spider.name / "channels"
    rows: list[dict[str, Any]] = json.loads((folder / "channels.json").read_text("utf-8"))
    for channel in spider.channels:
        # A broken channel is for the tests; the demo shows the publishers on a good day.
        own = [r for r in rows if r["channel"] == channel.name and "fails" not in r]
        pages = {r.get("page", 1): r for r in own}
        first = pages.get(1) or _substitute(rows, channel)
        for page in range(1, channel.max_pages + 1):
            shown = pages.get(page) or (first if page == 1 else _past_the_end(rows, first))
            yield _channel_page(spider, channel, page, folder / shown["file"], shown)


def _substitute(rows: list[dict[str, Any]], channel: Channel) -> dict[str, Any]:
    """What stands for a channel that has no file of its own: an older feed, or an empty answer."""
    wanted = MERGED.get(channel.name, EMPTY)
    return next(r for r in rows if r["file"] == wanted and r["kind"] == channel.kind)


def _past_the_end(rows: list[dict[str, Any]], first: dict[str, Any]) -> dict[str, Any]:
    """Behind its last page a JSON listing is empty; an HTML listing repeats itself."""
    return next((r for r in rows if r["file"] == EMPTY and r["kind"] == first["kind"]), first)


def _channel_page(
    spider: PublisherSpider, channel: Channel, page: int, file: Path, row: dict[str, Any]
) -> Saved:
    request = spider.channel_request(channel, page)
    body = file.read_bytes()
    if file.name in MERGED:
        body = _with_items(body, _items((file.parent / MERGED[file.name]).read_bytes()))
        body = _with_items(body, _extra_items(body))
    return Saved(
        request.method,
        request.url,
        body,
        row.get("content_type", "text/html; charset=utf-8"),
        sent=request.body,
        is_channel=True,
        etag=ETAG if request.url == UNCHANGED_FEED else None,
    )


def _items(feed: bytes) -> bytes:
    start, end = feed.find(b"<item>"), feed.rfind(b"</item>")
    return feed[start : end + len(b"</item>")]


def _with_items(feed: bytes, items: bytes) -> bytes:
    end = feed.rfind(b"</channel>")
    return feed[:end] + items + feed[end:]


def _extra_items(feed: bytes) -> bytes:
    first = feed[feed.find(b"<item>") : feed.find(b"</item>") + len(b"</item>")]
    copy = first.replace(COPIED[0].encode(), COPIED[1].encode())
    withdrawn = f"<item><title>Berita yang Sudah Dicabut</title><link>{WITHDRAWN}</link></item>"
    return copy + withdrawn.encode() + _replaced(first, PRINTED_RELEASE[:4])


def _articles(spider: PublisherSpider) -> Iterator[Saved]:
    for path in sorted((CASES / spider.name).glob("*/case.json")):
        case = json.loads(path.read_text("utf-8"))
        url = spider.request_url(case["url"])
        page = path.with_name("page.html").read_bytes()
        yield Saved("GET", url, page)
        parsed = spider.next_pages(_page(url, page))
        for address, name in zip(parsed, case.get("more_pages", ()), strict=True):
            yield Saved("GET", address, path.with_name(name).read_bytes())


def _page(url: str, body: bytes) -> Any:
    from spiders.page import Page

    return Page(url, body)


def _copy() -> Saved:
    """The duplicate: the same page under its other code."""
    original = next(
        saved for saved in _articles(publishers()["republika"]()) if COPIED[0] in saved.url
    )
    old, new = COPIED
    return replace(
        original,
        url=original.url.replace(old, new),
        body=original.body.replace(old.encode(), new.encode()),
    )


def _printed_release() -> Saved:
    """The same template with the ministry's text."""
    original = next(
        saved for saved in _articles(publishers()["republika"]()) if COPIED[0] in saved.url
    )
    for _, text in PRINTED_RELEASE[4:]:
        assert not text or _text(text)[:60] in _text(RELEASE.read_text("utf-8")), text
    return replace(
        original,
        url=_replaced(original.url.encode(), PRINTED_RELEASE[:2]).decode(),
        body=_replaced(original.body, PRINTED_RELEASE),
    )


def _text(html: str) -> str:
    return " ".join(html.split())


def _replaced(body: bytes, changes: tuple[tuple[str, str], ...]) -> bytes:
    for before, after in changes:
        assert before.encode() in body, f"the golden case no longer says {before!r}"
        body = body.replace(before.encode(), after.encode())
    return body


def write(path: Path, pages: Iterator[Saved], moment: datetime) -> None:
    path.unlink(missing_ok=True)
    with ArchiveWriter(path, "school-news-aggregator demo") as writer:
        seen: set[tuple[str, str, bytes]] = set()
        for saved in pages:
            if (saved.method, saved.url, saved.sent) in seen:
                continue
            seen.add((saved.method, saved.url, saved.sent))
            writer.add(exchange(saved, moment), [("Accept-Language", "id")], saved.sent)


def exchange(saved: Saved, moment: datetime) -> Exchange:
    headers = [("Content-Type", saved.content_type)]
    if saved.etag:
        headers.append(("ETag", saved.etag))
    return Exchange(
        method=saved.method,
        url=saved.url,
        status=saved.status,
        headers=headers,
        body=saved.body,
        fetched_at=moment,
    )


def main() -> None:
    DEMO.mkdir(exist_ok=True)
    write(DEMO / "demo.warc.gz", first_day(), FIRST_DAY)
    write(DEMO / "next-day.warc.gz", next_day(), NEXT_DAY)


if __name__ == "__main__":
    main()
