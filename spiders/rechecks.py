"""Looks at held articles by our own schedule, when everything new has been taken.

A Scrapy extension: it waits until the spider has nothing left to do, so no re-check ever stands in
the way of a new article, and what a channel made us look at in this run is not asked for twice.
"""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider

from spiders.halt import Halt
from spiders.publisher import PublisherSpider
from storage.archive import ArchiveReader


class Rechecks:
    def __init__(self, crawler: Crawler, replay: Path | None) -> None:
        self.crawler = crawler
        self.replay = replay
        self.asked = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        path = crawler.settings["AGGREGATOR_REPLAY"]
        extension = cls(crawler, Path(path) if path else None)
        crawler.signals.connect(extension.spider_idle, signal=signals.spider_idle)
        return extension

    def spider_idle(self, spider: PublisherSpider) -> None:
        # Once, and not where somebody named the articles to look at.
        if self.asked or spider.urls is not None or self.crawler.engine is None:
            return
        if self._is_halted():
            return
        self.asked = True
        due = spider.ledger.due(self._askable())
        for recheck in due:
            self.crawler.engine.crawl(spider.ask_again(recheck))
        if due:
            raise DontCloseSpider

    def _is_halted(self) -> bool:
        halt = self.crawler.get_downloader_middleware(Halt)
        return halt is not None and halt.halted

    def _askable(self) -> Container[str] | None:
        """An archive can be asked for what it holds; nothing else was asked when it was made."""
        return frozenset(ArchiveReader(self.replay).urls()) if self.replay else None
