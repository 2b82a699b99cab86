"""What a query consists of, as typed and as meant. One type per stage, named after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

# --- as typed -------------------------------------------------------------------------------------


class Kind(StrEnum):
    WORD = "word"
    PHRASE = "phrase"
    """In quotes, or several words in one (``2.250``, ``Jawa-Bali``)."""
    PREFIX = "prefix"


@dataclass(frozen=True, kw_only=True)
class Typed:
    """One thing to look for."""

    text: str
    kind: Kind = Kind.WORD
    headline: bool = False
    """Only in the headline."""


@dataclass(frozen=True, kw_only=True)
class Clause:
    """Any of its alternatives; with ``negated`` none of them."""

    alternatives: tuple[Typed, ...]
    negated: bool = False


class Operator(StrEnum):
    """What is asked of an article beside its words."""

    AUTHOR = "author"
    PUBLISHER = "publisher"
    SECTION = "section"
    TAG = "tag"
    TOPIC = "topic"
    PLACE = "place"
    BEFORE = "before"
    AFTER = "after"
    SINCE = "since"
    UNTIL = "until"


HEADLINE = ("judul", "title")
"""The operator that limits words to the headline."""

OPERATORS: Mapping[str, Operator] = MappingProxyType(
    {
        "penulis": Operator.AUTHOR,
        "penerbit": Operator.PUBLISHER,
        "rubrik": Operator.SECTION,
        "tag": Operator.TAG,
        "topik": Operator.TOPIC,
        "tempat": Operator.PLACE,
        "sebelum": Operator.BEFORE,
        "sesudah": Operator.AFTER,
        "sejak": Operator.SINCE,
        "sampai": Operator.UNTIL,
        **{str(operator): operator for operator in Operator},
    }
)
"""Names, Indonesian and English, as they are typed before a colon."""


@dataclass(frozen=True, kw_only=True)
class Condition:
    operator: Operator
    value: str
    negated: bool = False


@dataclass(frozen=True, kw_only=True)
class Query:
    """All clauses and all conditions must hold."""

    clauses: tuple[Clause, ...] = ()
    conditions: tuple[Condition, ...] = ()

    def prefixes(self) -> Iterator[str]:
        for clause in self.clauses:
            yield from (t.text for t in clause.alternatives if t.kind is Kind.PREFIX)


# --- as meant -------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """Terms in a row; a single one is a phrase too."""

    terms: tuple[str, ...]
    headline: bool = False


@dataclass(frozen=True, kw_only=True)
class AllOf:
    parts: tuple[Phrase, ...]


@dataclass(frozen=True, kw_only=True)
class AnyOf:
    parts: tuple[Phrase | AllOf, ...]


Meant = Phrase | AllOf | AnyOf


@dataclass(frozen=True, kw_only=True)
class Search:
    """The words of a query, meant: all of ``wanted`` and none of ``unwanted``."""

    wanted: tuple[Meant, ...] = ()
    unwanted: tuple[Meant, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)


def phrases(meant: Meant) -> Iterator[Phrase]:
    """Everything that may stand in a text because of it."""
    if isinstance(meant, Phrase):
        yield meant
    else:
        for part in meant.parts:
            yield from phrases(part)


def in_headline(search: Search) -> Search:
    """The same, with everything that is wanted standing in the headline."""
    return replace(search, wanted=tuple(map(_in_headline, search.wanted)))


def _in_headline(meant: Meant) -> Meant:
    match meant:
        case Phrase():
            return replace(meant, headline=True)
        case AllOf(parts=parts):
            return AllOf(parts=tuple(replace(phrase, headline=True) for phrase in parts))
        case AnyOf(parts=parts):
            return AnyOf(parts=tuple(_in_headline(part) for part in parts))  # type: ignore[misc]
