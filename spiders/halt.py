"""The end of a crawl that has to end now: on a signal, at the shutdown of the machine."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from aggregator.model import EndState
from spiders.middlewares import release
from spiders.refused import RefusedRequest


class Halt:
    """Once halted, nothing more is asked for: it ends as *deferred: stopped*.

    What is on the wire may still arrive and is stored. So the crawl comes to its own end, with
    every URL named.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.halted = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:  # noqa: ARG002 - Scrapy's
        if self.halted:
            raise stopped()

    def halt(self) -> None:
        self.halted = True
        for slot in list(self.crawler.engine.downloader.slots.values()):
            release(slot, stopped)


def stopped() -> RefusedRequest:
    return RefusedRequest(EndState.DEFERRED, "stopped")
