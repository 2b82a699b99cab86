"""``review``: the editor's work from a shell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli.app import (
    Command,
    F,
    Group,
    Session,
    database_option,
    json_option,
    option,
    pass_session,
    writing,
)
from aggregator.cli.printjson import review_json
from aggregator.cli.reviews import auto, list_tray, log
from aggregator.cli.signing import signer
from aggregator.errors import UsageError
from aggregator.model import Review
from aggregator.times import parse_moment
from aggregator.words import STATES

if TYPE_CHECKING:
    from sqlalchemy.orm import Session as DatabaseSession

    from aggregator.review import Act

    Deciding = Callable[[DatabaseSession, str, Act], Review]


@click.group(cls=Group)
def review() -> None:
    """What is shown to readers: the editor's decisions."""


for command in (list_tray, auto, log):
    review.add_command(command)


def deciding(command: F) -> F:
    """What every decision takes: articles, and who decides."""
    for decorate in (
        pass_session,
        json_option,
        database_option,
        option("--by", metavar="NAME", help="Who decides; else the login name."),
        click.argument("keys", metavar="ID|URL", nargs=-1, required=True),
    ):
        command = decorate(command)  # type: ignore[assignment]
    return command


note_option = option("--note", metavar="TEXT", help="What the editor notes; it is kept.")


@review.command(cls=Command)
@option("--at", metavar="TIME", help="Not shown before: YYYY-MM-DD HH:MM, school time.")
@note_option
@deciding
def approve(
    session: Session,
    keys: tuple[str, ...],
    at: str | None,
    note: str | None,
    **common: Any,
) -> int:
    """Show articles to readers."""
    from aggregator.review import approve

    moment = _moment(session, at) if at else None
    return _decide(
        session,
        keys,
        lambda db, key, act: approve(db, key, act, note=note, publish_at=moment),
        **common,
    )


@review.command(cls=Command)
@note_option
@deciding
def hold(session: Session, keys: tuple[str, ...], note: str | None, **common: Any) -> int:
    """Keep articles back until somebody has looked again."""
    from aggregator.review import hold

    return _decide(session, keys, lambda db, key, act: hold(db, key, act, note=note), **common)


@review.command(cls=Command)
@option("--reason", required=True, metavar="TEXT", help="Why; it is kept.")
@deciding
def reject(session: Session, keys: tuple[str, ...], reason: str, **common: Any) -> int:
    """Never show articles, whatever lists them again."""
    from aggregator.review import reject

    return _decide(
        session, keys, lambda db, key, act: reject(db, key, act, reason=reason), **common
    )


@review.command(cls=Command)
@deciding
def reopen(session: Session, keys: tuple[str, ...], **common: Any) -> int:
    """Take decisions back: the articles wait for one again."""
    from aggregator.review import reopen

    return _decide(session, keys, reopen, **common)


@review.command(cls=Command)
@option("--headline", metavar="TEXT", help="The editor's own headline; empty: the publisher's.")
@option("--excerpt", metavar="TEXT", help="The editor's own excerpt; empty: the publisher's.")
@option("--section", metavar="NAME", help="Section of the portal; empty: by topic.")
@option("--at", metavar="TIME", help="Not shown before: YYYY-MM-DD HH:MM, school time.")
@deciding
def edit(
    session: Session,
    keys: tuple[str, ...],
    headline: str | None,
    excerpt: str | None,
    section: str | None,
    at: str | None,
    **common: Any,
) -> int:
    """Change how articles are shown; the publisher's own words stay beside it."""
    if headline is None and excerpt is None and section is None and at is None:
        raise UsageError("say what is to be changed: --headline, --excerpt, --section or --at")
    moment = _moment(session, at) if at else None

    def change(db: DatabaseSession, key: str, act: Act) -> Review:
        return _edited(db, key, act, (headline, excerpt), section, at, moment)

    return _decide(session, keys, change, **common)


def _edited(
    db: DatabaseSession,
    key: str,
    act: Act,
    words: tuple[str | None, str | None],
    section: str | None,
    at: str | None,
    moment: datetime | None,
) -> Review:
    from aggregator import review as acts

    done: Review | None = None
    if words != (None, None):
        done = acts.edit(db, key, act, headline=words[0], excerpt=words[1])
    if section is not None:
        done = acts.place(db, key, act, section=section)
    if at is not None:
        done = acts.schedule(db, key, act, publish_at=moment)
    assert done is not None
    return done


def _decide(
    session: Session,
    keys: tuple[str, ...],
    do: Deciding,
    *,
    by: str | None,
    database: str | None,
    as_json: bool,
) -> int:
    """All of them or, where one is refused, none."""
    from aggregator.review import Act

    session = session.with_database(database)
    act = Act(by=signer(by), now=datetime.now(UTC))
    with writing(session) as store, store.session() as db:
        done = [do(db, key, act) for key in keys]
    if as_json:
        session.out.json({"reviews": [*map(review_json, done)]})
        return 0
    for one in done:
        state = session.say(STATES[one.state])
        session.out.line(session.say("Article {id}: {state}", id=one.article_id, state=state))
    return 0


def _moment(session: Session, text: str) -> datetime:
    try:
        return parse_moment(text, session.config.zone)
    except ValueError as error:
        raise UsageError("--at: write a time as YYYY-MM-DD HH:MM") from error
