"""Whether a listed article is worth a request."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from aggregator import reasons
from aggregator.model import EndState, Fetch, Look
from pipelines.seen import RETRY_AFTER, Memory, decide
from tests.pipelines.builders import NOW

A_MOMENT = timedelta(seconds=1)
HEADLINE = "Siswa SMK Juara"


def held(**changes: Any) -> Memory:
    """An article that the channel listed before."""
    return Memory(**{"held": True, "listed_headline": HEADLINE, **changes})


def ended(
    state: EndState,
    reason: str | None = None,
    ago: timedelta = A_MOMENT,
    failing_for: timedelta | None = None,
) -> Memory:
    fetch = Fetch(
        publisher="contoh",
        channel="rss",
        url="https://contoh.example/berita/1",
        key="1",
        state=state,
        reason=reason,
        ended_at=NOW - ago,
    )
    first = NOW - ago - failing_for if failing_for is not None else None
    return Memory(last_fetch=fetch, first_fetch_at=first)


def look(memory: Memory, headline: str | None = HEADLINE, *, recheck: bool = False) -> Look:
    return decide(memory, headline=headline, now=NOW, recheck=recheck)[0]


def test_what_is_unknown_is_new() -> None:
    assert decide(Memory(), headline=None, now=NOW) == (Look.NEW, None)


@pytest.mark.parametrize("recheck", [False, True])
def test_what_was_withdrawn_is_never_asked_for(recheck: bool) -> None:
    for memory in (Memory(buried=True), held(buried=True, listed_headline="Lain")):
        assert decide(memory, headline=HEADLINE, now=NOW, recheck=recheck) == (
            Look.KNOWN,
            "withdrawn",
        )


def test_listing_it_again_is_no_reason_to_look() -> None:
    assert look(held()) is Look.KNOWN


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Siswa SMK Juara Nasional", Look.AGAIN),
        ("SISWA  smk juara ", Look.KNOWN),
        (None, Look.KNOWN),
        ("", Look.KNOWN),
    ],
)
def test_another_headline_in_the_channel_means_another_look(
    headline: str | None, expected: Look
) -> None:
    assert look(held(), headline) is expected


def test_a_channel_that_lists_it_first_says_nothing_new() -> None:
    assert look(held(listed_headline=None)) is Look.KNOWN


@pytest.mark.parametrize(
    ("memory", "expected"),
    [
        (held(), Look.AGAIN),
        (Memory(), Look.NEW),
        (ended(EndState.DROPPED, "photo page"), Look.NEW),
        (ended(EndState.FAILED), Look.NEW),
    ],
)
def test_a_recheck_asks_for_everything(memory: Memory, expected: Look) -> None:
    assert look(memory, recheck=True) is expected


@pytest.mark.parametrize("state", [EndState.DROPPED, EndState.DUPLICATE])
def test_what_was_judged_stays_judged(state: EndState) -> None:
    memory = ended(state, "photo page", ago=timedelta(days=365))
    assert decide(memory, headline=HEADLINE, now=NOW) == (Look.KNOWN, f"{state}: photo page")


@pytest.mark.parametrize("state", [EndState.FAILED, EndState.BLOCKED])
def test_what_failed_is_asked_for_again_after_a_pause(state: EndState) -> None:
    assert look(ended(state, ago=RETRY_AFTER - A_MOMENT)) is Look.KNOWN
    assert look(ended(state, ago=RETRY_AFTER)) is Look.NEW


@pytest.mark.parametrize("state", [EndState.NOT_ARCHIVED, EndState.DEFERRED])
def test_what_was_never_asked_for_is_asked_for_at_once(state: EndState) -> None:
    assert look(ended(state)) is Look.NEW


def test_a_known_end_is_given_as_the_reason() -> None:
    assert decide(ended(EndState.FAILED, "gone"), headline=None, now=NOW)[1] == "failed: gone"
    assert decide(ended(EndState.BLOCKED), headline=None, now=NOW)[1] == "blocked"


def test_what_was_kept_out_is_new_when_that_was_undone() -> None:
    assert look(ended(EndState.DROPPED, "withdrawn")) is Look.NEW


@pytest.mark.parametrize("reason", sorted(reasons.OURS))
def test_what_our_own_database_refused_is_asked_for_at_once(reason: str) -> None:
    assert look(ended(EndState.FAILED, reason)) is Look.NEW


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("failing_for", "pause"),
    [
        (0 * HOUR, HOUR),
        (HOUR, HOUR),
        (2 * HOUR, 2 * HOUR),
        (15 * HOUR, 15 * HOUR),
        (200 * HOUR, 24 * HOUR),
    ],
)
def test_the_pauses_of_what_keeps_failing_double(failing_for: timedelta, pause: timedelta) -> None:
    failed = (EndState.FAILED, "http 500")
    assert look(ended(*failed, ago=pause - A_MOMENT, failing_for=failing_for)) is Look.KNOWN
    assert look(ended(*failed, ago=pause, failing_for=failing_for)) is Look.NEW


def test_a_page_that_keeps_failing_costs_few_requests_in_a_month() -> None:
    asked, now = [NOW], NOW
    while now < NOW + timedelta(days=30):
        now += HOUR
        memory = ended(EndState.FAILED, "not found", NOW - asked[-1], asked[-1] - asked[0])
        if decide(memory, headline=HEADLINE, now=now)[0] is Look.NEW:
            asked.append(now)
    assert len(asked) < 40
