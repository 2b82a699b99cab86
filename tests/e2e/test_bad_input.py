"""Bad input: one clear line, exit code 2, no traceback, nothing changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.demo import build
from tests.e2e.world import Finished

Aggregator = Callable[..., Finished]
DEMO = str(build.DEMO / "demo.warc.gz")

CASES: dict[str, tuple[str, ...]] = {
    "unreadable archive": ("crawl", "--replay", "text.txt"),
    "empty archive": ("crawl", "--replay", "empty.warc.gz"),
    "missing archive": ("crawl", "--replay", "nowhere.warc.gz"),
    "folder as archive": ("crawl", "--replay", "."),
    "reparse of a missing archive": ("reparse", "nowhere.warc.gz"),
    "reparse of no archive": ("reparse", "text.txt"),
    "archive that cannot be written": ("crawl", "--demo", "--archive", "no/such/folder.warc.gz"),
    "unknown publisher": ("crawl", "kompas", "--demo"),
    "live crawl without contact": ("crawl",),
    "demo and replay": ("crawl", "--demo", "--replay", DEMO),
    "limit that is none": ("crawl", "--demo", "--limit", "0"),
    "malformed date": ("list", "--since", "kemarin dulu", "--database", "sqlite:///good.db"),
    "impossible date": ("list", "--until", "2026-02-31", "--database", "sqlite:///good.db"),
    "dates the wrong way round": (
        *("list", "--since", "2026-02-02", "--until", "2026-02-01"),
        *("--database", "sqlite:///good.db"),
    ),
    "unknown publisher in a filter": ("list", "--publisher", "kompas"),
    "malformed cursor": ("list", "--cursor", "xyz", "--database", "sqlite:///good.db"),
    "limit too large": ("list", "--limit", "100000", "--database", "sqlite:///good.db"),
    "no such article": ("show", "4711", "--database", "sqlite:///good.db"),
    "no such address": ("show", "https://x.example/", "--database", "sqlite:///good.db"),
    "no database yet": ("list",),
    "no database address": ("list", "--database", "news"),
    "unknown kind of database": ("list", "--database", "oracle2://x/y"),
    "a file that is no database": ("list", "--database", "sqlite:///text.txt"),
    "a folder as database": ("list", "--database", "sqlite:///."),
    "database of a newer version": ("crawl", "--demo", "--database", "sqlite:///newer.db"),
    "reading a newer database": ("list", "--database", "sqlite:///newer.db"),
    "database in no folder": ("crawl", "--demo", "--database", "sqlite:///no/such/news.db"),
    "missing page": ("extract", "nowhere.html", "--url", "https://republika.co.id/berita/x"),
    "page of nobody": ("extract", "text.txt", "--url", "https://kompas.example/a"),
    "page that is none": (
        *("extract", "empty.warc.gz", "--url"),
        "https://republika.co.id/berita/tbm4gw436/a",
    ),
    "address that is none": ("extract", "text.txt", "--url", "republika"),
    "unknown option": ("list", "--colour"),
    "unknown command": ("publish-everything",),
    "export to nowhere": (
        *("export", "--output", "no/such/file.csv", "--database", "sqlite:///good.db"),
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from storage.database import open_database

    place = tmp_path_factory.mktemp("bad")
    (place / "text.txt").write_text("Ini bukan arsip.\n", encoding="utf-8")
    (place / "empty.warc.gz").write_bytes(b"")
    for name in ("good", "newer"):
        open_database(f"sqlite:///{place / name}.db", writable=True).close()
    with sqlite3.connect(place / "newer.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    return place


@pytest.mark.parametrize("name", CASES)
def test_one_clear_line(name: str, folder: Path, aggregator: Aggregator) -> None:
    done = aggregator(*CASES[name], cwd=folder)
    assert done.code == 2, done.err
    assert "Traceback" not in done.err
    assert len(done.err.strip().splitlines()) == 1, done.err
    assert done.err.startswith("Galat: ")
    assert done.out == ""


def test_configuration_error_names_file_and_field(aggregator: Aggregator, tmp_path: Path) -> None:
    (tmp_path / "aggregator.toml").write_text("bahasa = 'id'\n", encoding="utf-8")
    done = aggregator("list")
    assert (done.code, len(done.err.splitlines())) == (2, 1)
    assert "bahasa" in done.err


def test_read_only_folder(aggregator: Aggregator, tmp_path: Path) -> None:
    """As root every folder is writable, so the check is asked directly there."""
    import os

    from aggregator.errors import DatabaseReadOnlyError
    from storage.database import open_database

    place = tmp_path / "locked"
    place.mkdir()
    place.chmod(0o500)
    if os.geteuid() == 0:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "access", lambda *_: False)
            with pytest.raises(DatabaseReadOnlyError) as caught:
                open_database(f"sqlite:///{place / 'news.db'}", writable=True)
        assert caught.value.exit_code == 2
        return
    done = aggregator("crawl", "--demo", "--database", f"sqlite:///{place / 'news.db'}")
    assert (done.code, len(done.err.splitlines())) == (2, 1)
