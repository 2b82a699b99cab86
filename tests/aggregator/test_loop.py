"""What is done beside the crawls, and that it cannot stop them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Collection
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from aggregator.config import Config
from aggregator.errors import StorageError
from aggregator.loop import CrawlLoop, Trouble
from storage.database import open_database
from tests.pipelines.builders import NOW


class Clock:
    """Ends the program after so many waits."""

    def __init__(self, waits: int, stopping: asyncio.Event) -> None:
        self.left, self.stopping = waits, stopping

    def now(self) -> datetime:
        return NOW

    async def wait(
        self, seconds: float, crawls: Collection[asyncio.Future[Any]], stop: asyncio.Future[Any]
    ) -> None:
        self.left -= 1
        if not self.left:
            self.stopping.set()
        await asyncio.sleep(0.05)


def looped(between: Callable[[], object], *, waits: int = 0) -> list[Trouble]:
    """A loop without channels; ``waits``: for ever, until so many."""
    told: list[Any] = []

    async def run() -> None:
        stopping = asyncio.Event()
        process: Any = SimpleNamespace(stopping=stopping)
        loop = CrawlLoop(
            process, database, Config(), {}, Clock(waits, stopping), told.append, between=between
        )
        await (loop.for_ever() if waits else loop.once())

    database = open_database("sqlite:///:memory:", writable=True)
    try:
        asyncio.run(run())
    finally:
        database.close()
    return told


def test_it_is_done_once_after_the_crawls() -> None:
    done: list[int] = []
    assert looped(lambda: done.append(1)) == []
    assert done == [1]


def test_it_is_done_again_and_again_one_at_a_time() -> None:
    done: list[int] = []
    running = threading.Semaphore(1)

    def slow() -> None:
        assert running.acquire(blocking=False)
        done.append(1)
        threading.Event().wait(0.07)
        running.release()

    assert looped(slow, waits=8) == []
    assert 2 <= len(done) <= 8


@pytest.mark.parametrize("error", [StorageError("sqlite:///x", "gone"), ValueError("ours")])
def test_its_trouble_is_told_and_stops_nothing(error: Exception) -> None:
    def fail() -> None:
        raise error

    told = looped(fail, waits=3)
    assert {type(one) for one in told} == {Trouble}
    assert str(told[0].error) in (str(error), repr(error))
