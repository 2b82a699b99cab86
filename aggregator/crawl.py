"""One run: the chosen publishers' spiders in one process, and what came of it.

The only place that starts Scrapy. Everything it decides comes from ``CrawlRequest``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from aggregator import settings as project_settings
from aggregator.config import Config
from aggregator.errors import ContactMissingError, MixedDatabaseError, UnknownPublisherError
from aggregator.model import Cause, ChannelStatus, EndState
from pipelines.ledger import RunLedger
from pipelines.report import Report
from pipelines.rulebook import load_rules
from spiders.publisher import PublisherSpider
from spiders.registry import publisher_for, publishers
from storage.archive import ArchiveReader, ArchiveWriter
from storage.database import Database, open_database
from storage.runs import finish_run, interrupt_stale, run_modes, start_run

DEMO_ARCHIVE = Path(__file__).parent / "demo" / "demo.warc.gz"
"""Synthetic pages of the three publishers, bundled so that a first run shows something real."""

Progress = Callable[[], None]


@dataclass(frozen=True, kw_only=True)
class CrawlRequest:
    """What the operator asked for."""

    publishers: tuple[str, ...] = ()
    """Empty: all."""
    demo: bool = False
    urls: tuple[str, ...] = ()
    """Look at these articles of the one publisher named instead of polling its channels."""
    replay: Path | None = None
    archive: Path | None = None
    limit: int = 0
    recheck: bool = False
    reparse: bool = False
    """Look at the archive's articles instead of polling channels."""
    verbose: bool = False

    @property
    def archive_to_read(self) -> Path | None:
        return DEMO_ARCHIVE if self.demo else self.replay

    @property
    def mode(self) -> str:
        if self.demo:
            return "demo"
        if self.reparse:
            return "reparse"
        return "replay" if self.replay else "live"


@dataclass(frozen=True, kw_only=True)
class CrawlResult:
    run_id: int
    mode: str
    reports: tuple[Report, ...]
    other_records: int = 0
    """Reparse only: archived answers that are no article address of any publisher."""

    @property
    def states(self) -> Counter[str]:
        total: Counter[str] = Counter()
        for report in self.reports:
            total.update(report.states())
        return total

    @property
    def needs_a_person(self) -> bool:
        """Whether a channel was refused or failed, or an article could not be stored."""
        bad = {ChannelStatus.BLOCKED, ChannelStatus.FAILED}
        return any(
            report.errors
            or report.sites_in_trouble
            or any(poll.status in bad for poll in report.polls)
            for report in self.reports
        )

    @property
    def articles(self) -> dict[int, EndState]:
        """Articles that this run stored or revised."""
        return {id_: state for report in self.reports for id_, state in report.articles.items()}


def run(
    config: Config,
    request: CrawlRequest,
    progress: Progress | None = None,
    registered: Mapping[str, type[PublisherSpider]] | None = None,
) -> CrawlResult:
    """Crawl, and return when everything discovered has its end state.

    ``registered``: the publishers to choose from, else all that the ``spiders`` package holds.
    Raises ``UsageError``, ``ArchiveError`` or ``StorageError`` before anything is requested.
    """
    spiders = _chosen(request.publishers, registered or publishers())
    urls = _named_articles(request)
    _check(config, request)
    database = open_database(config.database_url, writable=True)
    try:
        run_id = _begin(database, request)
        reports = _crawl(spiders, _settings(config, request, run_id), urls, progress)
        with database.session() as session:
            finish_run(session, run_id, datetime.now(UTC))
    finally:
        database.close()
    others = len(urls.others) if urls else 0
    return CrawlResult(run_id=run_id, mode=request.mode, reports=reports, other_records=others)


@dataclass(frozen=True, kw_only=True)
class _Named:
    articles: dict[str, list[str]]
    others: tuple[str, ...]


def _chosen(
    names: Sequence[str], known: Mapping[str, type[PublisherSpider]]
) -> dict[str, type[PublisherSpider]]:
    for name in names:
        if name not in known:
            raise UnknownPublisherError(name=name, known=", ".join(sorted(known)))
    return {name: spider for name, spider in known.items() if not names or name in names}


def _named_articles(request: CrawlRequest) -> _Named | None:
    if request.urls:
        (publisher,) = request.publishers
        return _Named(articles={publisher: list(request.urls)}, others=())
    return _archived_articles(request) if request.reparse else None


