"""What a page prints where nobody described its template: people and times by their own look.

Asked only where metadata and all selectors have nothing to say.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from spiders.text import INVISIBLE, fold, text_of

BEFORE_HEADLINE = 8
AFTER_HEADLINE = 40
"""Pieces of text around the headline among which a page's time and people stand."""

LONGEST_LINE = 160
MOST_BYLINES = 4

_LABEL = r"(?:rep(?:orter)?|penulis|editor|pewarta|red(?:aktur)?|wartawan|kontributor|oleh)"
_BYLINE = re.compile(rf"\W*{_LABEL}(?:\s*/\s*{_LABEL})?\s*:\s*\S", re.IGNORECASE)
_BARE_LABEL = re.compile(rf"\W*{_LABEL}\s*:?\s*", re.IGNORECASE)
_CLOCK = r"\d{1,2}[.:]\d\d(?!\d)"
_DAY = r"(?<!\d)\d{1,2}[ /.-](?:[A-Za-z]{3,9}\.?|\d{1,2})[ /.,-]{1,2}\d{4}(?!\d)"
_TIME = re.compile(rf"{_DAY}.{{0,20}}{_CLOCK}|{_CLOCK}.{{0,20}}{_DAY}")
_DAY_ALONE = re.compile(rf"(?:[A-Z][a-z']+\s*,?\s+)?{_DAY}(?:\s*[,|(].{{0,40}})?")
_BESIDE = frozenset("aside footer nav figcaption".split())
_LABELLED: Callable[[HtmlElement], Any] = etree.XPath(
    "//text()[contains(., 'enulis') or contains(., 'ditor') or contains(., 'eporter') or "
    "contains(., 'Rep') or contains(., 'ewarta') or contains(., 'Oleh') or contains(., 'OLEH') or "
    "contains(., 'PENULIS') or contains(., 'EDITOR') or contains(., 'edaktur')]"
)


def bylines(root: HtmlElement) -> tuple[str, ...]:
    """Lines such as ``Penulis: Nama``, wherever they stand but beside the text."""
    found: dict[str, None] = {}
    for text in _LABELLED(root):
        element = text.getparent() if text.is_text else text.getparent().getparent()
        if element is None or _is_beside(element):
            continue
        line = _line(text, element)
        if _BYLINE.match(line) and len(line) <= LONGEST_LINE:
            found[line] = None
        if len(found) == MOST_BYLINES:
            break
    return tuple(found)


def _line(text: str, element: HtmlElement) -> str:
    """The label's own text, or what stands around one that lacks its name: ``<b>Editor:</b> Nama``,
    ``Rep: Nama/ Red: <a>Nama</a>``."""
    own = fold(text)
    if not own.endswith(":") and not _BARE_LABEL.fullmatch(own):
        return own
    whole = text_of(element)
    above = element.getparent()
    return text_of(above) if above is not None and whole == own else whole


def times(root: HtmlElement) -> Iterator[str]:
    """Pieces of text near the headline that look like a time, those with a clock first."""
    pieces = [piece for piece in _around_headline(root) if len(piece) <= LONGEST_LINE]
    yield from filter(_TIME.search, pieces)
    yield from filter(_DAY_ALONE.fullmatch, pieces)


def _around_headline(root: HtmlElement) -> Iterator[str]:
    before: deque[str] = deque(maxlen=BEFORE_HEADLINE)
    after: list[str] = []
    is_below = False
    for element in root.iter("*"):
        if element.tag == "h1":
            is_below = True
        for text in (None if element.tag in INVISIBLE else element.text, element.tail):
            piece = fold(text or "")
            if piece:
                (after if is_below else before).append(piece)
        if len(after) >= AFTER_HEADLINE:
            break
    yield from after
    yield from before


def _is_beside(element: HtmlElement) -> bool:
    tags = {element.tag, *(ancestor.tag for ancestor in element.iterancestors())}
    return not _BESIDE.isdisjoint(tags) or not INVISIBLE.isdisjoint(tags)
