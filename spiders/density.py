"""The last resort for a page of a template that nobody described: where its paragraphs are.

A container is as good as the unlinked text that its own paragraphs hold. A text may be spread over
two levels of nesting, so a paragraph speaks half for its grandparent. Measured on saved pages with
all layouts taken away: docs/explanation/extraction.md.
"""

from __future__ import annotations

from collections import defaultdict

from lxml.html import HtmlElement

from spiders.text import BLOCKS, drop, text_of

PARAGRAPH = 60
"""Characters from which a block reads as a paragraph; menus and captions are shorter."""

LEAST_TEXT = 250
"""Characters of a container that may be an article. The shortest real text at hand has 480."""

LONGEST_MENU = 240
"""Characters of a list of tags or links; a paragraph that is one long link is text."""

_NEVER = frozenset(
    """aside button dialog figcaption figure footer form header iframe nav noscript script select
    style svg template textarea""".split()
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HOLDS_TEXT = ("p", "div", "td", "section", "article", "li", "blockquote")
_NOT_INLINE = BLOCKS - {"br"} | _NEVER | {"a"}


def densest(root: HtmlElement) -> HtmlElement | None:
    """The element that holds the article's paragraphs; ``None`` where nothing reads like one."""
    scores: dict[HtmlElement, float] = defaultdict(float)
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


def heading_over(root: HtmlElement) -> str | None:
    """The heading that stands last before the article's first paragraph."""
    container = densest(root)
    first = None if container is None else _first_paragraph(container)
    if first is None:
        return None
    above: str | None = None
    for element in root.iter(*_HEADINGS, first.tag):
        if element is first:
            return above
        if element.tag in _HEADINGS and not _is_beside(element):
            above = text_of(element) or above
    return above


def trim(container: HtmlElement) -> None:
    """Take out what a container holds besides its text.

    What stands over the first paragraph (headline, time, names, breadcrumbs), and blocks and lists
    that are nothing but links.
    """
    first = _first_paragraph(container)
    if first is not None:
        _cut_above(first, container)
    for element in list(container.iter("ul", "ol", *_HOLDS_TEXT)):
        if element is not container and element.getparent() is not None and _is_menu(element):
            drop(element, gap="\n")


def _cut_above(first: HtmlElement, container: HtmlElement) -> None:
    node = first
    while node is not container and (parent := node.getparent()) is not None:
        for above in list(node.itersiblings(preceding=True)):
            parent.remove(above)
        parent.text = None
        node = parent


def _first_paragraph(container: HtmlElement) -> HtmlElement | None:
    texts = (e for e in container.iter(*_HOLDS_TEXT) if _own_text(e) >= PARAGRAPH)
    return next((e for e in texts if not _is_beside(e)), None)


def _is_menu(element: HtmlElement) -> bool:
    """Whether all that it says are short links."""
    said = text_of(element)
    linked = " ".join(text_of(link) for link in element.iter("a"))
    return 0 < len(said) <= LONGEST_MENU and len(said) - len(linked) <= 2


def _own_text(element: HtmlElement) -> int:
    """Characters that stand in the element itself or its inline children, links not counted."""
    own = len((element.text or "").strip())
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _NOT_INLINE:
            own += len(text_of(child))
        own += len((child.tail or "").strip())
    return own


def _is_beside(element: HtmlElement) -> bool:
    return any(ancestor.tag in _NEVER for ancestor in element.iterancestors())
