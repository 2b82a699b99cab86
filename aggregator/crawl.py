"""One run: the chosen publishers' spiders in one process, and what came of it.

Everything it decides comes from ``CrawlRequest``; Scrapy is started by ``aggregator.process``.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.settings import Settings
from sqlalchemy.orm import Session

from aggregator import settings as project_settings
from aggregator.approval import approve_by_rules
from aggregator.approvalrules import load_approval_rules
from aggregator.config import Config
from aggregator.crawlrequest import DEMO_ARCHIVE, CrawlRequest, base_settings, settings_of
from aggregator.errors import (
    ContactMissingError,
    MixedDatabaseError,
    UnknownChannelError,
    UnknownPublisherError,
)
from aggregator.keeping import archive_path, forget_old
from aggregator.model import ChannelStatus, EndState, RunStatus
from aggregator.process import CrawlProcess
from aggregator.times import Clock, system_clock
from pipelines.report import Report
from pipelines.rulebook import load_rules
from spiders.publisher import PublisherSpider
from spiders.registry import publisher_for, publishers
from storage import channels
from storage.archive import ArchiveReader, ArchiveWriter
from storage.database import Database, open_database
from storage.locks import held
from storage.runs import finish_run, interrupt_stale, run_modes, start_run

__all__ = [
    "DEMO_ARCHIVE",
    "CrawlRequest",
    "CrawlResult",
    "Progress",
    "check",
    "check_mode",
    "chosen",
    "crawl",
    "run",
]

Progress = Callable[[], None]


@dataclass(frozen=True, kw_only=True)
class CrawlResult:
    run_id: int
    mode: str
    reports: tuple[Report, ...]
    other_records: int = 0
    """Reparse only: archived answers that are no article address of any publisher."""
    stopped: bool = False
    """A signal ended it before its end."""

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
    Raises ``UsageError``, ``ArchiveError``, ``PublisherBusyError`` or ``StorageError`` before
    anything is requested.
    """
    spiders = chosen(config, request, registered or publishers())
    check(config, request)
    database = open_database(config.database_url, writable=True)
    process = CrawlProcess(base_settings(config, verbose=request.verbose))
    try:
        result = process.run(crawl(process, database, config, request, spiders, progress))
        assert result is not None, "always wanted"
        return result
    finally:
        database.close()


async def crawl(
    process: CrawlProcess,
    database: Database,
    config: Config,
    request: CrawlRequest,
    spiders: Mapping[str, type[PublisherSpider]],
    progress: Progress | None = None,
    clock: Clock = system_clock,
    wanted: Callable[[], bool] = lambda: True,
) -> CrawlResult | None:
    """One run inside a process that may see many.

    ``wanted`` is asked when the publishers are locked, and ``None`` returned where it says no.
    Raises ``PublisherBusyError`` and ``StorageError`` before anything is requested.
    """
    urls = _named_articles(request)
    if urls is not None:
        spiders = {name: spiders[name] for name in urls.articles if name in spiders}
    with held(database, spiders, config.zone):
        if not wanted():
            return None
        run_id = _begin(database, config, request, spiders, clock())
        settings = settings_of(config, request, run_id, clock)
        own = _own_settings(config, settings, spiders, run_id, clock())
        reports = await _crawl_all(process, spiders, own, urls, progress)
        stopped = process.stopping.is_set()
        with database.session() as session:
            status = RunStatus.INTERRUPTED if stopped else RunStatus.FINISHED
            finish_run(session, run_id, clock(), status)
        # Every article has been compared: what stands for its text is known.
        approve_by_rules(database, config, clock())
        forget_old(database, config, clock())
    return CrawlResult(
        run_id=run_id,
        mode=request.mode,
        reports=reports,
        other_records=len(urls.others) if urls else 0,
        stopped=stopped,
    )


