"""One fetched HTML page, everything computed once."""

from __future__ import annotations

import copy
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import TypeAlias
from urllib.parse import urljoin

from lxml import etree
from parsel import Selector
from w3lib.encoding import html_to_unicode

from spiders.density import densest, heading_over, trim
from spiders.jsonld import Node, is_news, objects
from spiders.jsonld import every_text as jsonld_texts
from spiders.jsonld import url as stated_url
from spiders.noise import noise as compiled
from spiders.selectors import Index, Select, outermost, select
from spiders.text import Element, drop, fold, has_text, lines, text_of

Found: TypeAlias = Element | str

# Never part of a text, on any page of anybody.
ALWAYS_NOISE = (
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "ins.adsbygoogle",
    "form",
    "img",
)

MOST = 200
"""Elements of one selection that are looked at. No field of a page has as many; a page that was
made to be slow has thousands."""

MOST_TAGS = 80_000
"""Tags that a page may have; the largest real one at hand, a home page, has 6,600."""
SHORTEST_TAG = len("<b>")
LARGEST = 2 * 1024 * 1024
"""Bytes that a page may have without its inlined pictures; the largest at hand has 300 KB. The
ministry's editors paste photographs of megabytes into a text."""

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
_INLINED = re.compile(rb"data:[\w/+.-]+;base64,[\w+/=%-]+")
_HTML_TYPES = ("html", "xml", "text/plain")


