"""The last resort for a page of a template that nobody described: where its paragraphs are.

A container is as good as the unlinked text that its own paragraphs hold. A text may be spread over
two levels of nesting, so a paragraph speaks half for its grandparent. Measured on saved pages with
all layouts taken away: docs/explanation/extraction.md.
"""

from __future__ import annotations

from collections import defaultdict

from spiders.text import Element, text_of

PARAGRAPH = 60
"""Characters from which a block reads as a paragraph; menus and captions are shorter."""

LEAST_TEXT = 250
"""Characters of a container that may be an article. The shortest real text at hand has 480."""

_NEVER = frozenset(
    """aside button dialog figcaption figure footer form header iframe nav noscript script select
    style svg template textarea""".split()
)
_HOLDS_TEXT = ("p", "div", "td", "section", "article", "li", "blockquote")


def densest(root: Element) -> Element | None:
    """The element that holds the article's paragraphs; ``None`` where nothing reads like one."""
    scores: dict[Element, float] = defaultdict(float)
    for element in root.iter(*_HOLDS_TEXT):
        weight = _own_text(element)
        if weight < PARAGRAPH or _is_beside(element):
            continue
        holder = element.getparent() if element.tag in ("p", "li", "blockquote") else element
        if holder is None:
            continue
        scores[holder] += weight
        above = holder.getparent()
        if above is not None and above.tag not in ("body", "html"):
            scores[above] += weight / 2
    best = max(scores, key=lambda element: scores[element], default=None)
    return best if best is not None and scores[best] >= LEAST_TEXT else None


def _own_text(element: Element) -> int:
    """Characters that stand in the element itself or its inline children, links not counted."""
    own = len((element.text or "").strip())
    for child in element:
        if isinstance(child.tag, str) and child.tag not in (*_HOLDS_TEXT, *_NEVER, "a", "ul", "ol"):
            own += len(text_of(child))
        own += len((child.tail or "").strip())
    return own


def _is_beside(element: Element) -> bool:
    return any(ancestor.tag in _NEVER for ancestor in element.iterancestors())
