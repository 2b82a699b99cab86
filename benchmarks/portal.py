"""500 readers on the school's pages, beside the same pages served by plain Starlette.

    python benchmarks/portal.py [READERS] [--articles N] [--seconds N]    (default: 500, 2000, 20)

Each reader has a connection, opens the front page, then an article, then the next list, and reads
for 1 to 4 seconds before the next page, as on the morning on which a whole school is told to look.
Three servers, one after the other, each in one process: plain Starlette with the finished pages in
memory; ours as it is set by default (an answer is kept for a minute); ours asking the database for
every page. Prints pages a second, median, 95th and 99th percentile in milliseconds, the share of
errors, and ratios to plain Starlette. Readers and server share the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.api import build, running

READS = (1.0, 4.0)
"""Seconds for which a reader looks at a page."""
TIMEOUT = 30.0
AGENT = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"


def ours(url: str, max_age: int) -> Any:
    from aggregator.cli.text import Translator
    from aggregator.config import Config
    from aggregator.portalconfig import Approval, PortalConfig
    from aggregator.web.app import create_app
    from aggregator.webconfig import WebConfig
    from storage.database import open_database

    config = Config(
        school="SMK Negeri 1 Contoh",
        portal=PortalConfig(approval=Approval.NONE),
        web=WebConfig(rate_limit=0, max_age=max_age),
    )
    return create_app(config, open_database(url), Translator)


def plain(folder: str, _max_age: int) -> Any:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import HTMLResponse
    from starlette.routing import Route

    pages = {p.name: p.read_text("utf-8") for p in Path(folder).iterdir()}

    async def front(_request: Request) -> HTMLResponse:
        return HTMLResponse(pages["front"])

    async def article(_request: Request) -> HTMLResponse:
        return HTMLResponse(pages["article"])

    return Starlette(
        routes=[
            Route("/", front),
            Route("/penerbit/{name}", front),
            Route("/berita/{rest:path}", article),
        ]
    )


@dataclass
class Seen:
    """What the readers of one server saw."""

    seconds: list[float] = field(default_factory=list)
    errors: int = 0
    took: float = 0.0

    def percentile(self, share: float) -> float:
        """Milliseconds."""
        found = sorted(self.seconds)
        return found[min(len(found) - 1, int(len(found) * share))] * 1000


async def read(port: int, paths: Sequence[str], until: float, seen: Seen, seed: int) -> None:
    chance = random.Random(seed)
    await asyncio.sleep(chance.uniform(0, READS[1]))
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while time.monotonic() < until:
            path = chance.choice(paths)
            started = time.perf_counter()
            try:
                status = await asyncio.wait_for(_ask(reader, writer, path), TIMEOUT)
            except (OSError, asyncio.IncompleteReadError, TimeoutError):
                status = 0
            seen.seconds.append(time.perf_counter() - started)
            if status != 200:
                seen.errors += 1
            if not status:
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            await asyncio.sleep(chance.uniform(*READS))
    finally:
        writer.close()


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> int:
    head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: {AGENT}\r\n"
    writer.write(f"{head}Accept-Encoding: gzip\r\n\r\n".encode())
    answer = (await reader.readuntil(b"\r\n\r\n")).decode()
    length = re.search(r"content-length: (\d+)", answer, re.IGNORECASE)
    assert length is not None, answer
    await reader.readexactly(int(length[1]))
    return int(answer.split()[1])


async def visit(port: int, readers: int, seconds: float, paths: Sequence[str]) -> Seen:
    seen, started = Seen(), time.monotonic()
    until = started + READS[1] + seconds
    await asyncio.gather(*(read(port, paths, until, seen, n) for n in range(readers)))
    seen.took = time.monotonic() - started
    return seen


def pages_of(port: int) -> tuple[list[str], dict[str, bytes]]:
    """What readers open, a front page as often as an article; and one page of each kind."""
    base = f"http://127.0.0.1:{port}"
    front = urlopen(f"{base}/").read()
    articles = re.findall(r'<h2><a href="(/berita/[^"]+)"', front.decode())
    lists = ["/", *(f"/penerbit/{name}" for name in ("contoh", "lain", "ketiga"))]
    pages = {"front": front, "article": urlopen(base + articles[0]).read()}
    return [*lists * 4, *articles], pages


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("readers", nargs="?", type=int, default=500)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=20.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/news.db"
        build(url, given.articles)
        finished = Path(folder) / "pages"
        finished.mkdir()
        with running(ours, url, 60) as port:
            paths, pages = pages_of(_up(port))
        for name, page in pages.items():
            (finished / name).write_bytes(page)
        found = {}
        for name, make, argument, max_age in (
            ("plain Starlette", plain, str(finished), 0),
            ("portal", ours, url, 60),
            ("portal, nothing kept", ours, url, 0),
        ):
            with running(make, argument, max_age) as port:
                seen = visit(_up(port), given.readers, given.seconds, paths)
                found[name] = asyncio.run(seen)
    sizes = ", ".join(f"{name} {len(page):,} bytes" for name, page in pages.items())
    print(f"{given.readers} readers, {given.articles} articles; {sizes}")
    print(f"{'':22}{'pages/s':>9}{'p50':>9}{'p95':>9}{'p99':>9}{'errors':>9}{'p95 ratio':>11}")
    for name, seen in found.items():
        ratio = seen.percentile(0.95) / found["plain Starlette"].percentile(0.95)
        print(
            f"{name:22}{len(seen.seconds) / seen.took:9.0f}"
            f"{statistics.median(seen.seconds) * 1000:9.1f}{seen.percentile(0.95):9.1f}"
            f"{seen.percentile(0.99):9.1f}{seen.errors / len(seen.seconds):9.2%}{ratio:11.1f}"
        )


def _up(port: int) -> int:
    """The port, once the server answers."""
    for _ in range(200):
        try:
            urlopen(f"http://127.0.0.1:{port}/").read()
            return port
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    main()
