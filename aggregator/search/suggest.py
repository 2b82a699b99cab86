""" "Did you mean": words of the collection that are spelt nearly like one that finds nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from aggregator.search.syntax import Kind, Query
from aggregator.search.words import WORD

SHORTEST = 4
"""Any three letters are one slip away from some other word."""

LONG = 6
"""Letters from which on a word is allowed two slips."""

MOST = 8
"""Candidates that are worth asking the index about."""


def words_of(query: Query) -> Iterator[str]:
    """The words that are looked for, as typed."""
    for clause in query.clauses:
        if not clause.negated:
            for typed in clause.alternatives:
                if typed.kind is not Kind.PREFIX:
                    yield from WORD.findall(typed.text)


def nearest(word: str, vocabulary: Sequence[str], frequency: Callable[[str], int]) -> str | None:
    """The known word that is most likely meant: fewest slips, then found most often.

    A slip is a letter too many, too few, wrong, or exchanged with its neighbour (``pendiidkan``).
    """
    if len(word) < SHORTEST or not word.isalpha():
        return None
    slips = 2 if len(word) >= LONG else 1
    found = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=slips, limit=MOST)
    ranked = [(distance, -frequency(known), known) for known, distance, _ in found if distance]
    return next((known for _, rare, known in sorted(ranked) if rare), None)


def replaced(text: str, wrong: str, right: str) -> str:
    """The query with a word exchanged, operators and quotes kept."""
    return re.sub(rf"(?<![^\W_]){re.escape(wrong)}(?![^\W_])", right, text)
