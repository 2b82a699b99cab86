"""The read side: a filter in, a page of article views out. Never imports Scrapy."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, literal_column, or_, select
from sqlalchemy.orm import Session

from aggregator.articlejson import Holding, article_json
from aggregator.errors import ArticleNotFoundError, InvalidURLError, QueryError
from aggregator.holdings import holdings
from aggregator.model import Article, AttributedArticle, Attribution, Revision
from aggregator.urls import canonicalize
from storage import portal, revisions
from storage.rows import WITH_PARTS, attributed
from storage.tables import ArticleRow, ArticleUrlRow, CreditRow, TagRow, TopicRow

MAX_LIMIT = 1000
"""Views on one page. Larger wishes are what ``iter_articles`` is for."""

STREAM_BATCH = 500

_IDS = range(1, 2**31)
"""Numbers beyond what the column holds are an error to PostgreSQL, not just unknown."""

_TEXTS = ("publisher", "section", "tag", "topic", "author", "text")

# In no article: PostgreSQL refuses a NUL in a text, and no database takes half a surrogate pair.
_NO_TEXT = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class ArticleFilter:
    """Which articles. ``None`` means: whatever it is."""

    publisher: str | None = None
    section: str | None = None
    tag: str | None = None
    topic: str | None = None
    """One of ours, by its name."""
    author: str | None = None
    """Part of a credited name, upper or lower case."""
    since: date | None = None
    """First day, in ``zone``. Publication, else first sight, is what counts."""
    until: date | None = None
    """Last day, included."""
    text: str | None = None
    """Words that must all be in headline or body, upper or lower case."""
    publishable: bool | None = None
    withdrawn: bool | None = False
    """Whether it may no longer be shown. ``None`` is for the people who run the program only."""
    unpublished: bool | None = None
    """True: on no portal of the school's yet."""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Makassar"))
    limit: int | None = 20
    """Views on a page. ``None``: all, for ``iter_articles`` only."""


@dataclass(frozen=True, kw_only=True)
class ArticleView:
    """An article as the database holds it."""

    id: int
    found: AttributedArticle
    holding: Holding

    @property
    def article(self) -> Article:
        return self.found.article

    @property
    def attribution(self) -> Attribution:
        return self.found.attribution

    def to_json(self) -> dict[str, Any]:
        """The JSON article, whole: for the people who run the program."""
        return article_json(self.found, self.holding)

    def to_public_json(self) -> dict[str, Any]:
        """The JSON article as it may leave: text only where the rights basis allows it."""
        found = self.to_json()
        if self.holding.withdrawn is not None:
            found |= {"body": [], "body_html": "", "excerpt": None, "summary": None, "image": None}
        elif not self.attribution.basis.allows_full_text:
            found |= {"body": [], "body_html": ""}
        return found


@dataclass(frozen=True, kw_only=True)
class ArticlePage:
    articles: tuple[ArticleView, ...]
    next_cursor: str | None
    """``None``: this is the last page."""


@dataclass(frozen=True, kw_only=True)
class PublisherStats:
    publisher: str
    articles: int
    publishable: int
    withdrawn: int
    first_published: datetime | None
    last_published: datetime | None


@dataclass(frozen=True, kw_only=True)
class Stats:
    publishers: tuple[PublisherStats, ...]
    months: dict[str, int]
    """``2026-08`` (UTC) -> articles."""
    sections: dict[str, int]
    tags: dict[str, int]
    topics: dict[str, int]
    authors: dict[str, int]

    def to_json(self) -> dict[str, Any]:
        return {
            "articles": sum(p.articles for p in self.publishers),
            "publishers": [
                {
                    "publisher": p.publisher,
                    "articles": p.articles,
                    "publishable": p.publishable,
                    "withdrawn": p.withdrawn,
                    "first_published": p.first_published and p.first_published.isoformat(),
                    "last_published": p.last_published and p.last_published.isoformat(),
                }
                for p in self.publishers
            ],
            "months": self.months,
            "sections": self.sections,
            "tags": self.tags,
            "topics": self.topics,
            "authors": self.authors,
        }


# --- questions ------------------------------------------------------------------------------------


