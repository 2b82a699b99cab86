"""Gathering the facts, and asking every decision about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from aggregator.config import Config
from aggregator.health import channels as channel_decisions
from aggregator.health import drift, machine, portals, publishers
from aggregator.health.finding import ORDER, Finding, FindingKind
from aggregator.health.machine import Machine
from aggregator.health.rhythm import Calendar
from aggregator.model import ChannelRecord, EndCount
from storage import alerts, backups, care, channels, polls, publications, runs, watch
from storage.database import Database

POLLS = timedelta(days=90)
"""How far back a rhythm is looked for; the ledgers usually reach less far."""

STILL_READ = timedelta(days=3)
"""A channel that was last polled so much before its publisher's newest poll is read no more."""


@dataclass(frozen=True, kw_only=True)
class PublisherHealth:
    """What is known of a publisher, whether or not anything is wrong."""

    name: str
    title: str
    channels: int
    last_success: datetime | None
    """When a channel of it was last answered well."""
    last_article: datetime | None
    """When its newest article was first seen."""
    blocked_share: float | None
    """Of the articles that were asked for in the last 7 days; ``None``: none was."""


@dataclass(frozen=True, kw_only=True)
class Health:
    """What the database and the machine say about the crawls."""

    has_run: bool
    """Whether any crawl has finished: without one nothing can be said."""
    findings: tuple[Finding, ...]
    """The gravest first."""
    publishers: tuple[PublisherHealth, ...]
    titles: Mapping[str, str]
    """Publishers' titles by name."""


def examine(database: Database, config: Config, now: datetime) -> Health:
    """Look at everything that was written down lately, and at the machine."""
    measured = Machine(
        free_bytes=care.free(database),
        database_bytes=care.size(database),
        damage=care.damage(database),
    )
    with database.session() as session:
        return judge(session, config, measured, now)


def judge(session: Session, config: Config, measured: Machine, now: datetime) -> Health:
    """What was written down lately, beside what was measured of the machine."""
    by_publisher = _read_channels(polls.since(session, now - POLLS))
    ends = watch.end_counts(session, now - publishers.WITHIN)
    first_live = watch.first_live_run(session)
    titles = channels.publisher_titles(session)
    fills = runs.fill_history(session, now - drift.HISTORY)
    found = [
        *machine.machine_findings(measured, now),
        *machine.run_findings(watch.live_runs(session, now - POLLS), now),
        *machine.transport_findings(alerts.transports(session)),
        *_backup(session, config, first_live, now),
        *_portals(session, config, now),
        *_channels(by_publisher, _calendars(session), rhythm=first_live is not None, now=now),
        *_articles(ends),
        *(found.finding() for found in drift.drifts(fills)),
    ]
    return Health(
        has_run=runs.has_finished_run(session),
        findings=tuple(sorted(found, key=lambda f: (ORDER[f.kind], f.key))),
        publishers=tuple(
            _publisher(name, titles.get(name, name), by_publisher[name], ends, articles)
            for articles in [watch.newest_articles(session, by_publisher)]
            for name in by_publisher
        ),
        titles=titles,
    )


ByPublisher = Mapping[str, Mapping[str, Sequence[ChannelRecord]]]
"""Publisher -> channel -> its polls, oldest first; only channels that are still read."""


def _read_channels(found: Sequence[ChannelRecord]) -> ByPublisher:
    ordered = sorted(found, key=lambda poll: (poll.publisher, poll.channel, poll.polled_at))
    kept: dict[str, dict[str, Sequence[ChannelRecord]]] = {}
    for publisher, of_publisher in groupby(ordered, key=lambda poll: poll.publisher):
        by_channel = {
            name: tuple(own) for name, own in groupby(of_publisher, key=lambda poll: poll.channel)
        }
        newest = max(own[-1].polled_at for own in by_channel.values())
        kept[publisher] = {
            name: own for name, own in by_channel.items() if newest - own[-1].polled_at < STILL_READ
        }
    return kept


