"""Articles as the outbox sees them, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aggregator.articlejson import Holding
from aggregator.model import Review, ReviewState, RightsBasis
from aggregator.publish.compose import Composing
from aggregator.publishconfig import TargetConfig
from aggregator.query import ArticleView
from aggregator.reuse import Reuse
from pipelines.attribute import attribute
from tests.pipelines.builders import normalised, publisher

NOW = datetime(2026, 8, 2, 3, 0, tzinfo=UTC)
"""11.00 WITA on a Sunday."""

WITA = ZoneInfo("Asia/Makassar")


def portal(**changes: Any) -> TargetConfig:
    known = {"name": "sekolah", "kind": "wordpress", "url": "https://sekolah.example", "user": "x"}
    return TargetConfig(**{**known, **changes})


def settings(press: Reuse = Reuse.FULL, **changes: Any) -> Composing:
    return Composing(portal=portal(**changes), zone=WITA, press=press)


def view(
    *, basis: RightsBasis = RightsBasis.GOVERNMENT, holding: Holding | None = None, **changes: Any
) -> ArticleView:
    found = attribute(normalised(**changes), publisher(rights_basis=basis))
    held = holding or Holding(revision=1, first_seen=NOW - timedelta(hours=5))
    return ArticleView(id=1, found=found, holding=held)


def stated(basis: RightsBasis = RightsBasis.GOVERNMENT, **changes: Any) -> ArticleView:
    """An article of which these parts are as bad as they may be: no rule has looked at them."""
    good = view(basis=basis)
    article = replace(good.article, **changes)
    found = attribute(article, publisher(rights_basis=basis))
    return replace(good, found=found)


def review(**changes: Any) -> Review:
    known: dict[str, Any] = {
        "article_id": 1,
        "state": ReviewState.APPROVED,
        "decided_at": NOW - timedelta(hours=1),
        "editor": "Bu Rina",
        "revision": 1,
    }
    return Review(**{**known, **changes})