def _own_settings(
    config: Config, settings: Settings, spiders: Iterable[str], run_id: int, now: datetime
) -> dict[str, Settings]:
    """Those of each publisher: each has an archive of its own, to be kept as long as it may be."""
    asked_for = settings["AGGREGATOR_ARCHIVE"] or settings.get("AGGREGATOR_REPLAY")
    if config.archive_folder is None or asked_for:
        return dict.fromkeys(spiders, settings)
    found = {}
    for name in spiders:
        path = archive_path(config.archive_folder, name, run_id, now)
        found[name] = settings.copy()
        found[name].set("AGGREGATOR_ARCHIVE", str(path), priority="cmdline")
    return found


async def _crawl_all(
    process: CrawlProcess,
    spiders: Mapping[str, type[PublisherSpider]],
    settings: Mapping[str, Settings],
    urls: _Named | None,
    progress: Progress | None,
) -> tuple[Report, ...]:
    """Returns or raises when all have ended: until then their publishers stay locked."""
    prepare = partial(_tell, progress) if progress else None
    crawls = [
        process.crawl_publisher(
            spider, settings[name], prepare, **({"urls": urls.articles[name]} if urls else {})
        )
        for name, spider in spiders.items()
    ]
    reports = []
    for ended in await asyncio.gather(*crawls, return_exceptions=True):
        if isinstance(ended, BaseException):
            raise ended
        if ended is not None:
            reports.append(ended.report)
    return tuple(reports)


@dataclass(frozen=True, kw_only=True)
class _Named:
    articles: dict[str, list[str]]
    others: tuple[str, ...]


def chosen(
    config: Config, request: CrawlRequest, known: Mapping[str, type[PublisherSpider]]
) -> dict[str, type[PublisherSpider]]:
    """The publishers of a request. Raises ``UsageError`` for what is not there."""
    for name in request.publishers:
        if name not in known:
            raise UnknownPublisherError(name=name, known=", ".join(sorted(known)))
    wanted = {n: s for n, s in known.items() if not request.publishers or n in request.publishers}
    if not request.channels:
        return wanted
    there = {name: [c.name for c in s.channels_for(config)] for name, s in wanted.items()}
    for channel in request.channels:
        if not any(channel in names for names in there.values()):
            listed = ", ".join(name for names in there.values() for name in names)
            raise UnknownChannelError(name=channel, known=listed)
    return {name: s for name, s in wanted.items() if {*request.channels} & {*there[name]}}


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


def check(config: Config, request: CrawlRequest) -> None:
    """Fail on what can be known beforehand, with one clear line."""
    load_rules(config.rules)
    load_approval_rules(config.rules)
    if request.archive_to_read is not None:
        ArchiveReader(request.archive_to_read)
    elif not config.contact:
        raise ContactMissingError(config_file="aggregator.toml")
    if request.archive is not None:
        ArchiveWriter(request.archive, project_settings.USER_AGENT).close()


def _begin(
    database: Database,
    config: Config,
    request: CrawlRequest,
    spiders: Mapping[str, type[PublisherSpider]],
    now: datetime,
) -> int:
    with database.session() as session:
        check_mode(database, session, request.mode)
        for spider in spiders.values():
            channels.ensure(session, config.apply(spider.publisher), spider.channels_for(config))
        interrupt_stale(session, tuple(spiders), now)
        return start_run(session, request.mode, now, spiders)


def check_mode(database: Database, session: Session, mode: str) -> None:
    """Invented demo articles under real publishers' names must never reach a portal, so a
    database that is fed live holds none. Raises ``MixedDatabaseError``."""
    modes = run_modes(session)
    if mode == "demo" and "live" in modes:
        raise MixedDatabaseError(url=database.shown_url, found="live", wanted="demo")
    if mode == "live" and "demo" in modes:
        raise MixedDatabaseError(url=database.shown_url, found="demo", wanted="live")


def _tell(progress: Progress, crawler: Crawler) -> None:
    for signal in (signals.item_scraped, signals.item_dropped):
        crawler.signals.connect(_ticker(progress), signal=signal, weak=False)


def _ticker(progress: Progress) -> Callable[..., None]:
    def tick(**_: Any) -> None:
        progress()

    return tick
