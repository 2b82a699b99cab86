"""Near-duplicates: found, missed and mistaken, how fast, and at what size; beside other programs.

    python benchmarks/duplicates.py [quality] [real] [candidates] [growth] [--size N] [--sizes N …]

Without a stage, all four (about fifteen minutes and 6 GB of disk):

- ``quality``: a corpus of N articles (20,000) with known duplicates and look-alikes; recall for
  every mutation, precision, and articles per second end to end, beside datasketch and rensa.
- ``real``: the pairs of real records that share a fifth or more, with a person's verdict.
- ``candidates``: which share of copies bands and marks bring together (``pipelines/signature.py``).
- ``growth``: what a new article costs with 10,000 to 1,000,000 in the database
  (``duplicate_growth.py``).

Needs the records beside the checkout (``duplicate_corpus.RECORDS``); without them it says so and
ends. All programs see the same texts, in blocks that take turns, so that they share whatever else
the machine does. Ours reads texts from SQLite and writes signatures, links and clusters to it;
the others keep everything in memory.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations, islice
from pathlib import Path
from typing import Any

from duplicate_corpus import (
    HARDEST,
    MUTATIONS,
    NEGATIVES,
    RECORDS,
    Corpus,
    Means,
    Storyteller,
    Text,
    base_texts,
    make_corpus,
    real_rows,
)
from duplicate_growth import SIZES, growth
from duplicate_labels import SAME, label
from sqlalchemy import insert, select

from aggregator.model import Link, Precision, Printing, Publisher, RightsBasis
from pipelines.hashwords import read_words
from pipelines.relate import BATCH, compare_pending
from pipelines.signature import (
    LEAST_ESTIMATE,
    PERMUTATIONS,
    Signature,
    estimate,
    rows,
    sign,
)
from pipelines.verdict import Reading, judge
from storage import channels
from storage.database import open_database
from storage.tables import ArticleRow, LinkRow, MemberRow, PendingRow

BLOCK = 1000
"""Articles that each program takes before it is the next one's turn."""

NOW = datetime(2026, 8, 1, tzinfo=UTC)
_WORD = re.compile(r"\w+")
Pairs = set[tuple[int, int]]


@dataclass
class Spent:
    """Seconds by the clock, and of the processor: on a busy machine only the latter compare."""

    wall: float = 0
    cpu: float = 0


@contextmanager
def _spending() -> Iterator[Spent]:
    spent, wall, cpu = Spent(), time.perf_counter(), time.process_time()
    yield spent
    spent.wall, spent.cpu = time.perf_counter() - wall, time.process_time() - cpu


# --- ours -----------------------------------------------------------------------------------------


class Ours:
    """Everything as in a rebuild: texts and results in SQLite."""

    name = "ours"

    def __init__(self, folder: Path) -> None:
        self.database = open_database(f"sqlite:///{folder / 'quality.db'}", writable=True)
        with self.database.session() as session:
            for name in ("republika", "tribun"):
                channels.ensure(session, _publisher(name), ())
        compare_pending(self.database)
        self._ids: list[int] = []

    def take(self, texts: Sequence[Text]) -> Spent:
        """Putting the articles themselves into the database is not counted."""
        values = [_values(len(self._ids) + n, text) for n, text in enumerate(texts)]
        with self.database.session() as session:
            ids = session.scalars(insert(ArticleRow).returning(ArticleRow.id), values).all()
            session.execute(insert(PendingRow), [{"article_id": i} for i in ids])
        self._ids.extend(ids)
        with _spending() as spent:
            while compare_pending(self.database, BATCH):
                pass
        return spent

    def pairs(self) -> Pairs:
        position = {article_id: n for n, article_id in enumerate(self._ids)}
        with self.database.session() as session:
            links = session.execute(select(LinkRow.first_id, LinkRow.second_id)).all()
        return {(position[a], position[b]) for a, b in links}

    def grouped(self) -> Pairs:
        """All pairs of members, linked or not."""
        position = {article_id: n for n, article_id in enumerate(self._ids)}
        clusters = defaultdict(list)
        with self.database.session() as session:
            for number, member in session.execute(
                select(MemberRow.cluster_id, MemberRow.article_id).order_by(MemberRow.article_id)
            ):
                clusters[number].append(position[member])
        return {pair for members in clusters.values() for pair in combinations(members, 2)}


