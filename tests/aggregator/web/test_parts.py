"""The small decisions of the web side, each by its table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.web import answers
from aggregator.web.answers import Answer, KeptAnswers
from aggregator.web.limits import MOST_CLIENTS, RateLimit, client_of
from aggregator.web.negotiation import accepts, language, takes_gzip, weights

# --- negotiation ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        (None, True),
        ("", True),
        ("*/*", True),
        ("application/*", True),
        ("Application/JSON", True),
        ("text/html, application/xhtml+xml, */*;q=0.8", True),
        ("application/json;q=0.1", True),
        ("application/json;charset=utf-8", True),
        ("text/html", False),
        ("application/json;q=0", False),
        ("application/json;q=0, */*", False),
        ("application/json;q=nan", False),
        ("application/json;q=2", False),
        (";;,,", False),
    ],
)
def test_accept(header: str | None, taken: bool) -> None:
    assert accepts(header, "application/json") is taken


@pytest.mark.parametrize(
    ("header", "default", "best"),
    [
        ("en", "id", "en"),
        ("en-US,en;q=0.9", "id", "en"),
        ("id,en", "en", "id"),
        ("en,id", "id", "en"),
        ("id;q=0, en;q=0", "id", "id"),
        ("en;q=0.5,id;q=0.4", "id", "en"),
        ("jv", "en", "en"),
        (None, "en", "en"),
    ],
)
def test_language(header: str | None, default: str, best: str) -> None:
    assert language(header, ("id", "en"), default) == best


@given(st.text())
def test_no_header_is_too_strange(header: str) -> None:
    assert all(0 <= weight <= 1 for weight in weights(header).values())
    assert language(header, ("id", "en"), "id") in ("id", "en")
    assert isinstance(takes_gzip(header), bool)


# --- how often ------------------------------------------------------------------------------------


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_fills_evenly() -> None:
    clock = Clock()
    limit = RateLimit(60, clock)
    assert [limit.take("a") for _ in range(61)] == [0] * 60 + [1]
    clock.now = 2.5
    assert [limit.take("a") for _ in range(3)] == [0, 0, 1]
    clock.now = 1000
    assert [limit.take("a") for _ in range(61)][-1] == 1


@given(
    rate=st.integers(1, 1000),
    gaps=st.lists(st.floats(0, 30), min_size=1, max_size=200),
)
def test_nobody_gets_more_than_a_minutes_worth_and_what_came_since(
    rate: int, gaps: list[float]
) -> None:
    clock = Clock()
    limit = RateLimit(rate, clock)
    served = 0
    for gap in gaps:
        clock.now += gap
        served += limit.take("a") == 0
    assert served <= rate + clock.now * rate / 60 + 1e-6


@given(rate=st.integers(1, 100))
def test_who_waits_as_long_as_told_is_served(rate: int) -> None:
    clock = Clock()
    limit = RateLimit(rate, clock)
    while not (wait := limit.take("a")):
        pass
    clock.now += wait
    assert limit.take("a") == 0


def test_the_oldest_clients_are_forgotten() -> None:
    limit = RateLimit(1, Clock())
    assert limit.take("first") == 0
    for number in range(MOST_CLIENTS):
        limit.take(str(number))
    assert limit.take("first") == 0


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_clients_are_told_apart_by_address_or_network(host: str, client: str) -> None:
    assert client_of(host) == client


# --- kept answers ---------------------------------------------------------------------------------


def answer(text: str = "x") -> Answer:
    return Answer(body=text.encode(), media_type="text/plain")


def test_an_answer_keeps_for_its_time() -> None:
    clock = Clock()
    kept = KeptAnswers(60, clock)
    prepared = kept.prepare("q", answer())
    clock.now = 59.9
    assert kept.find("q") == (prepared, 59)
    clock.now = 60
    assert kept.find("q") is None


def test_what_was_asked_before_something_was_forgotten_is_not_kept() -> None:
    kept = KeptAnswers(60, Clock())
    kept.prepare("a", answer())
    era = kept.era
    kept.forget()
    assert kept.find("a") is None
    kept.prepare("b", answer("late"), era)
    assert kept.find("b") is None
    kept.prepare("b", answer("fresh"), kept.era)
    assert kept.find("b") is not None


def test_what_was_not_asked_for_longest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_KEPT", 2)
    kept = KeptAnswers(60, Clock())
    kept.prepare("a", answer())
    kept.prepare("b", answer())
    kept.find("a")
    kept.prepare("c", answer())
    assert [bool(kept.find(question)) for question in "abc"] == [True, False, True]


def test_large_answers_make_room_for_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_BYTES_KEPT", 1000)
    kept = KeptAnswers(60, Clock())
    for question in "abc":
        kept.prepare(question, answer("x" * 200))
    assert [bool(kept.find(question)) for question in "abc"] == [False, True, True]
    kept.prepare("d", answer("x" * 501))
    assert not any(kept.find(question) for question in "abcd")
    kept.prepare("e", answer())
    assert kept.find("e")


def test_an_old_answer_to_the_same_question_is_replaced() -> None:
    kept = KeptAnswers(60, Clock())
    for text in ("old", "new"):
        kept.prepare("q", answer(text))
    found = kept.find("q")
    assert found is not None
    assert found[0].answer.body == b"new"
    assert kept._bytes == found[0].size
