"""What people decide about duplicates, and comparing everything anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from aggregator.cli.app import (
    Command,
    F,
    Session,
    database_option,
    json_option,
    opened,
    option,
    pass_session,
)
from aggregator.cli.output import local_time
from aggregator.cli.printjson import decision_json
from aggregator.cli.signing import signer
from aggregator.errors import UsageError
from aggregator.model import DecisionKind

if TYPE_CHECKING:
    from aggregator.duplicates import Signed
    from aggregator.model import Decision


@click.command(cls=Command)
@database_option
@json_option
@pass_session
def decisions(session: Session, database: str | None, as_json: bool) -> int:
    """List what people decided about duplicates, undone decisions too."""
    from aggregator.duplicates import all_decisions

    session = session.with_database(database)
    with opened(session) as db:
        found = all_decisions(db)
    if as_json:
        session.out.json({"decisions": [*map(decision_json, found)]})
        return 0
    for decision in found:
        session.out.line(decision_words(session, decision))
    return 0


KIND_WORDS = {
    DecisionKind.MERGE: "one text",
    DecisionKind.SPLIT: "a text of its own",
    DecisionKind.NEVER: "never together",
}


def signing_options(command: F) -> F:
    """Who decides and why: no decision is without."""
    command = option("--reason", required=True, metavar="TEXT", help="Why; it is kept.")(command)
    return option("--by", metavar="NAME", help="Who decides; else the login name.")(command)


@click.command(cls=Command)
@click.argument("key", metavar="ID|URL")
@click.argument("other", metavar="ID|URL")
@signing_options
@database_option
@json_option
@pass_session
def merge(
    session: Session,
    key: str,
    other: str,
    by: str | None,
    reason: str,
    database: str | None,
    as_json: bool,
) -> int:
    """Decide that two articles are prints of one text."""
    from aggregator.duplicates import merge

    session = session.with_database(database)
    return _decided(session, merge(session.config, key, other, _signed(by, reason)), as_json)


@click.command(cls=Command)
@click.argument("key", metavar="ID|URL")
@signing_options
@database_option
@json_option
@pass_session
def split(
    session: Session, key: str, by: str | None, reason: str, database: str | None, as_json: bool
) -> int:
    """Decide that an article is none of the texts that it is grouped with."""
    from aggregator.duplicates import split

    session = session.with_database(database)
    return _decided(session, split(session.config, key, _signed(by, reason)), as_json)


@click.command(cls=Command)
@click.argument("key", metavar="ID|URL")
@click.argument("other", metavar="ID|URL")
@signing_options
@database_option
@json_option
@pass_session
def never(
    session: Session,
    key: str,
    other: str,
    by: str | None,
    reason: str,
    database: str | None,
    as_json: bool,
) -> int:
    """Decide that two articles are never to be grouped together."""
    from aggregator.duplicates import never

    session = session.with_database(database)
    return _decided(session, never(session.config, key, other, _signed(by, reason)), as_json)


@click.command(cls=Command)
@click.argument("number", type=int, metavar="DECISION")
@signing_options
@database_option
@json_option
@pass_session
def undo(
    session: Session, number: int, by: str | None, reason: str, database: str | None, as_json: bool
) -> int:
    """Take a decision back; it stays on record."""
    from aggregator.duplicates import undo

    session = session.with_database(database)
    return _decided(session, undo(session.config, number, _signed(by, reason)), as_json)


def _signed(by: str | None, reason: str) -> Signed:
    from aggregator.duplicates import Signed

    if not reason.strip():
        raise UsageError("a decision needs a reason")
    return Signed(by=signer(by), reason=reason.strip(), now=datetime.now(UTC))


def _decided(session: Session, decision: Decision, as_json: bool) -> int:
    if as_json:
        session.out.json(decision_json(decision))
    else:
        session.out.line(decision_words(session, decision))
    return 0


@click.command(cls=Command)
@database_option
@pass_session
def rebuild(session: Session, database: str | None) -> int:
    """Compare all articles anew and group them; what people decided stays."""
    from aggregator.duplicates import rebuild

    session = session.with_database(database)
    with _counting(session) as progress:
        compared = rebuild(session.config, progress)
    session.out.line(session.say("{n} articles compared.", n=compared))
    return 0


@contextmanager
def _counting(session: Session) -> Iterator[Callable[[int], None] | None]:
    """A running count on a terminal; nothing anywhere else."""
    if not session.out.notes.is_terminal:
        yield None
        return
    text = session.say("Comparing")
    with session.out.notes.status(f"{text} …") as status:
        yield lambda compared: status.update(f"{text} … {compared}")


def decision_words(session: Session, decision: Decision) -> str:
    """``Decision 3: never together, articles 4 and 9. Ani, 2026-08-04 13:00: other schools``"""
    say, zone = session.say, session.config.zone
    articles = sorted({article_id for pair in decision.pairs for article_id in pair})
    said = say(
        "Decision {id}: {kind}, articles {articles}. {by}, {moment}: {reason}",
        id=decision.id,
        kind=say(KIND_WORDS[decision.kind]),
        articles=", ".join(map(str, articles)),
        by=decision.made_by,
        moment=local_time(decision.made_at, zone),
        reason=decision.reason,
    )
    if decision.undone_at is None:
        return said
    undone = say(
        "Undone by {by}, {moment}: {reason}",
        by=decision.undone_by,
        moment=local_time(decision.undone_at, zone),
        reason=decision.undone_reason,
    )
    return f"{said} — {undone}"
