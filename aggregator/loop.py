"""Crawl what is due: once, or for ever. The doing to ``aggregator.schedule``'s deciding.

The unit of work is one channel's poll with its articles: a run of its own, under its publisher's
lock, written down before and after. Nothing else is kept between two of them, so that the program
may be killed at any time and several may share a database (on PostgreSQL also several machines):
whoever has the lock looks once more whether the channel is still due.

What is due is decided by the wall clock; waiting is done by the monotonic one, and never for more
than a minute. So neither a clock that is set nor a machine that was asleep breaks the loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from aggregator import settings as project_settings
from aggregator.config import Config
from aggregator.crawl import CrawlRequest, CrawlResult, check, check_mode, chosen, crawl
from aggregator.crawlrequest import base_settings
from aggregator.errors import AggregatorError, PublisherBusyError, StorageError
from aggregator.model import Channel
from aggregator.process import CrawlProcess
from aggregator.schedule.timetable import Planned, Timetable
from aggregator.times import system_clock
from spiders.publisher import PublisherSpider
from spiders.registry import publishers
from storage.database import Database, open_database

logger = logging.getLogger(__name__)

LONGEST_WAIT = 60.0
"""Seconds after which the loop looks at the wall clock again."""

AT_ONCE = 8
"""Publishers that are crawled beside each other. Each is slow by politeness; a school PC's memory
and line carry eight."""

AFTER_TROUBLE = timedelta(seconds=30)
"""Pause after the database said no: a server that restarts, a disk that is full."""


class LoopClock(Protocol):
    """The two clocks: what time it is, and waiting."""

    def now(self) -> datetime: ...

    async def wait(
        self, seconds: float, crawls: Collection[asyncio.Future[Any]], stop: asyncio.Future[Any]
    ) -> None:
        """So long, or until one of the crawls has ended or the program is to stop."""


class SystemClock:
    def now(self) -> datetime:
        return system_clock()

    async def wait(
        self, seconds: float, crawls: Collection[asyncio.Future[Any]], stop: asyncio.Future[Any]
    ) -> None:
        await asyncio.wait((*crawls, stop), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)


@dataclass(frozen=True, kw_only=True)
class Polled:
    """A unit of work is done."""

    channel: Channel
    at: datetime
    result: CrawlResult


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """A unit of work, or the plan (``channel`` is ``None``), could not be done now."""

    channel: Channel | None
    at: datetime
    error: AggregatorError


Tell = Callable[[Polled | Trouble], None]
Between = Callable[[], object]


@dataclass(kw_only=True)
class Tally:
    """What came of it all: mutable on purpose, one for each loop."""

    polls: int = 0
    needs_a_person: bool = False
    busy: set[str] = field(default_factory=set)
    """Publishers that other processes were crawling."""


def schedule(
    config: Config,
    names: Sequence[str],
    tell: Tell,
    *,
    once: bool,
    verbose: bool = False,
    between: Between | None = None,
    registered: Mapping[str, type[PublisherSpider]] | None = None,
    clock: LoopClock | None = None,
) -> Tally:
    """Crawl what is due of the named publishers (all, if none is named).

    Returns when that is done (``once``) or when the program is told to stop. Raises ``UsageError``
    and ``StorageError`` before anything is requested.

    ``between``: what else is to be done, about once a minute beside the crawls and once after the
    last one; it may take its time and need not know about them.
    """
    request = CrawlRequest(publishers=tuple(names), verbose=verbose)
    spiders = chosen(config, request, registered or publishers())
    check(config, request)
    database = open_database(config.database_url, writable=True)
    try:
        with database.session() as session:
            check_mode(database, session, request.mode)
        process = CrawlProcess(base_settings(config, verbose=verbose))
        loop = CrawlLoop(
            process, database, config, spiders, clock or SystemClock(), tell, between=between
        )
        process.run(loop.once() if once else loop.for_ever())
        return loop.tally
    finally:
        database.close()


class CrawlLoop:
    def __init__(
        self,
        process: CrawlProcess,
        database: Database,
        config: Config,
        spiders: Mapping[str, type[PublisherSpider]],
        clock: LoopClock,
        tell: Tell,
        *,
        between: Between | None = None,
    ) -> None:
        self.between = between
        self.process = process
        self.database = database
        self.config = config
        self.spiders = spiders
        self.clock = clock
        self.tell = tell
        self.tally = Tally()
        self._channels = {name: s.channels_for(config) for name, s in spiders.items()}
        self._active: dict[str, asyncio.Task[None]] = {}
        """Crawls that go on, by publisher."""
        self._left_alone: dict[str, datetime] = {}
        """Publishers that another process crawls, or that were trouble: until when."""

    # --- once -------------------------------------------------------------------------------------

    async def once(self) -> None:
        """Crawl what is due now, publisher beside publisher, channel after channel."""
        timetable = Timetable(self.config, self._channels)
        due: dict[str, list[Planned]] = {}
        now = self.clock.now()
        for one in self._plan(timetable, now):
            if one.decision.due_at <= now:
                due.setdefault(one.channel.publisher, []).append(one)
        together = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(self._in_turn(timetable, mine, together) for mine in due.values()))
        await self._do_between()

    async def _in_turn(
        self, timetable: Timetable, due: Sequence[Planned], together: asyncio.Semaphore
    ) -> None:
        async with together:
            for number, one in enumerate(due):
                if number:
                    await self._pause(one)
                if self.process.stopping.is_set() or one.channel.publisher in self._left_alone:
                    return
                await self._poll(timetable, one.channel)

    async def _pause(self, one: Planned) -> None:
        """Between two crawls of one publisher as between two requests of one crawl."""
        seconds = max(one.pause.total_seconds(), project_settings.DOWNLOAD_DELAY)
        stop = asyncio.ensure_future(self.process.stopping.wait())
        await self.clock.wait(seconds, (), stop)
        stop.cancel()

    # --- for ever ---------------------------------------------------------------------------------

    async def for_ever(self) -> None:
        """Until the program is told to stop; crawls that go on then are brought to their end."""
        timetable = Timetable(self.config, self._channels, begun_at=self.clock.now())
        stop = asyncio.ensure_future(self.process.stopping.wait())
        beside: asyncio.Task[None] | None = None
        while not stop.done():
            seconds = self._begin_due(timetable)
            if beside is None or beside.done():
                beside = asyncio.ensure_future(self._do_between())
            await self.clock.wait(seconds, tuple(self._active.values()), stop)
        if self._active:
            await asyncio.wait(tuple(self._active.values()))
        if beside is not None:
            await beside

    def _begin_due(self, timetable: Timetable) -> float:
        """Begin what is due; returns for how many seconds nothing else will be."""
        now = self.clock.now()
        try:
            plan = self._plan(timetable, now)
        except StorageError as error:
            self.tell(Trouble(channel=None, at=now, error=error))
            return AFTER_TROUBLE.total_seconds()
        seconds = LONGEST_WAIT
        for one in plan:
            publisher = one.channel.publisher
            starts_at = max(one.starts_at, self._left_alone.get(publisher, one.starts_at))
            if publisher in self._active:
                continue
            if starts_at > now:
                seconds = min((starts_at - now).total_seconds(), seconds)
            elif len(self._active) < AT_ONCE:
                self._begin(timetable, one.channel)
        return seconds

    def _begin(self, timetable: Timetable, channel: Channel) -> None:
        task = asyncio.ensure_future(self._poll(timetable, channel))
        self._active[channel.publisher] = task
        task.add_done_callback(lambda _: self._active.pop(channel.publisher, None))

    # --- beside the crawls ------------------------------------------------------------------------

    async def _do_between(self) -> None:
        if self.between is None:
            return
        try:
            # In a thread: whoever answers slowly there must not hold up the crawls.
            await asyncio.to_thread(self.between)
        except AggregatorError as error:
            self.tell(Trouble(channel=None, at=self.clock.now(), error=error))
        except Exception as error:
            # A mistake of ours there must not end the crawls.
            logger.exception("what is done between crawls failed")
            trouble = AggregatorError(detail=repr(error))
            self.tell(Trouble(channel=None, at=self.clock.now(), error=trouble))

    # --- one unit of work -------------------------------------------------------------------------

    def _plan(self, timetable: Timetable, now: datetime) -> tuple[Planned, ...]:
        with self.database.session() as session:
            return timetable.plan(session, now)

    def _is_due(self, timetable: Timetable, channel: Channel) -> bool:
        """Asked under the lock: another process may have been faster."""
        now = self.clock.now()
        plan = self._plan(timetable, now)
        return any(one.channel == channel and one.decision.due_at <= now for one in plan)

    async def _poll(self, timetable: Timetable, channel: Channel) -> None:
        name = channel.publisher
        request = CrawlRequest(publishers=(name,), channels=(channel.name,))
        try:
            result = await crawl(
                self.process,
                self.database,
                self.config,
                request,
                {name: self.spiders[name]},
                clock=self.clock.now,
                wanted=lambda: self._is_due(timetable, channel),
            )
        except AggregatorError as error:
            self._put_off(channel, error)
        except Exception as error:
            # A mistake of ours in one channel must not end the crawls of all others.
            logger.exception("crawl failed publisher=%s channel=%s", name, channel.name)
            self._put_off(channel, AggregatorError(detail=repr(error)))
        else:
            if result is not None:
                self.tally.polls += 1
                self.tally.needs_a_person |= result.needs_a_person
                self.tell(Polled(channel=channel, at=self.clock.now(), result=result))

    def _put_off(self, channel: Channel, error: AggregatorError) -> None:
        now = self.clock.now()
        if isinstance(error, PublisherBusyError):
            self.tally.busy.add(channel.publisher)
        else:
            self.tally.needs_a_person = True
        self._left_alone[channel.publisher] = now + AFTER_TROUBLE
        self.tell(Trouble(channel=channel, at=now, error=error))
