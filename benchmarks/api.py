"""Requests per second of the JSON API beside a plain Starlette endpoint.

    python benchmarks/api.py [ARTICLES]        (default: 10000)

Builds a SQLite database, then asks one server process after the other over loopback: 16
connections, 5 seconds each; at last two server processes at one address, as ``aggregator serve
--workers 2`` starts them. The plain endpoint is Starlette's ``JSONResponse`` of the very page
that ours answers, held in memory, on the same server. Prints requests per second and the ratio.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import multiprocessing
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).parents[1]))

CONNECTIONS = 16
SECONDS = 5.0
WORDS = "siswa guru sekolah kompetensi industri bengkel lomba beasiswa magang kurikulum".split()


def build(url: str, articles: int) -> None:
    from pipelines.attribute import attribute
    from pipelines.store import store
    from storage import channels
    from storage.database import open_database
    from tests.pipelines.builders import body_of, normalised, publisher

    database = open_database(url, writable=True)
    publishers = [publisher(name=name) for name in ("contoh", "lain", "ketiga")]
    with database.session() as session:
        for about in publishers:
            channels.ensure(session, about, ())
    for number in range(articles):
        about = publishers[number % 3]
        text = " ".join(WORDS[(number + n * 7) % 10] for n in range(40))
        found = normalised(
            publisher=about.name,
            url=f"https://contoh.example/berita/{number}/judul",
            headline=f"Berita Pendidikan Nomor {number}",
            published_raw=f"{number % 28 + 1} Juli {2010 + number % 16} 08:{number % 60:02d} WIB",
            tags=(WORDS[number % 10], WORDS[number % 7]),
            body_html=body_of(*(f"Alinea {p} berita {number}: {text}." for p in range(6))),
        )
        store(database, attribute(found, about), cause="channel")
    database.close()


def ours(url: str, max_age: int) -> Any:
    from aggregator.cli.text import Translator
    from aggregator.config import Config
    from aggregator.web.app import create_app
    from aggregator.webconfig import WebConfig
    from storage.database import open_database

    config = Config(web=WebConfig(rate_limit=0, max_age=max_age))
    return create_app(config, open_database(url), Translator)


def plain(page: str, _max_age: int) -> Any:
    from starlette.applications import Starlette
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    found = json.loads(Path(page).read_text("utf-8"))

    async def endpoint(_request: object) -> JSONResponse:
        return JSONResponse(found)

    return Starlette(routes=[Route("/page", endpoint)])


def serve(make: Any, argument: str, max_age: int, listening: socket.socket) -> None:
    import uvicorn

    config = uvicorn.Config(
        make(argument, max_age), http="h11", access_log=False, log_level="error"
    )
    uvicorn.Server(config).run(sockets=[listening])


@contextlib.contextmanager
def running(make: Any, argument: str, max_age: int = 0, workers: int = 1) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        processes = [
            multiprocessing.Process(
                target=serve, args=(make, argument, max_age, listening), daemon=True
            )
            for _ in range(workers)
        ]
        for process in processes:
            process.start()
        port = listening.getsockname()[1]
        try:
            yield port
        finally:
            for process in processes:
                process.terminate()
                process.join()


async def connection(port: int, request: bytes, until: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    done = 0
    while time.perf_counter() < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1])
        assert status in (200, 304), head
        if status == 200:
            length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
        done += 1
    writer.close()
    return done


def rate(port: int, path: str, **headers: str) -> float:
    """Requests per second, after half a second to warm up."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{k}: {v}" for k, v in headers.items())]
    request = "\r\n".join([*lines, "", ""]).encode()

    async def ask(seconds: float) -> int:
        until = time.perf_counter() + seconds
        return sum(
            await asyncio.gather(*(connection(port, request, until) for _ in range(CONNECTIONS)))
        )

    asyncio.run(ask(0.5))
    started = time.perf_counter()
    return asyncio.run(ask(SECONDS)) / (time.perf_counter() - started)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", nargs="?", type=int, default=10_000)
    articles = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as folder:
        url, page = f"sqlite:///{folder}/news.db", f"{folder}/page.json"
        build(url, articles)
        listing = "/api/v1/articles"
        with running(ours, url) as port, urlopen(f"http://127.0.0.1:{port}{listing}") as answer:
            tag = answer.headers["ETag"]
            Path(page).write_bytes(answer.read())
        size = Path(page).stat().st_size
        print(f"{articles} articles, a page of 20 is {size // 1024} KB\n")
        print("| | requests/s | of plain |\n| --- | ---: | ---: |")
        with running(plain, page) as port:
            base = rate(port, "/page")
        show("plain Starlette, the same page from memory", base, base)
        with running(ours, url, max_age=60) as port:
            show("ours, kept", rate(port, listing), base)
            show("ours, kept, gzip", rate(port, listing, **{"Accept-Encoding": "gzip"}), base)
            show("ours, kept, 304", rate(port, listing, **{"If-None-Match": tag}), base)
        with running(ours, url) as port:
            for what, path in (
                ("asked anew", listing),
                ("asked anew, one publisher and tag", f"{listing}?publisher=lain&tag=guru"),
                ("asked anew, 1 article", f"{listing}/{articles // 2}"),
                ("asked anew, RSS of 50", "/feed.rss"),
            ):
                show(f"ours, {what}", rate(port, path), base)
        with running(ours, url, max_age=60, workers=2) as port:
            show("ours, kept, two processes", rate(port, listing), base)
        with running(ours, url, workers=2) as port:
            show("ours, asked anew, two processes", rate(port, listing), base)


def show(what: str, found: float, base: float) -> None:
    print(f"| {what} | {found:.0f} | {found / base:.2f} |", flush=True)


if __name__ == "__main__":
    main()
