"""robots.txt, read as RFC 9309 says, with our own name.

What an answer means (section 2.3.1):

- 2xx: rules. Only the first 500 KiB are read; a page of HTML holds no rule and bars nothing.
- 4xx but 429: there is no file, and nothing is barred. A circle of redirects is the same.
- 429, 5xx, no answer in time, no connection: *unreachable*, and everything is barred until it can
  be read. A server in trouble is no invitation, and a page behind it would only be read in part.
- Redirects are followed up to our limit. One that leaves the publisher's hosts is not, since we ask
  nobody else; the file is then unreachable, or the answer is our own network's login page.

An answer holds for a day (section 2.4), also over runs.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

from aggregator.model import EndState, RobotsAnswer, RobotsDecision
from aggregator.urls import authority, host_of
from spiders.answers import end_of
from spiders.ledger import Ledger
from spiders.refused import RefusedRequest

logger = logging.getLogger(__name__)

BARRED = "robots.txt"
UNREACHABLE = "robots.txt unreachable"

FRESH = timedelta(hours=24)
"""How long an answer is used without asking again."""

MOST_READ = 500 * 1024
"""Bytes of a file that are read; the least that RFC 9309 2.5 allows."""

_OUR_OWN = "asks_for_robots_txt"
"""Key in ``Request.meta`` of the request for the file itself."""


class RobotsTxt:
    """Asks each host once for its rules, and refuses what they bar.

    Stands in for Scrapy's own middleware, which takes every failure for permission.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.token: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._rules: dict[str, asyncio.Task[Rules]] = {}
        self._delays: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        middleware = cls(crawler)
        crawler.signals.connect(middleware.slow_down, signal=signals.request_reached_downloader)
        return middleware

    @property
    def ledger(self) -> Ledger:
        found: Ledger = self.crawler.spider.ledger  # type: ignore[union-attr]
        return found

    async def process_request(self, request: Request) -> None:
        if request.meta.get(_OUR_OWN):
            return
        rules = await self._rules_for(request)
        allowed = rules.allow(request.url, self.token)
        self.ledger.judged(rules.answer.host, allowed)
        if not allowed:
            raise rules.refusal

    async def _rules_for(self, request: Request) -> Rules:
        host = authority(request.url)
        if host not in self._rules:
            # A task of its own: all requests to the host wait for the same answer.
            self._rules[host] = asyncio.create_task(self._learn(host, request))
        return await asyncio.shield(self._rules[host])

    async def _learn(self, host: str, request: Request) -> Rules:
        now = datetime.now(UTC)
        known = self.ledger.robots_known(host, now - FRESH)
        if known is not None:
            return self._use(Rules(known, self._parsed(known)))
        asked = Request(
            f"{request.url.partition('://')[0]}://{host}/robots.txt",
            priority=1000,
            meta={_OUR_OWN: True},
        )
        try:
            response = await self.crawler.engine.download_async(asked)
        except Exception as error:  # noqa: BLE001 - whatever it is, the file could not be read
            answer, refusal = failed(host, error, now)
        else:
            answer, refusal = answered(host, response.status, response.body, now)
        return self._use(Rules(answer, self._parsed(answer), refusal))

    def _parsed(self, answer: RobotsAnswer) -> RobotParser | None:
        if answer.text is None:
            return None
        return ProtegoRobotParser.from_crawler(self.crawler, answer.text.encode())

    def _use(self, rules: Rules) -> Rules:
        host = rules.answer.host
        delay = rules.delay(self.token)
        self.ledger.host_asks_delay(
            host.partition(":")[0], timedelta(seconds=delay) if delay else None
        )
        if delay:
            logger.info("crawl-delay host=%s seconds=%s", host, delay)
            self._delays[host.partition(":")[0]] = delay
        self.ledger.robots(rules.answer)
        return rules

    def slow_down(self, request: Request) -> None:
        """Applies a host's Crawl-delay where it is longer than ours.

        At each request, since Scrapy forgets a host, and its delay, that was idle for a minute.
        """
        delay = self._delays.get(host_of(request.url))
        downloader = self.crawler.engine.downloader if self.crawler.engine else None
        slot = downloader.slots.get(downloader.get_slot_key(request)) if downloader else None
        if delay and slot is not None and delay > slot.delay:
            slot.delay = delay
            # A range around the delay would at times be shorter than what was asked for.
            slot.jitter = 0.0


class Rules:
    """What one host's answer allows."""

    def __init__(
        self,
        answer: RobotsAnswer,
        parser: RobotParser | None,
        refusal: RefusedRequest | None = None,
    ) -> None:
        self.answer = answer
        self.parser = parser
        self.refusal = refusal or RefusedRequest(EndState.BLOCKED, BARRED)

    def allow(self, url: str, token: str) -> bool:
        if self.answer.decision is RobotsDecision.UNREACHABLE:
            return False
        return self.parser is None or self.parser.allowed(url, token)

    def delay(self, token: str) -> float | None:
        return self.parser.crawl_delay(token) if self.parser is not None else None


Learned = tuple[RobotsAnswer, RefusedRequest | None]
"""An answer, and how URLs end that it bars as a whole."""


def answered(host: str, status: int, body: bytes, now: datetime) -> Learned:
    """What a status and a body mean. Pure."""
    known: Mapping[str, Any] = {"host": host, "http_status": status, "fetched_at": now}
    if 200 <= status < 300:
        # No rule holds the zero byte, and not every database does.
        text = body[:MOST_READ].decode("utf-8-sig", "replace").replace("\x00", "")
        return RobotsAnswer(decision=RobotsDecision.RULES, text=text, **known), None
    if 400 <= status < 500 and status != 429:
        return RobotsAnswer(decision=RobotsDecision.NO_FILE, **known), None
    unreachable = RobotsAnswer(
        decision=RobotsDecision.UNREACHABLE, reason=f"http {status}", **known
    )
    if status == 429:
        return unreachable, RefusedRequest(EndState.DEFERRED, "asked to wait")
    return unreachable, RefusedRequest(EndState.FAILED, UNREACHABLE)


def failed(host: str, error: Exception, now: datetime) -> Learned:
    """What it means that no answer came. Pure."""
    state, reason = end_of(error)
    if isinstance(error, IgnoreRequest) and reason in ("too many redirects", "redirect loop"):
        return RobotsAnswer(
            host=host, decision=RobotsDecision.NO_FILE, reason=reason, fetched_at=now
        ), None
    answer = RobotsAnswer(
        host=host, decision=RobotsDecision.UNREACHABLE, reason=reason, fetched_at=now
    )
    if state in (EndState.BLOCKED, EndState.DEFERRED):
        return answer, RefusedRequest(state, reason or UNREACHABLE)
    return answer, RefusedRequest(EndState.FAILED, UNREACHABLE)
