"""Tombstones: what must never come back, through whatever channel or address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from storage import notes
from storage.tables import TombstoneRow


def bury(session: Session, publisher: str, keys: Sequence[str], reason: str, now: datetime) -> None:
    """Keep these identifiers and addresses out for ever."""
    for key in dict.fromkeys(keys):
        session.merge(TombstoneRow(publisher=publisher, key=key, reason=reason, buried_at=now))
    # What is held under these names leaves its cluster.
    notes.note_named(session, publisher, keys)


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
