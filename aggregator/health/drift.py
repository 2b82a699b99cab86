"""Fields that publishers' pages stopped filling. Pure.

Publishers change their pages without notice, and a parser then reads less without
failing. Each run keeps in how many of its articles each field was filled. A field has drifted when
its share fell at one point in time and stays low. The point is the split of the history that
explains it best (largest likelihood ratio of two binomial shares against one).

Known look-alikes that are *not* drift: a field that a publisher never filled well (no fall), one
bad run among good ones (the newest articles are full again), and a handful of articles (too few).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, groupby

from aggregator.health.finding import Finding, FindingKind
from aggregator.model import Fill

HISTORY = timedelta(days=180)
"""How far back a usual share is looked for."""
LEAST_BEFORE = 20
"""Articles that a usual share is known from."""
LEAST_SINCE = 8
"""Articles after which a fall is believed."""
LEAST_FALL = 0.35
"""Of all articles: what a person would call a change rather than a bad day."""
LEAST_RATIO = 10.0
"""Twice the logarithm of the likelihood ratio. Chance reaches 10.8 once in 1,000 histories of one
split; the best of many splits is higher, so the fall above carries the decision."""


@dataclass(frozen=True, kw_only=True)
class Drift:
    """A field that is emptier than it used to be."""

    publisher: str
    field: str
    empty: int
    """Articles without the field since then."""
    articles: int
    """Articles since then."""
    usual: float
    """Share of articles with the field before, 0 to 1."""
    since: datetime
    """Start of the first run that shows it."""

    def finding(self) -> Finding:
        return Finding(
            kind=FindingKind.DRIFT,
            publisher=self.publisher,
            subject=self.field,
            since=self.since,
            facts={
                "field": self.field,
                "empty": self.empty,
                "articles": self.articles,
                "usual": round(self.usual, 3),
            },
        )


def drifts(history: Sequence[Fill]) -> Iterator[Drift]:
    """One for each publisher's field that fell and stayed low; any order of ``history``."""
    ordered = sorted(history, key=lambda f: (f.publisher, f.field, f.started_at, f.run_id))
    for _, counts in groupby(ordered, key=lambda f: (f.publisher, f.field)):
        found = _drift(list(counts))
        if found is not None:
            yield found


def _drift(counts: Sequence[Fill]) -> Drift | None:
    splits = [
        split
        for at, split in enumerate(_splits(counts), start=1)
        if split.is_fall
        # The fall is where it seems to be: full just before, empty at once.
        and not split.is_low(counts[at - 1])
        and split.is_low(counts[at])
    ]
    best = max(splits, key=lambda split: split.ratio, default=None)
    if best is None or best.ratio < LEAST_RATIO:
        return None
    filled, articles = _newest(counts)
    if best.usual - filled / articles < LEAST_FALL:
        return None
    first = counts[best.position]
    return Drift(
        publisher=first.publisher,
        field=first.field,
        empty=best.articles_since - best.filled_since,
        articles=best.articles_since,
        usual=best.usual,
        since=first.started_at,
    )


@dataclass(frozen=True, kw_only=True)
class _Split:
    position: int
    filled_before: int
    articles_before: int
    filled_since: int
    articles_since: int

    @property
    def usual(self) -> float:
        return self.filled_before / self.articles_before

    @property
    def is_fall(self) -> bool:
        if self.articles_before < LEAST_BEFORE or self.articles_since < LEAST_SINCE:
            return False
        return self.usual - self.filled_since / self.articles_since >= LEAST_FALL

    def is_low(self, run: Fill) -> bool:
        return self.usual - run.filled / run.articles >= LEAST_FALL

    @property
    def ratio(self) -> float:
        filled = self.filled_before + self.filled_since
        articles = self.articles_before + self.articles_since
        apart = _log_likelihood(self.filled_before, self.articles_before)
        apart += _log_likelihood(self.filled_since, self.articles_since)
        return 2 * (apart - _log_likelihood(filled, articles))


def _splits(counts: Sequence[Fill]) -> Iterator[_Split]:
    """Between any two runs. Sums grow from one to the next: half a year has thousands of runs."""
    filled = list(accumulate(run.filled for run in counts))
    articles = list(accumulate(run.articles for run in counts))
    for position in range(1, len(counts)):
        yield _Split(
            position=position,
            filled_before=filled[position - 1],
            articles_before=articles[position - 1],
            filled_since=filled[-1] - filled[position - 1],
            articles_since=articles[-1] - articles[position - 1],
        )


def _newest(counts: Sequence[Fill]) -> tuple[int, int]:
    """Filled and all of the newest articles, as many as a fall needs."""
    filled = articles = 0
    for run in reversed(counts):
        filled, articles = filled + run.filled, articles + run.articles
        if articles >= LEAST_SINCE:
            break
    return filled, articles


def _log_likelihood(filled: int, articles: int) -> float:
    """Of the most likely share, without the constant that all splits have in common."""
    empty = articles - filled
    return sum(n * math.log(n / articles) for n in (filled, empty) if n)
