"""Whose turn it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from aggregator.schedule.decision import Decision
from aggregator.schedule.spread import turns

NOW = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def due(minutes: float, interval: float | None = 60) -> Decision:
    return Decision(
        due_at=NOW + minutes * MINUTE,
        steps=(),
        interval=interval * MINUTE if interval is not None else None,
    )


def starts(*decisions: Decision, free: float = 0) -> list[float]:
    """Minutes from now."""
    found = turns(decisions, now=NOW, free_at=NOW + free * MINUTE, spacing=MINUTE)
    return [(start - NOW) / MINUTE for start in found]


def test_one_channel_has_its_turn_when_it_is_due() -> None:
    assert starts(due(5)) == [5]
    assert starts(due(-5), free=-5) == [-5]


def test_overdue_channels_come_one_after_the_other() -> None:
    assert starts(due(-300), due(-200), due(-100)) == [0, 1, 2]


def test_the_list_that_runs_over_first_comes_first() -> None:
    """A quarter of an hour late is worse for a channel that is polled every ten minutes."""
    assert starts(due(-60, interval=120), due(-15, interval=10)) == [1, 0]


def test_a_channel_never_asked_comes_after_those_that_are_late() -> None:
    assert starts(due(0, interval=None), due(-15)) == [1, 0]


def test_a_publisher_that_was_asked_a_moment_ago_is_left_alone() -> None:
    assert starts(due(-300), due(10), free=0.5) == [0.5, 10]


def test_channels_that_are_due_together_are_spaced() -> None:
    assert starts(due(10), due(10), due(10.5), due(30)) == [10, 11, 12, 30]


decisions = st.lists(
    st.builds(due, st.integers(-5000, 500), st.none() | st.integers(1, 500)), max_size=12
)


@given(decisions, st.integers(-10, 10))
def test_turns_are_spaced_and_never_early(found: list[Decision], free: int) -> None:
    times = starts(*found, free=free)
    assert all(
        start >= max((decision.due_at - NOW) / MINUTE, free)
        for start, decision in zip(times, found, strict=True)
    )
    taken = sorted(max(start, 0) for start in times)
    assert all(later - sooner >= 1 for sooner, later in pairwise(taken))


@given(decisions, st.integers(-10, 0))
def test_the_last_turn_comes_soon(found: list[Decision], free: int) -> None:
    """Nobody waits for more than all the others."""
    times = starts(*found, free=free)
    latest = max((max((d.due_at - NOW) / MINUTE, 0) for d in found), default=0)
    assert max(times, default=0) <= latest + len(found)
