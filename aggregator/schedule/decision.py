"""When a channel is polled next: a pure decision that tells its reasons.

Three questions, kept apart:

- *When would a poll be worth it?* By the channel's rhythm and the share of known entries, by what
  it says about itself, within the school's clamps.
- *How long is it left alone after a failure?* By the kind of failure and how many there were. The
  rhythm does not change: when it answers again, it is polled as before.
- *When may it be asked?* Not before Retry-After, not in quiet hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from aggregator.model import ChannelPace, FailureKind
from aggregator.schedule.rhythm import Rhythm
from aggregator.times import LONGEST_WAIT, QuietHours


class Rule(StrEnum):
    """Why a channel is due when it is."""

    FIRST = "first"
    """It was never asked."""
    RHYTHM = "rhythm"
    """Then enough new entries are expected."""
    UNKNOWN = "unknown-rhythm"
    """Too little is known of its rhythm."""
    SURGE = "surge"
    """More than half of what it listed was new: its list may run over."""
    LULL = "lull"
    """It had nothing new for some polls."""
    TTL = "ttl"
    """The feed says that it need not be read earlier."""
    MAX_AGE = "max-age"
    """The server says that its answer holds so long."""
    SHORTEST = "shortest"
    """The school polls nobody more often."""
    LONGEST = "longest"
    """The school polls everybody at least so often."""
    BACK_OFF = "back-off"
    """It failed."""
    UNFINISHED = "unfinished"
    """The last poll was stopped in the middle."""
    RETRY_AFTER = "retry-after"
    """The publisher asked us to wait."""
    QUIET = "quiet-hours"
    CLOCK = "clock"
    """It was asked in the future: the clock was set back."""
    PAUSED = "paused"
    """A person does not want it read."""
    ASKED = "asked"
    """A person wants it read now."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One rule that had a say, and the interval or moment that it came to."""

    rule: Rule
    interval: timedelta | None = None
    until: datetime | None = None
    number: float | None = None
    """What the rule counts: entries expected by then, new ones, polls without any, failures."""

    @property
    def span(self) -> timedelta:
        """The interval of a rule that has one."""
        assert self.interval is not None
        return self.interval


@dataclass(frozen=True, kw_only=True)
class Decision:
    due_at: datetime
    steps: tuple[Step, ...]
    """In the order in which they were taken; the last one decided."""
    interval: timedelta | None = None
    """Between the last poll and this one. ``None``: there was none."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What the school allows."""

    shortest: timedelta
    longest: timedelta
    zone: ZoneInfo
    quiet: QuietHours | None = None

    @property
    def spacing(self) -> timedelta:
        """Between two polls of one publisher, whatever the channels."""
        return min(SPACING, self.shortest)


SPACING = timedelta(minutes=1)
"""A publisher with six channels that are all overdue is asked for one of them a minute."""

WORTH_A_POLL = 8
"""New entries that are waited for: one request finds them, so that a poll costs an eighth of a
request for each article."""

SAFE_SHARE = 0.4
"""Share of the list that may be new when it is polled. Republika's feed lists fifteen: six. Rates
double within an hour (a disaster, an election), and the list must not run over then."""

START = timedelta(minutes=30)
"""Interval of a channel whose rhythm is not known yet."""

SURGE_SHARE = 0.5
SURGE_LISTED = 5
"""Fewer entries prove nothing: one new one of two is half."""

LULL_STEP = 0.5
LULL_MOST = 4.0
"""Each poll without news stretches the interval by a half, at most to fourfold: holidays, a feed
that was given up. One new entry ends it."""

JITTER = 0.1
"""Intervals are shortened by up to a tenth, so that schools and channels do not march in step.
Never lengthened: the list might run over."""

QUIET_SPREAD = timedelta(minutes=15)
"""The end of quiet hours is spread, since all of a school's channels wait for it."""


@dataclass(frozen=True, kw_only=True)
class BackOff:
    first: timedelta
    longest: timedelta


BACK_OFFS = {
    # Costs the publisher nothing, and the school's line comes back when it comes back.
    FailureKind.UNREACHED: BackOff(first=timedelta(minutes=5), longest=timedelta(minutes=30)),
    FailureKind.FAILED: BackOff(first=timedelta(minutes=15), longest=timedelta(hours=6)),
    # Whoever refuses us must not be pressed; a person has to write to them.
    FailureKind.BLOCKED: BackOff(first=timedelta(hours=2), longest=timedelta(hours=24)),
}

MOST_DOUBLINGS = 20
"""Every back-off has reached its longest by then."""

CLOCK_TOLERANCE = timedelta(minutes=2)
"""Clocks of machines that share a database differ a little."""


