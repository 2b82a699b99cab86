"""What channels have in common, and what the ends of articles say."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from aggregator.health.finding import Finding, FindingKind
from aggregator.health.publishers import article_findings, blocked_share, quiet, rolled_up
from aggregator.model import EndCount, EndState
from tests.aggregator.health.builders import CALENDAR, HOUR, NOON, poll

BLOCKED, FAILING = FindingKind.CHANNEL_BLOCKED, FindingKind.CHANNEL_FAILING


def trouble(
    publisher: str, channel: str, kind: FindingKind = FAILING, reason: str = "timeout", ago: int = 0
) -> Finding:
    return Finding(
        kind=kind,
        publisher=publisher,
        subject=channel,
        since=NOON - ago * HOUR,
        facts={"reason": reason, "answers": 3},
    )


def kinds(found: Sequence[Finding]) -> list[str]:
    return [finding.key for finding in found]


def test_all_channels_of_a_publisher_are_told_once() -> None:
    found = [trouble("a", "rss", BLOCKED, "refused (403)", 5), trouble("a", "indeks", BLOCKED, "x")]
    (finding,) = rolled_up(found, {"a": 2, "b": 1})
    assert finding.key == "publisher-blocked/a"
    assert (finding.since, finding.facts) == (NOON, {"reason": "refused (403)", "channels": 2})


@pytest.mark.parametrize(
    ("found", "keys"),
    [
        ([], []),
        ([trouble("a", "rss")], ["channel-failing/a/rss"]),
        ([trouble("a", "rss"), trouble("a", "indeks", BLOCKED)],
         ["channel-failing/a/rss", "channel-blocked/a/indeks"]),
        ([trouble("a", "rss"), trouble("a", "indeks")], ["publisher-unreachable/a"]),
        ([trouble("a", "rss"), trouble("a", "indeks"), trouble("b", "rss", reason="http 500")],
         ["publisher-unreachable/a", "publisher-unreachable/b"]),
        ([trouble("a", "rss"), trouble("a", "indeks"), trouble("b", "rss")], ["network-down"]),
        ([trouble("a", "rss", BLOCKED, "captive portal"),
          trouble("a", "indeks", BLOCKED, "captive portal"),
          trouble("b", "rss", reason="no such host")], ["network-down"]),
    ],
)  # fmt: skip
def test_what_is_common_is_told_where_it_belongs(found: list[Finding], keys: list[str]) -> None:
    assert kinds(rolled_up(found, {"a": 2, "b": 1})) == keys


def test_one_publisher_alone_says_nothing_of_the_network() -> None:
    assert kinds(rolled_up([trouble("a", "rss")], {"a": 1})) == ["publisher-unreachable/a"]


def test_other_findings_stay_beside() -> None:
    still = Finding(kind=FindingKind.CHANNEL_CLOCK, publisher="a", subject="rss", since=NOON)
    found = rolled_up([trouble("a", "rss"), trouble("b", "rss"), still], {"a": 1, "b": 1})
    assert kinds(found) == ["network-down", "channel-clock/a/rss"]


# --- rhythm ---------------------------------------------------------------------------------------


def test_a_publisher_without_new_articles_is_quiet() -> None:
    stored = [poll(24 * 20 - n, ends={"stored": 2}) for n in range(0, 24 * 16, 4)]
    copies = [poll(n, ends={"known": 10}) for n in range(24 * 4, -1, -4)]
    finding = quiet("a", [*stored, *copies], CALENDAR, NOON)
    assert finding is not None
    assert finding.since == stored[-1].polled_at
    assert quiet("a", stored, CALENDAR, stored[-1].polled_at) is None
    assert quiet("a", copies, CALENDAR, NOON) is None


# --- articles -------------------------------------------------------------------------------------


def end(state: EndState, urls: int, reason: str | None = None, ago: int = 0) -> EndCount:
    return EndCount(
        publisher="a", started_at=NOON - ago * HOUR, state=state, reason=reason, urls=urls
    )


STORED, FAILED = EndState.STORED, EndState.FAILED
REFUSED = "refused (403)"

ENDS: dict[str, tuple[list[EndCount], list[str]]] = {
    "all well": ([end(STORED, 20)], []),
    "one in four refused": (
        [end(STORED, 6), end(EndState.BLOCKED, 2, REFUSED)],
        ["articles-blocked/a"],
    ),
    "one in ten refused": ([end(STORED, 18), end(EndState.BLOCKED, 2, REFUSED)], []),
    "one refused of few": ([end(STORED, 4), end(EndState.BLOCKED, 1, REFUSED)], []),
    "refused among known ones": (
        [end(EndState.KNOWN, 500), end(STORED, 3), end(EndState.BLOCKED, 3, REFUSED)],
        ["articles-blocked/a"],
    ),
    "too few to tell": ([end(EndState.BLOCKED, 4, REFUSED)], []),
    "half without headline": (
        [end(STORED, 5), end(FAILED, 3, "no headline"), end(FAILED, 2, "no body")],
        ["articles-unreadable/a"],
    ),
    "some without body": ([end(STORED, 8), end(FAILED, 2, "no body")], []),
    "timeouts": ([end(STORED, 2), end(FAILED, 8, "timeout")], []),
    "deferred": ([end(EndState.DEFERRED, 50, "limit")], []),
    "nothing": ([], []),
}


@pytest.mark.parametrize("name", ENDS)
def test_shares_of_articles(name: str) -> None:
    ends, keys = ENDS[name]
    assert kinds(list(article_findings("a", ends))) == keys


def test_what_is_told_of_refused_articles() -> None:
    ends = [
        end(EndState.BLOCKED, 1, "robot check", ago=9),
        end(STORED, 2, ago=9),
        end(EndState.BLOCKED, 3, REFUSED, ago=2),
    ]
    (finding,) = article_findings("a", ends)
    assert finding.since == NOON - 9 * HOUR
    assert finding.facts == {"urls": 4, "asked": 6, "reason": REFUSED}


def test_the_share_of_refused_articles() -> None:
    assert blocked_share([end(STORED, 3), end(EndState.BLOCKED, 1)]) == 0.25
    assert blocked_share([end(EndState.KNOWN, 3)]) is None
