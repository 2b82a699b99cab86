"""Run as a program: a month of ``aggregator schedule`` over three publishers that misbehave.

    python month.py FOLDER [--days 30]

Each publisher publishes by its own rates, lists the newest fifteen articles in its feed and fifty a
page on its index, and takes an article down now and then after little more than an hour. One fault
after another of ``faults.CHANNEL_FAULTS`` befalls its feed for a day and a quarter, while its index
goes on; faults of single articles come in between. The loop, the crawls, the database and the
findings are the real ones; only the clock is not: it passes while nothing is crawled. Prints what
happened as JSON.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from itertools import cycle
from typing import Any

from sqlalchemy import select

from aggregator import settings
from aggregator.alerts.deliver import keep_in_step
from aggregator.config import Config
from aggregator.health.examine import examine
from aggregator.loop import Polled, Trouble, schedule
from storage.database import Database, open_database
from storage.tables import AlertRow, ArticleRow, ChannelPollRow, FetchRow
from tests.e2e.faults import ARTICLE_FAULTS, CHANNEL_FAULTS, HOUR, PASSING_FAULTS, Answered, Fault
from tests.e2e.loopback import INDEX, RSS, loopback_publisher
from tests.e2e.rawserver import Answer, RawServer, http, raw_server
from tests.e2e.simulated import START, Clock
from tests.e2e.world import article_page, listing_of

FEED, PAGE = 15, 50
CHECK_EVERY = 3 * HOUR
LONGEST = HOUR
"""Every channel is polled so often."""

FAULT_EVERY, FAULT_LASTS = 72 * HOUR, 30 * HOUR
FIRST_FAULT = 48 * HOUR
"""Channels have a rhythm by then."""

SHORT_LIVED = timedelta(minutes=70)
"""How long an article is seen that is taken down again."""


@dataclass(frozen=True, kw_only=True)
class Window:
    fault: Fault
    start: datetime
    end: datetime


@dataclass(kw_only=True)
class Press:
    """A publisher: which articles there are when, and what goes wrong when.

    Numbers of articles are their places in ``times``, from 1.
    """

    name: str
    clock: Clock
    times: Sequence[datetime]
    windows: Sequence[Window]
    short_lived: frozenset[int]
    broken: Mapping[int, Fault]
    passing: Mapping[int, Fault]
    server: RawServer = field(default_factory=RawServer)
    answered_well: dict[int, int] = field(default_factory=dict)
    """Article -> how often it was given."""
    asked_for_first: int = 0
    """Requests for articles until each was given."""

    def get(self, path: str, _: Answer) -> Answer:
        """As ``RawServer`` asks: the answer at this moment."""
        now = self.clock.passed
        body, kind = self._body(path, now)
        asked = Answered(base=self.server.base, path=path, body=body, kind=kind, now=now)
        fault = self._fault(path, now)
        if article := _article(path):
            self.asked_for_first += article not in self.answered_well
            if fault is None:
                self.answered_well[article] = self.answered_well.get(article, 0) + 1
        return fault.answer(asked) if fault else http(body, kind=kind, Date=format_datetime(now))

    def _fault(self, path: str, now: datetime) -> Fault | None:
        if path.startswith(f"/{RSS}"):
            return next((w.fault for w in self.windows if w.start <= now < w.end), None)
        number = _article(path)
        if number is None:
            return None
        passing = self.passing.get(number)
        if passing and now < self.times[number - 1] + 2 * HOUR:
            return passing
        return self.broken.get(number)

    def _body(self, path: str, now: datetime) -> tuple[str, str]:
        page = re.fullmatch(rf"/{INDEX}(?:/(\d+))?", path)
        number = _article(path)
        if page:
            first = PAGE * (int(page[1] or 1) - 1)
            listed = self._listed(now)[first : first + PAGE]
            return listing_of(self.server.base, listed), "text/html; charset=utf-8"
        if number is not None:
            return article_page(number), "text/html; charset=utf-8"
        if path.startswith(f"/{RSS}"):
            return self._feed(now), "application/rss+xml"
        return "User-agent: *\nDisallow:\n", "text/plain"

    def _feed(self, now: datetime) -> str:
        base = self.server.base
        items = "".join(
            f"<item><title>Uji {n}</title><link>{base}/berita/{n}/uji-{n}</link>"
            f"<pubDate>{self.times[n - 1]:%a, %d %b %Y %H:%M:%S +0000}</pubDate></item>"
            for n in self._listed(now)[:FEED]
        )
        return f"<rss><channel>{items}</channel></rss>"

    def _listed(self, now: datetime) -> list[int]:
        """Newest first; the index has two pages, which is what a catch-up needs here."""
        newest = [n for n, at in enumerate(self.times, start=1) if at <= now][-3 * PAGE :]
        return [
            n
            for n in reversed(newest)
            if n not in self.short_lived or now < self.times[n - 1] + SHORT_LIVED
        ]


def _article(path: str) -> int | None:
    found = re.match(r"/berita/(\d+)/", path)
    return int(found[1]) if found else None


def publishing(by_day: float, by_night: float, days: int) -> Iterator[datetime]:
    """Even within each hour of the day; day is from 8.00 to 20.00 WITA."""
    owed = 0.0
    for hour in range(-24, 24 * days + 1):
        start = START + hour * HOUR
        owed += by_day if start.hour < 12 else by_night
        count = int(owed)
        owed -= count
        for number in range(count):
            yield start + HOUR * (number / count)


def windows(faults: Sequence[Fault], days: int) -> Iterator[Window]:
    starts = range(int(FIRST_FAULT / HOUR), 24 * days - 40, int(FAULT_EVERY / HOUR))
    for fault, hour in zip(faults, starts, strict=False):
        start = START + hour * HOUR
        yield Window(fault=fault, start=start, end=start + FAULT_LASTS)


def press(name: str, number: int, clock: Clock, rates: tuple[float, float], days: int) -> Press:
    """The publisher with every third fault, from ``number`` on."""
    times = list(publishing(*rates, days))
    own = list(windows(CHANNEL_FAULTS[number::3], days))
    # Between two windows, when the feed is well: articles that vanish, and such as are broken.
    quiet = [n for w in own for n in _published(times, w.start - 20 * HOUR, w.start - 8 * HOUR)]
    turns = cycle(("short", "broken", "passing", "", ""))
    broken_ones, passing_ones = cycle(ARTICLE_FAULTS), cycle(PASSING_FAULTS)
    short, broken, passing = set(), {}, {}
    for n in quiet[::3]:
        match next(turns):
            case "short":
                short.add(n)
            case "broken":
                broken[n] = next(broken_ones)
            case "passing":
                passing[n] = next(passing_ones)
    return Press(
        name=name,
        clock=clock,
        times=times,
        windows=own,
        short_lived=frozenset(short),
        broken=broken,
        passing=passing,
    )


def _published(times: Sequence[datetime], start: datetime, end: datetime) -> list[int]:
    return [n for n, at in enumerate(times, start=1) if start <= at < end]


RATES = {"harian": (5.0, 1.0), "kabar": (4.0, 0.5), "dinas": (0.8, 0.0)}
"""Articles an hour by day and by night."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--days", type=int, default=30)
    options = parser.parse_args()
    settings.DOWNLOAD_DELAY = 0.01
    settings.DOWNLOAD_TIMEOUT = 1
    settings.RETRY_TIMES = 1
    clock = Clock(end=START + timedelta(days=options.days))
    with ExitStack() as servers:
        houses = []
        for number, (name, rates) in enumerate(RATES.items()):
            house = press(name, number, clock, rates, options.days)
            house.server = servers.enter_context(raw_server())
            house.server.answers = house  # type: ignore[assignment]
            houses.append(house)
        json.dump(live(options.folder, clock, houses), sys.stdout)
    return 0


