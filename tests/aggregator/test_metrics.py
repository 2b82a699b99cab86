"""Metrics: their names are the reference's, their values the database's."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from aggregator.config import Config
from aggregator.metrics import FRESH, DatabaseCollector, write_textfile
from aggregator.model import Backup, EndState
from storage import alerts, backups, channels
from storage.database import Database
from tests.aggregator.health.builders import FAILED, NOON, poll
from tests.aggregator.health.test_examine import crawl
from tests.docs.pages import REFERENCE, first_cells, read
from tests.pipelines.builders import publisher

Values = dict[str, float]


@pytest.fixture
def filled(database: Database) -> Database:
    """Two channels, one of which fails; a run with ends, a backup, an open alert."""
    with database.session() as session:
        channels.ensure(session, publisher(), ())
        made = Backup(path="x", made_at=NOON, bytes=1, schema_version="1", articles=0)
        backups.record(session, made)
        alerts.open_alert(session, "x", {}, NOON)
    refused = (EndState.BLOCKED, "refused (403)")
    skewed = poll(clock_skew=timedelta(seconds=2))
    crawl(database, skewed, ago=2)
    crawl(
        database,
        poll(0, FAILED, "gone", channel="indeks"),
        skewed,
        ago=1,
        ends=[(EndState.STORED, None), (EndState.STORED, None), refused],
    )
    return database


def config_of(database: Database) -> Config:
    return Config(database_url=database.engine.url.render_as_string(hide_password=False))


def values(config: Config, collector: DatabaseCollector | None = None) -> Values:
    registry = CollectorRegistry()
    registry.register(collector or DatabaseCollector(config, clock=lambda: NOON))
    return parsed(generate_latest(registry).decode())


def parsed(text: str) -> Values:
    return {
        ",".join([sample.name, *(f"{k}={v}" for k, v in sorted(sample.labels.items()))]): float(
            sample.value
        )
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_values_are_those_of_the_database(filled: Database) -> None:
    found = values(config_of(filled))
    hour_ago = (NOON - timedelta(hours=1)).timestamp()
    expected = {
        "aggregator_up": 1,
        "aggregator_healthy": 0,
        "aggregator_findings,kind=channel-gone": 1,
        "aggregator_channel_ok,channel=rss,publisher=contoh": 1,
        "aggregator_channel_ok,channel=indeks,publisher=contoh": 0,
        "aggregator_channel_poll_timestamp_seconds,channel=rss,publisher=contoh": hour_ago,
        "aggregator_channel_clock_skew_seconds,channel=rss,publisher=contoh": 2,
        "aggregator_publisher_last_success_timestamp_seconds,publisher=contoh": hour_ago,
        "aggregator_publisher_blocked_ratio,publisher=contoh": 1 / 3,
        "aggregator_run_timestamp_seconds": hour_ago,
        "aggregator_run_urls,publisher=contoh,state=stored": 2,
        "aggregator_run_urls,publisher=contoh,state=blocked": 1,
        "aggregator_backup_timestamp_seconds": NOON.timestamp(),
        "aggregator_alerts_open": 1,
    }
    assert {name: found[name] for name in expected} == pytest.approx(expected)


def test_an_empty_database_is_up(database: Database) -> None:
    found = values(config_of(database))
    assert (found["aggregator_up"], found["aggregator_healthy"]) == (1, 0)


def test_a_database_that_is_not_there_is_down(tmp_path: Path) -> None:
    found = values(Config(database_url=f"sqlite:///{tmp_path / 'news.db'}"))
    assert found["aggregator_up"] == 0
    assert {name.partition(",")[0] for name in found} == {
        "aggregator_up",
        "aggregator_build_info",
    }


def test_what_was_gathered_is_shown_for_a_while(filled: Database) -> None:
    now = NOON
    collector = DatabaseCollector(config_of(filled), clock=lambda: now)
    name = "aggregator_alerts_open"
    assert values(config_of(filled), collector)[name] == 1
    with filled.session() as session:
        alerts.close_alerts(session, alerts.open_alerts(session).values(), NOON)
    assert values(config_of(filled), collector)[name] == 1
    now += FRESH
    assert values(config_of(filled), collector)[name] == 0


def test_a_file_is_replaced_in_one_step(filled: Database, tmp_path: Path) -> None:
    path = tmp_path / "textfile" / "aggregator.prom"
    path.parent.mkdir()
    path.write_text("lama")
    write_textfile(config_of(filled), path)
    assert parsed(path.read_text())["aggregator_up"] == 1
    assert list(path.parent.iterdir()) == [path]


def test_every_metric_is_in_the_reference(filled: Database) -> None:
    from storage.care import free

    described = set(first_cells(read(REFERENCE / "metrics.md")))
    shown = {name.partition(",")[0] for name in values(config_of(filled))}
    # These need what the fixture does not have: an article, and a database in a file.
    absent = {
        "aggregator_articles",
        "aggregator_publisher_last_article_timestamp_seconds",
        *([] if free(filled) is not None else ["aggregator_disk_free_bytes"]),
    }
    assert shown == described - absent
