"""Where a page ended, as a text that a client hands back. Nothing in it is secret or trusted."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aggregator.errors import QueryError
from aggregator.query.lookup import IDS
from aggregator.search.relevance import SCALE


@dataclass(frozen=True, kw_only=True)
class Position:
    """An article's place in every list by time."""

    sort_at: datetime
    id: int


@dataclass(frozen=True, kw_only=True)
class RankedPosition:
    """An article's place in a list by relevance, and what that list was made of."""

    score: int
    at: Position
    as_of: datetime
    """The moment by which articles are old or new."""
    oldest: tuple[Position | None, ...]
    """The last candidate of each kind; ``None``: there were no more."""


def encode(position: Position) -> str:
    return _encoded(_plain(position))


def decode(cursor: str) -> Position:
    """Raises ``QueryError`` for what no page by time gave."""
    try:
        return _position(_decoded(cursor))
    except _UNUSABLE as error:
        raise _refused(cursor) from error


def encode_ranked(position: RankedPosition) -> str:
    oldest = [edge and _plain(edge) for edge in position.oldest]
    return _encoded([position.score, _plain(position.at), position.as_of.isoformat(), oldest])


def decode_ranked(cursor: str, kinds: int) -> RankedPosition:
    """Raises ``QueryError`` for what no page by relevance gave."""
    try:
        score, at, as_of, oldest = _decoded(cursor)
        if type(score) is not int or not 0 <= score <= SCALE or len(oldest) != kinds:
            raise ValueError("not a cursor")
        return RankedPosition(
            score=score,
            at=_position(at),
            as_of=_moment(as_of),
            oldest=tuple(None if edge is None else _position(edge) for edge in oldest),
        )
    except _UNUSABLE as error:
        raise _refused(cursor) from error


_UNUSABLE = (ValueError, TypeError, OverflowError, RecursionError)


def _refused(cursor: str) -> QueryError:
    return QueryError(field="cursor", value=cursor, detail="use the one that the page before gave")


def _plain(position: Position) -> list[object]:
    return [position.sort_at.isoformat(), position.id]


def _position(plain: Sequence[Any]) -> Position:
    sort_at, article_id = plain
    if type(article_id) is not int or article_id not in IDS:
        raise ValueError("not a cursor")
    return Position(sort_at=_moment(sort_at), id=article_id)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("not a cursor")
    return moment.astimezone(UTC)


def _encoded(value: object) -> str:
    text = json.dumps(value, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decoded(cursor: str) -> Any:
    padded = cursor + "=" * (-len(cursor) % 4)
    return json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
