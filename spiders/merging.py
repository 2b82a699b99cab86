"""Several pages of one article into one body."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree, html

from spiders.text import Element, drop, text_of

# What is compared whole: a page often begins with the last paragraph of the page before.
PARAGRAPHS = frozenset({"p", "h2", "h3", "h4", "li", "blockquote"})

# Shorter texts ("***", "Bagian 2") repeat with reason.
SHORTEST_REPEAT = 20


def merge_bodies(bodies: Iterable[str]) -> str:
    """The fragments after one another, without paragraphs that an earlier page holds."""
    seen: set[str] = set()
    merged: list[str] = []
    for body in bodies:
        container = html.fragment_fromstring(body, create_parent="div")
        own = _drop_known(container, seen)
        seen |= own
        merged.append(_inner(container))
    return "\n".join(part for part in merged if part)


def _drop_known(container: html.Element, seen: set[str]) -> set[str]:
    texts = ((element, text_of(element)) for element in container.iter(*PARAGRAPHS))
    long = [(element, text) for element, text in texts if len(text) >= SHORTEST_REPEAT]
    drop(container, [element for element, text in long if text in seen])
    return {text for _, text in long}


def _inner(container: Element) -> str:
    parts = [container.text or ""]
    parts += [str(etree.tostring(child, encoding="unicode", method="html")) for child in container]
    return "".join(parts).strip()
