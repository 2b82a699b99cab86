"""What an editor finds on the desk: lists of articles with what was decided about each.

Newest first by their numbers, which is the order in which they were first seen; a cursor is the
last number of the page before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, not_, select
from sqlalchemy.orm import Session

from aggregator.errors import QueryRangeError
from aggregator.model import Review, ReviewState, RightsBasis
from aggregator.query import ArticleView
from aggregator.query.conditions import publisher_is, topic_is
from aggregator.query.views import views_of
from aggregator.review import revision_of
from storage import queue, reviews
from storage.tables import ArticleRow

MAX_LIMIT = 200
MOST_COUNTED = 999
"""More than that waiting is "999+" to everybody."""


class Tray(StrEnum):
    """The lists of the desk."""

    NEW = "new"
    """Representatives that nobody has decided about."""
    CHANGED = "changed"
    """Approved, and corrected by their publishers since."""
    HELD = "held"
    SCHEDULED = "scheduled"
    """Approved for a time that has not come."""
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    """Approved, and withdrawn since."""


NO_FLAG = "none"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which articles of a tray. ``None``: whatever it is."""

    publisher: str | None = None
    topic: str | None = None
    basis: RightsBasis | None = None
    flag: str | None = None
    """A flag's name, or ``none``."""


@dataclass(frozen=True, kw_only=True)
class Item:
    view: ArticleView
    review: Review | None
    """``None``: nobody has decided."""

    @property
    def has_changed(self) -> bool:
        """Since it was approved."""
        review = self.review
        return (
            review is not None
            and review.state is ReviewState.APPROVED
            and review.revision < revision_of(self.view)
        )


@dataclass(frozen=True, kw_only=True)
class ItemPage:
    items: tuple[Item, ...]
    next_cursor: int | None
    """``None``: this is the last page."""


def listed(
    session: Session,
    tray: Tray,
    wanted: Wanted,
    now: datetime,
    *,
    limit: int = 20,
    cursor: int | None = None,
) -> ItemPage:
    """One page of a tray. Raises ``QueryError``."""
    if not 1 <= limit <= MAX_LIMIT:
        raise QueryRangeError(field="limit", value=limit, least=1, most=MAX_LIMIT)
    query = select(ArticleRow.id).where(in_tray(tray, now), *_conditions(wanted))
    if cursor is not None:
        query = query.where(ArticleRow.id < cursor)
    ids = session.scalars(query.order_by(ArticleRow.id.desc()).limit(limit + 1)).all()
    return ItemPage(
        items=items_of(session, ids[:limit]),
        next_cursor=ids[limit - 1] if len(ids) > limit else None,
    )


def items_of(session: Session, ids: Sequence[int]) -> tuple[Item, ...]:
    decided = reviews.of_articles(session, ids)
    return tuple(Item(view=view, review=decided.get(view.id)) for view in views_of(session, ids))


def counted(session: Session, now: datetime) -> Mapping[Tray, int]:
    """How much is in each tray that waits for somebody, up to ``MOST_COUNTED`` + 1."""
    waiting = (Tray.NEW, Tray.CHANGED, Tray.HELD, Tray.SCHEDULED, Tray.WITHDRAWN)
    return {tray: _count(session, in_tray(tray, now)) for tray in waiting}


def in_tray(tray: Tray, now: datetime) -> ColumnElement[bool]:
    match tray:
        case Tray.NEW:
            return queue.undecided()
        case Tray.CHANGED:
            return queue.changed()
        case Tray.SCHEDULED:
            return queue.scheduled(now)
        case Tray.WITHDRAWN:
            return queue.withdrawn_after_approval()
        case _:
            return queue.decided(ReviewState(tray))


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    some = select(ArticleRow.id).where(condition).limit(MOST_COUNTED + 1).subquery()
    return session.scalars(select(func.count()).select_from(some)).one()


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.publisher is not None:
        yield publisher_is([wanted.publisher])
    if wanted.topic is not None:
        yield topic_is(wanted.topic)
    if wanted.basis is not None:
        yield ArticleRow.rights_basis == wanted.basis
    if wanted.flag == NO_FLAG:
        yield not_(queue.has_other_flag_than(()))
    elif wanted.flag is not None:
        yield queue.has_flag(wanted.flag)