def live(folder: str, clock: Clock, houses: Sequence[Press]) -> dict[str, Any]:
    config = Config(
        database_url=f"sqlite:///{folder}/news.db",
        contact="uji@sekolah.example",
        allow_private_network=True,
        backup_days=0,
        max_interval=LONGEST,
        ledger_days=90,
    )
    database = open_database(config.database_url, writable=True)
    polls: list[dict[str, Any]] = []
    checked = START

    def tell(event: Polled | Trouble) -> None:
        nonlocal checked
        channel = event.channel.publisher if event.channel else None
        polls.append({"publisher": channel, "at": event.at.isoformat(), "trouble": _said(event)})
        if event.at >= checked + CHECK_EVERY:
            checked = event.at
            keep_in_step(database, examine(database, config, event.at).findings, event.at)

    registered = {h.name: loopback_publisher(h.server.base, (RSS, INDEX), h.name) for h in houses}
    schedule(config, (), tell, once=False, registered=registered, clock=clock)
    report = {
        "polls": polls,
        "alerts": _alerts(database),
        "publishers": {h.name: _result(database, h, clock.passed) for h in houses},
    }
    database.close()
    return report


def _said(event: Polled | Trouble) -> str | None:
    return str(event.error) if isinstance(event, Trouble) else None


def _alerts(database: Database) -> list[dict[str, Any]]:
    with database.session() as session:
        rows = session.scalars(select(AlertRow).order_by(AlertRow.id))
        return [
            {
                "kind": row.finding["kind"],
                "publisher": row.finding["publisher"],
                "subject": row.finding["subject"],
                "opened": row.opened_at.isoformat(),
                "closed": row.closed_at.isoformat() if row.closed_at else None,
            }
            for row in rows
        ]


