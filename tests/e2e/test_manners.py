"""How the crawl behaves towards hosts, by the record of a server that notes who came when."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.rawserver import Answer, Arrival, RawServer, http, raw_server
from tests.e2e.world import LOOPBACK, Finished, article_page, feed_of, run_program

ALLOWED = http("User-agent: *\nDisallow:\n", kind="text/plain")


@pytest.fixture
def server() -> Iterator[RawServer]:
    with raw_server() as found:
        found.serve("/robots.txt", ALLOWED)
        yield found


@pytest.fixture
def stranger() -> Iterator[RawServer]:
    """A host that nobody declared."""
    with raw_server() as found:
        yield found


def articles(server: RawServer, *numbers: int, query: str = "") -> None:
    """A feed of articles that all are there."""
    feed = feed_of(server.base, numbers).replace("</link>", f"{query}</link>")
    server.serve("/rss", http(feed, kind="text/xml"))
    for number in numbers:
        server.serve(f"/berita/{number}/uji-{number}", http(article_page(number)))


def crawl(server: RawServer, folder: Path, *options: str, base: str = "") -> Finished:
    return run_program(
        *(str(LOOPBACK), base or server.base, f"sqlite:///{folder / 'news.db'}", *options),
        cwd=folder,
    )


def pauses(arrivals: list[Arrival]) -> list[float]:
    return [later.came - earlier.came for earlier, later in pairwise(arrivals)]


# --- pace -------------------------------------------------------------------------------------

CLOCK = 0.05
"""Seconds that two clocks and a scheduler may differ by."""


def test_requests_come_one_at_a_time_and_never_too_soon(server: RawServer, tmp_path: Path) -> None:
    articles(server, 1, 2, 3, 4)
    states = crawl(server, tmp_path, "--delay", "0.3").json["states"]
    assert states == {"stored": 4}
    assert len(server.arrivals) == 6
    assert min(pauses(server.arrivals)) >= 0.3 - CLOCK
    assert {arrival.others for arrival in server.arrivals} == {0}


def test_a_slow_server_is_not_asked_twice_at_once(server: RawServer, tmp_path: Path) -> None:
    articles(server, 1, 2, 3)

    def slowly(number: int) -> Iterator[bytes]:
        time.sleep(0.4)
        yield http(article_page(number))

    for number in (1, 2, 3):
        server.serve(f"/berita/{number}/uji-{number}", lambda n=number: slowly(n))
    assert crawl(server, tmp_path).json["states"] == {"stored": 3}
    assert {arrival.others for arrival in server.arrivals} == {0}


def test_retries_keep_the_pace_too(server: RawServer, tmp_path: Path) -> None:
    articles(server, 1)
    server.serve("/berita/1/uji-1", http("Galat", "500 Internal Server Error"))
    states = crawl(server, tmp_path, "--delay", "0.3").json["states"]
    assert states == {"failed:http 500": 1}
    assert server.asked.count("/berita/1/uji-1") == 3
    assert min(pauses(server.arrivals)) >= 0.3 - CLOCK


def test_a_longer_crawl_delay_wins(server: RawServer, tmp_path: Path) -> None:
    articles(server, 1, 2)
    server.serve("/robots.txt", http("User-agent: *\nCrawl-delay: 0.7\n", kind="text/plain"))
    assert crawl(server, tmp_path, "--delay", "0.1").json["states"] == {"stored": 2}
    # The pause after robots.txt itself began before its content was known.
    assert min(pauses(server.arrivals)[1:]) >= 0.7 - CLOCK


def test_a_shorter_crawl_delay_does_not(server: RawServer, tmp_path: Path) -> None:
    articles(server, 1, 2)
    server.serve("/robots.txt", http("User-agent: *\nCrawl-delay: 0.1\n", kind="text/plain"))
    assert crawl(server, tmp_path, "--delay", "0.4").json["states"] == {"stored": 2}
    assert min(pauses(server.arrivals)) >= 0.4 - CLOCK


# --- identity -----------------------------------------------------------------------------------


def test_every_request_says_who_asks(server: RawServer, tmp_path: Path) -> None:
    articles(server, 1)
    crawl(server, tmp_path)
    assert server.asked[0] == "/robots.txt"
    for arrival in server.arrivals:
        (agent,) = [line for line in arrival.head.splitlines() if line.startswith("User-Agent:")]
        assert agent.startswith("User-Agent: school-news-aggregator/")
        assert "(+uji@sekolah.example)" in agent
        assert "Cookie" not in arrival.head


def test_tracking_is_cut_before_the_request(server: RawServer, tmp_path: Path) -> None:
    articles(server, 1, 2, query="?utm_source=rss&amp;source=feed")
    server.serve("/robots.txt", http("User-agent: *\nDisallow: /*?utm_source=\n"))
    assert crawl(server, tmp_path).json["states"] == {"stored": 2}
    assert not any("source" in path for path in server.asked)


# --- robots.txt -----------------------------------------------------------------------------------


def _drop() -> Iterator[bytes]:
    yield b""


def _late() -> Iterator[bytes]:
    time.sleep(5)
    yield ALLOWED


BARRING = http("User-agent: *\nDisallow: /berita\n", kind="text/plain")
STORED = {"stored": 1}
BARRED = {"blocked:robots.txt": 1}

ROBOTS: dict[str, tuple[Answer, dict[str, int] | str]] = {
    "allows": (ALLOWED, STORED),
    "bars": (BARRING, BARRED),
    "bars others by name": (
        http("User-agent: Scrapy\nUser-agent: news-please\nDisallow: /\n"),
        STORED,
    ),
    "bars us by name": (
        http("User-agent: *\nDisallow:\n\nUser-agent: School-News-Aggregator\nDisallow: /berita\n"),
        BARRED,
    ),
    "a page of HTML": (http("<html><body>Beranda</body></html>"), STORED),
    "not there": (http("User-agent: *\nDisallow: /\n", "404 Not Found"), STORED),
    "forbidden": (http("User-agent: *\nDisallow: /\n", "403 Forbidden"), STORED),
    "broken": (http("User-agent: *\nDisallow:\n", "500 Error"), "robots.txt unreachable"),
    "unavailable": (http("", "503 Unavailable"), "robots.txt unreachable"),
    "cut off": (_drop, "robots.txt unreachable"),
    "too late": (_late, "robots.txt unreachable"),
    "asks to wait": (http("", "429 Too Many Requests"), "asked to wait"),
    "elsewhere on the host": (http("", "302 Found", Location="/aturan.txt"), BARRED),
    "on a strange host": (
        http("", "302 Found", Location="http://contoh.example/robots.txt"),
        "robots.txt unreachable",
    ),
    "in a circle": (http("", "302 Found", Location="/robots.txt"), STORED),
}


@pytest.mark.parametrize("name", ROBOTS)
def test_robots_txt_decides(server: RawServer, tmp_path: Path, name: str) -> None:
    answer, outcome = ROBOTS[name]
    articles(server, 1)
    server.serve("/robots.txt", answer)
    server.serve("/aturan.txt", BARRING)
    found = crawl(server, tmp_path, "--timeout", "1", "--retries", "0").json
    if isinstance(outcome, str):
        # Nothing else is asked of a host whose rules cannot be read.
        assert found["publishers"][0]["channels"][0]["reasons"] == [outcome]
        assert set(server.asked) == {"/robots.txt"}
    else:
        assert found["states"] == outcome
        assert ("/berita/1/uji-1" in server.asked) is (outcome == STORED)


def test_a_redirect_into_a_barred_path_is_not_followed(server: RawServer, tmp_path: Path) -> None:
    articles(server, 1)
    server.serve("/robots.txt", http("User-agent: *\nDisallow: /berita/9\n"))
    server.serve("/berita/1/uji-1", http("", "301 Moved", Location="/berita/9/uji-9"))
    assert crawl(server, tmp_path).json["states"] == BARRED
    assert "/berita/9/uji-9" not in server.asked


def test_an_answer_holds_for_a_day_over_runs(server: RawServer, tmp_path: Path) -> None:
    articles(server, 1)
    server.serve("/robots.txt", BARRING)
    for _ in range(2):
        assert crawl(server, tmp_path, "--recheck").json["states"] == BARRED
    assert server.asked.count("/robots.txt") == 1
    change(tmp_path, "UPDATE robots_visit SET fetched_at = '2026-01-01 00:00:00.000000'")
    server.serve("/robots.txt", ALLOWED)
    assert crawl(server, tmp_path, "--recheck").json["states"] == STORED
    assert server.asked.count("/robots.txt") == 2


def test_an_unreachable_file_is_asked_for_again(server: RawServer, tmp_path: Path) -> None:
    articles(server, 1)
    server.serve("/robots.txt", http("", "503 Unavailable"))
    crawl(server, tmp_path, "--retries", "0")
    server.serve("/robots.txt", ALLOWED)
    assert crawl(server, tmp_path).json["states"] == STORED


def test_what_was_read_is_kept_with_the_run(server: RawServer, tmp_path: Path) -> None:
    articles(server, 1)
    server.serve("/robots.txt", BARRING)
    for _ in range(2):
        crawl(server, tmp_path, "--recheck")
    ((texts,),) = change(tmp_path, "SELECT count(*) FROM robots_text")
    visits = change(tmp_path, "SELECT run_id, decision, allowed, refused FROM robots_visit")
    assert (texts, visits) == (1, [(1, "rules", 1, 1), (2, "rules", 1, 1)])


def change(folder: Path, statement: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(folder / "news.db")
    try:
        with connection:
            return connection.execute(statement).fetchall()
    finally:
        connection.close()


# --- hosts ----------------------------------------------------------------------------------------

OUTSIDE = "failed:redirected to an outside host"
PORTAL = "blocked:captive portal"

REDIRECTS: dict[str, tuple[str, str]] = {
    "another host": ("http://localhost:{other}/a", PORTAL),
    "another host, without its scheme": ("//contoh.example/a", OUTSIDE),
    "three slashes": ("///contoh.example/a", OUTSIDE),
    "backslashes": ("http:\\\\contoh.example\\a", OUTSIDE),
    "slash and backslash": ("/\\contoh.example/a", "failed:not found"),
    "another port": ("http://127.0.0.1:{other}/a", PORTAL),
    "the same host as a user name": ("http://127.0.0.1:{port}@contoh.example/a", OUTSIDE),
    "a user name on the same host": ("http://admin@127.0.0.1:{port}/berita/2/uji-2", PORTAL),
    "the same number, otherwise written": ("http://2130706433:{port}/berita/2/uji-2", PORTAL),
    "the same number in IPv6": ("http://[::ffff:127.0.0.1]:{port}/berita/2/uji-2", PORTAL),
    "a name that ends like the host": ("http://x127.0.0.1:{port}/berita/2/uji-2", OUTSIDE),
    "a login page of the network": ("http://10.5.50.1/login?dst=x", PORTAL),
    "a name of the network": ("http://hotspot.lan/login", PORTAL),
    "the filter list": ("http://internetpositif.uzone.id/", "blocked:national filter"),
    "another scheme": ("ftp://127.0.0.1/a", "failed:redirected to no web address"),
    "a script": ("javascript:alert(1)", "failed:redirected to no web address"),
    "a file": ("file:///etc/passwd", "failed:redirected to no web address"),
    "the same host": ("http://127.0.0.1:{port}/berita/2/uji-2", "stored"),
    "the same host, relative": ("/berita/2/uji-2", "stored"),
    "the same host, without its scheme": ("//127.0.0.1:{port}/berita/2/uji-2", "stored"),
}


@pytest.fixture(scope="module")
def redirected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, RawServer]]:
    """All of ``REDIRECTS`` in one crawl: each name's end, and the server that is never asked."""
    with raw_server() as server, raw_server() as stranger:
        server.serve("/robots.txt", ALLOWED)
        numbers = range(100, 100 + len(REDIRECTS))
        server.serve("/rss", http(feed_of(server.base, tuple(numbers)), kind="text/xml"))
        for number, (target, _) in zip(numbers, REDIRECTS.values(), strict=True):
            # Each has a target of its own, or the filter of repeated requests would step in.
            target = target.format(port=server.port, other=stranger.port)
            target = target.replace("/berita/2/uji-2", f"/berita/{number + 500}/uji")
            server.serve(f"/berita/{number}/uji-{number}", http("", "302 Found", Location=target))
            server.serve(f"/berita/{number + 500}/uji", http(article_page(number)))
        found = crawl(server, tmp_path_factory.mktemp("redirected")).json
        ends = list(found["publishers"][0]["ends"].values())
        yield dict(zip(REDIRECTS, ends, strict=True)), stranger


