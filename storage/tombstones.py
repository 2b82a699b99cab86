"""Tombstones: what must never come back, through whatever channel or address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from storage.tables import TombstoneRow


def bury(
    session: Session,
    publisher: str,
    keys: Sequence[str],
    reason: str,
    now: datetime,
    *,
    withdrawal_id: int | None = None,
) -> None:
    """Keep these identifiers, addresses and texts (by their fingerprint) out for ever.

    ``withdrawal_id``: with which they came; undoing it takes them away again.
    """
    for key in dict.fromkeys(keys):
        session.merge(
            TombstoneRow(
                publisher=publisher,
                key=key,
                reason=reason,
                buried_at=now,
                withdrawal_id=withdrawal_id,
            )
        )
    session.flush()


def spread(session: Session, publisher: str, by: str, keys: Sequence[str]) -> None:
    """Keep more names of what the tombstone ``by`` keeps out, for as long as that one stands."""
    stone = session.get_one(TombstoneRow, (publisher, by))
    new = [key for key in keys if key not in buried(session, publisher, keys)]
    bury(session, publisher, new, stone.reason, stone.buried_at, withdrawal_id=stone.withdrawal_id)


def buried(session: Session, publisher: str, keys: Sequence[str]) -> set[str]:
    """Which of these identifiers and addresses are kept out."""
    asked = {"publisher": publisher, "keys": list(keys)}
    return set(session.connection().scalars(_LOOKING, asked))


def last_burial(session: Session) -> datetime | None:
    """When an article was last taken out. ``None``: never."""
    return session.scalar(select(func.max(TombstoneRow.buried_at)))


# Built once: every article and every listed address is looked up here.
_LOOKING = select(TombstoneRow.key).where(
    TombstoneRow.publisher == bindparam("publisher"),
    TombstoneRow.key.in_(bindparam("keys", expanding=True)),
)
