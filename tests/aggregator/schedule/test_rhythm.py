"""How many entries are expected, by what arrived."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.schedule.rhythm import (
    ENOUGH_ARRIVALS,
    HORIZON,
    HOUR,
    MEMORY,
    Rhythm,
    rhythm_of,
)

NOW = datetime(2026, 8, 15, 2, 20, tzinfo=UTC)  # Saturday, 10.20 WITA
FLAT = Rhythm(rates=(6.0,) * 24)


def by_day(per_hour: int, days: int = 14) -> list[datetime]:
    """Arrivals from 00 to 10 UTC (8 to 18 WITA) on each of the last days, none at night."""
    return sorted(_by_day(per_hour, days))


def _by_day(per_hour: int, days: int) -> Iterator[datetime]:
    for day in range(days):
        midnight = NOW.replace(hour=0, minute=0) - timedelta(days=day)
        for minutes in range(0, 600, 60 // per_hour):
            if midnight + timedelta(minutes=minutes) <= NOW:
                yield midnight + timedelta(minutes=minutes)


# --- what is expected -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "minutes"), [(0.5, 5), (1, 10), (6, 60), (8, 80), (60, 600), (1000, 48 * 60)]
)
def test_when_so_many_entries_are_expected(entries: float, minutes: float) -> None:
    found = FLAT.until_expected(NOW, entries)
    assert found.total_seconds() == pytest.approx(minutes * 60)


def test_a_quiet_night_is_waited_out() -> None:
    rates = tuple(6.0 if hour < 10 else 0.0 for hour in range(24))
    evening = NOW.replace(hour=9, minute=30)
    # Three until ten o'clock, none until midnight, three more until half past.
    assert Rhythm(rates=rates).until_expected(evening, 6) == timedelta(hours=15)


def test_a_channel_without_arrivals_is_asked_at_the_horizon() -> None:
    assert Rhythm(rates=(0.0,) * 24).until_expected(NOW, 1) == HORIZON


rates = st.lists(st.floats(0, 50), min_size=24, max_size=24).map(
    lambda found: Rhythm(rates=tuple(found))
)
moments = st.integers(0, 86_400).map(lambda seconds: NOW + timedelta(seconds=seconds))


@given(rates, moments, st.floats(0.1, 100))
def test_then_so_many_are_expected(rhythm: Rhythm, start: datetime, entries: float) -> None:
    span = rhythm.until_expected(start, entries)
    assert timedelta(0) <= span <= HORIZON
    expected = rhythm.expected(start, span)
    assert expected == pytest.approx(entries, rel=1e-3, abs=1e-3) or span == HORIZON
    assert expected <= entries * 1.001 + 0.001


@given(rates, moments, st.floats(0.1, 50), st.floats(0.1, 50))
def test_more_entries_take_longer(rhythm: Rhythm, start: datetime, one: float, two: float) -> None:
    less, more = sorted((one, two))
    assert rhythm.until_expected(start, less) <= rhythm.until_expected(start, more)


@given(rates, moments, st.lists(st.integers(1, 500), max_size=8))
def test_what_is_expected_adds_up(rhythm: Rhythm, start: datetime, minutes: list[int]) -> None:
    ends = [timedelta(minutes=m) for m in accumulate(minutes, initial=0)]
    pieces = [rhythm.expected(start + one, two - one) for one, two in pairwise(ends)]
    assert sum(pieces) == pytest.approx(rhythm.expected(start, ends[-1]))


# --- what arrivals show ---------------------------------------------------------------------------


def test_a_few_arrivals_are_no_rhythm() -> None:
    few = [NOW - timedelta(minutes=minutes) for minutes in range(ENOUGH_ARRIVALS - 1, 0, -1)]
    assert rhythm_of([], NOW) is None
    assert rhythm_of(few, NOW) is None
    assert rhythm_of([NOW - HOUR, *few], NOW) is not None


def test_old_and_future_arrivals_are_not_counted() -> None:
    old = [NOW - MEMORY - timedelta(minutes=n) for n in range(20, 0, -1)]
    future = [NOW + timedelta(minutes=n) for n in range(1, 20)]
    assert rhythm_of([*old, *future], NOW) is None


def test_a_day_of_work_is_told_from_the_night() -> None:
    rhythm = rhythm_of(by_day(per_hour=6), NOW)
    assert rhythm is not None
    morning, night = NOW.replace(hour=1), NOW.replace(hour=18)
    assert rhythm.rate_at(morning) == pytest.approx(6, rel=0.15)
    assert rhythm.rate_at(night) < 0.6
    assert rhythm.until_expected(morning, 6) < timedelta(minutes=75)
    assert rhythm.until_expected(night, 6) > timedelta(hours=5)


def test_the_first_day_is_flat() -> None:
    """One busy hour does not yet make a busy hour of every day."""
    arrivals = [NOW - timedelta(minutes=3 * n) for n in range(20, 0, -1)]
    rhythm = rhythm_of(arrivals, NOW)
    assert rhythm is not None
    assert max(rhythm.rates) < 2 * min(rhythm.rates)


@given(st.lists(st.integers(0, 20 * 24 * 60), max_size=60))
def test_as_many_are_expected_as_arrived(minutes: list[int]) -> None:
    arrivals = sorted(NOW - timedelta(minutes=n) for n in minutes)
    rhythm = rhythm_of(arrivals, NOW)
    counted = [moment for moment in arrivals if moment >= NOW - MEMORY]
    if rhythm is None:
        assert len(counted) < ENOUGH_ARRIVALS
        return
    watched = max(NOW - counted[0], HOUR)
    assert rhythm.expected(NOW - watched, watched) == pytest.approx(len(counted), rel=0.35)
