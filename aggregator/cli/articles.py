"""Articles as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from aggregator.cli.app import Session, opened
from aggregator.cli.output import Column, local_day, local_time
from aggregator.cli.text import Translator
from aggregator.model import Precision

if TYPE_CHECKING:
    from aggregator.query import ArticleView


def article_columns(say: Translator) -> list[Column]:
    return [
        Column(title="ID", right=True),
        Column(title=say("Published")),
        Column(title=say("Publisher")),
        Column(title=say("Headline"), wrap=True),
        Column(title=say("Credit"), wrap=True),
        Column(title=say("Note"), wrap=True, optional=True),
    ]


def article_views(session: Session, ids: Sequence[int]) -> tuple[ArticleView, ...]:
    """Articles known by id, newest first."""
    from aggregator.query import articles_by_id

    with opened(session) as db:
        return articles_by_id(db, ids)


def view_rows(session: Session, views: Sequence[ArticleView]) -> list[tuple[object, ...]]:
    return [
        (
            view.id,
            published(session, view),
            view.attribution.publisher_title,
            view.article.headline,
            ", ".join(credit.name for credit in view.article.credits) or view.article.agency,
            ", ".join(_notes(session, view)),
        )
        for view in views
    ]


def _notes(session: Session, view: ArticleView) -> Iterator[str]:
    """What an editor must not overlook."""
    say, zone = session.say, session.config.zone
    if view.holding.withdrawn is not None:
        yield say("withdrawn {day}", day=local_day(view.holding.withdrawn.at, zone))
    if view.article.correction is not None:
        yield str(view.article.correction.kind)
    for portal in dict.fromkeys(post.portal for post in view.holding.published_in):
        yield say("published in {portal}", portal=portal)


def published(session: Session, view: ArticleView) -> str:
    return published_words(session, view.article.published_at, view.article.published_precision)


def published_words(session: Session, moment: datetime | None, precision: Precision | None) -> str:
    """Publication in the school's zone; where only a day is stated, that day."""
    if moment is not None and precision is Precision.DAY:
        return moment.date().isoformat()
    return local_time(moment, session.config.zone) or session.say("not stated")
