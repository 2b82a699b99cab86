"""What is wrong with one channel, from how it answered lately. Pure.

A channel whose newest answer is good is judged by what it listed; one whose newest answers are bad
by why. Trouble of the line or of a busy server passes by itself and is a finding only when it
lasts; a page where a feed was, a refusal, an address that is gone do not pass, and are findings at
once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from types import MappingProxyType

from aggregator import reasons
from aggregator.health.finding import Finding, FindingKind, middle
from aggregator.health.rhythm import Calendar, silence
from aggregator.model import ChannelRecord, ChannelStatus, EndState
from pipelines.report import FINAL_FAILURES

LASTS = 3
"""Bad answers in a row after which trouble is no passing one …"""
LASTS_FOR = timedelta(hours=24)
"""… or the time for which it has been bad, for who asks seldom."""

LEAST_ENTRIES = 3
"""Entries that a judgement on all of them needs; fewer may be chance."""
LEAST_DUPLICATES = 5
DUPLICATES_WITHIN = timedelta(days=7)

HOST_CLOCK_OFF = timedelta(minutes=10)
"""Servers are usually right to the second; caches without an Age header lag by minutes."""
CLOCK_ANSWERS = 3
"""Answers whose median counts, so that one stale copy does not."""

# Reasons of a failed channel that no waiting heals, by what they are called.
STRUCTURE: Mapping[str, FindingKind] = MappingProxyType(
    {
        reasons.ONE_LINK: FindingKind.CHANNEL_ONE_LINK,
        reasons.HTML_INSTEAD: FindingKind.CHANNEL_HTML,
        reasons.ALL_BAD: FindingKind.CHANNEL_UNUSABLE,
        reasons.UNPARSEABLE: FindingKind.CHANNEL_UNUSABLE,
        reasons.UNEXPECTED: FindingKind.CHANNEL_UNUSABLE,
        reasons.SAYS_ERROR: FindingKind.CHANNEL_UNUSABLE,
        **dict.fromkeys(FINAL_FAILURES, FindingKind.CHANNEL_GONE),
    }
)
# Refusals that mean "later".
PASSING = frozenset({reasons.TOO_MANY})

# Ends that say nothing of what the text is.
_SAYS_NOTHING = (EndState.DROPPED, EndState.DEFERRED, EndState.NOT_ARCHIVED)

BAD = (ChannelStatus.BLOCKED, ChannelStatus.FAILED)
GOOD = (ChannelStatus.OK, ChannelStatus.UNCHANGED)


def findings(
    polls: Sequence[ChannelRecord], calendar: Calendar, *, rhythm: bool = True
) -> Iterator[Finding]:
    """What is wrong with one channel; ``polls`` are its own, oldest first.

    ``rhythm``: whether a standstill is looked for.
    """
    told = [poll for poll in polls if poll.status in (*BAD, *GOOD)]
    if not told:
        return
    if told[-1].status in BAD:
        yield from _trouble(told)
        return
    listed = [poll for poll in told if poll.status is ChannelStatus.OK]
    found = (_outside(listed), _empty(listed), _duplicates(listed), _future(listed))
    yield from filter(None, found)
    if rhythm:
        yield from filter(None, [_still(told, calendar)])


def _trouble(polls: Sequence[ChannelRecord]) -> Iterator[Finding]:
    streak = [*takewhile(lambda poll: poll.status in BAD, reversed(polls))][::-1]
    last, reason = streak[-1], next(iter(streak[-1].reasons), "")
    kind = STRUCTURE.get(reason, FindingKind.CHANNEL_FAILING)
    if last.status is ChannelStatus.BLOCKED:
        kind = FindingKind.CHANNEL_BLOCKED
    passing = kind is FindingKind.CHANNEL_FAILING or reason in PASSING
    if not passing or _lasts(polls, streak):
        yield _finding(kind, last, streak[0].polled_at, reason=reason, answers=len(streak))


def _lasts(polls: Sequence[ChannelRecord], streak: Sequence[ChannelRecord]) -> bool:
    """Whether what the newest answers have in common is no passing thing."""
    never_else = len(streak) == len(polls)
    duration = streak[-1].polled_at - streak[0].polled_at
    return never_else or len(streak) >= LASTS or duration >= LASTS_FOR


def _outside(polls: Sequence[ChannelRecord]) -> Finding | None:
    """All entries of the newest answer lead to strange hosts."""

    def is_outside(poll: ChannelRecord) -> bool:
        count = poll.ends.get(f"{EndState.DROPPED}:outside host", 0)
        return count >= LEAST_ENTRIES and count == sum(poll.ends.values())

    streak = _streak(polls, is_outside)
    if not streak:
        return None
    return _finding(
        FindingKind.CHANNEL_OUTSIDE, streak[-1], streak[0].polled_at, entries=streak[-1].entries
    )


def _future(polls: Sequence[ChannelRecord]) -> Finding | None:
    """Most entries of the newest answer are dated later than it."""

    def is_future(poll: ChannelRecord) -> bool:
        return poll.future >= LEAST_ENTRIES and 2 * poll.future >= poll.entries

    streak = _streak(polls, is_future)
    if not streak:
        return None
    last = streak[-1]
    ahead = last.newest_at - last.polled_at if last.newest_at else timedelta()
    return _finding(
        FindingKind.CHANNEL_FUTURE,
        last,
        streak[0].polled_at,
        future=last.future,
        entries=last.entries,
        hours=round(ahead / timedelta(hours=1), 1),
    )


def _duplicates(polls: Sequence[ChannelRecord]) -> Finding | None:
    """All that it listed lately are texts that are held under other addresses."""
    if not polls:
        return None
    lately = [poll for poll in polls if poll.polled_at >= polls[-1].polled_at - DUPLICATES_WITHIN]
    states: Counter[str] = Counter()
    for poll in lately:
        for words, count in poll.ends.items():
            states[words.partition(":")[0]] += count
    copies = states[EndState.DUPLICATE]
    others = states.total() - copies - sum(states[state] for state in _SAYS_NOTHING)
    if copies < LEAST_DUPLICATES or others:
        return None
    return _finding(FindingKind.CHANNEL_DUPLICATES, lately[-1], lately[0].polled_at, copies=copies)


def _empty(polls: Sequence[ChannelRecord]) -> Finding | None:
    """It used to list something, and lists nothing."""
    streak = _streak(polls, lambda poll: poll.entries == 0)
    if not streak or len(streak) == len(polls) or not _lasts(polls, streak):
        return None
    return _finding(FindingKind.CHANNEL_EMPTY, streak[-1], streak[0].polled_at)


def _still(polls: Sequence[ChannelRecord], calendar: Calendar) -> Finding | None:
    good = [poll for poll in polls if poll.status in GOOD]
    moves = [poll.polled_at for poll in good if poll.fresh]
    found = silence(moves, good[-1].polled_at, calendar)
    if found is None:
        return None
    return _finding(FindingKind.CHANNEL_STILL, good[-1], found.since, missed=round(found.missed, 1))


def clock_of(polls: Sequence[ChannelRecord]) -> timedelta | None:
    """How far a channel's server is ahead of us, by its newest answers; ``None``: it never said."""
    known = [poll.clock_skew for poll in polls if poll.clock_skew is not None]
    return middle(known[-CLOCK_ANSWERS:]) if known else None


def clock_finding(polls: Sequence[ChannelRecord]) -> Finding | None:
    """The server's clock is off, where ours is not."""
    skew = clock_of(polls)
    if skew is None or abs(skew) < HOST_CLOCK_OFF:
        return None
    streak = _streak(
        polls, lambda poll: poll.clock_skew is None or abs(poll.clock_skew) >= HOST_CLOCK_OFF
    )
    return _finding(
        FindingKind.CHANNEL_CLOCK,
        polls[-1],
        streak[0].polled_at if streak else polls[-1].polled_at,
        minutes=round(skew / timedelta(minutes=1)),
    )


def _streak(
    polls: Sequence[ChannelRecord], condition: Callable[[ChannelRecord], bool]
) -> list[ChannelRecord]:
    """The newest polls that all fulfil a condition, oldest first."""
    return [*takewhile(condition, reversed(polls))][::-1]


def _finding(kind: FindingKind, poll: ChannelRecord, since: datetime, **facts: object) -> Finding:
    return Finding(
        kind=kind, publisher=poll.publisher, subject=poll.channel, since=since, facts=facts
    )
