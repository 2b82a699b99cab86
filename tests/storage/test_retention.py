"""Pruning: what goes, what stays for ever, and that no decision changes by it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from aggregator.model import (
    ChannelRecord,
    ChannelStatus,
    EndState,
    Fetch,
    RobotsAnswer,
    RobotsDecision,
    RobotsVisit,
)
from storage import polls, retention, robots, runs
from storage.database import Database
from storage.retention import BATCH, Ages, prune
from storage.tables import (
    ChannelPollRow,
    FetchRow,
    FieldFillRow,
    RobotsTextRow,
    RobotsVisitRow,
    RunRow,
)
from tests.pipelines.builders import NOW

DAY = timedelta(days=1)
AGES = Ages(ledger=NOW - 30 * DAY, fills=NOW - 180 * DAY)


def a_run(
    database: Database,
    age: int,
    *fetches: tuple[str, EndState],
    finish: bool = True,
    publishers: Sequence[str] = (),
) -> int:
    """A run so many days ago with these ends (key, state)."""
    at = NOW - age * DAY
    with database.session() as session:
        run_id = runs.start_run(session, "live", at, publishers)
        runs.record_fetches(session, run_id, [_fetch(key, state, at) for key, state in fetches])
        if finish:
            runs.finish_run(session, run_id, at)
    return run_id


def _fetch(key: str, state: EndState, at: datetime) -> Fetch:
    return Fetch(publisher="contoh", channel="rss", url=key, key=key, state=state, ended_at=at)


def pruned(database: Database) -> int:
    return prune(database, AGES, NOW)


def kept(database: Database) -> list[tuple[int, str, str]]:
    with database.session() as session:
        rows = session.scalars(select(FetchRow).order_by(FetchRow.id))
        return [(row.run_id, row.key, row.state) for row in rows]


def count(database: Database, kind: type[Any]) -> int:
    with database.session() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def test_what_was_only_known_goes(database: Database) -> None:
    a_run(database, 40, ("a", EndState.KNOWN))
    pruned(database)
    assert kept(database) == []


def test_the_newest_look_at_a_url_stays_whatever_its_age(database: Database) -> None:
    run_id = a_run(database, 400, ("a", EndState.DROPPED))
    a_run(database, 40, ("a", EndState.KNOWN))
    pruned(database)
    assert kept(database) == [(run_id, "a", "dropped")]


def test_a_look_that_was_repeated_goes(database: Database) -> None:
    a_run(database, 50, ("a", EndState.FAILED))
    newer = a_run(database, 40, ("a", EndState.FAILED))
    pruned(database)
    assert kept(database) == [(newer, "a", "failed")]


def test_an_old_look_stays_until_the_newer_one_is_old_too(database: Database) -> None:
    a_run(database, 40, ("a", EndState.FAILED))
    a_run(database, 1, ("a", EndState.STORED))
    pruned(database)
    assert len(kept(database)) == 2
    prune(database, Ages(ledger=NOW, fills=NOW), NOW)
    assert [state for _, _, state in kept(database)] == ["stored"]


def test_what_is_young_stays(database: Database) -> None:
    a_run(database, 29, ("a", EndState.KNOWN), ("b", EndState.FAILED))
    assert pruned(database) == 0
    assert len(kept(database)) == 2


def test_a_run_under_way_is_left_alone(database: Database) -> None:
    a_run(database, 40, ("a", EndState.KNOWN), finish=False)
    pruned(database)
    assert len(kept(database)) == 1


def test_a_run_of_which_nothing_is_left_goes_itself(database: Database) -> None:
    a_run(database, 50, ("a", EndState.KNOWN))
    some = a_run(database, 40, ("b", EndState.DROPPED))
    pruned(database)
    with database.session() as session:
        assert [(row.id, row.pruned_at) for row in session.scalars(select(RunRow))] == [(some, NOW)]


def test_counts_of_fields_stay_as_long_as_drift_needs_them(database: Database) -> None:
    for age in (200, 100):
        run_id = a_run(database, age)
        with database.session() as session:
            runs.record_fill(session, run_id, "contoh", {"tags": 1}, 1)
    pruned(database)
    assert count(database, FieldFillRow) == 1
    assert count(database, RunRow) == 1


def poll(channel: str, at: datetime) -> ChannelRecord:
    return ChannelRecord(publisher="contoh", channel=channel, status=ChannelStatus.OK, polled_at=at)


def test_of_each_channel_the_newest_poll_stays(database: Database) -> None:
    for age in (60, 50, 40):
        run_id = a_run(database, age)
        with database.session() as session:
            polls.record(session, run_id, [poll("rss", NOW - age * DAY), poll("indeks", NOW)])
    pruned(database)
    with database.session() as session:
        left = session.execute(select(ChannelPollRow.run_id, ChannelPollRow.channel)).all()
    assert sorted(map(tuple, left)) == [(3, "indeks"), (3, "rss")]


def test_a_text_of_robots_txt_stays_while_a_run_refers_to_it(database: Database) -> None:
    for age, rules in ((40, "lama"), (40, "sama"), (1, "sama")):
        answer = RobotsAnswer(
            host=f"{rules}{age}", decision=RobotsDecision.RULES, fetched_at=NOW, text=rules
        )
        run_id = a_run(database, age)
        with database.session() as session:
            robots.record(session, run_id, [RobotsVisit(publisher="contoh", answer=answer)])
    pruned(database)
    assert count(database, RobotsVisitRow) == 1
    with database.session() as session:
        assert session.scalars(select(RobotsTextRow.text)).all() == ["sama"]


def test_a_prune_is_bounded_and_goes_on_next_time(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 10)
    monkeypatch.setattr(retention, "MOST_BATCHES", 3)
    a_run(database, 40, *((f"a{n}", EndState.KNOWN) for n in range(55)))
    deleted = []
    while left := len(kept(database)):
        deleted.append(prune(database, AGES, NOW))
        assert len(kept(database)) < left
    assert deleted == [30, 25]


def test_no_transaction_deletes_more_than_a_batch(database: Database) -> None:
    a_run(database, 40, *((f"a{n}", EndState.KNOWN) for n in range(BATCH + 1)))
    assert pruned(database) == BATCH + 1


def test_pruning_again_finds_nothing(database: Database) -> None:
    a_run(database, 40, ("a", EndState.KNOWN), ("b", EndState.DROPPED))
    pruned(database)
    assert pruned(database) == 0


KEYS = ("a", "b", "c")
a_history = st.lists(
    st.tuples(
        st.integers(1, 60),
        st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(EndState)), max_size=5),
    ),
    max_size=6,
)


@given(a_history)
@hypothesis_settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_decision_changes_by_pruning(
    database: Database, history: Sequence[tuple[int, list[tuple[str, EndState]]]]
) -> None:
    """What ``pipelines.seen`` is told of any URL is the same before and after."""
    with database.session() as session:
        for table in ("fetch", "run"):
            session.execute(text(f'DELETE FROM "{table}"'))
    for age, fetches in sorted(history, key=lambda one: -one[0]):
        a_run(database, age, *fetches)
    with database.session() as session:
        before = runs.last_fetches(session, "contoh", KEYS)
    pruned(database)
    with database.session() as session:
        assert runs.last_fetches(session, "contoh", KEYS) == before
