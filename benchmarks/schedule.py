"""Memory of ``aggregator schedule`` over many polls: the real loop on a simulated clock.

    python benchmarks/schedule.py [POLLS]            (default: 10000)

A server process on 127.0.0.1 serves one feed of fifteen entries, of which one is new at every fifth
poll. Each poll is a whole crawl: robots.txt, feed, articles, database. Prints resident memory and
the time that a poll takes, after each tenth of the polls.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import http.server
import json
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

NEW_EVERY = 5


def serve(port: multiprocessing.Queue[int]) -> None:
    from tests.e2e.world import article_page

    polls = 0

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            nonlocal polls
            base, kind = f"http://{self.headers['Host']}", "text/html; charset=utf-8"
            if self.path == "/rss":
                polls += 1
                newest = 15 + polls // NEW_EVERY
                items = "".join(
                    f"<item><title>Uji {n}</title><link>{base}/berita/{n}/uji-{n}</link></item>"
                    for n in range(newest, newest - 15, -1)
                )
                text, kind = f"<rss><channel>{items}</channel></rss>", "application/rss+xml"
            elif self.path.startswith("/berita/"):
                text = article_page(int(self.path.split("/")[2]))
            else:
                text, kind = "User-agent: *\nDisallow:\n", "text/plain"
            body = text.encode()
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    port.put(server.server_address[1])
    server.serve_forever()


@contextlib.contextmanager
def publisher() -> Iterator[str]:
    ports: multiprocessing.Queue[int] = multiprocessing.Queue()
    process = multiprocessing.Process(target=serve, args=(ports,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ports.get(timeout=10)}"
    finally:
        process.terminate()
        process.join()


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


def resident_mib() -> float:
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


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
    with publisher() as base, tempfile.TemporaryDirectory() as folder:
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
