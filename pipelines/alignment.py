"""Two texts side by side: the runs of words that they share, and what stands between them.

Words are laid side by side so that as few as possible differ (Levenshtein; rapidfuzz needs 22
microseconds for two texts of 290 words, Python's difflib 5 milliseconds).
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

CONTEXT = 4
"""Words shown before and after a difference."""

_SPACE = re.compile(r"\s+")
_NO_WORD = re.compile(r"[^\w]+")


@dataclass(frozen=True, kw_only=True)
class Run:
    """Words that both texts have in the same order."""

    first: int
    """Position in the one text."""
    second: int
    """Position in the other."""
    size: int


@dataclass(frozen=True, kw_only=True)
class Gap:
    """What stands between two runs: from and to (excluded) in both texts. One may be empty."""

    first: tuple[int, int]
    second: tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A passage that differs, in words as printed."""

    before: str
    removed: str
    added: str
    after: str


def align(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[Run]:
    """The shared runs, in order."""
    blocks = Levenshtein.opcodes(one, other).as_matching_blocks()
    return [Run(first=b.a, second=b.b, size=b.size) for b in blocks if b.size]


def gaps(runs: Sequence[Run], one: int, other: int) -> Iterator[Gap]:
    """What stands between the runs of two texts of so many words."""
    first = second = 0
    for run in (*runs, Run(first=one, second=other, size=0)):
        if first < run.first or second < run.second:
            yield Gap(first=(first, run.first), second=(second, run.second))
        first, second = run.first + run.size, run.second + run.size


def differences(one: str, other: str) -> list[Difference]:
    """The passages by which two texts differ, whatever their case and punctuation."""
    old, new = _printed(one), _printed(other)
    runs = align([*map(_folded, old)], [*map(_folded, new)])
    return [
        Difference(
            before=" ".join(old[max(0, gap.first[0] - CONTEXT) : gap.first[0]]),
            removed=" ".join(old[slice(*gap.first)]),
            added=" ".join(new[slice(*gap.second)]),
            after=" ".join(old[gap.first[1] : gap.first[1] + CONTEXT]),
        )
        for gap in gaps(runs, len(old), len(new))
    ]


def _printed(text: str) -> list[str]:
    """Words with their punctuation; a dash that stands alone is none."""
    return [word for word in _SPACE.split(text) if _folded(word)]


def _folded(word: str) -> str:
    return _NO_WORD.sub("", word.casefold())
