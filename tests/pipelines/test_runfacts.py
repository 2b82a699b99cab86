"""What a run met at its channels, as facts; judged elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from aggregator.model import (
    Channel,
    ChannelKind,
    ChannelPoll,
    ChannelRecord,
    ChannelStatus,
    Discovery,
    EndState,
    Entry,
    RobotsAnswer,
    RobotsDecision,
)
from pipelines.report import Report
from pipelines.runfacts import RunFacts
from tests.pipelines.builders import NOW, WIB


def found(key: str, published: str | None = None) -> Discovery:
    url = f"https://contoh.example/{key}"
    return Discovery(
        url=url,
        canonical_url=url,
        external_id=key,
        channel="rss",
        entry=Entry(url=url, published_raw=published),
    )


def poll(**changes: Any) -> ChannelPoll:
    channel = Channel(
        publisher="contoh", name="rss", kind=ChannelKind.FEED, url="https://contoh.example/rss"
    )
    known: dict[str, Any] = {"page": 1, "status": ChannelStatus.OK, "fetched_at": NOW}
    return ChannelPoll(channel=channel, **{**known, **changes})


def the_record(facts: RunFacts, *polls: ChannelPoll, **ends: Any) -> ChannelRecord:
    report = Report(
        publisher="contoh",
        polls=list(polls),
        ends={f"https://contoh.example/{key}": end for key, end in ends.items()},
    )
    (record,) = facts.records(report)
    return record


def test_pages_of_a_channel_are_taken_together() -> None:
    facts = RunFacts()
    facts.list("rss", [found("a")], {"a"}, WIB, NOW)
    facts.list("rss", [found("b"), found("c")], {"c"}, WIB, NOW)
    record = the_record(
        facts,
        poll(entries=1),
        poll(page=2, entries=2, fetched_at=NOW + timedelta(seconds=1)),
        a=(EndState.STORED, None),
        b=(EndState.KNOWN, None),
        c=(EndState.DROPPED, "photo page"),
    )
    assert (record.pages, record.entries, record.fresh, record.polled_at) == (2, 3, 2, NOW)
    assert record.ends == {"stored": 1, "known": 1, "dropped:photo page": 1}


@pytest.mark.parametrize(
    ("published", "future"),
    [
        ("Sabtu, 1 Agustus 2026 10:00 WIB", 0),
        ("Sabtu, 1 Agustus 2026 10:45 WIB", 0),
        ("Sabtu, 1 Agustus 2026 11:00 WIB", 1),
        ("Sat, 01 Aug 2026 10:00:00 +0000", 1),
        ("1 jam lalu", 0),
        ("entah kapan", 0),
        (None, 0),
    ],
)
def test_entries_from_the_future_are_counted(published: str | None, future: int) -> None:
    facts = RunFacts()
    facts.list("rss", [found("a", published)], set(), WIB, NOW)
    assert the_record(facts, poll()).future == future


def test_the_newest_date_is_kept() -> None:
    facts = RunFacts()
    days = ("3 Juli 2026", "31 Juli 2026", "4 Juli 2026")
    facts.list("rss", [found(day, day) for day in days], set(), WIB, NOW)
    newest = the_record(facts, poll()).newest_at
    assert newest is not None
    assert newest.day == 31


def test_a_channel_that_failed_lists_nothing() -> None:
    failed = poll(status=ChannelStatus.FAILED, reason="http 500")
    record = the_record(RunFacts(), failed)
    assert (record.status, record.reasons, record.ends, record.newest_at) == (
        ChannelStatus.FAILED,
        ("http 500",),
        {},
        None,
    )


def test_the_clock_of_the_first_page_that_has_one_counts() -> None:
    skew = timedelta(seconds=90)
    record = the_record(RunFacts(), poll(), poll(page=2, clock_skew=skew))
    assert record.clock_skew == skew


def test_requests_are_counted_with_the_answer_that_judged_them() -> None:
    facts = RunFacts()
    answer = RobotsAnswer(host="contoh.example", decision=RobotsDecision.RULES, fetched_at=NOW)
    facts.robots("contoh", answer)
    for allowed in (True, False, True):
        facts.judged("contoh.example", allowed)
    (visit,) = facts.visits
    assert (visit.answer, visit.allowed, visit.refused) == (answer, 2, 1)