def _result(database: Database, house: Press, now: datetime) -> dict[str, Any]:
    with database.session() as session:
        held = session.scalars(select(ArticleRow.external_id).where(_of(ArticleRow, house)))
        stored = [int(number or 0) for number in held]
        ends = session.execute(
            select(FetchRow.url, FetchRow.state, FetchRow.reason).where(_of(FetchRow, house))
        ).all()
        polled = session.execute(
            select(ChannelPollRow.polled_at, ChannelPollRow.status, ChannelPollRow.reasons).where(
                _of(ChannelPollRow, house), ChannelPollRow.channel == RSS
            )
        ).all()
    visible = now - 2 * LONGEST
    due = {n for n, at in enumerate(house.times, start=1) if START < at <= visible}
    asked = [arrival.path for arrival in house.server.arrivals]
    return {
        "published": len(due),
        "missed": sorted(due - set(stored) - set(house.broken)),
        "twice": len(stored) - len(set(stored)),
        "short_lived": sorted(house.short_lived),
        "broken": {
            str(n): [fault.ends, *sorted({f"{s}:{r}" for u, s, r in ends if _article_of(u) == n})]
            for n, fault in house.broken.items()
            if house.times[n - 1] <= visible
        },
        "passing": {
            str(n): [fault.ends, *sorted({f"{s}:{r}" for u, s, r in ends if _article_of(u) == n})]
            for n, fault in house.passing.items()
        },
        "windows": [
            {
                "fault": w.fault.name,
                "ends": w.fault.ends,
                "finding": w.fault.finding,
                "start": w.start.isoformat(),
                "end": w.end.isoformat(),
                "polls": sum(w.start <= at < w.end for at, _, _ in polled),
                "reasons": sorted({r for at, _, rs in polled if w.start <= at < w.end for r in rs}),
            }
            for w in house.windows
        ],
        "given": len(house.answered_well),
        "asked_for_first": house.asked_for_first,
        "again": sum(house.answered_well.values()) - len(house.answered_well),
        "requests": len(asked),
    }


def _of(table: Any, house: Press) -> Any:
    return table.publisher == house.name


def _article_of(url: str) -> int | None:
    found = re.search(r"/berita/(\d+)/", url)
    return int(found[1]) if found else None


if __name__ == "__main__":
    sys.exit(main())
