"""Pairs of real records that a person read and found to be prints of one text.

By hashes of their addresses. All other pairs of different addresses are other news, in the same
person's judgement. They were judged while the rules were written: they show what the rules fit, not
how the rules would do on texts that nobody has seen.
"""

from __future__ import annotations

import hashlib

SAME = frozenset(
    {
        frozenset({"1d20731adc", "ff09f49dda"}),
        frozenset({"2b08b785be", "a0c0ab661a"}),
        frozenset({"b5dcb69037", "ef07c340e0"}),
        frozenset({"c7aede2cfc", "244ce8cccc"}),
        frozenset({"e19e892af6", "81c005b406"}),
        frozenset({"e9aca679ce", "f2d886f352"}),
        frozenset({"90c8e57043", "a683cb0390"}),
        frozenset({"b710e7247e", "5c67ac7541"}),
        frozenset({"b710e7247e", "97c1842244"}),
        frozenset({"5c67ac7541", "97c1842244"}),
        frozenset({"2a209d86d8", "dd91deadaa"}),
        frozenset({"d8a68c2a64", "1200f5255b"}),
    }
)


def label(url: str) -> str:
    return hashlib.blake2b(url.encode(), digest_size=5).hexdigest()