def _publisher(name: str) -> Publisher:
    return Publisher(
        name=name,
        title=name.title(),
        homepage=f"https://{name}.example",
        timezone="Asia/Jakarta",
        hosts=(f"{name}.example",),
    )


def _values(number: int, text: Text) -> dict[str, Any]:
    url = f"https://{text.publisher}.example/{number}"
    return {
        "publisher": text.publisher,
        "url": url,
        "canonical_url": url,
        "headline": text.headline,
        "body": "\n\n".join(text.sentences),
        "body_html": "",
        "published_at": text.published_at,
        "published_offset": 420,
        "published_precision": "minute",
        "pages": 1,
        "paywalled": False,
        "publisher_title": text.publisher,
        "credit_line": f"{text.publisher} {url}",
        "attribution_url": url,
        "rights_basis": "kutipan_saja",
        "attribution_stated": False,
        "publishable": True,
        "evidence": [],
        "content_fingerprint": "x",
        "revision": 1,
        **dict.fromkeys(("sort_at", "first_seen", "last_seen", "fetched_at"), NOW),
    }


# --- the others: words, shingles of three words as texts, a MinHash, a look-up and an insertion ---


class Other:
    """``exact``: candidates are kept only if their shingles have this Jaccard similarity."""

    def __init__(self, name: str, sketch: Callable[[set[str]], Any], lsh: Any, exact: float = 0):
        self.name, self._sketch, self._lsh, self._exact = name, sketch, lsh, exact
        self._shingles: list[set[str]] = []
        self._found: Pairs = set()

    def take(self, texts: Sequence[Text]) -> Spent:
        whole = [" ".join(text.sentences) for text in texts]
        with _spending() as spent:
            for text in whole:
                self._take(text)
        return spent

    def _take(self, text: str) -> None:
        words = _WORD.findall(text.casefold())
        shingles = {" ".join(words[i : i + 3]) for i in range(len(words) - 2)}
        sketch, number = self._sketch(shingles), len(self._shingles)
        for other in self._lsh.query(sketch):
            if not self._exact or _jaccard(shingles, self._shingles[other]) >= self._exact:
                self._found.add((other, number))
        self._lsh.insert(number, sketch)
        self._shingles.append(shingles)

    def pairs(self) -> Pairs:
        return self._found


def _jaccard(one: set[str], other: set[str]) -> float:
    shared = len(one & other)
    return shared / max(1, len(one) + len(other) - shared)


def _others() -> Iterator[Other]:
    try:
        from datasketch import MinHash, MinHashLSH
        from rensa import RMinHash, RMinHashLSH
    except ImportError:
        print("datasketch and rensa are not installed: pip install -e '.[bench]'")
        return

    def documented(shingles: set[str]) -> MinHash:
        found = MinHash(num_perm=128)
        for shingle in shingles:
            found.update(shingle.encode())
        return found

    def batched(permutations: int) -> Callable[[set[str]], MinHash]:
        def sketch(shingles: set[str]) -> MinHash:
            found = MinHash(num_perm=permutations)
            found.update_batch([shingle.encode() for shingle in shingles])
            return found

        return sketch

    def rust(shingles: set[str]) -> RMinHash:
        found = RMinHash(num_perm=PERMUTATIONS, seed=1)
        found.update(list(shingles))
        return found

    yield Other(
        "datasketch as documented (128, threshold 0.5), exact Jaccard >= 0.5",
        documented,
        MinHashLSH(threshold=0.5, num_perm=128),
        exact=0.5,
    )
    yield Other(
        "datasketch, update_batch, 16 bands of 4",
        batched(64),
        MinHashLSH(params=(16, 4), num_perm=64),
    )
    yield Other(
        "the same, exact >= 0.5",
        batched(64),
        MinHashLSH(params=(16, 4), num_perm=64),
        exact=0.5,
    )
    yield Other(
        "datasketch, 64 bands of 2, exact >= 0.25",
        batched(128),
        MinHashLSH(params=(64, 2), num_perm=128),
        exact=0.25,
    )
    yield Other("rensa, 16 bands of 4", rust, RMinHashLSH(threshold=0.5, num_perm=64, num_bands=16))


