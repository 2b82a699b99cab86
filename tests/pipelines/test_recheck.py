"""When a held article is looked at again by our own schedule."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.recheck import (
    AFTER_TROUBLE,
    GIVE_UP_AFTER,
    STEPS,
    after_trouble,
    next_look,
    within_budget,
)
from tests.pipelines.builders import NOW

HOUR, DAY, MOMENT = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)


@pytest.mark.parametrize(
    ("looked_at", "due"),
    [
        (timedelta(0), HOUR),
        (HOUR - MOMENT, HOUR),
        (HOUR, 6 * HOUR),
        (5 * HOUR, 6 * HOUR),
        (6 * HOUR, DAY),
        (DAY, 3 * DAY),
        (3 * DAY, 7 * DAY),
        (7 * DAY - MOMENT, 7 * DAY),
        (7 * DAY, None),
        (365 * DAY, None),
    ],
)
def test_looks_become_rarer_with_age(looked_at: timedelta, due: timedelta | None) -> None:
    assert next_look(NOW, NOW + looked_at) == (None if due is None else NOW + due)


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=30)), max_size=20))
def test_no_more_looks_than_steps(pauses: list[timedelta]) -> None:
    """However late each look comes, and however many steps it missed."""
    moment, looks = NOW, 0
    for pause in pauses:
        due = next_look(NOW, moment)
        if due is None:
            break
        moment, looks = max(due, moment + pause), looks + 1
        assert moment >= due
    assert looks <= len(STEPS)


@pytest.mark.parametrize(
    ("age", "again"), [(timedelta(0), True), (GIVE_UP_AFTER - MOMENT, True), (GIVE_UP_AFTER, False)]
)
def test_trouble_is_tried_again_while_the_article_is_young(age: timedelta, again: bool) -> None:
    now = NOW + age
    assert after_trouble(NOW, now) == (now + AFTER_TROUBLE if again else None)


def test_the_budget_is_each_hosts_own() -> None:
    due = ["a1", "a2", "b1", "a3", "b2", "b3"]
    chosen = list(within_budget(due, 2, lambda name: name[0]))
    assert chosen == ["a1", "a2", "b1", "b2"]


def test_no_budget_is_no_look() -> None:
    assert list(within_budget(["a1"], 0, str)) == []
