"""How well an article answers a search: pure, and the same on every database.

What a newsroom puts first says what an article is about: the headline, then the keywords, then the
opening. So a part of the search counts by the most prominent place where it stands, not by how
often; and among articles about the same, the newer one is news.

Rejected:

- bm25 and ``ts_rank`` over every match: 0.4 to 1.5 s for a common word at 200,000 articles, two
  different orders on two databases, and bm25 changes with every article that arrives, so that a
  page's cursor would skip or repeat.
- Counting words: long texts win, and a speech that says "guru" forty times is not more about
  teachers than a headline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from aggregator.search.marks import Finder
from aggregator.search.syntax import Search

IN_HEADLINE = 1.0
IN_TAGS = 0.6
IN_OPENING = 0.5
ELSEWHERE = 0.2
"""Somewhere in the body, or in names and place."""

HALF_LIFE = timedelta(days=30)
"""A month: what schools act on (registration, competitions, regulations) is over by then."""
OLD = 0.4
"""What age leaves of the score. An old headline (1.0 x 0.4) still comes before today's mention in
passing (0.2), and after today's opening (0.5)."""

SCALE = 1_000_000
"""Scores are whole numbers, so that a cursor holds one exactly."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """What scoring an article looks at."""

    id: int
    sort_at: datetime
    headline: str
    tags: Sequence[str]
    opening: str


class Scale:
    """Scores articles for one search, as of one moment."""

    def __init__(self, search: Search, as_of: datetime) -> None:
        self._search = search
        self._finder = Finder(search)
        self._as_of = as_of

    def score(self, candidate: Candidate) -> int:
        """0 to ``SCALE``. Depends on nothing but the article, the search and the moment."""
        return round(SCALE * self._prominence(candidate) * self._freshness(candidate.sort_at))

    def _prominence(self, candidate: Candidate) -> float:
        places = [(IN_HEADLINE, self._finder.find(candidate.headline, headline=True))]
        if not all(places[0][1].holds(meant) for meant in self._search.wanted):
            # A tag is a text of its own: no phrase goes from one to the next.
            places += [(IN_TAGS, self._finder.find(tag)) for tag in candidate.tags]
            places += [(IN_OPENING, self._finder.find(candidate.opening))]
        parts = [
            max((weight for weight, found in places if found.holds(meant)), default=ELSEWHERE)
            for meant in self._search.wanted
        ]
        return sum(parts) / len(parts) if parts else ELSEWHERE

    def _freshness(self, moment: datetime) -> float:
        age = max(timedelta(0), self._as_of - moment)
        remains: float = 0.5 ** (age / HALF_LIFE)
        return OLD + (1 - OLD) * remains