def _archived_articles(request: CrawlRequest) -> _Named:
    """Article addresses in the archive by publisher; those without a query first, since
    ``?page=2`` is a part of the same article."""
    assert request.replay is not None
    articles: dict[str, list[str]] = {}
    others: list[str] = []
    asked = sorted(ArchiveReader(request.replay).urls(), key=lambda url: bool(urlsplit(url).query))
    for url in asked:
        spider = publisher_for(url)
        if spider is None or not spider().is_article_url(url):
            others.append(url)
        else:
            articles.setdefault(spider.name, []).append(url)
    return _Named(articles=articles, others=tuple(others))


def _check(config: Config, request: CrawlRequest) -> None:
    """Fail on what can be known beforehand, with one clear line."""
    load_rules(config.rules)
    if request.archive_to_read is not None:
        ArchiveReader(request.archive_to_read)
    elif not config.contact:
        raise ContactMissingError(config_file="aggregator.toml")
    if request.archive is not None:
        ArchiveWriter(request.archive, project_settings.USER_AGENT).close()


def _begin(database: Database, request: CrawlRequest) -> int:
    now = datetime.now(UTC)
    with database.session() as session:
        modes = run_modes(session)
        # Invented demo articles under real publishers' names must never reach a portal, so a
        # database that is fed live holds none.
        if request.mode == "demo" and "live" in modes:
            raise MixedDatabaseError(url=database.shown_url, found="live", wanted="demo")
        if request.mode == "live" and "demo" in modes:
            raise MixedDatabaseError(url=database.shown_url, found="demo", wanted="live")
        interrupt_stale(session, now)
        return start_run(session, request.mode, now)


def _settings(config: Config, request: CrawlRequest, run_id: int) -> Settings:
    settings = Settings()
    settings.setmodule(project_settings, priority="project")
    own: dict[str, Any] = {
        "AGGREGATOR_CONFIG": config,
        "AGGREGATOR_RUN_ID": run_id,
        "AGGREGATOR_LIMIT": request.limit,
        "AGGREGATOR_RECHECK": request.recheck or request.reparse,
        "AGGREGATOR_CAUSE": str(Cause.REPARSE if request.reparse else Cause.CHANNEL),
        "AGGREGATOR_ARCHIVE": str(request.archive) if request.archive else None,
        "LOG_LEVEL": "INFO" if request.verbose else "WARNING",
    }
    if request.archive_to_read is not None:
        own["AGGREGATOR_REPLAY"] = str(request.archive_to_read)
        own |= REPLAY_SETTINGS
    settings.setdict(own, priority="cmdline")
    return settings


REPLAY_SETTINGS: dict[str, Any] = {
    # Nobody is asked, so nobody needs a pause.
    "DOWNLOAD_DELAY": 0,
    # One after the other: the same archive is then read in the same order every time.
    "CONCURRENT_REQUESTS": 1,
    # What the archive says is final: the same answer would come again.
    "RETRY_ENABLED": False,
    # A second lock on the door: without handlers not even a bug could open a socket.
    "DOWNLOAD_HANDLERS": {"http": None, "https": None, "ftp": None, "s3": None, "file": None},
}


def _crawl(
    spiders: dict[str, type[PublisherSpider]],
    settings: Settings,
    urls: _Named | None,
    progress: Progress | None,
) -> tuple[Report, ...]:
    process = AsyncCrawlerProcess(settings)
    crawlers = []
    for name, spider in spiders.items():
        if urls is not None and name not in urls.articles:
            continue
        crawler = process.create_crawler(spider)
        if progress is not None:
            for signal in (signals.item_scraped, signals.item_dropped):
                crawler.signals.connect(_ticker(progress), signal=signal, weak=False)
        arguments = {} if urls is None else {"urls": urls.articles[name]}
        process.crawl(crawler, **arguments)
        crawlers.append(crawler)
    process.start()
    return tuple(report for report in map(_report, crawlers) if report is not None)


def _ticker(progress: Progress) -> Callable[..., None]:
    def tick(**_: Any) -> None:
        progress()

    return tick


def _report(crawler: Any) -> Report | None:
    ledger = crawler.get_extension(RunLedger) if crawler.extensions else None
    return ledger.report if ledger is not None else None
