"""Golden cases: one page per layout generation, one test per field that a person wrote down.

A case is a folder ``tests/publishers/<publisher>/<case>/`` with ``case.json`` (``url``,
``fetched_at``, and where needed ``entry`` and ``more_pages``), ``page.html`` and ``expected.json``.
Only the keys of ``expected.json`` are judged. Its times are minutes; a bare date asks for a day.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from aggregator.model import Article, Entry, Precision
from pipelines.normalise import normalise
from spiders.blocks import block_reason
from spiders.missing import missing_reason, notice_in
from spiders.page import Page
from spiders.registry import publishers

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/*/case.json"))
ENTRY_FIELDS = {field.name for field in fields(Entry)}


def load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@cache
def article_of(case: Path) -> Article:
    """The case's page through the parser and the normaliser."""
    about = load(case / "case.json")
    parser = publishers()[case.parent.name]()
    page = Page(about["url"], (case / "page.html").read_bytes())
    entry = Entry(**about["entry"]) if "entry" in about else None
    fetched_at = datetime.fromisoformat(about["fetched_at"])
    article = parser.parse_page(page, fetched_at=fetched_at, entry=entry)
    further = zip(parser.next_pages(page), about.get("more_pages", []), strict=True)
    bodies = [parser.continuation(Page(url, (case / name).read_bytes())) for url, name in further]
    return normalise(parser.merge(article, bodies), parser.publisher)


def expectations() -> list[Any]:
    return [
        pytest.param(case, field, id=f"{case.parent.name}-{case.name}-{field}")
        for case in CASES
        for field in load(case / "expected.json")
    ]


@pytest.mark.parametrize(("case", "field"), expectations())
def test_field(case: Path, field: str) -> None:
    article = article_of(case)
    wanted = load(case / "expected.json")[field]
    assert stated(article, field, wanted) == wanted


def stated(article: Article, field: str, wanted: Any) -> Any:
    """A field in the form of ``expected.json``."""
    match field:
        case "published_at" | "modified_at":
            return moment(getattr(article, field), wanted)
        case "credits":
            found = [{"name": credit.name, "role": credit.role} for credit in article.credits]
            return sorted(found, key=wanted.index) if all(c in wanted for c in found) else found
        case "dateline":
            line = article.dateline
            return {"mark": line.mark, "place": line.place} if line else None
        case "image":
            image = article.image
            return image and {key: getattr(image, key) for key in wanted}
        case "evidence":
            found = {evidence.kind: evidence.text for evidence in article.evidence}
            return {kind: found.get(kind) for kind in wanted}
        case "body" | "tags":
            return list(getattr(article, field))
        case _:
            return getattr(article, field)


def moment(value: datetime | None, wanted: str) -> str | None:
    if value is None:
        return None
    if len(wanted) == len("2020-08-07"):
        return date.isoformat(value.date())
    seconds = datetime.fromisoformat(wanted).second
    return value.replace(second=seconds, microsecond=0).isoformat()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_a_bare_date_is_known_to_be_one(case: Path) -> None:
    wanted = load(case / "expected.json").get("published_at", "")
    precise = Precision.DAY if len(wanted) == len("2020-08-07") else Precision.MINUTE
    assert article_of(case).published_precision is precise


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_normalising_again_changes_nothing(case: Path) -> None:
    article = article_of(case)
    assert normalise(article, publishers()[case.parent.name].publisher) == article


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_no_article_is_taken_for_a_refusal(case: Path) -> None:
    page = Page(load(case / "case.json")["url"], (case / "page.html").read_bytes())
    assert block_reason(200, page) is None


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_no_article_is_taken_for_missing(case: Path) -> None:
    page = Page(load(case / "case.json")["url"], (case / "page.html").read_bytes())
    parser = publishers()[case.parent.name]()
    assert missing_reason(page, parser) is None
    assert notice_in(parser.body_html(page, parser.layout_of(page))) is None


@pytest.mark.parametrize("name", sorted(publishers()))
def test_every_publisher_has_a_case(name: str) -> None:
    assert any(case.parent.name == name for case in CASES)


@pytest.mark.parametrize("name", sorted(publishers()))
def test_every_layout_has_a_case(name: str) -> None:
    covered = {load(c / "expected.json").get("layout") for c in CASES if c.parent.name == name}
    assert {layout.name for layout in publishers()[name].layouts} <= covered


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_the_address_of_a_case_is_an_article_address(case: Path) -> None:
    parser = publishers()[case.parent.name]()
    url = parser.canonical(load(case / "case.json")["url"])
    assert parser.is_article_url(url)
    assert parser.identity(url) == load(case / "expected.json").get("external_id")
