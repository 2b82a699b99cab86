"""How many articles, and of which publishers, topics and places.

A page with a common word does not have time to count everything. Totals are exact up to ``CAP``,
and beyond it where the database counts without looking at articles, else estimated; facets are of
the newest ``CAP`` articles at most. Both say which it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from aggregator.errors import QueryChoiceError
from aggregator.query.conditions import WITHDRAWN
from aggregator.query.filter import ArticleFilter
from aggregator.query.reading import Asked, read
from storage.newest import count_matches, newest_ids
from storage.tables import ArticleRow, TagRow, TopicRow
from storage.types import listed_in

CAP = 10_000
"""A page that says "about 310,000" is as useful as one that says 312,411, and 100 times faster."""

TOP = 10
"""Values of a facet, where nothing else is asked for."""

FACETS = ("publisher", "topic", "section", "tag", "province", "month")


@dataclass(frozen=True, kw_only=True)
class Total:
    articles: int
    exact: bool
    """False: estimated from how far back the newest ``CAP`` reach."""

    def to_json(self) -> dict[str, Any]:
        return {"articles": self.articles, "exact": self.exact}


@dataclass(frozen=True, kw_only=True)
class Facets:
    counts: Mapping[str, Mapping[str, int]]
    """Facet -> value -> articles. The most frequent first, months in their order."""
    articles: int
    """That were counted."""
    exact: bool
    """False: these are the newest ``CAP``, and there are more."""

    def to_json(self) -> dict[str, Any]:
        counts = {name: dict(values) for name, values in self.counts.items()}
        return {"counts": counts, "articles": self.articles, "exact": self.exact}


def count_articles(session: Session, wanted: ArticleFilter) -> Total:
    """Of all pages together."""
    return count_asked(session, read(session, wanted))


def count_asked(session: Session, asked: Asked, cap: int = CAP) -> Total:
    """The same for a filter that has been read."""
    matches = _matches(session, asked)
    if matches is not None:
        return Total(articles=matches, exact=True)
    return _total(session, newest_ids(session, asked.conditions, asked.search, cap + 1), cap)


def _matches(session: Session, asked: Asked) -> int | None:
    """``None`` where the database would have to look at the articles."""
    if not asked.is_words_alone:
        return None
    hidden = select(ArticleRow.id).where(WITHDRAWN) if asked.conditions else None
    return count_matches(session, asked.search, without=hidden)


def _total(session: Session, newest: Sequence[int], cap: int) -> Total:
    """Of what these are the newest ``cap`` and, if there is one more, that."""
    if len(newest) <= cap:
        return Total(articles=len(newest), exact=True)
    return Total(articles=_estimate(session, newest), exact=False)


def count_facets(
    session: Session,
    wanted: ArticleFilter,
    names: Sequence[str] = FACETS,
    *,
    top: int = TOP,
    cap: int = CAP,
) -> Facets:
    """For each facet the ``top`` most frequent values. Raises ``QueryError`` for an unknown one."""
    asked = read(session, wanted)
    ids = newest_ids(session, asked.conditions, asked.search, cap + 1)
    return _facets(session, names, ids, wanted.zone, top, cap)


def count_with_facets(
    session: Session,
    wanted: ArticleFilter,
    names: Sequence[str] = FACETS,
    *,
    top: int = TOP,
    cap: int = CAP,
) -> tuple[Total, Facets]:
    """Both in the time of one."""
    asked = read(session, wanted)
    ids = newest_ids(session, asked.conditions, asked.search, cap + 1)
    matches = _matches(session, asked) if len(ids) > cap else None
    total = _total(session, ids, cap) if matches is None else Total(articles=matches, exact=True)
    return total, _facets(session, names, ids, wanted.zone, top, cap)


def _estimate(session: Session, newest: Sequence[int]) -> int:
    """As many as there would be if older articles matched as often as those that were counted."""
    last = select(ArticleRow.sort_at).where(ArticleRow.id == newest[-1]).scalar_subquery()
    passed = session.scalars(select(func.count()).where(ArticleRow.sort_at >= last)).one()
    everything = session.scalars(select(func.count(ArticleRow.id))).one()
    return max(len(newest), round(len(newest) * everything / passed))


# --- facets ---------------------------------------------------------------------------------------

Counts = Iterable[tuple[str, int]]


def _facets(
    session: Session,
    names: Sequence[str],
    newest: Sequence[int],
    zone: ZoneInfo,
    top: int,
    cap: int,
) -> Facets:
    for name in names:
        if name not in FACETS:
            raise QueryChoiceError(field="facet", value=name, known=", ".join(FACETS))
    counted = newest[:cap]
    return Facets(
        counts={
            name: _ordered(name, counts, top)
            for name, counts in _counts(session, names, counted, zone)
        },
        articles=len(counted),
        exact=len(newest) <= cap,
    )


def _counts(
    session: Session, names: Sequence[str], ids: Sequence[int], zone: ZoneInfo
) -> Iterator[tuple[str, Counts]]:
    row = ArticleRow
    own = {"publisher": row.publisher, "section": row.section, "province": row.dateline_province}
    for name in names:
        if name == "month":
            moments = session.scalars(select(row.sort_at).where(listed_in(row.id, ids)))
            local = Counter((m.year, m.month) for m in (x.astimezone(zone) for x in moments))
            yield name, [(f"{year:04d}-{month:02d}", n) for (year, month), n in local.items()]
        elif name == "tag":
            yield name, _grouped(session, TagRow.tag, listed_in(TagRow.article_id, ids))
        elif name == "topic":
            yield name, _grouped(session, TopicRow.topic, listed_in(TopicRow.article_id, ids))
        else:
            yield name, _grouped(session, own[name], listed_in(row.id, ids))


def _grouped(
    session: Session, column: InstrumentedAttribute[Any], some: ColumnElement[bool]
) -> list[tuple[str, int]]:
    rows = session.execute(
        select(column, func.count()).where(some, column.is_not(None)).group_by(column)
    )
    return [(value, count) for value, count in rows]


def _ordered(name: str, counts: Counts, top: int) -> dict[str, int]:
    """Months in their order; of everything else the most frequent."""
    if name == "month":
        return dict(sorted(counts))
    return dict(islice(_in_any_case(counts), top))


def _in_any_case(counts: Counts) -> list[tuple[str, int]]:
    """``Pendidikan`` and ``pendidikan`` are one, under the spelling that is used most."""
    shown: dict[str, str] = {}
    found: Counter[str] = Counter()
    for spelling, count in sorted(counts, key=_most_first):
        found[shown.setdefault(spelling.casefold(), spelling)] += count
    return sorted(found.items(), key=_most_first)


def _most_first(item: tuple[str, int]) -> tuple[int, str]:
    value, count = item
    return -count, value
