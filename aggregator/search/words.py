"""From text to terms: the one way in which the index and a query see words.

A word is a run of letters and digits. Upper case, accents and apostrophes inside it make no
difference (``Jum'at``, ``Jumat``). Its term is its Indonesian stem (``pendidikan``, ``mendidik`` ->
``didik``), always in ASCII letters and digits, so that no database has an opinion of its own about
where words end.

Hyphens: a word said twice is that word (``anak-anak``, ``guru-gurunya``); what is only attached to
a name is dropped (``ASN-nya``, ``se-Kaltim``, ``di-PHK``); anything else is its parts in a row
(``Jawa-Bali``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Protocol

MAX_TERM = 60
"""Characters. Longer runs are addresses and damaged text."""

CACHED_WORDS = 1 << 17
"""533 news texts have 17,000 different words; ten times that fits into some 30 MB."""

_LETTER = r"(?:[^\W_]|[\u0300-\u036f])"
_APOSTROPHES = "'’‘ʼ`´"
_HYPHENS = "-‐‑"
_ONE = rf"{_LETTER}+(?:[{_APOSTROPHES}]{_LETTER}+)*"
WORD = re.compile(rf"{_ONE}(?:[{_HYPHENS}]{_ONE})*")

_HYPHEN = re.compile(f"[{_HYPHENS}]")
_APART = frozenset(_APOSTROPHES)

# With a hyphen, before or after a name or a foreign word.
_BEFORE = frozenset("se di ke ber ter me men mem meng pe pen pem peng".split())
_AFTER = frozenset("ku mu nya lah kah pun an".split())

Analysed = tuple[tuple[str, str], ...]
"""(word without upper case and accents, its term), one for each place in the index."""


class Stemmer(Protocol):
    def stem_word(self, word: str) -> str: ...


def terms(text: str) -> list[str]:
    """The terms of a text in their order."""
    return [term for _, term in words(text)]


def words(text: str) -> list[tuple[str, str]]:
    """The words of a text in their order, each with its term."""
    return [pair for printed in WORD.findall(text) for pair in analyse(printed)]


@lru_cache(maxsize=CACHED_WORDS)
def analyse(printed: str) -> Analysed:
    """A word as printed, hyphens included."""
    parts = [folded for part in _HYPHEN.split(printed) if (folded := fold(part))]
    if len(parts) == 1:
        return ((parts[0], stem(parts[0])),)
    doubled = _said_twice(parts)
    if doubled is not None:
        return ((parts[0], doubled),)
    return tuple((part, stem(part)) for part in _without_attached(parts))


def fold(text: str) -> str:
    """Without upper case, accents, and anything that is no letter or digit; in ASCII."""
    if text.isascii():
        folded = text.lower()
        if not folded.isalnum():
            folded = "".join(c for c in folded if c.isalnum())
    else:
        decomposed = unicodedata.normalize("NFKD", text).casefold()
        again = unicodedata.normalize("NFKD", decomposed)
        folded = "".join(c for c in again if c.isalnum())
        if not folded.isascii():
            # Another script: searchable, but not stemmed.
            folded = f"x{folded.encode('utf-8', 'replace').hex()}"
    return folded[:MAX_TERM]


@lru_cache(maxsize=CACHED_WORDS)
def stem(word: str) -> str:
    """The stem of one folded word; a name of ``unstemmed.txt`` and a number stay as they are."""
    if not word.isalpha() or word in _unstemmed():
        return word
    return stemmer().stem_word(word) or word


def may_be(term: str) -> str:
    """What every word with this term contains.

    Affixes go before and after a stem, infixes behind its first letter, and ``me-`` and ``pe-`` may
    swallow that letter (``pukul``: ``memukul``); the rest stands whole in every form. True of all
    16,733 words of the texts at hand.
    """
    return term[1:] if len(term) > 1 and term.isalpha() else term


@cache
def stemmer() -> Stemmer:
    """PySastrawi without its own cache, which knows no limit. Loads in 0.03 s."""
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    found: Stemmer = StemmerFactory().create_stemmer().delegatedStemmer
    return found


def _said_twice(parts: list[str]) -> str | None:
    if len(parts) != 2 or not all(part.isalpha() for part in parts):
        return None
    first, second = parts
    if second in _AFTER:
        return None
    if stem(first) == stem(second):
        return stem(first)
    together = stemmer().stem_word(f"{first}-{second}")
    return together if "-" not in together else None


def _without_attached(parts: list[str]) -> list[str]:
    if len(parts) > 1 and parts[0] in _BEFORE and parts[1].isalpha():
        parts = parts[1:]
    if len(parts) > 1 and parts[-1] in _AFTER:
        parts = parts[:-1]
    return parts


@cache
def _unstemmed() -> frozenset[str]:
    text = (files("aggregator.search") / "unstemmed.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0] for line in text.splitlines())
    return frozenset(word for line in lines for word in line.split())
