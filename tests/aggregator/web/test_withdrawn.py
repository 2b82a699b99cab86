"""A withdrawn article over HTTP: in no list, feed or number, and said so at its address."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aggregator.web.examples import withdrawn_problem
from storage import withdrawals
from storage.database import Database
from tests.aggregator.web.conftest import OPEN, Ask, Put
from tests.aggregator.web.test_api import valid
from tests.pipelines.builders import NOW

API = "/api/v1"
LATER = NOW + timedelta(days=2)


def withdraw(database: Database, number: int, by: str = "publisher") -> None:
    reason = "not found" if by == "publisher" else "permintaan orang tua"
    with database.session() as session:
        withdrawals.withdraw(session, number, at=LATER, reason=reason, by=by)


@pytest.fixture
def gone(database: Database, put: Put) -> int:
    """An article that was withdrawn, beside one that was not."""
    put(headline="Masih Ada", tags=("ada",))
    number = put(basis=OPEN, headline="Ditarik Kembali", external_id="k9", tags=("hilang",))
    withdraw(database, number)
    return number


@pytest.mark.parametrize("path", [f"{API}/articles/{{}}", f"{API}/lookup?key=contoh:k9"])
def test_its_address_says_since_when_and_why(ask: Ask, gone: int, path: str) -> None:
    answer = ask(path.format(gone), headers={"Accept-Language": "en"})
    found = answer.json()
    assert (answer.status_code, found["status"]) == (410, 410)
    assert valid("Problem", found) == []
    assert found["withdrawn"] == {"at": LATER.isoformat(), "reason": "not found", "by": "publisher"}
    assert "withdrawn on 2026-" in found["detail"]
    assert "Ditarik" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_the_reason_is_said_in_the_readers_language(ask: Ask, gone: int) -> None:
    detail = ask(f"{API}/articles/{gone}", headers={"Accept-Language": "id"}).json()["detail"]
    assert "dicabut pada" in detail
    assert "tidak ditemukan" in detail


def test_who_did_it_by_hand_is_not_named(database: Database, put: Put, ask: Ask) -> None:
    number = put()
    withdraw(database, number, by="Rini Contoh")
    answer = ask(f"{API}/articles/{number}")
    assert answer.json()["withdrawn"]["by"] == "school"
    assert answer.json()["withdrawn"]["reason"] == "permintaan orang tua"
    assert "Rini" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        *(f"{API}/articles", f"{API}/search?q=ditarik", f"{API}/facets?by=tag"),
        *("/feed.rss", "/feed.atom", "/feed.json", f"{API}/stats", f"{API}/publishers"),
    ],
)
def test_it_is_nowhere_else(ask: Ask, gone: int, path: str) -> None:
    answer = ask(path)
    assert answer.status_code == 200
    assert "Ditarik" not in answer.text
    assert "hilang" not in answer.text


def test_numbers_are_of_what_is_shown(ask: Ask, gone: int) -> None:
    (publisher,) = ask(f"{API}/stats").json()["publishers"]
    assert (publisher["articles"], publisher["withdrawn"]) == (1, 1)
    assert list(ask(f"{API}/counts?period=month").json()["counts"].values()) == [1]
    (held,) = ask(f"{API}/publishers").json()["publishers"]
    assert held["articles"] == 1


def test_lists_change_when_something_is_withdrawn(database: Database, put: Put, ask: Ask) -> None:
    number = put()
    before = ask(f"{API}/articles")
    withdraw(database, number)
    held = {"If-None-Match": before.headers["etag"]}
    after = ask(f"{API}/articles", headers=held)
    assert (after.status_code, after.json()["articles"]) == (200, [])


def test_undone_it_is_there_again(database: Database, ask: Ask, gone: int) -> None:
    with database.session() as session:
        held = withdrawals.current(session, gone)
        assert held is not None
        withdrawals.undo(session, held.id, at=LATER, by="Rini", reason="keliru")
    found = ask(f"{API}/articles/{gone}").json()
    assert (found["headline"], found["withdrawn"]) == ("Ditarik Kembali", None)
    assert len(ask(f"{API}/articles").json()["articles"]) == 2


def test_the_example_is_what_the_schema_says() -> None:
    assert valid("Problem", withdrawn_problem()) == []


def test_the_description_says_that_it_may_be_gone(ask: Ask) -> None:
    paths = ask(f"{API}/openapi.json").json()["paths"]
    answering = {path for path, is_ in paths.items() if "410" in is_["get"]["responses"]}
    by_article = {f"{API}/articles/{{id}}", f"{API}/clusters/{{id}}", f"{API}/lookup"}
    assert answering == by_article