class Page:
    """A page and what it says about itself. Never raises on bad input: see ``is_html``."""

    def __init__(self, url: str, body: bytes | str, content_type: str | None = None) -> None:
        self.url = url
        self.body = body.encode("utf-8", "replace") if isinstance(body, str) else body
        self.content_type = "text/html; charset=utf-8" if isinstance(body, str) else content_type
        self._selected: dict[str, list[Found]] = {}

    @cached_property
    def _decoded(self) -> tuple[str, str]:
        """Charset and text."""
        charset, text = html_to_unicode(
            self.content_type, self.body, auto_detect_fun=_guess_charset
        )
        return charset, text.replace("\x00", "") if "\x00" in text else text

    @property
    def html(self) -> str:
        """The decoded text: charset by HTTP header, byte order mark, meta, then the bytes."""
        return self._decoded[1]

    @cached_property
    def utf8(self) -> bytes:
        """The same in one encoding. Bytes are searched several times as fast as text."""
        charset, text = self._decoded
        is_as_sent = charset == "utf-8" and not self.body.startswith(BOM_UTF8)
        if is_as_sent and "\ufffd" not in text and b"\x00" not in self.body:
            return self.body.strip()
        return text.strip().encode("utf-8", "replace")

    @cached_property
    def is_html(self) -> bool:
        """False for empty bodies, files and anything else without markup."""
        declared = (self.content_type or "html").lower()
        start = self.body[:512].lstrip()
        known = any(kind in declared for kind in _HTML_TYPES)
        return known and not start.startswith(_OTHER_FILES) and b"<" in self.body

    @cached_property
    def is_oversized(self) -> bool:
        """More than a page ever is: reading it would keep the crawl from all others."""
        size = len(self.body)
        if size > MOST_TAGS * SHORTEST_TAG and self.body.count(b"<") > MOST_TAGS:
            return True
        if size > LARGEST:
            size -= sum(len(picture[0]) for picture in _INLINED.finditer(self.body))
        return size > LARGEST

    @cached_property
    def root(self) -> Element:
        # ``huge_tree``: unclosed tags nest deep on real pages.
        # Plain elements: those of ``lxml.html`` cost a call of Python each.
        parser = etree.HTMLParser(
            encoding="utf-8",
            remove_comments=True,
            remove_pis=True,
            huge_tree=True,
            collect_ids=False,
        )
        try:
            root = etree.fromstring(self.utf8 or b"<html/>", parser)
        except etree.XMLSyntaxError:
            root = None
        return etree.fromstring(b"<html/>", parser) if root is None else root

    @cached_property
    def selector(self) -> Selector:
        return Selector(root=self.root, type="html")

    @cached_property
    def jsonld(self) -> tuple[Node, ...]:
        # The plus may be written as an entity.
        blocks = self.select("script[type*='ld+json']") if b"json" in self.utf8 else ()
        return tuple(
            node
            for block in blocks
            if isinstance(block, Element) and block.text
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
            name = element.get("property") or element.get("name")
            content = fold(element.get("content") or "")
            if name and content:
                found.setdefault(name.lower(), content)
        return found

    def meta(self, *names: str) -> str | None:
        """The first non-empty ``<meta>`` of these names (``name=`` or ``property=``)."""
        return next((self._metas[name] for name in names if name in self._metas), None)

    def microdata(self, name: str) -> tuple[str, ...]:
        """The values of an ``itemprop``, in any case."""
        return self._itemprops.get(name.lower(), ())

    @cached_property
    def _itemprops(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        if b"itemprop" not in self.body:
            return found
        for element in islice(_ITEMPROPS(self.root), MOST):
            value = element.get("content") or element.get("datetime")
            text = fold(value) if value else _short_text(element)
            for name in element.get("itemprop").lower().split() if text else ():
                found[name] = (*found.get(name, ()), text)
        return found

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
        items = (text for texts in self._itemprops.values() for text in texts)
        return (*self.printed, *self._metas.values(), *items, *stated, *map(str, moments))

    def absolute(self, href: str) -> str | None:
        """``href`` seen from this page; ``None`` where it leads to no web address."""
        try:
            joined = urljoin(self.url, href.strip())
        except ValueError:
            return None
        return joined if joined.startswith(("http://", "https://")) and href.strip() else None

    def select(self, css: str, within: Element | None = None) -> list[Found]:
        """Elements, or texts for ``::attr()`` and ``::text``, in the page's order."""
        if within is not None:
            return select(within, css)
        if css not in self._selected:
            self._selected[css] = self._index.select(css)
        return list(self._selected[css])

    @cached_property
    def _index(self) -> Index:
        return Index(self.root)

    def texts(self, *selectors: str, within: Element | None = None) -> tuple[str, ...]:
        """All non-empty folded texts of the first selector that has any."""
        for css in selectors:
            found = tuple(self._texts(css, within))
            if found:
                return found
        return ()

    def text(self, *selectors: str, within: Element | None = None) -> str | None:
        """The first non-empty folded text of the first selector that has any."""
        return next((text for css in selectors for text in self._texts(css, within)), None)

    def _texts(self, css: str, within: Element | None) -> Iterator[str]:
        return filter(None, map(_folded, islice(self.select(css, within), MOST)))

    def lines(self, *selectors: str) -> tuple[str, ...]:
        """The printed lines of the first selector that has any."""
        for css in selectors:
            found = tuple(line for element in self._elements(css) for line in lines(element))
            if found:
                return found
        return ()

    @cached_property
    def printed(self) -> tuple[str, ...]:
        """All visible lines, in the page's order."""
        body = self.root.find("body")
        return lines(self.root if body is None else body)

    def shows(self, css: str) -> bool:
        return bool(self.select(css))

    def carve(
        self,
        selectors: Sequence[str],
        noise: Iterable[str] = (),
        *,
        single: bool = False,
        trimmed: bool = False,
    ) -> str:
        """The HTML of the first selector's containers that hold text, without the noise.

        ``single``: a selector that finds several containers means something else. ``trimmed``:
        without what stands over the first paragraph either, for containers that nobody described.
        """
        unwanted = (*ALWAYS_NOISE, *noise)
        for css in selectors:
            elements = self._elements(css)
            if single and len(elements) > 1:
                continue
            kept = [_without(element, unwanted) for element in elements]
            if trimmed:
                for element in kept:
                    trim(element)
            html = "\n".join(_serialised(element) for element in kept if has_text(element))
            if html:
                return html
        return ""

    def carve_densest(self, noise: Iterable[str] = ()) -> str:
        """The HTML of whatever holds the most paragraphs; empty where nothing reads like a text."""
        if self._densest is None:
            return ""
        text = _without(self._densest, (*ALWAYS_NOISE, *noise))
        trim(text)
        return _serialised(text)

    @cached_property
    def heading(self) -> str | None:
        """The heading over the densest text."""
        return None if self._densest is None else heading_over(self.root, self._densest)

    @cached_property
    def _densest(self) -> Element | None:
        return densest(self.root)

    def _elements(self, css: str) -> list[Element]:
        """The outermost elements of a selection."""
        found = (element for element in self.select(css) if not isinstance(element, str))
        return outermost(islice(found, MOST))


def _without(element: Element, unwanted: tuple[str, ...]) -> Element:
    kept = copy.deepcopy(element)
    kept.tail = None
    drop(kept, dict.fromkeys(compiled(unwanted).within(kept)))
    return kept


def _serialised(element: Element) -> str:
    return str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))


def _folded(found: Found) -> str:
    return fold(found) if isinstance(found, str) else text_of(found)


_ITEMPROPS: Select = etree.XPath("//*[@itemprop]")

LONGEST_VALUE = 300
"""Characters of a microdata value that is printed; a longer one is the article's text."""


def _short_text(element: Element) -> str:
    if sum(map(len, islice(element.itertext(), MOST))) > LONGEST_VALUE:
        return ""
    return text_of(element)


def _guess_charset(body: bytes) -> str:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
