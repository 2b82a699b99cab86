"""The command in a process of its own, and a loopback publisher whose answers a test decides."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from pytest_httpserver import HTTPServer
from sqlalchemy import select
from werkzeug import Request, Response

from aggregator.cli.main import main
from storage.database import open_database
from storage.tables import (
    ArticleRow,
    Base,
    ChannelPaceRow,
    FetchRow,
    HostRow,
    RevisionRow,
    RobotsVisitRow,
    WatchRow,
)

MOMENTS: dict[type[Base], tuple[str, ...]] = {
    ArticleRow: ("first_seen", "last_seen", "fetched_at"),
    RevisionRow: ("seen_at",),
    WatchRow: ("looked_at", "next_look_at", "suspected_at"),
    FetchRow: ("ended_at",),
    RobotsVisitRow: ("fetched_at",),
    ChannelPaceRow: ("attempted_at", "succeeded_at"),
    HostRow: ("not_before",),
}

PROJECT = Path(__file__).parents[2]
LOOPBACK = Path(__file__).with_name("loopback.py")


@dataclass(frozen=True)
class Finished:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run_program(
    *args: str,
    cwd: Path,
    env: dict[str, str] | None = None,
    timeout: float = 120,
    stdin: str | None = None,
) -> Finished:
    """Run Python with ``args``; nothing of the caller's configuration leaks in."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("AGGREGATOR_")}
    clean |= {"PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1", **(env or {})}
    done = subprocess.run(
        [sys.executable, *args],
        cwd=cwd,
        env=clean,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )
    return Finished(done.returncode, done.stdout, done.stderr)


@dataclass
class World:
    """A publisher on a loopback address whose every answer a test decides."""

    server: HTTPServer
    folder: Path
    database_url: str = ""
    """Empty: an SQLite file in the folder."""
    articles: dict[int, str] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def base(self) -> str:
        return self.server.url_for("").rstrip("/")

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.folder / 'news.db'}"

    def serve(self, path: str, answer: Response | Callable[[Request], Response]) -> None:
        """Answer ``path`` this way from now on; every request is noted."""
        is_new = path not in self.answers
        self.answers[path] = answer

        def handle(request: Request) -> Response:
            self.asked.append(path)
            self.headers.append(dict(request.headers))
            answer = self.answers[path]
            return answer(request) if callable(answer) and not _is_response(answer) else answer

        if is_new:
            self.server.expect_request(path).respond_with_handler(handle)

    def page(self, number: int, text: str = "", headline: str = "") -> Response:
        return html(article_page(number, text, headline))

    def feed(self, *numbers: int, extra: str = "") -> None:
        self.serve("/rss", xml(feed_of(self.base, numbers, extra)))

    def index(self, *pages: Sequence[int]) -> None:
        """The listing: each page's article numbers, newest first."""
        for number, articles in enumerate(pages, start=1):
            path = "/indeks" if number == 1 else f"/indeks/{number}"
            self.serve(path, html(listing_of(self.base, articles)))

    def stories(self, *numbers: int) -> None:
        for number in numbers:
            self.serve(f"/berita/{number}/uji-{number}", self.page(number))

    def robots(self, text: str = "User-agent: *\nDisallow:\n") -> None:
        self.serve("/robots.txt", Response(text, content_type="text/plain"))

    def crawl(self, *options: str) -> Finished:
        return run_program(str(LOOPBACK), self.base, self.database, *options, cwd=self.folder)

    def command(self, *args: str) -> Finished:
        """``aggregator …`` on the same database, in this process: for all that crawls nothing."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(["--language", "en", "--database", self.database, *args])
        return Finished(code, out.getvalue(), err.getvalue())

    def demo(self, *args: str) -> Finished:
        """``aggregator crawl --demo …`` on the same database."""
        command = ("--database", self.database, "crawl", "--demo", "--json", *args)
        return run_program("-m", "aggregator", *command, cwd=self.folder)

    def let_pass(self, **hours_or_days: float) -> None:
        """Move everything that the database knows into the past: time goes by."""
        passed = timedelta(**hours_or_days)
        database = open_database(self.database, writable=True)
        with database.session() as session:
            for table, columns in MOMENTS.items():
                for row in session.scalars(select(table)):
                    for name in columns:
                        moment = getattr(row, name)
                        setattr(row, name, moment and moment - passed)
        database.close()


def _is_response(value: object) -> bool:
    return isinstance(value, Response)


def html(text: str, status: int = 200, **headers: str) -> Response:
    return Response(text, status=status, content_type="text/html; charset=utf-8", headers=headers)


def xml(text: str) -> Response:
    return Response(text, content_type="application/rss+xml; charset=utf-8")


def article_page(number: int, text: str = "", headline: str = "") -> str:
    body = text or (
        f"Siswa SMK ke-{number} mengikuti uji kompetensi yang digelar sekolah bersama industri. "
        f"Kegiatan nomor {number} itu berlangsung sehari penuh di bengkel sekolah."
    )
    return f"""<!DOCTYPE html><html lang="id"><head><meta charset="utf-8">
<title>{headline or f"Uji Kompetensi {number}"} - Harian Contoh</title>
<meta property="og:site_name" content="Harian Contoh"></head><body>
<article class="isi"><h1>{headline or f"Uji Kompetensi {number}"}</h1>
<time class="terbit">Selasa, 4 Agustus 2026 10:{number % 60:02d} WIB</time>
<p class="penulis">Penulis: Sari Contoh</p>
<p>BALIKPAPAN - {body}</p></article></body></html>"""


def listing_of(base: str, numbers: Sequence[int]) -> str:
    items = "".join(
        f'<li><a href="{base}/berita/{n}/uji-{n}">Uji Kompetensi {n}</a></li>' for n in numbers
    )
    return f"<!DOCTYPE html><html><body><ul class='indeks'>{items}</ul></body></html>"


def feed_of(base: str, numbers: tuple[int, ...], extra: str = "") -> str:
    items = "".join(
        f"<item><title>Uji Kompetensi {n}</title><link>{base}/berita/{n}/uji-{n}</link></item>"
        for n in numbers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}{extra}</channel></rss>'
