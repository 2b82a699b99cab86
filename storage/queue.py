"""What waits for an editor, as conditions on articles."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import aliased

from aggregator.model import ReviewState
from storage.tables import (
    ArticleRow,
    FlagRow,
    MemberRow,
    ReviewRow,
    RevisionRow,
    WithdrawalRow,
)

Found = ColumnElement[bool]

OUT = (ReviewState.REJECTED, ReviewState.HELD)
"""Decisions about one print of a text that keep its other prints out of the queue."""


def undecided(*, above: int = 0) -> Found:
    """It stands for its text, may be shown, and nobody has decided about it, nor kept another
    print of the same text back. ``above``: of the articles with higher numbers only."""
    of_article = MemberRow.article_id == ArticleRow.id
    # By numbers alone first, which are in indexes: whether an article is publishable lies behind
    # its text, and SQLite would read the texts of all that were decided about (530 ms for 100,000).
    articles, reviewed = select(ArticleRow.id), select(ReviewRow.article_id)
    if above:
        articles = articles.where(ArticleRow.id > above)
        reviewed = reviewed.where(ReviewRow.article_id > above)
    numbers = articles.except_(reviewed)
    return and_(
        ArticleRow.id.in_(numbers),
        ~exists().where(of_article, MemberRow.via_id.is_not(None)),
        ~_print_is(OUT),
        ArticleRow.publishable.is_(True),
    )


def changed() -> Found:
    """It was approved, and says something else since."""
    gone = select(WithdrawalRow.article_id).where(
        WithdrawalRow.article_id.is_not(None), WithdrawalRow.undone_at.is_(None)
    )
    # The article's own number of revisions lies behind its text as well.
    later = exists().where(
        RevisionRow.article_id == ReviewRow.article_id, RevisionRow.number > ReviewRow.revision
    )
    corrected = select(ReviewRow.article_id).where(
        ReviewRow.state == ReviewState.APPROVED, ReviewRow.article_id.not_in(gone), later
    )
    return ArticleRow.id.in_(corrected)


def decided(state: ReviewState) -> Found:
    of_state = select(ReviewRow.article_id).where(ReviewRow.state == state)
    return ArticleRow.id.in_(of_state)


def scheduled(now: datetime) -> Found:
    """It was approved, and its time has not come."""
    coming = select(ReviewRow.article_id).where(
        ReviewRow.state == ReviewState.APPROVED, ReviewRow.publish_at > now
    )
    return ArticleRow.id.in_(coming)


def withdrawn_after_approval() -> Found:
    """It was approved, and may no longer be shown."""
    return ArticleRow.id.in_(
        select(ReviewRow.article_id)
        .join(WithdrawalRow, WithdrawalRow.article_id == ReviewRow.article_id)
        .where(ReviewRow.state == ReviewState.APPROVED, WithdrawalRow.undone_at.is_(None))
    )


def has_flag(name: str) -> Found:
    return exists().where(FlagRow.article_id == ArticleRow.id, FlagRow.name == name)


def has_other_flag_than(names: Collection[str]) -> Found:
    return exists().where(FlagRow.article_id == ArticleRow.id, FlagRow.name.not_in(names))


def _print_is(states: Collection[ReviewState]) -> Found:
    """Another print of the article's text has a decision of this kind."""
    own, other = aliased(MemberRow), aliased(MemberRow)
    return exists(
        select(other.article_id)
        .join(own, own.cluster_id == other.cluster_id)
        .join(ReviewRow, ReviewRow.article_id == other.article_id)
        .where(own.article_id == ArticleRow.id, ReviewRow.state.in_(states))
        .correlate(ArticleRow)
    )
