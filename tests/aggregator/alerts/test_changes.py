"""What is news, and to whom."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.alerts.changes import (
    after_failure,
    after_success,
    changes,
    digest_day,
    news_for,
    states_of,
)
from aggregator.alerts.message import pieces
from aggregator.health import Finding, FindingKind
from aggregator.model import TransportState
from storage.alerts import Alert

NOW = datetime(2026, 8, 4, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
WITA = ZoneInfo("Asia/Makassar")
EMAIL = TransportState(name="email")


def finding(channel: str) -> Finding:
    return Finding(kind=FindingKind.CHANNEL_GONE, publisher="contoh", subject=channel, since=NOW)


def test_what_is_new_opens_and_what_is_gone_closes() -> None:
    lasting = {finding("rss").key: 1, finding("indeks").key: 2}
    found = changes([finding("rss"), finding("lama")], lasting)
    assert ([f.subject for f in found.opened], found.closed) == (["lama"], (2,))


def test_a_finding_that_is_told_twice_opens_once() -> None:
    assert len(changes([finding("rss"), finding("rss")], {}).opened) == 1


names = st.sampled_from(["a", "b", "c", "d"])


@given(st.lists(names), st.lists(st.sets(names), max_size=5))
def test_alerts_are_always_what_was_found_last(first: list[str], later: list[set[str]]) -> None:
    lasting: dict[str, int] = {}
    numbers = itertools.count()
    for found in (first, *later):
        step = changes(map(finding, found), lasting)
        lasting = {k: v for k, v in lasting.items() if v not in step.closed}
        lasting |= {opened.key: next(numbers) for opened in step.opened}
        assert set(lasting) == {finding(name).key for name in found}


def alert(
    number: int, closed_at: datetime | None = None, told: Sequence[tuple[str, str]] = ()
) -> Alert:
    return Alert(
        id=number,
        key=str(number),
        finding={},
        opened_at=NOW,
        closed_at=closed_at,
        told=frozenset(told),
    )


OPENED, CLOSED = ("email", "opened"), ("email", "closed")
OTHER = ("webhook", "opened")

NEWS: dict[str, tuple[Alert, TransportState, tuple[int, int]]] = {
    "it opened": (alert(1), EMAIL, (1, 0)),
    "it lasts": (alert(1, told=[OPENED]), EMAIL, (0, 0)),
    "another transport told it": (alert(1, told=[OTHER]), EMAIL, (1, 0)),
    "it is over": (alert(1, NOW, [OPENED]), EMAIL, (0, 1)),
    "its end was told": (alert(1, NOW, [OPENED, CLOSED]), EMAIL, (0, 0)),
    "it came and went unseen": (alert(1, NOW), EMAIL, (0, 0)),
    "it came and went while nothing got through": (
        alert(1, NOW),
        TransportState(name="email", failing_since=NOW - HOUR),
        (0, 1),
    ),
    "it was over before that": (
        alert(1, NOW - 2 * HOUR),
        TransportState(name="email", failing_since=NOW - HOUR),
        (0, 0),
    ),
}


@pytest.mark.parametrize("name", NEWS)
def test_news_of_one_alert(name: str) -> None:
    one, state, expected = NEWS[name]
    news = news_for(state, [one])
    assert (len(news.opened), len(news.closed)) == expected
    assert bool(news) is any(expected)
    assert len(news.notes()) == sum(expected)


@pytest.mark.parametrize(
    ("digest_at", "last", "hour", "due"),
    [
        (None, None, 12, False),
        ("07:00", None, 6, False),
        ("07:00", None, 7, True),
        ("07:00", "2026-08-03", 9, True),
        ("07:00", "2026-08-04", 9, False),
        ("00:00", None, 0, True),
    ],
)
def test_a_digest_is_due_once_a_day(
    digest_at: str | None, last: str | None, hour: int, due: bool
) -> None:
    now = datetime(2026, 8, 4, hour, 30, tzinfo=WITA)
    state = TransportState(name="email", digest_on=last)
    assert digest_day(digest_at, state, now, WITA) == (date(2026, 8, 4) if due else None)


def test_a_failure_is_counted_from_its_beginning() -> None:
    first = after_failure(EMAIL, "refused", NOW)
    second = after_failure(first, "timeout", NOW + HOUR)
    assert (second.failing_since, second.detail) == (NOW, "timeout")
    healed = after_success(second, digest_on=date(2026, 8, 4))
    assert (healed.failing_since, healed.detail, healed.digest_on) == (None, None, "2026-08-04")
    assert after_success(healed, digest_on=None).digest_on == "2026-08-04"


def test_a_transport_that_is_configured_no_more_has_no_state() -> None:
    known = [TransportState(name="email", detail="x"), TransportState(name="lama")]
    states = states_of(["email", "webhook"], known)
    assert {name: state.detail for name, state in states.items()} == {"email": "x", "webhook": None}


lines = st.lists(st.text(st.characters(exclude_characters="\n\r"), max_size=30), max_size=10)


@given(lines, st.integers(5, 40))
def test_a_long_text_is_sent_in_pieces_and_whole(texts: list[str], most: int) -> None:
    found = pieces(tuple(texts), most)
    assert all(len(piece) <= most for piece in found)
    assert "".join("".join(found).split("\n")) == "".join(texts)
