"""Which articles are asked for: one filter for the command line, Python, the API and feeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement

from aggregator.errors import QueryError
from aggregator.model import ReviewState, Role
from aggregator.search.aliases import Aliases, bundled_aliases

MAX_LIMIT = 1000
"""Views on one page. Larger wishes are what ``iter_articles`` is for."""


class Sort(StrEnum):
    NEWEST = "newest"
    RELEVANCE = "relevance"
    """By the words of ``text``; without any, newest first."""


@dataclass(frozen=True, kw_only=True)
class ArticleFilter:
    """Which articles. ``None`` means: whatever it is."""

    publisher: str | Sequence[str] | None = None
    """One, or any of several."""
    channel: str | None = None
    """The name of a channel that listed the article (``rss-pendidikan``)."""
    section: str | None = None
    tag: str | None = None
    topic: str | None = None
    """One of ours, by its name."""
    author: str | None = None
    """Part of a credited name, upper or lower case."""
    role: Role | None = None
    """What the author did; without ``author``: somebody is credited for it."""
    place: str | None = None
    """Of the dateline: a city, regency or province by any of its names, else as printed."""
    province: str | None = None
    """That the dateline's place lies in."""
    agency: str | None = None
    language: str | None = None
    """As pages declare it (``id``)."""
    since: date | None = None
    """First day, in ``zone``. Publication, else first sight, is what counts."""
    until: date | None = None
    """Last day, included."""
    first_seen_since: datetime | None = None
    """Stored at this moment or later, whenever they were published."""
    revised: bool | None = None
    """Whether it changed after it was first stored."""
    has_image: bool | None = None
    text: str | None = None
    """A query in the language of docs/reference/search.md."""
    publishable: bool | None = None
    representatives: bool | None = None
    """True: of the prints of one text only the representative. False: only the others."""
    withdrawn: bool | None = False
    """Whether it may no longer be shown. ``None`` is for the people who run the program only."""
    review: ReviewState | None = None
    """What the school decided about showing it."""
    unpublished: bool | None = None
    """True: on no portal of the school's yet."""
    sort: Sort = Sort.NEWEST
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Makassar"))
    aliases: Aliases = field(default_factory=bundled_aliases, repr=False)
    """Other names of what ``text`` names."""
    also: tuple[ColumnElement[bool], ...] = field(default=(), repr=False, compare=False)
    """What the caller asks beyond all this of ``ArticleRow``, such as an editor's approval."""
    limit: int | None = 20
    """Views on a page. ``None``: all, for ``iter_articles`` only."""

    @property
    def publishers(self) -> tuple[str, ...]:
        if self.publisher is None:
            return ()
        return (self.publisher,) if isinstance(self.publisher, str) else tuple(self.publisher)


def parse_day(text: str, name: str) -> date:
    """A day written ``YYYY-MM-DD``. Raises ``QueryError`` naming the filter."""
    try:
        day = date.fromisoformat(text.strip())
        if day.isoformat() != text.strip():
            raise ValueError("another of the forms in ISO 8601")
    except ValueError as error:
        raise QueryError(field=name, value=text, detail="write a day as YYYY-MM-DD") from error
    return day
