"""The main job over the bundled archive: crawl, crawl again, crawl a corrected day."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from storage.archive import ArchiveReader
from storage.database import open_database
from storage.tables import ArticleRow, WatchRow
from tests.demo import build
from tests.e2e.world import PROJECT, Finished, run_program

Aggregator = Callable[..., Finished]


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Finished]:
    folder = tmp_path_factory.mktemp("first-run")
    return folder, run_program("-m", "aggregator", "crawl", "--demo", "--json", cwd=folder)


@pytest.fixture
def crawled(first_run: tuple[Path, Finished], tmp_path: Path) -> dict[str, Any]:
    """The first run's report; its database lies in ``tmp_path``."""
    folder, done = first_run
    assert done.code == 0, done.err
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    found: dict[str, Any] = done.json
    return found


def test_first_run_stores_and_every_url_has_its_end(crawled: dict[str, Any]) -> None:
    assert crawled["states"] == {
        "stored": 23,
        "duplicate:same text": 1,
        "dropped:outside host": 1,
        "dropped:not an article address": 1,
        "failed:gone": 1,
    }
    assert sum(crawled["states"].values()) == crawled["discovered"] == 27


def test_a_crawl_approves_by_rule_at_its_end(
    crawled: dict[str, Any], aggregator: Aggregator
) -> None:
    found = aggregator("review", "list", "--tray", "approved", "--json").json["items"]
    assert {item["article"]["publisher"] for item in found} == {"kemdikbud"}
    assert {item["review"]["editor"] for item in found} == {"rule: kementerian"}
    assert all(item["article"]["flags"] == [] for item in found)
    waiting = aggregator("review", "list", "--json").json["items"]
    assert waiting
    assert all(
        item["article"]["publisher"] != "kemdikbud" or item["article"]["flags"] for item in waiting
    )


def test_a_good_run_logs_nothing(first_run: tuple[Path, Finished]) -> None:
    assert first_run[1].err == ""


def test_a_broken_entry_is_counted(crawled: dict[str, Any]) -> None:
    republika = next(p for p in crawled["publishers"] if p["publisher"] == "republika")
    rss = next(c for c in republika["channels"] if c["name"] == "rss")
    assert rss["skipped"] == {"no link": 1}


def test_second_run_requests_only_the_channels(
    crawled: dict[str, Any], aggregator: Aggregator
) -> None:
    done = aggregator("crawl", "--demo", "--json").json
    channels = [c for p in done["publishers"] for c in p["channels"]]
    assert done["requests"] == len(channels)
    assert not {"stored", "revised", "unchanged"} & set(done["states"])
    assert [c["name"] for c in channels if c["status"] == "unchanged"] == ["kaltim-rss"]
    assert sum(done["states"].values()) == done["discovered"]
    said = aggregator("--language", "en", "crawl", "--demo").out
    assert "Nothing new: 15 requests" in said


def test_corrected_page_is_one_revision_that_shows_what_changed(
    crawled: dict[str, Any], aggregator: Aggregator
) -> None:
    done = aggregator("crawl", "--replay", str(build.DEMO / "next-day.warc.gz"), "--json").json
    assert done["states"]["revised"] == 1
    assert "stored" not in done["states"]
    revised = [p["revised"] for p in done["publishers"] if p["revised"]]
    (article_id, changed), *rest = revised[0].items()
    assert (changed, rest) == (["headline", "body"], [])
    shown = aggregator("show", article_id, "--history", "--json").json
    first, second = shown["history"]
    for before, after in build.CORRECTIONS:
        assert before in " ".join([first["headline"], *first["body"]])
        assert after in " ".join([second["headline"], *second["body"]])
    assert [c["field"] for c in second["changes"]] == ["headline", "body"]
    assert second["correction"] == {"kind": "ralat", "sentence": build.CORRECTIONS[0][1]}
    said = aggregator("--language", "en", "show", article_id, "--history").out
    assert "  Headline: {+Ralat:+} Lab Bahasa SMK Bumi Lestari [-Kini-] Buka hingga" in said
    assert "tercatat [-140-] {+104+} kunjungan" in said