def find_articles(
    session: Session, wanted: ArticleFilter, cursor: str | None = None
) -> ArticlePage:
    """One page, newest first. ``cursor`` is the ``next_cursor`` of the page before.

    Paging goes by (time, id), so articles that arrive meanwhile neither repeat nor hide others.
    Raises ``QueryError`` for a limit or cursor that cannot be used.
    """
    limit = wanted.limit
    if limit is None or not 1 <= limit <= MAX_LIMIT:
        raise QueryError(field="limit", value=limit, detail=f"must be from 1 to {MAX_LIMIT}")
    statement = _select(wanted).limit(limit + 1)
    if cursor is not None:
        statement = statement.where(_after(*_decode(cursor)))
    rows = session.scalars(statement).all()
    more = len(rows) > limit
    rows = rows[:limit]
    return ArticlePage(
        articles=_views(session, rows),
        next_cursor=_encode(rows[-1]) if more else None,
    )


def iter_articles(session: Session, wanted: ArticleFilter) -> Iterator[ArticleView]:
    """Every article that the filter leaves, newest first, in constant memory."""
    after: tuple[datetime, int] | None = None
    while True:
        statement = _select(wanted).limit(STREAM_BATCH)
        if after is not None:
            statement = statement.where(_after(*after))
        rows = session.scalars(statement).all()
        yield from _views(session, rows)
        if len(rows) < STREAM_BATCH:
            return
        after = (rows[-1].sort_at, rows[-1].id)
        session.expunge_all()


def get_article(session: Session, key: str) -> ArticleView:
    """One article by number, by ``publisher:external_id`` or by any of its addresses.

    Raises ``ArticleNotFoundError``.
    """
    row = session.scalars(_loaded(select(ArticleRow).where(_is(key))).limit(1)).first()
    if row is None:
        raise ArticleNotFoundError(key=key)
    return _views(session, [row])[0]


def articles_by_id(session: Session, ids: Sequence[int]) -> tuple[ArticleView, ...]:
    """These articles, newest first."""
    rows = session.scalars(_ordered(_loaded(select(ArticleRow).where(ArticleRow.id.in_(ids)))))
    return _views(session, rows.all())


def history(session: Session, article_id: int) -> tuple[Revision, ...]:
    """All revisions of an article, the first one first."""
    return revisions.revisions(session, article_id)


def stats(session: Session, *, top: int = 20) -> Stats:
    """Numbers over the whole database; tags, sections and authors the ``top`` most frequent."""
    per_publisher = session.execute(
        select(
            ArticleRow.publisher,
            func.count(),
            func.count().filter(ArticleRow.publishable),
            func.count(ArticleRow.withdrawn_at),
            func.min(ArticleRow.published_at),
            func.max(ArticleRow.published_at),
        )
        .group_by(ArticleRow.publisher)
        .order_by(ArticleRow.publisher)
    )
    return Stats(
        publishers=tuple(
            PublisherStats(
                publisher=name,
                articles=count,
                publishable=publishable,
                withdrawn=withdrawn,
                first_published=first,
                last_published=last,
            )
            for name, count, publishable, withdrawn, first, last in per_publisher
        ),
        months=_months(session),
        sections=_frequent(session, ArticleRow.section, top),
        tags=_frequent(session, TagRow.tag, top),
        topics=_frequent(session, TopicRow.topic, top),
        authors=_frequent(session, CreditRow.name, top),
    )


def parse_day(text: str, name: str) -> date:
    """A day written ``YYYY-MM-DD``. Raises ``QueryError`` naming the filter."""
    try:
        day = date.fromisoformat(text.strip())
        if day.isoformat() != text.strip():
            raise ValueError("another of the forms in ISO 8601")
    except ValueError as error:
        raise QueryError(field=name, value=text, detail="write a day as YYYY-MM-DD") from error
    return day


# --- statements -----------------------------------------------------------------------------------


def _select(wanted: ArticleFilter) -> Select[ArticleRow]:
    return _ordered(_loaded(select(ArticleRow).where(*_conditions(wanted))))


def _loaded(statement: Select[ArticleRow]) -> Select[ArticleRow]:
    return statement.options(*WITH_PARTS)


def _ordered(statement: Select[ArticleRow]) -> Select[ArticleRow]:
    return statement.order_by(ArticleRow.sort_at.desc(), ArticleRow.id.desc())


