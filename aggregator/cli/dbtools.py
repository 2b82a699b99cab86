"""``db copy`` and ``db grant-reader``: a database that moves, or that others read."""

from __future__ import annotations

import click

from aggregator.cli.app import (
    Command,
    Session,
    database_option,
    json_option,
    option,
    pass_session,
)
from aggregator.cli.output import Column


@click.command(cls=Command)
@option("--to", "target", metavar="URL", required=True, help="The empty database to fill.")
@database_option
@json_option
@pass_session
def copy(session: Session, target: str, database: str | None, as_json: bool) -> int:
    """Copy everything into another, empty database, and check it row by row."""
    from storage.copying import copy_database
    from storage.database import open_database

    source = open_database(session.with_database(database).config.database_url)
    try:
        filled = open_database(target, writable=True)
        try:
            counts = copy_database(source, filled)
        finally:
            filled.close()
    finally:
        source.close()
    if as_json:
        session.out.json({"url": filled.shown_url, "tables": {c.table: c.rows for c in counts}})
        return 0
    say = session.say
    columns = [Column(title=say("Table")), Column(title=say("Rows"), right=True)]
    session.out.table(columns, [(count.table, count.rows) for count in counts])
    total = sum(count.rows for count in counts)
    session.out.note(say("{n} rows copied to {url} and checked.", n=total, url=filled.shown_url))
    return 0


@click.command("grant-reader", cls=Command)
@click.argument("role")
@database_option
@pass_session
def grant_reader(session: Session, role: str, database: str | None) -> int:
    """Let a role of PostgreSQL read the documented views, and nothing else."""
    from storage.database import open_database
    from storage.readers import grant_reader as grant

    opened = open_database(session.with_database(database).config.database_url, writable=True)
    try:
        grant(opened, role)
    finally:
        opened.close()
    session.out.line(session.say("{role} can read the views and nothing else.", role=role))
    return 0
