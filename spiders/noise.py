"""What stands inside a text and is none of it: many simple selectors asked in one walk.

Each alternative of a CSS selector is a walk of its own over all elements, and there are forty of
them. Those that name an element, one attribute, or both are told here from the element itself; the
few others are left to ``spiders.selectors``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from spiders.selectors import Select, select
from spiders.text import Element

Test = Callable[[str], bool]

_SIMPLE = re.compile(
    r"(?P<tag>[a-z][a-z0-9]*)?"
    r"(?:\.(?P<class>[A-Za-z_][\w-]*)|#(?P<id>[A-Za-z_][\w-]*)"
    r"|\[(?P<name>[a-z-]+)(?:(?P<how>[*^]?)='(?P<value>[^']+)')?\])?"
)
_WITH_ATTRIBUTES: Select = etree.XPath("descendant-or-self::*[@*]")


@dataclass(frozen=True)
class Noise:
    """Selectors, sorted by what they ask."""

    tags: tuple[str, ...]
    tests: Mapping[str, tuple[tuple[str | None, Test], ...]]
    """By attribute: the element's name (``None``: any) and what its value must be."""
    others: tuple[str, ...]

    def within(self, root: Element) -> Iterator[Element]:
        """What matches in ``root``, itself included; in no order, an element perhaps twice."""
        if self.tags:
            yield from root.iter(*self.tags)
        for element in _WITH_ATTRIBUTES(root):
            if self._is_named(element):
                yield element
        for css in self.others:
            yield from select(root, css)

    def _is_named(self, element: Element) -> bool:
        for name, tests in self.tests.items():
            value = element.get(name)
            if value is not None and any(
                wanted in (None, element.tag) and test(value) for wanted, test in tests
            ):
                return True
        return False


@lru_cache(maxsize=128)
def noise(selectors: tuple[str, ...]) -> Noise:
    """Selectors compiled; none of them has a comma."""
    tags, others = [], []
    tests: dict[str, list[tuple[str | None, Test]]] = defaultdict(list)
    for css in dict.fromkeys(selectors):
        found = _SIMPLE.fullmatch(css)
        if found is None:
            others.append(css)
        elif found["tag"] and found["tag"] == css:
            tags.append(css)
        else:
            name, test = _test(found)
            tests[name].append((found["tag"], test))
    return Noise(tuple(tags), {name: tuple(all_) for name, all_ in tests.items()}, tuple(others))


def _test(found: re.Match[str]) -> tuple[str, Test]:
    if found["class"]:
        own = found["class"]
        return "class", lambda value: own in value and own in value.split()
    if found["id"]:
        return "id", found["id"].__eq__
    wanted = found["value"]
    if wanted is None:
        return found["name"], lambda _: True
    match found["how"]:
        case "*":
            return found["name"], lambda value: wanted in value
        case "^":
            return found["name"], lambda value: value.startswith(wanted)
    return found["name"], wanted.__eq__
