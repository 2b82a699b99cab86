"""What a crawl remembers of channels and hosts: the part of the ledger that the schedule lives on.

When a channel is asked, that is written down before the answer: a program that is killed again and
again must not ask again and again. What a host asks for is written down at once as well.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from scrapy.crawler import Crawler
from sqlalchemy.orm import Session

from aggregator.model import (
    Channel,
    ChannelPoll,
    ChannelState,
    ChannelStatus,
    Discovery,
    Gap,
    Precision,
    Recognition,
)
from aggregator.times import LONGEST_WAIT, clock_of
from aggregator.urls import host_of
from pipelines.dates import parse_time
from pipelines.gaps import Sighting, gap_of, reaches
from pipelines.polls import pace_after, state_after
from pipelines.report import Report
from pipelines.runfacts import RunFacts
from storage import channels, hosts
from storage import pace as paces
from storage.database import Database


class ChannelLedger:
    def __init__(self, crawler: Crawler, database: Database) -> None:
        self.crawler = crawler
        self.database = database
        self.clock = clock_of(crawler)
        self.report = Report(publisher="")
        self.facts = RunFacts()
        self._recheck = crawler.settings.getbool("AGGREGATOR_RECHECK")
        self._replaying = bool(crawler.settings["AGGREGATOR_REPLAY"])
        """An archive that answers teaches nothing about the publisher."""
        self._all_channels: tuple[Channel, ...] = ()
        self._read_before: set[str] = set()
        """Channels polled for themselves that an earlier run had read."""
        self._zone = ZoneInfo("UTC")
        self._gaps: dict[str, Gap] = {}
        """Not closed so far, by the channel that shows them."""

    def _open_channels(self, session: Session, spider: Any) -> None:
        """``spider``: a ``spiders.publisher.PublisherSpider``."""
        self.report.publisher = spider.name
        self._all_channels = spider.all_channels
        self._zone = ZoneInfo(spider.publisher.timezone)
        channels.ensure(session, spider.publisher, spider.all_channels)

    # --- what the spider asks ---------------------------------------------------------------------

    def channel_state(self, channel: Channel) -> ChannelState:
        with self.database.session() as session:
            found = channels.state(session, channel.publisher, channel.name)
            wish = hosts.wishes(session).get(host_of(channel.url))
        latest = self.clock() + LONGEST_WAIT
        waits = [w for w in (found.not_before, wish and wish.not_before) if w and w <= latest]
        validators = ChannelState() if self._recheck else found
        return replace(validators, not_before=max(waits, default=None))

    def polling(self, channel: Channel) -> None:
        if self._replaying:
            return
        with self.database.session() as session:
            before = paces.pace(session, channel.publisher, channel.name)
            asked = replace(before, attempted_at=self.clock(), unfinished=True)
            paces.save_pace(session, channel.publisher, channel.name, asked)

    def recognise(
        self,
        channel: Channel,
        page: int,
        found: Sequence[Discovery],
        now: datetime,
        missing: Gap | None = None,
    ) -> Recognition:
        """See ``spiders.ledger.Ledger``."""
        keys = {discovery.key for discovery in found}
        with self.database.session() as session:
            known = paces.listed_before(session, channel.publisher, (channel.name,), keys, now)
            fresh = len(keys - known)
            if self._replaying:
                return Recognition(fresh=fresh)
            since = paces.last_sight(session, channel.publisher, channel.name)
            if missing is None and since is None:
                # Never read before: it can tell nothing of its own time, but help out others.
                missing = self._gap_to_close_by(channel)
            if missing is not None:
                still = self._still_missing(session, channel, page, found, now, missing)
            elif page == 1:
                still = self._newly_missing(session, channel, found, now, since)
            else:
                still = None
        return Recognition(fresh=fresh, missing=still)

    def _gap_to_close_by(self, channel: Channel) -> Gap | None:
        helped = (c.name for c in self._all_channels if c.catch_up == channel.name)
        return next((self._gaps[name] for name in helped if name in self._gaps), None)

    def _newly_missing(
        self,
        session: Session,
        channel: Channel,
        found: Sequence[Discovery],
        now: datetime,
        since: datetime | None,
    ) -> Gap | None:
        sources = {channel.name, channel.catch_up or channel.name}
        listed = self._sightings(session, sources, found, now, before=now)
        gap = gap_of(channel.name, listed, since=since, now=now)
        if since is not None:
            self._read_before.add(channel.name)
        if gap is not None:
            self._gaps[channel.name] = gap
        return gap

    def _still_missing(
        self,
        session: Session,
        channel: Channel,
        page: int,
        found: Sequence[Discovery],
        now: datetime,
        missing: Gap,
    ) -> Gap | None:
        # What this poll itself listed a moment ago says nothing about the time before.
        sources, before = {channel.name, missing.channel}, missing.noted_at
        listed = self._sightings(session, sources, found, now, before=before)
        if not reaches(listed, missing.since):
            return missing
        del self._gaps[missing.channel]
        if page > channel.max_pages or channel.name != missing.channel:
            self.report.caught_up.append(missing)
        return None

    def _sightings(
        self,
        session: Session,
        sources: Collection[str],
        found: Sequence[Discovery],
        now: datetime,
        *,
        before: datetime,
    ) -> list[Sighting]:
        """``sources``: the channels of which an entry counts as known, if listed ``before``."""
        keys = [discovery.key for discovery in found]
        known = paces.listed_before(session, self.report.publisher, sources, keys, before)
        return [
            Sighting(known=d.key in known, published_at=self._published_at(d, now)) for d in found
        ]

    def _published_at(self, discovery: Discovery, now: datetime) -> datetime | None:
        """What the channel states, where it is exact enough to compare."""
        found = parse_time(discovery.entry.published_raw, zone=self._zone, now=now)
        return found.moment if found and found.precision is not Precision.DAY else None

    def _note_entries(self, session: Session, found: Sequence[Discovery], now: datetime) -> None:
        by_channel: dict[str, list[Discovery]] = {}
        for discovery in found:
            if discovery.channel:
                by_channel.setdefault(discovery.channel, []).append(discovery)
        for name, listed in by_channel.items():
            times = {d.key: self._published_at(d, now) for d in listed}
            publisher = self.report.publisher
            fresh = channels.note_entries(session, publisher, name, listed, now, times)
            self.facts.list(name, listed, fresh, self._zone, now)

    def resting_hosts(self, now: datetime) -> Collection[str]:
        if self._replaying:
            return ()
        with self.database.session() as session:
            found = hosts.wishes(session)
        return [
            host
            for host, wish in found.items()
            if wish.not_before and now < wish.not_before <= now + LONGEST_WAIT
        ]

    # --- what it tells ----------------------------------------------------------------------------

    def polled(self, poll: ChannelPoll) -> None:
        self.report.polls.append(poll)
        if poll.not_before is not None:
            # At once: whoever is killed now must not come back too early.
            wait = ChannelState(not_before=poll.not_before, polled_at=poll.fetched_at)
            with self.database.session() as session:
                channels.save_state(session, self.report.publisher, poll.channel.name, wait)

    def host_rests(self, host: str, until: datetime) -> None:
        if not self._replaying:
            with self.database.session() as session:
                hosts.note_wait(session, host, until)

    def host_asks_delay(self, host: str, delay: timedelta | None) -> None:
        with self.database.session() as session:
            hosts.note_crawl_delay(session, host, delay)

    # --- at the end -------------------------------------------------------------------------------

    def _save_channels(
        self, session: Session, *, unfinished: Collection[str], undone: Collection[str]
    ) -> None:
        """``unfinished``: channels that listed articles which are worth asking for again;
        ``undone``: those of which the run left articles to the next one."""
        publisher = self.report.publisher
        for name, polls in self._polls_by_channel().items():
            state = state_after(polls, unfinished=name in unfinished)
            if state is not None:
                channels.save_state(session, publisher, name, state)
            if not self._replaying:
                before = paces.pace(session, publisher, name)
                after = pace_after(before, polls, undone=name in undone)
                paces.save_pace(session, publisher, name, after)
        for gap in self._gaps.values():
            if not self._is_covered(gap):
                paces.note_gap(session, publisher, gap)
                self.report.gaps.append(gap)

    def _polls_by_channel(self) -> dict[str, list[ChannelPoll]]:
        found: dict[str, list[ChannelPoll]] = {}
        for poll in self.report.polls:
            found.setdefault(poll.channel.name, []).append(poll)
        return found

    def _is_covered(self, gap: Gap) -> bool:
        """Whether the channel that catches up was read for itself in this run, back far enough."""
        other = next((c.catch_up for c in self._all_channels if c.name == gap.channel), None)
        polls = self._polls_by_channel().get(other or "", [])
        read = bool(polls) and all(poll.status in _READ for poll in polls)
        return read and other in self._read_before and other not in self._gaps


_READ = (ChannelStatus.OK, ChannelStatus.UNCHANGED)
