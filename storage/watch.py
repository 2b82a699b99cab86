"""What the health of the crawls is judged by, in few questions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aggregator.model import EndCount, EndState, Run
from storage.runlist import run_of
from storage.tables import ArticleRow, FetchRow, RunRow

LIVE = "live"
"""The mode of crawls over the network."""


def live_runs(session: Session, since: datetime) -> tuple[Run, ...]:
    """Crawls over the network that began at ``since`` or later, and the last one before; oldest
    first."""
    live = select(RunRow).where(RunRow.mode == LIVE)
    before = live.where(RunRow.started_at < since).order_by(RunRow.id.desc()).limit(1)
    rows = [
        *session.scalars(before),
        *session.scalars(live.where(RunRow.started_at >= since).order_by(RunRow.id)),
    ]
    return tuple(map(run_of, rows))


def first_live_run(session: Session) -> datetime | None:
    return session.scalar(select(func.min(RunRow.started_at)).where(RunRow.mode == LIVE))


def end_counts(session: Session, since: datetime) -> tuple[EndCount, ...]:
    """How articles ended in the runs that began at ``since`` or later, oldest first."""
    rows = session.execute(
        select(
            FetchRow.publisher,
            RunRow.started_at,
            FetchRow.state,
            FetchRow.reason,
            func.count(),
        )
        .join(RunRow, RunRow.id == FetchRow.run_id)
        .where(RunRow.started_at >= since, FetchRow.state != EndState.KNOWN)
        .group_by(FetchRow.publisher, RunRow.id, RunRow.started_at, FetchRow.state, FetchRow.reason)
        .order_by(RunRow.id)
    )
    return tuple(
        EndCount(
            publisher=publisher,
            started_at=started_at,
            state=EndState(state),
            reason=reason,
            urls=urls,
        )
        for publisher, started_at, state, reason, urls in rows
    )


def newest_articles(session: Session, publishers: Iterable[str]) -> dict[str, datetime]:
    """When the newest article of each publisher was first seen; without those that have none."""
    found: dict[str, datetime] = {}
    for publisher in publishers:
        # By the primary key from its end: the newest is near, whatever the number of articles.
        seen = session.scalar(
            select(ArticleRow.first_seen)
            .where(ArticleRow.publisher == publisher)
            .order_by(ArticleRow.id.desc())
            .limit(1)
        )
        if seen is not None:
            found[publisher] = seen
    return found


def article_counts(session: Session) -> dict[str, int]:
    """How many articles of each publisher are held."""
    counts = select(ArticleRow.publisher, func.count()).group_by(ArticleRow.publisher)
    return dict(session.execute(counts).all())
