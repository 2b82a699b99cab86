"""The plan for all channels, from what is in the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from aggregator.config import Config, PublisherConfig
from aggregator.errors import UnknownChannelError
from aggregator.model import (
    Channel,
    ChannelKind,
    ChannelPace,
    ChannelState,
    Discovery,
    Entry,
    FailureKind,
)
from aggregator.schedule.decision import Rule
from aggregator.schedule.timetable import Planned, Timetable, limits_of
from aggregator.times import QuietHours
from storage import channels, hosts, wishes
from storage import pace as paces
from storage.database import Database
from tests.pipelines.builders import WITA, publisher

NOW = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)  # 10.00 in Balikpapan
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
CONFIG = Config(contact="admin@sekolah.example")


def channel(name: str, of: str = "contoh") -> Channel:
    url = f"https://www.{of}.example/{name}"
    return Channel(publisher=of, name=name, kind=ChannelKind.FEED, url=url)


ALL = {
    "contoh": (channel("rss"), channel("indeks")),
    "lain": (channel("rss", of="lain"),),
}


@pytest.fixture
def database(database: Database) -> Database:
    with database.session() as session:
        for name, declared in ALL.items():
            channels.ensure(session, publisher(name=name), declared)
    return database


def polled(database: Database, name: str, at: datetime, of: str = "contoh", **more: object) -> None:
    with database.session() as session:
        pace = ChannelPace(attempted_at=at, succeeded_at=at, listed=15, fresh=3, **more)  # type: ignore[arg-type]
        paces.save_pace(session, of, name, pace)


def plan(
    database: Database, timetable: Timetable | None = None, now: datetime = NOW
) -> dict[str, Planned]:
    with database.session() as session:
        found = (timetable or Timetable(CONFIG, ALL)).plan(session, now)
    return {f"{one.channel.publisher}/{one.channel.name}": one for one in found}


def starts(found: Mapping[str, Planned]) -> dict[str, float]:
    return {name: round((one.starts_at - NOW) / MINUTE, 1) for name, one in found.items()}


def test_a_new_database_is_read_at_once_publisher_beside_publisher(database: Database) -> None:
    assert starts(plan(database)) == {"contoh/rss": 0, "lain/rss": 0, "contoh/indeks": 1}


def test_a_channel_that_was_never_declared_is_planned_too(database: Database) -> None:
    more = Timetable(CONFIG, {"baru": (channel("rss", of="baru"),)})
    assert starts(plan(database, more)) == {"baru/rss": 0}


def test_whose_turn_is_first_comes_first(database: Database) -> None:
    polled(database, "rss", NOW - 3 * HOUR)
    polled(database, "indeks", NOW - 20 * MINUTE)
    polled(database, "rss", NOW - 28 * MINUTE, of="lain")
    found = plan(database)
    assert list(found) == ["contoh/rss", "lain/rss", "contoh/indeks"]
    assert found["contoh/rss"].starts_at <= NOW


def test_the_plan_stays_the_same_until_a_channel_is_polled(database: Database) -> None:
    """Also over a restart: a new timetable plans alike."""
    polled(database, "rss", NOW)
    first = plan(database)["contoh/rss"].decision
    assert plan(database, now=NOW + 9 * MINUTE)["contoh/rss"].decision == first
    assert timedelta(0) < NOW + 30 * MINUTE - first.due_at < 3 * MINUTE


def test_channels_and_schools_do_not_march_in_step(database: Database) -> None:
    polled(database, "rss", NOW)
    polled(database, "indeks", NOW)
    ours = plan(database)
    other = Timetable(replace(CONFIG, contact="guru@smk.example"), ALL)
    theirs = plan(database, other)
    due = {
        found[name].decision.due_at
        for found in (ours, theirs)
        for name in found
        if name != "lain/rss"
    }
    assert len(due) == 4


def test_the_first_polls_of_a_program_are_put_off_a_little(database: Database) -> None:
    """Many machines start when the power comes back."""
    found = starts(plan(database, Timetable(CONFIG, ALL, begun_at=NOW)))
    assert 0 < found["contoh/rss"] < 1
    assert 0 < found["lain/rss"] < 1
    assert found["contoh/rss"] != found["lain/rss"]


def test_a_publisher_that_was_asked_a_moment_ago_is_left_alone(database: Database) -> None:
    polled(database, "rss", NOW - 0.5 * MINUTE)
    assert starts(plan(database))["contoh/indeks"] == 0.5


def test_crawl_delay_lies_between_channels_too(database: Database) -> None:
    with database.session() as session:
        hosts.note_crawl_delay(session, "www.contoh.example", 5 * MINUTE)
    found = plan(database)
    assert starts(found) == {"contoh/rss": 0, "lain/rss": 0, "contoh/indeks": 5}
    assert found["contoh/indeks"].pause == 5 * MINUTE


def test_a_clock_that_was_set_back_stops_nobody(database: Database) -> None:
    polled(database, "rss", NOW + 10_000 * HOUR)
    with database.session() as session:
        hosts.note_wait(session, "www.contoh.example", NOW + 10_001 * HOUR)
    found = plan(database)
    assert found["contoh/rss"].decision.steps[-1].rule is Rule.CLOCK
    assert starts(found)["contoh/rss"] == 0


def test_retry_after_of_channel_and_host_count(database: Database) -> None:
    with database.session() as session:
        channels.save_state(session, "contoh", "rss", ChannelState(not_before=NOW + 3 * HOUR))
        hosts.note_wait(session, "www.contoh.example", NOW + 2 * HOUR)
    assert starts(plan(database)) == {"lain/rss": 0, "contoh/indeks": 120, "contoh/rss": 180}


def test_a_failure_is_left_alone_by_its_kind(database: Database) -> None:
    polled(database, "rss", NOW, failures=1, failure_kind=FailureKind.BLOCKED, failure="robots.txt")
    found = plan(database)["contoh/rss"].decision
    assert [step.rule for step in found.steps] == [Rule.BACK_OFF]
    assert 2 * HOUR <= found.due_at - NOW < 2.3 * HOUR


def test_the_rhythm_is_that_of_the_channels_entries(database: Database) -> None:
    """Twelve an hour, so that six are there after half an hour."""
    with database.session() as session:
        listed = [
            Discovery(
                url=f"https://www.contoh.example/{n}",
                canonical_url=f"https://www.contoh.example/{n}",
                external_id=f"x{n}",
                channel="rss",
                entry=Entry(url=f"https://www.contoh.example/{n}"),
            )
            for n in range(60)
        ]
        times = {d.key: NOW - n * 5 * MINUTE for n, d in enumerate(listed)}
        channels.note_entries(session, "contoh", "rss", listed, NOW, times)
    polled(database, "rss", NOW)
    found = plan(database)["contoh/rss"].decision
    assert [step.rule for step in found.steps] == [Rule.RHYTHM]
    assert 25 <= (found.due_at - NOW) / MINUTE <= 31


def test_a_publisher_has_limits_of_its_own() -> None:
    own = PublisherConfig(
        min_interval=5 * MINUTE, max_interval=HOUR, quiet_hours=QuietHours.parse("01:00-02:00")
    )
    config = replace(CONFIG, publishers={"contoh": own})
    assert limits_of(config, "contoh").shortest == 5 * MINUTE
    assert limits_of(config, "contoh").longest == HOUR
    assert str(limits_of(config, "contoh").quiet) == "01:00-02:00"
    everybody = limits_of(config, "lain")
    assert (everybody.shortest, everybody.longest) == (10 * MINUTE, 2 * HOUR)
    assert (everybody.quiet, everybody.zone) == (None, WITA)


# --- what people ask ------------------------------------------------------------------------------


def test_a_paused_channel_is_not_due_until_it_is_resumed(database: Database) -> None:
    before = plan(database)["contoh/rss"]
    with database.session() as session:
        wishes.pause(session, "contoh", "rss", by="Bu Ani", now=NOW)
    paused = plan(database)
    assert paused["contoh/rss"].decision.steps[-1].rule is Rule.PAUSED
    assert paused["contoh/rss"].starts_at > NOW + timedelta(days=20)
    assert paused["contoh/indeks"].starts_at == NOW
    with database.session() as session:
        wishes.resume(session, "contoh", "rss")
    assert plan(database)["contoh/rss"] == before


def test_a_channel_is_read_once_when_somebody_asks(database: Database) -> None:
    polled(database, "rss", NOW - 10 * MINUTE)
    assert plan(database)["contoh/rss"].starts_at > NOW
    with database.session() as session:
        wishes.ask(session, "contoh", "rss", by="Bu Ani", now=NOW)
    asked = plan(database)["contoh/rss"]
    assert (asked.decision.due_at, asked.decision.steps[-1].rule) == (NOW, Rule.ASKED)
    polled(database, "rss", NOW)
    assert plan(database)["contoh/rss"].starts_at > NOW


def test_whoever_asks_does_not_go_before_the_publisher(database: Database) -> None:
    polled(database, "rss", NOW - 10 * MINUTE)
    with database.session() as session:
        hosts.note_wait(session, "www.contoh.example", NOW + 20 * MINUTE)
        wishes.ask(session, "contoh", "rss", by="Bu Ani", now=NOW)
    assert plan(database)["contoh/rss"].decision.due_at == NOW + 20 * MINUTE


def test_whoever_asks_goes_before_quiet_hours(database: Database) -> None:
    quiet = Config(contact="a@sekolah.example", quiet_hours=QuietHours.parse("09:00-12:00"))
    polled(database, "rss", NOW - 3 * HOUR)
    with database.session() as session:
        wishes.ask(session, "contoh", "rss", by="Bu Ani", now=NOW)
    found = plan(database, Timetable(quiet, ALL))
    assert found["contoh/rss"].decision.due_at <= NOW < found["contoh/indeks"].decision.due_at


def test_only_a_known_channel_is_asked_of(database: Database) -> None:
    with pytest.raises(UnknownChannelError), database.session() as session:
        wishes.pause(session, "contoh", "tidak-ada", by="Bu Ani", now=NOW)
