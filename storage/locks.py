"""At most one process crawls a publisher at a time.

The lock is the operating system's (a locked file beside the SQLite database) or the server's (an
advisory lock of a PostgreSQL session of its own). Both end with the process that holds them,
however it ends: nothing stays behind after ``kill -9``, and nothing has to be tidied up by hand.
Who holds a lock is told from ``run_publisher``; that row decides nothing.

Rejected: a row with a time of expiry. Whoever is suspended longer than that crawls beside its
successor, and whoever is killed blocks it for as long.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from aggregator.errors import PublisherBusyError, StorageError
from storage.database import Database, wrapped
from storage.runs import holder

Release = Callable[[], None]

# The server notices within a minute that a machine has lost its power or its line; left alone, it
# would keep the session, and the lock, for two hours. No server may end a session for being idle.
_SESSION = """
    SELECT set_config(name, setting, false)
    FROM (VALUES ('tcp_keepalives_idle', '30'), ('tcp_keepalives_interval', '10'),
                 ('tcp_keepalives_count', '3'), ('idle_session_timeout', '0'))
         AS ours(name, setting)
    WHERE name IN (SELECT pg_settings.name FROM pg_settings)
"""


@contextmanager
def held(database: Database, publishers: Iterable[str], zone: ZoneInfo) -> Iterator[None]:
    """Hold the locks of publishers; all or none. Raises ``PublisherBusyError``.

    ``zone``: in which the error says since when somebody else does.
    """
    with ExitStack() as locks:
        for publisher in sorted(publishers):
            release = acquire(database, publisher)
            if release is None:
                raise _busy(database, publisher, zone)
            locks.callback(release)
        yield


def acquire(database: Database, publisher: str) -> Release | None:
    """What ends the hold, as does its own end; ``None``: another process has it."""
    if database.engine.dialect.name == "postgresql":
        with wrapped(database.shown_url):
            return _acquire_session(database, publisher)
    try:
        return _acquire_file(lock_path(database, publisher))
    except (OSError, NotImplementedError) as error:
        raise StorageError(database.shown_url, str(error)) from error


def lock_path(database: Database, publisher: str) -> Path | None:
    """The file beside an SQLite database; ``None`` for one in memory, which nobody shares."""
    name = database.engine.url.database
    if not name or name == ":memory:":
        return None
    path = Path(name).resolve()
    return path.with_name(f"{path.name}-{publisher}.lock")


def _acquire_file(path: Path | None) -> Release | None:
    if path is None:
        return lambda: None
    # A file system without locks is an error, not a reason for files that stay behind.
    lock = FileLock(path, blocking=False, thread_local=False, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout:
        return None
    return cast(Release, lock.release)


def _acquire_session(database: Database, publisher: str) -> Release | None:
    connection = database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    # Out of the pool: when it is closed, the session ends and the lock with it.
    connection.detach()
    try:
        connection.execute(text(_SESSION))
        question = text("SELECT pg_try_advisory_lock(:key)")
        if connection.scalar(question, {"key": _key(publisher)}):
            return lambda: _release_session(connection, publisher)
    except BaseException:
        connection.close()
        raise
    connection.close()
    return None


def _release_session(connection: Connection, publisher: str) -> None:
    """Said aloud: the server notices some milliseconds late that a session has ended."""
    try:
        with suppress(DBAPIError):  # a session that is gone holds nothing
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _key(publisher)})
    finally:
        connection.close()


def _key(publisher: str) -> int:
    """PostgreSQL names its locks with 64 bits."""
    digest = hashlib.blake2b(f"aggregator:{publisher}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def _busy(database: Database, publisher: str, zone: ZoneInfo) -> PublisherBusyError:
    with database.session() as session:
        found = holder(session, publisher)
    if found is None:  # between taking the lock and writing so lie some milliseconds
        return PublisherBusyError(publisher=publisher, host="?", pid="?", since="?")
    since = found.since.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S %Z")
    return PublisherBusyError(publisher=publisher, host=found.host, pid=found.pid, since=since)
