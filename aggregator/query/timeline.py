"""Articles over time, by days, weeks and months of the school's clock. Always exact."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, func, literal, select
from sqlalchemy.orm import Session

from aggregator.query.filter import ArticleFilter
from aggregator.query.reading import read
from storage.statements import dialect_of
from storage.tables import ArticleRow

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


class Interval(StrEnum):
    DAY = "day"
    WEEK = "week"
    """From Monday."""
    MONTH = "month"


@dataclass(frozen=True, kw_only=True)
class Bucket:
    start: date
    """Its first day."""
    articles: int

    def to_json(self) -> dict[str, Any]:
        return {"start": self.start.isoformat(), "articles": self.articles}


def count_over_time(
    session: Session, wanted: ArticleFilter, by: Interval = Interval.MONTH
) -> tuple[Bucket, ...]:
    """From the first article's bucket to the last one's, those without any included.

    A filter with ``since`` and ``until`` begins and ends with their buckets.
    """
    conditions = read(session, wanted).all(session)
    counted: Counter[date] = Counter()
    for day, articles in _by_day(session, conditions, wanted.zone):
        counted[_start(day, by)] += articles
    edges = [*counted, *(_start(day, by) for day in (wanted.since, wanted.until) if day)]
    if not counted:
        return ()
    return tuple(
        Bucket(start=start, articles=counted[start])
        for start in _starts(min(edges), max(edges), by)
    )


def _by_day(
    session: Session, conditions: Sequence[ColumnElement[bool]], zone: ZoneInfo
) -> Iterator[tuple[date, int]]:
    row = ArticleRow
    first, last = _edges(session, conditions)
    if first is None or last is None:
        return
    for begin, end, offset in _spans(first, last, zone):
        day = _local_day(dialect_of(session), offset).label("day")
        within = (row.sort_at >= begin, row.sort_at < end)
        rows = session.execute(
            select(day, func.count()).where(*conditions, *within).group_by("day")
        )
        yield from ((date.fromisoformat(text), count) for text, count in rows)


def _edges(
    session: Session, conditions: Sequence[ColumnElement[bool]]
) -> tuple[datetime | None, datetime | None]:
    found = select(func.min(ArticleRow.sort_at), func.max(ArticleRow.sort_at)).where(*conditions)
    first, last = session.execute(found).one()
    return first, last


def _local_day(dialect: str, offset: timedelta) -> ColumnElement[str]:
    """The day of ``sort_at`` where clocks are so far ahead of UTC, as text."""
    if dialect == "postgresql":
        there = func.timezone(literal("UTC", String()), ArticleRow.sort_at) + offset
        found: ColumnElement[str] = func.to_char(there, "YYYY-MM-DD")
        return found
    minutes = offset // MINUTE
    return func.date(ArticleRow.sort_at, f"{minutes:+d} minutes", type_=String())


def _spans(
    first: datetime, last: datetime, zone: ZoneInfo
) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """(begin, end, offset): the time from first to last, cut where the zone's clock was changed.

    Indonesia's zones have one span; others have two a year.
    """
    begin, offset = first, _offset(first, zone)
    moment = first
    while moment <= last:
        following = moment + DAY
        if _offset(following, zone) != offset:
            change = _change(moment, following, zone)
            if change > last:
                break
            yield begin, change, offset
            begin, offset = change, _offset(change, zone)
        moment = following
    yield begin, last + timedelta(seconds=1), offset


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first minute that has another offset than the moment before."""
    base, old = before.replace(second=0, microsecond=0), _offset(before, zone)
    minutes = range((after - base) // MINUTE + 1)
    passed = bisect_left(minutes, True, key=lambda n: _offset(base + n * MINUTE, zone) != old)
    return base + passed * MINUTE


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)


def _start(day: date, by: Interval) -> date:
    if by is Interval.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if by is Interval.MONTH else day


def _starts(first: date, last: date, by: Interval) -> Iterator[date]:
    start = first
    while start <= last:
        yield start
        start = _start(start + _LONGEST[by], by)


_LONGEST = {Interval.DAY: DAY, Interval.WEEK: 7 * DAY, Interval.MONTH: 31 * DAY}
"""So much after a start is in the next bucket: a month's first day and 31 is within the next."""
