"""Pages that are no plain news, one of each kind: dropped by name, or kept and marked.

``kinds/kinds.json`` says of each page what a reader would: ``dropped`` with the reason, or the
article's text, people, flags and whether it is for subscribers only.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from aggregator.config import Config
from aggregator.errors import UnfitPageError, UnfitReason
from aggregator.extract import attributed_article
from aggregator.model import Article
from spiders.page import Page
from spiders.registry import publisher_for

FOLDER = Path(__file__).parent / "kinds"
KINDS: dict[str, dict[str, Any]] = json.loads((FOLDER / "kinds.json").read_text("utf-8"))
DROPPED = {name: about["dropped"] for name, about in KINDS.items() if "dropped" in about}
KEPT = sorted(KINDS.keys() - DROPPED.keys())
NOW = datetime(2026, 8, 1, 3, 0, tzinfo=UTC)


def read(name: str) -> Article:
    url = KINDS[name]["url"]
    parser = publisher_for(url)
    assert parser is not None
    page = Page(url, (FOLDER / f"{name}.html").read_bytes())
    return attributed_article(Config(), parser(), [page], NOW).article


@pytest.mark.parametrize("name", DROPPED)
def test_what_is_no_article_is_dropped_by_name(name: str) -> None:
    with pytest.raises(UnfitPageError) as refused:
        read(name)
    assert refused.value.reason == UnfitReason(DROPPED[name])


@pytest.mark.parametrize("name", KEPT)
def test_what_is_one_of_a_kind_is_kept_and_marked(name: str) -> None:
    wanted, article = KINDS[name], read(name)
    assert list(article.body) == wanted["body"]
    assert [flag.name for flag in article.flags] == wanted["flags"]
    assert sorted(f"{c.name} ({c.role})" for c in article.credits) == sorted(wanted["credits"])
    assert article.paywalled is wanted["paywalled"]


def test_every_page_has_its_say() -> None:
    assert {path.stem for path in FOLDER.glob("*.html")} == set(KINDS)
