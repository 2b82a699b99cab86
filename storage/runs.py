"""Runs and the end state of every URL in them."""

from __future__ import annotations

import os
import socket
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, func, insert, or_, select, update
from sqlalchemy.orm import Session

from aggregator.model import EndState, Fetch, Fill, Holder, RunStatus
from storage.tables import FetchRow, FieldFillRow, RunPublisherRow, RunRow


def start_run(session: Session, mode: str, now: datetime, publishers: Iterable[str] = ()) -> int:
    """A run of this process; their locks must be held (``storage.locks``)."""
    row = RunRow(mode=mode, status=RunStatus.RUNNING, started_at=now)
    session.add(row)
    session.flush()
    host, pid = socket.gethostname(), os.getpid()
    for publisher in publishers:
        session.add(RunPublisherRow(run_id=row.id, publisher=publisher, host=host, pid=pid))
    return row.id


def finish_run(
    session: Session, run_id: int, now: datetime, status: RunStatus = RunStatus.FINISHED
) -> None:
    _end(session, now, status, RunRow.id == run_id)


def interrupt_stale(session: Session, publishers: Collection[str], now: datetime) -> None:
    """Mark what an earlier, killed process left as running: runs that read one of these
    publishers, whose locks we hold now, and runs of before there were locks."""
    theirs = select(RunPublisherRow.run_id)
    stale = RunRow.id.in_(theirs.where(RunPublisherRow.publisher.in_(publishers)))
    ancient = RunRow.id.not_in(theirs)
    _end(
        session,
        now,
        RunStatus.INTERRUPTED,
        and_(RunRow.status == RunStatus.RUNNING, or_(stale, ancient)),
    )


def holder(session: Session, publisher: str) -> Holder | None:
    """The process of the newest run that reads the publisher and has not ended."""
    found = session.execute(
        select(RunPublisherRow.host, RunPublisherRow.pid, RunRow.started_at)
        .join(RunRow, RunRow.id == RunPublisherRow.run_id)
        .where(RunPublisherRow.publisher == publisher, RunRow.status == RunStatus.RUNNING)
        .order_by(RunRow.id.desc())
        .limit(1)
    ).first()
    return Holder(host=found.host, pid=found.pid, since=found.started_at) if found else None


def run_modes(session: Session) -> set[str]:
    """The modes of all runs that this database has seen."""
    return set(session.scalars(select(RunRow.mode).distinct()))


def record_fill(
    session: Session, run_id: int, publisher: str, filled: Mapping[str, int], articles: int
) -> None:
    """In how many of a run's articles of a publisher each field was filled."""
    rows = [
        {
            "run_id": run_id,
            "publisher": publisher,
            "field": field,
            "filled": count,
            "articles": articles,
        }
        for field, count in filled.items()
    ]
    if rows:
        session.execute(insert(FieldFillRow), rows)


def fill_history(session: Session, since: datetime) -> tuple[Fill, ...]:
    """What ``record_fill`` noted in runs that started at ``since`` or later."""
    row = FieldFillRow
    rows = session.execute(
        select(row.publisher, row.field, row.run_id, RunRow.started_at, row.filled, row.articles)
        .join(RunRow, RunRow.id == row.run_id)
        .where(RunRow.started_at >= since)
    )
    return tuple(Fill(**found._mapping) for found in rows)


def has_finished_run(session: Session) -> bool:
    return (
        session.scalar(select(RunRow.id).where(RunRow.finished_at.is_not(None)).limit(1))
        is not None
    )


def record_fetches(session: Session, run_id: int, fetches: Sequence[Fetch]) -> None:
    rows = [
        {
            "run_id": run_id,
            "publisher": fetch.publisher,
            "channel": fetch.channel,
            "url": fetch.url,
            "key": fetch.key,
            "state": fetch.state,
            "reason": fetch.reason,
            "http_status": fetch.http_status,
            "article_id": fetch.article_id,
            "ended_at": fetch.ended_at,
        }
        for fetch in fetches
    ]
    if rows:
        session.execute(insert(FetchRow), rows)


def last_fetches(session: Session, publisher: str, keys: Sequence[str]) -> dict[str, Fetch]:
    """How each of these URLs ended the last time that it was really looked at."""
    newest = (
        select(func.max(FetchRow.id))
        .where(
            FetchRow.publisher == publisher,
            FetchRow.key.in_(keys),
            FetchRow.state != EndState.KNOWN,
        )
        .group_by(FetchRow.key)
    )
    rows = session.scalars(select(FetchRow).where(FetchRow.id.in_(newest)))
    return {row.key: fetch_of(row) for row in rows}


def first_looks(session: Session, publisher: str, keys: Sequence[str]) -> dict[str, datetime]:
    """When each of these URLs was first really looked at, as far back as the ledger reaches."""
    rows = session.execute(
        select(FetchRow.key, func.min(FetchRow.ended_at))
        .where(
            FetchRow.publisher == publisher,
            FetchRow.key.in_(keys),
            FetchRow.state != EndState.KNOWN,
        )
        .group_by(FetchRow.key)
    )
    return dict(rows.tuples().all())


def _end(session: Session, now: datetime, status: RunStatus, condition: object) -> None:
    session.execute(
        update(RunRow).where(condition).values(status=status, finished_at=now)  # type: ignore[arg-type]
    )


def fetch_of(row: FetchRow) -> Fetch:
    return Fetch(
        publisher=row.publisher,
        channel=row.channel,
        url=row.url,
        key=row.key,
        state=EndState(row.state),
        reason=row.reason,
        http_status=row.http_status,
        article_id=row.article_id,
        ended_at=row.ended_at,
    )
