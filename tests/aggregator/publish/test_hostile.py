"""What a publisher or an editor writes acts in no portal: every field, two hundred payloads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup

from aggregator.articlejson import Holding
from aggregator.model import Credit, Dateline, Role, Withdrawal
from aggregator.publish.compose import TAGS, compose
from aggregator.publish.port import Post
from aggregator.publish.static import StaticPortal
from tests.aggregator.publish.builders import NOW, review, settings, stated, view
from tests.aggregator.web.desk.payloads import PAYLOADS

LINKS = {"href", "rel"}


def poisoned(payload: str) -> Post:
    """A post of an article of which every text is the payload."""
    article = stated(
        headline=f"Kabar {payload}",
        summary=payload,
        excerpt=payload,
        body=(payload, f"a {payload} b"),
        body_html=payload,
        section=payload,
        agency=payload,
        tags=(payload,),
        topics=(payload,),
        credits=(Credit(name=payload, role=Role.REPORTER),),
        dateline=Dateline(mark=payload, place=payload, raw=payload),
    )
    decided = review(headline=f"Kita {payload}", excerpt=payload, section=payload, editor=payload)
    return compose(article, decided, settings())


def notice(payload: str) -> Post:
    """Of an article that was withdrawn, for that reason, by that one."""
    withdrawn = Withdrawal(at=NOW, reason=payload, by=payload, by_hand=True)
    held = Holding(revision=1, first_seen=NOW, withdrawn=withdrawn)
    return compose(view(holding=held), review(), settings())


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("made", [poisoned, notice])
def test_the_text_of_a_post_has_no_element_but_ours(
    made: Callable[[str], Post], payload: str
) -> None:
    post = made(payload)
    for tag in BeautifulSoup(post.body_html, "html.parser").find_all():
        assert tag.name in TAGS
        assert set(tag.attrs) <= LINKS
        assert str(tag.get("href", "https://")).startswith(("https://", "http://"))
    for line in (post.headline, post.slug, *post.tags, *post.categories):
        assert not any(ord(char) < 32 for char in line)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[StaticPortal, Path]]:
    folder = tmp_path_factory.mktemp("situs") / "situs"
    portal = StaticPortal(
        name="situs",
        folder=folder,
        url="https://sekolah.sch.id/",
        title="<b>SMK</b>",
        zone=ZoneInfo("Asia/Makassar"),
        now=lambda: datetime(2026, 11, 25, tzinfo=UTC),
    )
    yield portal, folder
    portal.close()


@pytest.mark.parametrize("payload", PAYLOADS[::8])
def test_a_page_of_a_static_site_is_built_like_any_other(
    site: tuple[StaticPortal, Path], payload: str
) -> None:
    portal, folder = site
    made = portal.create(poisoned(payload))
    pages = list(folder.rglob("*.html"))
    assert pages
    for path in pages:
        assert folder in path.resolve().parents
        for tag in BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").find_all():
            assert tag.name not in ("script", "iframe", "img", "svg", "object", "base", "form")
            assert not any(name.startswith("on") or name == "style" for name in tag.attrs)
            assert str(tag.get("href", "/")).startswith(("https://", "http://", "/", ".", "#"))
    portal.update(made.id, notice(payload))
