"""White space and markup down to plain text. Pure functions over strings and lxml elements."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

# Elements that begin a new line wherever they stand.
BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
        "main", "nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
    }
)  # fmt: skip
INVISIBLE = frozenset({"script", "style", "noscript", "template", "iframe", "svg", "img"})

_DROPPED = "dropped"
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
# A pattern: ``str.translate`` takes five times as long where one letter is not ASCII.
_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff\x00]")


def fold(text: str) -> str:
    """``text`` with every run of white space (no-break spaces too) as one space."""
    # Most strings are names and addresses. Whether they are ASCII is known without a search.
    visible = text if text.isascii() and "\x00" not in text else _ZERO_WIDTH.sub("", text)
    return " ".join(visible.split())


def plain(text: str) -> str:
    """A stated string that may hold tags and entities (feeds, JSON-LD), as folded text."""
    return fold(_TAG.sub("", html.unescape(text)))


def lines(element: Element) -> tuple[str, ...]:
    """The visible text of an element, one folded line per block or ``<br>``."""
    folded = (fold(line) for line in "".join(_pieces(element)).split("\n"))
    return tuple(line for line in folded if line)


def has_text(element: Element) -> bool:
    """Whether ``text_of`` would find any."""
    return any(map(fold, _pieces(element)))


def text_of(element: Element) -> str:
    """The visible text of an element on one line; inline tags leave no trace."""
    return " ".join(lines(element))


def drop(root: Element, unwanted: Iterable[Element]) -> None:
    """Take elements out of their tree; the text after them stays.

    All at once: one by one, each would copy the text that the ones before it left.
    """
    for element in unwanted:
        if element is root:
            continue
        if element.tag not in INVISIBLE:
            # A block keeps the words around it apart; a script never did.
            element.tail = "\n" + _NO_XML.sub("", element.tail or "")
        element.tag = _DROPPED
    etree.strip_elements(root, _DROPPED, with_tail=False)


def _pieces(element: Element) -> list[str]:
    """The text of an element and its line breaks: a plain loop, since a page has thousands."""
    pieces: list[str] = []
    add = pieces.append
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        tag = node.tag
        is_comment = not isinstance(tag, str)
        if not is_comment and event == "start" and tag in INVISIBLE:
            walk.skip_subtree()
            continue
        if not is_comment and tag in BLOCKS:
            add("\n")
        if event == "end":
            if node is not element and node.tail:
                add(_spaces(node.tail))
        elif not is_comment and node.text:
            add(_spaces(node.text))
    return pieces


def _spaces(text: str) -> str:
    # Line breaks of the source are no line breaks of the page.
    return text.replace("\n", " ").replace("\r", " ")
