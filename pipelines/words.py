"""Whole words and phrases in a text, as rules name them.

``magang*`` means every word that begins so; a word in capitals (``PKL``) is meant exactly, any
other in upper or lower case. White space is single, as the normaliser leaves it.

Hundreds of words are looked for in every article. Most are ruled out by how the words of the text
begin; the letters of the others are looked for, then the borders of the word. A regular expression
of all words takes twenty times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

BEGINNING = 4
"""Letters by which words of a text are told apart."""

_WORD = re.compile(r"\w+")
_BEGINNING = re.compile(rf"(\w{{1,{BEGINNING}}})\w*")


@dataclass(frozen=True)
class Text:
    """A text to look into, and its letters in lower case."""

    text: str

    @cached_property
    def lowered(self) -> str:
        lowered = self.text.lower()
        # A few letters become two in lower case; their places must agree with the text's.
        return lowered if len(lowered) == len(self.text) else self.text

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """How its words begin, and "" for words that may begin anywhere."""
        return frozenset(["", *_BEGINNING.findall(self.lowered)])


@dataclass(frozen=True)
class Word:
    letters: str
    """As written, without the star; in lower case unless it is meant exactly."""
    is_exact: bool
    is_stem: bool
    beginning: str
    """How a word of a text must begin that may be it; empty: in any way."""

    @classmethod
    def written(cls, word: str) -> Word:
        letters = " ".join(word.removesuffix("*").split())
        is_exact, is_stem = letters.isupper(), word.endswith("*")
        first = _WORD.search(letters.lower())
        beginning = first[0][:BEGINNING] if first else ""
        if is_stem and len(beginning) < BEGINNING:
            beginning = ""
        return cls(letters if is_exact else letters.lower(), is_exact, is_stem, beginning)

    def spans(self, text: Text) -> Iterator[tuple[int, int]]:
        """Where it stands, as (start, end)."""
        searched = text.text if self.is_exact else text.lowered
        start = searched.find(self.letters)
        while start >= 0:
            end = start + len(self.letters)
            if self._is_whole(searched, start, end):
                yield start, self._end(searched, end)
            start = searched.find(self.letters, end)

    def _is_whole(self, searched: str, start: int, end: int) -> bool:
        begins = not (start and _is_letter(self.letters[0]) and _is_letter(searched[start - 1]))
        inside = self.letters[-1:] + searched[end : end + 1]
        ends = self.is_stem or len(inside) < 2 or not all(map(_is_letter, inside))
        return begins and ends

    def _end(self, searched: str, end: int) -> int:
        while self.is_stem and end < len(searched) and _is_letter(searched[end]):
            end += 1
        return end


def find(words: Sequence[Word], text: Text, enough: int = 1) -> str | None:
    """The first of the words in a text that holds ``enough`` of them; of two that begin together
    the longer, which tells more. ``None`` where there are fewer."""
    spans: dict[int, int] = {}
    for word in words:
        if word.beginning in text.beginnings:
            for start, end in word.spans(text):
                spans[start] = max(end, spans.get(start, 0))
    if len(spans) < enough:
        return None
    first = min(spans)
    return text.text[first : spans[first]]


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"
