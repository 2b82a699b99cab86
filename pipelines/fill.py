"""How full articles are, field by field: what a changed page layout shows in first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from aggregator.model import Article, Precision

LAYOUT = "layout"
"""Filled: the page was read by a layout of its publisher's own, not by the general fallback."""

FIELDS: Mapping[str, Callable[[Article], bool]] = MappingProxyType(
    {
        "published_at": lambda a: (
            a.published_precision is not None and a.published_precision is not Precision.DAY
        ),
        "credits": lambda a: bool(a.credits),
        "dateline": lambda a: a.dateline is not None,
        "body": lambda a: len(a.body) > 1,
        "summary": lambda a: a.summary is not None,
        "section": lambda a: a.section is not None,
        "tags": lambda a: bool(a.tags),
        "image": lambda a: a.image is not None,
        LAYOUT: lambda a: all(evidence.kind != "basis" for evidence in a.evidence),
    }
)


def filled_fields(article: Article) -> tuple[str, ...]:
    return tuple(name for name, is_filled in FIELDS.items() if is_filled(article))
