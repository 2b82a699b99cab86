"""Texts as hashed words: the first half of every comparison of texts.

Many texts are read at once, in arrays: 12 microseconds for a text of 290 words, where a regular
expression and one hash for each word take 54 (CPython 3.11, NumPy 2.4, the same texts).

What is a word is written down here and not left to Python's Unicode tables, so that the same text
has the same hashes on every machine and in every version.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Hashes: TypeAlias = NDArray[np.uint64]

WORD_CHARACTERS = (
    (0x30, 0x39),  # 0-9
    (0x61, 0x7A),  # a-z; texts are folded
    (0xC0, 0xD6),
    (0xD8, 0xF6),
    (0xF8, 0x024F),  # Latin letters with accents
    (0x0370, 0x1FFF),  # Greek to Greek Extended, Arabic among them
    (0x2C00, 0x2DFF),
    (0x3041, 0xD7FF),  # Chinese, Japanese, Korean
)
"""Ranges of code points, both ends included. All others stand between words."""

MAX_LENGTH = 50_000
"""Characters of a text that are looked at. The longest real article at hand has 9,000."""

TOGETHER = 64
"""Texts read at once: their arrays stay in the processor's cache."""

_UNITS = 2**16
"""Numbers of 16 bits, in which text is looked at. What needs two of them is never a word: emoji,
letters of mathematics."""

# Odd multipliers: the golden ratio (Knuth), and those that finish SplitMix64 (Steele 2014).
_BASE = 0x9E3779B97F4A7C15
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


class Words:
    """The words of one text, in order."""

    def __init__(self, batch: _Batch, first: int, last: int) -> None:
        self._batch = batch
        self._first, self._last = first, last

    def __len__(self) -> int:
        return self._last - self._first

    @property
    def hashes(self) -> Hashes:
        return self._batch.hashes[self._first : self._last]

    def shingles(self, size: int) -> Hashes:
        """A hash of every ``size`` consecutive words, in order."""
        last = max(self._first, self._last - size + 1)
        return self._batch.shingles(size)[self._first : last]

    def word(self, position: int) -> str:
        """Folded."""
        return self._batch.word(self._first + position)


def read_words(texts: Sequence[str]) -> list[Words]:
    """The words of each text, whatever their case."""
    return [
        words
        for start in range(0, len(texts), TOGETHER)
        for words in _read(texts[start : start + TOGETHER])
    ]


def _read(texts: Sequence[str]) -> list[Words]:
    folded = [text[:MAX_LENGTH].casefold() for text in texts]
    # A break belongs to no word, so no word spans two texts.
    batch = _Batch("\n".join(folded))
    lengths = [len(text.encode("utf-16-le", "surrogatepass")) // 2 + 1 for text in folded]
    borders = batch.count_words(np.cumsum([0, *lengths]))
    return [Words(batch, first, last) for first, last in pairwise(borders.tolist())]


class _Batch:
    """Many texts read as one."""

    def __init__(self, text: str) -> None:
        self._units = text.encode("utf-16-le", "surrogatepass")
        codes = np.frombuffer(self._units, dtype=np.uint16)
        self._starts, self._ends = _borders(_is_word_character()[codes])
        self.hashes = _hash_words(codes, self._starts, self._ends)
        self._shingles: dict[int, Hashes] = {}

    def count_words(self, positions: NDArray[np.intp]) -> NDArray[np.intp]:
        """How many words start before each position."""
        return np.searchsorted(self._starts, positions)

    def word(self, number: int) -> str:
        start, end = 2 * self._starts[number], 2 * self._ends[number]
        return self._units[start:end].decode("utf-16-le", "surrogatepass")

    def shingles(self, size: int) -> Hashes:
        """Of all texts at once, those that span two texts among them."""
        if size not in self._shingles:
            self._shingles[size] = _shingles(self.hashes, size)
        return self._shingles[size]


def _shingles(hashes: Hashes, size: int) -> Hashes:
    count = max(0, len(hashes) - size + 1)
    found = hashes[:count]
    for offset in range(1, size):
        found = found * np.uint64(_BASE) + hashes[offset : offset + count]
    return mixed(found)


def mixed(values: Hashes) -> Hashes:
    """Every bit of the result depends on every bit of the value."""
    values = (values ^ (values >> np.uint64(30))) * _MIX[0]
    values = (values ^ (values >> np.uint64(27))) * _MIX[1]
    return values ^ (values >> np.uint64(31))


def distinct(hashes: Hashes) -> Hashes:
    """The distinct values in ascending order (three times as fast as ``numpy.unique``)."""
    ordered = np.sort(hashes)
    is_first = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:])
    return ordered[is_first]


def _borders(is_word: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where each run of word characters starts and ends."""
    padded = np.zeros(len(is_word) + 2, dtype=np.bool_)
    padded[1:-1] = is_word
    changes = np.flatnonzero(padded[1:] != padded[:-1])
    return changes[::2], changes[1::2]


def _hash_words(
    codes: NDArray[np.uint16], starts: NDArray[np.intp], ends: NDArray[np.intp]
) -> Hashes:
    """Polynomial hashes of all words from one running sum.

    The sum of ``character * BASE**position`` up to a word's end, less that up to its start, divided
    by ``BASE**start``: the same for the word wherever it stands.
    """
    powers, inverses = _powers(_BASE, len(codes)), _powers(pow(_BASE, -1, 2**64), len(codes))
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum(_characters()[codes] * powers, out=sums[1:])
    return mixed((sums[ends] - sums[starts]) * inverses[starts])


def _powers(base: int, count: int) -> Hashes:
    return _table_of_powers(base, max(1, count - 1).bit_length())[:count]


@cache
def _table_of_powers(base: int, doublings: int) -> Hashes:
    """``base`` to the powers 0 to ``2**doublings - 1``, modulo 2**64."""
    found = np.ones(1, dtype=np.uint64)
    for doubling in range(doublings):
        step = np.uint64(pow(base, 2**doubling, 2**64))
        found = np.concatenate((found, found * step))
    return found


@cache
def _characters() -> Hashes:
    """A random-looking number for every unit."""
    return mixed(np.arange(1, _UNITS + 1, dtype=np.uint64) * np.uint64(_BASE))


@cache
def _is_word_character() -> NDArray[np.bool_]:
    table = np.zeros(_UNITS, dtype=np.bool_)
    for first, last in WORD_CHARACTERS:
        table[first : last + 1] = True
    return table
