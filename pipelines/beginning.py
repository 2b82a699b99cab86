"""How a text begins, in a form in which a portal's cut teaser finds its article.

School portals show the first 165 or 185 bytes of a post, with the dateline in front
("REPUBLIKA.CO.ID, JAKARTA -- Siswa …") and cut in the middle of a word, of an entity (``&l``) or of
a letter. Compared are words, whatever their case and punctuation, after the dateline.
"""

from __future__ import annotations

import hashlib
import re

KEY_WORDS = 8
"""Words that an opening is looked up by. What is found by them is then compared as far as both
texts go: of 533 texts of Republika and Tribun (2022-2025) 95 share their first 8 words with another
one ("Wakil Kepala Badan Gizi Nasional …"), 7 the first 12 ("Berikut contoh soal penilaian …"), none
the first 15."""

ENOUGH_WORDS = 15
"""Equal words at the beginning that make two texts one. Under the same headline the words that it
is looked up by are enough."""

SURE_WORDS = 25
"""Equal words at the beginning after which it does not matter how the texts go on: one of them was
updated or shortened."""

KEPT_WORDS = 60
"""Words that are compared at most: more than any teaser shows."""

VERSION = "1"

_WORD = re.compile(r"\w+")


def opening_words(paragraphs: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """The first words of a text without its dateline."""
    found: list[str] = []
    for paragraph in paragraphs:
        found += _WORD.findall(paragraph.casefold())
        if len(found) >= KEPT_WORDS:
            break
    return tuple(found[:KEPT_WORDS])


def opening_key(words: tuple[str, ...]) -> str:
    """What an opening is looked up by; empty for a text that is too short to have one."""
    if len(words) < KEY_WORDS:
        return ""
    text = " ".join(words[:KEY_WORDS])
    return f"{VERSION}:{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"


def begins_alike(
    words: tuple[str, ...], others: tuple[str, ...], *, same_headline: bool = False
) -> bool:
    """Whether two texts begin with the same words, as far as the shorter goes or long enough."""
    compared = min(len(words), len(others), SURE_WORDS)
    enough = KEY_WORDS if same_headline else ENOUGH_WORDS
    return compared >= enough and words[:compared] == others[:compared]
