"""The last resort for a page of a template that nobody described: where its paragraphs are.

A container is as good as the unlinked text that its own paragraphs hold. A text may be spread over
two levels of nesting, so a paragraph speaks half for its grandparent. Measured on saved pages with
all layouts taken away: docs/explanation/extraction.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from lxml.html import HtmlElement

PARAGRAPH = 60
"""Characters from which a block reads as a paragraph; menus and captions are shorter."""

LEAST_TEXT = 250
"""Characters of a container that may be an article. The shortest real text at hand has 480."""

_BESIDE = frozenset(
    """a aside button dialog figcaption figure footer form header iframe nav noscript script select
    style svg template textarea""".split()
)
_BLOCKS = frozenset("p div td section article main li blockquote".split())
_INSIDE_A_HOLDER = ("p", "li", "blockquote")
_WHOLE_PAGE = ("body", "html")


def densest(root: HtmlElement) -> HtmlElement | None:
    """The element that holds the article's paragraphs; ``None`` where nothing reads like one."""
    scores: dict[HtmlElement, float] = defaultdict(float)
    for element, weight in _own_text(root).items():
        if weight < PARAGRAPH or element.tag in _WHOLE_PAGE:
            continue
        holder = element.getparent() if element.tag in _INSIDE_A_HOLDER else element
        if holder is None:
            continue
        scores[holder] += weight
        above = holder.getparent()
        if above is not None and above.tag not in _WHOLE_PAGE:
            scores[above] += weight / 2
    best = max(scores, key=lambda element: scores[element], default=None)
    return best if best is not None and scores[best] >= LEAST_TEXT else None


def _own_text(root: HtmlElement) -> Mapping[HtmlElement, int]:
    """Characters that stand in each block itself or its inline descendants, links not counted.

    One walk, each element asking only its parent: counting each subtree anew would take a deeply
    nested page minutes.
    """
    lengths: dict[HtmlElement, int] = defaultdict(int)
    speaks_for: dict[HtmlElement | None, HtmlElement | None] = {None: root}
    for element in root.iter("*"):
        above = speaks_for[element.getparent()]
        block = element if element.tag in _BLOCKS else above
        speaks_for[element] = None if above is None or element.tag in _BESIDE else block
        for text, speaker in ((element.text, speaks_for[element]), (element.tail, above)):
            if text and speaker is not None:
                lengths[speaker] += len(text.strip())
    return lengths
