"""Channel polls and robots.txt, written and read back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from aggregator.model import (
    ChannelRecord,
    ChannelStatus,
    RobotsAnswer,
    RobotsDecision,
    RobotsVisit,
)
from storage import polls, robots, runs
from storage.database import Database
from tests.pipelines.builders import NOW

HOUR = timedelta(hours=1)


def record(**changes: Any) -> ChannelRecord:
    known: dict[str, Any] = {
        "publisher": "contoh",
        "channel": "rss",
        "status": ChannelStatus.OK,
        "polled_at": NOW,
        "reasons": ("http 500", "timeout"),
        "pages": 2,
        "entries": 15,
        "skipped": {"no link": 1},
        "ends": {"stored": 3, "dropped:photo page": 1},
        "fresh": 4,
        "future": 1,
        "newest_at": NOW + HOUR,
        "clock_skew": timedelta(seconds=-90),
    }
    return ChannelRecord(**{**known, **changes})


@pytest.fixture
def run_id(database: Database) -> int:
    with database.session() as session:
        return runs.start_run(session, "live", NOW)


@pytest.mark.parametrize(
    "polled",
    [
        record(),
        record(status=ChannelStatus.BLOCKED, newest_at=None, clock_skew=None),
        ChannelRecord(
            publisher="contoh", channel="rss", status=ChannelStatus.UNCHANGED, polled_at=NOW
        ),
    ],
)
def test_a_poll_reads_back_equal(database: Database, run_id: int, polled: ChannelRecord) -> None:
    with database.session() as session:
        polls.record(session, run_id, [polled])
    with database.session() as session:
        assert polls.of_run(session, run_id) == (polled,)


def test_polls_since_a_moment_come_oldest_first(database: Database, run_id: int) -> None:
    made = [record(polled_at=NOW + n * HOUR) for n in range(3)]
    with database.session() as session:
        polls.record(session, run_id, made)
    with database.session() as session:
        assert polls.since(session, NOW + HOUR) == tuple(made[1:])


def test_a_run_without_polls_has_none(database: Database, run_id: int) -> None:
    with database.session() as session:
        polls.record(session, run_id, [])
        assert polls.of_run(session, run_id) == ()


def visit(**changes: Any) -> RobotsVisit:
    known: dict[str, Any] = {
        "host": "contoh.example",
        "decision": RobotsDecision.RULES,
        "fetched_at": NOW,
        "http_status": 200,
        "text": "User-agent: *\nDisallow: /lama – à\n",
    }
    answer = RobotsAnswer(**{**known, **changes})
    return RobotsVisit(publisher="contoh", answer=answer, allowed=3, refused=1)


@pytest.mark.parametrize(
    "seen",
    [
        visit(),
        visit(decision=RobotsDecision.NO_FILE, http_status=404, text=None),
        visit(decision=RobotsDecision.UNREACHABLE, http_status=None, reason="timeout", text=None),
        visit(text=""),
    ],
)
def test_a_visit_reads_back_equal(database: Database, run_id: int, seen: RobotsVisit) -> None:
    with database.session() as session:
        robots.record(session, run_id, [seen])
    with database.session() as session:
        assert robots.of_run(session, run_id) == (seen,)


def test_the_newest_answer_that_was_read_counts(database: Database) -> None:
    answers = [
        visit(text="1"),
        visit(text="2", fetched_at=NOW + HOUR),
        visit(decision=RobotsDecision.UNREACHABLE, text=None, fetched_at=NOW + 2 * HOUR),
    ]
    for answer in answers:
        with database.session() as session:
            robots.record(session, runs.start_run(session, "live", NOW), [answer])
    with database.session() as session:
        found = robots.latest(session, "contoh.example", NOW)
        assert found is not None
        assert found.text == "2"
        assert robots.latest(session, "contoh.example", NOW + 2 * HOUR) is None
        assert robots.latest(session, "lain.example", NOW) is None
