"""What a new article costs, and how much it takes, with more and more of them stored.

The database is filled in bulk, then articles come one by one as a crawl brings them: each is
normalised, stored and compared in transactions of its own, every second one a retitled copy.

What is filled in: rows of ``article`` with the texts of a sample in turn, and for each a signature.
A mark that two texts of the sample share is a phrase and is drawn as often as it stands there; the
others are random numbers, as the marks of new texts are. Rows are written in the order of arrival,
so that pages of the index are as full as a crawl leaves them. Not filled in: the search index, tags
and addresses of the stored articles, which comparing does not touch.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from duplicate_corpus import Storyteller, Text

from aggregator.model import Article, Publisher
from pipelines.attribute import attribute
from pipelines.hashwords import read_words
from pipelines.normalise import normalise
from pipelines.relate import compare_pending
from pipelines.signature import MARKS, PERMUTATIONS, sign
from pipelines.store import A_FEW, store
from storage import channels
from storage.database import Database, open_database
from storage.marks import WITNESSES

SIZES = (10_000, 100_000, 300_000, 1_000_000)
NEW = 400
"""Articles that come one by one at each size."""
SAMPLE = 4000
"""Texts that phrases and bodies are taken from."""
CHUNK = 50_000

NOW = datetime(2026, 8, 1, tzinfo=UTC)
STORED_AT = "2026-08-01 00:00:00.000000"


def growth(teller: Storyteller, seed: int, sizes: Sequence[int]) -> None:
    stories = teller.stories()
    sample = list(islice(stories, SAMPLE))
    new = list(islice(stories, NEW // 2))
    print(
        f"{NEW} articles at each size; milliseconds for one, by the clock and (of the processor)\n"
        f"{'stored':>10} {'store':>16} {'compare':>16} {'95th':>7} {'slowest':>8}"
        f" {'bytes: clusters':>16} {'all':>6}"
    )
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "growth.db"
            database = _empty(path)
            clusters, everything = _fill(path, size, sample, seed)
            costs = _crawl(database, new)
            database.close()
        print(
            f"{size:10} {costs['store']} {costs['compare']} {costs['compare'].rank(0.95):7.2f}"
            f" {costs['compare'].rank(1):8.2f} {clusters:16.0f} {everything:6.0f}",
            flush=True,
        )


# --- articles one by one --------------------------------------------------------------------------


@dataclass
class Cost:
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def measure(self, action: Any) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        action()
        self.wall.append(1000 * (time.perf_counter() - wall))
        self.cpu.append(1000 * (time.process_time() - cpu))

    def rank(self, share: float) -> float:
        return sorted(self.wall)[max(0, round(share * len(self.wall)) - 1)]

    def __str__(self) -> str:
        return f"{statistics.mean(self.wall):7.2f} ({statistics.mean(self.cpu):6.2f})"


def _crawl(database: Database, texts: Sequence[Text]) -> dict[str, Cost]:
    costs = {"store": Cost(), "compare": Cost()}
    copied = (t for text in texts for t in (text, replace(text, headline="Judul Lain")))
    for number, text in enumerate(copied):
        publisher = _publisher("republika" if number % 2 else "tribun")
        found = attribute(normalise(_article(number, text, publisher.name), publisher), publisher)
        costs["store"].measure(lambda found=found: store(database, found, cause="crawl"))
        costs["compare"].measure(lambda: compare_pending(database, A_FEW))
    return costs


def _publisher(name: str) -> Publisher:
    return Publisher(
        name=name,
        title=name.title(),
        homepage=f"https://{name}.example",
        timezone="Asia/Jakarta",
        hosts=(f"{name}.example",),
    )


def _article(number: int, text: Text, publisher: str) -> Article:
    url = f"https://{publisher}.example/baru/{number}"
    return Article(
        publisher=publisher,
        url=url,
        canonical_url=url,
        headline=text.headline,
        fetched_at=NOW,
        published_at=text.published_at,
        body_html="".join(f"<p>{sentence}</p>" for sentence in text.sentences),
    )


# --- filling --------------------------------------------------------------------------------------


def _empty(path: Path) -> Database:
    database = open_database(f"sqlite:///{path}", writable=True)
    with database.session() as session:
        for name in ("republika", "tribun"):
            channels.ensure(session, _publisher(name), ())
    compare_pending(database)
    return database


def _fill(path: Path, size: int, sample: Sequence[Text], seed: int) -> tuple[float, float]:
    """Bytes for each article: of what clusters need, and of everything."""
    empty = _bytes(path)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -2000000")
        for start in range(0, size, CHUNK):
            rows = (
                _row(n, sample[n % len(sample)]) for n in range(start, min(size, start + CHUNK))
            )
            connection.executemany(_INSERT, rows)
            connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        articles = _bytes(path)
        _fill_signatures(connection, size, sample, seed)
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    whole = _bytes(path)
    return (whole - articles) / size, (whole - empty) / size


def _bytes(path: Path) -> int:
    return path.stat().st_size


def _row(number: int, text: Text) -> dict[str, Any]:
    publisher = ("republika", "tribun")[number % 2]
    url = f"https://{publisher}.example/berita/{number}/{'-'.join(text.headline.lower().split())}"
    return {
        "id": number + 1,
        "publisher": publisher,
        "url": url,
        "headline": text.headline,
        "body": "\n\n".join(text.sentences),
        "html": "".join(f"<p>{sentence}</p>" for sentence in text.sentences),
        "title": publisher.title(),
        "credit": f"Sumber: {publisher.title()}, “{text.headline}” — {url}",
        "fingerprint": f"{number:064x}",
        "now": STORED_AT,
    }


_INSERT = """
    INSERT INTO article (
        id, publisher, url, canonical_url, headline, body, body_html, published_at,
        published_offset, published_precision, pages, paywalled, publisher_title, credit_line,
        attribution_url, rights_basis, attribution_stated, publishable, evidence, text_fingerprint,
        content_fingerprint, revision, sort_at, first_seen, last_seen, fetched_at)
    VALUES (
        :id, :publisher, :url, :url, :headline, :body, :html, :now, 420, 'minute', 1, 0, :title,
        :credit, :url, 'kutipan_saja', 0, 1, '[]', :fingerprint, :fingerprint, 1, :now, :now, :now,
        :now)
