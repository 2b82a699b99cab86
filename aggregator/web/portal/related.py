"""What else to read: articles about the same topics in the same words, the nearest first.

Rare words and topics weigh more than common ones (the logarithm of how few candidates have them).
Only headline, teaser, tags and topics are compared: a reader chooses by the headline, and whole
texts of the same school year share too many words to tell anything.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from aggregator.query.conditions import conditions
from aggregator.query.views import views_of
from aggregator.search.syntax import Search
from aggregator.search.words import terms
from aggregator.web import gate
from aggregator.web.portal.page import Visit
from aggregator.web.portal.shown import Shown
from storage.newest import newest_ids
from storage.tables import ArticleRow, TagRow, TopicRow
from storage.types import listed_in

CANDIDATES = 200
"""The newest ones: readers of news want news."""
RELATED = 5
SHORTEST_TERM = 3
"""Characters; shorter ones are mostly particles (``di``, ``ke``)."""
TOPIC = 2.0
"""How much more a topic weighs than a word."""

Features = frozenset[tuple[str, str]]
"""(kind, what) of all that an article may share with another: ``("topic", "smk")``."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    id: int
    features: Features


def others_to_read(visit: Visit, article: Shown, without: Sequence[int] = ()) -> tuple[Shown, ...]:
    """``without``: other prints of its text."""
    portal, now = visit.config.portal, visit.now
    other = ArticleRow.id.not_in([article.id, *without])
    wanted = gate.readers_filter(visit.config, now, gate.chosen(portal, now), other)
    found = newest_ids(visit.session, tuple(conditions(wanted)), Search(), CANDIDATES)
    own, *candidates = _candidates(visit.session, [article.id, *found])
    return visit.shown(views_of(visit.session, nearest(own.features, candidates)[:RELATED]))


def nearest(own: Features, candidates: Sequence[Candidate]) -> list[int]:
    """All of them, those that share most first; of equals the one that comes first."""
    frequency = Counter(feature for other in candidates for feature in other.features)
    everything = len(candidates) + 1

    def weight(other: Candidate) -> float:
        return sum(
            math.log(everything / frequency[shared]) * (TOPIC if shared[0] == "topic" else 1)
            for shared in own & other.features
        )

    return [other.id for other in sorted(candidates, key=weight, reverse=True)]


@lru_cache(maxsize=4096)
def features(words: str, tags: tuple[str, ...], topics: tuple[str, ...]) -> Features:
    """Remembered: every page compares with the same newest articles, and stems cost most of it."""
    said = terms(" ".join([words, *tags]))
    return frozenset(
        [("word", term) for term in said if len(term) >= SHORTEST_TERM]
        + [("topic", topic) for topic in topics]
    )


def _candidates(session: Session, ids: Sequence[int]) -> list[Candidate]:
    rows = session.connection().execute(_SAID, {"ids": ids})
    said = {row.id: f"{row.headline} {row.excerpt or ''}" for row in rows}
    tags, topics = _grouped(session, _TAGS, ids), _grouped(session, _TOPICS, ids)
    return [
        Candidate(
            id=i, features=features(said[i], tuple(tags.get(i, ())), tuple(topics.get(i, ())))
        )
        for i in ids
    ]


def _grouped(
    session: Session, reading: Select[int, str], ids: Sequence[int]
) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    for number, text in session.connection().execute(reading, {"ids": ids}):
        found.setdefault(number, []).append(text)
    return found


_SAID = select(ArticleRow.id, ArticleRow.headline, ArticleRow.excerpt).where(
    listed_in(ArticleRow.id, "ids")
)
_TAGS = select(TagRow.article_id, TagRow.tag).where(listed_in(TagRow.article_id, "ids"))
_TOPICS = select(TopicRow.article_id, TopicRow.topic).where(listed_in(TopicRow.article_id, "ids"))