def decide(
    pace: ChannelPace,
    rhythm: Rhythm | None,
    limits: Limits,
    *,
    not_before: datetime | None,
    now: datetime,
    jitter: float,
) -> Decision:
    """When a channel is polled next.

    ``not_before``: what the channel or its host asked for; ``jitter``: a number in [0, 1), the same
    for the same poll.
    """
    asked = pace.attempted_at
    if asked is None:
        decision = Decision(due_at=now, steps=(Step(rule=Rule.FIRST),))
    elif asked > now + CLOCK_TOLERANCE:
        decision = Decision(due_at=now, steps=(Step(rule=Rule.CLOCK),))
    else:
        interval, steps = _interval(pace, asked, rhythm, limits, jitter)
        decision = Decision(due_at=asked + interval, steps=steps, interval=interval)
    return _in_quiet_hours(_waiting(decision, not_before, now), limits, jitter)


def _waiting(decision: Decision, not_before: datetime | None, now: datetime) -> Decision:
    if not_before is None or not_before <= decision.due_at or not_before > now + LONGEST_WAIT:
        return decision
    step = Step(rule=Rule.RETRY_AFTER, until=not_before)
    return replace(decision, due_at=not_before, steps=(*decision.steps, step))


def _in_quiet_hours(decision: Decision, limits: Limits, jitter: float) -> Decision:
    end = limits.quiet and limits.quiet.end_after(decision.due_at, limits.zone)
    if not end:
        return decision
    step = Step(rule=Rule.QUIET, until=end)
    due_at = end + jitter * min(QUIET_SPREAD, limits.shortest)
    return replace(decision, due_at=due_at, steps=(*decision.steps, step))


def _interval(
    pace: ChannelPace, asked: datetime, rhythm: Rhythm | None, limits: Limits, jitter: float
) -> tuple[timedelta, tuple[Step, ...]]:
    if pace.failure_kind is not None:
        step = _back_off(pace.failures, BACK_OFFS[pace.failure_kind], limits, jitter)
        return step.span, (step,)
    if pace.unfinished:
        return limits.spacing, (Step(rule=Rule.UNFINISHED, interval=limits.spacing),)
    steps = tuple(_wished(pace, asked, rhythm))
    within = _clamped(steps[-1].span, limits)
    steps = (*steps, within) if within else steps
    # The jitter goes below neither what the school allows nor what the channel states.
    stated = (span for span in (pace.ttl, pace.max_age) if span is not None)
    least = min(max((limits.shortest, *stated)), limits.longest)
    interval = steps[-1].span
    return interval - jitter * min(JITTER * interval, interval - least), steps


def _back_off(failures: int, by: BackOff, limits: Limits, jitter: float) -> Step:
    doubled = by.first * 2 ** min(failures - 1, MOST_DOUBLINGS)
    # Longer by the jitter, not shorter: nobody's list runs over here, and many failed together.
    wait = max(min(doubled, by.longest), limits.shortest) * (1 + JITTER * jitter)
    return Step(rule=Rule.BACK_OFF, interval=wait, number=failures)


def _wished(pace: ChannelPace, asked: datetime, rhythm: Rhythm | None) -> Iterator[Step]:
    """The interval that would be right if there were no limits, rule by rule."""
    step = _by_rhythm(pace, asked, rhythm)
    yield step
    interval = step.span
    share = pace.fresh / pace.listed if pace.listed >= SURGE_LISTED else 0.0
    if share > SURGE_SHARE and pace.elapsed is not None:
        # At the pace of the last time, that much later a safe share of the list would be new.
        safe = pace.elapsed * (SAFE_SHARE / share)
        if safe < interval:
            interval = safe
            yield Step(rule=Rule.SURGE, interval=interval, number=pace.fresh)
    if pace.empty_polls:
        interval = interval * min(1 + LULL_STEP * pace.empty_polls, LULL_MOST)
        yield Step(rule=Rule.LULL, interval=interval, number=pace.empty_polls)
    for rule, stated in ((Rule.TTL, pace.ttl), (Rule.MAX_AGE, pace.max_age)):
        if stated is not None and stated > interval:
            interval = stated
            yield Step(rule=rule, interval=interval)


def _by_rhythm(pace: ChannelPace, asked: datetime, rhythm: Rhythm | None) -> Step:
    if rhythm is None:
        return Step(rule=Rule.UNKNOWN, interval=START)
    wanted = min(WORTH_A_POLL, SAFE_SHARE * pace.listed) if pace.listed else WORTH_A_POLL
    interval = rhythm.until_expected(asked, wanted)
    return Step(rule=Rule.RHYTHM, interval=interval, number=rhythm.expected(asked, interval))


def _clamped(interval: timedelta, limits: Limits) -> Step | None:
    if interval < limits.shortest:
        return Step(rule=Rule.SHORTEST, interval=limits.shortest)
    if interval > limits.longest:
        return Step(rule=Rule.LONGEST, interval=limits.longest)
    return None
