"""Stored articles as they were given, many at once: one statement for each table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from aggregator.model import AttributedArticle
from storage.rows import attributed_with, parts_of
from storage.tables import ArticleRow, CreditRow, FlagRow, Part, TagRow, TopicRow
from storage.types import listed_in


@dataclass(frozen=True, kw_only=True)
class Held:
    """An article with what we know about it."""

    id: int
    found: AttributedArticle
    revision: int
    first_seen: datetime
    last_seen: datetime
    is_withdrawn: bool
    text_removed_at: datetime | None


def read_articles(session: Session, ids: Collection[int]) -> Iterator[Held]:
    """Those that are held, in any order."""
    if not ids:
        return
    connection, asked = session.connection(), {"ids": ids}
    parts = [_by_article(connection.execute(reading, asked)) for reading in _PARTS]
    for row in connection.execute(_ARTICLES, asked):
        yield Held(
            id=row.id,
            found=attributed_with(row, parts_of(*(own.get(row.id, ()) for own in parts))),
            revision=row.revision,
            first_seen=row.first_seen,
            last_seen=row.last_seen,
            is_withdrawn=row.withdrawn_at is not None,
            text_removed_at=row.text_removed_at,
        )


def _by_article(rows: Iterable[Row[Any]]) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.article_id, []).append(row)
    return found


# --- statements -----------------------------------------------------------------------------------
# Built once: building costs more than running.

_ARTICLES = select(ArticleRow.__table__).where(listed_in(ArticleRow.id, "ids"))


def _reading(part: type[Part], order: str) -> Select[Any]:
    table = part.__table__
    some = listed_in(table.c.article_id, "ids")
    return select(table).where(some).order_by(table.c[order])


_PARTS = (
    _reading(CreditRow, "position"),
    _reading(TagRow, "position"),
    _reading(TopicRow, "position"),
    _reading(FlagRow, "name"),
)
"""In the order of ``parts_of``."""
