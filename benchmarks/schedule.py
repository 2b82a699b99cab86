"""Memory of ``aggregator schedule`` over many polls: the real loop on a simulated clock.

    python benchmarks/schedule.py [POLLS]            (default: 10000)

A server process on 127.0.0.1 serves one feed of fifteen entries, of which one is new at every fifth
poll. Each poll is a whole crawl: robots.txt, feed, articles, database. Prints resident memory and
the time that a poll takes, after each tenth of the polls.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.memory import resident_mib
from benchmarks.serving import HTML, NO_RULES, feed, number_of, serving

NEW_EVERY = 5


polls_answered = itertools.count(1)


def answer(base: str, path: str) -> tuple[str, str]:
    """A new entry at every fifth poll, among fifteen."""
    from tests.e2e.world import article_page

    if path == "/rss":
        newest = 15 + next(polls_answered) // NEW_EVERY
        return feed(base, range(newest, newest - 15, -1))
    if path.startswith("/berita/"):
        return article_page(number_of(path)), HTML
    return NO_RULES


class Clock:
    """Passes only while nothing is crawled, and then at once."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 8, 5, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    async def wait(
        self, seconds: float, crawls: Collection[asyncio.Future[Any]], stop: asyncio.Future[Any]
    ) -> None:
        if crawls:
            await asyncio.wait((*crawls, stop), return_when=asyncio.FIRST_COMPLETED)
        else:
            self.moment += timedelta(seconds=max(seconds, 0.01))
            await asyncio.sleep(0)


def measure(base: str, folder: str, polls: int) -> Iterator[dict[str, float]]:
    """Resident memory and seconds a poll, after each tenth of the polls."""
    from aggregator import settings
    from aggregator.config import Config
    from aggregator.loop import schedule
    from tests.e2e.loopback import loopback_publisher

    settings.DOWNLOAD_DELAY = 0  # type: ignore[assignment]
    config = Config(
        database_url=f"sqlite:///{folder}/news.db",
        contact="bench@sekolah.example",
        allow_private_network=True,
        # A poll at each look at the clock, so that the polls are what is measured.
        min_interval=timedelta(seconds=30),
        max_interval=timedelta(seconds=50),
    )
    done, started, found = 0, time.perf_counter(), []

    def tell(_: object) -> None:
        nonlocal done, started
        done += 1
        if done % (polls // 10) == 0:
            now = time.perf_counter()
            spent = (now - started) / (polls // 10)
            found.append({"polls": done, "mib": resident_mib(), "seconds": spent})
            started = now
        if done == polls:
            os.kill(os.getpid(), signal.SIGTERM)

    registered = {"contoh": loopback_publisher(base)}
    schedule(config, (), tell, once=False, registered=registered, clock=Clock())
    yield from found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("polls", nargs="?", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with serving(answer) as base, tempfile.TemporaryDirectory() as folder:
        found = list(measure(base, folder, options.polls))
    if options.json:
        print(json.dumps(found))
        return
    print("| polls | resident MiB | ms a poll |")
    print("| ---: | ---: | ---: |")
    for row in found:
        print(f"| {row['polls']:.0f} | {row['mib']:.1f} | {1000 * row['seconds']:.0f} |")


if __name__ == "__main__":
    main()
