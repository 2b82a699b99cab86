"""Thirty simulated days of three publishers that misbehave: nothing is missed, all is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.faults import ARTICLE_FAULTS, CHANNEL_FAULTS, PASSING_FAULTS
from tests.e2e.month import SHORT_LIVED
from tests.e2e.world import run_program

pytestmark = pytest.mark.slow

MONTH = Path(__file__).with_name("month.py")
DAYS = 30

Month = dict[str, Any]


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Month:
    folder = tmp_path_factory.mktemp("month")
    done = run_program(str(MONTH), str(folder), "--days", str(DAYS), cwd=folder, timeout=4800)
    assert done.code == 0, done.err
    found: Month = done.json
    return found


def houses(month: Month) -> list[dict[str, Any]]:
    return list(month["publishers"].values())


def all_windows(month: Month) -> list[tuple[str, dict[str, Any]]]:
    return [(name, w) for name, house in month["publishers"].items() for w in house["windows"]]


def test_no_article_is_missed_that_was_seen_for_an_hour(month: Month) -> None:
    assert timedelta(hours=1) <= SHORT_LIVED < timedelta(hours=2)
    assert all(house["short_lived"] for house in houses(month))
    assert [house["missed"] for house in houses(month)] == [[], [], []]


def test_no_article_is_stored_twice(month: Month) -> None:
    assert [house["twice"] for house in houses(month)] == [0, 0, 0]


def test_an_article_costs_little_more_than_a_request(month: Month) -> None:
    given = sum(house["given"] for house in houses(month))
    assert given > 2000
    assert sum(house["asked_for_first"] for house in houses(month)) <= 1.2 * given


def test_polls_of_a_publisher_keep_their_distance(month: Month) -> None:
    for name in month["publishers"]:
        moments = [
            datetime.fromisoformat(poll["at"])
            for poll in month["polls"]
            if poll["publisher"] == name
        ]
        assert min(b - a for a, b in pairwise(moments)) >= timedelta(minutes=1)


def test_nothing_stops_the_loop(month: Month) -> None:
    assert [poll for poll in month["polls"] if poll["trouble"]] == []


def test_there_are_many_kinds_of_faults(month: Month) -> None:
    assert len(all_windows(month)) == len(CHANNEL_FAULTS) >= 25
    ends = {end for house in houses(month) for end, *_ in house["broken"].values()}
    assert ends == {fault.ends for fault in ARTICLE_FAULTS}
    ends = {end for house in houses(month) for end, *_ in house["passing"].values()}
    assert ends == {fault.ends for fault in PASSING_FAULTS}


def each(windows: list[tuple[str, dict[str, Any]]], judge: Callable[..., bool]) -> list[str]:
    return [f"{name}: {w}" for name, w in windows if not judge(name, w)]


def test_every_fault_of_a_channel_is_written_down_by_its_name(month: Month) -> None:
    def named(_: str, window: dict[str, Any]) -> bool:
        return window["polls"] and window["reasons"] == ([window["ends"]] if window["ends"] else [])

    assert each(all_windows(month), named) == []


def test_every_fault_of_a_channel_that_lasts_is_told_while_it_lasts(month: Month) -> None:
    def told(name: str, window: dict[str, Any]) -> bool:
        if window["finding"] is None:
            return True  # ``test_nothing_else_is_told``
        return any(
            (alert["kind"], alert["publisher"], alert["subject"])
            == (window["finding"], name, "rss")
            and window["start"] < alert["opened"] < window["end"]
            and alert["closed"]
            for alert in month["alerts"]
        )

    assert each(all_windows(month), told) == []


def test_nothing_else_is_told(month: Month) -> None:
    """No alarm about a publisher that is well: a person would soon look no more."""
    told = {(name, window["finding"]) for name, window in all_windows(month)}
    assert [a for a in month["alerts"] if (a["publisher"], a["kind"]) not in told] == []


@pytest.mark.parametrize("which", ["broken", "passing"])
def test_every_fault_of_an_article_is_written_down_by_its_name(month: Month, which: str) -> None:
    for house in houses(month):
        for number, (expected, *ends) in house[which].items():
            assert expected in ends, (number, ends)
            assert ("stored:None" in ends) == (which == "passing")