# --- quality --------------------------------------------------------------------------------------


def quality(size: int, seed: int) -> None:
    corpus = make_corpus(size, seed)
    kinds = Counter(text.kind for text in corpus.texts)
    copies = sum(kinds[name] for name in MUTATIONS)
    print(
        f"{size} articles, seed {seed}: {kinds['base']} texts, {copies} copies, "
        f"{sum(kinds[name] for name in NEGATIVES)} look-alikes"
    )
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(Path(folder))
        programs: list[Any] = [ours, *_others()]
        seconds = _race(programs, corpus.texts)
        own = seconds[ours.name]
        for program in programs:
            spent = seconds[program.name]
            speed = (
                f"{size / spent.wall:.0f}/s, ours x {spent.wall / own.wall:.1f} by the clock; "
                f"{size / spent.cpu:.0f}/s, ours x {spent.cpu / own.cpu:.1f} of the processor"
            )
            _report(corpus, program.name, program.pairs(), speed)
        _report(corpus, "ours, all pairs of a cluster", ours.grouped(), "")
        _report_look_alikes(corpus, ours.pairs())
        ours.database.close()


def _race(programs: Sequence[Any], texts: Sequence[Text]) -> dict[str, Spent]:
    seconds: dict[str, Spent] = defaultdict(Spent)
    for start in range(0, len(texts), BLOCK):
        for program in programs:
            spent, total = program.take(texts[start : start + BLOCK]), seconds[program.name]
            total.wall += spent.wall
            total.cpu += spent.cpu
    return seconds


def _report(corpus: Corpus, name: str, found: Pairs, speed: str) -> None:
    found = {(min(pair), max(pair)) for pair in found}
    right = sum(corpus.texts[a].origin == corpus.texts[b].origin for a, b in found)
    print(f"\n{name}: {speed}\n  precision {right / max(1, len(found)):.4f} of {len(found)} pairs")
    for mutation, pairs in corpus.pairs().items():
        hit = sum((min(pair), max(pair)) in found for pair in pairs)
        note = "  (no part of the goal)" if mutation == HARDEST else ""
        print(f"  {mutation:20} {hit / max(1, len(pairs)):.4f} of {len(pairs)}{note}")


def _report_look_alikes(corpus: Corpus, found: Pairs) -> None:
    print("\nours: pairs of look-alikes that were linked")
    kinds = Counter(
        corpus.texts[a].kind for a, b in found if corpus.texts[a].origin != corpus.texts[b].origin
    )
    members = Counter(text.kind for text in corpus.texts)
    for name in NEGATIVES:
        print(f"  {name:20} {kinds[name]} ({members[name]} articles)")


# --- real pairs -----------------------------------------------------------------------------------


def real() -> None:
    """Every two records that share a fifth of their shingles, beside a person's verdict."""
    records = [r for r in real_rows(RECORDS) if "tidak ditemukan" not in r[2]]
    readings = _readings([_record(*record) for record in records])
    shingles = [set(reading.shingles.tolist()) for reading in readings]
    counts: Counter[tuple[str, str]] = Counter()
    for a, b in combinations(range(len(records)), 2):
        share = len(shingles[a] & shingles[b]) / max(1, len(shingles[a] | shingles[b]))
        if share < 0.2:
            continue
        urls = {records[a][1], records[b][1]}
        told = "same" if len(urls) == 1 or frozenset(map(label, urls)) in SAME else "other"
        found = judge(readings[a], readings[b])
        linked = isinstance(found, Link)
        counts[told, "linked" if linked else "separate"] += 1
        if len(urls) > 1:
            said = found.reason if isinstance(found, Link) else found.look_alike
            print(f"  {share:.2f} a person: {told:5}  ours: {said}")
    print(f"\n{len(records)} records; (a person, ours): {dict(counts)}")


