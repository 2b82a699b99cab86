"""Questions about the editor's decisions, and approving by rule."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from aggregator.cli.app import (
    Command,
    Session,
    database_option,
    json_option,
    opened,
    option,
    pass_session,
)
from aggregator.cli.filters import DEFAULT_LIMIT
from aggregator.cli.output import Column, local_time
from aggregator.cli.printjson import audit_json, item_json
from aggregator.model import RightsBasis

if TYPE_CHECKING:
    from aggregator.model import AuditEntry
    from aggregator.reviewqueue import Item

TRAYS = ("new", "changed", "held", "scheduled", "approved", "rejected", "withdrawn")


@click.command("list", cls=Command)
@option("--tray", type=click.Choice(TRAYS), default="new", show_default=True, help="Which list.")
@option("--publisher", help="Only this publisher.")
@option("--topic", help="Only articles of this topic.")
@option(
    "--basis", type=click.Choice([*map(str, RightsBasis)]), help="Only articles on this ground."
)
@option("--flag", help="Only articles with this flag; none: without any.")
@option("--limit", type=int, default=DEFAULT_LIMIT, show_default=True, help="At most N articles.")
@option("--cursor", type=int, help="Continue where the page before ended.")
@database_option
@json_option
@pass_session
def list_tray(
    session: Session,
    tray: str,
    publisher: str | None,
    topic: str | None,
    basis: str | None,
    flag: str | None,
    limit: int,
    cursor: int | None,
    database: str | None,
    as_json: bool,
) -> int:
    """List what waits for an editor, or was decided."""
    from aggregator.reviewqueue import Tray, Wanted, listed

    wanted = Wanted(
        publisher=publisher,
        topic=topic,
        basis=RightsBasis(basis) if basis else None,
        flag=flag,
    )
    session = session.with_database(database)
    with opened(session) as db:
        page = listed(db, Tray(tray), wanted, datetime.now(UTC), limit=limit, cursor=cursor)
    if as_json:
        session.out.json({"items": [*map(item_json, page.items)], "next_cursor": page.next_cursor})
        return 0
    say = session.say
    columns = [
        Column(title="ID", right=True),
        Column(title=say("First seen")),
        Column(title=say("Publisher")),
        Column(title=say("Headline"), wrap=True),
        Column(title=say("Topics"), wrap=True),
        Column(title=say("Rights")),
        Column(title=say("Flags"), wrap=True),
        Column(title=say("Decided by"), optional=True),
        Column(title=say("Reason"), wrap=True, optional=True),
    ]
    session.out.table(columns, [_row(session, item) for item in page.items])
    if page.next_cursor is not None:
        session.out.note(say("More: add --cursor {cursor}", cursor=page.next_cursor))
    return 0


def _row(session: Session, item: Item) -> tuple[object, ...]:
    view, review = item.view, item.review
    return (
        view.id,
        local_time(view.holding.first_seen, session.config.zone),
        view.attribution.publisher_title,
        (review and review.headline) or view.article.headline,
        ", ".join(view.article.topics),
        view.attribution.basis,
        ", ".join(flag.name for flag in view.article.flags),
        review.editor if review else "",
        review.reason if review else "",
    )


@click.command(cls=Command)
@option("--dry-run", is_flag=True, help="Only list what would be approved.")
@option("--limit", type=int, default=DEFAULT_LIMIT, show_default=True, help="At most N articles.")
@database_option
@json_option
@pass_session
def auto(session: Session, dry_run: bool, limit: int, database: str | None, as_json: bool) -> int:
    """Approve what the rules approve; a crawl does so at its end."""
    from aggregator.approval import approve_all

    session = session.with_database(database)
    if dry_run:
        return _would(session, limit, as_json)
    approved = approve_all(session.config, datetime.now(UTC))
    if as_json:
        session.out.json({"approved": approved})
    else:
        session.out.line(session.say("{n} articles approved by rule.", n=approved))
    return 0


def _would(session: Session, limit: int, as_json: bool) -> int:
    from aggregator.approval import would_approve

    with opened(session) as db:
        found = would_approve(db, session.config, limit)
    if as_json:
        session.out.json(
            {"would_approve": [{"id": a.article.id, "rule": a.rule.name} for a in found]}
        )
        return 0
    say = session.say
    columns = [
        Column(title="ID", right=True),
        Column(title=say("Rule")),
        Column(title=say("Publisher")),
        Column(title=say("Headline"), wrap=True),
    ]
    rows = [
        (
            a.article.id,
            a.rule.title,
            a.article.attribution.publisher_title,
            a.article.article.headline,
        )
        for a in found
    ]
    session.out.table(columns, rows)
    return 0


@click.command(cls=Command)
@click.argument("key", metavar="[ID|URL]", required=False)
@option("--limit", type=int, default=50, show_default=True, help="At most N entries.")
@database_option
@json_option
@pass_session
def log(session: Session, key: str | None, limit: int, database: str | None, as_json: bool) -> int:
    """Show who did what and when, the newest first."""
    from aggregator.query import get_article
    from storage import audit

    session = session.with_database(database)
    with opened(session) as db:
        article_id = get_article(db, key).id if key else None
        found = audit.latest(db, article_id=article_id, limit=limit)
    if as_json:
        session.out.json({"entries": [*map(audit_json, found)]})
        return 0
    say = session.say
    columns = [
        Column(title=say("When")),
        Column(title=say("Who")),
        Column(title=say("Act")),
        Column(title=say("Article"), right=True),
        Column(title=say("Reason"), wrap=True, optional=True),
    ]
    session.out.table(columns, [_entry(session, entry) for entry in found])
    return 0


def _entry(session: Session, entry: AuditEntry) -> tuple[object, ...]:
    after = entry.detail.get("after")
    reason = entry.detail.get("reason") or (after.get("reason") if after else None)
    return (
        local_time(entry.at, session.config.zone),
        entry.who,
        entry.action,
        entry.article_id,
        reason,
    )
