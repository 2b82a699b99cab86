"""What the database says, as Prometheus metrics: names and meanings are in
``docs/reference/metrics.md``.

All are gauges: the truth is in the database, and what a process counted would be lost with it.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from prometheus_client import CollectorRegistry, write_to_textfile
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from sqlalchemy.orm import Session

from aggregator import __version__
from aggregator.config import Config
from aggregator.errors import StorageError
from aggregator.health.channels import GOOD
from aggregator.health.examine import Health, examine
from aggregator.model import Backup, ChannelRecord, Run
from storage import alerts, backups, care, polls, runlist, watch
from storage.database import open_database
from storage.runlist import Ends

FRESH = timedelta(minutes=5)
"""How long what was gathered is shown again: a scrape every 15 seconds must not read the whole
database every time."""


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """Everything that is shown, of one moment."""

    health: Health
    articles: Mapping[str, int]
    channels: tuple[ChannelRecord, ...]
    """The newest poll of each."""
    run: Run | None
    """The newest that has ended."""
    ends: tuple[Ends, ...]
    """Of that run."""
    backup: Backup | None
    open_alerts: int
    database_bytes: int | None
    free_bytes: int | None


def gather(config: Config, now: datetime) -> Snapshot:
    """Raises ``StorageError``."""
    database = open_database(config.database_url)
    try:
        health = examine(database, config, now)
        with database.session() as session:
            run = runlist.last_ended(session)
            return Snapshot(
                health=health,
                articles=watch.article_counts(session),
                channels=polls.newest(session),
                run=run,
                ends=_ends(session, run),
                backup=backups.newest(session),
                open_alerts=len(alerts.open_alerts(session)),
                database_bytes=care.size(database),
                free_bytes=care.free(database),
            )
    finally:
        database.close()


def _ends(session: Session, run: Run | None) -> tuple[Ends, ...]:
    return runlist.ends(session, [run.id])[run.id] if run is not None else ()


class DatabaseCollector(Collector):
    """Gathers when it is asked, and not more often than every five minutes."""

    def __init__(
        self,
        config: Config,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.config = config
        self.clock = clock
        # Two scrapes at once gather once.
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._gathered_at = datetime.min.replace(tzinfo=UTC)

    def collect(self) -> Iterable[Metric]:
        with self._lock:
            snapshot = self._current()
        yield _gauge("aggregator_up", "Whether the database could be read", snapshot is not None)
        yield _labelled(
            "aggregator_build_info", "The program's version", {(__version__,): 1}, "version"
        )
        if snapshot is not None:
            yield from metrics_of(snapshot)

    def _current(self) -> Snapshot | None:
        now = self.clock()
        if now - self._gathered_at >= FRESH:
            try:
                self._snapshot = gather(self.config, now)
            except StorageError:
                self._snapshot = None
            self._gathered_at = now
        return self._snapshot


def registry_of(config: Config) -> CollectorRegistry:
    # Not the default one, which would add numbers of this process that nobody asked for.
    registry = CollectorRegistry()
    registry.register(DatabaseCollector(config))
    return registry


def write_textfile(config: Config, path: Path) -> None:
    """For node_exporter's textfile collector; the file is replaced in one step."""
    write_to_textfile(str(path), registry_of(config))


def metrics_of(found: Snapshot) -> Iterator[Metric]:
    yield from _of_health(found)
    yield from _of_publishers(found)
    yield from _of_channels(found.channels)
    yield from _of_run(found)
    for name, about, value in (
        ("aggregator_alerts_open", "Alerts that last", found.open_alerts),
        ("aggregator_database_bytes", "Size of the database", found.database_bytes),
        ("aggregator_disk_free_bytes", "Free where the database lies", found.free_bytes),
        (
            "aggregator_backup_timestamp_seconds",
            "When the newest backup was made",
            found.backup.made_at.timestamp() if found.backup else None,
        ),
    ):
        if value is not None:
            yield _gauge(name, about, value)


def _of_health(found: Snapshot) -> Iterator[Metric]:
    kinds = Counter(str(finding.kind) for finding in found.health.findings)
    healthy = found.health.has_run and not kinds
    yield _gauge("aggregator_healthy", "Whether nothing needs a person", healthy)
    counts = {(kind,): count for kind, count in sorted(kinds.items())}
    yield _labelled("aggregator_findings", "What needs a person, by kind", counts, "kind")


def _of_publishers(found: Snapshot) -> Iterator[Metric]:
    articles = {(name,): count for name, count in sorted(found.articles.items())}
    yield _labelled("aggregator_articles", "Articles that are held", articles, "publisher")
    of = found.health.publishers
    for name, about, values in (
        (
            "aggregator_publisher_last_success_timestamp_seconds",
            "When a channel was last answered well",
            {(p.name,): p.last_success.timestamp() for p in of if p.last_success},
        ),
        (
            "aggregator_publisher_last_article_timestamp_seconds",
            "When the newest article was first seen",
            {(p.name,): p.last_article.timestamp() for p in of if p.last_article},
        ),
        (
            "aggregator_publisher_blocked_ratio",
            "Of the articles asked for in 7 days, those that were refused",
            {(p.name,): p.blocked_share for p in of if p.blocked_share is not None},
        ),
    ):
        yield _labelled(name, about, values, "publisher")


def _of_channels(polled: Iterable[ChannelRecord]) -> Iterator[Metric]:
    of = {(poll.publisher, poll.channel): poll for poll in polled}
    for name, about, values in (
        (
            "aggregator_channel_ok",
            "Whether its newest answer was good",
            {key: float(poll.status in GOOD) for key, poll in of.items()},
        ),
        (
            "aggregator_channel_poll_timestamp_seconds",
            "When it was last polled",
            {key: poll.polled_at.timestamp() for key, poll in of.items()},
        ),
        (
            "aggregator_channel_entries",
            "Entries of its newest answer",
            {key: float(poll.entries) for key, poll in of.items()},
        ),
        (
            "aggregator_channel_clock_skew_seconds",
            "How far its server's clock is ahead of ours",
            {
                key: poll.clock_skew.total_seconds()
                for key, poll in of.items()
                if poll.clock_skew is not None
            },
        ),
    ):
        yield _labelled(name, about, values, "publisher", "channel")


def _of_run(found: Snapshot) -> Iterator[Metric]:
    run = found.run
    if run is None or run.finished_at is None:
        return
    yield _gauge(
        "aggregator_run_timestamp_seconds", "When the last run ended", run.finished_at.timestamp()
    )
    duration = (run.finished_at - run.started_at).total_seconds()
    yield _gauge("aggregator_run_duration_seconds", "How long it took", duration)
    urls: Counter[tuple[str, ...]] = Counter()
    for end in found.ends:
        urls[end.publisher, str(end.state)] += end.urls
    counts = dict(sorted(urls.items()))
    yield _labelled("aggregator_run_urls", "How its URLs ended", counts, "publisher", "state")


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(name, about, value=float(value))


Key = TypeVar("Key", bound=tuple[str, ...])


def _labelled(name: str, about: str, values: Mapping[Key, float], *labels: str) -> Metric:
    family = GaugeMetricFamily(name, about, labels=labels)
    for key, value in values.items():
        family.add_metric(key, value)
    return family
