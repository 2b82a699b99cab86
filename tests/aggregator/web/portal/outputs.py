"""Everything that leaves over HTTP, and whether an article in it is named completely."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote

from aggregator.model import Attribution
from tests.aggregator.web.conftest import Ask


@dataclass(frozen=True, kw_only=True)
class Marked:
    """An article that can be recognised wherever anything of it is."""

    id: int
    token: str
    """In its headline and its text; in nothing else."""
    attribution: Attribution


PATHS = (
    "/",
    "/en",
    "/topik/smk",
    "/topik",
    "/penerbit/contoh",
    "/penerbit",
    "/tempat",
    "/tempat/Balikpapan",
    "/en/topik/smk",
    "/cari?q=kata&topik=smk&tempat=Kalimantan+Timur",
    "/rubrik/kejuruan",
    "/sitemap.xml",
    "/sitemap-news.xml",
    "/sitemap-2026-07.xml",
    "/feed.rss",
    "/feed.atom",
    "/feed.json",
    "/tidak/ada",
    "/api/v1/articles",
    "/api/v1/search?q=kata",
    "/api/v1/clusters",
    "/api/v1/stats",
    "/api/v1/facets?by=topic",
    "/cari?q=kata",
)


def addresses(articles: list[Marked]) -> Iterator[str]:
    yield from PATHS
    for article in articles:
        yield f"/berita/{article.id}"
        yield f"/en/berita/{article.id}"
        yield f"/cari?q={article.token}"
        yield f"/api/v1/articles/{article.id}"
        yield f"/api/v1/clusters/{article.id}"
        yield f"/api/v1/lookup?key={quote(article.attribution.url, safe='')}"


def said(ask: Ask, path: str) -> str:
    """An output's text as whoever reads it understands it."""
    answer = ask(path, follow_redirects=True)
    assert answer.status_code < 500, path
    if "json" in answer.headers["content-type"]:
        return json.dumps(answer.json(), ensure_ascii=False)
    # Twice: markup inside of XML.
    text = unescape(unescape(answer.text))
    # What is asked is repeated on the page of a search: that shows no article.
    return (
        re.sub(r"<h1>.*?</h1>|<title>.*?</title>|<input[^>]*>", "", text)
        if path.startswith("/cari")
        else text
    )


def incomplete(text: str, article: Marked) -> list[str]:
    """What is missing of a source where anything of the article is shown."""
    plain = " ".join(re.sub(r"<mark>|</mark>", "", text).split())
    if article.token not in plain:
        return []
    needed = {
        "credit line": article.attribution.credit_line,
        "publisher": article.attribution.publisher_title,
        "link": article.attribution.url,
    }
    # In JSON, quotation marks are escaped.
    return [
        name
        for name, words in needed.items()
        if words not in plain and json.dumps(words, ensure_ascii=False)[1:-1] not in plain
    ]
