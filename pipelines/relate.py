"""Comparing stored articles and grouping them: the doing around ``verdict`` and ``clusters``.

Storing an article leaves a note that it is new or changed, in the same transaction. Notes are
worked off in batches, each in a transaction of its own under a lock that only one process holds:

- two crawlers at once miss no pair, since the second sees all that the first has compared;
- a crawl that was killed in between leaves notes, and the next one works them off;
- a revised or withdrawn article is noted again, and a change that comes while the article is being
  compared has a note of its own;
- an upgraded database, or one whose articles were compared by older rules, notes all its articles.

An article whose text was let go keeps its signature and its links: nothing new can be found.

Which articles come in one batch makes no difference: candidates depend on the set of articles that
were compared (``storage.marks``), a verdict on its two articles, a cluster on links and decisions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping

import numpy as np
from sqlalchemy.orm import Session

from aggregator.model import Link, Printing
from pipelines import signature, verdict
from pipelines.clusters import group
from pipelines.hashwords import read_words
from pipelines.signature import LEAST_ESTIMATE, Signature, estimate, rows, sign
from pipelines.verdict import LookAlike, Reading, Separate, judge
from storage import clusters, decisions, notes, signatures
from storage.database import Database
from storage.marks import Buckets
from storage.printings import printings
from storage.signatures import StoredSignature

BATCH = 500
"""Articles compared in one transaction. Larger ones gain nothing and make other writers wait."""

DOCTRINE = f"{signature.VERSION}.{verdict.VERSION}"
"""Who compared what is stored. Another one means: compare everything anew."""


def compare_pending(database: Database, limit: int = BATCH) -> int:
    """Compare and group articles that were noted, in one transaction. Returns how many notes were
    worked off; 0: there are none left."""
    with database.session() as session:
        clusters.lock(session)
        notes.adopt(session, DOCTRINE)
        noted = notes.pending(session, limit)
        if noted:
            _compare(session, {article_id for _, article_id in noted})
            notes.settle(session, [note_id for note_id, _ in noted])
    return len(noted)


def compare_all_pending(database: Database) -> int:
    """The same in as many transactions as it takes. Returns how many notes were worked off."""
    return sum(iter(lambda: compare_pending(database), 0))


def regroup(session: Session, ids: Collection[int]) -> None:
    """Find the clusters of these articles, and of all that hangs together with them, again.

    Needs ``clusters.lock``.
    """
    found = clusters.component(session, ids)
    articles = printings(session, found, text=False)
    links = clusters.links_of(session, found).values()
    decided = decisions.in_force(session, found)
    clusters.write_clusters(session, found, group(articles, links, decided))


def look_alikes(session: Session, article_id: int) -> list[tuple[Printing, LookAlike]]:
    """The candidates of a compared article that are other texts, and what they are.

    Those that share next to nothing are not among them.
    """
    signed = signatures.signatures(session, [article_id])
    shelf, buckets = _Shelf(session), Buckets(session)
    pairs = _alike(session, _candidates(buckets, signed), signed)
    shelf.fetch({article_id, *(end for pair in pairs for end in pair)})
    own = shelf.reading(article_id)
    others = (shelf.reading(first if second == article_id else second) for first, second in pairs)
    return [
        (other.article, found.look_alike)
        for other in others
        if own is not None and other is not None
        if isinstance(found := judge(own, other), Separate)
        if found.look_alike not in (LookAlike.DIFFERENT, LookAlike.SHORT)
    ]


def _compare(session: Session, ids: Collection[int]) -> None:
    shelf = _Shelf(session)
    shelf.fetch(ids)
    before = signatures.signatures(session, ids)
    now = {
        article.id: before[article.id]
        if article.text_removed and article.id in before
        else shelf.stored_signature(article.id)
        for article in shelf.held(ids)
    }
    buckets = Buckets(session)
    others = _file(session, buckets, before, now) - set(ids)
    signed = {**now, **signatures.signatures(session, others)} if others else now
    found = dict(_links(session, shelf, signed, buckets))
    known = clusters.links_of(session, {*before, *others}) if before or others else {}
    other = [ends for ends, link in known.items() if found.get(ends) != link]
    shelf.fetch(end for ends in other for end in ends)
    gone = [ends for ends in other if not shelf.has_settled(*ends)]
    new = [link for ends, link in found.items() if known.get(ends) != link]
    clusters.write_links(session, gone, new)
    # A revised article may be another representative, or none, with the same links.
    touched = {*before, *(end for ends in gone for end in ends), *_ends(new)}
    if touched:
        regroup(session, touched)


def _file(
    session: Session,
    buckets: Buckets,
    before: Mapping[int, StoredSignature],
    now: Mapping[int, StoredSignature],
) -> set[int]:
    """Put signatures in the place of earlier ones. Returns the articles whose candidates are others
    since then."""
    others = set[int]()
    gone = {i: old for i, old in before.items() if now.get(i) != old}
    new = {i: signed for i, signed in now.items() if before.get(i) != signed}
    buckets.load(mark for signed in (*gone.values(), *new.values()) for mark in signed.marks)
    for article_id, old in gone.items():
        others |= buckets.remove(article_id, old.marks)
    signatures.remove_signatures(session, gone)
    for article_id, signed in new.items():
        others |= buckets.add(article_id, signed.priority, signed.marks)
    signatures.write_signatures(session, new)
    buckets.write()
    return others


def _links(
    session: Session,
    shelf: _Shelf,
    signed: Mapping[int, StoredSignature],
    buckets: Buckets,
) -> Iterator[tuple[tuple[int, int], Link]]:
    """What the rules say of every article in ``signed`` and all of its candidates."""
    pairs = _alike(session, _candidates(buckets, signed), signed)
    shelf.fetch({article_id for pair in pairs for article_id in pair})
    for first, second in pairs:
        one, other = shelf.reading(first), shelf.reading(second)
        # Withdrawn since, and noted: not compared with anything any more.
        if one is None or other is None or shelf.has_settled(first, second):
            continue
        found = judge(one, other)
        if isinstance(found, Link):
            yield (first, second), found


def _candidates(buckets: Buckets, signed: Mapping[int, StoredSignature]) -> list[tuple[int, int]]:
    buckets.load(mark for signature in signed.values() for mark in signature.marks)
    pairs = {
        (min(article_id, other), max(article_id, other))
        for article_id, signature in signed.items()
        for other in buckets.partners(article_id, signature.marks)
    }
    return sorted(pairs)


def _alike(
    session: Session,
    pairs: Collection[tuple[int, int]],
    signed: Mapping[int, StoredSignature],
) -> list[tuple[int, int]]:
    """Those of the pairs whose signatures are alike enough to read the texts."""
    if not pairs:
        return []
    ends = sorted({article_id for pair in pairs for article_id in pair})
    others = [article_id for article_id in ends if article_id not in signed]
    known = {**signed, **signatures.signatures(session, others)} if others else signed
    minima = rows([known[article_id].minima for article_id in ends])
    places = np.searchsorted(ends, list(pairs))
    close = estimate(minima[places[:, 0]], minima[places[:, 1]]) >= LEAST_ESTIMATE
    return [pair for pair, is_close in zip(pairs, close, strict=True) if is_close]


def _ends(links: Iterable[Link]) -> Iterator[int]:
    for link in links:
        yield from (link.first, link.second)


class _Shelf:
    """The texts of one batch: each is fetched and read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._readings: dict[int, Reading] = {}

    def fetch(self, ids: Iterable[int]) -> None:
        missing = sorted(set(ids) - self._readings.keys())
        if missing:
            articles = printings(self._session, missing, text=True)
            texts = read_words([article.body for article in articles])
            for article, words in zip(articles, texts, strict=True):
                self._readings[article.id] = Reading(article=article, words=words)

    def held(self, ids: Iterable[int]) -> list[Printing]:
        return [self._readings[i].article for i in sorted(ids) if i in self._readings]

    def reading(self, article_id: int) -> Reading | None:
        """``None``: it is not held any more."""
        return self._readings.get(article_id)

    def has_settled(self, first: int, second: int) -> bool:
        """Whether both are held, and what was found of them is all that ever will be."""
        readings = (self._readings.get(first), self._readings.get(second))
        held = [reading.article for reading in readings if reading is not None]
        return len(held) == 2 and any(article.text_removed for article in held)

    def stored_signature(self, article_id: int) -> StoredSignature:
        reading = self._readings[article_id]
        found: Signature = sign(reading.words)
        return StoredSignature(
            priority=priority(reading.article), marks=found.marks, minima=found.minima
        )


def priority(article: Printing) -> int:
    """A random number that the article has in every database."""
    identity = "\n".join(article.identity)
    digest = hashlib.blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