@pytest.mark.parametrize("name", REDIRECTS)
def test_a_redirect_is_judged_by_where_it_leads(
    redirected: tuple[dict[str, str], RawServer], name: str
) -> None:
    assert redirected[0][name] == REDIRECTS[name][1]


def test_no_strange_host_is_asked(redirected: tuple[dict[str, str], RawServer]) -> None:
    assert redirected[1].asked == []


def test_a_redirect_to_a_strange_host_is_no_lasting_judgement(
    server: RawServer, tmp_path: Path
) -> None:
    """A school's login page stood in between for an hour; the article is not lost for it."""
    articles(server, 1)
    server.serve("/berita/1/uji-1", http("", "302 Found", Location="http://10.5.50.1/login"))
    assert crawl(server, tmp_path).json["states"] == {PORTAL: 1}
    server.serve("/berita/1/uji-1", http(article_page(1)))
    change(tmp_path, "UPDATE fetch SET ended_at = '2026-01-01 00:00:00.000000'")
    assert crawl(server, tmp_path).json["states"] == STORED


def test_a_name_that_leads_inside_is_refused_when_it_resolves(
    server: RawServer, tmp_path: Path
) -> None:
    base = f"http://contoh.test:{server.port}"
    done = crawl(server, tmp_path, "--guarded", "--resolve", "contoh.test=127.0.0.1", base=base)
    assert done.json["publishers"][0]["channels"][0]["reasons"] == ["robots.txt unreachable"]
    ((reason,),) = change(tmp_path, "SELECT reason FROM robots_visit")
    assert (reason, server.asked) == ("private network", [])


def test_the_same_name_is_asked_where_private_addresses_are_permitted(
    server: RawServer, tmp_path: Path
) -> None:
    articles(server, 1)
    feed = feed_of(f"http://contoh.test:{server.port}", (1,))
    server.serve("/rss", http(feed, kind="text/xml"))
    base = f"http://contoh.test:{server.port}"
    done = crawl(server, tmp_path, "--resolve", "contoh.test=127.0.0.1", base=base)
    assert done.json["states"] == STORED
