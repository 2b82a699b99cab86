"""``aggregator check`` after crawls of a publisher that misbehaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.rawserver import Answer, RawServer, http, raw_server
from tests.e2e.test_manners import ALLOWED, articles, crawl
from tests.e2e.world import Finished, feed_of, run_program

Aggregator = Callable[..., Finished]


@pytest.fixture
def server() -> Iterator[RawServer]:
    with raw_server() as found:
        found.serve("/robots.txt", ALLOWED)
        yield found


def test_without_a_database_nothing_can_be_told(aggregator: Aggregator) -> None:
    done = aggregator("check")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("Tidak diketahui: ")
    assert aggregator("check", "--json").json["exit_code"] == 1


def test_an_empty_database_cannot_be_told(aggregator: Aggregator) -> None:
    aggregator("db", "upgrade")
    done = aggregator("check")
    assert (done.code, done.out) == (1, "Tidak diketahui: belum ada perayapan yang selesai.\n")


def test_a_good_crawl_is_healthy(server: RawServer, tmp_path: Path, aggregator: Aggregator) -> None:
    articles(server, 1, 2)
    crawl(server, tmp_path)
    done = aggregator("check")
    assert (done.code, done.out.splitlines()[0]) == (0, "Sehat: tidak ada yang perlu ditangani.")
    assert "Harian Contoh\t1\t" in done.out
    (publisher,) = aggregator("check", "--json").json["publishers"]
    assert (publisher["publisher"], publisher["blocked_share"]) == ("contoh", 0.0)


HOME = "http://127.0.0.1/"


def feed(*links: str) -> bytes:
    items = "".join(f"<item><title>A</title><link>{link}</link></item>" for link in links)
    return http(f"<rss><channel>{items}</channel></rss>", kind="text/xml")


FAULTS: dict[str, tuple[Answer, str]] = {
    "refused": (http("Dilarang", "403 Forbidden"), "channel-blocked"),
    "a challenge with 200": (http("<title>Just a moment...</title>"), "channel-blocked"),
    "a hotspot": (http("", "302 Found", Location="http://10.5.50.1/login"), "channel-blocked"),
    "gone": (http("", "410 Gone"), "channel-gone"),
    "a web page": (http("<html><body><p>Beranda</p></body></html>"), "channel-html"),
    "one link": (feed(HOME, HOME, HOME, HOME), "channel-one-link"),
    "nothing readable": (http("{}", kind="text/xml"), "channel-unusable"),
    "strange hosts": (
        feed(*(f"https://lain.example/{n}" for n in range(4))),
        "channel-outside",
    ),
    "a wrong clock": (
        http(feed_of("", ()), kind="text/xml", Date="Mon, 04 Aug 2031 03:00:00 GMT"),
        "channel-clock",
    ),
}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the database of one crawl: each of ``FAULTS`` as a channel."""
    folder = tmp_path_factory.mktemp("faulty")
    with raw_server() as server:
        server.serve("/robots.txt", ALLOWED)
        articles(server, 1, 2)
        options = ["--feed", "/rss"]
        for name, (answer, _) in FAULTS.items():
            path = f"/{name.replace(' ', '-')}"
            server.serve(path, answer)
            options += ["--feed", path]
        crawl(server, folder, *options)
    return folder


def test_every_fault_is_a_named_finding(faulty: Path, aggregator: Aggregator) -> None:
    done = aggregator("check", "--json", cwd=faulty)
    found = {finding["subject"]: finding["kind"] for finding in done.json["findings"]}
    expected = {name.replace(" ", "-"): kind for name, (_, kind) in FAULTS.items()}
    assert (done.code, found) == (2, expected)
    assert all(finding["since"] for finding in done.json["findings"])


def test_every_fault_is_told_with_what_to_do(faulty: Path, aggregator: Aggregator) -> None:
    lines = aggregator("check", cwd=faulty).out.splitlines()
    told = lines[: lines.index("")]
    assert [line[:2] for line in told] == ["! ", "  "] * len(FAULTS)
    assert any("kanal refused: ditolak sejak" in line for line in told)
    english = aggregator("--language", "en", "check", cwd=faulty).out
    assert "channel one-link: all entries lead to one address since" in english


def test_articles_that_are_refused_are_a_finding(
    server: RawServer, tmp_path: Path, aggregator: Aggregator
) -> None:
    articles(server, *range(1, 8))
    for number in range(1, 4):
        server.serve(f"/berita/{number}/uji-{number}", http("Dilarang", "403 Forbidden"))
    crawl(server, tmp_path)
    done = aggregator("check")
    assert done.code == 2
    assert "3 dari 7 artikel 7 hari terakhir ditolak" in done.out


def test_a_template_that_changed_is_a_finding(
    server: RawServer, tmp_path: Path, aggregator: Aggregator
) -> None:
    articles(server, *range(1, 8))
    for number in range(1, 6):
        server.serve(f"/berita/{number}/uji-{number}", http("<html><p>Halo</p></html>"))
    crawl(server, tmp_path)
    (finding,) = aggregator("check", "--json").json["findings"]
    assert (finding["kind"], finding["urls"], finding["asked"]) == ("articles-unreadable", 5, 7)


def test_a_file_that_is_no_database_needs_a_person(tmp_path: Path, aggregator: Aggregator) -> None:
    (tmp_path / "news.db").write_text("Ini bukan basis data. " * 100)
    assert aggregator("check").code == 2


def test_the_command_line_starts_without_the_database(tmp_path: Path) -> None:
    """``--help`` must not wait a second for what it does not need."""
    loaded = "import sys, aggregator.cli.main; print(*sys.modules)"
    modules = set(run_program("-c", loaded, cwd=tmp_path).out.split())
    heavy = {"sqlalchemy", "alembic", "scrapy", "twisted", "httpx", "holidays", "lxml"}
    assert heavy & modules == set()
