"""Times: any zone in, the same instant out, never one without a zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from aggregator.errors import StorageError
from storage.database import Database, open_database
from storage.tables import RunRow
from tests.pipelines.builders import NOW, WIB, WIT, WITA


@pytest.fixture(scope="module")
def shared(shared_url: str) -> Iterator[Database]:
    database = open_database(shared_url, writable=True)
    yield database
    database.close()


def _read_back(database: Database, moment: datetime | None) -> datetime | None:
    with database.session() as session:
        row = RunRow(mode="live", status="running", started_at=NOW, finished_at=moment)
        session.add(row)
        session.flush()
        session.expire(row)
        held = row.finished_at
        session.rollback()
    return held


_OFFSETS = st.integers(-23 * 60, 23 * 60).map(lambda n: timezone(timedelta(minutes=n)))
_ZONES = st.sampled_from([UTC, WIB, WITA, WIT, ZoneInfo("America/New_York")])


@settings(deadline=None)
@given(
    st.datetimes(
        min_value=datetime(1000, 1, 1),  # noqa: DTZ001 - the zone is drawn
        max_value=datetime(9000, 1, 1),  # noqa: DTZ001
        timezones=_OFFSETS | _ZONES,
    )
)
def test_the_same_instant_comes_back_in_utc(shared: Database, moment: datetime) -> None:
    held = _read_back(shared, moment)
    assert held is not None
    # Compared in UTC: Python says that a moment in a repeated hour equals none in another zone.
    assert (held, held.tzinfo) == (moment.astimezone(UTC), UTC)


def test_no_time_stays_no_time(shared: Database) -> None:
    assert _read_back(shared, None) is None


def test_a_time_without_a_zone_is_refused(shared: Database) -> None:
    with pytest.raises(StorageError, match="naive datetime"):
        _read_back(shared, datetime(2026, 8, 1, 3, 0))  # noqa: DTZ001


def test_a_time_without_a_zone_is_not_looked_for(shared: Database) -> None:
    naive = datetime(2026, 8, 1, 3, 0)  # noqa: DTZ001
    with pytest.raises(StorageError, match="naive datetime"), shared.session() as session:
        session.scalar(select(RunRow.id).where(RunRow.started_at > naive))


def test_times_of_different_zones_sort_by_instant(shared: Database) -> None:
    with shared.session() as session:
        moments = [datetime(2026, 8, 1, 10, 0, tzinfo=zone) for zone in (WIB, WIT, WITA)]
        session.add_all(RunRow(mode="live", status="running", started_at=m) for m in moments)
        session.flush()
        found = session.scalars(select(RunRow.started_at).order_by(RunRow.started_at)).all()
        session.rollback()
    assert found == sorted(moments)


def test_sqlite_holds_utc_in_text_that_sorts(database: Database) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("about SQLite")
    with database.session() as session:
        started = datetime(2026, 8, 1, 10, 0, tzinfo=WIB)
        session.add(RunRow(mode="live", status="running", started_at=started))
        session.flush()
        held = session.scalar(text("SELECT started_at FROM run"))
    assert held == "2026-08-01 03:00:00.000000"
