"""What polls taught, when entries arrived, and what may have been missed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from aggregator.errors import StorageError
from aggregator.model import ChannelPace, ChannelState, Entry, FailureKind, Gap
from aggregator.model import Discovery as Listed
from storage import channels, pace
from storage.database import Database
from tests.pipelines.builders import NOW, publisher
from tests.storage.test_channels import FEED, LISTING

MINUTE = timedelta(minutes=1)
LATER = NOW + 60 * MINUTE
FULL = ChannelPace(
    attempted_at=LATER,
    succeeded_at=NOW,
    elapsed=90 * MINUTE,
    listed=15,
    fresh=4,
    empty_polls=2,
    failures=3,
    failure_kind=FailureKind.UNREACHED,
    failure="timeout",
    unfinished=True,
    ttl=60 * MINUTE,
    max_age=5 * MINUTE,
)


@pytest.fixture
def database(database: Database) -> Database:
    """Two publishers with a feed and a listing each."""
    with database.session() as session:
        for name in ("contoh", "lain"):
            channels.ensure(session, publisher(name=name), (FEED, LISTING))
    return database


def _save(database: Database, found: ChannelPace, channel: str = "rss") -> None:
    with database.session() as session:
        pace.save_pace(session, "contoh", channel, found)


def _pace(database: Database, channel: str = "rss", of: str = "contoh") -> ChannelPace:
    with database.session() as session:
        return pace.pace(session, of, channel)


def _listed(key: str) -> Listed:
    url = f"https://contoh.example/{key}"
    return Listed(url=url, canonical_url=url, external_id=key, channel="rss", entry=Entry(url=url))


def _note(database: Database, at: datetime, channel: str = "rss", **times: datetime | None) -> None:
    with database.session() as session:
        found = [_listed(key) for key in times]
        channels.note_entries(session, "contoh", channel, found, at, times)


def _ask(database: Database, question: Any, *args: Any) -> Any:
    with database.session() as session:
        return question(session, "contoh", *args)


# --- pace -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("found", [FULL, ChannelPace(), ChannelPace(attempted_at=NOW)])
def test_a_pace_reads_back_equal(database: Database, found: ChannelPace) -> None:
    _save(database, FULL)
    _save(database, found)
    assert _pace(database) == found


def test_of_a_channel_never_asked_nothing_is_known(database: Database) -> None:
    _save(database, FULL)
    assert _pace(database, "indeks") == _pace(database, of="lain") == ChannelPace()
    assert _pace(database, "tak dikenal") == ChannelPace()


def test_the_pace_of_an_unknown_channel_is_not_kept(database: Database) -> None:
    _save(database, FULL, "tak dikenal")
    with database.session() as session:
        assert all(found.pace == ChannelPace() for found in pace.polled_channels(session).values())


def test_a_failure_has_a_kind(database: Database) -> None:
    with pytest.raises(StorageError, match="ck_channel_pace_failures"):
        _save(database, ChannelPace(failures=1))


def test_all_channels_are_told_with_their_waits(database: Database) -> None:
    _save(database, FULL)
    with database.session() as session:
        channels.save_state(session, "lain", "rss", ChannelState(not_before=LATER))
    with database.session() as session:
        found = pace.polled_channels(session)
    nothing = pace.PolledChannel(pace=ChannelPace(), not_before=None)
    assert found == {
        ("contoh", "rss"): pace.PolledChannel(pace=FULL, not_before=None),
        ("contoh", "indeks"): nothing,
        ("lain", "rss"): pace.PolledChannel(pace=ChannelPace(), not_before=LATER),
        ("lain", "indeks"): nothing,
    }


# --- arrivals -------------------------------------------------------------------------------------


def _arrivals(database: Database, since: datetime = NOW, limit: int = 100) -> list[int]:
    found = _ask(database, pace.arrivals, "rss", since, limit)
    return [round((moment - NOW) / MINUTE) for moment in found]


def test_entries_arrive_when_they_are_published_else_seen(database: Database) -> None:
    _note(database, NOW - 600 * MINUTE, x=None)
    _note(database, LATER, a=NOW + 20 * MINUTE, b=None, c=NOW + 10 * MINUTE)
    assert _arrivals(database) == [10, 20, 60]


def test_what_stood_there_from_the_beginning_did_not_arrive_together(database: Database) -> None:
    _note(database, NOW, a=None, b=NOW - 20 * MINUTE)
    _note(database, LATER, c=None)
    assert _arrivals(database) == [-20, 60]


def test_an_entry_of_the_future_arrives_when_it_is_seen(database: Database) -> None:
    _note(database, NOW, a=NOW + 600 * MINUTE)
    assert _arrivals(database) == [0]


def test_old_arrivals_are_left_out(database: Database) -> None:
    _note(database, NOW - MINUTE, a=None)
    _note(database, NOW, b=None)
    assert _arrivals(database) == [0]


def test_of_many_arrivals_the_newest_count(database: Database) -> None:
    for minutes in range(-1, 5):
        _note(database, NOW + minutes * MINUTE, **{f"x{minutes}": None})
    assert _arrivals(database, limit=2) == [3, 4]


def test_each_channel_has_its_own_arrivals(database: Database) -> None:
    _note(database, NOW, channel="indeks", a=NOW)
    assert _arrivals(database) == []


# --- what was listed before -----------------------------------------------------------------------


def test_when_a_channel_was_last_seen(database: Database) -> None:
    assert _ask(database, pace.last_sight, "rss") is None
    _note(database, NOW, a=None, b=None)
    _note(database, LATER, a=None)
    assert _ask(database, pace.last_sight, "rss") == LATER
    assert _ask(database, pace.last_sight, "indeks") is None


def test_what_was_listed_before(database: Database) -> None:
    _note(database, NOW, a=None)
    _note(database, NOW, channel="indeks", b=None)
    _note(database, LATER, a=None, c=None)
    keys = ["a", "b", "c", "d"]
    assert _ask(database, pace.listed_before, ["rss"], keys, LATER) == {"a"}
    assert _ask(database, pace.listed_before, ["rss", "indeks"], keys, LATER) == {"a", "b"}
    assert _ask(database, pace.listed_before, ["rss"], keys, LATER + MINUTE) == {"a", "c"}
    assert _ask(database, pace.listed_before, ["rss"], [], LATER) == set()


# --- gaps -----------------------------------------------------------------------------------------


def _gap(channel: str = "rss", noted_at: datetime = LATER) -> Gap:
    return Gap(channel=channel, since=NOW, until=NOW + MINUTE, noted_at=noted_at)


def test_gaps_read_back_by_publisher(database: Database) -> None:
    with database.session() as session:
        for gap in (_gap(noted_at=LATER + MINUTE), _gap("indeks"), _gap("tak dikenal")):
            pace.note_gap(session, "contoh", gap)
    with database.session() as session:
        assert pace.gaps(session, LATER) == {
            "contoh": (_gap("indeks"), _gap(noted_at=LATER + MINUTE))
        }
        assert pace.gaps(session, LATER + 2 * MINUTE) == {}
