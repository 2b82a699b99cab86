"""``db``: care of the database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aggregator.cli.app import Command, Group, Session, database_option, option, pass_session
from aggregator.cli.dbtools import copy, grant_reader
from aggregator.errors import DatabaseMissingError

if TYPE_CHECKING:
    from aggregator.model import Backup


PATH = click.Path(path_type=Path)


@click.group(cls=Group)
def db() -> None:
    """Care of the database."""


db.add_command(copy)
db.add_command(grant_reader)


@db.command()
@database_option
@pass_session
def upgrade(session: Session, database: str | None) -> int:
    """Bring the database to this version's schema; makes it where there is none."""
    from storage.database import open_database

    session = session.with_database(database)
    opened = open_database(session.config.database_url, writable=True)
    opened.close()
    session.out.line(session.say("Database {url} is up to date.", url=opened.shown_url))
    return 0


@db.command(cls=Command)
@click.argument("target", type=PATH, metavar="FILE|FOLDER")
@option("--keep", type=click.IntRange(min=1), help="Keep only the N newest copies in the folder.")
@database_option
@pass_session
def backup(session: Session, target: Path, keep: int | None, database: str | None) -> int:
    """Copy the database while it is in use, and check the copy."""
    from storage import copies
    from storage.care import file_of
    from storage.database import open_as_it_is

    session = session.with_database(database)
    opened = open_as_it_is(session.config.database_url)
    try:
        path = file_of(opened)
        if path is not None and not path.exists():
            raise DatabaseMissingError(opened.shown_url)
        made = copies.make(opened, target, datetime.now(UTC), keep or 0)
    finally:
        opened.close()
    _record(session, made)
    said = {"path": made.path, "mb": f"{made.bytes / 1e6:.1f}", "articles": made.articles}
    session.out.line(session.say("{path}: {articles} articles, {mb} MB, found whole.", **said))
    return 0


def _record(session: Session, made: Backup) -> None:
    """Note the copy, so that ``check`` knows of it; a database of an older schema has no place."""
    from storage import backups
    from storage.database import HEAD, open_database

    if made.schema_version != HEAD:
        return
    opened = open_database(session.config.database_url, writable=True)
    try:
        with opened.session() as db_session:
            backups.record(db_session, made)
    finally:
        opened.close()


@db.command(cls=Command)
@click.argument("file", type=PATH)
@option("--replace", is_flag=True, help="Replace the database that is there, after copying it.")
@database_option
@pass_session
def restore(session: Session, file: Path, replace: bool, database: str | None) -> int:
    """Make the database what a copy holds."""
    from storage import copies
    from storage.database import open_as_it_is, open_database

    session = session.with_database(database)
    opened = open_as_it_is(session.config.database_url)
    try:
        before = copies.restore(opened, file, datetime.now(UTC), replace=replace)
    finally:
        opened.close()
    # A copy of an older version is brought to this one's schema.
    open_database(session.config.database_url, writable=True).close()
    if before is not None:
        session.out.line(session.say("What was there before is kept in {path}.", path=before))
    session.out.line(session.say("Database {url} is restored.", url=opened.shown_url))
    return 0


@db.command()
@database_option
@pass_session
def reindex(session: Session, database: str | None) -> int:
    """Make the search index anew from the stored articles."""
    from storage import search
    from storage.database import open_database

    session = session.with_database(database)
    opened = open_database(session.config.database_url, writable=True)
    try:
        with opened.session() as db:
            count = search.rebuild(db)
    finally:
        opened.close()
    session.out.line(session.say("{n} articles indexed.", n=count))
    return 0
