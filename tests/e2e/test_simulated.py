"""Whole days of ``aggregator schedule`` in seconds: the real loop on a simulated clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from aggregator.times import QuietHours
from tests.e2e.simulated import HOUR, START
from tests.e2e.world import run_program
from tests.pipelines.builders import WITA

pytestmark = pytest.mark.slow

SIMULATED = Path(__file__).with_name("simulated.py")
MINUTE = timedelta(minutes=1)

Simulate = Callable[..., "Days"]


class Days:
    """What happened; moments by the time that really passed."""

    def __init__(self, found: dict[str, Any]) -> None:
        self.polls: list[dict[str, Any]] = found["polls"]
        self.missed: list[int] = found["missed"]
        self.published: int = found["published"]
        self.requests: int = found["requests"]

    def moments(self, channel: str | None = None, by: str = "passed") -> list[datetime]:
        return [
            datetime.fromisoformat(poll[by]).astimezone(UTC)
            for poll in self.polls
            if channel in (None, poll["channel"])
        ]

    def between(self, start: float, end: float) -> int:
        """Polls from one hour to another."""
        return sum(START + start * HOUR <= at < START + end * HOUR for at in self.moments())


@pytest.fixture(scope="module")
def simulate(tmp_path_factory: pytest.TempPathFactory) -> Simulate:
    def run(*options: str) -> Days:
        folder = tmp_path_factory.mktemp("days")
        done = run_program(str(SIMULATED), str(folder), *options, cwd=folder)
        assert done.code == 0, done.err
        return Days(done.json)

    return run


@pytest.fixture(scope="module")
def day(simulate: Simulate) -> Days:
    """Twenty articles an hour by day, two by night."""
    return simulate("--hours", "24")


@pytest.fixture(scope="module")
def eventful(simulate: Simulate) -> Days:
    """The machine sleeps from the fourth hour to the fourteenth; at the eighteenth its clock is
    set back by three hours, at the twentieth put right again."""
    return simulate("--hours", "24", "--asleep", "4:10", "--set", "18:-3", "--set", "20:3")


def test_no_article_is_missed(day: Days) -> None:
    assert day.missed == []
    assert day.published > 250


def test_by_day_channels_are_polled_more_often_than_by_night(day: Days) -> None:
    assert day.between(2, 12) > 1.3 * day.between(14, 24)


def test_polls_keep_their_distance(day: Days) -> None:
    for channel in ("rss", "indeks"):
        spans = [later - sooner for sooner, later in pairwise(day.moments(channel))]
        assert min(spans) >= 10 * MINUTE
        assert max(spans) <= 2 * HOUR + 2 * MINUTE
    assert min(later - sooner for sooner, later in pairwise(day.moments())) >= MINUTE


def test_what_was_published_while_the_machine_slept_is_found(eventful: Days) -> None:
    assert eventful.missed == []
    assert sum(poll["gaps"] for poll in eventful.polls) == 0


def test_after_a_sleep_channels_come_one_after_the_other(eventful: Days) -> None:
    woken = [at for at in eventful.moments() if at > START + 13 * HOUR]
    assert woken[0] - START < 14 * HOUR + 2 * MINUTE
    assert MINUTE <= woken[1] - woken[0] <= 3 * MINUTE


def test_a_clock_that_is_set_stops_nothing(eventful: Days) -> None:
    spans = [later - sooner for sooner, later in pairwise(eventful.moments())]
    assert sorted(spans)[-1] > 9 * HOUR  # the sleep
    assert sorted(spans)[-2] <= 2 * HOUR
    assert eventful.between(18, 20) >= 2


def test_nobody_is_asked_in_quiet_hours(simulate: Simulate) -> None:
    days = simulate("--hours", "24", "--quiet", "22:00-04:30", "--by-day", "10")
    quiet = QuietHours.parse("22:00-04:30")
    # A publisher's second channel waits for its turn, a minute.
    loud = [at - 2 * MINUTE for at in days.moments(by="at")]
    assert [at for at in loud if quiet.end_after(at, WITA)] == []
    assert days.missed == []
    assert days.between(13.9, 20.5) <= 2
    assert days.between(20.5, 22) >= 2
