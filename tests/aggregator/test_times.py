"""Spans and hours as a school writes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.times import QuietHours, parse_span
from tests.pipelines.builders import WIB, WITA

SPANS = {
    "30s": timedelta(seconds=30),
    "15m": timedelta(minutes=15),
    "2h": timedelta(hours=2),
    "1d": timedelta(days=1),
    " 90 M ": timedelta(minutes=90),
}


@pytest.mark.parametrize("text", SPANS)
def test_a_span_is_read(text: str) -> None:
    assert parse_span(text) == SPANS[text]


@pytest.mark.parametrize("text", ["", "15", "m", "0m", "-5m", "1.5h", "15 menit", "9999999d"])
def test_a_text_that_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the text is all it says
        parse_span(text)


@pytest.mark.parametrize(
    "text", ["", "22:00", "22-04", "24:00-04:00", "22:60-04:00", "22:00-22:00", "malam"]
)
def test_a_text_that_is_no_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        QuietHours.parse(text)


def test_hours_are_shown_as_they_are_written() -> None:
    assert str(QuietHours.parse("22:00 - 04:30")) == "22:00-04:30"


def at(clock: str, day: int = 3) -> datetime:
    """A moment of August 2026 by the clock in Balikpapan."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 8, day, hour, minute, tzinfo=WITA)


NIGHT, NOON = QuietHours.parse("22:00-04:30"), QuietHours.parse("11:30-13:00")

CASES = {
    "before midnight": (NIGHT, at("23:15"), at("04:30", day=4)),
    "after midnight": (NIGHT, at("01:00"), at("04:30")),
    "the first minute": (NIGHT, at("22:00"), at("04:30", day=4)),
    "the first minute after": (NIGHT, at("04:30"), None),
    "by day": (NIGHT, at("12:00"), None),
    "at noon": (NOON, at("12:00"), at("13:00")),
    "before noon": (NOON, at("11:29"), None),
    "after noon": (NOON, at("13:00"), None),
}


@pytest.mark.parametrize("name", CASES)
def test_when_quiet_hours_end(name: str) -> None:
    hours, moment, end = CASES[name]
    assert hours.end_after(moment, WITA) == end


def test_quiet_hours_are_those_of_the_school() -> None:
    moment = datetime(2026, 8, 3, 14, 30, tzinfo=UTC)  # 21.30 WIB, 22.30 WITA
    assert NIGHT.end_after(moment, WIB) is None
    assert NIGHT.end_after(moment, WITA) == datetime(2026, 8, 3, 20, 30, tzinfo=UTC)


@given(
    st.times(timezones=st.none()).map(lambda t: t.replace(second=0, microsecond=0)),
    st.times(timezones=st.none()).map(lambda t: t.replace(second=0, microsecond=0)),
    st.datetimes(timezones=st.just(UTC)).filter(lambda d: 1971 < d.year < 2100),
)
def test_the_end_is_ahead_and_quiet_no_more(start, end, moment) -> None:  # type: ignore[no-untyped-def]
    if start == end:
        return
    hours = QuietHours(start=start, end=end)
    found = hours.end_after(moment, WITA)
    if found is not None:
        assert moment < found <= moment + timedelta(days=1)
        assert hours.end_after(found, WITA) is None
