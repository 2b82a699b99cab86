"""What keeps held articles under watch: the last look, the next one, and a suspicion between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Insert, Select, func, select, update
from sqlalchemy.orm import Session

from aggregator.model import Article, Suspicion
from storage.rows import WITH_PARTS, article_of
from storage.statements import dialect_of, insert_into, write
from storage.tables import ArticleRow, WatchRow


@dataclass(frozen=True, kw_only=True)
class Watched:
    """An article that our own schedule looks after."""

    article_id: int
    article: Article
    first_seen: datetime
    looked_at: datetime
    etag: str | None
    last_modified: str | None
    suspicion: Suspicion | None


@dataclass(frozen=True, kw_only=True)
class Sight:
    """That an article was there when it was looked at."""

    at: datetime
    next_look_at: datetime | None
    etag: str | None = None
    last_modified: str | None = None
    parser: str | None = None
    """Version of the parsers that read it. ``None``: what is known of the last reading stays."""
    imprint: bytes | None = None
    """What the page said, packed. ``None``: the same."""

    def values(self, article_id: int) -> dict[str, object]:
        return {
            "article_id": article_id,
            "looked_at": self.at,
            "next_look_at": self.next_look_at,
            "etag": self.etag,
            "last_modified": self.last_modified,
            "suspected_at": None,
            "suspicion": None,
            "parser": self.parser,
            "imprint": self.imprint,
        }


def begin(session: Session, article_id: int, sight: Sight) -> None:
    """Watch an article that was stored just now."""
    write(session, WatchRow, [sight.values(article_id)])


def saw(session: Session, article_id: int, sight: Sight) -> None:
    """Note that the article was there; what was suspected is forgotten.

    A look that is older than the last one changes nothing.
    """
    session.connection().execute(_seeing(dialect_of(session)), sight.values(article_id))


def saw_unchanged(
    session: Session, article_id: int, at: datetime, next_look_at: datetime | None
) -> None:
    """The publisher says that the page is the one that we know: its validators still hold."""
    session.execute(
        update(WatchRow)
        .where(WatchRow.article_id == article_id)
        .values(looked_at=at, next_look_at=next_look_at, suspected_at=None, suspicion=None)
    )


def read_anew(session: Session, article_id: int, parser: str | None, imprint: bytes | None) -> None:
    """Note by which parsers, on which page, the current revision was read."""
    session.execute(
        update(WatchRow)
        .where(WatchRow.article_id == article_id)
        .values(parser=parser, imprint=imprint)
    )


def suspect(
    session: Session, article_id: int, found: Suspicion, next_look_at: datetime | None
) -> None:
    """Remember since when an article seems to be gone, and look again then."""
    session.execute(
        update(WatchRow)
        .where(WatchRow.article_id == article_id)
        .values(suspected_at=found.at, suspicion=found.reason, next_look_at=next_look_at)
    )


def look_again_at(session: Session, article_id: int, moment: datetime | None) -> None:
    """Set the next look; ``None``: there will be none."""
    session.execute(
        update(WatchRow).where(WatchRow.article_id == article_id).values(next_look_at=moment)
    )


def find(session: Session, article_id: int) -> Watched | None:
    """``None``: stored before articles were watched."""
    rows = session.execute(_watched().where(ArticleRow.id == article_id)).first()
    return _of(*rows) if rows else None


def due(session: Session, publisher: str, now: datetime, limit: int) -> list[Watched]:
    """Articles whose next look is due: what is suspected first, then what waits longest."""
    rows = session.execute(
        _watched()
        .where(*_is_due(publisher, now))
        .order_by(WatchRow.suspected_at.is_(None), WatchRow.next_look_at, ArticleRow.id)
        .limit(limit)
    )
    return [_of(*row) for row in rows]


def count_due(session: Session, publisher: str, now: datetime) -> int:
    found = session.scalar(
        select(func.count())
        .select_from(WatchRow)
        .join(ArticleRow, ArticleRow.id == WatchRow.article_id)
        .where(*_is_due(publisher, now))
    )
    return found or 0


def _is_due(publisher: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (ArticleRow.publisher == publisher, WatchRow.next_look_at <= now)


def _watched() -> Select[ArticleRow, WatchRow]:
    return (
        select(ArticleRow, WatchRow)
        .join(WatchRow, WatchRow.article_id == ArticleRow.id)
        .options(*WITH_PARTS)
    )


def _of(row: ArticleRow, watch: WatchRow) -> Watched:
    suspected = watch.suspected_at
    return Watched(
        article_id=row.id,
        article=article_of(row),
        first_seen=row.first_seen,
        looked_at=watch.looked_at,
        etag=watch.etag,
        last_modified=watch.last_modified,
        suspicion=Suspicion(at=suspected, reason=watch.suspicion or "") if suspected else None,
    )


@cache
def _seeing(dialect: str) -> Insert:
    statement = insert_into(dialect, WatchRow)
    new = statement.excluded
    kept = {
        "parser": func.coalesce(new.parser, WatchRow.parser),
        "imprint": func.coalesce(new.imprint, WatchRow.imprint),
    }
    given = ("looked_at", "next_look_at", "etag", "last_modified", "suspected_at", "suspicion")
    return statement.on_conflict_do_update(
        index_elements=[WatchRow.article_id],
        set_={**{name: new[name] for name in given}, **kept},
        where=WatchRow.looked_at <= new.looked_at,
    )
