"""The process in which crawls run: one reactor, and an orderly end within ten seconds.

On SIGTERM or SIGINT (Ctrl-C; Ctrl-Break on Windows) nothing more is asked for. What is on the wire
may still arrive; what has not come then is left to the next run by name. A second signal ends the
process at once, which loses no more than ``kill -9`` does.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from pipelines.ledger import RunLedger
from spiders.halt import Halt
from spiders.publisher import PublisherSpider

logger = logging.getLogger(__name__)

T = TypeVar("T")

GRACE = 6.0
"""Seconds for what is on the wire. systemd, Windows and people wait ten for the whole."""

LAST = 2.0
"""Seconds for writing down what did not come."""


class CrawlProcess(AsyncCrawlerProcess):
    """Runs crawls one after the other or beside each other; can be run once in a process."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.stopping = asyncio.Event()
        """Set when the process has to end."""
        self._work: asyncio.Future[Any] | None = None
        self._abandoned: dict[Crawler, asyncio.Event] = {}

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run ``work``, which may call ``crawl_publisher``; returns what it returns."""
        task = asyncio.get_event_loop().create_task(work)
        self._work = task
        self.start()
        return task.result()

    async def crawl_publisher(
        self,
        spider: type[PublisherSpider],
        settings: Settings,
        prepare: Callable[[Crawler], None] | None = None,
        **arguments: Any,
    ) -> RunLedger | None:
        """One crawl, to its end or until it is given up. ``None``: it could not begin."""
        crawler = Crawler(spider, settings)
        if prepare is not None:
            prepare(crawler)
        self._abandoned[crawler] = given_up = asyncio.Event()
        crawl = self.crawl(crawler, **arguments)
        until = asyncio.ensure_future(given_up.wait())
        await asyncio.wait((crawl, until), return_when=asyncio.FIRST_COMPLETED)
        until.cancel()
        del self._abandoned[crawler]
        if crawl.done():
            crawl.result()
        return _ledger(crawler)

    async def join(self) -> None:
        """What the reactor waits for: the work, not only the crawls that it has begun."""
        if self._work is not None:
            await asyncio.wait((self._work,))

    async def stop(self) -> None:
        """Bring the work to an end within ``GRACE`` and ``LAST``."""
        self.stopping.set()
        if self._work is None or self._work.done():
            return
        deadline = asyncio.get_running_loop().time() + GRACE
        while not self._work.done() and asyncio.get_running_loop().time() < deadline:
            # Again and again: a crawl may begin in the very moment of the signal.
            for crawler in self.crawlers:
                _halt(crawler)
            await asyncio.wait((self._work,), timeout=0.2)
        if not self._work.done():
            self._give_up()
            await asyncio.wait((self._work,), timeout=LAST)

    def _give_up(self) -> None:
        for crawler, given_up in list(self._abandoned.items()):
            logger.warning("given up publisher=%s", crawler.spidercls.name)
            ledger = _ledger(crawler)
            try:
                if ledger is not None:
                    ledger.spider_closed()
            finally:
                given_up.set()


# Before a crawl has begun Scrapy answers both questions with an error.


def _halt(crawler: Crawler) -> None:
    with suppress(RuntimeError):
        halt = crawler.get_downloader_middleware(Halt)
        if halt is not None:
            halt.halt()


def _ledger(crawler: Crawler) -> RunLedger | None:
    with suppress(RuntimeError):
        return crawler.get_extension(RunLedger)
    return None
