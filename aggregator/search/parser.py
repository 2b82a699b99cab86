"""The text of a query -> ``Query``. Every fault is a ``QueryError`` that says what to do.

Known look-alikes that are *not* faults: a pasted headline (``Mendikbud: SMK Juara - Republika``: a
sign without a letter or digit means nothing), a time (``10:30``), an address (``https://…``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from aggregator.errors import QueryError
from aggregator.search.syntax import (
    HEADLINE,
    OPERATORS,
    Clause,
    Condition,
    Kind,
    Operator,
    Query,
    Typed,
)
from aggregator.search.words import WORD, words

FIELD = "text"
"""What a ``QueryError`` names: the filter that holds the query."""

MAX_LENGTH = 500
MAX_CLAUSES = 30
MIN_PREFIX = 3
"""Letters before a star. ``be*`` is thousands of words."""

OR_WORDS = frozenset(("ATAU", "OR", "|"))

_QUOTES = str.maketrans("“”„‟«»″", '"' * 7)
_ITEM = re.compile(
    r"""(?P<minus>-(?=[^\s-]))?
        (?:(?P<name>[^\W\d_]+):(?!//))?
        (?:"(?P<quoted>[^"]*)" | (?P<open>") | (?P<bare>[^\s"]+) | (?=\s|$))""",
    re.VERBOSE,
)
_STARRED = re.compile(r"([^*]*[^\W_])\*[^\w*]*")


@dataclass(frozen=True, kw_only=True)
class _Item:
    """A piece of the text between white space or quotes."""

    written: str
    name: str | None
    """Before a colon."""
    text: str
    quoted: bool
    negated: bool


@dataclass(frozen=True, kw_only=True)
class _Or:
    written: str


_Piece = Clause | Condition | _Or


def parse(text: str) -> Query:
    """Raises ``QueryError``. A text of white space is the query that every article answers."""
    if len(text) > MAX_LENGTH:
        raise QueryError(field=FIELD, value=f"{text[:20]}…", detail="is too long")
    found = list(_joined(filter(None, map(_piece, _items(text.translate(_QUOTES))))))
    if not found and text.strip():
        raise QueryError(field=FIELD, value=text, detail="has no word to look for")
    if len(found) > MAX_CLAUSES:
        raise QueryError(field=FIELD, value=f"{text[:20]}…", detail="has too many words")
    return Query(
        clauses=tuple(piece for piece in found if isinstance(piece, Clause)),
        conditions=tuple(piece for piece in found if isinstance(piece, Condition)),
    )


def _items(text: str) -> Iterator[_Item]:
    position = 0
    while position < len(text):
        match = _ITEM.match(text, position)
        if match is None or match.end() == position:
            position += 1  # white space
            continue
        if match["open"]:
            raise QueryError(field=FIELD, value=match[0], detail="a quote is not closed")
        position = match.end()
        yield _Item(
            written=match[0],
            name=match["name"],
            text=match["quoted"] or match["bare"] or "",
            quoted=match["quoted"] is not None,
            negated=bool(match["minus"]),
        )


def _piece(item: _Item) -> _Piece | None:
    """``None`` for a sign that means nothing."""
    if item.name is None:
        if item.written in OR_WORDS:
            return _Or(written=item.written)
        return _clause(item)
    name = item.name.casefold()
    if name in HEADLINE or name in OPERATORS:
        if not item.text.strip():
            raise QueryError(
                field=FIELD, value=item.written, detail="write the value right after the colon"
            )
        return _clause(item) if name in HEADLINE else _condition(OPERATORS[name], item)
    if item.text or item.quoted:
        raise QueryError(
            field=FIELD,
            value=f"{item.name}:",
            detail="no such operator; in quotes it is searched for as words",
        )
    # "Mendikbud: …", as headlines begin.
    return _clause(replace(item, name=None, text=item.name))


def _condition(operator: Operator, item: _Item) -> Condition:
    return Condition(operator=operator, value=item.text.strip(), negated=item.negated)


def _clause(item: _Item) -> Clause | None:
    typed = _typed(item)
    return Clause(alternatives=(typed,), negated=item.negated) if typed else None


def _typed(item: _Item) -> Typed | None:
    headline = item.name is not None
    if "*" in item.text and not item.quoted and WORD.search(item.text):
        return Typed(text=_prefix(item), kind=Kind.PREFIX, headline=headline)
    found = words(item.text)
    if not found:
        if item.quoted or headline:
            raise QueryError(field=FIELD, value=item.written, detail="has no word to look for")
        return None
    several = item.quoted or len(found) > 1
    kind = Kind.PHRASE if several else Kind.WORD
    return Typed(text=item.text, kind=kind, headline=headline)


def _prefix(item: _Item) -> str:
    match = _STARRED.fullmatch(item.text)
    before = words(match[1]) if match else []
    if len(before) != 1:
        raise QueryError(
            field=FIELD, value=item.written, detail="a star stands at the end of one word"
        )
    prefix, _ = before[0]
    if len(prefix) < MIN_PREFIX:
        raise QueryError(
            field=FIELD, value=item.written, detail="a star needs three letters before it"
        )
    return prefix


def _joined(pieces: Iterable[_Piece]) -> Iterator[Clause | Condition]:
    """Clauses with an ``ATAU`` between them become one."""
    before: Clause | Condition | None = None
    joining: _Or | None = None
    for piece in pieces:
        if isinstance(piece, _Or):
            if before is None or joining is not None:
                raise _joins_nothing(piece)
            joining = piece
        elif joining is not None:
            before, joining = _either(before, piece, joining), None
        else:
            if before is not None:
                yield before
            before = piece
    if joining is not None:
        raise _joins_nothing(joining)
    if before is not None:
        yield before


def _either(one: Clause | Condition | None, other: Clause | Condition, word: _Or) -> Clause:
    if not isinstance(one, Clause) or not isinstance(other, Clause):
        raise _joins_nothing(word)
    if one.negated or other.negated:
        raise _joins_nothing(word)
    return Clause(alternatives=one.alternatives + other.alternatives)


def _joins_nothing(word: _Or) -> QueryError:
    return QueryError(field=FIELD, value=word.written, detail="must stand between two words")
