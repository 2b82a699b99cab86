"""``publishers``: what is read, under which terms, last seen when."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click

from aggregator.cli.app import (
    Command,
    Session,
    database_option,
    json_option,
    option,
    pass_session,
)
from aggregator.cli.output import Column, local_day


@click.command(cls=Command)
@option("--opml", is_flag=True, help="Print the channels as OPML, for a feed reader.")
@database_option
@json_option
@pass_session
def publishers(session: Session, opml: bool, database: str | None, as_json: bool) -> int:
    """Show the publishers, their channels and the terms under which they are read."""
    session = session.with_database(database)
    if opml:
        session.out.console.file.write(_opml(session))
        return 0
    found = _publishers(session)
    if as_json:
        session.out.json([p | {"last_article": _rfc3339(p["last_article"])} for p in found])
        return 0
    say = session.say
    columns = [
        Column(title=say("Publisher")),
        Column(title=say("Title"), wrap=True),
        Column(title=say("Channels"), right=True),
        Column(title=say("Rights basis")),
        Column(title=say("Articles"), right=True),
        Column(title=say("Last article"), wrap=True),
        Column(title=say("Terms"), wrap=True),
    ]
    rows = [
        (
            p["name"],
            p["title"],
            len(p["channels"]),
            p["rights_basis"],
            p["articles"],
            local_day(p["last_article"], session.config.zone),
            p["terms"] or say("not read by a person yet"),
        )
        for p in found
    ]
    session.out.table(columns, rows, say("Publishers"))
    return 0


def _opml(session: Session) -> str:
    from aggregator.opml import opml
    from spiders.registry import publishers as registered

    channels = {
        session.config.apply(spider.publisher): spider.channels_for(session.config)
        for _, spider in sorted(registered().items())
    }
    title = session.config.school or session.say("Education news")
    return opml(channels, title, datetime.now(UTC)).decode("utf-8")


def _publishers(session: Session) -> list[dict[str, Any]]:
    from spiders.registry import publishers as registered

    seen = _seen(session)
    rows = []
    for name, spider in sorted(registered().items()):
        publisher = session.config.apply(spider.publisher)
        articles, last = seen.get(name, (0, None))
        rows.append(
            {
                "name": name,
                "title": publisher.title,
                "homepage": publisher.homepage,
                "timezone": publisher.timezone,
                "rights_basis": str(publisher.rights_basis),
                "terms": publisher.terms,
                "channels": [
                    {"name": c.name, "kind": str(c.kind), "url": c.url}
                    for c in spider.channels_for(session.config)
                ],
                "articles": articles,
                "last_article": last,
            }
        )
    return rows


def _seen(session: Session) -> dict[str, tuple[int, datetime | None]]:
    """Articles and newest publication per publisher; nothing where there is no database yet."""
    from aggregator.errors import DatabaseMissingError
    from aggregator.query import stats
    from storage.database import open_database

    try:
        database = open_database(session.config.database_url)
    except DatabaseMissingError:
        return {}
    try:
        with database.session() as db:
            found = stats(db)
    finally:
        database.close()
    return {p.publisher: (p.articles, p.last_published) for p in found.publishers}


def _rfc3339(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
