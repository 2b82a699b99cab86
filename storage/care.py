"""How the database itself fares: whether it is whole, how large it is, where it lies."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import text

from aggregator.errors import StorageError
from storage.database import Database

MOST_COMPLAINTS = 3


def damage(database: Database) -> str | None:
    """What is broken in the database, in its own words; ``None``: it is whole.

    SQLite reads every page (``quick_check``: all but the agreement of indexes with their tables,
    at a tenth of the time). PostgreSQL checks pages itself where it reads them; asked is what it
    has noted: indexes that are not valid, and pages whose checksum was wrong.
    """
    try:
        found = _complaints(database)
    except StorageError as error:
        # A page that cannot be read at all ends the examination with an error.
        return str(error.fields["detail"])
    return "; ".join(found[:MOST_COMPLAINTS]) or None


def _complaints(database: Database) -> list[str]:
    if database.engine.dialect.name == "sqlite":
        with database.session() as session:
            found = session.scalars(text(f"PRAGMA quick_check({MOST_COMPLAINTS})")).all()
        return [line for line in found if line != "ok"]
    with database.session() as session:
        invalid = session.scalars(
            text("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid")
        ).all()
        wrong = session.scalar(
            text(
                "SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()"
            )
        )
    complaints = [f"index {name} is not valid" for name in invalid]
    return [*complaints, f"{wrong} pages with a wrong checksum"] if wrong else complaints


def size(database: Database) -> int | None:
    """Bytes of the database; ``None`` for one in memory."""
    path = file_of(database)
    if path is not None:
        return path.stat().st_size
    if database.engine.dialect.name == "sqlite":
        return None
    with database.session() as session:
        found: int | None = session.scalar(text("SELECT pg_database_size(current_database())"))
    return found


def free(database: Database) -> int | None:
    """Bytes that are free where the database lies; ``None`` where that is another machine's."""
    path = file_of(database)
    return shutil.disk_usage(path.parent).free if path is not None else None


def file_of(database: Database) -> Path | None:
    """The file of an SQLite database; ``None`` for a server's and for one in memory."""
    url = database.engine.url
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database)).absolute()