"""


def _fill_signatures(
    connection: sqlite3.Connection, size: int, sample: Sequence[Text], seed: int
) -> None:
    chance = np.random.default_rng(seed)
    marks = _marks(size, sample, chance)
    priorities = chance.integers(-(2**63), 2**63 - 1, size=size, dtype=np.int64)
    minima = chance.integers(0, 256, size=(size, PERMUTATIONS), dtype=np.uint8)
    is_new, is_witness = _witnesses(marks, priorities)
    for start in range(0, size, CHUNK):
        numbers = range(start, min(size, start + CHUNK))
        connection.executemany(
            "INSERT INTO article_signature VALUES (?, ?, ?, ?)",
            ((n + 1, int(priorities[n]), marks[n].tobytes(), minima[n].tobytes()) for n in numbers),
        )
        connection.executemany(
            "INSERT INTO cluster_mark VALUES (?, ?, ?)",
            (
                (int(marks[n, m]), bool(is_witness[n, m]), n + 1)
                for n in numbers
                for m in range(MARKS)
                if is_new[n, m]
            ),
        )


def _marks(size: int, sample: Sequence[Text], chance: Any) -> Any:
    """Phrases as often as in the sample, else random numbers."""
    words = read_words([" ".join(text.sentences) for text in sample])
    counted = Counter(mark for found in words for mark in sign(found).marks)
    phrases = [mark for mark, count in counted.items() if count > 1 for _ in range(count)]
    marks = chance.integers(-(2**63), 2**63 - 1, size=(size, MARKS), dtype=np.int64)
    common = chance.random((size, MARKS)) < len(phrases) / sum(counted.values())
    marks[common] = chance.choice(np.array(phrases, dtype=np.int64), size=int(common.sum()))
    return marks


def _witnesses(marks: Any, priorities: Any) -> tuple[Any, Any]:
    """Which marks an article has for the first time, and of which it is a witness."""
    size, per_article = marks.shape
    owners = np.repeat(np.arange(size), per_article)
    flat = marks.ravel()
    order = np.lexsort((owners, priorities[owners], flat))
    is_first = np.ones(len(order), dtype=np.bool_)
    is_first[1:] = (flat[order][1:] != flat[order][:-1]) | (owners[order][1:] != owners[order][:-1])
    is_start = np.ones(len(order), dtype=np.bool_)
    is_start[1:] = flat[order][1:] != flat[order][:-1]
    counted = np.cumsum(is_first)
    before = np.maximum.accumulate(np.where(is_start, counted - 1, 0))
    is_new, is_witness = np.empty(len(order), dtype=np.bool_), np.empty(len(order), dtype=np.bool_)
    is_new[order], is_witness[order] = is_first, counted - before <= WITNESSES
    return is_new.reshape(marks.shape), is_witness.reshape(marks.shape)
