"""Runs, and how every URL ended in them."""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from aggregator.errors import StorageError
from aggregator.model import EndState, Fetch, Fill, Holder, RunStatus
from storage import runs
from storage.database import Database
from storage.tables import FetchRow, RunRow
from tests.pipelines.builders import NOW

LATER = NOW + timedelta(hours=6)


def _start(
    database: Database, mode: str = "live", at: datetime = NOW, of: tuple[str, ...] = ("contoh",)
) -> int:
    with database.session() as session:
        return runs.start_run(session, mode, at, of)


def _run(database: Database, run_id: int) -> RunRow:
    with database.session() as session:
        return session.get_one(RunRow, run_id)


def _finish(database: Database, run_id: int, at: datetime = LATER) -> None:
    with database.session() as session:
        runs.finish_run(session, run_id, at)


def _interrupt(database: Database, *publishers: str) -> None:
    with database.session() as session:
        runs.interrupt_stale(session, publishers or ("contoh",), LATER)


def _fetch(state: EndState = EndState.STORED, **changes: Any) -> Fetch:
    stated: dict[str, Any] = {
        "publisher": "contoh",
        "channel": "rss",
        "url": "https://contoh.example/1",
        "key": "x1",
        "ended_at": NOW,
    }
    return Fetch(**{**stated, **changes}, state=state)


def _record(database: Database, run_id: int, *fetches: Fetch) -> None:
    with database.session() as session:
        runs.record_fetches(session, run_id, fetches)


def _last(database: Database, *keys: str, of: str = "contoh") -> dict[str, Fetch]:
    with database.session() as session:
        return runs.last_fetches(session, of, keys)


# --- runs -----------------------------------------------------------------------------------------


def test_a_started_run_is_running(database: Database) -> None:
    row = _run(database, _start(database))
    assert (row.mode, row.status, row.started_at, row.finished_at) == ("live", "running", NOW, None)


def test_a_finished_run_says_when(database: Database) -> None:
    run_id = _start(database)
    _finish(database, run_id)
    row = _run(database, run_id)
    assert (row.status, row.finished_at) == (RunStatus.FINISHED, LATER)


def test_finishing_a_run_leaves_the_others(database: Database) -> None:
    other, run_id = _start(database), _start(database)
    _finish(database, run_id)
    assert _run(database, other).status == RunStatus.RUNNING


def test_what_a_killed_process_left_running_was_interrupted(database: Database) -> None:
    finished, killed = _start(database), _start(database)
    _finish(database, finished, NOW)
    _interrupt(database)
    assert [_run(database, n).status for n in (finished, killed)] == ["finished", "interrupted"]
    assert [_run(database, n).finished_at for n in (finished, killed)] == [NOW, LATER]


def test_a_run_of_another_process_that_goes_on_is_left_alone(database: Database) -> None:
    """Whose publishers' locks we do not hold may well be alive."""
    ours, theirs = _start(database, of=("contoh",)), _start(database, of=("lain",))
    _interrupt(database, "contoh")
    assert (_run(database, ours).status, _run(database, theirs).status) == (
        "interrupted",
        "running",
    )


def test_a_run_of_several_publishers_is_dead_when_one_lock_is_free(database: Database) -> None:
    run_id = _start(database, of=("contoh", "lain"))
    _interrupt(database, "lain")
    assert _run(database, run_id).status == "interrupted"


def test_a_run_of_before_there_were_locks_is_dead(database: Database) -> None:
    run_id = _start(database, of=())
    _interrupt(database)
    assert _run(database, run_id).status == "interrupted"


def test_a_run_may_end_unfinished(database: Database) -> None:
    run_id = _start(database)
    with database.session() as session:
        runs.finish_run(session, run_id, LATER, RunStatus.INTERRUPTED)
    row = _run(database, run_id)
    assert (row.status, row.finished_at) == ("interrupted", LATER)


def test_who_crawls_a_publisher_is_told(database: Database) -> None:
    first = _start(database)
    _start(database, at=LATER, of=("lain",))
    with database.session() as session:
        found = runs.holder(session, "contoh")
    assert found == Holder(host=socket.gethostname(), pid=os.getpid(), since=NOW)
    _finish(database, first)
    with database.session() as session:
        assert runs.holder(session, "contoh") is None


def test_the_modes_of_all_runs_are_known(database: Database) -> None:
    for mode in ("live", "replay", "live"):
        _start(database, mode)
    with database.session() as session:
        assert runs.run_modes(session) == {"live", "replay"}


