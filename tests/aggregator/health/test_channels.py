"""What is wrong with a channel, and what only looks so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from aggregator import reasons
from aggregator.health.channels import STRUCTURE, clock_finding, clock_of, findings
from aggregator.health.finding import Finding, FindingKind
from aggregator.model import ChannelRecord
from spiders import blocks
from tests.aggregator.health.builders import (
    BLOCKED,
    CALENDAR,
    DEFERRED,
    FAILED,
    HOUR,
    NOON,
    UNCHANGED,
    poll,
)


def found(*polls: ChannelRecord) -> list[Finding]:
    return list(findings(polls, CALENDAR))


def kinds(*polls: ChannelRecord) -> list[FindingKind]:
    return [finding.kind for finding in found(*polls)]


# --- answers that are bad ---------------------------------------------------------------------

AT_ONCE = {
    "a web page": (FAILED, reasons.HTML_INSTEAD, FindingKind.CHANNEL_HTML),
    "one link": (FAILED, reasons.ONE_LINK, FindingKind.CHANNEL_ONE_LINK),
    "every entry unusable": (FAILED, reasons.ALL_BAD, FindingKind.CHANNEL_UNUSABLE),
    "not to be parsed": (FAILED, reasons.UNPARSEABLE, FindingKind.CHANNEL_UNUSABLE),
    "another layout": (FAILED, reasons.UNEXPECTED, FindingKind.CHANNEL_UNUSABLE),
    "an error told in JSON": (FAILED, reasons.SAYS_ERROR, FindingKind.CHANNEL_UNUSABLE),
    "not found": (FAILED, "not found", FindingKind.CHANNEL_GONE),
    "gone": (FAILED, "gone", FindingKind.CHANNEL_GONE),
    "refused": (BLOCKED, blocks.REFUSED, FindingKind.CHANNEL_BLOCKED),
    "a challenge": (BLOCKED, blocks.CLOUDFLARE, FindingKind.CHANNEL_BLOCKED),
    "robots.txt": (BLOCKED, "robots.txt", FindingKind.CHANNEL_BLOCKED),
    "a hotspot": (BLOCKED, blocks.CAPTIVE_PORTAL, FindingKind.CHANNEL_BLOCKED),
}


@pytest.mark.parametrize("name", AT_ONCE)
def test_what_does_not_pass_is_told_at_once(name: str) -> None:
    status, reason, kind = AT_ONCE[name]
    (finding,) = found(poll(2), poll(1), poll(0, status, reason))
    assert (finding.kind, finding.since, finding.subject) == (kind, NOON, "rss")
    assert finding.facts == {"reason": reason, "answers": 1}


PASSING = {
    "a timeout": (FAILED, "timeout"),
    "a broken server": (FAILED, "http 500"),
    "no connection": (FAILED, "connection failed"),
    "no such host": (FAILED, "no such host"),
    "too large": (FAILED, "response too large"),
    "robots.txt out of reach": (FAILED, "robots.txt unreachable"),
    "too many requests": (BLOCKED, blocks.TOO_MANY),
}


@pytest.mark.parametrize("name", PASSING)
def test_what_passes_by_itself_is_told_when_it_lasts(name: str) -> None:
    bad = PASSING[name]
    assert kinds(poll(2), poll(1, *bad), poll(0, *bad)) == []
    assert len(kinds(poll(3), poll(2, *bad), poll(1, *bad), poll(0, *bad))) == 1
    assert len(kinds(poll(30), poll(25, *bad), poll(0, *bad))) == 1
    assert len(kinds(poll(0, *bad))) == 1, "a channel that never answered well"


def test_trouble_that_is_over_is_none() -> None:
    bad = [poll(n, FAILED, "timeout") for n in (9, 8, 7, 6)]
    assert kinds(*bad, poll(5)) == []
    assert kinds(*bad, poll(5, UNCHANGED)) == []


def test_since_is_when_the_trouble_began() -> None:
    polls = [poll(9, FAILED, "timeout"), poll(8), *(poll(n, FAILED, "timeout") for n in (5, 4, 3))]
    (finding,) = found(*polls)
    assert (finding.since, finding.facts["answers"]) == (NOON - 5 * HOUR, 3)


def test_the_newest_reason_names_it() -> None:
    polls = [poll(2, FAILED, "timeout"), poll(1, FAILED, "http 500"), poll(0, FAILED, "gone")]
    assert kinds(*polls) == [FindingKind.CHANNEL_GONE]


def test_a_poll_that_was_not_made_says_nothing() -> None:
    bad = [poll(n, FAILED, "timeout") for n in (5, 4, 3)]
    assert len(kinds(poll(6), *bad, poll(2, DEFERRED, "asked to wait"))) == 1
    assert kinds(poll(2, DEFERRED, "asked to wait")) == []
    assert kinds() == []


def test_every_reason_of_a_channel_reader_has_its_kind() -> None:
    of_channels = {
        *(reasons.ALL_BAD, reasons.ONE_LINK, reasons.HTML_INSTEAD, reasons.UNPARSEABLE),
        *(reasons.UNEXPECTED, reasons.SAYS_ERROR),
    }
    assert of_channels <= set(STRUCTURE)


# --- answers that look good ---------------------------------------------------------------------

OUTSIDE = "dropped:outside host"

LISTED: dict[str, tuple[Sequence[ChannelRecord], list[FindingKind]]] = {
    "nothing wrong": ([poll(ends={"stored": 3, "known": 7})], []),
    "all outside": ([poll(ends={OUTSIDE: 10})], [FindingKind.CHANNEL_OUTSIDE]),
    "nearly all outside": ([poll(ends={OUTSIDE: 9, "known": 1})], []),
    "two outside": ([poll(ends={OUTSIDE: 2}, entries=2)], []),
    "outside before": ([poll(1, ends={OUTSIDE: 10}), poll(ends={"known": 9})], []),
    "most from the future": ([poll(future=6)], [FindingKind.CHANNEL_FUTURE]),
    "few from the future": ([poll(future=4)], []),
    "two of two from the future": ([poll(future=2, entries=2)], []),
    "only copies": (
        [poll(n, ends={"duplicate:same text": 2, "dropped:photo page": 1}) for n in (3, 2, 1)],
        [FindingKind.CHANNEL_DUPLICATES],
    ),
    "few copies": ([poll(ends={"duplicate:same text": 4})], []),
    "copies and a new one": ([poll(ends={"duplicate:same text": 9, "stored": 1})], []),
    "copies and known ones": ([poll(ends={"duplicate:same text": 9, "known": 1})], []),
    "copies long ago": (
        [poll(24 * 8, ends={"duplicate:same text": 9}), poll(ends={"known": 3})],
        [],
    ),
    "empty for three answers": (
        [poll(3), *(poll(n, entries=0) for n in (2, 1, 0))],
        [FindingKind.CHANNEL_EMPTY],
    ),
    "empty once": ([poll(1), poll(0, entries=0)], []),
    "always empty": ([poll(n, entries=0) for n in range(5)], []),
    "unchanged": ([poll(1), poll(0, UNCHANGED, entries=0)], []),
}


@pytest.mark.parametrize("name", LISTED)
def test_what_a_good_answer_lists(name: str) -> None:
    polls, expected = LISTED[name]
    assert kinds(*polls) == expected


def test_how_far_in_the_future_is_told() -> None:
    (finding,) = found(poll(future=8, newest_at=NOON + 7 * HOUR))
    assert finding.facts == {"future": 8, "entries": 10, "hours": 7.0}


def test_a_channel_that_stands_still() -> None:
    hourly = [poll(24 * 20 - n, fresh=1) for n in range(0, 24 * 16, 4)]
    silent = [poll(n, UNCHANGED) for n in range(24 * 4, -1, -4)]
    (finding,) = findings([*hourly, *silent], CALENDAR)
    assert finding.kind is FindingKind.CHANNEL_STILL
    assert finding.since == hourly[-1].polled_at
    assert list(findings([*hourly, *silent], CALENDAR, rhythm=False)) == []
    assert list(findings(hourly, CALENDAR)) == []


# --- clocks ---------------------------------------------------------------------------------------


def skewed(*minutes: float | None) -> list[ChannelRecord]:
    return [
        poll(len(minutes) - n, clock_skew=None if m is None else timedelta(minutes=m))
        for n, m in enumerate(minutes)
    ]


@pytest.mark.parametrize(
    ("minutes", "wrong"),
    [
        ((0, 0, 0), False),
        ((60, 60, 60), True),
        ((-60,), True),
        ((0, 0, 60), False),
        ((9, 9, 9), False),
        ((60, None, None), True),
        ((None,), False),
        ((), False),
        ((60, 60, 60, 0, 0), False),
    ],
)
def test_a_servers_clock_counts_by_its_newest_answers(
    minutes: Sequence[float | None], wrong: bool
) -> None:
    assert (clock_finding(skewed(*minutes)) is not None) is wrong


def test_since_when_a_servers_clock_is_wrong() -> None:
    finding = clock_finding(skewed(0, 61, 59, 60))
    assert finding is not None
    assert (finding.since, finding.facts) == (NOON - 3 * HOUR, {"minutes": 60})
    assert clock_of(skewed(None)) is None
