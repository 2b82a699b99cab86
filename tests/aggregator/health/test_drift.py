"""Drift: what is a change of layout, and what only looks like one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.health.drift import LEAST_FALL, Drift, drifts
from aggregator.model import Fill

DAY_ONE = datetime(2026, 7, 20, 3, 0, tzinfo=UTC)


def history(*runs: tuple[int, int], field: str = "credits") -> list[Fill]:
    """One run a day: (filled, articles)."""
    return [
        Fill(
            publisher="republika",
            field=field,
            run_id=number,
            started_at=DAY_ONE + timedelta(days=number),
            filled=filled,
            articles=articles,
        )
        for number, (filled, articles) in enumerate(runs)
    ]


def test_a_field_that_empties_is_drift() -> None:
    (drift,) = drifts(history(*[(5, 5)] * 14, (1, 5), (0, 5)))
    assert drift == Drift(
        publisher="republika",
        field="credits",
        empty=9,
        articles=10,
        usual=1.0,
        since=datetime(2026, 8, 3, 3, 0, tzinfo=UTC),
    )


NONE: dict[str, Sequence[tuple[int, int]]] = {
    "always full": [(5, 5)] * 30,
    "never filled": [(0, 5)] * 30,
    "always half": [(2, 5), (3, 5)] * 15,
    "a noisy field": [(5, 5), (3, 5), (4, 5), (2, 5), (5, 5), (3, 5)] * 5,
    "one bad run": [(5, 5)] * 15 + [(0, 5)] + [(5, 5)] * 4,
    "recovered": [(5, 5)] * 15 + [(0, 5)] * 4 + [(5, 5)] * 4,
    "too few since": [(5, 5)] * 15 + [(0, 5)],
    "too few before": [(5, 5)] * 3 + [(0, 5)] * 3,
    "a small fall": [(10, 10)] * 10 + [(8, 10)] * 5,
    "filled better than before": [(0, 5)] * 10 + [(5, 5)] * 5,
    "nothing": [],
}


@pytest.mark.parametrize("name", NONE)
def test_a_look_alike_is_not(name: str) -> None:
    assert list(drifts(history(*NONE[name]))) == []


def test_an_alarm_stays_while_the_field_is_empty() -> None:
    (drift,) = drifts(history(*[(5, 5)] * 10, *[(0, 5)] * 60))
    assert drift.since == DAY_ONE + timedelta(days=10)
    assert drift.usual == 1.0


def test_fields_and_publishers_are_judged_apart() -> None:
    full, empty = [(5, 5)] * 14, [(5, 5)] * 10 + [(0, 5)] * 4
    found = list(drifts([*history(*full, field="tags"), *history(*empty, field="image")]))
    assert [drift.field for drift in found] == ["image"]


@given(st.permutations(history(*[(5, 5)] * 8, *[(0, 5)] * 4)))
def test_the_order_of_the_history_plays_no_part(shuffled: list[Fill]) -> None:
    assert len(list(drifts(shuffled))) == 1


@given(st.lists(st.integers(1, 9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))))
def test_a_drift_is_always_a_fall(runs: list[tuple[int, int]]) -> None:
    for drift in drifts(history(*runs)):
        assert drift.usual - (1 - drift.empty / drift.articles) >= LEAST_FALL
