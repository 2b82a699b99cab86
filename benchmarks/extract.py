"""Pages per second: our whole ``extract`` path beside trafilatura and newspaper4k.

    python benchmarks/extract.py [FOLDER] [--turns N]

Ours is everything from bytes to the attributed JSON article, topics and flags included. The
others are called as their documentation shows, without network, on the same decoded pages in the
same run.

What ours remembers of lines and addresses is forgotten before each page, since a crawl reads no
page twice; what the others remember is left to them.

Seconds are the processor's, and the programs take turns of one second, so that whatever else the
machine does falls on all of them alike.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from aggregator.articlejson import article_json
from aggregator.urls import canonicalize
from pipelines.attribute import attribute
from pipelines.classify import classify
from pipelines.lines import what_is
from pipelines.normalise import normalise
from pipelines.rulebook import bundled_rules
from spiders.page import Page
from spiders.publisher import PublisherSpider
from spiders.registry import publisher_for

CASES = Path(__file__).parents[1] / "tests" / "publishers"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
TURN = 1.0
"""Seconds."""


@dataclass(frozen=True)
class Saved:
    url: str
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


def saved_pages(folder: Path | None) -> list[Saved]:
    if folder is None:
        return [_case(path) for path in sorted(CASES.glob("*/*/case.json"))]
    with (folder / "INDEX.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    raw = [r for r in rows if r["kind"] == "article" and r["realness"].startswith("raw")]
    return [Saved(r["url"], (folder / r["path"]).read_bytes()) for r in raw]


def _case(path: Path) -> Saved:
    case = json.loads(path.read_text(encoding="utf-8"))
    return Saved(case["url"], path.with_name("page.html").read_bytes())


@cache
def parser_of(spider: type[PublisherSpider]) -> PublisherSpider:
    """One for all pages, as in a crawl."""
    return spider()


def ours(saved: Saved) -> object:
    what_is.cache_clear()
    canonicalize.cache_clear()
    spider = publisher_for(saved.url)
    assert spider is not None, saved.url
    parser = parser_of(spider)
    article = parser.parse_page(Page(saved.url, saved.body, "text/html"), fetched_at=NOW)
    article = classify(normalise(article, parser.publisher), bundled_rules())
    return article_json(attribute(article, parser.publisher))


def trafilatura(saved: Saved) -> object:
    from trafilatura import bare_extraction

    return bare_extraction(saved.text, url=saved.url, with_metadata=True)


def trafilatura_fast(saved: Saved) -> object:
    from trafilatura import bare_extraction

    return bare_extraction(saved.text, url=saved.url, with_metadata=True, fast=True)


def newspaper(saved: Saved) -> object:
    from newspaper import Article

    article = Article(saved.url, fetch_images=False, language="id")
    article.download(input_html=saved.text)
    article.parse()
    return article.text


PEERS: tuple[tuple[str, Callable[[Saved], object]], ...] = (
    ("ours", ours),
    ("trafilatura", trafilatura),
    ("trafilatura fast", trafilatura_fast),
    ("newspaper4k", newspaper),
)


def turn(extract: Callable[[Saved], object], pages: Sequence[Saved]) -> tuple[int, float]:
    """Pages of one turn, and the seconds of the processor that they took."""
    done, started = 0, time.process_time()
    while time.process_time() - started < TURN:
        for page in pages:
            extract(page)
        done += len(pages)
    return done, time.process_time() - started


def rates(pages: Sequence[Saved], turns: int) -> dict[str, float]:
    """Pages per second of every program."""
    for _, extract in PEERS:
        turn(extract, pages)  # caches and lazy imports are not what is measured
    done, taken = Counter[str](), dict.fromkeys((name for name, _ in PEERS), 0.0)
    for _ in range(turns):
        for name, extract in PEERS:
            pages_done, seconds = turn(extract, pages)
            done[name] += pages_done
            taken[name] += seconds
    return {name: done[name] / taken[name] for name, _ in PEERS}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--turns", type=int, default=5)
    options = parser.parse_args()
    pages = saved_pages(options.folder)
    size = sum(len(page.body) for page in pages) / len(pages) / 1024
    print(f"{len(pages)} pages of {size:.0f} KB on average")
    found = rates(pages, options.turns)
    print("| extractor | pages/s | ours is |")
    print("| --- | ---: | ---: |")
    for name, value in found.items():
        print(f"| {name} | {value:.1f} | {found['ours'] / value:.1f} × |")


if __name__ == "__main__":
    main()
