"""Copies: made beside a writer, checked, brought back; and what happens when they cannot be."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from aggregator.errors import BackupError, DatabaseTooNewError
from pipelines.store import store
from storage import channels, copies
from storage.database import HEAD, Database, open_as_it_is, open_database
from tests.conftest import PostgresServer
from tests.pipelines.builders import NOW, attributed, body_of, publisher

DAY = timedelta(days=1)

needs_client = pytest.mark.skipif(
    shutil.which("pg_dump") is None and not os.environ.get("CI"), reason="pg_dump is not installed"
)
pytestmark = [needs_client, pytest.mark.own_database]


def fill(database: Database, *numbers: int) -> None:
    for number in numbers:
        url = f"https://contoh.example/berita/{number}/judul"
        text = body_of(f"Kalimat nomor {number} tentang sekolah.")
        store(database, attributed(url=url, body_html=text), cause="channel")


def addresses(database: Database) -> list[str]:
    with database.session() as session:
        rows = session.scalars(text("SELECT canonical_url FROM article ORDER BY id"))
        return [str(url) for url in rows]


@pytest.fixture
def bare(database: Database) -> Iterator[Database]:
    """The same database, opened as it is."""
    opened = open_as_it_is(database.engine.url.render_as_string(hide_password=False))
    yield opened
    opened.close()


def suffix(database: Database) -> str:
    return ".db" if database.engine.dialect.name == "sqlite" else ".dump"


def test_a_copy_says_what_it_holds(database: Database, bare: Database, tmp_path: Path) -> None:
    fill(database, 1, 2)
    target = tmp_path / "salinan"
    made = copies.make(bare, target, NOW)
    assert (made.path, made.articles, made.schema_version) == (str(target), 2, HEAD)
    assert made.bytes == target.stat().st_size
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_restored_database_holds_what_was_copied(
    database: Database, bare: Database, tmp_path: Path
) -> None:
    fill(database, 1, 2)
    copies.make(bare, tmp_path / "salinan", NOW)
    before = addresses(database)
    fill(database, 3)
    kept = copies.restore(bare, tmp_path / "salinan", NOW, replace=True)
    assert addresses(database) == before
    assert kept is not None
    copies.restore(bare, kept, NOW + DAY, replace=True)
    assert len(addresses(database)) == 3


def test_an_empty_place_is_filled(
    database: Database, bare: Database, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    fill(database, 1)
    copies.make(bare, tmp_path / "salinan", NOW)
    with empty_place(database, tmp_path, request) as url:
        empty = open_as_it_is(url)
        assert copies.restore(empty, tmp_path / "salinan", NOW, replace=False) is None
        empty.close()
        opened = open_database(url)
        assert addresses(opened) == addresses(database)
        opened.close()


@contextmanager
def empty_place(database: Database, folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty database of the same kind."""
    if suffix(database) == ".db":
        yield f"sqlite:///{folder / 'baru.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.database() as url:
        yield url


def test_a_database_is_not_replaced_unasked(
    database: Database, bare: Database, tmp_path: Path
) -> None:
    fill(database, 1)
    copies.make(bare, tmp_path / "salinan", NOW)
    fill(database, 2)
    with pytest.raises(BackupError, match="--replace"):
        copies.restore(bare, tmp_path / "salinan", NOW, replace=False)
    assert len(addresses(database)) == 2


