"""CSS selectors, compiled once. What they cost is bounded by the size of a page.

Selectors as one XPath take minutes on a page that nests a container a thousand times or has ten
thousand siblings: all siblings are counted to tell a position, ``a b`` looks through every ``a``
inside an ``a``, and ``a ~ b`` visits each pair. Here positions are told from the nearest siblings
and nested containers are looked through once; for ``a ~ b`` write ``:has(> a) > b``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cssselect.parser import Function, parse_series
from cssselect.xpath import XPathExpr
from lxml import etree
from parsel.csstranslator import HTMLTranslator

from spiders.text import Element

Select = Callable[[Element], Any]

FEW = 50
"""Elements that are asked one by one; one walk over a page costs as much as asking fifty."""

_QUOTED_OR_NEGATED = re.compile(r"\[[^\]]*\]|:not\([^)]*\)")
_INNER_COMMA = re.compile(r"[(\[][^)\]]*,")
_DESCENDANT = re.compile(r"(?<![>+~\s])\s+(?![>+~\s])(?![^\[(]*[\])])")
_QUOTED_OR_IN_BRACKETS = re.compile(r"\[[^\]]*\]|\([^)]*\)")
_COMBINED = re.compile(r"[>+~]")
_CLASS_OR_ID = re.compile(r"[.#][A-Za-z_][\w-]*")


class _Translator(HTMLTranslator):
    def xpath_first_child_pseudo(self, xpath: XPathExpr) -> XPathExpr:
        return _at(xpath, 1, "preceding-sibling::*")

    def xpath_last_child_pseudo(self, xpath: XPathExpr) -> XPathExpr:
        return _at(xpath, 1, "following-sibling::*")

    def xpath_first_of_type_pseudo(self, xpath: XPathExpr) -> XPathExpr:
        return _at(xpath, 1, f"preceding-sibling::{xpath.element}")

    def xpath_last_of_type_pseudo(self, xpath: XPathExpr) -> XPathExpr:
        return _at(xpath, 1, f"following-sibling::{xpath.element}")

    def xpath_nth_child_function(
        self, xpath: XPathExpr, function: Function, last: bool = False, add_name_test: bool = True
    ) -> XPathExpr:
        """``:nth-child(3)`` and its kin; our declarations have no series (``2n+1``)."""
        _, number = parse_series(function.arguments)
        axis = "following" if last else "preceding"
        test = "*" if add_name_test else xpath.element
        return _at(xpath, number, f"{axis}-sibling::{test}")


def _at(xpath: XPathExpr, position: int, siblings: str) -> XPathExpr:
    """With ``position - 1`` siblings on this side."""
    if position > 1:
        xpath.add_condition(f"{siblings}[{position - 1}]")
    return xpath.add_condition(f"not({siblings}[{position}])")


def select(root: Element, css: str) -> list[Any]:
    """What matches in ``root``, itself included: elements, or strings for ``::attr()``."""
    return _follow([root], _steps(css, "descendant-or-self::"))


def _follow(contexts: list[Element], steps: tuple[Select, ...]) -> list[Any]:
    *containers, last = steps
    for step in containers:
        contexts = outermost(found for context in contexts for found in step(context))
    return [found for context in contexts for found in last(context)]


def outermost(elements: Iterable[Element]) -> list[Element]:
    """Those that lie in no other; ``elements`` are in the page's order."""
    kept: list[Element] = []
    is_inside: dict[Element | None, bool] = {None: False}
    for element in elements:
        above: Element | None = element
        passed: list[Element | None] = []
        while above is not None and above not in is_inside:
            passed.append(above)
            above = above.getparent()
        is_inside.update(dict.fromkeys(passed, is_inside[above]))
        if not is_inside[element]:
            kept.append(element)
            is_inside[element] = True
    return kept


class Index:
    """A page's elements by class and id, for all the selectors that are asked of it.

    An XPath walks over all elements of a page each time it is asked, and a page is asked a dozen
    selectors. Elements are in the page's order.
    """

    def __init__(self, root: Element) -> None:
        self.root = root
        self._by_class: dict[str, list[Element]] = {}
        self._by_id: dict[str, list[Element]] = {}
        for element in root.iter():
            classes, own_id = element.get("class"), element.get("id")
            for name in classes.split() if classes else ():
                self._by_class.setdefault(name, []).append(element)
            if own_id:
                self._by_id.setdefault(own_id, []).append(element)

    def named(self, name: str) -> list[Element]:
        """The elements of a class (``.name``) or an id (``#name``)."""
        elements = self._by_class if name.startswith(".") else self._by_id
        return elements.get(name[1:], [])

    def select(self, css: str) -> list[Any]:
        """The same as ``select(root, css)``."""
        possible = [part for part in parts(css) if all(map(self.named, part.names))]
        if len(possible) != 1:
            return select(self.root, ", ".join(part.css for part in possible)) if possible else []
        [part] = possible
        named = min(map(self.named, part.first), key=len, default=[])
        if not 0 < len(named) <= FEW:
            return select(self.root, part.css)
        first, *rest = _steps(part.css, "self::")
        # Once each: a class may be written twice.
        held = [found for element in dict.fromkeys(named) for found in first(element)]
        return _follow(outermost(held), tuple(rest)) if rest else held


@dataclass(frozen=True)
class Part:
    """One alternative of a selector."""

    css: str
    names: frozenset[str]
    """The classes (``.name``) and ids (``#name``) that it cannot do without."""
    first: frozenset[str]
    """Those of its outermost element; empty where that may be any."""


@lru_cache(maxsize=1024)
def parts(css: str) -> tuple[Part, ...]:
    """The alternatives of a selector."""
    if _INNER_COMMA.search(css):
        return (Part(css, frozenset(), frozenset()),)
    return tuple(_part(part.strip()) for part in css.split(","))


def _part(css: str) -> Part:
    first = _QUOTED_OR_IN_BRACKETS.sub("", _DESCENDANT.split(css)[0])
    # In one step, ``a > b`` and ``a::text`` find what nested elements hold in another order.
    is_alone = not _COMBINED.search(first) and "::text" not in first
    return Part(css, _names(css), _names(first) if is_alone else frozenset())


def _names(css: str) -> frozenset[str]:
    return frozenset(_CLASS_OR_ID.findall(_QUOTED_OR_NEGATED.sub("", css)))


@lru_cache(maxsize=1024)
def _steps(css: str, axis: str) -> tuple[Select, ...]:
    """One search for each container that is named: what lies in nested ones is found once."""
    names = [css] if "," in css else _DESCENDANT.split(css)
    axes = (axis, *["descendant::"] * len(names))
    return tuple(_compiled(name, axis) for name, axis in zip(names, axes, strict=False))


def _compiled(css: str, axis: str) -> Select:
    xpath = _Translator().css_to_xpath(css, prefix=axis)
    # What contains a name is there: asking for that as well takes a quarter longer.
    xpath = xpath.replace("[@class and contains(", "[contains(")
    return etree.XPath(xpath, smart_strings=False)
