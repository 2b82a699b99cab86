"""Withdrawing: the article stays, locked, and is kept out under every name that it had.

Whoever withdraws locks the publisher's row first. Storing a new article takes a weaker lock on the
same row (PostgreSQL, through the foreign key), so of a withdrawal and an insert at the same moment
one always sees the other; SQLite has one writer at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from aggregator.model import Withdrawal
from storage import notes, rechecks, tombstones
from storage.lookup import DUPLICATE
from storage.tables import (
    ArticleRow,
    ArticleUrlRow,
    PublisherRow,
    TombstoneRow,
    WithdrawalRow,
)

PUBLISHER = "publisher"
"""By whom, where the publisher itself took the article away."""


def lock(session: Session, publisher: str) -> None:
    """Nothing new of the publisher is stored until this transaction ends."""
    session.execute(
        select(PublisherRow.name).where(PublisherRow.name == publisher).with_for_update()
    )


def withdraw(
    session: Session,
    article_id: int,
    *,
    at: datetime,
    reason: str,
    by: str = PUBLISHER,
    suspected_at: datetime | None = None,
) -> tuple[str, ...]:
    """Lock an article and keep it out for ever; returns the names under which it is kept out.

    By hand (``by`` is a person) also every address where the same text stood, and the text itself:
    who asks for a takedown means the text. A publisher that takes one address away may keep the
    text at another. Withdrawing again changes nothing and returns nothing.
    """
    publisher = session.scalars(
        select(ArticleRow.publisher).where(ArticleRow.id == article_id)
    ).one()
    lock(session, publisher)
    row = session.get_one(ArticleRow, article_id, with_for_update=True)
    if row.withdrawn_at is not None:
        return ()
    by_hand = by != PUBLISHER
    withdrawal = WithdrawalRow(
        publisher=publisher,
        article_id=article_id,
        url=row.canonical_url,
        withdrawn_at=at,
        reason=reason,
        withdrawn_by=by,
        by_hand=by_hand,
        suspected_at=suspected_at,
    )
    session.add(withdrawal)
    row.withdrawn_at, row.publishable = at, False
    session.flush()
    keys = _names(session, row, by_hand=by_hand)
    tombstones.bury(session, publisher, keys, reason, at, withdrawal_id=withdrawal.id)
    rechecks.look_again_at(session, article_id, None)
    # It leaves its cluster.
    notes.note(session, article_id)
    return keys


def keep_out(
    session: Session,
    publisher: str,
    keys: Sequence[str],
    url: str,
    *,
    at: datetime,
    reason: str,
    by: str,
) -> None:
    """Keep an address out of which nothing is held yet."""
    lock(session, publisher)
    withdrawal = WithdrawalRow(
        publisher=publisher,
        article_id=None,
        url=url,
        withdrawn_at=at,
        reason=reason,
        withdrawn_by=by,
        by_hand=True,
    )
    session.add(withdrawal)
    session.flush()
    tombstones.bury(session, publisher, keys, reason, at, withdrawal_id=withdrawal.id)


def undo(session: Session, withdrawal_id: int, *, at: datetime, by: str, reason: str) -> None:
    """Take a withdrawal back: the article is shown again, and may be revised."""
    row = session.get_one(WithdrawalRow, withdrawal_id, with_for_update=True)
    row.undone_at, row.undone_by, row.undone_reason = at, by, reason
    session.execute(delete(TombstoneRow).where(TombstoneRow.withdrawal_id == withdrawal_id))
    if row.article_id is not None:
        article = session.get_one(ArticleRow, row.article_id, with_for_update=True)
        article.withdrawn_at, article.publishable = None, article.published_at is not None
        notes.note(session, article.id)
        rechecks.look_again_at(session, article.id, at)
    session.flush()


def current(session: Session, article_id: int) -> WithdrawalRow | None:
    """The withdrawal that holds for an article."""
    return session.scalars(
        select(WithdrawalRow).where(
            WithdrawalRow.article_id == article_id, WithdrawalRow.undone_at.is_(None)
        )
    ).first()


def current_of_keys(session: Session, publisher: str, keys: Sequence[str]) -> WithdrawalRow | None:
    """The withdrawal that keeps one of these identifiers or addresses out."""
    return session.scalars(
        select(WithdrawalRow)
        .join(TombstoneRow, TombstoneRow.withdrawal_id == WithdrawalRow.id)
        .where(TombstoneRow.publisher == publisher, TombstoneRow.key.in_(keys))
        .order_by(WithdrawalRow.id)
    ).first()


def of_articles(session: Session, article_ids: Sequence[int]) -> dict[int, Withdrawal]:
    """The withdrawals that hold for these articles."""
    rows = session.scalars(
        select(WithdrawalRow).where(
            WithdrawalRow.article_id.in_(article_ids), WithdrawalRow.undone_at.is_(None)
        )
    )
    return {row.article_id: withdrawal_of(row) for row in rows if row.article_id is not None}


def withdrawal_of(row: WithdrawalRow) -> Withdrawal:
    return Withdrawal(
        at=row.withdrawn_at, reason=row.reason, by=row.withdrawn_by, by_hand=row.by_hand
    )


def _names(session: Session, row: ArticleRow, *, by_hand: bool) -> tuple[str, ...]:
    met = select(ArticleUrlRow.url).where(
        ArticleUrlRow.publisher == row.publisher, ArticleUrlRow.article_id == row.id
    )
    if not by_hand:
        met = met.where(ArticleUrlRow.reason != DUPLICATE)
    names = [row.external_id, row.canonical_url, row.url, *session.scalars(met)]
    if by_hand:
        names.append(row.text_fingerprint)
    return tuple(dict.fromkeys(name for name in names if name))
