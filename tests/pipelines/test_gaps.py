"""Whether something may have been listed between two polls."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model import Gap
from pipelines.gaps import LAG, Sighting, gap_of, reaches
from tests.pipelines.builders import NOW

SINCE = NOW - timedelta(hours=6)

OLD, NEW = Sighting(known=True), Sighting(known=False)


def at(hours: float) -> Sighting:
    """An unknown entry that states a time so many hours after ``SINCE``."""
    return Sighting(known=False, published_at=SINCE + timedelta(hours=hours))


CASES: dict[str, tuple[list[Sighting], bool]] = {
    "nothing listed": ([], False),
    "all new": ([NEW, NEW, NEW], False),
    "all known": ([OLD, OLD, OLD], True),
    "the last is known": ([NEW, NEW, OLD], True),
    "one is pinned to the top": ([OLD, NEW, NEW], False),
    "two are known somewhere": ([OLD, NEW, OLD, NEW], True),
    "the last is older than what we saw": ([at(5), at(3), at(-1)], True),
    "the last is a little older": ([at(5), at(3), at(-0.1)], False),
    "a backdated one among new ones": ([at(5), at(-8), at(3)], False),
    "new by their times": ([at(5), at(3), at(1)], False),
    "known, whatever its time": ([at(5), Sighting(known=True, published_at=NOW)], True),
}


@pytest.mark.parametrize("name", CASES)
def test_whether_a_list_goes_back_far_enough(name: str) -> None:
    listed, far_enough = CASES[name]
    assert reaches(listed, SINCE) is far_enough


def test_the_first_poll_of_a_channel_shows_no_gap() -> None:
    assert gap_of("rss", [NEW, NEW], since=None, now=NOW) is None


def test_an_empty_list_shows_no_gap() -> None:
    assert gap_of("rss", [], since=SINCE, now=NOW) is None


def test_an_overlap_shows_no_gap() -> None:
    assert gap_of("rss", [NEW, OLD], since=SINCE, now=NOW) is None


def test_a_gap_reaches_from_the_last_sight_to_the_oldest_entry() -> None:
    assert gap_of("rss", [at(5), at(2), at(4)], since=SINCE, now=NOW) == Gap(
        channel="rss", since=SINCE, until=SINCE + timedelta(hours=2), noted_at=NOW
    )


def test_a_gap_without_times_reaches_to_now() -> None:
    found = gap_of("rss", [NEW, NEW], since=SINCE, now=NOW)
    assert found is not None
    assert found.until == NOW


def test_a_channel_whose_clock_is_ahead_makes_no_gap_of_the_future() -> None:
    found = gap_of("rss", [at(48), at(49)], since=SINCE, now=NOW)
    assert found is not None
    assert found.until == NOW


sightings = st.builds(
    Sighting,
    known=st.booleans(),
    published_at=st.none()
    | st.integers(-600, 600).map(lambda minutes: SINCE + timedelta(minutes=minutes)),
)


@given(st.lists(sightings, max_size=30))
def test_a_gap_is_shown_exactly_where_a_list_does_not_reach(listed: list[Sighting]) -> None:
    found = gap_of("rss", listed, since=SINCE, now=NOW)
    assert (found is None) is (not listed or reaches(listed, SINCE))
    if found is not None:
        assert found.since <= found.until <= NOW


@given(st.lists(sightings, max_size=30), st.integers(2, 5))
def test_known_entries_at_the_end_always_reach(listed: list[Sighting], more: int) -> None:
    assert reaches([*listed, *[OLD] * more], SINCE)
    assert reaches([*listed, at(-LAG / timedelta(hours=1))], SINCE)
