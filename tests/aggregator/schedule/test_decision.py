"""When a channel is polled next, as a table; and what holds whatever the case."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model import ChannelPace, FailureKind
from aggregator.schedule.decision import (
    BACK_OFFS,
    JITTER,
    QUIET_SPREAD,
    SPACING,
    START,
    Decision,
    Limits,
    Rule,
    decide,
)
from aggregator.schedule.rhythm import Rhythm
from aggregator.times import LONGEST_WAIT, QuietHours
from tests.pipelines.builders import WITA

NOW = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)  # 10.00 in Balikpapan
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LIMITS = Limits(shortest=10 * MINUTE, longest=2 * HOUR, zone=WITA)
NIGHT = QuietHours.parse("22:00-04:30")

SIX_AN_HOUR = Rhythm(rates=(6.0,) * 24)
SIXTY_AN_HOUR = Rhythm(rates=(60.0,) * 24)
ONE_A_DAY = Rhythm(rates=(1 / 24,) * 24)

POLLED = ChannelPace(
    attempted_at=NOW, succeeded_at=NOW, elapsed=HOUR, listed=15, fresh=4, empty_polls=0
)


def polled(**changes: Any) -> ChannelPace:
    return replace(POLLED, **changes)


def failed(times: int, kind: FailureKind = FailureKind.FAILED) -> ChannelPace:
    return polled(failures=times, failure_kind=kind, failure="http 500")


@dataclass(frozen=True, kw_only=True)
class Case:
    pace: ChannelPace
    after: timedelta
    """From ``NOW``."""
    rules: list[Rule]
    rhythm: Rhythm | None = SIX_AN_HOUR
    limits: Limits = LIMITS
    not_before: datetime | None = None
    now: datetime = NOW
    more: dict[str, Any] = field(default_factory=dict)


CASES: dict[str, Case] = {
    "never asked": Case(pace=ChannelPace(), after=0 * HOUR, rules=[Rule.FIRST]),
    "six new ones of fifteen are expected": Case(pace=POLLED, after=HOUR, rules=[Rule.RHYTHM]),
    "eight are worth a poll of a long list": Case(
        pace=polled(listed=100), after=80 * MINUTE, rules=[Rule.RHYTHM]
    ),
    "a short list runs over sooner": Case(
        pace=polled(listed=5, fresh=1), after=20 * MINUTE, rules=[Rule.RHYTHM]
    ),
    "nothing is known yet": Case(
        pace=polled(elapsed=None, fresh=15), after=START, rhythm=None, rules=[Rule.UNKNOWN]
    ),
    "a busy channel": Case(
        pace=POLLED,
        after=10 * MINUTE,
        rhythm=SIXTY_AN_HOUR,
        rules=[Rule.RHYTHM, Rule.SHORTEST],
    ),
    "a slow channel": Case(
        pace=POLLED, after=2 * HOUR, rhythm=ONE_A_DAY, rules=[Rule.RHYTHM, Rule.LONGEST]
    ),
    "most of the list was new": Case(
        pace=polled(fresh=12, elapsed=30 * MINUTE),
        after=15 * MINUTE,
        rules=[Rule.RHYTHM, Rule.SURGE],
    ),
    "all of the list was new": Case(
        pace=polled(fresh=15, elapsed=30 * MINUTE),
        after=12 * MINUTE,
        rules=[Rule.RHYTHM, Rule.SURGE],
    ),
    "all was new after a long pause": Case(
        pace=polled(fresh=15, elapsed=10 * HOUR), after=HOUR, rules=[Rule.RHYTHM]
    ),
    "half of two was new": Case(
        pace=polled(listed=2, fresh=2, elapsed=30 * MINUTE),
        after=10 * MINUTE,
        rules=[Rule.RHYTHM, Rule.SHORTEST],
    ),
    "nothing new once": Case(
        pace=polled(fresh=0, empty_polls=1), after=90 * MINUTE, rules=[Rule.RHYTHM, Rule.LULL]
    ),
    "nothing new for long": Case(
        pace=polled(fresh=0, empty_polls=50),
        after=4 * HOUR,
        limits=replace(LIMITS, longest=24 * HOUR),
        rules=[Rule.RHYTHM, Rule.LULL],
    ),
    "nothing new and nothing known": Case(
        pace=polled(fresh=0, empty_polls=2),
        after=HOUR,
        rhythm=None,
        rules=[Rule.UNKNOWN, Rule.LULL],
    ),
    "the feed says ninety minutes": Case(
        pace=polled(ttl=90 * MINUTE), after=90 * MINUTE, rules=[Rule.RHYTHM, Rule.TTL]
    ),
    "the feed says less than its rhythm": Case(
        pace=polled(ttl=5 * MINUTE), after=HOUR, rules=[Rule.RHYTHM]
    ),
    "the answer holds for a day": Case(
        pace=polled(max_age=24 * HOUR),
        after=2 * HOUR,
        rules=[Rule.RHYTHM, Rule.MAX_AGE, Rule.LONGEST],
    ),
    "feed and server both say": Case(
        pace=polled(ttl=80 * MINUTE, max_age=100 * MINUTE),
        after=100 * MINUTE,
        rules=[Rule.RHYTHM, Rule.TTL, Rule.MAX_AGE],
    ),
    "failed once": Case(pace=failed(1), after=15 * MINUTE, rules=[Rule.BACK_OFF]),
    "failed three times": Case(pace=failed(3), after=HOUR, rules=[Rule.BACK_OFF]),
    "failed for ever": Case(pace=failed(10_000), after=6 * HOUR, rules=[Rule.BACK_OFF]),
    "the line is down": Case(
        pace=failed(1, FailureKind.UNREACHED), after=10 * MINUTE, rules=[Rule.BACK_OFF]
    ),
    "the line is down for long": Case(
        pace=failed(40, FailureKind.UNREACHED), after=30 * MINUTE, rules=[Rule.BACK_OFF]
    ),
    "refused": Case(pace=failed(1, FailureKind.BLOCKED), after=2 * HOUR, rules=[Rule.BACK_OFF]),
    "refused for long": Case(
        pace=failed(9, FailureKind.BLOCKED), after=24 * HOUR, rules=[Rule.BACK_OFF]
    ),
    "stopped in the middle": Case(
        pace=polled(unfinished=True), after=MINUTE, rules=[Rule.UNFINISHED]
    ),
    "killed while it kept failing": Case(
        pace=replace(failed(2), unfinished=True), after=30 * MINUTE, rules=[Rule.BACK_OFF]
    ),
    "asked to wait": Case(
        pace=POLLED,
        after=5 * HOUR,
        not_before=NOW + 5 * HOUR,
        rules=[Rule.RHYTHM, Rule.RETRY_AFTER],
    ),
    "asked to wait, not longer than it would": Case(
        pace=POLLED, after=HOUR, not_before=NOW + HOUR, rules=[Rule.RHYTHM]
    ),
    "asked to wait before it was ever read": Case(
        pace=ChannelPace(),
        after=3 * HOUR,
        not_before=NOW + 3 * HOUR,
        rules=[Rule.FIRST, Rule.RETRY_AFTER],
    ),
    "asked to wait by a clock that was wrong": Case(
        pace=POLLED, after=HOUR, not_before=NOW + 4000 * 24 * HOUR, rules=[Rule.RHYTHM]
    ),
    "due in the night": Case(
        pace=polled(attempted_at=NOW + 11.5 * HOUR),  # 21.30
        now=NOW + 11.5 * HOUR,
        after=18.5 * HOUR,  # 04.30
        limits=replace(LIMITS, quiet=NIGHT),
        rules=[Rule.RHYTHM, Rule.QUIET],
    ),
    "asked to wait into the night": Case(
        pace=POLLED,
        not_before=NOW + 13 * HOUR,  # 23.00
        after=18.5 * HOUR,
        limits=replace(LIMITS, quiet=NIGHT),
        rules=[Rule.RHYTHM, Rule.RETRY_AFTER, Rule.QUIET],
    ),
    "never asked, at night": Case(
        pace=ChannelPace(),
        now=NOW + 14 * HOUR,  # midnight
        after=18.5 * HOUR,
        limits=replace(LIMITS, quiet=NIGHT),
        rules=[Rule.FIRST, Rule.QUIET],
    ),
    "the clock was set back": Case(
        pace=polled(attempted_at=NOW + 400 * 24 * HOUR), after=0 * HOUR, rules=[Rule.CLOCK]
    ),
    "another machine's clock is a little ahead": Case(
        pace=polled(attempted_at=NOW + MINUTE), after=61 * MINUTE, rules=[Rule.RHYTHM]
    ),
}


def decided(case: Case, jitter: float = 0.0) -> Decision:
    return decide(
        case.pace,
        case.rhythm,
        case.limits,
        not_before=case.not_before,
        now=case.now,
        jitter=jitter,
    )


@pytest.mark.parametrize("name", CASES)
def test_when_a_channel_is_due(name: str) -> None:
    decision = decided(CASES[name])
    assert round((decision.due_at - NOW) / MINUTE, 3) == CASES[name].after / MINUTE


@pytest.mark.parametrize("name", CASES)
def test_why_a_channel_is_due(name: str) -> None:
    assert [step.rule for step in decided(CASES[name]).steps] == CASES[name].rules


def test_every_rule_is_in_the_table() -> None:
    # What people ask is decided elsewhere (``aggregator.schedule.wish``).
    asked = {Rule.PAUSED, Rule.ASKED}
    assert {rule for case in CASES.values() for rule in case.rules} | asked == set(Rule)


def test_intervals_are_shortened_by_the_jitter() -> None:
    case = CASES["six new ones of fifteen are expected"]
    assert decided(case, 0.5).due_at == NOW + HOUR - HOUR * JITTER / 2


def test_what_was_stated_is_not_shortened() -> None:
    assert decided(CASES["the feed says ninety minutes"], 0.9).due_at == NOW + 90 * MINUTE


def test_back_off_is_lengthened_by_the_jitter() -> None:
    assert decided(CASES["failed once"], 0.5).due_at == NOW + 15 * MINUTE * (1 + JITTER / 2)


def test_the_end_of_the_night_is_spread() -> None:
    early, late = (decided(CASES["due in the night"], jitter).due_at for jitter in (0.0, 0.9))
    assert timedelta(0) < late - early < QUIET_SPREAD


def test_channels_of_one_publisher_are_spaced() -> None:
    assert LIMITS.spacing == SPACING
    assert replace(LIMITS, shortest=timedelta(seconds=2)).spacing == timedelta(seconds=2)


# --- whatever the case ----------------------------------------------------------------------------

spans = st.integers(1, 3 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
kinds = st.sampled_from(FailureKind)


@st.composite
def paces(draw: st.DrawFn) -> ChannelPace:
    kind = draw(st.none() | kinds)
    listed = draw(st.integers(0, 200))
    return ChannelPace(
        attempted_at=NOW - draw(spans),
        elapsed=draw(st.none() | spans),
        listed=listed,
        fresh=draw(st.integers(0, listed)),
        empty_polls=draw(st.integers(0, 100)),
        failures=draw(st.integers(1, 200)) if kind else 0,
        failure_kind=kind,
        unfinished=draw(st.booleans()),
        ttl=draw(st.none() | spans),
        max_age=draw(st.none() | spans),
    )


@st.composite
def limits(draw: st.DrawFn) -> Limits:
    shortest, longest = sorted((draw(spans), draw(spans)))
    return Limits(shortest=shortest, longest=longest, zone=WITA)


rhythms = st.none() | st.lists(st.floats(0, 100), min_size=24, max_size=24).map(
    lambda rates: Rhythm(rates=tuple(rates))
)
jitters = st.floats(0, 1, exclude_max=True)
waits = st.none() | spans.map(lambda span: NOW + span)


@given(paces(), rhythms, limits(), waits, jitters)
def test_nobody_is_asked_before_retry_after(
    pace: ChannelPace, rhythm: Rhythm | None, bounds: Limits, wait: datetime | None, jitter: float
) -> None:
    assert wait is None or wait <= NOW + LONGEST_WAIT
    found = decide(pace, rhythm, bounds, not_before=wait, now=NOW, jitter=jitter)
    assert wait is None or found.due_at >= wait


@given(paces(), rhythms, limits(), jitters)
def test_intervals_stay_within_the_clamps(
    pace: ChannelPace, rhythm: Rhythm | None, bounds: Limits, jitter: float
) -> None:
    assert pace.attempted_at is not None
    found = decide(pace, rhythm, bounds, not_before=None, now=NOW, jitter=jitter)
    if found.steps[0].rule in (Rule.BACK_OFF, Rule.UNFINISHED):
        assert found.due_at - pace.attempted_at >= bounds.spacing
    else:
        assert bounds.shortest <= found.due_at - pace.attempted_at <= bounds.longest


@given(paces(), rhythms, limits(), jitters)
def test_what_a_channel_states_is_honoured_within_the_clamps(
    pace: ChannelPace, rhythm: Rhythm | None, bounds: Limits, jitter: float
) -> None:
    calm = replace(pace, failures=0, failure_kind=None, unfinished=False)
    assert calm.attempted_at is not None
    found = decide(calm, rhythm, bounds, not_before=None, now=NOW, jitter=jitter)
    for stated in filter(None, (calm.ttl, calm.max_age)):
        assert found.due_at - calm.attempted_at >= min(stated, bounds.longest)


@given(kinds, st.integers(1, 300), st.integers(0, 300), limits(), jitters)
def test_more_failures_never_bring_it_forward(
    kind: FailureKind, failures: int, more: int, bounds: Limits, jitter: float
) -> None:
    sooner, later = (
        decide(failed(n, kind), None, bounds, not_before=None, now=NOW, jitter=jitter).due_at
        for n in (failures, failures + more)
    )
    assert NOW + bounds.shortest <= sooner <= later
    longest = max(BACK_OFFS[kind].longest, bounds.shortest)
    assert later <= NOW + longest * (1 + JITTER)


@given(paces(), rhythms, limits(), st.integers(0, 300), jitters)
def test_failures_leave_the_rhythm_alone(
    pace: ChannelPace, rhythm: Rhythm | None, bounds: Limits, failures: int, jitter: float
) -> None:
    """After them it is polled as if there had been none."""
    healthy = replace(pace, failures=0, failure_kind=None, failure=None)
    ill = replace(healthy, failures=failures + 1, failure_kind=FailureKind.FAILED)
    recovered = replace(ill, failures=0, failure_kind=None)
    before, after = (
        decide(p, rhythm, bounds, not_before=None, now=NOW, jitter=jitter)
        for p in (healthy, recovered)
    )
    assert before == after


@given(
    paces(),
    rhythms,
    limits(),
    waits,
    jitters,
    st.sampled_from([NIGHT, QuietHours.parse("11:00-11:01")]),
)
def test_nobody_is_asked_in_quiet_hours(
    pace: ChannelPace,
    rhythm: Rhythm | None,
    bounds: Limits,
    wait: datetime | None,
    jitter: float,
    quiet: QuietHours,
) -> None:
    loud = decide(pace, rhythm, bounds, not_before=wait, now=NOW, jitter=jitter)
    found = decide(
        pace, rhythm, replace(bounds, quiet=quiet), not_before=wait, now=NOW, jitter=jitter
    )
    assert found.due_at >= loud.due_at
    assert quiet.end_after(found.due_at, WITA) is None


@given(paces(), rhythms, limits(), jitters, spans)
def test_a_decision_does_not_move_while_it_is_waited_for(
    pace: ChannelPace, rhythm: Rhythm | None, bounds: Limits, jitter: float, passed: timedelta
) -> None:
    now, later = (
        decide(pace, rhythm, bounds, not_before=None, now=moment, jitter=jitter)
        for moment in (NOW, NOW + passed)
    )
    assert now == later
