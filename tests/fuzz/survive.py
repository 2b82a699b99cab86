"""Put mutated pages through the whole extraction and count how they end.

    python tests/fuzz/survive.py COUNT [FOLDER] [--seed N]

FOLDER holds saved pages with an ``INDEX.tsv`` (columns ``path``, ``kind``, ``url``); without it the
golden cases are mutated. Exits with 1 on a crash or on a page that takes more than a second.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))

from aggregator.articlejson import article_json  # noqa: E402
from aggregator.config import Config  # noqa: E402
from aggregator.errors import AggregatorError  # noqa: E402
from aggregator.extract import attributed_article  # noqa: E402
from spiders.page import Page  # noqa: E402
from spiders.registry import publisher_for  # noqa: E402
from tests.fuzz.mutations import MUTATIONS  # noqa: E402

NOW = datetime(2026, 11, 1, tzinfo=UTC)
LIMIT = 1.0
"""Seconds that a page may take."""


@dataclass(frozen=True)
class Seed:
    url: str
    page: bytes


@dataclass(frozen=True)
class Ending:
    name: str
    seconds: float


def golden_pages() -> list[Seed]:
    cases = sorted((PROJECT / "tests" / "publishers").glob("*/*/case.json"))
    return [
        Seed(json.loads(case.read_text("utf-8"))["url"], case.with_name("page.html").read_bytes())
        for case in cases
    ]


def saved_pages(folder: Path) -> list[Seed]:
    with (folder / "INDEX.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    wanted = [row for row in rows if row["kind"] == "article" and publisher_for(row["url"])]
    return [Seed(row["url"], (folder / row["path"]).read_bytes()) for row in wanted]


def mutate(seed: Seed, random: Random) -> tuple[str, bytes]:
    """One or two mutations after each other; their names and the page."""
    chosen = random.sample(MUTATIONS, random.choice([1, 1, 2]))
    page = seed.page
    for mutation in chosen:
        page = mutation(page, random)
    return "+".join(mutation.__name__ for mutation in chosen), page


def extract(url: str, page: bytes) -> Ending:
    """How a page ends: ``article``, or the name of the error. Anything else is raised."""
    spider = publisher_for(url)
    assert spider is not None, url
    # Of the processor: what else the machine does is not the page's fault.
    started = time.process_time()
    try:
        found = attributed_article(Config(), spider(), [Page(url, page)], NOW)
        json.dumps(article_json(found))
        name = "article"
    except AggregatorError as error:
        name = type(error).__name__
    return Ending(name, time.process_time() - started)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    seeds = saved_pages(options.folder) if options.folder else golden_pages()
    ends: Counter[str] = Counter()
    slowest, bad = 0.0, 0
    for number in range(options.count):
        random = Random(f"{options.seed}:{number}")
        seed = random.choice(seeds)
        how, page = mutate(seed, random)
        try:
            ending = extract(seed.url, page)
        except Exception:  # noqa: BLE001 - a crash is what is looked for
            print(f"{number}: {how} of {seed.url}\n{traceback.format_exc(limit=-4)}")
            bad += 1
            continue
        ends[ending.name] += 1
        slowest = max(slowest, ending.seconds)
        if ending.seconds > LIMIT:
            print(f"{number}: {how} of {seed.url}: {ending.seconds:.2f} s, {len(page)} bytes")
            bad += 1
    print(f"{options.count} pages: {dict(ends)}, slowest {slowest:.2f} s, {bad} bad")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
