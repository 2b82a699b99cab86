"""Lists and searches over synthetic articles of 300 words, beside lemon24/reader in the same run.

    python benchmarks/search.py [ARTICLES ...] [--records FOLDER] [--database URL] [--alone]

Default: 10000 100000. The words and how often each occurs come from the texts of real articles in
FOLDER (CSV files; default ../shared/records), else from the golden cases of the test suite. Both
programs get the same articles in the same order, publishers interleaved and times jittered as
crawls bring them. ``--database`` measures ours there (PostgreSQL) instead of in a SQLite file;
``--alone`` leaves the other out. Prints the median and the 95th percentile of each question in
milliseconds, the size of the search index, and how many articles a second are stored, index
included.

A million articles take half an hour to load: ``python benchmarks/search.py 1000000 --alone``.
"""

from __future__ import annotations

import argparse
import csv
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from sqlalchemy import text

from aggregator.model import Article, AttributedArticle, Credit, Precision, Publisher, Role
from aggregator.query import (
    ArticleFilter,
    Sort,
    count_articles,
    count_facets,
    count_over_time,
    find_articles,
    get_article,
    search_articles,
)
from aggregator.search.words import WORD
from pipelines.attribute import attribute
from pipelines.excerpt import excerpt
from pipelines.fingerprint import content_fingerprint
from pipelines.store import store
from storage import channels, search
from storage.database import Database, open_database
from storage.rows import article_values, part_values
from storage.statements import write
from storage.tables import ArticleRow

PROJECT = Path(__file__).parents[1]
RECORDS = PROJECT.parent / "shared" / "records"

WORDS_PER_ARTICLE = 300
PARAGRAPH = 50
START = datetime(2021, 1, 1, tzinfo=UTC)
EVERY = timedelta(minutes=25)
JITTER = timedelta(hours=12)
BATCH = 500

ONE_BY_ONE = 300
"""Articles stored in a transaction each, as a crawl does, to measure how many a second."""

RUNS = 15


# --- articles -------------------------------------------------------------------------------------


