"""Where an article says that its text first stood, and whether that is another article.

Forms printed by the three publishers, 2019 to 2026: ``Artikel ini telah tayang di Tribun-Papua.com
dengan judul Sekolah Baru, https://papua.tribunnews.com/…`` (address and title may be missing), and
an address in brackets or after ``Sumber:`` at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aggregator.model import Printing
from aggregator.urls import host_of

_STATED = re.compile(
    r"\b(?:di|pada)\s+(?:laman\s+|situs\s+)?(?P<site>[\w.-]*\w)"
    r"(?:.*?\bdengan judul\s*:?\s*(?P<title>.+?))?\s*[,.]?\s*(?:\(?https?://\S+)?$",
    re.IGNORECASE,
)
_ENDING = re.compile(r"(?:\.(?:com|co|id|net|org|go|or))+$")
_NO_NAME = re.compile(r"[^a-z0-9]+")
_WORD = re.compile(r"\w+")

LEAST_LABEL = 4
"""Letters of a label that may be recognised inside its site's brand, as ``bangka`` in
``Bangkapos``."""


def is_stated_copy(article: Printing) -> bool:
    """Whether the article itself says that it first stood elsewhere."""
    return any(True for _ in _stated(article)) or _original_address(article) is not None


def names(copy: Printing, other: Printing) -> bool:
    """Whether ``copy`` says that its text first stood where ``other`` is."""
    if not (copy.original_url or copy.evidence):
        return False
    address = _original_address(copy)
    if address is not None:
        return _address(address) in map(_address, other.urls)
    return any(_means(site, title, other) for site, title in _stated(copy))


def _stated(article: Printing) -> Iterator[tuple[str, str | None]]:
    """Site and title of every printed statement."""
    for evidence in article.evidence:
        found = _STATED.search(evidence.text) if evidence.kind == "first_published" else None
        if found is not None:
            yield found["site"], found["title"]


def _original_address(article: Printing) -> str | None:
    """``None`` also where an article names its own address."""
    if article.original_url is None or not host_of(article.original_url):
        return None
    own = _address(article.original_url) in map(_address, article.urls)
    return None if own else article.original_url


def _means(site: str, title: str | None, other: Printing) -> bool:
    if title is not None and _words(title) == _words(other.headline):
        return True
    return title is None and any(_is_site(site, host_of(url)) for url in other.urls)


def _is_site(brand: str, host: str) -> bool:
    """``Tribun-Papua.com`` is ``papua.tribunnews.com``; ``Tribunnews.com`` is ``www`` alone."""
    name = _NO_NAME.sub("", _ENDING.sub("", brand.casefold()))
    *labels, domain = _ENDING.sub("", host.removeprefix("www.")).split(".")
    if not labels:
        return name == _NO_NAME.sub("", domain)
    return len(labels[0]) >= LEAST_LABEL and labels[0] in name


def _address(url: str) -> str:
    """What of an address says which article it is."""
    bare = re.sub(r"^https?://(?:www\.|m\.|amp\.)?", "", url.casefold())
    return bare.partition("?")[0].partition("#")[0].rstrip("/.,")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
