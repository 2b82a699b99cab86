"""Reading what the runs wrote down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aggregator.errors import RunNotFoundError
from aggregator.model import EndState, Fetch, Run, RunStatus
from storage.runs import fetch_of
from storage.tables import FetchRow, RunRow


@dataclass(frozen=True, kw_only=True)
class Ends:
    """How many URLs of a publisher ended in one way."""

    publisher: str
    state: EndState
    reason: str | None
    urls: int

    @property
    def words(self) -> str:
        """``dropped:photo page``"""
        return f"{self.state}:{self.reason}" if self.reason else str(self.state)


def recent(session: Session, limit: int) -> tuple[Run, ...]:
    """The newest runs, newest first."""
    rows = session.scalars(select(RunRow).order_by(RunRow.id.desc()).limit(limit))
    return tuple(map(run_of, rows))


def get(session: Session, number: int) -> Run:
    row = session.get(RunRow, number) if abs(number) < 2**31 else None
    if row is None:
        raise RunNotFoundError(number=number)
    return run_of(row)


def last_ended(session: Session) -> Run | None:
    """The newest run that is not under way."""
    row = session.scalars(
        select(RunRow).where(RunRow.finished_at.is_not(None)).order_by(RunRow.id.desc()).limit(1)
    ).first()
    return run_of(row) if row is not None else None


def ends(session: Session, run_ids: Sequence[int]) -> dict[int, tuple[Ends, ...]]:
    """How the URLs of each run ended."""
    counts = session.execute(
        select(FetchRow.run_id, FetchRow.publisher, FetchRow.state, FetchRow.reason, func.count())
        .where(FetchRow.run_id.in_(run_ids))
        .group_by(FetchRow.run_id, FetchRow.publisher, FetchRow.state, FetchRow.reason)
        .order_by(FetchRow.publisher, FetchRow.state, FetchRow.reason)
    )
    found: dict[int, list[Ends]] = {run_id: [] for run_id in run_ids}
    for run_id, publisher, state, reason, count in counts:
        found[run_id].append(
            Ends(publisher=publisher, state=EndState(state), reason=reason, urls=count)
        )
    return {run_id: tuple(of_run) for run_id, of_run in found.items()}


def urls(session: Session, run_id: int, state: EndState) -> tuple[Fetch, ...]:
    """The URLs of a run that ended in a state, in the order in which they were written down."""
    rows = session.scalars(
        select(FetchRow)
        .where(FetchRow.run_id == run_id, FetchRow.state == state)
        .order_by(FetchRow.id)
    )
    return tuple(map(fetch_of, rows))


def run_of(row: RunRow) -> Run:
    return Run(
        id=row.id,
        mode=row.mode,
        started_at=row.started_at,
        status=RunStatus(row.status),
        finished_at=row.finished_at,
        pruned_at=row.pruned_at,
    )
