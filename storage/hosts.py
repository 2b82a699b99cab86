"""What hosts asked of us."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from aggregator.model import HostWish
from storage.tables import HostRow


def wishes(session: Session) -> dict[str, HostWish]:
    """Of every host that ever asked for something."""
    return {row.host: _wish(row) for row in session.scalars(select(HostRow))}


def note_wait(session: Session, host: str, not_before: datetime) -> None:
    """The host asked not to be asked again earlier."""
    _row(session, host).not_before = not_before


def note_crawl_delay(session: Session, host: str, delay: timedelta | None) -> None:
    """``None``: its robots.txt asks for none, any more."""
    if delay is None and session.get(HostRow, host) is None:
        return
    _row(session, host).crawl_delay_seconds = (
        math.ceil(delay.total_seconds()) if delay is not None else None
    )


def _row(session: Session, host: str) -> HostRow:
    row = session.get(HostRow, host)
    if row is None:
        row = HostRow(host=host)
        session.add(row)
    return row


def _wish(row: HostRow) -> HostWish:
    delay = row.crawl_delay_seconds
    return HostWish(
        not_before=row.not_before,
        crawl_delay=timedelta(seconds=delay) if delay is not None else None,
    )
