"""The page of one article, in the form of the school portals that editors know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from aggregator.errors import ArticleNotFoundError
from aggregator.model import Duplicate, Revision
from aggregator.query import ArticleView, get_article, history
from aggregator.query.lookup import IDS
from aggregator.web import gate
from aggregator.web.answers import Answer
from aggregator.web.portal.images import picture_of
from aggregator.web.portal.metadata import news_article
from aggregator.web.portal.page import MovedError, Page, Visit
from aggregator.web.portal.related import others_to_read
from aggregator.web.portal.render import answer
from aggregator.web.portal.shown import Shown, Source, clean, source_of
from aggregator.web.problems import NOT_FOUND, ProblemError
from aggregator.words import CORRECTIONS
from pipelines.corrections import unlabelled
from storage import reviews, viewcounts
from storage.tables import ArticleRow

GONE = 410


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """A correction that the publisher announced."""

    at: datetime
    """When we saw it. Local."""
    label: str
    """What kind of announcement it is, in English."""
    sentence: str


def article(visit: Visit) -> Answer:
    view = held(visit)
    if view.holding.withdrawn is not None:
        return _notice(visit, view)
    shown = as_shown(visit, view)
    if visit.path != shown.path:
        raise MovedError(visit.link(shown.path))
    prints = [other.article_id for other in view.holding.duplicates]
    others = others_to_read(visit, shown, prints)
    return answer(
        visit,
        "article.html",
        article=shown,
        section=visit.config.portal.section(shown.section or ""),
        also=_also(visit, view),
        corrections=corrections(history(visit.session, view.id), visit),
        related=others,
        views=viewcounts.of_articles(visit.session, [shown.id, *(o.id for o in others)]),
        picture=picture_of(visit, shown),
        data=news_article(visit, shown),
    )


ARTICLE = (
    Page(path="/berita/{id}", respond=article, counts=True),
    Page(path="/berita/{id}/{slug}", respond=article, counts=True),
)


def corrections(revisions: Sequence[Revision], visit: Visit) -> tuple[Corrected, ...]:
    """Each sentence once, from when it was first there; the newest first."""
    found: dict[str, Corrected] = {}
    for revision in revisions:
        announced = revision.correction
        if announced is not None:
            sentence = clean(unlabelled(announced))
            at = revision.seen_at.astimezone(visit.config.zone)
            label = CORRECTIONS[announced.kind]
            found.setdefault(sentence, Corrected(at=at, label=label, sentence=sentence))
    return tuple(reversed(found.values()))


def held(visit: Visit) -> ArticleView:
    number = visit.values["id"]
    if not number.isascii() or not number.isdecimal() or len(number) > 10:
        raise ProblemError(kind=NOT_FOUND)
    if int(number) not in IDS or number != str(int(number)):
        raise ProblemError(kind=NOT_FOUND)
    try:
        return get_article(visit.session, number)
    except ArticleNotFoundError as error:
        raise ProblemError(kind=NOT_FOUND) from error


def as_shown(visit: Visit, view: ArticleView) -> Shown:
    """Raises a problem where readers are not shown it."""
    if not view.found.publishable or not _is_shown(visit, view.id):
        raise ProblemError(kind=NOT_FOUND)
    (shown,) = visit.shown([view])
    return shown


def _is_shown(visit: Visit, article_id: int) -> bool:
    wanted = select(ArticleRow.id).where(
        ArticleRow.id == article_id,
        ArticleRow.publishable,
        gate.approved(visit.config.portal, visit.now),
    )
    return visit.session.scalar(wanted) is not None


def _notice(visit: Visit, view: ArticleView) -> Answer:
    """What is left of an article that was withdrawn, where readers could see it before."""
    withdrawn = view.holding.withdrawn
    assert withdrawn is not None
    was_shown = select(ArticleRow.id).where(
        ArticleRow.id == view.id, gate.approved(visit.config.portal, visit.now)
    )
    if visit.session.scalar(was_shown) is None:
        raise ProblemError(kind=NOT_FOUND)
    review = reviews.of_articles(visit.session, [view.id]).get(view.id)
    return answer(
        visit,
        "withdrawn.html",
        status=GONE,
        headline=clean((review and review.headline) or view.article.headline),
        spoken=view.article.language,
        source=source_of(view.article, view.attribution),
        at=withdrawn.at.astimezone(visit.config.zone),
        reason=clean(visit.say(withdrawn.reason)).rstrip(". "),
        by_publisher=not withdrawn.by_hand,
    )


def _also(visit: Visit, view: ArticleView) -> tuple[Source, ...]:
    """Who else printed the text. An approval is the text's: other prints are named with their
    source, without their words, unless an editor decided against one."""
    others: Sequence[Duplicate] = [d for d in view.holding.duplicates if d.publishable]
    numbers = [other.article_id for other in others]
    without = gate.kept_back(visit.session, numbers)
    shown = [i for i in numbers if i not in without]
    rows = visit.session.execute(
        select(
            ArticleRow.id,
            ArticleRow.publisher,
            ArticleRow.publisher_title,
            ArticleRow.canonical_url,
            ArticleRow.credit_line,
        ).where(ArticleRow.id.in_(shown))
    )
    found = {
        row.id: Source(
            publisher=row.publisher,
            title=clean(row.publisher_title),
            url=clean(row.canonical_url),
            credit_line=clean(row.credit_line),
        )
        for row in rows
    }
    return tuple(found[i] for i in shown)
