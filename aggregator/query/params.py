"""A filter from text parameters: what the command line, an address or a feed's settings hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from aggregator.errors import QueryChoiceError, QueryError, QueryRangeError
from aggregator.model import ReviewState, Role
from aggregator.query.days import midnight
from aggregator.query.filter import MAX_LIMIT, ArticleFilter, Sort, parse_day
from aggregator.search.aliases import Aliases, bundled_aliases

SEPARATOR = ","
"""Between several publishers."""

WITA = ZoneInfo("Asia/Makassar")


def filter_from_params(
    params: Mapping[str, str],
    *,
    zone: ZoneInfo = WITA,
    aliases: Aliases | None = None,
    max_limit: int = MAX_LIMIT,
) -> ArticleFilter:
    """Read every parameter, and refuse what is none: a misspelt filter would show everything.

    An empty value is one that was not given. ``aliases``: ``None`` for the bundled ones. Raises
    ``QueryError`` naming the parameter.
    """
    values: dict[str, Any] = {}
    for name, text in params.items():
        if name not in PARAMETERS:
            raise QueryChoiceError(field="filter", value=name, known=", ".join(PARAMETERS))
        if text.strip():
            values[name] = PARAMETERS[name](name, text.strip(), zone)
    limit = values.get("limit")
    if limit is not None and not 1 <= limit <= max_limit:
        raise QueryRangeError(field="limit", value=limit, least=1, most=max_limit)
    return ArticleFilter(**values, zone=zone, aliases=aliases or bundled_aliases())


# --- readers --------------------------------------------------------------------------------------

Reader = Callable[[str, str, ZoneInfo], Any]
"""(parameter, its text, the school's zone) -> value. Raises ``QueryError``."""


def _text(_name: str, text: str, _zone: ZoneInfo) -> str:
    return text


def _several(_name: str, text: str, _zone: ZoneInfo) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(SEPARATOR) if part.strip())


def _day(name: str, text: str, _zone: ZoneInfo) -> Any:
    return parse_day(text, name)


def _moment(name: str, text: str, zone: ZoneInfo) -> datetime:
    """A day of the school, or a moment with its offset."""
    if len(text) == len("2026-08-01"):
        return midnight(parse_day(text, name), zone, name)
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError("without an offset")
        moment.astimezone(zone)
    except (ValueError, OverflowError) as error:
        raise QueryError(
            field=name,
            value=text,
            detail="write a day as YYYY-MM-DD, or a moment as YYYY-MM-DDThh:mm:ss+08:00",
        ) from error
    return moment


def _number(name: str, text: str, _zone: ZoneInfo) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise QueryError(field=name, value=text, detail="write a number")
    return int(text)


def _truth(name: str, text: str, _zone: ZoneInfo) -> bool:
    for answer, words in _TRUTHS.items():
        if text.casefold() in words:
            return answer
    raise QueryError(field=name, value=text, detail="write true or false")


_TRUTHS = {True: ("true", "1", "yes", "ya"), False: ("false", "0", "no", "tidak")}


def _one_of(kind: type[StrEnum]) -> Reader:
    def read(name: str, text: str, _zone: ZoneInfo) -> StrEnum:
        try:
            return kind(text.casefold())
        except ValueError as error:
            raise QueryChoiceError(field=name, value=text, known=", ".join(kind)) from error

    return read


PARAMETERS: Mapping[str, Reader] = MappingProxyType(
    {
        "publisher": _several,
        "channel": _text,
        "section": _text,
        "tag": _text,
        "topic": _text,
        "author": _text,
        "role": _one_of(Role),
        "place": _text,
        "province": _text,
        "agency": _text,
        "language": _text,
        "since": _day,
        "until": _day,
        "first_seen_since": _moment,
        "revised": _truth,
        "has_image": _truth,
        "publishable": _truth,
        "representatives": _truth,
        "review": _one_of(ReviewState),
        "unpublished": _truth,
        "withdrawn": _truth,
        "text": _text,
        "sort": _one_of(Sort),
        "limit": _number,
    }
)
"""By the names of the filter's fields."""
