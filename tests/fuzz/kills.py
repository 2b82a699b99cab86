"""``kill -9`` at random moments, as often as told: the database is sound after each, and holds in
the end what an undisturbed crawl stores.

    python tests/fuzz/kills.py COUNT [--seed N] [--database URL]

Half of the moments are of the whole run of the program, half while articles are being stored. Every
database is killed five times in a row before its crawl may end. SQLite by default; a server's
database that is named must be empty, and is killed all the time and compared at the end.
Exits with 1 at the first difference.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))

from aggregator.errors import DatabaseTooOldError, StorageError  # noqa: E402
from tests.e2e.killing import Content, content, start_demo, stored  # noqa: E402

KILLS = 5
"""Of one database, before a crawl may end."""

Told = Callable[[str], None]


def undisturbed() -> tuple[Content, float]:
    """What the demo stores, and how long it takes (seconds)."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/news.db"
        started = time.perf_counter()
        assert start_demo(Path(folder), url).wait() == 0
        return content(url), time.perf_counter() - started


def kill_at(seconds: float, folder: Path, url: str) -> bool:
    """Whether the crawl was still running."""
    process = start_demo(folder, url)
    time.sleep(seconds)
    return _kill(process)


def kill_after(articles: int, seconds: float, folder: Path, url: str) -> bool:
    """The same, counted from the moment when so many articles are stored."""
    process = start_demo(folder, url)
    while process.poll() is None and stored(url) < articles:
        time.sleep(0.002)
    time.sleep(seconds)
    return _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> bool:
    running = process.poll() is None
    process.kill()
    process.wait()
    return running


def sound(url: str) -> int:
    """How many articles there are. The file's own check must say ok, if there is a schema."""
    try:
        content(url)
    except DatabaseTooOldError:
        return 0
    except StorageError:
        assert stored(url) == 0
    return stored(url)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", help="an empty one of a server")
    options = parser.parse_args()
    random = Random(options.seed)
    expected, duration = undisturbed()
    whole = len(expected["article"])
    killed, seen = 0, []
    while killed < options.count:
        with tempfile.TemporaryDirectory() as folder:
            url = options.database or f"sqlite:///{folder}/news.db"
            for _ in range(min(KILLS, options.count - killed)):
                if random.random() < 0.5:
                    killed += kill_at(random.uniform(0.2, 1.1) * duration, Path(folder), url)
                else:
                    more = random.randint(stored(url), whole)
                    killed += kill_after(more, random.uniform(0, 0.05), Path(folder), url)
                seen.append(sound(url))
            if not options.database or killed >= options.count:
                assert start_demo(Path(folder), url).wait() == 0
                if content(url) != expected:
                    sys.exit(f"after {killed} kills (seed {options.seed}) the content differs")
    between = sum(0 < articles < whole for articles in seen)
    print(f"{killed} kills, {between} of them among the articles: always sound, content equal")


if __name__ == "__main__":
    main()
