"""Notes of what is to be compared: articles that are new, changed or withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, insert, select
from sqlalchemy.orm import Session

from storage.tables import ArticleRow, DoctrineRow, PendingRow
from storage.types import listed_in


def note(session: Session, article_id: int) -> None:
    """Have an article compared that is new, changed or withdrawn."""
    session.connection().execute(_noting(), [{"article_id": article_id}])


def adopt(session: Session, doctrine: str) -> None:
    """Have everything compared again that was compared by other rules, or never."""
    if session.connection().scalar(_DOCTRINE) == doctrine:
        return
    session.connection().execute(delete(DoctrineRow))
    session.connection().execute(insert(DoctrineRow), [{"version": doctrine}])
    session.connection().execute(delete(PendingRow))
    session.connection().execute(
        insert(PendingRow).from_select(["article_id"], select(ArticleRow.id))
    )


def pending(session: Session, limit: int) -> list[tuple[int, int]]:
    """(number of the note, article), the newest first."""
    rows = session.connection().execute(_PENDING, {"most": limit}).all()
    return [(note_id, article_id) for note_id, article_id in rows]


def settle(session: Session, notes: Sequence[int]) -> None:
    """Take exactly these notes away: others of the same articles came later."""
    session.connection().execute(_SETTLING, {"notes": list(notes)})


def count_uncompared(session: Session, doctrine: str) -> int:
    """How many articles are still to be compared by these rules."""
    if session.connection().scalar(_DOCTRINE) != doctrine:
        return session.scalar(select(func.count()).select_from(ArticleRow)) or 0
    return session.scalar(select(func.count(PendingRow.article_id.distinct()))) or 0


@cache
def _noting() -> Any:
    return insert(PendingRow)


# --- statements: built once -----------------------------------------------------------------------

_DOCTRINE = select(DoctrineRow.version)
_PENDING: Select[int, int] = (
    select(PendingRow.id, PendingRow.article_id)
    .order_by(PendingRow.id.desc())
    .limit(bindparam("most"))
)
_SETTLING = delete(PendingRow).where(listed_in(PendingRow.id, "notes"))