def test_an_older_archive_takes_nothing_back(
    crawled: dict[str, Any], aggregator: Aggregator
) -> None:
    aggregator("crawl", "--replay", str(build.DEMO / "next-day.warc.gz"))
    done = aggregator("crawl", "--demo", "--recheck", "--json").json
    assert "revised" not in done["states"]
    assert done["states"]["unchanged:older than what is held"] == 1


def test_nothing_leaves_without_its_credit_line(
    crawled: dict[str, Any], aggregator: Aggregator
) -> None:
    for article in aggregator("list", "--json", "--limit", "100").json["articles"]:
        line = article["attribution"]["credit_line"]
        assert article["attribution"]["publisher_title"] in line
        assert article["canonical_url"] in line
        assert article["headline"] in line


def test_reparse_of_the_same_archive_changes_nothing(
    crawled: dict[str, Any], aggregator: Aggregator
) -> None:
    done = aggregator("reparse", str(build.DEMO / "demo.warc.gz"), "--json").json
    assert "revised" not in done["states"]
    assert done["mode"] == "reparse"


def test_reparse_with_better_parsers_is_no_correction(
    crawled: dict[str, Any], aggregator: Aggregator, tmp_path: Path
) -> None:
    """As if yesterday's parsers had overlooked a paragraph of one article."""
    database = open_database(f"sqlite:///{tmp_path / 'news.db'}", writable=True)
    with database.session() as session:
        row = session.scalars(select(ArticleRow).where(ArticleRow.external_id == "tbm4gw436")).one()
        article_id = row.id
        row.body, row.content_fingerprint = row.body.rpartition("\n\n")[0], "1:old"
        session.get_one(WatchRow, article_id).parser = "old"
    database.close()
    done = aggregator("reparse", str(build.DEMO / "demo.warc.gz"), "--json").json
    assert done["states"]["revised:same page, other reading"] == 1
    assert "revised" not in done["states"]
    (report,) = (p for p in done["publishers"] if p["publisher"] == "republika")
    assert (report["revised"], report["read_anew"]) == ({}, {str(article_id): ["body"]})
    history = aggregator("show", str(article_id), "--history", "--json").json["history"]
    assert [revision["cause"] for revision in history] == ["channel", "parser"]


def test_archive_of_a_replay_replays_the_same(aggregator: Aggregator, tmp_path: Path) -> None:
    copy = tmp_path / "copy.warc.gz"
    first = aggregator("crawl", "--demo", "--archive", str(copy), "--json").json
    other = aggregator(
        "crawl", "--replay", str(copy), "--json", "--database", "sqlite:///other.db"
    ).json
    assert other["states"] == first["states"]


def test_scrapy_commands_keep_working(tmp_path: Path) -> None:
    names = run_program("-m", "scrapy", "list", cwd=PROJECT).out.split()
    assert names == ["kemdikbud", "republika", "tribun"]
    done = run_program(
        *("-m", "scrapy", "crawl", "republika", "-O", str(tmp_path / "out.jsonl")),
        *("-s", f"AGGREGATOR_REPLAY={build.DEMO / 'demo.warc.gz'}", "-s", "DOWNLOAD_DELAY=0"),
        cwd=PROJECT,
        env={"AGGREGATOR_DATABASE_URL": f"sqlite:///{tmp_path / 'news.db'}"},
    )
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 11, done.err
    assert all('"credit_line": "Sumber: ' in line for line in lines)


def test_a_demo_database_refuses_a_live_crawl(
    crawled: dict[str, Any], aggregator: Aggregator
) -> None:
    done = aggregator("crawl", env={"AGGREGATOR_CONTACT": "a@b.example"})
    assert done.code == 2
    assert "--database" in done.err


@pytest.mark.parametrize(
    ("name", "pages", "moment"),
    [
        ("demo.warc.gz", build.first_day, build.FIRST_DAY),
        ("next-day.warc.gz", build.next_day, build.NEXT_DAY),
    ],
)
def test_bundled_archive_is_what_the_golden_cases_make(
    name: str, pages: Any, moment: Any, tmp_path: Path
) -> None:
    """When this fails, run ``python tests/demo/build.py``."""
    build.write(tmp_path / name, pages(), moment)
    built, bundled = ArchiveReader(tmp_path / name), ArchiveReader(build.DEMO / name)
    assert built.urls() == bundled.urls()
    for url in built.urls():
        assert built.get("GET", url) == bundled.get("GET", url)
