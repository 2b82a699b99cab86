"""Whether a publisher changed its page, or only our reading of it changed.

A revision says that a publisher corrected itself, so it must not be written because a parser got
better. Comparing what was carved out of two pages does not tell: a new selector carves another
piece of the same page. So each look keeps an *imprint* of everything that its page said, outside of
any parser of ours: a hash for each line of visible text, metadata value and JSON-LD text. When the
next reading differs *and* the parsers differ, the imprint is asked about each difference:

- what the new reading no longer has must still stand on the new page, and
- what the new reading has now must stand there in lines that the old page had as well.

If that explains every difference, the parser did it. A counter, an advertisement or a list of other
articles changes lines as well, but nobody asks about those. With the same parsers a difference is
always the publisher's, also where it only moved a paragraph. Unsure means the publisher: an
unannounced correction must not be lost.

Measured on four whole saved pages of 2015 to 2017: 114 to 261 lines, of which the imprint keeps
0.4 to 0.6 KB; 1.5 ms for the largest.

Rejected: a hash of the page's bytes (two fetches of one page differ by counters and tokens); a hash
of the carved text (moves with the selector, which is what it should tell apart).
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from typing import TypeAlias
from zlib import crc32

from aggregator.model import Article
from pipelines.corrections import sentences
from pipelines.wording import as_said

Imprint: TypeAlias = frozenset[int]
"""A number of 32 bits for each line that a page shows. Among 500 lines a wrong one is taken for a
right one once in eight million."""

MOST_PLACES = 50
"""Places of one text that are looked at on a page: a name may stand in every list of articles."""

_WORD = re.compile(r"\w+")

# Evidence that a time comes from somewhere else than the page.
_FROM_ELSEWHERE = frozenset({"date_from_channel", "date_from_id"})


def imprint(statements: Sequence[str]) -> Imprint:
    """What a page says, to be remembered."""
    # Menus and lists of other articles say the same many times.
    return frozenset(_mark(words) for words in map(_words, set(statements)) if words)


def packed(marks: Imprint) -> bytes:
    """For a database column; the same marks give the same bytes on every machine."""
    return struct.pack(f"<{len(marks)}I", *sorted(marks))


def unpacked(stored: bytes) -> Imprint:
    return frozenset(number for (number,) in struct.iter_unpack("<I", stored))


def is_other_reading(
    held: Article, before: Imprint | None, article: Article, changed: Sequence[str]
) -> bool:
    """Whether the page explains every change without its publisher.

    ``before``: the imprint of the page that ``held`` was read on, ``None`` where there is none.
    """
    if before is None or article.witness is None:
        return False
    page = _Shown(article.witness.statements)
    taken = [text for name in changed for text in _beyond(name, held, article)]
    given = [text for name in changed for text in _beyond(name, article, held)]
    return all(map(page.says, taken)) and all(page.said(text, before) for text in given)


def _beyond(name: str, one: Article, other: Article) -> list[str]:
    """What a field of ``one`` states and the same field of ``other`` does not."""
    match name:
        case "headline":
            return [one.headline]
        case "body":
            known = {as_said(text) for text in _sentences(other)}
            return [text for text in _sentences(one) if as_said(text) not in known]
        case "credits":
            names = {credit.name for credit in other.credits}
            return [credit.name for credit in one.credits if credit.name not in names]
    from_page = not any(evidence.kind in _FROM_ELSEWHERE for evidence in one.evidence)
    return [one.published_raw] if one.published_raw and from_page else []


def _sentences(article: Article) -> list[str]:
    return [text for paragraph in article.body for text in sentences(paragraph)]


class _Shown:
    """A page as one run of words, with the lines that they stand in."""

    def __init__(self, statements: Sequence[str]) -> None:
        lines = [words for words in map(_words, statements) if words]
        self._text = f" {' '.join(lines)} "
        self._starts = [*accumulate((len(line) + 1 for line in lines), initial=1)]
        self._marks = [_mark(line) for line in lines]

    def says(self, text: str) -> bool:
        return not _words(text) or next(self._places(text), None) is not None

    def said(self, text: str, before: Imprint) -> bool:
        """Whether ``text`` stands in lines that are part of ``before``."""
        places = islice(self._places(text), MOST_PLACES)
        return not _words(text) or any(before.issuperset(marks) for marks in places)

    def _places(self, text: str) -> Iterator[list[int]]:
        """The lines of each place where ``text`` stands; a sentence may run over several."""
        wanted = f" {_words(text)} "
        at = self._text.find(wanted)
        while at >= 0:
            first, last = (
                bisect_right(self._starts, place) - 1 for place in (at + 1, at + len(wanted) - 2)
            )
            yield self._marks[first : last + 1]
            at = self._text.find(wanted, at + 1)


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _mark(words: str) -> int:
    return crc32(words.encode("utf-8", "replace"))
