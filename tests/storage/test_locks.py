"""At most one process crawls a publisher: on both databases, and whatever becomes of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from aggregator.errors import PublisherBusyError, StorageError
from storage import runs
from storage.database import Database, open_database
from storage.locks import acquire, held, lock_path
from tests.pipelines.builders import NOW, WITA

PROJECT = Path(__file__).parents[2]

HOLDING = """
import sys, time
from storage.database import open_database
from storage.locks import acquire
database = open_database(sys.argv[1], writable=True)
release = acquire(database, "contoh")
assert release
print("held", flush=True)
time.sleep(60)
"""


@contextmanager
def other_process(url: str) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock until it is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING, url],
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_lock_that_was_let_go_can_be_taken_at_once(database: Database) -> None:
    for _ in range(50):
        release = acquire(database, "contoh")
        assert release is not None
        release()


@pytest.fixture
def second(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url, writable=True)
    yield opened
    opened.close()


def is_free(database: Database, publisher: str = "contoh") -> bool:
    release = acquire(database, publisher)
    if release is not None:
        release()
    return release is not None


def test_a_lock_is_held_once(database: Database, second: Database) -> None:
    release = acquire(database, "contoh")
    assert release is not None
    assert not is_free(second)
    assert not is_free(database)
    release()
    assert is_free(second)


def test_each_publisher_has_its_own(database: Database, second: Database) -> None:
    with held(database, ["contoh"], WITA):
        assert is_free(second, "lain")


def test_a_lock_does_not_outlive_a_process_that_is_killed(
    database: Database, database_url: str
) -> None:
    with other_process(database_url) as process:
        assert not is_free(database)
        process.send_signal(signal.SIGKILL)
        process.wait()
        # A server notices the end of a session a moment later.
        deadline = time.monotonic() + 10
        while not is_free(database) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert is_free(database)


def test_who_comes_second_is_told_who_was_first(database: Database, second: Database) -> None:
    with held(database, ["contoh"], WITA):
        with database.session() as session:
            runs.start_run(session, "live", NOW, ["contoh"])
        with pytest.raises(PublisherBusyError) as caught, held(second, ["contoh"], WITA):
            pass
    error = caught.value
    assert error.exit_code == 3
    assert str(error) == (
        f"contoh is being crawled by process {os.getpid()} on {os.uname().nodename} "
        "since 2026-08-01 11:00:00 WITA"
    )


def test_who_was_first_may_not_have_written_it_yet(database: Database, second: Database) -> None:
    with (
        held(database, ["contoh"], WITA),
        pytest.raises(PublisherBusyError, match=r"process \? on \? since \?"),
        held(second, ["contoh"], WITA),
    ):
        pass


def test_all_locks_are_held_or_none(database: Database, second: Database) -> None:
    with held(database, ["lain"], WITA):
        with pytest.raises(PublisherBusyError, match="lain"), held(second, ["lain", "a"], WITA):
            pass
        with held(second, ["a"], WITA):
            pass
    with held(second, ["lain", "a"], WITA):
        pass


def test_locks_are_given_back_after_an_error(database: Database, second: Database) -> None:
    with pytest.raises(KeyError), held(database, ["contoh"], WITA):
        raise KeyError
    with held(second, ["contoh"], WITA):
        pass


def test_a_database_in_memory_is_shared_with_nobody() -> None:
    database = open_database("sqlite:///:memory:", writable=True)
    assert lock_path(database, "contoh") is None
    with held(database, ["contoh"], WITA):
        assert is_free(database)
    database.close()


def test_the_lock_lies_beside_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its real path: two names of one database have one lock."""
    (tmp_path / "data").mkdir()
    (tmp_path / "link").symlink_to("data")
    monkeypatch.chdir(tmp_path)
    database = open_database("sqlite:///link/news.db", writable=True)
    assert lock_path(database, "contoh") == tmp_path / "data" / "news.db-contoh.lock"
    database.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'news.db'}", writable=True)
    tmp_path.chmod(0o500)
    with pytest.raises(StorageError):
        acquire(database, "contoh")
    database.close()
