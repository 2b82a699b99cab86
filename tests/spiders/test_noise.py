"""Noise is what CSS says it is, however it is looked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from spiders.layout import COMMON_NOISE, STANDARD
from spiders.noise import noise
from spiders.page import ALWAYS_NOISE
from spiders.registry import publishers
from spiders.selectors import select
from spiders.text import Element

PAGE = """<div class="x"><p class="ads baca-juga">1</p><span id="gpt-ad-1" hidden>2</span>
<script>3</script><ul class="tags"><li class="x">4</li></ul><div style="color: red">5</div>
<p id="ads">6</p><p class="tagsx">7</p><ins class="adsbygoogle">8</ins></div>"""

SELECTORS = (
    *("p", "li", ".x", ".ads", "p.ads", "li.ads", "#ads", "div#ads", ".tags", "ul.tags"),
    *("[class*='tag']", "[id^='gpt']", "[hidden]", "span[hidden]", "[style*='red']"),
    *("[id='ads']", ".ads.baca-juga", "ul > li", "div .x", "p:not(.ads)", "h1"),
)


def both(page: str, chosen: tuple[str, ...]) -> tuple[set[Element], set[Element]]:
    tree = html.fragment_fromstring(page, create_parent="div")
    found = set(noise(chosen).within(tree))
    return found, {element for css in chosen for element in select(tree, css)}


@pytest.mark.parametrize("css", SELECTORS)
def test_one_selector_means_what_css_means(css: str) -> None:
    ours, theirs = both(PAGE, (css,))
    assert ours == theirs
    assert bool(ours) is (css not in ("li.ads", "div#ads", "h1"))


@given(st.lists(st.sampled_from(SELECTORS), min_size=1, max_size=6))
def test_so_do_many(chosen: list[str]) -> None:
    ours, theirs = both(PAGE, tuple(chosen))
    assert ours == theirs


def test_of_all_that_is_declared_little_is_left_to_walks_of_its_own() -> None:
    layouts = [layout for spider in publishers().values() for layout in spider.layouts]
    declared = (
        *ALWAYS_NOISE,
        *COMMON_NOISE,
        *STANDARD.noise,
        *(n for x in layouts for n in x.noise),
    )
    assert not any("," in css for css in declared)  # an alternative of its own is a line of its own
    assert len(noise(declared).others) < len(set(declared)) / 10
