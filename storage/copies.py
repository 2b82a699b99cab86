"""Copies of a database: made while it is in use, checked, brought back.

SQLite is copied by its own online backup, which takes one consistent state and holds up nobody in
write-ahead mode. PostgreSQL is copied by its own ``pg_dump``, which must be installed.

A copy appears under its name only when it is complete and was found whole; a restore is one
transaction, preceded by a copy of what it replaces.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Protocol

from aggregator.errors import BackupError, DatabaseTooNewError
from aggregator.model import Backup
from storage.care import file_of
from storage.database import EARLIER, HEAD, Database
from storage.pgtools import PostgresCopier

STAMP = "%Y%m%dT%H%M%SZ"
"""UTC; names that sort by age."""
LOCK_SECONDS = 10.0
"""How long a restore waits for whoever writes to the database."""


class Copier(Protocol):
    """How one kind of database is copied."""

    suffix: str

    def copy(self, database: Database, target: Path) -> None: ...

    def facts(self, copy: Path) -> tuple[str, int]:
        """Schema version and number of articles, after the copy was found whole."""

    def restore(self, database: Database, copy: Path) -> None: ...


def make(database: Database, target: Path, now: datetime, keep: int = 0) -> Backup:
    """Copy the database to a file, or under a dated name into a folder.

    ``keep``: of the copies in the folder only so many newest stay; 0: all. Raises ``BackupError``.
    """
    copier = _copier(database)
    into_folder = target.is_dir()
    path = target / f"{_name(database)}-{now:{STAMP}}{copier.suffix}" if into_folder else target
    with _whole(path) as temporary:
        copier.copy(database, temporary)
        version, articles = copier.facts(temporary)
        size = temporary.stat().st_size
    if into_folder and keep:
        _rotate(target, f"{_name(database)}-*{copier.suffix}", keep)
    return Backup(
        path=str(path.absolute()),
        made_at=now,
        bytes=size,
        schema_version=version,
        articles=articles,
    )


def restore(database: Database, copy: Path, now: datetime, *, replace: bool) -> Path | None:
    """Make the database what a copy holds; returns where its earlier content was copied to.

    Raises ``BackupError`` without having changed anything.
    """
    copier = _copier(database)
    if not copy.is_file():
        raise BackupError(copy, "no such file")
    version, _ = copier.facts(copy)
    if version not in (HEAD, *EARLIER):
        raise DatabaseTooNewError(database.shown_url, found=version)
    before: Path | None = None
    if _is_there(database):
        if not replace:
            raise BackupError(copy, "there is a database already; add --replace to replace it")
        before = _kept_before(database, copier, copy, now)
    copier.restore(database, copy)
    return before


def _copier(database: Database) -> Copier:
    if database.engine.dialect.name == "postgresql":
        return PostgresCopier()
    if file_of(database) is None:
        raise BackupError(database.shown_url, "a database in memory cannot be copied")
    return SqliteCopier()


def _name(database: Database) -> str:
    return Path(str(database.engine.url.database)).stem


def _is_there(database: Database) -> bool:
    path = file_of(database)
    if path is not None:
        return path.exists() and path.stat().st_size > 0
    return PostgresCopier.holds_tables(database)


def _kept_before(database: Database, copier: Copier, copy: Path, now: datetime) -> Path:
    """A copy of what is about to be replaced, beside the database's file or beside the copy."""
    folder = (file_of(database) or copy).parent
    path = folder / f"{_name(database)}-before-restore-{now:{STAMP}}{copier.suffix}"
    try:
        with _whole(path) as temporary:
            copier.copy(database, temporary)
    except BackupError:
        # It is too damaged for a copy of ours: keep its bytes.
        source = file_of(database)
        if source is None:
            raise
        path.write_bytes(source.read_bytes())
    return path


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A file to write to that gets its name only at the end, readable by its owner only."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        yield temporary
        _flush(temporary)
        temporary.replace(path)
    except OSError as error:
        raise BackupError(path, error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """Onto the disk: the old name must not stand for a file that is still in memory."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _rotate(folder: Path, pattern: str, keep: int) -> None:
    for old in sorted(folder.glob(pattern), reverse=True)[keep:]:
        if "-before-restore-" not in old.name:
            old.unlink(missing_ok=True)


class SqliteCopier:
    suffix = ".db"

    def copy(self, database: Database, target: Path) -> None:
        source = file_of(database)
        assert source is not None, "a database in memory was refused before"
        with _sqlite(source, target) as found, _sqlite(target, target, writable=True) as copied:
            found.backup(copied, progress=_impatient(target))
            # One file, without a log beside it.
            copied.execute("PRAGMA journal_mode = DELETE")

    def facts(self, copy: Path) -> tuple[str, int]:
        with _sqlite(copy, copy) as opened:
            complaints = [row[0] for row in opened.execute("PRAGMA integrity_check(1)")]
            if complaints != ["ok"]:
                raise BackupError(copy, complaints[0])
            if opened.execute("PRAGMA foreign_key_check").fetchone():
                raise BackupError(copy, "rows refer to rows that are not there")
            (version,) = opened.execute("SELECT version_num FROM alembic_version").fetchone()
            (articles,) = opened.execute("SELECT count(*) FROM article").fetchone()
        return str(version), int(articles)

    def restore(self, database: Database, copy: Path) -> None:
        target = file_of(database)
        assert target is not None
        database.close()
        try:
            self._write_into(target, copy)
        except BackupError as error:
            # Exactly: its sub-classes mean locks, rights and full disks, of a database that is
            # whole.
            if type(error.__cause__) is not sqlite3.DatabaseError:
                raise
            # Too damaged to be written to: nobody can be using it, so a new file takes its place.
            for beside in ("", "-wal", "-shm"):
                target.with_name(target.name + beside).unlink(missing_ok=True)
            self._write_into(target, copy)

    def _write_into(self, target: Path, copy: Path) -> None:
        with (
            _sqlite(copy, copy) as found,
            _sqlite(target, copy, writable=True) as written,
        ):
            # Programs that have the database open see the new content in their next transaction.
            found.backup(written, progress=_impatient(copy))


@contextmanager
def _sqlite(path: Path, named: Path, *, writable: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection whose errors are told of the copy that is made or read (``named``)."""
    mode = "rwc" if writable else "ro"
    try:
        address = f"{path.absolute().as_uri()}?mode={mode}"
        with closing(sqlite3.connect(address, uri=True, timeout=LOCK_SECONDS)) as connection:
            yield connection
    except sqlite3.Error as error:
        raise BackupError(named, str(error)) from error


def _impatient(named: Path) -> Callable[[int, int, int], None]:
    """SQLite's backup waits for a lock for ever; a person does not."""
    deadline = monotonic() + LOCK_SECONDS

    def step(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and monotonic() > deadline:
            raise BackupError(named, "the database is in use: stop the crawl, then try again")

    return step
