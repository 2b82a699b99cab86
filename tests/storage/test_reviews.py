"""Decisions about showing articles hold one at a time; the log keeps them all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from aggregator.errors import StorageError
from aggregator.model import Review, ReviewState
from storage import audit, reviews
from storage.database import Database
from storage.tables import ArticleRow
from tests.pipelines.builders import NOW, attributed
from tests.storage.test_articles import _add

APPROVED = Review(
    article_id=1, state=ReviewState.APPROVED, decided_at=NOW, editor="Bu Ani", revision=1
)


@pytest.fixture(autouse=True)
def articles(database: Database) -> None:
    for number in range(3):
        _add(database, attributed(url=f"https://contoh.example/berita/{number}/judul"))


def decide(database: Database, review: Review, action: str = "approve") -> None:
    with database.session() as session:
        reviews.decide(session, review, action=action)


def found(database: Database, condition: object) -> set[int]:
    with database.session() as session:
        return set(session.scalars(select(ArticleRow.id).where(condition)))  # type: ignore[arg-type]


def test_a_decision_comes_back_as_it_was_made(database: Database) -> None:
    review = replace(
        APPROVED, headline="Judul", excerpt="Kutipan", section="berita", publish_at=NOW
    )
    decide(database, review)
    with database.session() as session:
        assert reviews.of_articles(session, [1, 2]) == {1: review}


def test_the_newest_decision_holds_and_the_log_keeps_all(database: Database) -> None:
    decide(database, APPROVED)
    later = NOW + timedelta(hours=1)
    rejected = replace(
        APPROVED, state=ReviewState.REJECTED, reason="iklan", decided_at=later, editor="Pak Budi"
    )
    decide(database, rejected, "reject")
    with database.session() as session:
        assert reviews.of_articles(session, [1]) == {1: rejected}
        newest, first = audit.latest(session, article_id=1)
    assert (newest.at, newest.who, newest.action) == (later, "Pak Budi", "reject")
    assert newest.detail == {
        "before": {"state": "approved", "revision": 1},
        "after": {"state": "rejected", "reason": "iklan", "revision": 1},
    }
    assert (first.action, first.detail["before"]) == ("approve", {"state": "new"})


def test_a_decision_is_taken_back(database: Database) -> None:
    decide(database, APPROVED)
    decide(database, replace(APPROVED, state=ReviewState.NEW), "reopen")
    with database.session() as session:
        assert reviews.of_articles(session, [1]) == {}
        assert [entry.action for entry in audit.latest(session)] == ["reopen", "approve"]


@pytest.mark.parametrize(
    "change",
    [
        {"state": ReviewState.REJECTED},
        {"state": ReviewState.REJECTED, "reason": ""},
        {"editor": ""},
        {"headline": ""},
        {"excerpt": ""},
    ],
)
def test_what_says_nothing_is_refused(database: Database, change: dict[str, object]) -> None:
    with pytest.raises(StorageError):
        decide(database, replace(APPROVED, **change))  # type: ignore[arg-type]


def test_an_approved_article_is_shown_when_its_time_has_come(database: Database) -> None:
    decide(database, APPROVED)
    decide(database, replace(APPROVED, article_id=2, publish_at=NOW + timedelta(hours=1)))
    decide(database, replace(APPROVED, article_id=3, state=ReviewState.HELD))
    assert found(database, reviews.shown(NOW)) == {1}
    assert found(database, reviews.shown(NOW + timedelta(hours=1))) == {1, 2}


def test_articles_are_found_by_what_was_decided(database: Database) -> None:
    decide(database, APPROVED)
    decide(database, replace(APPROVED, article_id=2, state=ReviewState.HELD))
    assert found(database, reviews.state_is([ReviewState.NEW])) == {3}
    assert found(database, reviews.state_is([ReviewState.NEW, ReviewState.HELD])) == {2, 3}
    assert found(database, reviews.state_is([ReviewState.APPROVED])) == {1}
