"""``aggregator schedule`` in real processes and real time, bounded to seconds; both databases."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from werkzeug import Request, Response

from storage.database import open_database
from tests.e2e.world import (
    LOOPBACK,
    PROJECT,
    Finished,
    World,
    article_page,
    feed_of,
    html,
    run_program,
    xml,
)

pytestmark = pytest.mark.slow

SCHEDULED = Path(__file__).with_name("scheduled.py")
STOPS_WITHIN = 10.0


@pytest.fixture
def world(world: World, database_url: str) -> World:
    """Crawls into the database of the test: SQLite or PostgreSQL."""
    world.database_url = database_url
    world.robots()
    return world


def once(world: World, *options: str) -> Finished:
    return run_program(
        str(SCHEDULED), world.base, world.database, "--once", *options, cwd=world.folder
    )


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


@contextmanager
def running(world: World, *options: str, program: Path = SCHEDULED) -> Iterator[Program]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("AGGREGATOR_")}
    process = subprocess.Popen(
        [sys.executable, str(program), world.base, world.database, *options],
        cwd=world.folder,
        env=clean | {"PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield Program(process)
    finally:
        process.kill()
        process.communicate()


class Program:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def send(self, number: signal.Signals) -> tuple[int, str, str, float]:
        """Exit code, output, errors, and how long it took to end."""
        started = time.monotonic()
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err, time.monotonic() - started


def wait_until(true: Callable[[], bool], seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


def ask(world: World, question: str) -> list[tuple[Any, ...]]:
    database = open_database(world.database)
    try:
        with database.session() as session:
            return [tuple(row) for row in session.execute(text(question))]
    finally:
        database.close()


def stored(world: World) -> list[str]:
    found = ask(world, "SELECT external_id FROM article ORDER BY external_id")
    return [row[0] for row in found]


# --- what is due ----------------------------------------------------------------------------------


def test_once_crawls_what_is_due_and_then_nothing(world: World) -> None:
    world.feed(1, 2)
    world.stories(1, 2)
    first = once(world, "--min", "1h", "--max", "1h")
    (line,) = lines(first.out)
    assert (first.code, line["states"]) == (0, {"stored": 2}), first.err
    assert (line["publisher"], line["channel"]) == ("contoh", "rss")
    world.asked.clear()
    second = once(world, "--min", "1h", "--max", "1h")
    assert (second.code, second.out, world.asked) == (0, "", [])


def test_a_failing_channel_is_told_and_left_alone(world: World) -> None:
    world.serve("/rss", html("Oops", 404))
    first = once(world)
    assert first.code == 1
    assert lines(first.out)[0]["channels"]["rss"] == {"status": "failed", "reasons": ["not found"]}
    world.asked.clear()
    assert once(world).code == 0
    assert world.asked == []
    assert ask(world, "SELECT failures, failure_kind, failure FROM channel_pace") == [
        (1, "failed", "not found")
    ]


def test_what_channels_say_about_when_to_come_back_is_kept(world: World) -> None:
    feed = feed_of(world.base, (1,)).replace("<channel>", "<channel><ttl>30</ttl>")
    answer = xml(feed)
    answer.headers["Cache-Control"] = "max-age=120"
    world.serve("/rss", answer)
    world.robots("User-agent: *\nCrawl-delay: 1\n")
    world.stories(1)
    once(world)
    assert ask(world, "SELECT listed, fresh, ttl_seconds, max_age_seconds FROM channel_pace") == [
        (1, 1, 1800, 120)
    ]
    assert ask(world, "SELECT crawl_delay_seconds FROM host") == [(1,)]


def test_retry_after_is_honoured_over_a_restart(world: World) -> None:
    """Also when the program is killed before its crawl has ended."""
    world.feed(1)
    calls: list[float] = []

    def busy(_: Request) -> Response:
        calls.append(time.monotonic())
        return html("Slow", 429, **{"Retry-After": "600"})

    world.serve("/rss", busy)
    with running(world) as program:
        wait_until(lambda: ask(world, "SELECT 1 FROM channel WHERE not_before IS NOT NULL") != [])
        program.send(signal.SIGKILL)
    once(world)
    assert len(calls) == 1


def test_articles_of_a_resting_host_are_left_to_a_later_run(world: World) -> None:
    world.feed(1, 2)
    for number in (1, 2):
        path = f"/berita/{number}/uji-{number}"
        world.serve(path, html("Slow", 429, **{"Retry-After": "3600"}))
    assert lines(once(world).out)[0]["states"] == {
        "blocked:too many requests (429)": 1,
        "deferred:asked to wait": 1,
    }
    world.asked.clear()
    crawled = run_program(str(LOOPBACK), world.base, world.database, cwd=world.folder)
    (channel,) = crawled.json["publishers"][0]["channels"]
    assert (channel["status"], channel["reasons"]) == ("deferred", ["asked to wait"])
    assert world.asked == []


# --- for ever -------------------------------------------------------------------------------------


def test_channels_are_polled_again_and_again_and_conditionally(world: World) -> None:
    sent: list[str | None] = []

    def feed(request: Request) -> Response:
        sent.append(request.headers.get("If-None-Match"))
        if sent[-1] == '"v1"':
            return Response(status=304)
        answer = xml(feed_of(world.base, (1,)))
        answer.headers["ETag"] = '"v1"'
        return answer

    world.serve("/rss", feed)
    world.stories(1)
    with running(world, "--max", "1s") as program:
        wait_until(lambda: len(sent) >= 3)
        code, out, err, seconds = program.send(signal.SIGTERM)
    assert (code, sent[:3]) == (0, [None, '"v1"', '"v1"']), err
    assert seconds < STOPS_WITHIN
    first, second, *_ = lines(out)
    assert first["states"] == {"stored": 1}
    assert second["channels"]["rss"]["status"] == "unchanged"


def test_a_busy_channel_is_polled_more_often_than_an_idle_one(world: World) -> None:
    """Both begin alike; one lists ten new entries whenever it is asked, the other never any."""
    newest = 100

    def busy(_: Request) -> Response:
        nonlocal newest
        newest += 10
        return xml(feed_of(world.base, tuple(range(newest, newest - 10, -1))))

    world.serve("/ramai", busy)
    world.serve("/sepi", xml(feed_of(world.base, (1,))))
    world.server.expect_request("/berita/").respond_with_data("")
    options = ("--channels", "ramai", "sepi", "--min", "1s", "--max", "10s", "--delay", "0.001")
    with running(world, *options) as program:
        wait_until(lambda: world.asked.count("/ramai") >= 6, seconds=60)
        program.send(signal.SIGTERM)
    assert world.asked.count("/ramai") >= 2 * world.asked.count("/sepi")


def test_a_killed_schedule_goes_on_where_it_was(world: World) -> None:
    """Nothing twice, nothing missing, and its lock is free."""
    world.feed(*range(1, 13))
    world.stories(*range(1, 13))
    with running(world, "--delay", "0.2") as program:
        wait_until(lambda: len(stored(world)) >= 3)
        program.send(signal.SIGKILL)
    held = len(stored(world))
    assert 3 <= held < 12
    with running(world) as program:
        wait_until(lambda: len(stored(world)) == 12)
        wait_until(lambda: ask(world, "SELECT 1 FROM channel_pace WHERE NOT unfinished") != [])
        code, *_ = program.send(signal.SIGTERM)
    assert code == 0
    assert ask(world, "SELECT count(*) FROM revision") == [(12,)]
    statuses = {row[0] for row in ask(world, "SELECT status FROM run")}
    assert statuses <= {"finished", "interrupted"}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("program", [SCHEDULED, LOOPBACK], ids=["schedule", "crawl"])
def test_a_signal_in_the_middle_loses_nothing(
    world: World, number: signal.Signals, program: Path
) -> None:
    """One article hangs, others wait: the process ends in time and the next one completes."""
    hanging = True

    def slow(request: Request) -> Response:
        with contextlib.suppress(OSError):
            for _ in range(300 if hanging else 0):
                time.sleep(0.05)
                if not hanging:
                    break
        return html(article_page(3))

    def feed(request: Request) -> Response:
        assert "If-None-Match" not in request.headers
        answer = xml(feed_of(world.base, tuple(range(1, 31))))
        answer.headers["ETag"] = '"v1"'
        return answer

    world.serve("/rss", feed)
    world.stories(*(n for n in range(1, 31) if n != 3))
    world.serve("/berita/3/uji-3", slow)
    with running(world, program=program) as started:
        wait_until(lambda: "/berita/3/uji-3" in world.asked)
        code, _, err, seconds = started.send(number)
    hanging = False
    assert seconds < STOPS_WITHIN, err
    assert code == (0 if program == SCHEDULED else 130), err
    ended = dict(ask(world, 'SELECT state, count(*) FROM "fetch" GROUP BY state'))
    assert ended == {"stored": 2, "deferred": 28}
    reasons = ask(world, "SELECT DISTINCT reason FROM \"fetch\" WHERE state = 'deferred'")
    assert reasons == [("stopped",)]
    assert ask(world, "SELECT status FROM run") == [("interrupted",)]
    assert ask(world, "SELECT unfinished FROM channel_pace") in ([(1,)], [(True,)])
    time.sleep(1.1)
    assert lines(once(world).out)[0]["states"] == {"known": 2, "stored": 28}


def test_what_is_on_the_wire_may_still_arrive(world: World) -> None:
    world.feed(1, 2, 3)
    world.stories(2, 3)

    def slow(_: Request) -> Response:
        time.sleep(1.5)
        return html(article_page(1))

    world.serve("/berita/1/uji-1", slow)
    with running(world) as started:
        wait_until(lambda: "/berita/1/uji-1" in world.asked)
        code, out, err, seconds = started.send(signal.SIGTERM)
    assert (code, stored(world)) == (0, ["1"]), err
    assert lines(out)[0]["states"] == {"stored": 1, "deferred:stopped": 2}
    assert seconds < 6


# --- two at once ----------------------------------------------------------------------------------


@contextmanager
def crawling(world: World) -> Iterator[subprocess.Popen[str]]:
    """A crawl that waits for its article until the block ends, and is then killed."""
    enough = threading.Event()

    def when_it_is_enough(_: Request) -> Response:
        enough.wait(120)
        return html(article_page(1))

    world.feed(1)
    world.serve("/berita/1/uji-1", when_it_is_enough)
    with running(world, program=LOOPBACK) as program:
        try:
            wait_until(lambda: "/berita/1/uji-1" in world.asked)
            yield program.process
        finally:
            enough.set()


def test_a_second_crawl_says_who_is_first(world: World) -> None:
    with crawling(world) as first:
        second = run_program(str(LOOPBACK), world.base, world.database, cwd=world.folder)
    assert second.code == 3
    assert f"contoh is being crawled by process {first.pid} on {os.uname().nodename}" in second.err
    assert ask(world, "SELECT count(*) FROM run") == [(1,)]


def test_a_schedule_leaves_a_busy_publisher_alone(world: World) -> None:
    with crawling(world) as first:
        done = once(world)
    (line,) = lines(done.out)
    assert (done.code, line["channel"]) == (3, "rss")
    assert f"process {first.pid}" in line["error"]


def test_a_run_that_goes_on_is_not_called_interrupted(world: World) -> None:
    with crawling(world):
        once(world)
        assert ask(world, "SELECT status FROM run") == [("running",)]


def test_a_lock_is_free_after_its_owner_was_killed(world: World) -> None:
    with crawling(world) as first:
        first.kill()
        first.wait()
    world.stories(1)
    crawled = run_program(str(LOOPBACK), world.base, world.database, cwd=world.folder)
    assert crawled.json["states"] == {"stored": 1}, crawled.err
    assert ask(world, "SELECT status FROM run ORDER BY id") == [("interrupted",), ("finished",)]


def test_two_schedules_share_the_work(world: World) -> None:
    """No poll comes twice: whoever is second finds that it is no longer due."""
    world.feed(1)
    world.stories(1)
    often = ("--max", "2s", "--min", "2s")
    with running(world, *often) as one, running(world, *often) as two:
        wait_until(lambda: world.asked.count("/rss") >= 4)
        outputs = [program.send(signal.SIGTERM) for program in (one, two)]
    assert [code for code, *_ in outputs] == [0, 0]
    polls = sorted(
        line["at"] for _, out, _, _ in outputs for line in lines(out) if "states" in line
    )
    assert len(polls) == len(set(polls)) >= 4
