"""Articles that an editor has decided about, and pages as a reader's browser parses them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from lxml import html

from aggregator.model import Review, ReviewState
from storage import reviews, withdrawals
from storage.database import Database
from tests.aggregator.web.conftest import Ask, Put
from tests.pipelines.builders import NOW

Decide = Callable[..., None]
Read = Callable[..., Any]

LATER = NOW + timedelta(days=2)


@pytest.fixture
def decide(database: Database) -> Decide:
    """``decide(1, headline="…")`` approves; ``state=`` decides otherwise."""

    def decide(number: int, state: ReviewState = ReviewState.APPROVED, **said: Any) -> None:
        own = {"decided_at": NOW, "editor": "Bu Ani", "revision": 1, **said}
        review = Review(article_id=number, state=state, **own)
        with database.session() as session:
            reviews.decide(session, review, action=str(state))

    return decide


@pytest.fixture
def withdraw(database: Database) -> Callable[..., None]:
    def withdraw(
        number: int, reason: str = "not found", by: str = "publisher", at: datetime = LATER
    ) -> None:
        with database.session() as session:
            withdrawals.withdraw(session, number, at=at, reason=reason, by=by)

    return withdraw


@pytest.fixture
def read(ask: Ask) -> Read:
    """``read("/")`` is the parsed page; redirects are followed."""
    return reader(ask)


def reader(ask: Ask) -> Read:
    def read(path: str, status: int = 200) -> Any:
        answer = ask(path, follow_redirects=True)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        return html.fromstring(answer.text)

    return read


def words(page: Any) -> str:
    """What a reader sees, with single spaces."""
    (body,) = page.xpath("//main")
    return " ".join(body.text_content().split())


def headlines(page: Any) -> list[str]:
    return [" ".join(found.text_content().split()) for found in page.xpath("//main//article/h2")]


__all__ = ["Ask", "Put"]
