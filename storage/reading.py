"""Stored articles as they were given, many at once: one statement for each table."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, select
from sqlalchemy.orm import Session

from aggregator.model import AttributedArticle
from storage.rows import attributed_with, parts_of
from storage.statements import among_listed, dialect_of, listing
from storage.tables import ArticleRow, CreditRow, FlagRow, Part, TagRow, TopicRow


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
    dialect, connection = dialect_of(session), session.connection()
    listed = listing(dialect, ids)
    parts = {part: _by_article(connection, part, dialect, listed) for part in _ORDERS}
    for row in connection.execute(_reading_articles(dialect), listed):
        yield Held(
            id=row.id,
            found=attributed_with(row, parts_of(*(own.get(row.id, ()) for own in parts.values()))),
            revision=row.revision,
            first_seen=row.first_seen,
            last_seen=row.last_seen,
            is_withdrawn=row.withdrawn_at is not None,
            text_removed_at=row.text_removed_at,
        )


def _by_article(
    connection: Connection, part: type[Part], dialect: str, listed: Mapping[str, object]
) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(_reading_parts(dialect, part), listed):
        found.setdefault(row.article_id, []).append(row)
    return found


# --- statements -----------------------------------------------------------------------------------
# Built once: building costs more than running.

_ORDERS: Mapping[type[Part], str] = {
    CreditRow: "position",
    TagRow: "position",
    TopicRow: "position",
    FlagRow: "name",
}
"""What each part is ordered by; in the order of ``parts_of``."""


@cache
def _reading_articles(dialect: str) -> Select[Any]:
    table = ArticleRow.__table__
    return select(table).where(among_listed(dialect, table.c.id))


@cache
def _reading_parts(dialect: str, part: type[Part]) -> Select[Any]:
    table = part.__table__
    some = among_listed(dialect, table.c.article_id)
    return select(table).where(some).order_by(table.c[_ORDERS[part]])
