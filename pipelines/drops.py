"""Why an article is dropped: one named class per reason, so that Scrapy's statistics count them."""

from __future__ import annotations

from typing import ClassVar

from scrapy.exceptions import DropItem


class Drop(DropItem):
    """Judged unfit. ``reason`` is what the run's report shows."""

    reason: ClassVar[str] = "unfit"

    def __init__(self, url: str) -> None:
        super().__init__(f"{self.reason}: {url}")
        self.url = url


class EmptyHeadline(Drop):
    reason = "empty headline"


class EmptyBody(Drop):
    """Nothing is left once boilerplate is gone."""

    reason = "empty body"


class OversizedBody(Drop):
    """More markup than any article has (``pipelines.body.is_oversized``)."""

    reason = "page too large"


class FutureArticle(Drop):
    """Published more than a day after it was fetched: a misread date, not data."""

    reason = "published in the future"


class Unattributable(Drop):
    """Publisher, headline or address is missing: it may not be stored."""

    reason = "cannot be attributed"


class Buried(Drop):
    """A tombstone keeps it out."""

    reason = "withdrawn"
