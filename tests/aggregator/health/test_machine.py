"""The machine, its clock, the runs and the backups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from aggregator.health.finding import Finding, FindingKind
from aggregator.health.machine import (
    LEAST_FREE,
    Machine,
    backup_finding,
    machine_findings,
    our_clock,
    run_findings,
    transport_findings,
)
from aggregator.model import Backup, Run, RunStatus, TransportState
from tests.aggregator.health.builders import HOUR, NOON

DAY = timedelta(days=1)
GB = 1024**3


def kinds(found: Sequence[Finding]) -> list[FindingKind]:
    return [finding.kind for finding in found]


@pytest.mark.parametrize(
    ("machine", "expected"),
    [
        (Machine(free_bytes=10 * GB, database_bytes=GB), []),
        (Machine(free_bytes=GB, database_bytes=GB), [FindingKind.DISK_FULL]),
        (Machine(free_bytes=LEAST_FREE - 1), [FindingKind.DISK_FULL]),
        (Machine(free_bytes=LEAST_FREE, database_bytes=0), []),
        (Machine(), []),
        (Machine(damage="row 3 missing"), [FindingKind.DATABASE_DAMAGED]),
    ],
)
def test_what_was_measured(machine: Machine, expected: list[FindingKind]) -> None:
    assert kinds(list(machine_findings(machine, NOON))) == expected


@pytest.mark.parametrize(
    ("minutes", "ours"),
    [
        ({"a": 0, "b": 0}, None),
        ({"a": 60, "b": 62, "c": 61}, 61),
        ({"a": -60, "b": -61}, -60),
        ({"a": 60, "b": 0}, None),
        ({"a": 60, "b": -60}, None),
        ({"a": 60}, None),
        ({"a": 4, "b": 4}, None),
        ({}, None),
    ],
)
def test_our_clock_is_wrong_when_all_agree(minutes: dict[str, int], ours: int | None) -> None:
    found = our_clock({name: timedelta(minutes=n) for name, n in minutes.items()})
    assert found == (None if ours is None else timedelta(minutes=ours))


def run(ago: float, status: RunStatus = RunStatus.FINISHED) -> Run:
    at = NOON - ago * HOUR
    ended = None if status is RunStatus.RUNNING else at
    return Run(id=1, mode="live", started_at=at, status=status, finished_at=ended)


HOURLY = [run(n) for n in range(48, 0, -1)]
DAILY = [run(24 * n) for n in range(9, 0, -1)]
KILLED = RunStatus.INTERRUPTED

RUNS: dict[str, tuple[Sequence[Run], list[FindingKind]]] = {
    "none": ([], []),
    "hourly": (HOURLY, []),
    "hourly, four hours late": (HOURLY[:-4], []),
    "hourly, seven hours late": (HOURLY[:-7], [FindingKind.CRAWL_MISSING]),
    "daily": (DAILY, []),
    "daily, two days late": (DAILY[:-2], []),
    "daily, three days late": (DAILY[:-3], [FindingKind.CRAWL_MISSING]),
    "once, a day ago": ([run(24)], []),
    "once, three days ago": ([run(72)], [FindingKind.CRAWL_MISSING]),
    "under way": ([*HOURLY[:-8], run(8, RunStatus.RUNNING)], []),
    "under way for two days": (
        [*DAILY[:-3], run(48, RunStatus.RUNNING)],
        [],
    ),
    "under way for ever": (
        [*HOURLY[:-30], run(30, RunStatus.RUNNING)],
        [FindingKind.CRAWL_MISSING],
    ),
    "interrupted twice": ([*HOURLY[:-2], run(2, KILLED), run(1, KILLED)], []),
    "interrupted three times": (
        [*HOURLY[:-3], *(run(n, KILLED) for n in (3, 2, 1))],
        [FindingKind.CRAWL_INTERRUPTED],
    ),
    "interrupted before": ([*(run(n, KILLED) for n in (5, 4, 3)), run(2), run(1)], []),
}


@pytest.mark.parametrize("name", RUNS)
def test_crawls_that_do_not_come(name: str) -> None:
    found, expected = RUNS[name]
    assert kinds(list(run_findings(found, NOON))) == expected


def backup(ago: int) -> Backup:
    return Backup(
        path="/srv/news.db", made_at=NOON - ago * DAY, bytes=1, schema_version="1", articles=1
    )


@pytest.mark.parametrize(
    ("newest", "crawled", "days", "old"),
    [
        (backup(1), 90, 7, False),
        (backup(8), 90, 7, True),
        (None, 8, 7, True),
        (None, 6, 7, False),
        (None, 90, 0, False),
        (backup(90), 90, 0, False),
    ],
)
def test_backups_grow_old(newest: Backup | None, crawled: int, days: int, old: bool) -> None:
    found = backup_finding(newest, NOON - crawled * DAY, days, NOON)
    assert (found is not None) is old


def test_a_transport_that_fails_is_a_finding() -> None:
    states = [
        TransportState(name="email", failing_since=NOON, detail="refused"),
        TransportState(name="webhook"),
    ]
    (finding,) = transport_findings(states)
    assert (finding.key, finding.facts) == ("alert-undelivered/email", {"detail": "refused"})
