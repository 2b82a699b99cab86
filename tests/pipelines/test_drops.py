"""Every reason to drop an article has a class of its own, which Scrapy's statistics count."""

from __future__ import annotations

import pytest
from scrapy.exceptions import DropItem

from pipelines.drops import Drop

KINDS = Drop.__subclasses__()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_drop_says_why_and_which(kind: type[Drop]) -> None:
    drop = kind("https://contoh.example/berita/1")
    assert str(drop) == f"{kind.reason}: https://contoh.example/berita/1"
    assert drop.url == "https://contoh.example/berita/1"
    assert isinstance(drop, DropItem)


def test_no_two_drops_share_a_reason() -> None:
    reasons = [kind.reason for kind in (Drop, *KINDS)]
    assert len(reasons) == len(set(reasons)) == 7
