"""One fetched HTML page, everything computed once."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any, TypeAlias
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HtmlElement, HTMLParser
from parsel import Selector
from parsel.csstranslator import HTMLTranslator
from w3lib.encoding import html_to_unicode

from spiders.density import densest
from spiders.jsonld import Node, is_news, objects
from spiders.jsonld import every_text as jsonld_texts
from spiders.jsonld import url as stated_url
from spiders.text import INVISIBLE, drop, fold, lines, text_of

Found: TypeAlias = HtmlElement | str

# Never part of a text, on any page of anybody.
ALWAYS_NOISE = ("script", "style", "noscript", "template", "iframe", "ins.adsbygoogle", "form")

# The first bytes of files that are served where a page was expected.
_OTHER_FILES = (
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"{",
    b"[",
)
_HTML_TYPES = ("html", "xml", "text/plain")


class Page:
    """A page and what it says about itself. Never raises on bad input: see ``is_html``."""

    def __init__(self, url: str, body: bytes | str, content_type: str | None = None) -> None:
        self.url = url
        self.body = body.encode("utf-8", "replace") if isinstance(body, str) else body
        self.content_type = "text/html; charset=utf-8" if isinstance(body, str) else content_type
        self._selected: dict[str, list[Found]] = {}

    @cached_property
    def html(self) -> str:
        """The decoded text: charset by HTTP header, byte order mark, meta, then the bytes."""
        _, text = html_to_unicode(self.content_type, self.body, auto_detect_fun=_guess_charset)
        return str(text).replace("\x00", "")

    @cached_property
    def is_html(self) -> bool:
        """False for empty bodies, files and anything else without markup."""
        declared = (self.content_type or "html").lower()
        start = self.body[:512].lstrip()
        known = any(kind in declared for kind in _HTML_TYPES)
        return known and not start.startswith(_OTHER_FILES) and b"<" in self.body

    @cached_property
    def root(self) -> HtmlElement:
        # ``huge_tree``: unclosed tags nest deep on real pages; the crawl bounds the body's size.
        parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
        content = self.html.strip().encode("utf-8", "replace")
        try:
            root = etree.fromstring(content or b"<html/>", parser)
        except etree.XMLSyntaxError:
            root = None
        return etree.fromstring(b"<html/>", parser) if root is None else root

    @cached_property
    def selector(self) -> Selector:
        return Selector(root=self.root, type="html")

    @cached_property
    def jsonld(self) -> tuple[Node, ...]:
        blocks = self.select("script[type*='ld+json']")
        return tuple(
            node
            for block in blocks
            if isinstance(block, HtmlElement) and block.text
            for node in objects(block.text)
        )

    @cached_property
    def news(self) -> Node:
        """The article's own JSON-LD object; empty where there is none."""
        nodes = [node for node in self.jsonld if is_news(node)]
        own = {self.url, self.canonical}
        named = (n for n in nodes if stated_url(n.get("mainEntityOfPage") or n.get("url")) in own)
        return next(named, nodes[0] if nodes else {})

    @cached_property
    def _metas(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for element in self.root.iter("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop")
            content = fold(element.get("content") or "")
            if name and content:
                found.setdefault(name.lower(), content)
        return found

    def meta(self, *names: str) -> str | None:
        """The first non-empty ``<meta>`` of these names (``name=`` or ``property=``)."""
        return next((self._metas[name] for name in names if name in self._metas), None)

    @cached_property
    def canonical(self) -> str | None:
        """The declared canonical address, absolute."""
        for href in self.select("link[rel~='canonical']::attr(href)"):
            absolute = self.absolute(str(href))
            if absolute:
                return absolute
        return None

    @cached_property
    def title(self) -> str | None:
        return self.text("title")

    @cached_property
    def language(self) -> str | None:
        return self.root.get("lang") or None

    def statements(self) -> tuple[str, ...]:
        """Everything that the page says, whoever reads it: lines of text, metadata, JSON-LD."""
        stated = (text for node in self.jsonld for text in jsonld_texts(node))
        moments = self.select("[datetime]::attr(datetime)")
        return (*lines(self.root), *self._metas.values(), *stated, *map(str, moments))

    def absolute(self, href: str) -> str | None:
        """``href`` seen from this page; ``None`` where it leads to no web address."""
        try:
            joined = urljoin(self.url, href.strip())
        except ValueError:
            return None
        return joined if joined.startswith(("http://", "https://")) and href.strip() else None

    def select(self, css: str, within: HtmlElement | None = None) -> list[Found]:
        """Elements, or texts for ``::attr()`` and ``::text``, in the page's order."""
        if within is not None:
            return list(_compiled(css)(within))
        if css not in self._selected:
            # Each walk over all elements costs 0.1 ms; most selectors belong to other layouts.
            possible = ", ".join(part for part, names in _parts(css) if names <= self._names)
            self._selected[css] = _compiled(possible)(self.root) if possible else []
        return list(self._selected[css])

    @cached_property
    def _names(self) -> frozenset[str]:
        """All classes and ids in use."""
        return frozenset(" ".join(_NAMES(self.root)).split())

    def texts(self, *selectors: str, within: HtmlElement | None = None) -> tuple[str, ...]:
        """All non-empty folded texts of the first selector that has any."""
        for css in selectors:
            found = tuple(filter(None, map(_folded, self.select(css, within))))
            if found:
                return found
        return ()

    def text(self, *selectors: str, within: HtmlElement | None = None) -> str | None:
        """The first non-empty folded text of the first selector that has any."""
        return next(iter(self.texts(*selectors, within=within)), None)

    def lines(self, *selectors: str) -> tuple[str, ...]:
        """The printed lines of the first selector that has any."""
        for css in selectors:
            found = tuple(line for element in self._elements(css) for line in lines(element))
            if found:
                return found
        return ()

    def shows(self, css: str) -> bool:
        return bool(self.select(css))

    def carve(self, selectors: Sequence[str], noise: Iterable[str] = ()) -> str:
        """The HTML of the first selector's containers that hold text, without the noise."""
        unwanted = ", ".join((*ALWAYS_NOISE, *noise))
        for css in selectors:
            kept = [_without(element, unwanted) for element in self._elements(css)]
            html = "\n".join(_serialised(element) for element in kept if text_of(element))
            if html:
                return html
        return ""

    def carve_densest(self, noise: Iterable[str] = ()) -> str:
        """The HTML of whatever holds the most paragraphs; empty where nothing reads like a text."""
        found = densest(self.root)
        return (
            ""
            if found is None
            else _serialised(_without(found, ", ".join((*ALWAYS_NOISE, *noise))))
        )

    def _elements(self, css: str) -> list[HtmlElement]:
        """The outermost elements of a selection."""
        kept: list[HtmlElement] = []
        for element in self.select(css):
            if isinstance(element, str):
                continue
            if not any(ancestor in kept for ancestor in element.iterancestors()):
                kept.append(element)
        return kept


def _without(element: HtmlElement, unwanted: str) -> HtmlElement:
    kept = copy.deepcopy(element)
    kept.tail = None
    for found in _compiled(unwanted)(kept):
        if found is not kept:
            # A block keeps the words around it apart; a script never did.
            drop(found, gap="" if found.tag in INVISIBLE else "\n")
    return kept


def _serialised(element: HtmlElement) -> str:
    return str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))


def _folded(found: Found) -> str:
    return fold(found) if isinstance(found, str) else text_of(found)


_QUOTED_OR_NEGATED = re.compile(r"\[[^\]]*\]|:not\([^)]*\)")
_INNER_COMMA = re.compile(r"[(\[][^)\]]*,")
_NAMES: Callable[[HtmlElement], Any] = etree.XPath("//@class | //@id", smart_strings=False)
_CLASS_OR_ID = re.compile(r"[.#]([A-Za-z_][\w-]*)")


@lru_cache(maxsize=1024)
def _parts(css: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The alternatives of a selector, each with the classes and ids that it cannot do without."""
    if _INNER_COMMA.search(css):
        return ((css, frozenset()),)
    parts = (part.strip() for part in css.split(","))
    return tuple(
        (part, frozenset(_CLASS_OR_ID.findall(_QUOTED_OR_NEGATED.sub("", part)))) for part in parts
    )


@lru_cache(maxsize=1024)
def _compiled(css: str) -> Callable[[HtmlElement], Any]:
    return etree.XPath(HTMLTranslator().css_to_xpath(css), smart_strings=False)


def _guess_charset(body: bytes) -> str:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
