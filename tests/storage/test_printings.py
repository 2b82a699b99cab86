"""What a comparison and its explanation read of an article."""

from __future__ import annotations

from storage.database import Database
from storage.printings import printings
from tests.pipelines.builders import attributed
from tests.storage.test_articles import _add


def test_a_stated_day_stays_that_day(database: Database) -> None:
    """Midnight in Jakarta is the day before in UTC."""
    article_id = _add(database, attributed(published_raw="31 Juli 2026"))
    with database.session() as session:
        [found] = printings(session, [article_id], text=False)
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2026-07-31T00:00:00+07:00"
