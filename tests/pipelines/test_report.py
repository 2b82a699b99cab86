"""The report accounts for every discovered URL and says what is wrong with a channel."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model import Channel, ChannelKind, ChannelPoll, ChannelStatus, EndState
from pipelines.report import Report, is_unfinished
from tests.pipelines.builders import NOW


def poll(name: str = "rss", **changes: Any) -> ChannelPoll:
    channel = Channel(
        publisher="contoh", name=name, kind=ChannelKind.FEED, url="https://contoh.example/rss"
    )
    known: dict[str, Any] = {"page": 1, "status": ChannelStatus.OK, "fetched_at": NOW}
    return ChannelPoll(channel=channel, **{**known, **changes})


def report(*polls: ChannelPoll, **ends: tuple[EndState, str | None] | None) -> Report:
    return Report(publisher="contoh", ends=dict(ends), polls=list(polls))


ends = st.one_of(
    st.none(), st.tuples(st.sampled_from(EndState), st.sampled_from([None, "gone", "photo page"]))
)


@given(st.dictionaries(st.text(), ends))
def test_the_states_sum_up_to_what_was_discovered(found: dict[str, Any]) -> None:
    counted = Report(publisher="contoh", ends=found)
    assert sum(counted.states().values()) == counted.discovered == len(found)


def test_states_are_counted_with_their_reasons() -> None:
    counted = report(
        a=(EndState.STORED, None),
        b=(EndState.STORED, None),
        c=(EndState.DROPPED, "photo page"),
        d=(EndState.DROPPED, "video page"),
        e=None,
    )
    assert counted.states() == {
        "stored": 2,
        "dropped:photo page": 1,
        "dropped:video page": 1,
        "under way": 1,
    }


def test_ends_are_told_in_the_order_of_discovery() -> None:
    counted = report(z=(EndState.FAILED, "gone"), a=(EndState.KNOWN, None))
    assert [*counted.ends_in_words().items()] == [("z", "failed:gone"), ("a", "known")]


def test_an_empty_report_has_discovered_nothing() -> None:
    assert (report().discovered, report().states(), [*report().channels()]) == (0, {}, [])


@pytest.mark.parametrize(
    ("state", "reason", "unfinished"),
    [
        (EndState.FAILED, "http 500", True),
        (EndState.FAILED, None, True),
        (EndState.FAILED, "gone", False),
        (EndState.FAILED, "not found", False),
        (EndState.BLOCKED, "refused (403)", True),
        (EndState.DEFERRED, "stopped", True),
        (EndState.NOT_ARCHIVED, None, True),
        (EndState.STORED, None, False),
        (EndState.UNCHANGED, None, False),
        (EndState.REVISED, None, False),
        (EndState.DUPLICATE, "same text", False),
        (EndState.KNOWN, None, False),
        (EndState.DROPPED, "photo page", False),
    ],
)
def test_unfinished_is_what_is_worth_asking_for_again(
    state: EndState, reason: str | None, unfinished: bool
) -> None:
    assert is_unfinished(state, reason) is unfinished


@pytest.mark.parametrize(
    ("statuses", "shown"),
    [
        (["ok", "ok"], "ok"),
        (["ok", "failed"], "failed"),
        (["blocked", "ok"], "blocked"),
        (["blocked", "failed"], "failed"),
        (["unchanged"], "unchanged"),
        (["ok", "not archived"], "not archived"),
        (["ok", "deferred"], "deferred"),
    ],
)
def test_a_channel_is_as_bad_as_its_worst_page(statuses: list[str], shown: str) -> None:
    polls = [poll(page=n, status=ChannelStatus(s)) for n, s in enumerate(statuses, 1)]
    (channel,) = report(*polls).channels()
    assert channel.status == shown


@pytest.mark.parametrize("status", ChannelStatus)
def test_every_status_can_be_shown(status: ChannelStatus) -> None:
    assert [channel.status for channel in report(poll(status=status)).channels()] == [status]


def test_entries_of_all_pages_are_one_number() -> None:
    found = report(poll("a", entries=20), poll("b", entries=5), poll("a", page=2, entries=7))
    assert [(c.name, c.entries) for c in found.channels()] == [("a", 27), ("b", 5)]


def test_reasons_of_all_pages_are_given_once() -> None:
    failed = {"status": ChannelStatus.FAILED}
    polls = (poll(reason="html", **failed), poll(reason="html", **failed), poll(reason="empty"))
    (channel,) = report(*polls).channels()
    assert channel.reasons == ("html", "empty")


def test_skipped_entries_are_counted_by_reason() -> None:
    pages = (
        poll(skipped=("no link", "no link")),
        poll(page=2, skipped=("no link", "outside host")),
    )
    (channel,) = report(*pages).channels()
    assert channel.skipped == {"no link": 3, "outside host": 1}


def test_a_channel_without_trouble_has_neither_reasons_nor_skips() -> None:
    (channel,) = report(poll(entries=3)).channels()
    assert (channel.reasons, channel.skipped) == ((), {})
