"""Small signatures by which near-duplicate texts find each other in a database.

Of every text two things are kept, both functions of its words alone:

- **Marks**, kept one to a row of an indexed table: the ``MARKS`` smallest hashes of its shingles
  of five words (a bottom-k sketch, Broder 1997). Two texts that share one mark are candidates. Of a
  text that is contained in another one, whatever marks of the longer lie in the shared part are
  among the marks of the shorter: truncated copies and first parts are found, which bands of a
  MinHash signature miss.
- **Minima**: MinHash over shingles of three words with ``PERMUTATIONS`` permutations, of each
  minimum one byte (b-bit minwise hashing, Li and König 2010). Their share of equal bytes estimates
  the Jaccard similarity, so that candidates which merely share a phrase are let go without reading
  their texts.

Measured on 900 pairs for each kind of change (``benchmarks/duplicates.py --candidates``; real texts
of 80 to 1,200 words, median 273), share of pairs that become candidates:

    rows for each text             16 bands of 4   16 of 3   8 marks   10    12 marks
    20 % of the words in a block       .971          .994     1.000   1.000   1.000
    10 % scattered                     .888          .977     1.000   1.000   1.000
    20 % scattered                     .343          .628      .941    .966    .981
    cut to 50 %                        .660          .898      .997    .999   1.000
    cut to 30 %                        .147          .390      .933    .963    .980
    joined with as much or twice       .637          .857      .997    .997    .998
    quotes translated                  .859          .953     1.000   1.000   1.000

Hence marks instead of bands: fewer rows, and found in every case that matters. Rejected: marks of
three words (common phrases, three times the false candidates); bands beside the marks (in no case
did they find a pair that the marks missed); SimHash (9 to 68 %).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipelines.hashwords import Hashes, Words, distinct, mixed

VERSION = 1
"""Part of every mark: marks of different versions are never equal. Who changes anything here or in
``hashwords.py`` that changes a signature counts up, and all articles are compared anew."""

SHINGLE = 3
"""Words of the shingles that similarity is measured in."""

MARK_SHINGLE = 5
"""Words of the shingles that marks are taken from."""

MARKS = 12
"""Marks of a text; see the table above."""

PERMUTATIONS = 64

LEAST_ESTIMATE = 8 / PERMUTATIONS
"""Candidates below this are let go. No pair of the table above fell below, at no change."""


@dataclass(frozen=True, kw_only=True)
class Signature:
    marks: tuple[int, ...]
    """Signed numbers of 64 bits, as databases hold them, each once."""
    minima: bytes
    """One byte for each permutation. Empty for a text without a shingle."""


def sign(words: Words) -> Signature:
    return Signature(
        marks=_marks(words.shingles(MARK_SHINGLE)), minima=_minima(words.shingles(SHINGLE))
    )


def _marks(hashes: Hashes) -> tuple[int, ...]:
    return tuple(distinct(hashes ^ _salt())[:MARKS].view(np.int64).tolist())


def _minima(hashes: Hashes) -> bytes:
    if not len(hashes):
        return b""
    short = (hashes >> np.uint64(32)).astype(np.uint32)
    minima: NDArray[np.uint8] = (_multipliers() * short).min(axis=1).astype(np.uint8)
    return minima.tobytes()


def estimate(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Estimated Jaccard similarity of the rows of two arrays of minima."""
    similarity: NDArray[np.float64] = (one == other).mean(axis=1)
    return similarity


def rows(minima: list[bytes]) -> NDArray[np.uint8]:
    """Minima as an array, one text to a row. Those without any equal nothing else."""
    return np.frombuffer(b"".join(minima), dtype=np.uint8).reshape(-1, PERMUTATIONS)


@cache
def _salt() -> np.uint64:
    return np.uint64(mixed(np.array([VERSION], dtype=np.uint64))[0])


@cache
def _multipliers() -> NDArray[np.uint32]:
    """Odd numbers; each permutes the numbers of 32 bits by multiplication."""
    seeds = mixed(np.arange(1, PERMUTATIONS + 1, dtype=np.uint64))
    return ((seeds >> np.uint64(32)).astype(np.uint32) | np.uint32(1))[:, np.newaxis]
