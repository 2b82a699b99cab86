"""What a run's polls of a channel leave behind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from aggregator.model import (
    Channel,
    ChannelKind,
    ChannelPace,
    ChannelPoll,
    ChannelState,
    ChannelStatus,
    FailureKind,
)
from pipelines.polls import is_complete, pace_after, state_after
from tests.pipelines.builders import NOW

HOUR = timedelta(hours=1)
LATER = NOW + HOUR
RSS = Channel(publisher="contoh", name="rss", kind=ChannelKind.FEED, url="https://contoh.example")


def poll(status: ChannelStatus = ChannelStatus.OK, page: int = 1, **details: Any) -> ChannelPoll:
    return ChannelPoll(
        **{"channel": RSS, "page": page, "status": status, "fetched_at": NOW, **details}
    )


def ok(page: int = 1, **details: Any) -> ChannelPoll:
    return poll(page=page, **{"entries": 15, "etag": f'"{page}"', **details})


FAILED = poll(ChannelStatus.FAILED, reason="http 500")
BLOCKED = poll(ChannelStatus.BLOCKED, reason="refused (403)")
DEFERRED = poll(ChannelStatus.DEFERRED, reason="asked to wait")
WAIT = poll(ChannelStatus.BLOCKED, reason="too many requests (429)", not_before=LATER)
UNCHANGED = poll(ChannelStatus.UNCHANGED)

# --- validators -----------------------------------------------------------------------------------

KEPT = ChannelState(etag='"1"', polled_at=NOW)
FORGOTTEN = ChannelState(polled_at=NOW)

STATES: dict[str, tuple[list[ChannelPoll], bool, ChannelState | None]] = {
    "one page": ([ok()], False, KEPT),
    "an article is missing": ([ok()], True, FORGOTTEN),
    "two pages": ([ok(further=1), ok(2)], False, KEPT),
    "the second page never came": ([ok(further=1)], False, FORGOTTEN),
    "an index and its sitemaps": ([ok(further=2), ok(2), ok(3)], False, KEPT),
    "a sitemap never came": ([ok(further=2), ok(2)], False, FORGOTTEN),
    "a later page failed": ([ok(further=1), FAILED], False, None),
    "it failed": ([FAILED], False, None),
    "unchanged": ([UNCHANGED], False, None),
    "asked to wait": ([WAIT], False, ChannelState(not_before=LATER, polled_at=NOW)),
    "not asked": ([DEFERRED], False, None),
}


@pytest.mark.parametrize("name", STATES)
def test_what_is_remembered_for_the_next_request(name: str) -> None:
    polls, unfinished, state = STATES[name]
    assert state_after(polls, unfinished=unfinished) == state


def test_a_poll_is_complete_when_every_page_was_answered() -> None:
    assert is_complete([ok(further=1), ok(2, further=1), ok(3)])
    assert not is_complete([ok(further=1), ok(2, further=1)])


# --- pace -----------------------------------------------------------------------------------------

BEFORE = ChannelPace(
    attempted_at=NOW - 2 * HOUR,
    succeeded_at=NOW - 3 * HOUR,
    listed=20,
    fresh=4,
    empty_polls=2,
    failures=2,
    failure_kind=FailureKind.FAILED,
    failure="http 500",
    ttl=HOUR,
    max_age=HOUR,
)


def after(*polls: ChannelPoll, undone: bool = False, before: ChannelPace = BEFORE) -> ChannelPace:
    return pace_after(before, polls, undone=undone)


def test_a_success_forgets_the_failures() -> None:
    assert after(ok(fresh=3, ttl=2 * HOUR)) == ChannelPace(
        attempted_at=NOW,
        succeeded_at=NOW,
        elapsed=3 * HOUR,
        listed=15,
        fresh=3,
        ttl=2 * HOUR,
    )


def test_pages_are_counted_together() -> None:
    found = after(ok(fresh=15, further=1), ok(2, fresh=3))
    assert (found.listed, found.fresh, found.empty_polls) == (30, 18, 0)


def test_polls_without_a_fresh_entry_are_counted() -> None:
    assert after(ok()).empty_polls == 3


def test_an_unchanged_channel_lists_what_it_listed() -> None:
    found = after(poll(ChannelStatus.UNCHANGED, max_age=2 * HOUR))
    assert (found.listed, found.fresh, found.empty_polls) == (20, 0, 3)
    assert (found.ttl, found.max_age, found.succeeded_at) == (HOUR, 2 * HOUR, NOW)


def test_the_first_success_has_no_predecessor() -> None:
    assert after(ok(), before=ChannelPace()).elapsed is None


def test_a_clock_that_was_set_back_measures_nothing() -> None:
    before = ChannelPace(succeeded_at=NOW + HOUR)
    assert after(ok(), before=before).elapsed is None


def test_a_failure_is_counted_and_leaves_the_rhythm() -> None:
    found = after(poll(ChannelStatus.FAILED, reason="timeout", unreached=True))
    assert (found.failures, found.failure_kind, found.failure) == (
        3,
        FailureKind.UNREACHED,
        "timeout",
    )
    assert (found.attempted_at, found.succeeded_at) == (NOW, NOW - 3 * HOUR)
    assert (found.listed, found.fresh, found.empty_polls, found.ttl) == (20, 4, 2, HOUR)


KINDS = {
    FailureKind.FAILED: FAILED,
    FailureKind.BLOCKED: BLOCKED,
    FailureKind.UNREACHED: poll(ChannelStatus.FAILED, reason="no such host", unreached=True),
}


@pytest.mark.parametrize("kind", KINDS)
def test_failures_are_of_kinds(kind: FailureKind) -> None:
    assert after(KINDS[kind]).failure_kind is kind


def test_not_now_is_no_refusal() -> None:
    assert after(WAIT).failure_kind is FailureKind.FAILED


def test_a_later_page_that_fails_leaves_the_first_read() -> None:
    found = after(ok(further=1), FAILED)
    assert (found.failures, found.failure_kind, found.succeeded_at) == (0, None, NOW)


def test_an_index_whose_sitemaps_all_fail_has_failed() -> None:
    assert after(ok(entries=0, further=2), FAILED, BLOCKED).failures == 3


def test_an_honestly_empty_channel_has_not_failed() -> None:
    assert after(ok(entries=0)).failures == 0


@pytest.mark.parametrize("status", [ChannelStatus.DEFERRED, ChannelStatus.NOT_ARCHIVED])
def test_who_was_not_asked_taught_nothing(status: ChannelStatus) -> None:
    assert after(poll(status)) == BEFORE
    assert after() == BEFORE


def test_what_was_left_undone_is_remembered() -> None:
    assert after(ok(), undone=True).unfinished
    assert after(ok(further=1)).unfinished
    assert after(ok(further=1), DEFERRED).unfinished
    assert not after(ok(further=1), ok(2)).unfinished
