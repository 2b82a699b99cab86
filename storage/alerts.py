"""Alerts that were told, by which transport, and how the transports fare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from aggregator.model import TransportState
from storage.tables import AlertNoteRow, AlertRow, AlertTransportRow

OPENED, CLOSED = "opened", "closed"


@dataclass(frozen=True, kw_only=True)
class Alert:
    """A finding from when it showed to when it was gone."""

    id: int
    key: str
    finding: Mapping[str, Any]
    """As it was when it showed."""
    opened_at: datetime
    closed_at: datetime | None
    told: frozenset[tuple[str, str]]
    """(transport, ``opened`` or ``closed``): who has taken what."""


def open_alerts(session: Session) -> dict[str, int]:
    """Key -> id of the alerts that last."""
    rows = session.execute(select(AlertRow.key, AlertRow.id).where(AlertRow.closed_at.is_(None)))
    return dict(rows.all())


def open_alert(session: Session, key: str, finding: Mapping[str, Any], now: datetime) -> None:
    session.add(AlertRow(key=key, finding=dict(finding), opened_at=now))
    session.flush()


def close_alerts(session: Session, ids: Iterable[int], now: datetime) -> None:
    for row in session.scalars(select(AlertRow).where(AlertRow.id.in_(list(ids)))):
        row.closed_at = now


def to_tell(session: Session, since: datetime) -> tuple[Alert, ...]:
    """Alerts that last or ended at ``since`` or later, in the order in which they showed."""
    rows = session.scalars(
        select(AlertRow)
        .where(or_(AlertRow.closed_at.is_(None), AlertRow.closed_at >= since))
        .order_by(AlertRow.id)
    ).all()
    told: dict[int, set[tuple[str, str]]] = {row.id: set() for row in rows}
    notes = session.scalars(select(AlertNoteRow).where(AlertNoteRow.alert_id.in_(told)))
    for note in notes:
        told[note.alert_id].add((note.transport, note.said))
    return tuple(
        Alert(
            id=row.id,
            key=row.key,
            finding=row.finding,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            told=frozenset(told[row.id]),
        )
        for row in rows
    )


def note(session: Session, transport: str, said: Iterable[tuple[int, str]], now: datetime) -> None:
    """A transport has taken these (alert, ``opened`` or ``closed``)."""
    for alert_id, what in said:
        session.merge(AlertNoteRow(alert_id=alert_id, transport=transport, said=what, sent_at=now))


def transports(session: Session) -> tuple[TransportState, ...]:
    rows = session.scalars(select(AlertTransportRow).order_by(AlertTransportRow.name))
    return tuple(
        TransportState(
            name=row.name,
            failing_since=row.failing_since,
            detail=row.detail,
            digest_on=row.digest_on,
        )
        for row in rows
    )


def save_transport(session: Session, state: TransportState) -> None:
    session.merge(
        AlertTransportRow(
            name=state.name,
            failing_since=state.failing_since,
            detail=state.detail,
            digest_on=state.digest_on,
        )
    )
