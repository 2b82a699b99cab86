"""``duplicates``: which articles are prints of one text, why, and what people decide about it."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from aggregator.cli.app import (
    F,
    Group,
    Session,
    database_option,
    json_option,
    opened,
    option,
    pass_session,
)
from aggregator.cli.articles import published_words
from aggregator.cli.filters import DEFAULT_LIMIT
from aggregator.cli.output import Column, local_time
from aggregator.cli.printjson import decision_json, explanation_json
from aggregator.clusterjson import cluster_json
from aggregator.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session as DatabaseSession

    from aggregator.duplicates import ClusterView, Explanation, Joined, Signed
    from aggregator.model import Decision, Printing
    from pipelines.alignment import Difference

PASSAGES = 12
"""Differing passages shown of each article; ``--json`` has all."""
LONG = 24
"""Words beyond which a passage is cut in its middle."""


@click.group(cls=Group)
def duplicates() -> None:
    """Articles that are prints of one text."""


# --- questions ------------------------------------------------------------------------------------


@duplicates.command("list")
@option("--limit", type=int, default=DEFAULT_LIMIT, show_default=True, help="At most N clusters.")
@option("--cursor", type=int, help="Continue where the page before ended.")
@database_option
@json_option
@pass_session
def list_clusters(
    session: Session, limit: int, cursor: int | None, database: str | None, as_json: bool
) -> int:
    """List clusters, the newest first, each by its representative."""
    from aggregator.duplicates import list_clusters

    session = session.with_database(database)
    with opened(session) as db:
        found, following = list_clusters(db, limit, cursor)
        _note_uncompared(session, db)
    if as_json:
        session.out.json({"clusters": [*map(cluster_json, found)], "next_cursor": following})
        return 0
    say = session.say
    columns = [
        Column(title="ID", right=True),
        Column(title=say("Articles"), right=True),
        Column(title=say("Published")),
        Column(title=say("Publishers"), wrap=True),
        Column(title=say("Headline"), wrap=True),
    ]
    session.out.table(columns, [_cluster_row(session, view) for view in found])
    if following is not None:
        session.out.note(say("More: add --cursor {cursor}", cursor=following))
    return 0


def _cluster_row(session: Session, view: ClusterView) -> tuple[object, ...]:
    shown = view.articles[view.cluster.representative_id]
    return (
        shown.id,
        len(view.articles),
        published_words(session, shown.published_at, shown.published_precision),
        ", ".join(dict.fromkeys(article.publisher for article in view.articles.values())),
        shown.headline,
    )


@duplicates.command()
@click.argument("key", metavar="ID|URL")
@database_option
@json_option
@pass_session
def show(session: Session, key: str, database: str | None, as_json: bool) -> int:
    """Show the other prints of an article's text: what joined each, and by what it differs."""
    from aggregator.duplicates import explain

    session = session.with_database(database)
    with opened(session) as db:
        found = explain(db, key)
        _note_uncompared(session, db)
    if as_json:
        session.out.json(explanation_json(found))
        return 0
    _show_cluster(session, found)
    _show_kept_apart(session, found)
    for decision in found.decisions:
        session.out.line(_decision_words(session, decision))
    return 0


def _show_cluster(session: Session, found: Explanation) -> None:
    say, out, view = session.say, session.out, found.cluster
    if view is None:
        _show_article(session, found.article)
        out.line(say("No other print of its text is held."))
        return
    _show_article(session, view.articles[view.cluster.representative_id])
    out.line(f"  {say('Stands for all')}: {say(view.standing)}")
    for joined in found.joined:
        out.line()
        _show_article(session, joined.article)
        out.line(
            "  "
            + say(
                "Joined by article {other}: {reason}, {score}",
                other=joined.other.id,
                reason=say(joined.via.reason),
                score=f"{joined.via.score:.2f}",
            )
        )
        _show_differences(session, joined)


def _show_article(session: Session, article: Printing) -> None:
    published = published_words(session, article.published_at, article.published_precision)
    session.out.line(f"{article.id}: {article.headline}")
    session.out.line(f"  {article.publisher} · {published} · {article.urls[0]}")


def _show_differences(session: Session, joined: Joined) -> None:
    for difference in joined.differences[:PASSAGES]:
        session.out.line(f"    {_difference_words(difference)}")
    left = len(joined.differences) - PASSAGES
    if left > 0:
        session.out.line("    " + session.say("and {n} more passages", n=left))
    if not joined.differences:
        session.out.line("    " + session.say("no difference but in case and punctuation"))


def _difference_words(difference: Difference) -> str:
    """``… buka hingga pukul [-18.00-] {+17.00+} WIB. Siswa …``"""
    changes = (
        f"[-{_cut(difference.removed)}-]" if difference.removed else "",
        f"{{+{_cut(difference.added)}+}}" if difference.added else "",
    )
    return " ".join(filter(None, ("…", difference.before, *changes, difference.after, "…")))


def _cut(passage: str) -> str:
    words = passage.split()
    if len(words) <= LONG:
        return passage
    half = LONG // 2
    return " ".join((*words[:half], f"… ({len(words)})", *words[-half // 2 :]))


def _show_kept_apart(session: Session, found: Explanation) -> None:
    if not found.kept_apart:
        return
    session.out.line()
    session.out.line(session.say("Alike, but other texts:"))
    for article, look_alike in found.kept_apart:
        session.out.line(f"  {article.id}: {article.headline} ({session.say(look_alike)})")


def _note_uncompared(session: Session, db: DatabaseSession) -> None:
    from aggregator.duplicates import uncompared

    left = uncompared(db)
    if left:
        session.out.note(
            session.say(
                "{n} articles are not compared yet: run aggregator duplicates rebuild", n=left
            )
        )


@duplicates.command()
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
        session.out.line(_decision_words(session, decision))
    return 0


# --- decisions ------------------------------------------------------------------------------------


def signing_options(command: F) -> F:
    """Who decides and why: no decision is without."""
    command = option("--reason", required=True, metavar="TEXT", help="Why; it is kept.")(command)
    return option("--by", metavar="NAME", help="Who decides; else the login name.")(command)


@duplicates.command()
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


@duplicates.command()
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


@duplicates.command()
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


@duplicates.command()
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

    try:
        name = (by or getpass.getuser()).strip()
    except (OSError, KeyError):  # a container without users
        name = ""
    if not name:
        raise UsageError("nobody is logged in: say who decides with --by NAME")
    if not reason.strip():
        raise UsageError("a decision needs a reason")
    return Signed(by=name, reason=reason.strip(), now=datetime.now(UTC))


def _decided(session: Session, decision: Decision, as_json: bool) -> int:
    if as_json:
        session.out.json(decision_json(decision))
    else:
        session.out.line(_decision_words(session, decision))
    return 0


def _decision_words(session: Session, decision: Decision) -> str:
    """``Decision 3: never together, articles 4 and 9. Ani, 2026-08-04 13:00: other schools``"""
    say, zone = session.say, session.config.zone
    articles = sorted({article_id for pair in decision.pairs for article_id in pair})
    said = say(
        "Decision {id}: {kind}, articles {articles}. {by}, {moment}: {reason}",
        id=decision.id,
        kind=say(decision.kind),
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


# --- rebuild --------------------------------------------------------------------------------------


@duplicates.command()
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
