"""``show``: one article with its attribution, and how it changed."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

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
from aggregator.cli.output import local_time
from aggregator.model import Precision

if TYPE_CHECKING:
    from aggregator.model import Article, Revision
    from aggregator.query import ArticleView


@click.command(cls=Command)
@click.argument("key", metavar="ID|URL")
@option("--history", is_flag=True, help="Show every revision and what changed.")
@database_option
@json_option
@pass_session
def show(session: Session, key: str, history: bool, database: str | None, as_json: bool) -> int:
    """Show one article with its attribution."""
    from aggregator.query import get_article
    from aggregator.query import history as revisions_of

    session = session.with_database(database)
    with opened(session) as db:
        view = get_article(db, key)
        revisions = revisions_of(db, view.id) if history else ()
    if as_json:
        found: dict[str, Any] = {"id": view.id, **view.to_json()}
        if history:
            found["history"] = [revision_json(revision) for revision in revisions]
        session.out.json(found)
        return 0
    _show_article(session, view)
    if history:
        _show_history(session, revisions)
    return 0


def _show_article(session: Session, view: ArticleView) -> None:
    out, say, article = session.out, session.say, view.article
    out.line(article.headline)
    place = article.dateline.raw if article.dateline else ""
    published = _stated(article)
    out.line(" · ".join(filter(None, (view.attribution.publisher_title, published, place))))
    out.line()
    for paragraph in article.body:
        out.line(paragraph)
        out.line()
    out.line(view.attribution.credit_line)
    facts = [
        (say("Tags"), ", ".join(article.tags)),
        (say("Rights basis"), view.attribution.basis),
        (say("Revision"), view.holding.revision),
    ]
    for name, value in facts:
        if value:
            out.line(f"{name}: {value}")
    _show_other_prints(session, view)


def _show_other_prints(session: Session, view: ArticleView) -> None:
    if view.holding.duplicates:
        session.out.line(session.say("Also printed by:"))
    for other in view.holding.duplicates:
        words = f"{session.say(other.reason)}, {other.score:.2f}"
        session.out.line(f"  {other.article_id}: {other.publisher} · {other.url} ({words})")


def _stated(article: Article) -> str:
    """The publication as its publisher states it: with its offset, or a day alone."""
    moment = article.published_at
    if moment is None:
        return ""
    if article.published_precision is Precision.DAY:
        return moment.date().isoformat()
    return moment.isoformat(sep=" ", timespec="minutes")


def _show_history(session: Session, revisions: Sequence[Revision]) -> None:
    say, out, before = session.say, session.out, None
    for revision in revisions:
        out.line()
        out.line(
            say(
                "Revision {number}, {moment} ({cause})",
                number=revision.number,
                moment=local_time(revision.seen_at, session.config.zone),
                cause=revision.cause,
            )
        )
        if before is not None:
            old = [before.headline, *before.body]
            new = [revision.headline, *revision.body]
            for line in list(difflib.unified_diff(old, new, lineterm="", n=0))[2:]:
                if not line.startswith("@@"):
                    out.line(f"  {line}")
            out.line(f"  {say('Changed')}: {', '.join(revision.changed)}")
        before = revision


def revision_json(revision: Revision) -> dict[str, Any]:
    return {
        "number": revision.number,
        "seen_at": revision.seen_at.isoformat(),
        "cause": revision.cause,
        "headline": revision.headline,
        "body": list(revision.body),
        "changed": list(revision.changed),
    }
