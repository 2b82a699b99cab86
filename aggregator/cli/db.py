"""``db``: care of the database."""

from __future__ import annotations

import click

from aggregator.cli.app import Group, Session, database_option, pass_session


@click.group(cls=Group)
def db() -> None:
    """Care of the database."""


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