def frequencies(folder: Path) -> Counter[str]:
    """Words as printed in real texts, and how often."""
    csv.field_size_limit(sys.maxsize)
    found: Counter[str] = Counter()
    for path in sorted(folder.glob("*texts*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                found.update(word for cell in row for word in WORD.findall(cell))
    for path in () if found else sorted((PROJECT / "tests" / "publishers").rglob("expected.json")):
        found.update(WORD.findall(path.read_text(encoding="utf-8")))
    return found


class Writer:
    """Articles whose words are as frequent as in real ones."""

    def __init__(self, counts: Counter[str]) -> None:
        self._words = list(counts)
        self._weights = list(accumulate(counts.values()))
        self._random = random.Random(1)
        self.publishers = [
            Publisher(
                name=name, title=name.title(), homepage=f"https://{name}.example", timezone="UTC"
            )
            for name in ("kemdikbud", "republika", "tribun")
        ]

    def write(self, number: int) -> AttributedArticle:
        draw = self._random
        publisher = draw.choices(self.publishers, (1, 3, 6))[0]
        words = self._draw(WORDS_PER_ARTICLE)
        body = [" ".join(words[n : n + PARAGRAPH]) for n in range(0, len(words), PARAGRAPH)]
        moment = START + number * EVERY + (draw.random() - 0.5) * JITTER
        url = f"{publisher.homepage}/berita/{number}/judul"
        article = Article(
            publisher=publisher.name,
            url=url,
            canonical_url=url,
            headline=" ".join(self._draw(10)),
            fetched_at=moment + timedelta(hours=2),
            external_id=str(number),
            body=tuple(body),
            body_html="".join(f"<p>{paragraph}</p>" for paragraph in body),
            excerpt=excerpt(body),
            published_at=moment,
            published_precision=Precision.MINUTE,
            tags=tuple(self._draw(3)),
            section=draw.choice(("Pendidikan", "Nasional", "Daerah")),
            credits=(Credit(name=f"Nama {draw.randrange(300)}", role=Role.REPORTER),),
            topics=("smk",) if number % 7 == 0 else (),
        )
        return attribute(article, publisher)

    def _draw(self, count: int) -> list[str]:
        return self._random.choices(self._words, cum_weights=self._weights, k=count)


def batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch


# --- ours -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """Words by the share of articles that have them."""

    common: Sequence[str]
    """A third of all."""
    medium: Sequence[str]
    rare: Sequence[str]
    """One in two thousand."""

    @classmethod
    def of(cls, counts: Counter[str]) -> Words:
        everything = sum(counts.values())
        shares = {
            word: 1 - (1 - count / everything) ** WORDS_PER_ARTICLE
            for word, count in counts.items()
            if word.isascii() and word.isalpha() and word.islower() and len(word) > 3
        }

        def nearest(share: float) -> list[str]:
            return sorted(shares, key=lambda word: (abs(shares[word] - share), word))[:RUNS]

        return cls(nearest(0.3), nearest(0.03), nearest(1 / 2000))


Ask = Callable[[Any, int], object]
"""(session or reader, number of the run) -> the answer, of which nothing is kept."""


def our_questions(words: Words, count: int) -> dict[str, Ask]:
    def asked(text: str | None = None, **more: Any) -> ArticleFilter:
        return ArticleFilter(**{"limit": 50, "text": text, **more})

    def a(kind: Sequence[str], run: int) -> str:
        return kind[run % len(kind)]

    common, medium, rare = words.common, words.medium, words.rare
    return {
        "newest 50": lambda s, _n: find_articles(s, asked()),
        "newest 50 of a publisher": lambda s, _n: find_articles(s, asked(publisher="kemdikbud")),
        "newest 50 with a tag": lambda s, n: find_articles(s, asked(tag=a(medium, n))),
        "one article": lambda s, n: get_article(s, str(1 + n * count // RUNS)),
        "common word, newest 50": lambda s, n: find_articles(s, asked(a(common, n))),
        "common word, newest 50, snippets": lambda s, n: search_articles(s, asked(a(common, n))),
        "common word, best 50, snippets": lambda s, n: search_articles(
            s, asked(a(common, n), sort=Sort.RELEVANCE)
        ),
        "medium word, best 50, snippets": lambda s, n: search_articles(
            s, asked(a(medium, n), sort=Sort.RELEVANCE)
        ),
        "rare word, best 50, snippets": lambda s, n: search_articles(
            s, asked(a(rare, n), sort=Sort.RELEVANCE)
        ),
        "two words, newest 50, snippets": lambda s, n: search_articles(
            s, asked(f"{a(common, n)} {a(medium, n)}")
        ),
        "phrase, newest 50, snippets": lambda s, n: search_articles(
            s, asked(f'"{a(common, n)} {a(common, n + 1)}"')
        ),
        "prefix, newest 50, snippets": lambda s, n: search_articles(
            s, asked(f"{a(medium, n)[:4]}*")
        ),
        "common word of a publisher": lambda s, n: find_articles(
            s, asked(a(common, n), publisher="kemdikbud")
        ),
        "total of a common word": lambda s, n: count_articles(s, asked(a(common, n))),
        "facets of a common word": lambda s, n: count_facets(s, asked(a(common, n))),
        "months of a common word": lambda s, n: count_over_time(s, asked(a(common, n))),
        "months of everything": lambda s, _n: count_over_time(s, asked()),
    }


def measure_ours(writer: Writer, count: int, words: Words, url: str | None) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(url or f"sqlite:///{folder}/news.db", writable=True)
        with database.session() as session:
            for publisher in writer.publishers:
                channels.ensure(session, publisher, ())
        started = time.perf_counter()
        load(database, map(writer.write, range(1, count + 1)))
        loaded = time.perf_counter() - started
        rate = store_one_by_one(database, writer, count)
        reading = open_database(database.engine.url.render_as_string(hide_password=False))

        def ask(question: Ask, run: int) -> None:
            with reading.session() as session:
                question(session, run)

        times = timed(our_questions(words, count), ask)
        size = index_size(database)
        reading.close()
        database.close()
    return Measured(times=times, index=size, stored=rate, loaded=loaded)


def load(database: Database, found: Iterable[AttributedArticle]) -> None:
    """In bulk, then indexed."""
    numbered = enumerate(found, 1)
    for batch in batches(numbered, BATCH):
        rows = [row_of(number, item) for number, item in batch]
        parts: dict[Any, list[dict[str, Any]]] = {}
        for number, item in batch:
            for part, values in part_values(item.article).items():
                own = [{"article_id": number, **value} for value in values]
                parts.setdefault(part, []).extend(own)
        with database.session() as session:
            write(session, ArticleRow, rows)
            for part, values in parts.items():
                write(session, part, values)
    with database.session() as session:
        search.fill(session)
        if database.engine.dialect.name == "postgresql":
            session.execute(text("SELECT setval('article_id_seq', max(id)) FROM article"))
            session.execute(text("ANALYZE"))


def row_of(number: int, found: AttributedArticle) -> dict[str, Any]:
    seen = found.article.fetched_at
    return {
        "id": number,
        **article_values(found),
        "text_fingerprint": None,
        "content_fingerprint": content_fingerprint(found.article),
        "revision": 1,
        "sort_at": found.article.published_at,
        "first_seen": seen,
        "last_seen": seen,
    }


def store_one_by_one(database: Database, writer: Writer, count: int) -> float:
    """Articles a second, deduplicated and indexed, each in a transaction of its own."""
    found = [writer.write(number) for number in range(count + 1, count + ONE_BY_ONE + 1)]
    started = time.perf_counter()
    for item in found:
        store(database, item, cause="channel")
    return len(found) / (time.perf_counter() - started)


def index_size(database: Database) -> int:
    """Bytes that search needs beside the articles."""
    with database.session() as session:
        if database.engine.dialect.name == "postgresql":
            sizes = "SELECT pg_total_relation_size(CAST(:name AS regclass))"
            names = ("article_search", "search_document", "search_word")
            return sum(session.scalars(text(sizes), {"name": name}).one() for name in names)
        like = "SELECT sum(pgsize) FROM dbstat WHERE name GLOB :name"
        globs = ("article_search*", "search_*", "ix_search_*", "sqlite_autoindex_search_*")
        return sum(session.scalars(text(like), {"name": name}).one() or 0 for name in globs)


# --- the other ------------------------------------------------------------------------------------


def their_questions(words: Words) -> dict[str, Ask]:
    def a(kind: Sequence[str], run: int) -> str:
        return kind[run % len(kind)]

    def found(reader: Any, query: str, sort: str) -> list[Any]:
        return list(reader.search_entries(query, sort=sort, limit=50))

    common, medium, rare = words.common, words.medium, words.rare
    feed = "https://kemdikbud.example/feed"
    return {
        "newest 50": lambda r, _n: list(r.get_entries(limit=50)),
        "newest 50 of a publisher": lambda r, _n: list(r.get_entries(feed=feed, limit=50)),
        "common word, newest 50, snippets": lambda r, n: found(r, a(common, n), "recent"),
        "common word, best 50, snippets": lambda r, n: found(r, a(common, n), "relevant"),
        "medium word, best 50, snippets": lambda r, n: found(r, a(medium, n), "relevant"),
        "rare word, best 50, snippets": lambda r, n: found(r, a(rare, n), "relevant"),
        "two words, newest 50, snippets": lambda r, n: found(
            r, f"{a(common, n)} {a(medium, n)}", "recent"
        ),
        "phrase, newest 50, snippets": lambda r, n: found(
            r, f'"{a(common, n)} {a(common, n + 1)}"', "recent"
        ),
        "prefix, newest 50, snippets": lambda r, n: found(r, f"{a(medium, n)[:4]}*", "recent"),
        "total of a common word": lambda r, n: r.search_entry_counts(a(common, n)).total,
    }


def measure_theirs(writer: Writer, count: int, words: Words) -> Measured:
    from reader import make_reader

    with tempfile.TemporaryDirectory() as folder:
        reader = make_reader(f"{folder}/reader.db", plugins=[])
        for publisher in writer.publishers:
            reader.add_feed(f"{publisher.homepage}/feed", allow_invalid_url=True)
            reader.disable_feed_updates(f"{publisher.homepage}/feed")
        reader.enable_search()
        started = time.perf_counter()
        for number in range(1, count + 1):
            reader.add_entry(entry_of(number, writer.write(number)))
        without = size_of(folder)
        reader.update_search()
        loaded = time.perf_counter() - started
        more = [
            entry_of(number, writer.write(number))
            for number in range(count + 1, count + ONE_BY_ONE + 1)
        ]
        started = time.perf_counter()
        for entry in more:
            reader.add_entry(entry)
        reader.update_search()
        rate = len(more) / (time.perf_counter() - started)
        times = timed(their_questions(words), lambda question, run: question(reader, run))
        size = size_of(folder) - without
        reader.close()
    return Measured(times=times, index=size, stored=rate, loaded=loaded)


def entry_of(number: int, found: AttributedArticle) -> dict[str, Any]:
    article = found.article
    return {
        "feed_url": f"https://{article.publisher}.example/feed",
        "id": str(number),
        "title": article.headline,
        "link": article.url,
        "author": article.credits[0].name,
        "published": article.published_at,
        "updated": article.published_at,
        "summary": article.excerpt,
        "content": [{"value": article.body_html, "type": "text/html"}],
    }


def size_of(folder: str) -> int:
    for path in Path(folder).glob("*"):
        if not path.name.endswith(("-wal", "-shm")):
            sqlite3.connect(path).execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    return sum(path.stat().st_size for path in Path(folder).glob("*"))


# --- measuring ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Measured:
    times: dict[str, list[float]]
    """Seconds of each run of a question, sorted."""
    index: int
    """Bytes."""
    stored: float
    """Articles a second, one by one, index included."""
    loaded: float
    """Seconds for all."""


def timed(questions: dict[str, Ask], ask: Callable[[Ask, int], object]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for name, question in questions.items():
        ask(question, 0)  # statements are compiled, pages are read
        times = []
        for run in range(RUNS):
            started = time.perf_counter()
            ask(question, run)
            times.append(time.perf_counter() - started)
        found[name] = sorted(times)
    return found


def percentile(times: Sequence[float], share: float) -> float:
    return 1000 * times[min(len(times) - 1, round(share * (len(times) - 1)))]


def shown(times: Sequence[float] | None) -> str:
    if times is None:
        return f"{'-':>9} {'-':>9}"
    return f"{percentile(times, 0.5):9.1f} {percentile(times, 0.95):9.1f}"


def report(count: int, ours: Measured, theirs: Measured | None) -> None:
    print(f"\n{count:,} articles          (milliseconds)")
    print(f"{'':34}{'ours p50':>9} {'p95':>9} {'reader p50':>11} {'p95':>8} {'ratio':>6}")
    for name, times in ours.times.items():
        other = theirs.times.get(name) if theirs else None
        ratio = f"{percentile(other, 0.5) / percentile(times, 0.5):6.1f}" if other else "     -"
        print(f"{name:34}{shown(times)}   {shown(other)} {ratio}")
    per = 100_000 / count / 1e6
    print(f"{'index, MB per 100,000 articles':34}{ours.index * per:9.1f}", end="")
    print(f" {'':9}   {theirs.index * per:9.1f}" if theirs else "")
    print(f"{'stored one by one, articles/s':34}{ours.stored:9.0f}", end="")
    print(f" {'':9}   {theirs.stored:9.0f}" if theirs else "")
    print(f"{'loaded in bulk, articles/s':34}{count / ours.loaded:9.0f}", end="")
    print(f" {'':9}   {count / theirs.loaded:9.0f}" if theirs else "", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("articles", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--records", type=Path, default=RECORDS)
    parser.add_argument("--database", metavar="URL", help="an empty database of its own")
    parser.add_argument("--alone", action="store_true", help="without lemon24/reader")
    args = parser.parse_args()
    counts = frequencies(args.records)
    print(f"{len(counts):,} different words of {sum(counts.values()):,}")
    words = Words.of(counts)
    for count in args.articles:
        ours = measure_ours(Writer(counts), count, words, args.database)
        theirs = None if args.alone else measure_theirs(Writer(counts), count, words)
        report(count, ours, theirs)


if __name__ == "__main__":
    main()
