"""Real saved pages against what a careful reader wrote down. Skipped where they are not at hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from aggregator.model import Article
from pipelines.normalise import normalise
from spiders.page import Page
from spiders.parser import ArticleParser
from spiders.registry import publishers

PAGES = Path(__file__).parents[3] / "shared" / "pages"
EXPECTED = sorted((PAGES / "expected").glob("*.json"))

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not EXPECTED, reason=f"no saved pages in {PAGES}"),
]

ABOUT = {"page", "url", "note", "fragment", "more_pages"}
NOW = datetime(2026, 8, 1, tzinfo=UTC)


def load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@cache
def article_of(path: Path, pages: int = 1) -> Article:
    about = load(path)
    parser = publishers()[about["publisher"]]()
    content = (PAGES / about["page"]).read_bytes()
    if about.get("fragment"):
        article = fragment(parser, content.decode("utf-8"))
    else:
        article = parser.parse_page(Page(about["url"], content), fetched_at=NOW)
    more = about.get("more_pages", []) if pages > 1 else []
    bodies = [parser.continuation(Page(about["url"], (PAGES / p).read_bytes())) for p in more]
    return normalise(parser.merge(article, bodies), parser.publisher)


def fragment(parser: ArticleParser, body_html: str) -> Article:
    url = "https://www.kemdikbud.go.id/main/blog/2020/09/siaran-pers"
    return Article(
        publisher=parser.publisher.name,
        url=url,
        canonical_url=url,
        headline="Siaran pers",
        fetched_at=NOW,
        body_html=body_html,
    )


def expectations() -> list[Any]:
    return [
        pytest.param(path, field, id=f"{path.stem}-{field}")
        for path in EXPECTED
        for field in load(path)
        if field not in ABOUT
    ]


@pytest.mark.parametrize(("path", "field"), expectations())
def test_field(path: Path, field: str) -> None:
    wanted = load(path)[field]
    assert stated(path, field, wanted) == wanted


def stated(path: Path, field: str, wanted: Any) -> Any:
    article = article_of(path)
    match field:
        case "body_with_more_pages":
            return list(article_of(path, 2).body)
        case "pages_with_more_pages":
            return article_of(path, 2).pages
        case "body" | "tags":
            return list(getattr(article, field))
        case "published_at" | "modified_at":
            moment = getattr(article, field)
            seconds = datetime.fromisoformat(wanted).second
            return moment and moment.replace(second=seconds).isoformat()
        case "credits":
            found = [{"name": credit.name, "role": credit.role} for credit in article.credits]
            return sorted(found, key=wanted.index) if all(c in wanted for c in found) else found
        case "dateline":
            line = article.dateline
            return line and {"mark": line.mark, "place": line.place}
        case "press_release_number" | "stated_date":
            return next((e.text for e in article.evidence if e.kind == field), None)
        case _:
            return getattr(article, field)
