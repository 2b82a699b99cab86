"""What waits for an editor, as conditions on articles."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import aliased

from aggregator.model import ReviewState
from storage.tables import ArticleRow, FlagRow, MemberRow, ReviewRow, WithdrawalRow

Found = ColumnElement[bool]

OUT = (ReviewState.REJECTED, ReviewState.HELD)
"""Decisions about one print of a text that keep its other prints out of the queue."""


def undecided() -> Found:
    """It stands for its text, may be shown, and nobody has decided about it, nor kept another
    print of the same text back."""
    of_article = MemberRow.article_id == ArticleRow.id
    return and_(
        # By number first: SQLite looks at these without reading a text.
        ArticleRow.id.not_in(select(ReviewRow.article_id)),
        ~exists().where(of_article, MemberRow.via_id.is_not(None)),
        ~_print_is(OUT),
        ArticleRow.publishable.is_(True),
    )


def changed() -> Found:
    """It was approved, and says something else since."""
    gone = select(WithdrawalRow.article_id).where(
        WithdrawalRow.article_id.is_not(None), WithdrawalRow.undone_at.is_(None)
    )
    return and_(
        exists().where(
            ReviewRow.article_id == ArticleRow.id,
            ReviewRow.state == ReviewState.APPROVED,
            ReviewRow.revision < ArticleRow.revision,
        ),
        ArticleRow.id.not_in(gone),
    )


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
