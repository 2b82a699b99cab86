"""Forms that are filled in anew: schedules, prices, answer keys, yearly announcements.

Two fillings of one form share most of their words and are different news. What tells them from an
edited copy is *what* differs: short gaps in which both texts have an entry of the same kind (a
number, a month, a sign of the zodiac, a place …) and not the same one. An editor's gaps hold words
of any kind on either side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from pipelines.places import find_place

BLANK = 4
"""Words of a gap that may be an entry; longer ones are passages."""

# Entries by kind, folded. School subjects as answer keys name them.
ENTRIES: dict[str, tuple[str, ...]] = {
    "month": (
        *("januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus"),
        *("september", "oktober", "november", "desember"),
    ),
    "day": ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "ahad"),
    "sign of the zodiac": (
        *("aries", "taurus", "gemini", "cancer", "leo", "virgo", "libra", "scorpio"),
        *("sagitarius", "sagittarius", "capricorn", "aquarius", "pisces"),
    ),
    "school subject": (
        *("matematika", "ipa", "ips", "biologi", "fisika", "kimia", "geografi", "sejarah"),
        *("sosiologi", "informatika", "pjok", "ppkn", "pkn", "prakarya", "inggris"),
        *("akidah", "aqidah", "fikih"),
    ),
}

NUMBER, PLACE = "number", "place"


Blank = tuple[Sequence[str], Sequence[str]]
"""The words of both texts in one gap, folded."""


def other_entries(blanks: Iterable[Blank]) -> Counter[str]:
    """How often two texts have different entries of one kind in the same place, by kind."""
    return Counter(kind for one, other in blanks if (kind := _kind(one, other)) is not None)


def _kind(one: Sequence[str], other: Sequence[str]) -> str | None:
    """``None``: the gap holds no entries, or the same one in two spellings (``05``, ``5``)."""
    first = _entry(one)
    second = _entry(other) if first is not None else None
    if first is None or second is None:
        return None
    return first[0] if first[0] == second[0] and first != second else None


def _entry(words: Sequence[str]) -> tuple[str, str] | None:
    """Kind and value of the entry in these words."""
    digits = "".join(c for word in words for c in word if c in _DIGITS).lstrip("0")
    if digits:
        return NUMBER, digits
    for word in words:
        kind = _kinds().get(word)
        if kind is not None:
            return kind, word
    place = _place(" ".join(words))
    return (PLACE, place) if place else None


@lru_cache(maxsize=10_000)
def _place(words: str) -> str | None:
    found = find_place(words)
    return found.title if found else None


_DIGITS = frozenset("0123456789")


@cache
def _kinds() -> dict[str, str]:
    return {entry: kind for kind, entries in ENTRIES.items() for entry in entries}
