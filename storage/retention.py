"""Forgetting what nobody needs any more of the ledgers, a bounded piece at a time.

What stays whatever its age, since decisions rest on it:

- of each URL the newest end at which it was really looked at (``runs.last_fetches``, from which
  ``pipelines.seen`` decides whether to ask again);
- of each channel the newest poll;
- articles, revisions and tombstones: nothing here touches them.

A run is forgotten once and then marked, so that the work of a prune grows with what it deletes and
not with what is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Delete,
    and_,
    case,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased

from aggregator.model import EndState, RunStatus
from storage import robots
from storage.database import Database
from storage.tables import (
    AlertNoteRow,
    AlertRow,
    BackupRow,
    Base,
    ChannelPollRow,
    FetchRow,
    FieldFillRow,
    RobotsVisitRow,
    RunPublisherRow,
    RunRow,
)
from storage.types import UtcDateTime

BATCH = 1_000
"""Rows that one transaction deletes: a reader or another crawl waits for milliseconds."""

MOST_BATCHES = 60
"""Transactions of one prune. What is left is taken by the next."""


@dataclass(frozen=True, kw_only=True)
class Ages:
    """What was made before these moments may go."""

    ledger: datetime
    own: Mapping[str, datetime] = field(default_factory=dict)
    """The same of publishers of which it is another moment. A run of several publishers is kept as
    long as the one that is kept longest."""
    fills: datetime
    """Counts of filled fields, which a usual share is known from."""


def prune(database: Database, ages: Ages, now: datetime) -> int:
    """Delete what may go, and return how many rows. Never touches a run that is under way."""
    work = _Work(database, MOST_BATCHES)
    with database.session() as session:
        due = _due(session, ages)
    for run_id in due:
        if not all(work.batches(statement) for statement in _of_run(run_id)):
            return work.deleted
        with database.session() as session:
            session.execute(update(RunRow).where(RunRow.id == run_id).values(pruned_at=now))
    work.batches(_fills(ages.fills))
    with database.session() as session:
        robots.forget_unused_texts(session)
        _forget_runs(session, or_(RunRow.id.in_(due), RunRow.started_at < ages.fills))
        _forget_alerts(session, ages.ledger)
        _forget_backups(session, ages.ledger)
    return work.deleted


@dataclass
class _Work:
    database: Database
    left: int
    deleted: int = 0

    def batches(self, statement: Delete) -> bool:
        """Repeat a bounded statement until it finds nothing more; False: no work is left to do."""
        while self.left:
            self.left -= 1
            with self.database.session() as session:
                count: int = session.execute(statement).rowcount  # type: ignore[attr-defined]
            self.deleted += count
            if count < BATCH:
                return True
        return False


def _due(session: Session, ages: Ages) -> list[int]:
    of_run = exists().where(RunPublisherRow.run_id == RunRow.id)
    kept = of_run.where(RunRow.started_at >= _moment_of(ages))
    found = session.scalars(
        select(RunRow.id)
        .where(
            RunRow.started_at < max((ages.ledger, *ages.own.values())),
            # Of before publishers were noted: as usual.
            or_(of_run, RunRow.started_at < ages.ledger),
            ~kept,
            RunRow.pruned_at.is_(None),
            RunRow.status != RunStatus.RUNNING,
        )
        .order_by(RunRow.id)
        .limit(MOST_BATCHES)
    )
    return list(found)


def _moment_of(ages: Ages) -> ColumnElement[datetime]:
    """Before which a publisher's ledger may go."""
    usual = literal(ages.ledger, UtcDateTime())
    if not ages.own:
        return usual
    own = {name: literal(moment, UtcDateTime()) for name, moment in ages.own.items()}
    return case(own, value=RunPublisherRow.publisher, else_=usual)


def _of_run(run_id: int) -> tuple[Delete, ...]:
    newer, poll = aliased(FetchRow), aliased(ChannelPollRow)
    # Ends of earlier runs go when the run that looked again goes: both are old enough then.
    superseded = (
        select(FetchRow.id)
        .join(
            newer,
            and_(
                newer.publisher == FetchRow.publisher,
                newer.key == FetchRow.key,
                newer.id > FetchRow.id,
            ),
        )
        .where(newer.run_id == run_id, newer.state != EndState.KNOWN)
    )
    newest = (
        select(func.max(poll.id))
        .where(poll.publisher == ChannelPollRow.publisher, poll.channel == ChannelPollRow.channel)
        .scalar_subquery()
    )
    return (
        _some(
            FetchRow,
            and_(FetchRow.run_id == run_id, FetchRow.state == EndState.KNOWN),
        ),
        delete(FetchRow).where(FetchRow.id.in_(superseded.limit(BATCH))),
        _some(
            ChannelPollRow,
            and_(ChannelPollRow.run_id == run_id, ChannelPollRow.id != newest),
        ),
        delete(RobotsVisitRow).where(RobotsVisitRow.run_id == run_id),
    )


def _some(kind: type[FetchRow | ChannelPollRow], condition: ColumnElement[bool]) -> Delete:
    """At most a batch of the rows that fulfil a condition."""
    return delete(kind).where(kind.id.in_(select(kind.id).where(condition).limit(BATCH)))


def _fills(before: datetime) -> Delete:
    old = select(RunRow.id).where(RunRow.started_at < before)
    return delete(FieldFillRow).where(FieldFillRow.run_id.in_(old))


def _forget_runs(session: Session, candidates: ColumnElement[bool]) -> None:
    """Delete pruned runs that nothing refers to any more, whatever table it may be in."""
    references = [
        key.parent
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column is Base.metadata.tables["run"].c.id
    ]
    used = or_(*(exists().where(column == RunRow.id) for column in references))
    session.execute(delete(RunRow).where(candidates, RunRow.pruned_at.is_not(None), ~used))


def _forget_alerts(session: Session, before: datetime) -> None:
    old = select(AlertRow.id).where(AlertRow.closed_at < before)
    session.execute(delete(AlertNoteRow).where(AlertNoteRow.alert_id.in_(old)))
    session.execute(delete(AlertRow).where(AlertRow.closed_at < before))


def _forget_backups(session: Session, before: datetime) -> None:
    newest = select(func.max(BackupRow.id)).scalar_subquery()
    session.execute(delete(BackupRow).where(BackupRow.made_at < before, BackupRow.id != newest))
