"""What people decided about clusters: added and undone, never deleted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from aggregator.model import Decision, DecisionKind
from storage.tables import DecisionPairRow, DecisionRow


def add(
    session: Session,
    kind: DecisionKind,
    pairs: Iterable[tuple[int, int]],
    *,
    by: str,
    reason: str,
    now: datetime,
) -> int:
    """Write a decision down; returns its number."""
    values = {"kind": kind, "made_by": by, "made_at": now, "reason": reason}
    decision_id = session.execute(
        insert(DecisionRow).values(values).returning(DecisionRow.id)
    ).scalar_one()
    rows = [
        {"decision_id": decision_id, "first_id": min(pair), "second_id": max(pair)}
        for pair in pairs
    ]
    session.execute(insert(DecisionPairRow), rows)
    return decision_id


def undo(session: Session, decision_id: int, *, by: str, reason: str, now: datetime) -> None:
    session.execute(
        update(DecisionRow)
        .where(DecisionRow.id == decision_id)
        .values(undone_by=by, undone_at=now, undone_reason=reason)
    )


def find(session: Session, decision_id: int) -> Decision | None:
    found = _decisions(session, DecisionRow.id == decision_id)
    return found[0] if found else None


def in_force(session: Session, ids: Collection[int]) -> tuple[Decision, ...]:
    """The decisions about these articles that hold, the oldest first."""
    return _decisions(session, DecisionRow.undone_at.is_(None), _about(ids))


def about(session: Session, ids: Collection[int]) -> tuple[Decision, ...]:
    """All decisions about these articles, undone ones too, the oldest first."""
    return _decisions(session, _about(ids))


def everything(session: Session) -> tuple[Decision, ...]:
    return _decisions(session)


def _about(ids: Collection[int]) -> Any:
    pairs = select(DecisionPairRow.decision_id).where(
        or_(DecisionPairRow.first_id.in_(ids), DecisionPairRow.second_id.in_(ids))
    )
    return DecisionRow.id.in_(pairs)


def _decisions(session: Session, *conditions: Any) -> tuple[Decision, ...]:
    rows = session.scalars(select(DecisionRow).where(*conditions).order_by(DecisionRow.id)).all()
    pairs = _pairs(session, [row.id for row in rows])
    return tuple(
        Decision(
            id=row.id,
            kind=DecisionKind(row.kind),
            pairs=tuple(pairs[row.id]),
            made_by=row.made_by,
            made_at=row.made_at,
            reason=row.reason,
            undone_by=row.undone_by,
            undone_at=row.undone_at,
            undone_reason=row.undone_reason,
        )
        for row in rows
    )


def _pairs(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {decision_id: [] for decision_id in ids}
    rows = session.execute(
        select(DecisionPairRow.decision_id, DecisionPairRow.first_id, DecisionPairRow.second_id)
        .where(DecisionPairRow.decision_id.in_(ids))
        .order_by(DecisionPairRow.first_id, DecisionPairRow.second_id)
    )
    for decision_id, first, second in rows:
        found[decision_id].append((first, second))
    return found
