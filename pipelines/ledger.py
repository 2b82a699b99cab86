"""The ledger: what a crawl remembers, and what it tells the database about itself.

A Scrapy extension, one per crawled publisher. It answers the spider's questions (``Ledger`` in
``spiders.ledger``), gives every discovered URL exactly one end state, and writes the run down.
What it remembers of channels is in ``pipelines.channelledger``, of URLs in ``pipelines.ends``. It
is long because one protocol and the signals of one crawler are answered in one place.
"""

from __future__ import annotations

import logging
from collections.abc import Container, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Request, Response
from sqlalchemy.orm import Session
from twisted.python.failure import Failure

from aggregator.config import config_of
from aggregator.errors import PublisherBusyError, StorageError
from aggregator.model import (
    Article,
    Cause,
    ChannelPoll,
    ChannelStatus,
    Discovery,
    EndState,
    Fetch,
    Look,
    Recheck,
    RobotsAnswer,
)
from aggregator.urls import host_of
from pipelines.channelledger import ChannelLedger
from pipelines.drops import Drop
from pipelines.ends import STOPPED, Ends
from pipelines.fill import FIELDS
from pipelines.memory import recall
from pipelines.refusals import LASTING, NotStored, reason_of
from pipelines.seen import Memory, decide
from pipelines.watching import SAME_ADDRESS, Watching, recheck_of
from storage import polls, robots, runs
from storage.database import Database, open_database
from storage.locks import held

logger = logging.getLogger(__name__)

FLUSH_EVERY = 100
"""Ends that are written together. A crash loses at most these lines of the ledger, never an
article: articles are committed one by one."""


