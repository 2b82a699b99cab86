"""Decisions are written down, undone and never deleted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from aggregator.errors import StorageError
from aggregator.model import Decision, DecisionKind
from storage import decisions
from storage.database import Database
from tests.pipelines.builders import NOW, attributed
from tests.storage.test_articles import _add

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def articles(database: Database) -> list[int]:
    found = [
        _add(database, attributed(url=f"https://contoh.example/berita/{number}/judul"))
        for number in range(4)
    ]
    return [number for number in found if number is not None]


def decide(database: Database, kind: DecisionKind, *pairs: tuple[int, int]) -> int:
    with database.session() as session:
        return decisions.add(session, kind, pairs, by="Ani", reason="dilihat", now=NOW)


def test_a_decision_comes_back_as_it_was_made(database: Database, articles: list[int]) -> None:
    a, b, c, _ = articles
    number = decide(database, DecisionKind.SPLIT, (b, a), (b, c))
    with database.session() as session:
        assert decisions.find(session, number) == Decision(
            id=number,
            kind=DecisionKind.SPLIT,
            pairs=((a, b), (b, c)),
            made_by="Ani",
            made_at=NOW,
            reason="dilihat",
        )


def test_an_undone_decision_stays_on_record(database: Database, articles: list[int]) -> None:
    a, b, *_ = articles
    number = decide(database, DecisionKind.NEVER, (a, b))
    with database.session() as session:
        decisions.undo(session, number, by="Budi", reason="keliru", now=LATER)
        assert decisions.in_force(session, [a]) == ()
        (found,) = decisions.about(session, [b])
        assert (found.undone_by, found.undone_at, found.undone_reason) == ("Budi", LATER, "keliru")
        assert decisions.everything(session) == (found,)


def test_decisions_are_found_by_either_article(database: Database, articles: list[int]) -> None:
    a, b, c, d = articles
    first = decide(database, DecisionKind.MERGE, (a, b))
    second = decide(database, DecisionKind.NEVER, (b, c))
    with database.session() as session:
        assert [x.id for x in decisions.in_force(session, [a])] == [first]
        assert [x.id for x in decisions.in_force(session, [c, b])] == [first, second]
        assert decisions.in_force(session, [d]) == ()


def test_an_unknown_decision_is_none(database: Database) -> None:
    with database.session() as session:
        assert decisions.find(session, 7) is None


@pytest.mark.parametrize(
    "change",
    [
        "made_by = ''",
        "reason = ''",
        "kind = 'maybe'",
        "undone_by = 'Budi'",
        "undone_by = '', undone_at = made_at, undone_reason = 'x'",
        "undone_by = 'Budi', undone_at = made_at, undone_reason = ''",
    ],
)
def test_no_decision_is_without_its_who_and_why(
    database: Database, articles: list[int], change: str
) -> None:
    a, b, *_ = articles
    decide(database, DecisionKind.NEVER, (a, b))
    with pytest.raises(StorageError), database.session() as session:
        session.execute(text(f"UPDATE cluster_decision SET {change}"))
