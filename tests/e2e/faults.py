"""What can go wrong at a publisher, each with the name under which it must be written down and,
where it lasts, the finding that a person must be told."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime

from tests.e2e.rawserver import Answer, http

HOUR = timedelta(hours=1)
MB = 1024 * 1024

Broken = Callable[["Answered"], Answer]


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What the publisher would have answered, and when by the simulated clock."""

    base: str
    path: str
    body: str
    kind: str
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Fault:
    """``ends``: what the ledger must say, the channel's reason or the article's end."""

    name: str
    answer: Broken
    ends: str
    finding: str | None = None
    """Of a fault of a channel or a whole host that lasts."""


def _always(answer: Answer) -> Broken:
    return lambda _: answer


def _page(title: str, text: str = "", status: str = "200 OK") -> Broken:
    return _always(http(f"<html><head><title>{title}</title></head><p>{text}</p></html>", status))


def _feed(items: str) -> Broken:
    return _always(http(f"<rss><channel>{items}</channel></rss>", kind="application/rss+xml"))


def _entry(link: str, more: str = "") -> str:
    return f"<item><title>Uji</title><link>{link}</link>{more}</item>"


def _one_link(asked: Answered) -> Answer:
    return _items(asked, [_entry(asked.base)] * 5)


def _no_links(asked: Answered) -> Answer:
    return _items(asked, [f"<item><title>Uji {n}</title></item>" for n in range(5)])


def _outside(asked: Answered) -> Answer:
    return _items(asked, [_entry(f"https://lain.example/berita/{n}/uji") for n in range(5)])


def _of_tomorrow(asked: Answered) -> Answer:
    date = f"<pubDate>{format_datetime(asked.now + 20 * HOUR)}</pubDate>"
    links = [f"{asked.base}/berita/{n}/uji-{n}" for n in range(1, 6)]
    return _items(asked, [_entry(link, date) for link in links])


def _items(asked: Answered, items: list[str]) -> Answer:
    return _feed("".join(items))(asked)


def _skewed(asked: Answered) -> Answer:
    date = format_datetime(asked.now + 2 * HOUR, usegmt=False)
    return http(asked.body, kind=asked.kind, Date=date)


def _cut(asked: Answered) -> Answer:
    return http(asked.body, kind=asked.kind)[:-40]


def _wrong_charset(asked: Answered) -> Answer:
    return http(asked.body.encode("utf-16"), kind="application/rss+xml; charset=utf-8")


def _silence() -> Iterator[bytes]:
    time.sleep(5)
    yield b""


def _endless() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>"
    while True:
        yield b"Siswa dan guru. " * 65536


def _endless_headers() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        yield b"X-Banyak: " + b"x" * 500 + b"\r\n"


def _laughs() -> str:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">{entities}]>'
        "<rss><channel><item><title>&a9;</title></item></channel></rss>"
    )


def _elsewhere(asked: Answered) -> Answer:
    return http("", "302 Found", Location="http://127.0.0.2:9/rss")


def _loop(asked: Answered) -> Answer:
    return http("", "302 Found", Location=f"{asked.base}{asked.path}?{time.monotonic_ns()}")


def _hung_up() -> Iterator[bytes]:
    yield b""


BOMB = gzip.compress(bytes(100 * MB), 1)

