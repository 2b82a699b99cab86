"""People and times on a page of a template that nobody described."""

from __future__ import annotations

import time

import pytest
from lxml import html

from spiders import undescribed


def tree(body: str) -> html.HtmlElement:
    return html.document_fromstring(f"<html><body>{body}</body></html>")


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>Penulis: Ani Dewi</p>", ["Penulis: Ani Dewi"]),
        ("<div>Penulis: <a>Ani</a></div>", ["Penulis: Ani"]),
        ("<div><b>Editor:</b> <a>Budi</a></div>", ["Editor: Budi"]),
        ("<div>Rep: Ani/ Red: <a>Budi</a></div>", ["Rep: Ani/ Red: Budi"]),
        ("<span>Reporter/Editor: Ani</span>", ["Reporter/Editor: Ani"]),
        ("<p>OLEH: ANI DEWI</p>", ["OLEH: ANI DEWI"]),
        ("<p>Penulis: Ani</p><p>Editor: Budi</p>", ["Penulis: Ani", "Editor: Budi"]),
        # a sentence, a widget, a script, an empty label
        ("<p>Penulis buku itu guru.</p><p>Kata editor: bagus.</p>", []),
        ("<aside><p>Penulis: Ani</p></aside><footer>Editor: Budi</footer>", []),
        ("<script>var x = 'Penulis: Ani'</script>", []),
        ("<p>Penulis:</p>", []),
        (f"<p>Penulis: {'x ' * 200}</p>", []),
    ],
)
def test_lines_about_people_are_found(body: str, lines: list[str]) -> None:
    assert list(undescribed.bylines(tree(body))) == lines


TIME = "Jumat, 24 Juli 2026 16:32 WIB"


@pytest.mark.parametrize(
    ("body", "times"),
    [
        (f"<h1>Judul</h1><span>{TIME}</span>", [TIME]),
        (f"<p>{TIME}</p><h1>Judul</h1>", [TIME]),
        (f"<h1>Judul</h1><i>23 Juli 2026</i><p>{TIME}</p>", [TIME, "23 Juli 2026"]),
        ("<h1>Judul</h1><p>24/07/2026 - 16.32</p>", ["24/07/2026 - 16.32"]),
        ("<h1>Judul</h1><p>9 Maret 2026, Dilihat 842 kali</p>", ["9 Maret 2026, Dilihat 842 kali"]),
        # a clock far above the headline is the site's own; one far below is another article's
        (f"<p>{TIME}</p>{'<p>menu</p>' * 20}<h1>Judul</h1>", []),
        (f"<h1>Judul</h1>{'<p>kalimat</p>' * 60}<p>{TIME}</p>", []),
        ("<h1>Judul</h1><p>Acara digelar pada 24 Juli 2026 di aula.</p>", []),
        ("<h1>Judul</h1>", []),
    ],
)
def test_times_near_the_headline_are_found(body: str, times: list[str]) -> None:
    assert list(undescribed.times(tree(body))) == times


def test_a_large_page_is_searched_soon() -> None:
    large = tree("<div>Editor: <b>x</b></div>" * 20_000)
    started = time.perf_counter()
    undescribed.bylines(large)
    list(undescribed.times(large))
    assert time.perf_counter() - started < 2
