"""``Query`` -> ``Search``: stems for words, other names beside names, words for a prefix.

What is typed in a row without quotes may be a name of several words (``sekolah menengah
kejuruan``): then its other names are as good (``SMK``). What stands in quotes means itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from aggregator.errors import QueryError
from aggregator.search.aliases import Aliases
from aggregator.search.parser import FIELD
from aggregator.search.syntax import (
    AllOf,
    AnyOf,
    Clause,
    Kind,
    Meant,
    Phrase,
    Query,
    Search,
    Typed,
)
from aggregator.search.words import terms

MAX_EXPANSION = 500
"""Terms that a prefix may stand for. Six hundred alternatives take SQLite 50 ms."""

Vocabulary = Callable[[str, int], Sequence[str]]
"""(prefix, limit) -> terms of the words that begin so, at most ``limit`` of them."""


def meaning(query: Query, aliases: Aliases, vocabulary: Vocabulary) -> Search:
    """Raises ``QueryError`` for a prefix that stands for too many words."""
    reading = _Reading(aliases, vocabulary)
    return Search(
        wanted=tuple(reading.clauses(c for c in query.clauses if not c.negated)),
        unwanted=tuple(reading.clauses(c for c in query.clauses if c.negated)),
    )


class _Reading:
    def __init__(self, aliases: Aliases, vocabulary: Vocabulary) -> None:
        self._aliases = aliases
        self._vocabulary = vocabulary

    def clauses(self, clauses: Iterator[Clause]) -> Iterator[Meant]:
        for plain, run in groupby(clauses, key=_plain_word):
            if plain is None:
                yield from map(self._clause, run)
            else:
                words = [clause.alternatives[0] for clause in run]
                yield from self._row(words, headline=plain == "headline")

    def _row(self, words: Sequence[Typed], *, headline: bool) -> Iterator[Meant]:
        """Words in a row: names of several words first, the longest that fits."""
        row = tuple(term for word in words for term in terms(word.text))
        while row:
            length = next(n for n in range(len(row), 0, -1) if n == 1 or self._is_name(row[:n]))
            yield self._named(row[:length], headline)
            row = row[length:]

    def _is_name(self, row: tuple[str, ...]) -> bool:
        return len(row) <= self._aliases.longest and row in self._aliases.others

    def _named(self, row: tuple[str, ...], headline: bool) -> Meant:
        typed: tuple[Phrase, ...] = tuple(Phrase(terms=(t,), headline=headline) for t in row)
        itself = typed[0] if len(typed) == 1 else AllOf(parts=typed)
        others = self._aliases.others.get(row, ())
        if not others:
            return itself
        found = (Phrase(terms=name, headline=headline) for name in others)
        return AnyOf(parts=(itself, *found))

    def _clause(self, clause: Clause) -> Meant:
        parts = [part for typed in clause.alternatives for part in self._alternative(typed)]
        return parts[0] if len(parts) == 1 else AnyOf(parts=tuple(parts))

    def _alternative(self, typed: Typed) -> Iterator[Phrase | AllOf]:
        if typed.kind is Kind.PREFIX:
            yield from self._prefixed(typed)
        elif typed.kind is Kind.PHRASE:
            yield Phrase(terms=tuple(terms(typed.text)), headline=typed.headline)
        else:
            meant = self._named(tuple(terms(typed.text)), typed.headline)
            yield from meant.parts if isinstance(meant, AnyOf) else (meant,)

    def _prefixed(self, typed: Typed) -> Iterator[Phrase]:
        found = self._vocabulary(typed.text, MAX_EXPANSION + 1)
        if len(found) > MAX_EXPANSION:
            raise QueryError(
                field=FIELD,
                value=f"{typed.text}*",
                detail="too many words begin so; type more letters",
            )
        # No word begins so: then neither is this one anywhere.
        for term in found or (typed.text,):
            yield Phrase(terms=(term,), headline=typed.headline)


def _plain_word(clause: Clause) -> str | None:
    """Words that may make up a name together; ``None`` for anything else."""
    if len(clause.alternatives) > 1 or clause.alternatives[0].kind is not Kind.WORD:
        return None
    return "headline" if clause.alternatives[0].headline else "anywhere"
