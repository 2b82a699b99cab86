"""Several pages of one article into one body."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree, html

from spiders.text import BLOCKS as BREAKING
from spiders.text import Element, drop, text_of

# What is compared whole: a page often begins with the last paragraph of the page before.
PARAGRAPHS = frozenset({"p", "h2", "h3", "h4", "li", "blockquote"})

# What may hold paragraphs that are only broken off by two ``<br>``.
HOLDERS = ("div", "section", "article")
BLOCKS = BREAKING - {"br"}

# Shorter texts ("***", "Bagian 2") repeat with reason.
SHORTEST_REPEAT = 20


def merge_bodies(bodies: Iterable[str]) -> str:
    """The fragments after one another, without paragraphs that an earlier page holds."""
    seen: set[str] = set()
    merged: list[str] = []
    for body in bodies:
        container = html.fragment_fromstring(body, create_parent="div")
        for holder in [container, *container.iter(*HOLDERS)]:
            _paragraphed(holder)
        own = _drop_known(container, seen)
        seen |= own
        merged.append(_inner(container))
    return "\n".join(part for part in merged if part)


def _drop_known(container: html.Element, seen: set[str]) -> set[str]:
    texts = ((element, text_of(element)) for element in container.iter(*PARAGRAPHS))
    long = [(element, text) for element, text in texts if len(text) >= SHORTEST_REPEAT]
    drop(container, [element for element, text in long if text in seen])
    return {text for _, text in long}


def _paragraphed(holder: Element) -> None:
    """Make paragraphs of what stands between two ``<br>`` in a holder itself."""
    if not any(_is_double_break(child) for child in holder.iterchildren("br")):
        return
    children, text = list(holder), holder.text
    paragraph = _opened(holder, text)
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag == "br":
            paragraph = _broken(holder, paragraph, child, tail)
        elif child.tag in BLOCKS:
            holder.append(child)
            paragraph = _opened(holder, tail)
        else:
            child.tail = tail
            paragraph.append(child)
    holder.text = None
    drop(holder, [p for p in holder.iterchildren("p") if not text_of(p) and len(p) == 0])


def _broken(holder: Element, paragraph: Element, line_break: Element, tail: str | None) -> Element:
    """The paragraph that goes on after a ``<br>``: a new one after the second of two."""
    last = paragraph[-1] if len(paragraph) else None
    if last is not None and last.tag == "br" and not (last.tail or "").strip():
        paragraph.remove(last)
        return _opened(holder, tail)
    line_break.tail = tail
    paragraph.append(line_break)
    return paragraph


def _opened(holder: Element, text: str | None) -> Element:
    paragraph = etree.SubElement(holder, "p")
    paragraph.text = text
    return paragraph


def _is_double_break(line_break: Element) -> bool:
    following = line_break.getnext()
    is_alone = not (line_break.tail or "").strip()
    return following is not None and following.tag == "br" and is_alone


def _inner(container: Element) -> str:
    parts = [container.text or ""]
    parts += [str(etree.tostring(child, encoding="unicode", method="html")) for child in container]
    return "".join(parts).strip()
