"""The newest articles that have the words of a search, without looking at all that have them.

A database answers a search in an order of its own; lists are in the order of time. Two ways lead
from one to the other: walk the articles newest first and keep those that match (good for common
words), or find all that match and sort them (good for rare ones). Neither database chooses well by
itself, so the choice is made here.

SQLite. FTS5 cannot say how much it would find, but counts up to ``FEW`` in a millisecond. Rare
words are sorted. For common ones articles are walked in growing pieces, and the index is asked
which of a piece match: numbers of neighbours in time are neighbours as well, so one piece is a few
ranges of numbers, and a range costs FTS5 nothing but what it finds there. With 300,000 articles of
300 words this takes 0.4 to 5 ms for any word, where sorting all matches took up to 200 ms and
asking about one article at a time up to 160 ms. Archives that are read late only make more ranges.

PostgreSQL. The planner believes that looking into a ``tsvector`` costs nothing and that phrases are
as frequent as their words, and walks a million articles for a phrase that stands in ten. So it
walks the newest ``WINDOW``, and if that is not enough, the index is asked for all.

Rejected: row numbers made of time and number, which FTS5 would return in the right order by itself.
Numbers so far apart cost 100 to 145 MB of index per 100,000 articles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isqrt

from sqlalchemy import ColumnElement, Select, func, not_, select, text
from sqlalchemy.orm import Session

from aggregator.search.syntax import Search
from storage.fulltext import FULL_TEXTS, FullText
from storage.statements import dialect_of
from storage.tables import ArticleRow

FEW = 1000
"""Matches up to which words are rare: sorting so many takes 1 ms. More are rare as well where more
are asked for."""

SORTED_COSTS = 10
"""Articles that are walked past in the time in which one match is sorted, where they are many."""

WINDOW = 2048
"""Articles that PostgreSQL walks before it asks the index: some 5 ms."""

FIRST_PIECE = 256
LARGEST_PIECE = 32_768

SPACE = 256
"""Numbers without an article of the piece that a range may hold; more begin another range."""

Conditions = Sequence[ColumnElement[bool]]


def newest_ids(
    session: Session, conditions: Conditions, search: Search, limit: int | None = None
) -> list[int]:
    """Numbers of the articles that fulfil all of it, newest first."""
    full_text = FULL_TEXTS[dialect_of(session)]
    if not search.wanted:
        filtered = select(ArticleRow.id).where(*conditions, *has_words(session, search))
        ordered = filtered.order_by(*_NEWEST_FIRST).limit(limit)
        return list(session.connection().scalars(ordered))
    asked = full_text.matching(search.wanted, search.unwanted)
    if dialect_of(session) == "postgresql":
        return _planned(session, asked, conditions, limit)
    few = _few(session, limit or 0)
    if _count(session, asked.limit(few + 1)) <= few:
        rare = select(ArticleRow.id).where(ArticleRow.id.in_(asked), *conditions)
        return list(session.scalars(rare.order_by(_SORTED).limit(limit)))
    return _walked(session, full_text, asked, conditions, limit)


def count_matches(
    session: Session, search: Search, *, without: Select[int] | None = None
) -> int | None:
    """How many articles have the words; ``None`` where the database would have to look at them.

    ``without``: numbers of a few that do not count.
    """
    if dialect_of(session) != "sqlite" or not search.wanted:
        return None
    full_text = FULL_TEXTS[dialect_of(session)]
    asked = full_text.matching(search.wanted, search.unwanted)
    hidden = 0 if without is None else _count(session, asked.where(full_text.ids.in_(without)))
    return _count(session, asked) - hidden


def has_words(session: Session, search: Search) -> Iterator[ColumnElement[bool]]:
    """The search as a condition on articles, for counting and streaming."""
    full_text = FULL_TEXTS[dialect_of(session)]
    if search.wanted:
        yield ArticleRow.id.in_(full_text.matching(search.wanted, search.unwanted))
    else:
        # The index cannot be asked for what lacks a word, only for what has it.
        yield from (
            not_(ArticleRow.id.in_(full_text.matching((meant,)))) for meant in search.unwanted
        )


_NEWEST_FIRST = (ArticleRow.sort_at.desc(), ArticleRow.id.desc())


def _few(session: Session, limit: int) -> int:
    newest = session.connection().scalar(select(func.max(ArticleRow.id)))
    return few_of(newest or 0, limit)


def few_of(articles: int, limit: int) -> int:
    """How many matches are sorted sooner than ``limit`` of them are walked to: of ``n`` matches
    each has ``articles / n`` others before it."""
    return max(FEW, limit, isqrt(articles * limit // SORTED_COSTS))


def _count(session: Session, asked: Select[int]) -> int:
    return session.scalars(select(func.count()).select_from(asked.subquery())).one()


def _planned(
    session: Session, asked: Select[int], conditions: Conditions, limit: int | None
) -> list[int]:
    article = select(ArticleRow.id, ArticleRow.sort_at).where(*conditions)
    if limit is not None:
        window = article.order_by(*_NEWEST_FIRST).limit(max(WINDOW, 2 * limit)).subquery()
        near = select(window.c.id).where(window.c.id.in_(asked))
        newest = session.scalars(
            near.order_by(window.c.sort_at.desc(), window.c.id.desc()).limit(limit)
        ).all()
        if len(newest) == limit:
            return list(newest)
    # Materialised: the planner would walk all articles again.
    found = asked.cte("found").prefix_with("MATERIALIZED")
    every = select(ArticleRow.id).where(ArticleRow.id.in_(select(found)), *conditions)
    return list(session.scalars(every.order_by(*_NEWEST_FIRST).limit(limit)))


# The plus signs keep SQLite from walking all articles by time instead of sorting a few.
_SORTED = text("+article.sort_at DESC, +article.id DESC")


def _walked(
    session: Session,
    full_text: FullText,
    asked: Select[int],
    conditions: Conditions,
    limit: int | None,
) -> list[int]:
    # The connection, not the session: what it makes of each of a hundred thousand numbers takes
    # four times as long.
    connection = session.connection()
    walk = select(ArticleRow.id).where(*conditions).order_by(*_NEWEST_FIRST)
    found: list[int] = []
    size, position = FIRST_PIECE, 0
    while limit is None or len(found) < limit:
        piece = connection.scalars(walk.offset(position).limit(size)).all()
        matching = {
            article_id
            for first, last in _ranges(sorted(piece))
            for article_id in connection.scalars(asked.where(full_text.ids.between(first, last)))
        }
        found += [article_id for article_id in piece if article_id in matching]
        if len(piece) < size:
            break
        position, size = position + size, min(2 * size, LARGEST_PIECE)
    return found[:limit]


def _ranges(ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ranges of numbers that hold all of these, and few others."""
    first = last = None
    for article_id in ids:
        if first is None or last is None:
            first = article_id
        elif article_id - last > SPACE:
            yield first, last
            first = article_id
        last = article_id
    if first is not None and last is not None:
        yield first, last