def _conditions(wanted: ArticleFilter) -> list[ColumnElement[bool]]:
    texts = (getattr(wanted, name) for name in _TEXTS)
    if any(text is not None and _NO_TEXT.search(text) for text in texts):
        return [false()]
    found: list[ColumnElement[bool]] = []
    if wanted.publisher is not None:
        found.append(ArticleRow.publisher == wanted.publisher)
    if wanted.section is not None:
        found.append(func.lower(ArticleRow.section) == func.lower(wanted.section))
    if wanted.tag is not None:
        of_article = TagRow.article_id == ArticleRow.id
        named = func.lower(TagRow.tag) == func.lower(wanted.tag)
        found.append(exists().where(of_article, named))
    if wanted.topic is not None:
        of_article = TopicRow.article_id == ArticleRow.id
        found.append(exists().where(of_article, TopicRow.topic == wanted.topic))
    if wanted.author is not None:
        of_article = CreditRow.article_id == ArticleRow.id
        named = CreditRow.name.icontains(wanted.author, autoescape=True)
        found.append(exists().where(of_article, named))
    if wanted.publishable is not None:
        found.append(ArticleRow.publishable.is_(wanted.publishable))
    if wanted.withdrawn is not None:
        locked = ArticleRow.withdrawn_at
        found.append(locked.is_not(None) if wanted.withdrawn else locked.is_(None))
    if wanted.unpublished is not None:
        published = portal.is_published()
        found.append(~published if wanted.unpublished else published)
    return [*found, *_days(wanted), *_words(wanted.text)]


def _days(wanted: ArticleFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.since is not None and wanted.until is not None and wanted.since > wanted.until:
        raise QueryError(field="since", value=str(wanted.since), detail="is after 'until'")
    if wanted.since is not None:
        yield ArticleRow.sort_at >= _midnight(wanted.since, wanted.zone, "since")
    if wanted.until is not None and wanted.until < date.max:
        yield ArticleRow.sort_at < _midnight(wanted.until + timedelta(days=1), wanted.zone, "until")


def _midnight(day: date, zone: ZoneInfo, name: str) -> datetime:
    try:
        return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)
    except OverflowError as error:
        raise QueryError(field=name, value=str(day), detail="is out of range") from error


def _words(text: str | None) -> Iterator[ColumnElement[bool]]:
    for word in (text or "").split():
        yield or_(
            ArticleRow.headline.icontains(word, autoescape=True),
            ArticleRow.body.icontains(word, autoescape=True),
        )


def _after(sort_at: datetime, article_id: int) -> ColumnElement[bool]:
    return or_(
        ArticleRow.sort_at < sort_at,
        and_(ArticleRow.sort_at == sort_at, ArticleRow.id < article_id),
    )


def _is(key: str) -> ColumnElement[bool]:
    if _NO_TEXT.search(key):
        raise ArticleNotFoundError(key=key)
    if key.isdecimal() and len(key) < 16 and int(key) in _IDS:
        return ArticleRow.id == int(key)
    publisher, colon, external_id = key.partition(":")
    if colon and not external_id.startswith("//"):
        return and_(ArticleRow.publisher == publisher, ArticleRow.external_id == external_id)
    try:
        urls = {key, canonicalize(key)}
    except InvalidURLError as error:
        raise ArticleNotFoundError(key=key) from error
    alias = select(ArticleUrlRow.article_id).where(ArticleUrlRow.url.in_(urls))
    return or_(ArticleRow.canonical_url.in_(urls), ArticleRow.id.in_(alias))


def _views(session: Session, rows: Sequence[ArticleRow]) -> tuple[ArticleView, ...]:
    known = holdings(session, rows)
    return tuple(
        ArticleView(id=row.id, found=attributed(row), holding=known[row.id]) for row in rows
    )


def _months(session: Session) -> dict[str, int]:
    # PostgreSQL cuts a moment in the zone of the session, SQLite holds UTC.
    moment: ColumnElement[datetime] = ArticleRow.sort_at.expression
    if session.get_bind().dialect.name == "postgresql":
        moment = func.timezone(literal_column("'UTC'"), moment)
    year, month = func.extract("year", moment), func.extract("month", moment)
    rows = session.execute(
        select(year, month, func.count()).group_by(year, month).order_by(year, month)
    )
    return {f"{int(y):04d}-{int(m):02d}": count for y, m, count in rows}


def _frequent(session: Session, column: Any, top: int) -> dict[str, int]:
    count = func.count()
    rows = session.execute(
        select(column, count)
        .where(column.is_not(None))
        .group_by(column)
        .order_by(count.desc(), column)
        .limit(top)
    )
    return dict(rows.all())


# --- cursors --------------------------------------------------------------------------------------


def _encode(row: ArticleRow) -> str:
    text = json.dumps([row.sort_at.isoformat(), row.id])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str) -> tuple[datetime, int]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        sort_at, article_id = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
        moment = datetime.fromisoformat(sort_at)
        if moment.tzinfo is None or type(article_id) is not int or article_id not in _IDS:
            raise ValueError("not a cursor")
        moment = moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise QueryError(
            field="cursor", value=cursor, detail="use the one that the page before gave"
        ) from error
    return moment, article_id
