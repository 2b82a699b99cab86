"""The last look at an article, the next one, and a suspicion between."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from aggregator.model import Suspicion
from pipelines.store import store
from storage import rechecks, withdrawals
from storage.database import Database
from storage.tables import WatchRow
from tests.pipelines.builders import LONG_TEXT, NOW, attributed, body_of

HOUR = timedelta(hours=1)
SUSPICION = Suspicion(at=NOW + 2 * HOUR, reason="gone")


def _stored(database: Database, number: int = 1, at: datetime = NOW) -> int:
    found = attributed(
        url=f"https://contoh.example/berita/{number}",
        external_id=f"x{number}",
        body_html=body_of(f"{number} {LONG_TEXT}"),
        fetched_at=at,
    )
    article_id = store(database, found, cause="channel").article_id
    assert article_id is not None
    return article_id


def _due(database: Database, at: datetime, publisher: str = "contoh", limit: int = 9) -> list[int]:
    with database.session() as session:
        found = [w.article_id for w in rechecks.due(session, publisher, at, limit)]
        assert limit < 9 or rechecks.count_due(session, publisher, at) == len(found)
        return found


def sight(at: int, next_look: int | None, **known: str) -> rechecks.Sight:
    """Hours after the first one."""
    due = None if next_look is None else NOW + next_look * HOUR
    return rechecks.Sight(at=NOW + at * HOUR, next_look_at=due, **known)


def _row(database: Database, article_id: int) -> WatchRow:
    with database.session() as session:
        return session.get_one(WatchRow, article_id)


def test_a_new_article_is_due_after_an_hour(database: Database) -> None:
    held = _stored(database)
    assert _due(database, NOW + HOUR - timedelta(seconds=1)) == []
    assert _due(database, NOW + HOUR) == [held]
    assert _due(database, NOW + HOUR, "lain") == []


def test_what_is_suspected_comes_first_then_what_waits_longest(database: Database) -> None:
    late, early, suspected = (
        _stored(database, n, NOW + m * HOUR) for n, m in ((1, 1), (2, 0), (3, 2))
    )
    with database.session() as session:
        rechecks.suspect(session, suspected, SUSPICION, NOW + 5 * HOUR)
    assert _due(database, NOW + 9 * HOUR) == [suspected, early, late]
    assert _due(database, NOW + 9 * HOUR, limit=2) == [suspected, early]


def test_a_sight_clears_the_suspicion_and_sets_the_next_look(database: Database) -> None:
    held = _stored(database)
    with database.session() as session:
        rechecks.suspect(session, held, SUSPICION, NOW + 8 * HOUR)
        found = rechecks.find(session, held)
        assert found is not None
        assert found.suspicion == SUSPICION
        rechecks.saw(session, held, sight(3, 6, etag="e", last_modified="m"))
        found = rechecks.find(session, held)
        assert found is not None
    assert (found.suspicion, found.looked_at) == (None, NOW + 3 * HOUR)
    assert (found.etag, found.last_modified) == ("e", "m")
    assert _due(database, NOW + 6 * HOUR) == [held]


def test_an_older_look_changes_nothing(database: Database) -> None:
    held = _stored(database, at=NOW + 9 * HOUR)
    before = _row(database, held).next_look_at
    with database.session() as session:
        rechecks.saw(session, held, sight(0, 1, etag="old"))
    row = _row(database, held)
    assert (row.looked_at, row.next_look_at, row.etag) == (NOW + 9 * HOUR, before, None)


def test_a_look_that_read_no_page_keeps_what_was_read(database: Database) -> None:
    held = _stored(database)
    with database.session() as session:
        rechecks.read_anew(session, held, "p1", b"\x01\x02\x03\x04")
        rechecks.saw(session, held, sight(1, None))
    row = _row(database, held)
    assert (row.parser, row.imprint) == ("p1", b"\x01\x02\x03\x04")


def test_an_article_of_an_earlier_version_is_watched_from_its_next_sight(
    database: Database,
) -> None:
    held = _stored(database)
    with database.session() as session:
        session.delete(session.get_one(WatchRow, held))
    with database.session() as session:
        assert rechecks.find(session, held) is None
        rechecks.saw(session, held, sight(1, 6))
    assert _due(database, NOW + 6 * HOUR) == [held]


@pytest.mark.parametrize("by", ["publisher", "Bu Rini"])
def test_what_was_withdrawn_is_not_looked_at(database: Database, by: str) -> None:
    held = _stored(database)
    with database.session() as session:
        withdrawals.withdraw(session, held, at=NOW, reason="gone", by=by)
    assert _due(database, NOW + 999 * HOUR) == []
