"""``aggregator serve`` as a process: it answers beside a crawl, refuses clearly and ends well."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from aggregator.web import decided
from storage import audit
from storage.database import open_database
from tests.e2e.world import PROJECT, Finished

NOTHING_MORE: Mapping[str, str] = {}


@contextmanager
def serving(
    folder: Path, *options: str, env: Mapping[str, str] = NOTHING_MORE
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The program, and its address with a slash at its end."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("AGGREGATOR_")}
    clean |= {"PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1", **env}
    process = subprocess.Popen(
        [sys.executable, "-m", "aggregator", "serve", "--port", "0", *options],
        cwd=folder,
        env=clean,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # What runs in the background of a shell hears no Ctrl-C; the server does.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        assert process.stderr is not None
        said = ""
        while not (found := re.search(r"http://\S+/", said)):
            line = process.stderr.readline()
            assert line, said
            said += line
        yield process, found[0]
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def held(aggregator: Callable[..., Finished]) -> Callable[..., Finished]:
    assert aggregator("crawl", "--demo", "republika").code == 0
    return aggregator


def test_it_answers_until_it_is_stopped(held: Callable[..., Finished], tmp_path: Path) -> None:
    with serving(tmp_path) as (process, address):
        before = httpx.get(f"{address}api/v1/articles").json()["articles"]
        assert {article["publisher"] for article in before} == {"republika"}
        assert held("crawl", "--demo").code == 0  # beside it
        after = httpx.get(f"{address}api/v1/articles?limit=100").json()["articles"]
        assert len(after) > len(before)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err


def test_a_permission_holds_from_the_start_and_ends_at_the_next(
    held: Callable[..., Finished], tmp_path: Path
) -> None:
    def basis() -> set[str]:
        with serving(tmp_path) as (_, address):
            found = httpx.get(f"{address}api/v1/articles").json()["articles"]
        return {article["attribution"]["basis"] for article in found}

    settings = tmp_path / "aggregator.toml"
    for ground in ("izin_tertulis", "kutipan_saja"):
        settings.write_text(f'[publishers.republika]\nrights_basis = "{ground}"\n')
        assert basis() == {ground}


def test_a_takedown_holds_within_a_minute_wherever_somebody_reads(
    held: Callable[..., Finished], tmp_path: Path
) -> None:
    (tmp_path / "aggregator.toml").write_text(
        '[portal]\napproval = "none"\n[web]\nrate_limit = 0\nmax_age = 2\n'
    )
    headline = "Lab Bahasa SMK Bumi Lestari Kini Buka hingga Petang"
    with serving(tmp_path) as (_, address):
        found = httpx.get(f"{address}api/v1/articles?limit=100").json()["articles"]
        (number,) = [article["id"] for article in found if article["headline"] == headline]
        places = [
            *("", "penerbit/republika", "cari?q=petang", "sitemap-2026-03.xml"),
            *("feed.rss", "feed.atom", "feed.json", "api/v1/articles?limit=100"),
        ]

        def seen() -> list[str]:
            texts = {place: httpx.get(address + place).text for place in places}
            plain = {place: re.sub("</?mark>", "", text) for place, text in texts.items()}
            return [place for place, text in plain.items() if headline in text]

        assert seen() == places
        assert held("withdraw", str(number), "--reason", "diminta", "--by", "Bu Ani").code == 0
        time.sleep(2)
        assert seen() == []
        for path in (f"berita/{number}", f"api/v1/articles/{number}"):
            assert httpx.get(address + path, follow_redirects=True).status_code == 410
    with (
        closing(open_database(f"sqlite:///{tmp_path / 'news.db'}")) as database,
        database.session() as session,
    ):
        (entry, *_) = audit.latest(session)
    assert (entry.who, entry.action, entry.article_id) == ("Bu Ani", "withdraw", number)


def test_headers_have_a_limit(held: Callable[..., Finished], tmp_path: Path) -> None:
    with serving(tmp_path) as (_, address):
        assert status(address, 4_000) == 200
        # Cut off in the middle, so the client may see the connection break before the answer.
        assert status(address, 400_000) in (400, None)
        assert status(address, 4_000) == 200


def status(address: str, size: int) -> int | None:
    try:
        return httpx.get(f"{address}api/v1/health", headers={"X-Long": "x" * size}).status_code
    except httpx.TransportError:
        return None


def test_a_body_is_not_read(held: Callable[..., Finished], tmp_path: Path) -> None:
    with serving(tmp_path) as (_, address):
        answer = httpx.post(f"{address}api/v1/articles", content=b"x" * 5_000_000)
        assert answer.status_code == 405
        assert answer.json()["status"] == 405


def test_without_a_database_there_is_nothing_to_serve(
    aggregator: Callable[..., Finished], tmp_path: Path
) -> None:
    done = aggregator("--language", "en", "serve")
    assert (done.code, done.out) == (2, "")
    assert "does not exist yet" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_named(held: Callable[..., Finished]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = held("serve", "--port", str(port))
    assert done.code == 2
    assert f"127.0.0.1:{port}" in done.err
    assert "Traceback" not in done.err


@pytest.mark.slow
def test_several_processes_answer_and_one_that_dies_is_replaced(
    held: Callable[..., Finished], tmp_path: Path
) -> None:
    with serving(tmp_path, "--workers", "2") as (process, address):
        first = httpx.get(f"{address}api/v1/articles", timeout=30).json()["articles"][0]
        both = wait_for(lambda: workers_of(process.pid), 2)
        os.kill(both[0], signal.SIGKILL)
        wait_for(lambda: [one for one in workers_of(process.pid) if one not in both[:1]], 2)
        assert held("withdraw", first["url"], "--reason", "diminta", "--by", "Bu Ani").code == 0
        time.sleep(decided.EVERY)
        for _ in range(10):
            # Without a connection that is kept, any of them may answer.
            shown = httpx.get(f"{address}api/v1/articles", timeout=30).json()["articles"]
            assert first["url"] not in [article["url"] for article in shown]
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in err


def workers_of(parent: int) -> list[int]:
    """Those that have loaded the program, not what helps to start them."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [
        int(child)
        for child in children
        if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]


def wait_for(found: Callable[[], list[int]], several: int) -> list[int]:
    until = time.monotonic() + 30
    while len(now := found()) < several:
        assert time.monotonic() < until
        time.sleep(0.1)
    return now