def test_copies_in_a_folder_are_dated_and_rotated(
    database: Database, bare: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "cadangan"
    folder.mkdir()
    other = folder / f"lain{suffix(database)}"
    other.write_text("x")
    made = [copies.make(bare, folder, NOW + n * DAY, keep=2) for n in range(4)]
    left = sorted(path.name for path in folder.iterdir())
    assert left == sorted([other.name, *(Path(one.path).name for one in made[2:])])
    assert "20260804T030000Z" in made[3].path


@pytest.mark.parametrize("content", [b"", b"Ini bukan basis data. " * 100])
def test_what_is_no_copy_is_not_restored(
    database: Database, bare: Database, tmp_path: Path, content: bytes
) -> None:
    fill(database, 1)
    (tmp_path / "salinan").write_bytes(content)
    with pytest.raises(BackupError):
        copies.restore(bare, tmp_path / "salinan", NOW, replace=True)
    assert len(addresses(database)) == 1


def test_a_copy_that_is_not_there(bare: Database, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no such file"):
        copies.restore(bare, tmp_path / "salinan", NOW, replace=True)


def test_a_place_that_cannot_be_written(bare: Database, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="No such file"):
        copies.make(bare, tmp_path / "tidak" / "ada", NOW)


def say_version(database: Database, version: str) -> None:
    with database.session() as session:
        session.execute(
            text("UPDATE alembic_version SET version_num = :version"), {"version": version}
        )


def test_a_copy_of_a_newer_version_is_refused(
    database: Database, bare: Database, tmp_path: Path
) -> None:
    fill(database, 1)
    say_version(database, "9999")
    try:
        copies.make(bare, tmp_path / "salinan", NOW)
    finally:
        say_version(database, HEAD)  # other tests share the database
    with pytest.raises(DatabaseTooNewError, match="9999"):
        copies.restore(bare, tmp_path / "salinan", NOW, replace=True)


def test_a_copy_beside_a_busy_writer_is_whole(
    database: Database, bare: Database, tmp_path: Path
) -> None:
    """Every copy is one state: as many articles as revisions, and no half transaction."""
    done = threading.Event()

    def write() -> None:
        number = 0
        while not done.is_set():
            number += 1
            fill(database, number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [copies.make(bare, tmp_path / f"{n}", NOW) for n in range(4)]
    finally:
        done.set()
        writer.join()
    counts = [one.articles for one in made]
    assert counts == sorted(counts)
    copies.restore(bare, tmp_path / "3", NOW, replace=True)
    with database.session() as session:
        assert session.scalar(text("SELECT count(*) FROM revision")) == counts[3]


def test_no_password_reaches_a_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "pg_dump"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/said\necho gagal >&2\nexit 1\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    secret = open_as_it_is("postgresql://user:rahasia@127.0.0.1:1/news")
    with pytest.raises(BackupError, match="gagal") as error:
        copies.make(secret, tmp_path / "salinan", NOW)
    assert "rahasia" not in (tmp_path / "said").read_text() + str(vars(error.value))
    assert not (tmp_path / "salinan").exists()


# --- SQLite ---------------------------------------------------------------------------------------


@pytest.fixture
def file_database(tmp_path: Path, migrated_file: Path) -> Iterator[Database]:
    (tmp_path / "db").mkdir()
    path = tmp_path / "db" / "news.db"
    path.write_bytes(migrated_file.read_bytes())
    opened = open_database(f"sqlite:///{path}", writable=True)
    with opened.session() as session:
        channels.ensure(session, publisher(), ())
    yield opened
    opened.close()


def test_a_damaged_database_is_replaced_and_its_bytes_kept(
    file_database: Database, tmp_path: Path
) -> None:
    fill(file_database, 1)
    path = tmp_path / "db" / "news.db"
    bare = open_as_it_is(str(file_database.engine.url))
    copies.make(bare, tmp_path / "salinan", NOW)
    file_database.close()
    path.write_bytes(b"rusak" * 4096)
    for log in path.parent.glob("news.db-*"):
        log.unlink()
    kept = copies.restore(bare, tmp_path / "salinan", NOW, replace=True)
    assert kept is not None
    assert kept.read_bytes().startswith(b"rusak")
    assert len(addresses(file_database)) == 1
    bare.close()


def test_a_database_that_is_written_to_is_not_replaced(
    file_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "LOCK_SECONDS", 0.2)
    fill(file_database, 1)
    bare = open_as_it_is(str(file_database.engine.url))
    copies.make(bare, tmp_path / "salinan", NOW)
    with file_database.session() as session:
        session.execute(text("UPDATE publisher SET title = 'Lain'"))
        with pytest.raises(BackupError, match="in use"):
            copies.restore(bare, tmp_path / "salinan", NOW, replace=True)
    assert len(addresses(file_database)) == 1
    bare.close()


def test_a_copy_with_dangling_rows_is_refused(file_database: Database, tmp_path: Path) -> None:
    bare = open_as_it_is(str(file_database.engine.url))
    copies.make(bare, tmp_path / "salinan", NOW)
    connection = sqlite3.connect(tmp_path / "salinan")
    with connection:
        connection.execute("INSERT INTO article_tag VALUES (99, 0, 'SMK')")
    connection.close()
    with pytest.raises(BackupError, match="not there"):
        copies.restore(bare, tmp_path / "salinan", NOW, replace=True)
    bare.close()


def test_a_database_in_memory_cannot_be_copied(tmp_path: Path) -> None:
    memory = open_as_it_is("sqlite://")
    with pytest.raises(BackupError, match="memory"):
        copies.make(memory, tmp_path / "salinan", NOW)
    memory.close()
