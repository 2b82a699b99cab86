"""Run as a program: the real loop of ``aggregator schedule`` on a clock that runs as it likes.

    python simulated.py FOLDER [--hours 24] [--by-day 20] [--by-night 2] [--quiet 22:00-04:30]
                        [--asleep HOUR:HOURS] [--set HOUR:HOURS]

A publisher in a thread beside it publishes so many articles an hour, lists the newest fifteen in
its feed and fifty a page on its index. Time passes only while nothing is crawled. Prints what was
polled when and what was stored, as JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import http.server
import json
import os
import re
import signal
import sys
import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aggregator import settings
from aggregator.config import Config
from aggregator.loop import Polled, Trouble, schedule
from aggregator.times import QuietHours
from storage.database import open_database
from tests.e2e.loopback import INDEX, RSS, loopback_publisher
from tests.e2e.world import article_page, listing_of

START = datetime(2026, 8, 5, 0, 0, tzinfo=UTC)  # a Wednesday, 8.00 WITA; pages are of the 4th
FEED, PAGE = 15, 50
HOUR = timedelta(hours=1)


@dataclass
class Clock:
    """Wall clock and the time that really passes; the two differ when the clock is set."""

    end: datetime
    passed: datetime = START
    offset: timedelta = timedelta(0)
    asleep: dict[datetime, timedelta] = field(default_factory=dict)
    """When the machine falls asleep (really), and for how long."""
    set_by: dict[datetime, timedelta] = field(default_factory=dict)

    def now(self) -> datetime:
        return self.passed + self.offset

    async def wait(
        self, seconds: float, crawls: Collection[asyncio.Future[Any]], stop: asyncio.Future[Any]
    ) -> None:
        if crawls:
            await asyncio.wait((*crawls, stop), return_when=asyncio.FIRST_COMPLETED)
            return
        if self.passed >= self.end:
            os.kill(os.getpid(), signal.SIGTERM)
            await stop
        self.passed += timedelta(seconds=max(seconds, 0.01))
        for at in [at for at in self.asleep if at <= self.passed]:
            self.passed += self.asleep.pop(at)
        for at in [at for at in self.set_by if at <= self.passed]:
            self.offset += self.set_by.pop(at)
        await asyncio.sleep(0)


class Newsroom:
    """Which articles there are at a time: numbers, by an even rate for each hour of the day."""

    def __init__(self, by_day: int, by_night: int, hours: int) -> None:
        self.times = list(self._times(by_day, by_night, hours))

    def _times(self, by_day: int, by_night: int, hours: int) -> Iterator[datetime]:
        for hour in range(-48, hours + 1):
            start = START + hour * HOUR
            count = by_day if start.hour < 12 else by_night
            for number in range(count):
                yield start + HOUR * (number / count)

    def published(self, now: datetime) -> list[int]:
        """Newest first."""
        return [n for n, at in reversed(list(enumerate(self.times, start=1))) if at <= now]


def serve(clock: Clock, newsroom: Newsroom) -> str:
    requests: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            body, kind = answer(self.path)
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    def answer(path: str) -> tuple[bytes, str]:
        published = newsroom.published(clock.passed)
        page = re.fullmatch(r"/indeks(?:/(\d+))?", path)
        article = re.match(r"/berita/(\d+)/", path)
        if page:
            first = PAGE * (int(page[1] or 1) - 1)
            text = listing_of(base, published[first : first + PAGE])
        elif article:
            text = article_page(int(article[1]))
        elif path == "/rss":
            items = "".join(
                f"<item><title>Uji {n}</title><link>{base}/berita/{n}/uji-{n}</link>"
                f"<pubDate>{newsroom.times[n - 1]:%a, %d %b %Y %H:%M:%S +0000}</pubDate></item>"
                for n in published[:FEED]
            )
            return f"<rss><channel>{items}</channel></rss>".encode(), "application/rss+xml"
        else:
            return b"User-agent: *\nDisallow:\n", "text/plain"
        return text.encode(), "text/html; charset=utf-8"

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    base = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    clock.requests = requests  # type: ignore[attr-defined]
    return base


def at_hours(texts: list[str]) -> dict[datetime, timedelta]:
    pairs = (text.split(":") for text in texts)
    return {START + float(at) * HOUR: float(span) * HOUR for at, span in pairs}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--hours", type=int, default=24)
    parser.add_argument("--by-day", type=int, default=20)
    parser.add_argument("--by-night", type=int, default=2)
    parser.add_argument("--quiet")
    parser.add_argument("--asleep", action="append", default=[])
    parser.add_argument("--set", action="append", default=[])
    options = parser.parse_args()
    settings.DOWNLOAD_DELAY = 0  # type: ignore[assignment]
    clock = Clock(
        end=START + options.hours * HOUR,
        asleep=at_hours(options.asleep),
        set_by=at_hours(options.set),
    )
    newsroom = Newsroom(options.by_day, options.by_night, options.hours)
    base = serve(clock, newsroom)
    config = Config(
        database_url=f"sqlite:///{options.folder}/news.db",
        contact="uji@sekolah.example",
        allow_private_network=True,
        quiet_hours=QuietHours.parse(options.quiet) if options.quiet else None,
    )
    polls: list[dict[str, Any]] = []

    def tell(event: Polled | Trouble) -> None:
        polled = event if isinstance(event, Polled) else None
        polls.append(
            {
                "channel": event.channel.name if event.channel else None,
                "at": event.at.isoformat(),
                "passed": clock.passed.isoformat(),
                "states": dict(polled.result.states) if polled else {},
                "gaps": sum(len(r.gaps) for r in polled.result.reports) if polled else 0,
                "error": str(event.error) if isinstance(event, Trouble) else None,
            }
        )

    registered = {"contoh": loopback_publisher(base, (RSS, INDEX))}
    schedule(config, (), tell, once=False, registered=registered, clock=clock)
    database = open_database(config.database_url)
    with database.session() as session:
        stored = session.connection().exec_driver_sql("SELECT external_id FROM article").all()
    database.close()
    # Every channel is polled at least every two hours; what is newer may still be to come.
    visible = clock.passed - config.max_interval
    published = [n for n, at in enumerate(newsroom.times, start=1) if START < at <= visible]
    requests: list[str] = clock.requests  # type: ignore[attr-defined]
    json.dump(
        {
            "polls": polls,
            "missed": sorted({*published} - {int(row[0]) for row in stored}),
            "published": len(published),
            "requests": sum(path != "/robots.txt" for path in requests),
        },
        sys.stdout,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
