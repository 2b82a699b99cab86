"""Lists by relevance, and how their pages stay stable while articles arrive.

Ranking every article with a common word is what makes search slow, so candidates are taken first:
the newest that match, and the newest with the words in their headline. An article's score is its
own (``aggregator.search.relevance``), so its place is (score, time, number) whatever else arrives.
The cursor carries that place, the moment by which age was counted, and the oldest candidate of each
kind: later pages take every match down to there, so no arrival pushes a candidate out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from aggregator.query.cursors import Position, RankedPosition, decode_ranked, encode_ranked
from aggregator.query.reading import Asked
from aggregator.search.relevance import Candidate, Scale
from aggregator.search.syntax import in_headline
from storage.newest import newest_ids
from storage.tables import ArticleRow, TagRow
from storage.types import listed_in

CANDIDATES = 200
"""Of each kind. Scoring one takes about 30 µs, so a page costs some 15 ms however common its words
are. An older match that only mentions them could not have come first anyway."""

KINDS = 2


def by_relevance(
    session: Session, asked: Asked, limit: int, cursor: str | None
) -> tuple[list[int], str | None]:
    """Numbers of one page, and the cursor of the next. Raises ``QueryError``."""
    after = decode_ranked(cursor, KINDS) if cursor is not None else None
    ids, oldest = _pools(session, asked, after)
    candidates = _candidates(session, ids)
    if not candidates:
        return [], None
    as_of = after.as_of if after else max(c.sort_at for c in candidates)
    ranked = _ranked(candidates, Scale(asked.search, as_of), after)
    page = ranked[:limit]
    if len(ranked) <= limit:
        return [article_id for _, _, article_id in page], None
    score, sort_at, last = page[-1]
    place = RankedPosition(
        score=score, at=Position(sort_at=sort_at, id=last), as_of=as_of, oldest=oldest
    )
    return [article_id for _, _, article_id in page], encode_ranked(place)


def _pools(
    session: Session, asked: Asked, after: RankedPosition | None
) -> tuple[set[int], tuple[Position | None, ...]]:
    """Numbers of the candidates, and the oldest of each kind."""
    kinds = (asked.search, in_headline(asked.search))
    if after is not None:
        pools = [
            newest_ids(session, (*asked.conditions, *_down_to(edge)), kind)
            for kind, edge in zip(kinds, after.oldest, strict=True)
        ]
        return {article_id for pool in pools for article_id in pool}, after.oldest
    pools = [newest_ids(session, asked.conditions, kind, CANDIDATES + 1) for kind in kinds]
    oldest = tuple(_oldest(session, pool) for pool in pools)
    return {article_id for pool in pools for article_id in pool[:CANDIDATES]}, oldest


def _oldest(session: Session, pool: Sequence[int]) -> Position | None:
    """``None``: there are no more matches than these."""
    if len(pool) <= CANDIDATES:
        return None
    last = pool[CANDIDATES - 1]
    sort_at = session.scalars(select(ArticleRow.sort_at).where(ArticleRow.id == last)).one()
    return Position(sort_at=sort_at, id=last)


def _down_to(edge: Position | None) -> Iterator[ColumnElement[bool]]:
    if edge is not None:
        yield or_(
            ArticleRow.sort_at > edge.sort_at,
            and_(ArticleRow.sort_at == edge.sort_at, ArticleRow.id >= edge.id),
        )


def _candidates(session: Session, ids: set[int]) -> list[Candidate]:
    connection, asked = session.connection(), {"ids": ids}
    tags: dict[int, list[str]] = {}
    for article_id, tag in connection.execute(_TAGS, asked):
        tags.setdefault(article_id, []).append(tag)
    return [
        Candidate(
            id=article_id,
            sort_at=sort_at,
            headline=headline,
            tags=tags.get(article_id, ()),
            opening=excerpt or "",
        )
        for article_id, sort_at, headline, excerpt in connection.execute(_CANDIDATES, asked)
    ]


def _ranked(
    candidates: Sequence[Candidate], scale: Scale, after: RankedPosition | None
) -> list[tuple[int, datetime, int]]:
    """(score, time, number), the greatest first; only what comes after a place."""
    everything = sorted(((scale.score(c), c.sort_at, c.id) for c in candidates), reverse=True)
    if after is None:
        return everything
    place = (after.score, after.at.sort_at, after.at.id)
    return [ranked for ranked in everything if ranked < place]


_CANDIDATES = select(
    ArticleRow.id, ArticleRow.sort_at, ArticleRow.headline, ArticleRow.excerpt
).where(listed_in(ArticleRow.id, "ids"))
_TAGS = select(TagRow.article_id, TagRow.tag).where(listed_in(TagRow.article_id, "ids"))
