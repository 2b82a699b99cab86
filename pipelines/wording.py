"""Texts as a reader compares them: what differs only in spacing, quotes, dashes or counters is said
the same way.

Observed between two fetches of one page: editors' tools swap straight and typographic quotes and
lengthen dashes, feeds write ``--`` where the page has ``—``, and systems print how often a page was
read. None of these is news. Upper and lower case, numbers and every other sign are: "SMK" for "smk"
or "140" for "104" is what corrections consist of.
"""

from __future__ import annotations

import re
import unicodedata

# A line of its own or in brackets: inside a sentence ("buku itu dibaca 15 kali") it is a fact.
COUNTER = (
    r"(?:(?:sudah |telah )?(?:dilihat|dibaca|dibagikan|views?|viewed|hits?|pembaca|komentar)"
    r"\s*:?\s*\d[\d.,]*\s*(?:k|rb|ribu|jt|juta)?\s*(?:kali|x|views?|orang)?"
    r"|\d[\d.,]*\s*(?:k|rb|ribu|jt|juta)?\s*(?:kali (?:dilihat|dibaca)|views?|hits?|pembaca"
    r"|komentar))\s*[.!]?"
)

_COUNTER_LINE = re.compile(rf"\W*{COUNTER}\W*", re.IGNORECASE)
_COUNTER_IN_BRACKETS = re.compile(rf"\s*[,;]?\s*\(\s*{COUNTER}\s*\)", re.IGNORECASE)
_DOUBLE = re.compile("[“”„‟«»″＂]|''|``|,,")
_SINGLE = re.compile("[‘’‚‛′´`ʼ]")
_DASHES = re.compile(r"\s*[-‐‑‒–—―−]+\s*")
_BEFORE_SIGN = re.compile(r"\s+(?=[,.;:!?)\]])")
_AFTER_BRACKET = re.compile(r"(?<=[(\[])\s+")
_SPACE = re.compile(r"\s+")


def as_said(text: str) -> str:
    """``text`` in the form in which two spellings of one statement are equal; empty for a counter.

    Idempotent.
    """
    left = None
    while left != text:
        left, text = text, _once(text)
    return text


def _once(text: str) -> str:
    # Single quotes first: NFKC takes an acute accent for a space with a mark.
    text = unicodedata.normalize("NFKC", _SINGLE.sub("'", text))
    text = _DOUBLE.sub('"', _SINGLE.sub("'", text))
    text = _DASHES.sub("-", _SPACE.sub(" ", text))
    text = _AFTER_BRACKET.sub("", _BEFORE_SIGN.sub("", text))
    text = _COUNTER_IN_BRACKETS.sub("", text).strip()
    return "" if _COUNTER_LINE.fullmatch(text) else text


def paragraphs_as_said(body: tuple[str, ...]) -> list[str]:
    """A body's paragraphs that say something."""
    return [said for said in map(as_said, body) if said]
