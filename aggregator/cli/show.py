"""``show``: one article with its attribution, and how it changed."""

from __future__ import annotations

from collections.abc import Iterator
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
from aggregator.cli.history import history_json, show_history
from aggregator.cli.output import local_time
from aggregator.cli.withdrawals import reason_words
from aggregator.model import Precision

if TYPE_CHECKING:
    from aggregator.model import Article
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
            found["history"] = history_json(revisions)
        session.out.json(found)
        return 0
    _show_article(session, view)
    if history:
        show_history(session, revisions)
    return 0


def _show_article(session: Session, view: ArticleView) -> None:
    out, say, article = session.out, session.say, view.article
    for warning in _warnings(session, view):
        out.line(warning)
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
        (say("Published already"), ", ".join(_posts(session, view))),
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


def _warnings(session: Session, view: ArticleView) -> Iterator[str]:
    """What must be known before anything else is read."""
    withdrawn, correction = view.holding.withdrawn, view.article.correction
    if withdrawn is not None:
        yield session.say(
            "WITHDRAWN {moment} by {by}: {reason}",
            moment=local_time(withdrawn.at, session.config.zone),
            by=session.say("the publisher") if not withdrawn.by_hand else withdrawn.by,
            reason=reason_words(session, withdrawn),
        )
    if correction is not None:
        yield session.say(
            "CORRECTED by its publisher ({kind}): {sentence}",
            kind=correction.kind,
            sentence=correction.sentence,
        )


def _posts(session: Session, view: ArticleView) -> Iterator[str]:
    """``smk1 (https://…, 2020-08-07 10:24)``"""
    for post in view.holding.published_in:
        details = (post.url, local_time(post.at, session.config.zone))
        yield f"{post.portal} ({', '.join(filter(None, details))})"


def _stated(article: Article) -> str:
    """The publication as its publisher states it: with its offset, or a day alone."""
    moment = article.published_at
    if moment is None:
        return ""
    if article.published_precision is Precision.DAY:
        return moment.date().isoformat()
    return moment.isoformat(sep=" ", timespec="minutes")
