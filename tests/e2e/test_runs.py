"""``aggregator runs``: the truth about each run, also when it is told much later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from storage.archive import ArchiveReader
from tests.e2e.rawserver import RawServer, http, raw_server
from tests.e2e.test_manners import ALLOWED, articles, change, crawl
from tests.e2e.world import Finished

Aggregator = Callable[..., Finished]


@pytest.fixture
def server() -> Iterator[RawServer]:
    with raw_server() as found:
        found.serve("/robots.txt", ALLOWED)
        yield found


@pytest.fixture
def crawled(server: RawServer, tmp_path: Path) -> Any:
    """The report of a crawl whose database lies in ``tmp_path``."""
    articles(server, 1, 2, 3)
    server.serve("/berita/2/uji-2", http("Dilarang", "403 Forbidden"))
    server.serve("/berita/3/uji-3", http("Tidak ada", "404 Not Found"))
    return crawl(server, tmp_path, "--feed", "/rss", "--feed", "/hilang").json


def test_a_run_is_listed_as_it_ended(crawled: Any, aggregator: Aggregator) -> None:
    (run,) = aggregator("runs", "--json").json
    assert (run["run"], run["status"], run["mode"]) == (1, "finished", "live")
    assert run["states"] == crawled["states"]
    assert "1\tlive\t" in aggregator("runs").out


def test_a_run_shows_channels_ends_and_robots(crawled: Any, aggregator: Aggregator) -> None:
    shown = aggregator("runs", "show", "1", "--json").json
    channels = {channel["name"]: channel for channel in shown["channels"]}
    assert (channels["rss"]["status"], channels["rss"]["fresh"]) == ("ok", 3)
    assert channels["rss"]["ends"] == crawled["states"]
    assert (channels["hilang"]["status"], channels["hilang"]["reasons"]) == (
        "failed",
        ["not found"],
    )
    (robots,) = shown["robots"]
    assert (robots["decision"], robots["allowed"], robots["refused"]) == ("rules", 5, 0)
    assert robots["text"] == "User-agent: *\nDisallow:\n"


def test_the_shown_ends_sum_up_to_what_was_discovered(crawled: Any, aggregator: Aggregator) -> None:
    shown = aggregator("runs", "show", "1", "--json").json
    assert sum(shown["states"].values()) == crawled["discovered"]
    listed = Counter(
        url["state"]
        for state in {state.partition(":")[0] for state in shown["states"]}
        for url in aggregator("runs", "show", "1", "--state", state, "--json").json["urls"]
    )
    assert listed.total() == crawled["discovered"]


def test_the_urls_of_a_state_are_listed_with_their_reason(
    crawled: Any, aggregator: Aggregator, server: RawServer
) -> None:
    said = aggregator("--language", "en", "runs", "show", "1", "--state", "blocked").out
    assert said.splitlines()[1] == f"contoh\trss\trefused (403)\t{server.base}/berita/2/uji-2"
    said = aggregator("runs", "show", "1", "--state", "failed").out
    assert "tidak ditemukan" in said


def test_a_run_that_is_not_there(crawled: Any, aggregator: Aggregator) -> None:
    done = aggregator("runs", "show", "7")
    assert (done.code, done.err) == (2, "Galat: tidak ada perayapan 7 di basis data\n")


def test_old_ledgers_are_pruned_at_the_end_of_a_run(
    server: RawServer, crawled: Any, tmp_path: Path, aggregator: Aggregator
) -> None:
    for _ in range(2):
        for table, column in (("run", "started_at"), ("fetch", "ended_at")):
            change(tmp_path, f"UPDATE {table} SET {column} = '2026-01-01 00:00:00.000000'")
        crawl(server, tmp_path)
    # Of each URL the newest look is still there; that one was known in the second run is not.
    first, second = (aggregator("runs", "show", n, "--json").json for n in "12")
    assert (first["states"], second["states"]) == (
        {"stored": 1},
        {"blocked:refused (403)": 1, "failed:not found": 1},
    )
    assert first["pruned_at"] is not None
    assert "dihapus pada" in aggregator("runs", "show", "1").out


def test_every_live_run_has_an_archive_of_its_own(server: RawServer, tmp_path: Path) -> None:
    articles(server, 1)
    folder = tmp_path / "arsip"
    for options in ((), (), ("--archive", str(tmp_path / "satu.warc.gz"))):
        crawl(server, tmp_path, "--feed", "/rss", "--archive-folder", str(folder), *options)
    first, second = sorted((folder / "contoh").iterdir())
    assert (first.name[16:], second.name[16:]) == ("-run1.warc.gz", "-run2.warc.gz")
    assert f"{server.base}/berita/1/uji-1" in ArchiveReader(first).urls()
    again = crawl(server, tmp_path, "--feed", "/rss", "--replay", str(first)).json
    assert again["states"] == {"known": 1}
    assert len(list((folder / "contoh").iterdir())) == 2


def test_the_clock_of_a_server_is_noted(
    server: RawServer, tmp_path: Path, aggregator: Aggregator
) -> None:
    feed = http("<rss><channel/></rss>", kind="text/xml", Date="Mon, 04 Aug 2031 03:00:00 GMT")
    server.serve("/rss", feed)
    crawl(server, tmp_path)
    (channel,) = aggregator("runs", "show", "1", "--json").json["channels"]
    assert channel["clock_skew"] > 365 * 24 * 3600