def test_a_database_without_a_run_has_no_mode(database: Database) -> None:
    with database.session() as session:
        assert runs.run_modes(session) == set()


def test_a_run_that_goes_on_has_not_finished(database: Database) -> None:
    run_id = _start(database)
    with database.session() as session:
        assert not runs.has_finished_run(session)
    _finish(database, run_id)
    with database.session() as session:
        assert runs.has_finished_run(session)


# --- how URLs ended -------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [state for state in EndState if state is not EndState.KNOWN])
def test_the_end_of_a_url_reads_back_equal(database: Database, state: EndState) -> None:
    fetch = _fetch(state, reason="challenge page – 403", http_status=403)
    _record(database, _start(database), fetch)
    assert _last(database, "x1") == {"x1": fetch}


def test_a_url_without_a_channel_and_an_answer_reads_back_equal(database: Database) -> None:
    fetch = _fetch(EndState.NOT_ARCHIVED, channel=None)
    _record(database, _start(database), fetch)
    assert _last(database, "x1") == {"x1": fetch}


def test_the_last_end_counts(database: Database) -> None:
    for state in (EndState.FAILED, EndState.STORED):
        _record(database, _start(database), _fetch(state))
    assert _last(database, "x1")["x1"].state is EndState.STORED


def test_a_url_that_was_known_was_not_looked_at(database: Database) -> None:
    for state in (EndState.BLOCKED, EndState.KNOWN):
        _record(database, _start(database), _fetch(state))
    assert _last(database, "x1")["x1"].state is EndState.BLOCKED


def test_a_url_that_was_only_known_has_no_end(database: Database) -> None:
    _record(database, _start(database), _fetch(EndState.KNOWN))
    assert _last(database, "x1") == {}


def test_only_ends_that_were_asked_for_are_given(database: Database) -> None:
    _record(database, _start(database), _fetch(key="x1"), _fetch(key="x2"), _fetch(key="x3"))
    assert set(_last(database, "x1", "x3", "x9")) == {"x1", "x3"}


def test_the_end_belongs_to_one_publisher(database: Database) -> None:
    _record(database, _start(database), _fetch())
    assert _last(database, "x1", of="lain") == {}


def test_asking_for_nothing_gives_nothing(database: Database) -> None:
    assert _last(database) == {}


def test_recording_no_url_records_nothing(database: Database) -> None:
    _record(database, _start(database))
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(FetchRow)) == 0


def test_a_thousand_urls_are_recorded_at_once(database: Database) -> None:
    many = [_fetch(key=f"x{n}") for n in range(1000)]
    _record(database, _start(database), *many)
    assert len(_last(database, *(fetch.key for fetch in many))) == 1000


def test_an_end_of_no_run_is_refused(database: Database) -> None:
    with pytest.raises(StorageError, match=r"(?i)foreign key"):
        _record(database, 999, _fetch())


# --- how full fields were -------------------------------------------------------------------------


def _fill(database: Database, run_id: int, filled: dict[str, int], articles: int) -> None:
    with database.session() as session:
        runs.record_fill(session, run_id, "contoh", filled, articles)


def _history(database: Database, since: datetime) -> tuple[Fill, ...]:
    with database.session() as session:
        return runs.fill_history(session, since)


def test_how_full_fields_were_reads_back(database: Database) -> None:
    run_id = _start(database)
    _fill(database, run_id, {"byline": 3, "image": 0}, 4)
    assert {(f.field, f.filled, f.articles) for f in _history(database, NOW)} == {
        ("byline", 3, 4),
        ("image", 0, 4),
    }


def test_the_history_begins_where_it_is_asked_for(database: Database) -> None:
    for moment in (NOW, LATER):
        _fill(database, _start(database, at=moment), {"byline": 1}, 1)
    (fill,) = _history(database, LATER)
    assert (fill.publisher, fill.started_at) == ("contoh", LATER)


def test_a_run_that_looked_at_no_field_leaves_no_history(database: Database) -> None:
    _fill(database, _start(database), {}, 0)
    assert _history(database, NOW) == ()


def test_more_filled_than_read_is_refused(database: Database) -> None:
    run_id = _start(database)
    with pytest.raises(StorageError, match="ck_field_fill_filled"):
        _fill(database, run_id, {"byline": 2}, 1)
