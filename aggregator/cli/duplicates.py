"""``duplicates``: which articles are prints of one text, why, and what people decide about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from aggregator.cli.app import (
    Group,
    Session,
    database_option,
    json_option,
    opened,
    option,
    pass_session,
)
from aggregator.cli.articles import published_words
from aggregator.cli.decisions import (
    decision_words,
    decisions,
    merge,
    never,
    rebuild,
    split,
    undo,
)
from aggregator.cli.filters import DEFAULT_LIMIT
from aggregator.cli.output import Column
from aggregator.cli.printjson import explanation_json
from aggregator.clusterjson import cluster_json

if TYPE_CHECKING:
    from sqlalchemy.orm import Session as DatabaseSession

    from aggregator.duplicates import ClusterView, Explanation, Joined
    from aggregator.model import Printing
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
        session.out.line(decision_words(session, decision))
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


for command in (decisions, merge, split, never, undo, rebuild):
    duplicates.add_command(command)
