"""What is wrong with the machine, and with what keeps the crawls going. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from aggregator.health.finding import Finding, FindingKind, middle
from aggregator.model import Backup, Run, RunStatus, TransportState

LEAST_FREE = 512 * 1024 * 1024
"""Bytes beside the room for one more copy of the database, which a backup or a rebuild takes."""

CLOCK_OFF = timedelta(minutes=5)
"""By which all publishers' servers agree against us. Certificates and dates begin to suffer."""
LEAST_CLOCKS = 2
"""Publishers whose word counts; of one nobody knows who is wrong."""

PATIENCE = 3.0
"""How many usual pauses between crawls may pass without one …"""
LEAST_PATIENCE = timedelta(hours=6)
"""… but never less than this: a reboot, a power cut in the morning."""
UNKNOWN_PATIENCE = timedelta(hours=48)
"""For a machine that has crawled once only."""

LONGEST_RUN = timedelta(hours=24)
"""A run that is under way for longer hangs, or its process was killed with the machine."""

INTERRUPTIONS = 3
"""Runs in a row that did not finish."""


@dataclass(frozen=True, kw_only=True)
class Machine:
    """What was measured. ``None``: it cannot be seen from here."""

    free_bytes: int | None = None
    """Where the database lies."""
    database_bytes: int | None = None
    damage: str | None = None
    """What the database's own examination says; ``None``: it is whole."""


def machine_findings(machine: Machine, now: datetime) -> Iterator[Finding]:
    if machine.damage is not None:
        yield Finding(
            kind=FindingKind.DATABASE_DAMAGED, since=now, facts={"detail": machine.damage}
        )
    wanted = LEAST_FREE + (machine.database_bytes or 0)
    if machine.free_bytes is not None and machine.free_bytes < wanted:
        facts = {"free_mb": machine.free_bytes >> 20, "wanted_mb": wanted >> 20}
        yield Finding(kind=FindingKind.DISK_FULL, since=now, facts=facts)


def our_clock(skews: Mapping[str, timedelta]) -> timedelta | None:
    """How far publishers' clocks are ahead of ours, where they agree that ours is wrong.

    ``skews``: one for each publisher.
    """
    ahead = [skew for skew in skews.values() if skew >= CLOCK_OFF]
    behind = [skew for skew in skews.values() if skew <= -CLOCK_OFF]
    for agreeing in (ahead, behind):
        if len(agreeing) >= LEAST_CLOCKS and len(agreeing) == len(skews):
            return middle(agreeing)
    return None


def clock_finding(skew: timedelta, now: datetime) -> Finding:
    minutes = round(skew / timedelta(minutes=1))
    return Finding(kind=FindingKind.CLOCK_WRONG, since=now, facts={"minutes": minutes})


def run_findings(runs: Sequence[Run], now: datetime) -> Iterator[Finding]:
    """``runs``: the live ones of late, oldest first."""
    if not runs:
        return
    last = runs[-1].finished_at or runs[-1].started_at
    pauses = [later.started_at - earlier.started_at for earlier, later in pairwise(runs)]
    patience = max(LEAST_PATIENCE, PATIENCE * middle(pauses)) if pauses else UNKNOWN_PATIENCE
    under_way = runs[-1].status is RunStatus.RUNNING and now - last < LONGEST_RUN
    if not under_way and now - last > patience:
        hours = round((now - last) / timedelta(hours=1))
        yield Finding(kind=FindingKind.CRAWL_MISSING, since=last, facts={"hours": hours})
    ended = [run for run in runs if run.status is not RunStatus.RUNNING]
    tail = ended[-INTERRUPTIONS:]
    if len(tail) == INTERRUPTIONS and all(run.status is RunStatus.INTERRUPTED for run in tail):
        yield Finding(
            kind=FindingKind.CRAWL_INTERRUPTED,
            since=tail[0].started_at,
            facts={"runs": INTERRUPTIONS},
        )


def backup_finding(
    newest: Backup | None, crawled_since: datetime, days: int, now: datetime
) -> Finding | None:
    """No backup for too long; ``days`` 0: the school has other means."""
    since = newest.made_at if newest else crawled_since
    if not days or now - since <= timedelta(days=days):
        return None
    facts = {"days": (now - since).days, "path": newest.path if newest else None}
    return Finding(kind=FindingKind.BACKUP_OLD, since=since, facts=facts)


def transport_findings(states: Sequence[TransportState]) -> Iterator[Finding]:
    for state in states:
        if state.failing_since is not None:
            yield Finding(
                kind=FindingKind.ALERT_UNDELIVERED,
                subject=state.name,
                since=state.failing_since,
                facts={"detail": state.detail or ""},
            )
