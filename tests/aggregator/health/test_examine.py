"""The whole examination over databases with ledgers in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from aggregator.config import Config
from aggregator.health import FindingKind
from aggregator.health.examine import Health, examine, indonesian_holidays
from aggregator.health.finding import Finding
from aggregator.model import (
    Backup,
    ChannelRecord,
    EndState,
    Fetch,
    Publisher,
    RightsBasis,
    TransportState,
)
from storage import alerts, backups, care, channels, polls, runs
from storage.database import Database, open_database
from tests.aggregator.health.builders import FAILED, HOUR, NOON, UNCHANGED, poll
from tests.conftest import PostgresServer
from tests.pipelines.builders import publisher

DAY = timedelta(days=1)
CONFIG = Config()


@pytest.fixture
def database(database: Database) -> Database:
    with database.session() as session:
        for name in ("contoh", "lain"):
            channels.ensure(session, publisher(name=name, title=name.title()), ())
    return database


def crawl(
    database: Database,
    *polled: ChannelRecord,
    ago: float = 0,
    mode: str = "live",
    ends: Sequence[tuple[EndState, str | None]] = (),
) -> None:
    """A run so many hours before noon, with these answers and these ends of articles."""
    at = NOON - ago * HOUR
    fetches = [
        Fetch(
            publisher="contoh",
            channel="rss",
            url=f"https://contoh.example/{ago}/{n}",
            key=f"{ago}/{n}",
            state=state,
            reason=reason,
            ended_at=at,
        )
        for n, (state, reason) in enumerate(ends)
    ]
    with database.session() as session:
        run_id = runs.start_run(session, mode, at)
        polls.record(session, run_id, [replace(one, polled_at=at) for one in polled])
        runs.record_fetches(session, run_id, fetches)
        runs.finish_run(session, run_id, at)


def look(database: Database, config: Config = CONFIG) -> Health:
    return examine(database, config, NOON)


def keys(health: Health) -> list[str]:
    return [finding.key for finding in health.findings]


def test_a_database_without_a_run_cannot_be_told(database: Database) -> None:
    health = look(database)
    assert (health.has_run, health.findings) == (False, ())


def test_good_crawls_are_healthy_and_told_by_publisher(database: Database) -> None:
    for ago in (3, 2, 1):
        crawl(database, poll(ends={"stored": 1}), ago=ago, ends=[(EndState.STORED, None)])
    health = look(database)
    assert (health.has_run, keys(health)) == (True, [])
    (contoh,) = health.publishers
    assert (contoh.name, contoh.title, contoh.channels) == ("contoh", "Contoh", 1)
    assert (contoh.last_success, contoh.blocked_share) == (NOON - HOUR, 0.0)


def test_the_gravest_comes_first(database: Database) -> None:
    refused = [(EndState.BLOCKED, "refused (403)")] * 6
    crawl(database, poll(0, FAILED, "gone"), poll(channel="indeks"), ago=72, ends=refused)
    assert keys(look(database)) == [
        "crawl-missing",
        "articles-blocked/contoh",
        "channel-gone/contoh/rss",
    ]


def test_what_all_publishers_have_in_common_is_told_once(database: Database) -> None:
    down = [poll(0, FAILED, "no such host", publisher=name) for name in ("contoh", "lain")]
    for ago in (3, 2, 1):
        crawl(database, *down, ago=ago)
    (finding,) = look(database).findings
    assert (finding.kind, finding.since) == (FindingKind.NETWORK_DOWN, NOON - 3 * HOUR)


def test_a_channel_that_is_read_no_more_is_forgotten(database: Database) -> None:
    crawl(database, poll(0, FAILED, "gone", channel="lama"), poll(), ago=100)
    for ago in (90, 50, 10, 1):
        crawl(database, poll(), ago=ago)
    assert keys(look(database)) == []


def moving(database: Database, silent_days: int) -> None:
    """A channel that moved every four hours for three weeks, and then not."""
    silence = silent_days * 24
    for ago in range(24 * 21 + silence, silence, -4):
        crawl(database, poll(fresh=1, ends={"stored": 1}), ago=ago)
    for ago in range(silence, 0, -4):
        crawl(database, poll(0, UNCHANGED), ago=ago)


def test_a_quiet_publisher_is_told_once(database: Database) -> None:
    moving(database, 4)
    config = replace(CONFIG, backup_days=0)
    assert keys(look(database, config)) == ["publisher-quiet/contoh"]


def test_what_is_replayed_has_no_rhythm_and_needs_no_backup(database: Database) -> None:
    crawl(database, poll(), ago=24 * 30, mode="demo")
    assert keys(look(database)) == []


def test_our_clock_or_theirs(database: Database) -> None:
    hour = timedelta(hours=1)
    crawl(database, poll(clock_skew=hour), poll(publisher="lain", clock_skew=hour), ago=2)
    assert keys(look(database)) == ["clock-wrong"]
    crawl(database, poll(publisher="lain", clock_skew=timedelta()), ago=1)
    crawl(database, poll(publisher="lain", clock_skew=timedelta()), ago=1)
    assert keys(look(database)) == ["channel-clock/contoh/rss"]


def test_a_backup_silences_its_finding(database: Database) -> None:
    for ago in (24 * 9, 24, 1):
        crawl(database, poll(), ago=ago)
    assert keys(look(database)) == ["backup-old"]
    assert keys(look(database, replace(CONFIG, backup_days=30))) == []
    made = Backup(path="x", made_at=NOON - DAY, bytes=1, schema_version="1", articles=0)
    with database.session() as session:
        backups.record(session, made)
    assert keys(look(database)) == []


def test_a_transport_that_fails_is_told(database: Database) -> None:
    with database.session() as session:
        alerts.save_transport(session, TransportState(name="email", failing_since=NOON))
    assert keys(look(database)) == ["alert-undelivered/email"]


def test_a_full_disk_is_told(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(care, "free", lambda _: 1024)
    assert keys(look(database)) == ["disk-full"]


def test_a_damaged_file_is_told(tmp_path: Path, migrated_file: Path) -> None:
    path = tmp_path / "news.db"
    path.write_bytes(migrated_file.read_bytes())
    opened = open_database(f"sqlite:///{path}", writable=True)
    about = Publisher(
        name="contoh",
        title="Contoh",
        homepage="https://contoh.example",
        timezone="Asia/Jakarta",
        rights_basis=RightsBasis.EXCERPT_ONLY,
    )
    with opened.session() as session:
        channels.ensure(session, about, ())
    for ago in range(200, 0, -1):
        crawl(opened, poll(), ago=ago, ends=[(EndState.STORED, "x" * 500)] * 5)
    opened.close()
    content = bytearray(path.read_bytes())
    content[-40 * 4096 : -38 * 4096] = bytes(2 * 4096)
    path.write_bytes(content)
    opened = open_database(f"sqlite:///{path}")
    damage = care.damage(opened)
    opened.close()
    assert damage


def test_a_whole_database_is_not_damaged(database: Database) -> None:
    assert care.damage(database) is None
    size = care.size(database)
    assert size is not None
    assert size > 10_000


@pytest.mark.postgres
def test_an_invalid_index_is_damage(postgres_server: PostgresServer) -> None:
    spoil = "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_fetch_run_id'::regclass"
    with postgres_server.migrated() as url:
        opened = open_database(url, writable=True)
        with opened.session() as session:
            session.execute(text(spoil))
        assert care.damage(opened) == "index ix_fetch_run_id is not valid"
        opened.close()


def test_holidays_are_those_of_indonesia() -> None:
    is_holiday = indonesian_holidays()
    assert is_holiday(date(2026, 8, 17))
    assert is_holiday(date(2026, 3, 23)), "a joint holiday after Lebaran"
    assert not is_holiday(date(2026, 8, 18))


def test_a_finding_reads_back_from_its_json() -> None:
    finding = Finding(
        kind=FindingKind.CHANNEL_GONE,
        publisher="contoh",
        subject="rss",
        since=NOON,
        facts={"reason": "gone", "answers": 2},
    )
    assert Finding.from_json(finding.to_json()) == finding
