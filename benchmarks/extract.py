"""Pages per second: our whole ``extract`` path beside trafilatura and newspaper4k.

    python benchmarks/extract.py [FOLDER] [--seconds N]

Ours is everything from bytes to the attributed JSON article. The others are called as their
documentation shows, without network, on the same decoded pages in the same run.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from aggregator.articlejson import article_json
from pipelines.attribute import attribute
from pipelines.normalise import normalise
from spiders.page import Page
from spiders.registry import publisher_for

CASES = Path(__file__).parents[1] / "tests" / "publishers"
NOW = datetime(2026, 11, 1, tzinfo=UTC)


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


def ours(saved: Saved) -> object:
    spider = publisher_for(saved.url)
    assert spider is not None, saved.url
    parser = _PARSERS.setdefault(spider.name, spider())
    article = parser.parse_page(Page(saved.url, saved.body, "text/html"), fetched_at=NOW)
    return article_json(attribute(normalise(article, parser.publisher), parser.publisher))


_PARSERS: dict[str, object] = {}


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


def rate(extract: Callable[[Saved], object], pages: Sequence[Saved], seconds: float) -> float:
    for page in pages:
        extract(page)  # caches and lazy imports are not what is measured
    done, started = 0, time.perf_counter()
    while time.perf_counter() - started < seconds:
        for page in pages:
            extract(page)
        done += len(pages)
    return done / (time.perf_counter() - started)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0)
    options = parser.parse_args()
    pages = saved_pages(options.folder)
    size = sum(len(page.body) for page in pages) / len(pages) / 1024
    print(f"{len(pages)} pages of {size:.0f} KB on average, {options.seconds:.0f} s each")
    rates = {name: rate(extract, pages, options.seconds) for name, extract in PEERS}
    print("| extractor | pages/s | ours is |")
    print("| --- | ---: | ---: |")
    for name, value in rates.items():
        print(f"| {name} | {value:.1f} | {rates['ours'] / value:.1f} × |")


if __name__ == "__main__":
    main()