def _record(publisher: str, url: str, headline: str, text: str) -> Text:
    return Text(
        headline=headline,
        sentences=(" ".join(text.split()),),
        published_at=NOW,
        publisher=publisher,
        origin=url,
        kind="real",
    )


def _readings(texts: Sequence[Text]) -> list[Reading]:
    words = read_words([" ".join(text.sentences) for text in texts])
    return [
        Reading(article=_printing(number, text), words=found)
        for number, (text, found) in enumerate(zip(texts, words, strict=True))
    ]


def _printing(number: int, text: Text) -> Printing:
    return Printing(
        id=number,
        publisher=text.publisher,
        key=str(number),
        urls=(f"https://{text.publisher}.example/{number}",),
        headline=text.headline,
        body=" ".join(text.sentences),
        published_at=text.published_at,
        published_precision=Precision.MINUTE,
        basis=RightsBasis.EXCERPT_ONLY,
        dateline_mark=None,
        original_url=None,
        evidence=(),
        publishable=True,
        credit_line="",
    )


# --- candidates -----------------------------------------------------------------------------------


def candidates(seed: int, count: int = 900) -> None:
    """Share of copies that become candidates: by bands of a MinHash, and by marks."""
    texts = base_texts(RECORDS)
    teller = Storyteller(texts, seed)
    stories, chance = teller.stories(), random.Random(seed)
    bases = list(islice(stories, count))
    signed = [_wide(text) for text in bases]
    kinds = {
        **MUTATIONS,
        "cut to 30 %": lambda text, _: text.saying(text.words[: len(text.words) * 3 // 10]),
    }
    print(f"{'':20} 16 x 4  16 x 3  {'  '.join(f'{n:2} marks' for n in (6, 8, 10, 12))}  estimate")
    for name, change in kinds.items():
        copies = [
            _wide(change(t, Means(chance=chance, vocabulary=teller.vocabulary, stories=stories,
                                  headline="")))
            for t in bases
        ]  # fmt: skip
        both = list(zip(signed, copies, strict=True))
        shares = [
            *(_share(both, lambda a, b, r=r: _share_a_band(a, b, r)) for r in (4, 3)),
            *(_share(both, lambda a, b, n=n: bool(_marks(a, n) & _marks(b, n)))
              for n in (6, 8, 10, 12)),
            _share(both, lambda a, b: _alike(a, b) >= LEAST_ESTIMATE),
        ]  # fmt: skip
        print(f"{name:20} " + "  ".join(f"{share:6.3f}" for share in shares))


def _wide(text: Text) -> Signature:
    return sign(read_words([" ".join(text.sentences)])[0])


def _share(
    pairs: Sequence[tuple[Signature, Signature]], test: Callable[[Signature, Signature], bool]
) -> float:
    return sum(test(a, b) for a, b in pairs) / len(pairs)


def _share_a_band(one: Signature, other: Signature, size: int) -> bool:
    bands = (slice(n * size, n * size + size) for n in range(16))
    return any(one.minima[band] == other.minima[band] for band in bands)


def _marks(signature: Signature, count: int) -> set[int]:
    # As unsigned numbers, which is the order that they were chosen in.
    return set(sorted(signature.marks, key=lambda mark: mark % 2**64)[:count])


def _alike(one: Signature, other: Signature) -> float:
    return float(estimate(rows([one.minima]), rows([other.minima]))[0])


# --- which stages ---------------------------------------------------------------------------------

STAGES = ("quality", "real", "candidates", "growth")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("stages", nargs="*", choices=[*STAGES, []], metavar="STAGE")
    parser.add_argument("--size", type=int, default=20_000, help="articles of the corpus")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="stored articles")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not RECORDS.is_dir():
        sys.exit(
            f"no records at {RECORDS}: the corpus is made of them, and they are not ours to copy"
        )
    for stage in options.stages or STAGES:
        print(f"\n=== {stage}")
        if stage == "quality":
            quality(options.size, options.seed)
        elif stage == "real":
            real()
        elif stage == "candidates":
            candidates(options.seed)
        else:
            growth(Storyteller(base_texts(RECORDS), options.seed), options.seed, options.sizes)


if __name__ == "__main__":
    main()
