"""``aggregator duplicates`` on the demo's articles: shown, decided, on record."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.demo import build
from tests.e2e.world import Finished, run_program

Aggregator = Callable[..., Finished]

RELEASE, PRINT, OTHER = "kemdikbud:15990", f"republika:{build.RELEASED}", "republika:tbm4gw436"
BY = ("--by", "Ani", "--reason", "sudah dibaca")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crawled")
    done = run_program("-m", "aggregator", "crawl", "--demo", cwd=folder)
    assert done.code == 0, done.err
    return folder


@pytest.fixture
def held(crawled: Path, tmp_path: Path, aggregator: Aggregator) -> Aggregator:
    shutil.copytree(crawled, tmp_path, dirs_exist_ok=True)
    return aggregator


def together(held: Aggregator) -> list[set[str]]:
    found = held("duplicates", "list", "--json").json["clusters"]
    return [{member["headline"] for member in cluster["members"]} for cluster in found]


def test_a_crawl_finds_the_release_that_a_paper_printed(held: Aggregator) -> None:
    found = held("duplicates", "show", PRINT, "--json").json
    assert [m["publisher"] for m in found["cluster"]["members"]] == ["kemdikbud", "republika"]
    assert found["cluster"]["standing"] == "the ministry's own release"
    (joined,) = found["joined"]
    assert (joined["reason"], joined["score"] > 0.6) == ("edited", True)
    assert {"removed": "ujar", "added": "kata"}.items() <= joined["differences"][-1].items()


def test_people_are_shown_the_same_in_words(held: Aggregator) -> None:
    said = held("--language", "en", "duplicates", "show", PRINT).out
    assert "Stands for all: the ministry's own release" in said
    assert "Joined by article " in said
    assert "[-ujar-] {+kata+} Direktur SMK" in said
    said = held("duplicates", "show", PRINT).out
    assert "Mewakili kelompok: siaran pers kementerian sendiri" in said
    assert "disunting" in said


def test_an_article_shows_its_other_prints(held: Aggregator) -> None:
    found = held("show", PRINT, "--json").json
    (other,) = found["duplicates"]
    assert (other["publisher"], other["reason"]) == ("kemdikbud", "edited")
    assert found["cluster_id"] is not None
    assert "kemdikbud · https://www.kemendikdasmen.go.id" in held("show", PRINT).out


def test_lists_and_exports_can_leave_the_other_prints_out(held: Aggregator) -> None:
    everything = held("list", "--json", "--limit", "100").json["articles"]
    chosen = held("list", "--json", "--limit", "100", "--representatives").json["articles"]
    left = {a["external_id"] for a in everything} - {a["external_id"] for a in chosen}
    assert left == {build.RELEASED, "9150077"}
    lines = held("export", "--format", "jsonl", "--representatives").out.splitlines()
    assert len(lines) == len(chosen)


def test_decisions_are_made_kept_and_undone(held: Aggregator) -> None:
    before = together(held)
    merged = held("duplicates", "merge", OTHER, PRINT, *BY, "--json").json
    assert (merged["kind"], merged["made_by"], merged["reason"]) == ("merge", "Ani", "sudah dibaca")
    assert max(map(len, together(held))) == 3
    split = held("duplicates", "split", RELEASE, *BY, "--json").json
    assert len(split["pairs"]) == 2
    never = held("duplicates", "never", OTHER, PRINT, *BY)
    assert "jangan disatukan" in never.out
    assert len(together(held)) == len(before) - 1
    for number in (3, 2, 1):
        assert held("duplicates", "undo", str(number), *BY).code == 0
    assert together(held) == before
    record = held("duplicates", "decisions", "--json").json["decisions"]
    assert [d["undone_by"] for d in record] == ["Ani"] * 3
    assert "Dibatalkan oleh Ani" in held("duplicates", "decisions").out
    assert "Keputusan 1" in held("duplicates", "show", OTHER).out


def test_a_rebuild_changes_nothing(held: Aggregator) -> None:
    before = held("duplicates", "list", "--json").json
    assert held("--language", "en", "duplicates", "rebuild").out == "23 articles compared.\n"
    assert held("duplicates", "list", "--json").json == before


def test_a_list_goes_on_where_the_page_before_ended(held: Aggregator) -> None:
    first = held("duplicates", "list", "--limit", "1", "--json").json
    following = str(first["next_cursor"])
    second = held("duplicates", "list", "--limit", "1", "--cursor", following, "--json").json
    assert second["next_cursor"] is None
    assert len({c["cluster_id"] for page in (first, second) for c in page["clusters"]}) == 2
    table = held("duplicates", "list", "--limit", "1")
    assert f"--cursor {following}" in table.err
    assert len(table.out.splitlines()) == 2


@pytest.mark.parametrize(
    "call",
    [
        ("show", "4711"),
        ("merge", PRINT, PRINT, *BY),
        ("merge", PRINT, OTHER),
        ("merge", PRINT, OTHER, "--by", "Ani", "--reason", " "),
        ("split", OTHER, *BY),
        ("undo", "7", *BY),
        ("list", "--limit", "0"),
    ],
    ids=lambda call: " ".join(call[:2]),
)
def test_what_cannot_be_done_is_one_clear_line(held: Aggregator, call: tuple[str, ...]) -> None:
    done = held("duplicates", *call)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Galat: ")
    assert len(done.err.splitlines()) == 1
