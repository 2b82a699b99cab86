"""``review`` as it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aggregator.cli.main import main
from pipelines.store import store
from storage.database import open_database
from tests.pipelines.stories import story
from tests.pipelines.test_relate import _introduce, article

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def url(tmp_path: Path, migrated_file: Path) -> str:
    """1 and 2 of the press, 3 of the government."""
    path = tmp_path / "news.db"
    path.write_bytes(migrated_file.read_bytes())
    database = open_database(f"sqlite:///{path}", writable=True)
    _introduce(database)
    for number, source in ((1, "contoh"), (2, "lain"), (3, "dinas")):
        store(database, article(number, story(number), source), cause="channel")
    database.close()
    return f"sqlite:///{path}"


@pytest.fixture
def run(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Run:
    monkeypatch.chdir(tmp_path)
    for name in ("AGGREGATOR_CONFIG", "AGGREGATOR_LANGUAGE", "AGGREGATOR_RULES"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["--database", url, "review", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def rows(out: str, column: str) -> list[str]:
    header, *lines = out.splitlines()
    place = header.split("\t").index(column)
    return [line.split("\t")[place] for line in lines]


def read(run: Run, *arguments: str) -> Any:
    code, out, _ = run(*arguments, "--json")
    assert code == 0
    return json.loads(out)


def test_the_queue_is_listed(run: Run) -> None:
    code, out, _ = run("list")
    assert (code, rows(out, "ID")) == (0, ["3", "2", "1"])
    assert rows(out, "Dasar hak")[0] == "pemerintah_43b"


def test_articles_are_decided_about(run: Run) -> None:
    code, out, _ = run("approve", "1", "2", "--by", "Bu Ani", "--at", "2026-08-03 07:00")
    assert (code, out) == (0, "Artikel 1: disetujui\nArtikel 2: disetujui\n")
    (found, _) = read(run, "list", "--tray", "approved")["items"]
    assert found["review"]["editor"] == "Bu Ani"
    assert found["review"]["publish_at"] == "2026-08-02T23:00:00+00:00"
    assert read(run, "list")["items"][0]["id"] == 3


def test_a_rejection_needs_a_reason(run: Run) -> None:
    code, _, err = run("reject", "1", "--reason", " ", "--by", "Bu Ani")
    assert (code, err) == (2, "Galat: reason: keputusan memerlukan alasan\n")
    code, _, _ = run("reject", "1", "--reason", "iklan", "--by", "Bu Ani")
    assert rows(run("list", "--tray", "rejected")[1], "Alasan") == ["iklan"]


def test_one_refused_is_all_refused(run: Run) -> None:
    code, _, err = run("approve", "1", "99", "--by", "Bu Ani")
    assert code == 2
    assert "99" in err
    assert read(run, "list", "--tray", "approved")["items"] == []


def test_what_is_shown_is_edited(run: Run) -> None:
    run("edit", "1", "--headline", "Judul kami", "--excerpt", "Kutipan", "--by", "Bu Ani")
    run("edit", "1", "--section", "Berita", "--excerpt", "", "--by", "Bu Ani")
    (item,) = read(run, "list", "--tray", "held")["items"]
    found = item["review"]
    assert (found["headline"], found["excerpt"], found["section"]) == ("Judul kami", None, "Berita")
    assert item["article"]["headline"] != "Judul kami"


def test_an_edit_changes_something(run: Run) -> None:
    assert run("edit", "1", "--by", "Bu Ani")[0] == 2


def test_a_time_that_is_none_is_refused(run: Run) -> None:
    code, _, err = run("approve", "1", "--at", "besok", "--by", "Bu Ani")
    assert (code, "YYYY-MM-DD HH:MM" in err) == (2, True)


def test_nobody_signs_as_a_rule(run: Run) -> None:
    assert run("approve", "1", "--by", "rule: kementerian")[0] == 2


def test_rules_approve(run: Run) -> None:
    code, out, _ = run("auto", "--dry-run")
    assert (code, rows(out, "ID")) == (0, ["3"])
    assert read(run, "auto", "--dry-run") == {"would_approve": [{"id": 3, "rule": "kementerian"}]}
    assert run("auto") == (0, "1 artikel disetujui oleh aturan.\n", "")
    assert read(run, "auto") == {"approved": 0}


def test_everything_is_in_the_log(run: Run) -> None:
    run("hold", "1", "--note", "tanya kepala sekolah", "--by", "Bu Ani")
    run("reopen", "1", "--by", "Pak Budi")
    run("approve", "2", "--by", "Pak Budi")
    _, out, _ = run("log")
    assert rows(out, "Siapa") == ["Pak Budi", "Pak Budi", "Bu Ani"]
    assert rows(out, "Tindakan") == ["approve", "reopen", "hold"]
    (opened, kept) = read(run, "log", "1")["entries"]
    assert opened["detail"]["before"]["reason"] == kept["detail"]["after"]["reason"]
