"""Where in a text, as printed, the words of a search stand; and a piece cut around them.

The database finds by stems; a reader is shown the word as it is printed (``pendidikan`` finds and
marks ``mendidik``). Marks are offsets, so that a page, a terminal and a program each show them
their own way and nothing has to be escaped twice.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from aggregator.search.syntax import AllOf, Meant, Phrase, Search, phrases
from aggregator.search.words import WORD, analyse, fold, may_be

SNIPPET_LENGTH = 180
"""Characters; as long as an excerpt (``pipelines.excerpt``), so that no search shows more of a text
than a teaser does."""

BEFORE = 40
"""Characters of context before the first mark."""

ELLIPSIS = "…"

Mark = tuple[int, int]
"""Start and end of what is marked, in characters."""


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A text with the places that a search is about."""

    text: str
    marks: tuple[Mark, ...] = ()

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The whole text in order: each piece, and whether it is marked."""
        position = 0
        for start, end in self.marks:
            if position < start:
                yield self.text[position:start], False
            yield self.text[start:end], True
            position = end
        if position < len(self.text):
            yield self.text[position:], False

    def to_html(self) -> str:
        """Safe to put into a page: everything but ``<mark>`` is escaped."""
        return "".join(
            f"<mark>{html.escape(piece)}</mark>" if marked else html.escape(piece)
            for piece, marked in self.pieces()
        )

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "marks": [list(mark) for mark in self.marks]}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Where each phrase of a search stands in one text."""

    places: dict[Phrase, list[Mark]]

    def holds(self, meant: Meant) -> bool:
        """Whether the text has what a part of the search asks for."""
        if isinstance(meant, Phrase):
            return meant in self.places
        held = map(self.holds, meant.parts)
        return all(held) if isinstance(meant, AllOf) else any(held)


class Finder:
    """Looks for one search in many texts."""

    def __init__(self, search: Search) -> None:
        self._by_first: dict[str, list[Phrase]] = {}
        for phrase in {p for meant in search.wanted for p in phrases(meant)}:
            self._by_first.setdefault(phrase.terms[0], []).append(phrase)
        # Looking closer at words that cannot be ours is what would take time.
        possible = sorted(set(map(may_be, self._by_first)))
        self._possible = re.compile("|".join(possible) or r"(?!)")

    def find(self, text: str, *, headline: bool = False) -> Finding:
        """``headline``: the text is one, so that phrases limited to headlines count as well."""
        places: dict[Phrase, list[Mark]] = {}
        for word in self._words(text):
            for nth, (_, term) in enumerate(analyse(word[0])):
                for phrase in self._by_first.get(term, ()):
                    end = _end_of(phrase, text, word, nth)
                    if end is not None and (headline or not phrase.headline):
                        places.setdefault(phrase, []).append((word.start(), end))
        return Finding(places=places)

    def mark(self, text: str, *, headline: bool = False) -> Marked:
        return Marked(text=text, marks=_merged(self.find(text, headline=headline)))

    def snippet(self, paragraphs: Sequence[str], length: int = SNIPPET_LENGTH) -> Marked:
        """The piece of a body with most of what is looked for; its beginning where nothing is."""
        text = " ".join(paragraphs)
        finding = self.find(text)
        marks = _merged(finding)
        start = _best_start(finding, marks, length)
        return _cut(text, marks, _word_start(text, start), length)

    def _words(self, text: str) -> Iterator[re.Match[str]]:
        """The words of a text that may begin a phrase of ours."""
        if _FOLDED.search(text):
            found = WORD.finditer(text)
            yield from (word for word in found if self._possible.search(fold(word[0])))
            return
        lower, position = text.lower(), 0
        while hit := self._possible.search(lower, position):
            word = _word_around(text, hit.start())
            yield word
            position = word.end()


# Letters that are compared in another form than they are printed in: accents, other scripts, and
# apostrophes within a word.
_FOLDED = re.compile(r"[^\W\x00-\x7f]|[\u0300-\u036f]|\w['’‘ʼ`´]\w")
_NO_WORD = re.compile(r"[^\w\-‐‑]|_")


def _word_around(text: str, position: int) -> re.Match[str]:
    start = position
    while start > 0 and not _NO_WORD.match(text, start - 1):
        start -= 1
    return next(word for word in WORD.finditer(text, start) if word.end() > position)


def _end_of(phrase: Phrase, text: str, word: re.Match[str], nth: int) -> int | None:
    """Where a phrase ends that begins with the nth part of a word; ``None``: it is not there."""
    if len(phrase.terms) == 1:
        return word.end()
    words = chain((word,), WORD.finditer(text, word.end()))
    row = ((term, found.end()) for found in words for _, term in analyse(found[0]))
    found = tuple(islice(row, nth, nth + len(phrase.terms)))
    return found[-1][1] if tuple(term for term, _ in found) == phrase.terms else None


def _merged(finding: Finding) -> tuple[Mark, ...]:
    """Marks in order; those that overlap or touch are one."""
    merged: list[Mark] = []
    for start, end in sorted(mark for marks in finding.places.values() for mark in marks):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)


def _best_start(finding: Finding, marks: Sequence[Mark], length: int) -> int:
    """Where a piece begins that holds most different phrases; the first of equals."""
    everything = [(m, phrase) for phrase, found in finding.places.items() for m in found]
    best, most = 0, 0
    for start, _ in marks:
        first = max(0, start - BEFORE)
        inside = {phrase for mark, phrase in everything if first <= mark[0] < start + length // 2}
        if len(inside) > most:
            best, most = first, len(inside)
    return best


def _word_start(text: str, start: int) -> int:
    if start == 0:
        return 0
    space = text.find(" ", start)
    return start if space < 0 else space + 1


def _cut(text: str, marks: Iterable[Mark], start: int, length: int) -> Marked:
    room = length - len(ELLIPSIS) * (start > 0)
    end = len(text)
    if end - start > room:
        room -= len(ELLIPSIS)
        space = text.rfind(" ", start, start + room + 1)
        end = space if space > start else start + room
    before = ELLIPSIS if start > 0 else ""
    after = ELLIPSIS if end < len(text) else ""
    shift = len(before) - start
    inside = tuple((a + shift, b + shift) for a, b in marks if start <= a and b <= end)
    return Marked(text=f"{before}{text[start:end]}{after}", marks=inside)