class RunLedger(ChannelLedger):
    def __init__(self, crawler: Crawler, database: Database) -> None:
        super().__init__(crawler, database)
        self.run_id: int | None = crawler.settings["AGGREGATOR_RUN_ID"]
        self._owns_run = self.run_id is None
        self.watching = Watching(database, _budget(crawler))
        self._cause = Cause(crawler.settings["AGGREGATOR_CAUSE"])
        self._reparsing = self._cause is Cause.REPARSE
        """Old pages say nothing about how full new ones are, nor whether an article is there."""
        self._latest_answer = datetime.min.replace(tzinfo=UTC)
        self.ends = Ends(self.report)
        self._closed = False
        self._lock = ExitStack()
        """Held while a run of our own goes on; others hold theirs outside."""
        self._article_ids: dict[str, int] = {}
        """Identity -> the held article, for what this run has met."""
        self._unwritten: list[Fetch] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        url = config_of(crawler).database_url
        ledger = cls(crawler, open_database(url, writable=True))
        connect = crawler.signals.connect
        connect(ledger.spider_opened, signal=signals.spider_opened)
        connect(ledger.response_received, signal=signals.response_received)
        connect(ledger.request_dropped, signal=signals.request_dropped)
        connect(ledger.item_dropped, signal=signals.item_dropped)
        connect(ledger.item_error, signal=signals.item_error)
        connect(ledger.spider_error, signal=signals.spider_error)
        connect(ledger.spider_closed, signal=signals.spider_closed)
        return ledger

    # --- what the spider asks ---------------------------------------------------------------------

    def looks(
        self, found: Sequence[Discovery], now: datetime
    ) -> Mapping[str, tuple[Look, str | None]]:
        """See ``spiders.ledger.Ledger``. One look-up per channel page, not per URL."""
        fresh = [d for d in found if self.ends.discovered(d)]
        # A second channel may show another headline than the first, which saw nothing to do.
        own = {d.url for d in fresh}
        second = [d for d in found if d.url not in own and self.ends.is_known_so_far(d)]
        with self.database.session() as session:
            recalled = recall(session, self.report.publisher, [*fresh, *second])
            self._note_entries(session, found, now)
        memories = recalled.memories
        self._article_ids |= recalled.article_ids
        decided = {d.url: self._decide(d, memories, now) for d in fresh}
        for discovery in second:
            look = self._decide(discovery, memories, now)
            if look[0] is not Look.KNOWN:
                self.ends.reopen(discovery)
                decided[discovery.url] = look
        for discovery in found:
            if decided.get(discovery.url, (None,))[0] is Look.AGAIN:
                self._hold(discovery)
        return decided

    def due(self, only: Container[str] | None = None) -> Sequence[Recheck]:
        """See ``spiders.ledger.Ledger``. What this run has looked at already is left out."""
        publisher = self.report.publisher
        found, self.report.due_later = self.watching.due(publisher, self._written_at(), only)
        asked = []
        for watched in found:
            recheck = recheck_of(watched)
            key = recheck.discovery.key
            met = self.ends.is_met(recheck.discovery)
            if met and not self.ends.is_known_so_far(recheck.discovery):
                continue
            self._article_ids[key] = watched.article_id
            self.ends.reopen(recheck.discovery)
            self._hold(recheck.discovery)
            self.watching.rechecks.add(recheck.discovery.url)
            asked.append(recheck)
        self.report.rechecked = len(asked)
        return asked

    def cause_of(self, url: str) -> Cause:
        """What brings about a revision that is found at a discovered URL."""
        return Cause.RECHECK if url in self.watching.rechecks else self._cause

    def _hold(self, discovery: Discovery) -> None:
        """The look is at an article that we hold, so what it finds says something about that."""
        if not self._reparsing and discovery.key in self._article_ids:
            self.watching.held[discovery.url] = self._article_ids[discovery.key]

    def _decide(
        self, discovery: Discovery, memories: Mapping[str, Memory], now: datetime
    ) -> tuple[Look, str | None]:
        memory = memories[discovery.url]
        headline = discovery.entry.headline
        look = decide(memory, headline=headline, now=now, recheck=self._recheck)
        if look[0] is Look.KNOWN:
            self.ends.await_(discovery, memory)
        return look

    # --- what the spider and the pipelines tell ---------------------------------------------------

    def ended(
        self,
        url: str,
        state: EndState,
        reason: str | None = None,
        status: int | None = None,
        article_id: int | None = None,
    ) -> None:
        if not self.ends.is_under_way(url):
            logger.error("end of a URL that was not under way url=%s state=%s", url, state)
            return
        if self.watching.is_sign(url, state, reason, status, self._written_at()):
            return  # judged when the crawl is over
        self._end(url, state, reason, status, article_id)

    def _end(
        self,
        url: str,
        state: EndState,
        reason: str | None,
        status: int | None = None,
        article_id: int | None = None,
    ) -> None:
        self.ends.end(url, state, reason)
        # A later channel of this run may still show that a known article has changed.
        if state is not EndState.KNOWN:
            self._write(url, state, reason, status, article_id)

    def _write(
        self,
        url: str,
        state: EndState,
        reason: str | None,
        status: int | None = None,
        article_id: int | None = None,
    ) -> None:
        article_id = article_id or self.watching.held.get(url)
        self._unwritten.append(
            Fetch(
                publisher=self.report.publisher,
                channel=self.ends.channel_of(url),
                url=url,
                key=self.ends.key_of(url),
                state=state,
                reason=reason,
                http_status=status,
                article_id=article_id,
                ended_at=self._written_at(),
            )
        )
        if len(self._unwritten) >= FLUSH_EVERY:
            self._flush()

    def stored(
        self,
        article_id: int,
        state: EndState,
        changed: tuple[str, ...] = (),
        *,
        by_parser: bool = False,
    ) -> None:
        self.report.articles[article_id] = state
        if changed:
            revised = self.report.read_anew if by_parser else self.report.revised
            revised[article_id] = changed

    def robots_known(self, host: str, since: datetime) -> RobotsAnswer | None:
        if self._replaying:
            return None
        with self.database.session() as session:
            return robots.latest(session, host, since)

    def robots(self, answer: RobotsAnswer) -> None:
        self.facts.robots(self.report.publisher, answer)

    def judged(self, host: str, allowed: bool) -> None:
        self.facts.judged(host, allowed)

    # --- Scrapy's signals -------------------------------------------------------------------------

    def spider_opened(self, spider: Spider) -> None:
        spider.ledger = self  # type: ignore[attr-defined]  # PublisherSpider declares it
        with self.database.session() as session:
            self._open_channels(session, spider)
        if self._owns_run:
            self._begin_run(spider.name)

    def _begin_run(self, publisher: str) -> None:
        zone = config_of(self.crawler).zone
        try:
            self._lock.enter_context(held(self.database, (publisher,), zone))
        except PublisherBusyError as error:
            logger.error("%s", error)
            raise CloseSpider("busy") from error
        now = self.clock()
        with self.database.session() as session:
            runs.interrupt_stale(session, (publisher,), now)
            self.run_id = runs.start_run(session, "scrapy", now, (publisher,))

    def response_received(self, request: Request) -> None:
        if request.url.endswith("/robots.txt"):
            return
        self.report.requests += 1
        answered = request.meta.get("fetched_at")
        if isinstance(answered, datetime):
            self._latest_answer = max(self._latest_answer, answered)

    def request_dropped(self, request: Request) -> None:
        """Scrapy has asked for the same address in this run: a redirect led there twice."""
        discovery = request.cb_kwargs.get("discovery")
        if discovery is None:
            return
        spider: Any = self.crawler.spider
        nowhere = spider.redirected(request.url)
        if nowhere is not None:
            self.ended(discovery.url, nowhere.state, nowhere.reason)
        else:
            self.ended(discovery.url, EndState.DUPLICATE, SAME_ADDRESS)

    def item_dropped(self, item: Any, exception: Exception) -> None:
        if isinstance(exception, NotStored):
            self.ended(_url(item), EndState.FAILED, self.refused(exception.error))
            return
        reason = exception.reason if isinstance(exception, Drop) else str(exception)
        self.ended(_url(item), EndState.DROPPED, reason)

    def item_error(self, item: Any, failure: Failure) -> None:
        self.report.errors.append(f"{_url(item)}: {failure.getErrorMessage()}")
        self.ended(_url(item), EndState.FAILED, reason_of(failure.value))

    def refused(self, error: StorageError) -> str:
        """See ``spiders.ledger.Ledger``. Where it will not pass, the crawl comes to its end."""
        if self.report.refusal is None:
            logger.error("%s", error)
            self.report.refusal = error
            self.report.errors.append(str(error))
        if isinstance(error, LASTING):
            spider: Any = self.crawler.spider
            spider.halt()
        return reason_of(error)

    def spider_error(self, failure: Failure, response: Response) -> None:
        if isinstance(failure.value, StorageError):
            self.refused(failure.value)
        discovery = response.cb_kwargs.get("discovery")
        self.report.errors.append(f"{response.url}: {failure.getErrorMessage()}")
        if discovery is not None:
            self.ended(discovery.url, EndState.FAILED, reason_of(failure.value))
        elif "channel" in response.cb_kwargs:
            self.polled(
                ChannelPoll(
                    channel=response.cb_kwargs["channel"],
                    page=response.cb_kwargs["page"],
                    status=ChannelStatus.FAILED,
                    reason=reason_of(failure.value),
                    fetched_at=self._written_at(),
                )
            )

    def spider_closed(self) -> None:
        """Also called by who stops the crawl without waiting for its end; the first call counts."""
        if self._closed:
            return
        self._closed = True
        self._judge_signs()
        for url in self.ends.under_way():
            self.ended(url, EndState.DEFERRED, STOPPED)
        try:
            self._write_down()
        except StorageError as error:
            # Every article that was stored is; what the ledger lost is asked for again.
            self.refused(error)
        self._lock.close()
        self.database.close()

    def _write_down(self) -> None:
        for url, reason in self.ends.known():
            self._write(url, EndState.KNOWN, reason)
        self._flush()
        with self.database.session() as session:
            if self.report.read and self.run_id is not None and not self._reparsing:
                self._record_fill(session, self.run_id)
            self._save_channels(
                session,
                unfinished=self.ends.unfinished_channels(),
                undone=self.ends.undone_channels(),
            )
            if self.run_id is not None:
                polls.record(session, self.run_id, self.facts.records(self.report))
                robots.record(session, self.run_id, self.facts.visits)
            if self._owns_run and self.run_id is not None:
                runs.finish_run(session, self.run_id, self.clock())

    def _judge_signs(self) -> None:
        for judgement in self.watching.judgements():
            seen = judgement.sighting
            self._end(seen.url, judgement.state, judgement.reason, seen.status, seen.article_id)
            self.report.count_judgement(
                host_of(seen.url) if judgement.site_in_trouble else None,
                judgement.state,
                seen.article_id,
                judgement.reason,
            )

    # --- writing ----------------------------------------------------------------------------------

    def _written_at(self) -> datetime:
        """Now; in replay the archive's time, so that the same archive gives the same ledger."""
        return self._latest_answer if self._replaying else self.clock()

    def _record_fill(self, session: Session, run_id: int) -> None:
        counts = {name: self.report.filled[name] for name in FIELDS}
        runs.record_fill(session, run_id, self.report.publisher, counts, self.report.read)

    def _flush(self) -> None:
        if not self._unwritten or self.run_id is None:
            return
        with self.database.session() as session:
            runs.record_fetches(session, self.run_id, self._unwritten)
        self._unwritten.clear()


def _budget(crawler: Crawler) -> int:
    """Re-checks for each host; a run that is kept small keeps them small too."""
    budget = config_of(crawler).recheck_budget
    limit = crawler.settings.getint("AGGREGATOR_LIMIT")
    return min(budget, limit) if limit else budget


def _url(item: Any) -> str:
    """The discovered URL of what is in the pipelines, at whatever stage."""
    article = item if isinstance(item, Article) else item.article
    url: str = article.url
    return url
