"""Selectors find what CSS means, and their cost grows with the page and no faster."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from parsel import Selector

from spiders.selectors import FEW, Index, outermost, parts, select

PAGE = """<html><body>
<div id=a class="x y"><p class=x>1</p><p>2</p>
<div class=x><p class=x>3</p><ul><li>4</li><li>5<li>6</ul></div></div>
<div class=y title="satu dua"><p class="x z">7</p><h2>8</h2><p>9</p><p>10</p></div>
</body></html>"""

SELECTORS = (
    *("p", ".x", "#a", "div p", "div.x p", "#a .x p", ".y > p", "p + p", "div .x p.x"),
    *("li:first-child", "li:last-child", "li:nth-child(2)", "li:nth-last-child(2)", "ul li + li"),
    *("p:first-of-type", "p:last-of-type", "p:nth-of-type(2)", "p:nth-last-of-type(2)"),
    *("div:has(> h2) > p", "[title='satu dua'] p", "p:not(.x)", "div.x p, h2", ".x, .y p"),
)


def both(page: str, css: str) -> tuple[list[str], list[str]]:
    tree = html.document_fromstring(page)
    ours = [html.tostring(found, encoding="unicode") for found in select(tree, css)]
    theirs = [
        html.tostring(found.root, encoding="unicode") for found in Selector(root=tree).css(css)
    ]
    return ours, theirs


@pytest.mark.parametrize("css", SELECTORS)
def test_selectors_mean_what_they_mean_elsewhere(css: str) -> None:
    ours, theirs = both(PAGE, css)
    assert ours == theirs
    assert ours


def test_attributes_and_texts_are_found() -> None:
    tree = html.document_fromstring("<p><a href=/1>satu</a><a href=/2>dua</a></p>")
    assert select(tree, "p a::attr(href)") == ["/1", "/2"]
    assert select(tree, "p a::text") == ["satu", "dua"]


LEAVES = ["<p class=x>1</p>", "<p>2</p>", "<li>3</li>", "<h2>4</h2>"]
NESTS = [
    "<div class=x>{}</div>",
    "<div class='x y x'>{}</div>",
    "<div class=y>{}</div>",
    "<div id=a>{}</div>",
    "<ul>{}</ul>",
]
pages = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.builds(
        lambda nest, held: nest.format("".join(held)),
        st.sampled_from(NESTS),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@given(pages, st.sampled_from(SELECTORS))
def test_on_any_page(page: str, css: str) -> None:
    ours, theirs = both(f"<html><body>{page}</body></html>", css)
    assert ours == theirs


def test_outermost_elements_lie_in_no_other() -> None:
    tree = html.document_fromstring(PAGE)
    assert [found.get("class") for found in outermost(tree.cssselect("div, p"))] == ["x y", "y"]


@pytest.mark.parametrize(
    ("css", "names", "first"),
    [
        ("div.x #a p", [{".x", "#a"}], [{".x"}]),
        ("p .x", [{".x"}], [set()]),
        (".x, .y", [{".x"}, {".y"}], [{".x"}, {".y"}]),
        ("p:not(.x)", [set()], [set()]),
        ("[class='.x']", [set()], [set()]),
        ("div:has(> .x)", [{".x"}], [set()]),
        ("div.y:has(> .x)", [{".x", ".y"}], [{".y"}]),
        (".x > p", [{".x"}], [set()]),
        (".x::text", [{".x"}], [set()]),
        (".x::attr(title)", [{".x"}], [{".x"}]),
    ],
)
def test_what_a_selector_cannot_do_without_is_known(
    css: str, names: list[set[str]], first: list[set[str]]
) -> None:
    assert [set(part.names) for part in parts(css)] == names
    assert [set(part.first) for part in parts(css)] == first


INDEXED = (
    *SELECTORS,
    *("p.x", "div.x.y", "#a.x", "#b", "p.missing", ".x::attr(class)", ".x p::attr(class)"),
    *(".x::text", "p::text", "div.x:has(> p)", ".y:first-of-type", ".missing, p.z", ".x .x"),
)


@given(pages, st.sampled_from(INDEXED))
def test_an_index_finds_the_same_on_any_page(page: str, css: str) -> None:
    tree = html.document_fromstring(f"<html><body>{page}</body></html>")
    assert Index(tree).select(css) == select(tree, css)


def test_an_index_finds_the_same_among_many() -> None:
    few = html.document_fromstring("<div class=x><p class=y>1</p></div>" * FEW)
    many = html.document_fromstring("<div class=x><p class=y>1</p></div>" * (FEW + 1))
    assert len(Index(few).select(".x .y")) == FEW
    assert len(Index(many).select(".x .y")) == FEW + 1


SIBLINGS, DEPTHS = "<p>1</p>" * 20_000, "<div class=x>" * 4_000 + "<p>1</p>" * 4_000
COSTLY = ("p:nth-child(2)", "p:first-of-type", ".x .x p", "div:has(> p) > p")


@pytest.mark.parametrize("css", COSTLY)
@pytest.mark.parametrize("page", [SIBLINGS, DEPTHS], ids=["siblings", "depths"])
def test_a_page_of_ten_thousand_siblings_or_depths_is_searched_soon(css: str, page: str) -> None:
    tree = html.document_fromstring(page, parser=html.HTMLParser(huge_tree=True))
    started = time.perf_counter()
    select(tree, css)
    assert time.perf_counter() - started < 2  # as one XPath: 10 seconds to minutes