CHANNEL_FAULTS = (
    Fault(
        name="server error",
        answer=_always(http("", "500 Oops")),
        ends="http 500",
        finding="channel-failing",
    ),
    Fault(
        name="maintenance with Retry-After",
        answer=_always(http("", "503 Busy", Retry_After="7200")),
        ends="http 503",
        finding="channel-failing",
    ),
    Fault(
        name="too many requests",
        answer=_always(http("", "429 Slow down", Retry_After="10800")),
        ends="too many requests (429)",
        finding="channel-blocked",
    ),
    Fault(
        name="refused",
        answer=_always(http("", "403 Forbidden")),
        ends="refused (403)",
        finding="channel-blocked",
    ),
    Fault(
        name="challenge",
        answer=_page("Just a moment...", status="403 Forbidden"),
        ends="Cloudflare challenge",
        finding="channel-blocked",
    ),
    Fault(
        name="login",
        answer=_always(http("", "401 Who are you")),
        ends="login required",
        finding="channel-blocked",
    ),
    Fault(
        name="voucher of our own router",
        answer=_page("MikroTik hotspot > login"),
        ends="captive portal",
        finding="channel-blocked",
    ),
    Fault(
        name="web page instead of a feed",
        answer=_page("Berita", "Siswa SMK mengikuti uji kompetensi. " * 50),
        ends="html instead of a feed",
        finding="channel-html",
    ),
    Fault(name="cut off", answer=_cut, ends="cut off", finding="channel-failing"),
    Fault(
        name="silence",
        answer=_always(_silence),
        ends="timeout",
        finding="channel-failing",
    ),
    Fault(name="empty", answer=_feed(""), ends="", finding="channel-empty"),
    Fault(
        name="one link",
        answer=_one_link,
        ends="one distinct link",
        finding="channel-one-link",
    ),
    Fault(
        name="no links",
        answer=_no_links,
        ends="every entry is unusable",
        finding="channel-unusable",
    ),
    Fault(
        name="not found",
        answer=_always(http("", "404 Not Found")),
        ends="not found",
        finding="channel-gone",
    ),
    Fault(
        name="gone",
        answer=_always(http("", "410 Gone")),
        ends="gone",
        finding="channel-gone",
    ),
    Fault(
        name="redirect loop",
        answer=_loop,
        ends="too many redirects",
        finding="channel-failing",
    ),
    Fault(
        name="redirect into our own network",
        answer=_elsewhere,
        ends="captive portal",
        finding="channel-blocked",
    ),
    Fault(
        name="bomb",
        answer=_always(http(BOMB, Content_Encoding="gzip")),
        ends="too large when unpacked",
        finding="channel-failing",
    ),
    Fault(
        name="billion laughs",
        answer=_always(http(_laughs(), kind="application/rss+xml")),
        ends="unparseable",
        finding="channel-unusable",
    ),
    Fault(
        name="endless body",
        answer=_always(_endless),
        ends="response too large",
        finding="channel-failing",
    ),
    Fault(
        name="endless headers",
        answer=_always(_endless_headers),
        ends="headers too long",
        finding="channel-failing",
    ),
    # Read all the same: the text says what it is written in.
    Fault(name="wrong charset", answer=_wrong_charset, ends="", finding=None),
    Fault(name="dates of tomorrow", answer=_of_tomorrow, ends="", finding="channel-future"),
    Fault(name="clock of the server", answer=_skewed, ends="", finding="channel-clock"),
    Fault(name="only other hosts", answer=_outside, ends="", finding="channel-outside"),
    Fault(
        name="hung up",
        answer=_always(_hung_up),
        ends="connection failed",
        finding="channel-failing",
    ),
)

ARTICLE_FAULTS = (
    Fault(name="not found", answer=_always(http("", "404 Not Found")), ends="failed:not found"),
    Fault(name="gone", answer=_always(http("", "410 Gone")), ends="failed:gone"),
    Fault(name="no headline", answer=_page("", "Halo"), ends="failed:no headline"),
    Fault(
        name="a file",
        answer=_always(http("%PDF-1.7", kind="application/pdf")),
        ends="dropped:not html",
    ),
    Fault(name="refused", answer=_always(http("", "403 Forbidden")), ends="blocked:refused (403)"),
    Fault(name="our own network", answer=_elsewhere, ends="blocked:captive portal"),
    Fault(name="nothing", answer=_always(http("")), ends="dropped:empty page"),
)
"""For ever, each for one article."""

PASSING_FAULTS = (
    Fault(name="server error", answer=_always(http("", "500 Oops")), ends="failed:http 500"),
    Fault(name="cut off", answer=_cut, ends="failed:cut off"),
    Fault(name="hung up", answer=_always(_hung_up), ends="failed:connection failed"),
)
"""For two hours, each for one article: it is stored in the end."""
