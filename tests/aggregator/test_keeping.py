"""What is kept how long, by publisher."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from aggregator.config import Config, PublisherConfig
from aggregator.errors import ArchiveError
from aggregator.keeping import archive_path, forget_old
from storage import channels
from storage.database import Database
from storage.tables import ArticleRow, RunRow
from tests.pipelines.builders import NOW, attributed, publisher
from tests.storage.test_articles import _add
from tests.storage.test_retention import a_run

DAY = timedelta(days=1)


def test_an_archive_is_named_after_its_beginning(tmp_path: Path) -> None:
    begun = datetime(2026, 8, 5, 3, 4, 5, tzinfo=UTC)
    path = archive_path(tmp_path / "arsip", "contoh", 7, begun)
    assert path == tmp_path / "arsip" / "contoh" / "20260805T030405Z-run7.warc.gz"
    assert path.parent.is_dir()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "arsip").write_text("sebuah berkas", encoding="utf-8")
    with pytest.raises(ArchiveError, match="arsip"):
        archive_path(tmp_path / "arsip", "contoh", 7, NOW)


@pytest.fixture
def archives(database: Database, tmp_path: Path) -> Path:
    """Of two publishers one old and one new file each, and one that is not ours."""
    with database.session() as session:
        for name in ("contoh", "lain"):
            channels.ensure(session, publisher(name=name), ())
            for age in (100, 40, 1):
                archive_path(tmp_path, name, age, NOW - age * DAY).touch()
            (tmp_path / name / "catatan.warc.gz").touch()
    return tmp_path


def kept(folder: Path) -> list[int]:
    return sorted(int(p.name.partition("-run")[2].split(".")[0]) for p in folder.glob("*-run*"))


def test_archives_are_kept_as_long_as_said(database: Database, archives: Path) -> None:
    own = {"lain": PublisherConfig(archive_days=60)}
    forget_old(database, Config(archive_folder=archives, publishers=own), NOW)
    assert (kept(archives / "contoh"), kept(archives / "lain")) == ([1], [1, 40])
    assert (archives / "contoh" / "catatan.warc.gz").exists()


def test_archives_are_kept_for_ever_where_that_is_said(database: Database, archives: Path) -> None:
    own = {"lain": PublisherConfig(archive_days=0)}
    forget_old(database, Config(archive_folder=archives, publishers=own), NOW)
    assert kept(archives / "lain") == [1, 40, 100]


@pytest.mark.parametrize(("days", "gone"), [(0, False), (1, True)])
def test_texts_are_kept_for_ever_unless_said(database: Database, days: int, gone: bool) -> None:
    with database.session() as session:
        channels.ensure(session, publisher(), ())
    number = _add(database, attributed())
    own = {"contoh": PublisherConfig(text_days=days)}
    later = NOW + 400 * DAY
    forget_old(database, Config(publishers=own), later)
    with database.session() as session:
        assert (session.get_one(ArticleRow, number).text_removed_at == later) is gone


def test_a_run_stays_as_long_as_its_longest_publisher(database: Database) -> None:
    config = Config(ledger_days=30, publishers={"lain": PublisherConfig(ledger_days=60)})
    with database.session() as session:
        for name in ("contoh", "lain"):
            channels.ensure(session, publisher(name=name), ())
    numbers = [
        a_run(database, age, publishers=names)
        for names in (("contoh",), ("lain",), ("contoh", "lain"), ())
        for age in (40, 70)
    ]
    forget_old(database, config, NOW)
    assert [number for number in numbers if not is_there(database, number)] == [
        numbers[place] for place in (0, 1, 3, 5, 6, 7)
    ]


def test_a_shorter_time_is_kept_too(database: Database) -> None:
    config = Config(ledger_days=30, publishers={"contoh": PublisherConfig(ledger_days=5)})
    with database.session() as session:
        channels.ensure(session, publisher(), ())
    numbers = [a_run(database, age, publishers=("contoh",)) for age in (4, 6)]
    forget_old(database, config, NOW)
    assert [is_there(database, number) for number in numbers] == [True, False]


def test_what_is_unsaid_of_a_publisher_holds_for_all() -> None:
    config = Config(ledger_days=9, publishers={"contoh": PublisherConfig(text_days=5)})
    assert config.days("ledger_days", "contoh") == 9
    assert config.days("text_days", "contoh") == 5
    assert config.days("text_days", "lain") == 0
    assert replace(config, text_days=3).days("text_days", "lain") == 3


def is_there(database: Database, run_id: int) -> bool:
    """Whether nothing of a run was pruned."""
    with database.session() as session:
        row = session.get(RunRow, run_id)
        return row is not None and row.pruned_at is None
