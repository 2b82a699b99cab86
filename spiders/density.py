"""The last resort for a page of a template that nobody described: where its paragraphs are.

A container is as good as the unlinked text that its own paragraphs hold. A text may be spread over
two levels of nesting, so a paragraph speaks half for its grandparent. Measured on saved pages with
all layouts taken away: docs/explanation/extraction.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from lxml import etree

from spiders.text import Element, drop, text_of

PARAGRAPH = 60
"""Characters from which a block reads as a paragraph; menus and captions are shorter."""

LEAST_TEXT = 250
"""Characters of a container that may be an article. The shortest real text at hand has 480."""

LONGEST_MENU = 240
"""Characters of a list of tags or links; a paragraph that is one long link is text."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BESIDE = frozenset(
    """a aside button dialog figcaption figure footer form header iframe nav noscript script select
    style svg template textarea""".split()
)
_NO_PARAGRAPH = _BESIDE.union(_HEADINGS)
_BLOCKS = frozenset("p div td section article main li blockquote".split())
_INLINE = frozenset("a abbr b big cite code em font i mark q s small span strong sub sup u".split())
_INSIDE_A_HOLDER = ("p", "li", "blockquote")
_WHOLE_PAGE = ("body", "html")


def densest(root: Element) -> Element | None:
    """The element that holds the article's paragraphs; ``None`` where nothing reads like one."""
    scores: dict[Element, float] = defaultdict(float)
    for element, weight in _own_text(root).items():
        if weight < PARAGRAPH or element.tag in _WHOLE_PAGE:
            continue
        holder = element.getparent() if _is_paragraph(element) else element
        if holder is None:
            continue
        scores[holder] += weight
        above = holder.getparent()
        if above is not None and above.tag not in _WHOLE_PAGE:
            scores[above] += weight / 2
    best = max(scores, key=lambda element: scores[element], default=None)
    return best if best is not None and scores[best] >= LEAST_TEXT else None


def _is_paragraph(element: Element) -> bool:
    """Whether a block is one paragraph of a text; any other may be the whole of it."""
    if element.tag in _INSIDE_A_HOLDER:
        return True
    # Some editors make paragraphs of ``div``; a text broken by ``<br>`` is in a ``div`` as a whole.
    inside = element.iterdescendants("*")
    return element.tag == "div" and all(child.tag in _INLINE for child in inside)


def heading_over(root: Element, container: Element) -> str | None:
    """The heading that stands last before a container's first paragraph."""
    first = _first_paragraph(container)
    if first is None:
        return None
    above: Element | None = None
    for element in root.iter(*_HEADINGS, str(first.tag)):
        if element is first:
            break
        if element.tag in _HEADINGS and not _is_beside(element):
            above = element
    return None if above is None else text_of(above) or None


def trim(container: Element) -> None:
    """Take out what a container holds besides its text.

    What stands over the first paragraph (headline, time, names, breadcrumbs), and blocks and lists
    that are nothing but short links.
    """
    first = _first_paragraph(container)
    if first is not None:
        _cut_above(first, container)
    drop(container, _menus(container))


def _cut_above(first: Element, container: Element) -> None:
    node = first
    while node is not container and (parent := node.getparent()) is not None:
        for above in list(node.itersiblings(preceding=True)):
            parent.remove(above)
        parent.text = None
        node = parent


def _first_paragraph(container: Element) -> Element | None:
    lengths = _own_text(container)
    texts = (e for e in container.iter(*_BLOCKS) if lengths.get(e, 0) >= PARAGRAPH)
    return next((e for e in texts if not _is_beside(e)), None)


def _menus(container: Element) -> list[Element]:
    """Blocks and lists inside a container that say nothing but short links."""
    found: list[Element] = []
    said: dict[Element, tuple[int, int]] = {}
    for _, element in etree.iterwalk(container, events=("end",)):
        length, linked = _stripped(element.text) if isinstance(element.tag, str) else 0, 0
        for child in element:
            inside, of_links = said.pop(child)
            length, linked = length + inside + _stripped(child.tail), linked + of_links
        if element.tag == "a":
            linked = length
        said[element] = (length, linked)
        is_block = element.tag in ("ul", "ol", *_BLOCKS) and element is not container
        if is_block and 0 < length <= LONGEST_MENU and length - linked <= 2:
            found.append(element)
    return found


def _is_beside(element: Element) -> bool:
    return any(ancestor.tag in _BESIDE for ancestor in element.iterancestors())


def _own_text(root: Element) -> Mapping[Element, int]:
    """Characters that stand in each block itself or its inline descendants.

    Without those of links and headings. One walk, each element asking only its parent: counting
    each subtree anew would take a deeply nested page minutes.
    """
    lengths: dict[Element, int] = defaultdict(int)
    speaks_for: dict[Element | None, Element | None] = {root.getparent(): root}
    for element in root.iter("*"):
        above = speaks_for[element.getparent()]
        block = element if element.tag in _BLOCKS else above
        speaks_for[element] = None if above is None or element.tag in _NO_PARAGRAPH else block
        for text, speaker in ((element.text, speaks_for[element]), (element.tail, above)):
            if text and speaker is not None:
                lengths[speaker] += _stripped(text)
    return lengths


def _stripped(text: str | None) -> int:
    return len((text or "").strip())