def _channels(
    found: ByPublisher, calendars: Mapping[str, Calendar], *, rhythm: bool, now: datetime
) -> Iterator[Finding]:
    told: list[Finding] = []
    for publisher, by_channel in found.items():
        told += _of_publisher(publisher, by_channel, calendars[publisher], rhythm=rhythm)
    yield from publishers.rolled_up(told, {name: len(own) for name, own in found.items()})
    yield from _clocks(found, now)


def _of_publisher(
    name: str,
    by_channel: Mapping[str, Sequence[ChannelRecord]],
    calendar: Calendar,
    *,
    rhythm: bool,
) -> list[Finding]:
    told = [
        finding
        for own in by_channel.values()
        for finding in channel_decisions.findings(own, calendar, rhythm=rhythm)
    ]
    if not rhythm:
        return told
    every = [poll for own in by_channel.values() for poll in own]
    good = [poll.polled_at for poll in every if poll.status in channel_decisions.GOOD]
    quiet = publishers.quiet(name, every, calendar, max(good)) if good else None
    if quiet is None:
        return told
    # That its channels stand still goes without saying.
    return [quiet, *(f for f in told if f.kind is not FindingKind.CHANNEL_STILL)]


def _clocks(found: ByPublisher, now: datetime) -> Iterator[Finding]:
    """Either our clock is wrong, or some server's."""
    skews = {}
    for publisher, by_channel in found.items():
        known = [channel_decisions.clock_of(own) for own in by_channel.values()]
        said = sorted(skew for skew in known if skew is not None)
        if said:
            skews[publisher] = said[len(said) // 2]
    ours = machine.our_clock(skews)
    if ours is not None:
        yield machine.clock_finding(ours, now)
        return
    for by_channel in found.values():
        for own in by_channel.values():
            finding = channel_decisions.clock_finding(own)
            if finding is not None:
                yield finding


def _articles(ends: Sequence[EndCount]) -> Iterator[Finding]:
    for publisher in sorted({end.publisher for end in ends}):
        own = [end for end in ends if end.publisher == publisher]
        yield from publishers.article_findings(publisher, own)


def _backup(
    session: Session, config: Config, first_live: datetime | None, now: datetime
) -> Iterator[Finding]:
    # What is not crawled live (a demo, a replay) can be made again.
    if first_live is None:
        return
    newest = backups.newest(session)
    finding = machine.backup_finding(newest, first_live, config.backup_days, now)
    if finding is not None:
        yield finding


def _portals(session: Session, config: Config, now: datetime) -> Iterator[Finding]:
    names = [portal.name for portal in config.publish.portals]
    return portals.portal_findings(
        [publications.portal_state(session, name) for name in names],
        publications.listed(session, portals=names, only_stopped=True),
        tuple(publications.standing_withdrawn(session)),
        names,
        now,
    )


def _publisher(
    name: str,
    title: str,
    by_channel: Mapping[str, Sequence[ChannelRecord]],
    ends: Sequence[EndCount],
    articles: Mapping[str, datetime],
) -> PublisherHealth:
    good = [
        poll.polled_at
        for own in by_channel.values()
        for poll in own
        if poll.status in channel_decisions.GOOD
    ]
    return PublisherHealth(
        name=name,
        title=title,
        channels=len(by_channel),
        last_success=max(good, default=None),
        last_article=articles.get(name),
        blocked_share=publishers.blocked_share([e for e in ends if e.publisher == name]),
    )


def _calendars(session: Session) -> Mapping[str, Calendar]:
    is_holiday = indonesian_holidays()
    return {
        name: Calendar(zone=ZoneInfo(zone), is_holiday=is_holiday)
        for name, zone in channels.publisher_zones(session).items()
    }


def indonesian_holidays() -> Callable[[date], bool]:
    """Public holidays and joint holidays (cuti bersama), on which offices are closed."""
    # Imported here: it takes 0.2 s, and only a check needs it.
    from holidays import country_holidays

    @cache
    def of_year(year: int) -> frozenset[date]:
        return frozenset(country_holidays("ID", years=year, categories=("public", "government")))

    return lambda day: day in of_year(day.year)
