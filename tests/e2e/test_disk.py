"""A disk that is full and one that may not be written to, in the middle of a crawl."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.killing import content
from tests.e2e.world import Finished

Aggregator = Callable[..., Finished]


class SmallDisk:
    """A file system in memory whose size can be changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder / 'news.db'}"

    def mount(self, kib: int) -> bool:
        size = ["-o", f"size={kib}k", "tmpfs", str(self.folder)]
        done = subprocess.run(["mount", "-t", "tmpfs", *size], capture_output=True, check=False)
        return done.returncode == 0

    def change(self, how: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{how}", str(self.folder)], check=True)

    def unmount(self) -> None:
        subprocess.run(["umount", str(self.folder)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root may mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    small = SmallDisk(folder)
    if not small.mount(60 * 1024):
        pytest.skip("no file system can be mounted here")
    yield small
    small.unmount()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> object:
    from tests.e2e.world import run_program

    folder = tmp_path_factory.mktemp("undisturbed")
    run_program("-m", "aggregator", "crawl", "--demo", cwd=folder)
    return content(f"sqlite:///{folder / 'news.db'}")


@pytest.fixture(scope="module")
def schema_kib(tmp_path_factory: pytest.TempPathFactory) -> int:
    """What the schema takes before anything is stored."""
    from storage.database import open_database

    path = tmp_path_factory.mktemp("schema") / "news.db"
    database = open_database(f"sqlite:///{path}", writable=True)
    size = sum(file.stat().st_size for file in path.parent.iterdir())
    database.close()
    return size // 1024


@pytest.mark.parametrize("room", [100, 600, 1200])
def test_a_full_disk_loses_nothing(
    disk: SmallDisk, aggregator: Aggregator, undisturbed: object, schema_kib: int, room: int
) -> None:
    disk.change(f"size={schema_kib + room}k")
    done = aggregator("--language", "en", "--database", disk.database, "crawl", "--demo")
    assert done.code == 1
    last = done.err.strip().splitlines()[-1]
    assert last.startswith("Error: database ")
    assert "the disk is full" in last
    assert "Traceback" not in done.err

    disk.change("size=60m")
    again = aggregator("--database", disk.database, "crawl", "--demo")
    assert again.code == 0, again.err
    assert content(disk.database) == undisturbed


def test_a_disk_that_becomes_read_only(disk: SmallDisk, aggregator: Aggregator) -> None:
    assert aggregator("--database", disk.database, "crawl", "--demo", "--limit", "3").code == 0
    disk.change("ro")
    done = aggregator("--database", disk.database, "crawl", "--demo")
    assert done.code == 2
    assert len(done.err.strip().splitlines()) == 1
    disk.change("rw")
    assert aggregator("--database", disk.database, "crawl", "--demo").code == 0
    with sqlite3.connect(disk.folder / "news.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
