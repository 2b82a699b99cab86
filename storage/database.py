"""Opening a database: SQLite by default, PostgreSQL alike; migrated when opened for writing.

Every foreign exception ends as a ``StorageError`` with one clear line. Addresses are shown without
their password.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from aggregator.errors import (
    DatabaseFullError,
    DatabaseMissingError,
    DatabaseReadOnlyError,
    DatabaseTooNewError,
    DatabaseTooOldError,
    DatabaseUnusableError,
    StorageError,
)

HEAD = "0016"
"""The schema that this version writes; a test holds it against the migrations."""

EARLIER = tuple("0001 0002 0005 0006 0008 0009 0010 0011 0012 0013 0014 0015".split())
"""Schemas that ``upgrade`` knows how to bring to ``HEAD``."""

BUSY_TIMEOUT_MS = 30_000
"""How long SQLite waits for another writer. A crawl commits in milliseconds; a backup may take
seconds."""

# Several connections may try to create the schema of one PostgreSQL database at the same time.
_MIGRATION_LOCK = 4_711_002

# As SQLite says it, and PostgreSQL with the system's words.
_FULL = re.compile(r"database or disk is full|No space left on device")

# What cannot be parsed is cut generously: all between the first colon and the last @.
_SECRETS = ((re.compile(r":.*@"), ":***@"), (re.compile(r"(password=)[^&]*"), r"\1***"))


class Database:
    """An open database. Sessions are short: one per question or per stored article."""

    def __init__(self, engine: Engine, *, writable: bool) -> None:
        self.engine = engine
        self.writable = writable
        self._sessions = sessionmaker(engine, expire_on_commit=False)

    @property
    def shown_url(self) -> str:
        return _shown(self.engine.url)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back on an error."""
        with wrapped(self.shown_url), self._sessions.begin() as session:
            yield session

    def writing(self) -> Database:
        """The same, for a transaction that writes beside a program that else only reads."""
        return Database(self.engine.execution_options(read_only=False), writable=True)

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str, *, writable: bool = False) -> Database:
    """Open, and with ``writable`` create or migrate where needed. Raises ``StorageError``."""
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        _check_file(address, writable)
    shown = _shown(address)
    engine = _engine(address, shown).execution_options(read_only=not writable)
    try:
        with wrapped(shown, DatabaseUnusableError):
            _check_schema(engine, shown, writable)
    except BaseException:
        engine.dispose()
        raise
    return Database(engine, writable=writable)


def open_as_it_is(url: str) -> Database:
    """Open a database of whatever schema, or none yet, without changing it: for copies of it."""
    address = _address(url)
    return Database(_engine(address, _shown(address)), writable=False)


@contextmanager
def wrapped(url: str, kind: type[StorageError] = StorageError) -> Iterator[None]:
    """Turn what SQLAlchemy raises into ``StorageError`` or one of its kinds."""
    try:
        yield
    except DBAPIError as error:
        detail = " ".join(str(error.orig).split())
        if "readonly" in detail or "read-only" in detail:
            raise DatabaseReadOnlyError(url, detail) from error
        if _FULL.search(detail):
            raise DatabaseFullError(url, detail) from error
        raise kind(url, detail) from error
    except SQLAlchemyError as error:
        raise kind(url, " ".join(str(error).split())) from error


def _address(url: str) -> URL:
    try:
        address = make_url(url)
        if "@" in (address.host or ""):
            raise ValueError("a password with an @ that is not written %40")
    except (ArgumentError, ValueError) as error:  # ValueError also: a port that is no number
        raise DatabaseUnusableError(
            _without_secrets(url), "not a database address, such as sqlite:///news.db"
        ) from error
    if address.drivername in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+psycopg")
    return address


def _shown(address: URL) -> str:
    place, _, options = address.render_as_string(hide_password=True).partition("?")
    return f"{place}?{_without_secrets(options)}" if options else place


def _without_secrets(text: str) -> str:
    for secret, shown in _SECRETS:
        text = secret.sub(shown, text)
    return text


def _check_file(address: URL, writable: bool) -> None:
    """SQLite's own messages ("unable to open database file") do not say what to do."""
    if not address.database or address.database == ":memory:":
        return
    path, shown = Path(address.database), _shown(address)
    if not path.exists() and not writable:
        raise DatabaseMissingError(shown)
    if path.is_dir():
        raise DatabaseUnusableError(shown, "is a folder")
    if not path.parent.is_dir():
        raise DatabaseReadOnlyError(shown, f"there is no folder {path.parent}")
    if writable:
        # Write-ahead mode makes files beside the database, so the folder must be writable too.
        for place in (path.parent, path):
            if place.exists() and not os.access(place, os.W_OK):
                raise DatabaseReadOnlyError(shown, f"no right to write {place}")


def _engine(address: URL, shown: str) -> Engine:
    try:
        engine = create_engine(address)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise DatabaseUnusableError(shown, _driver_advice(address)) from error
    if address.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _driver_advice(address: URL) -> str:
    if address.get_backend_name() == "postgresql":
        return "no driver installed: pip install 'school-news-aggregator[postgres]'"
    return "no such kind of database: use sqlite:///FILE or postgresql://USER@HOST/NAME"


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # We begin transactions ourselves (see _begin_sqlite); the driver must not.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    try:
        # Readers and one writer at a time do not wait for each other.
        cursor.execute("PRAGMA journal_mode = WAL")
        # Safe against a killed process; a power cut may lose the last commits, never the file.
        cursor.execute("PRAGMA synchronous = NORMAL")
    except connection.OperationalError:
        pass  # a read-only file keeps the mode it has
    finally:
        cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE: look-up and insert of an article are one step even beside another crawl, and a
    # writer waits at the start instead of failing in the middle.
    mode = "" if connection.get_execution_options().get("read_only") else "IMMEDIATE"
    connection.exec_driver_sql(f"BEGIN {mode}")


def _check_schema(engine: Engine, shown: str, writable: bool) -> None:
    found = _stored_revision(engine)
    if found == HEAD:
        return
    if found is not None and found not in EARLIER:
        raise DatabaseTooNewError(shown, found=found)
    if not writable:
        if found is None:
            raise DatabaseMissingError(shown)
        raise DatabaseTooOldError(shown, found=found)
    upgrade(engine)


def _stored_revision(engine: Engine) -> str | None:
    with engine.connect().execution_options(read_only=True) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(
            text("SELECT version_num FROM alembic_version")
        ).scalar()
        return found


def upgrade(engine: Engine) -> None:
    """Bring the schema to ``HEAD``. Two programs doing so at once end well."""
    # Imported here: Alembic takes a second, and nearly every start finds the schema up to date.
    from alembic import command
    from alembic.config import Config

    from storage import search

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _MIGRATION_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        # Articles of an older schema, by the rules for words that this version has.
        with Session(connection) as session:
            search.fill(session)
            session.flush()
