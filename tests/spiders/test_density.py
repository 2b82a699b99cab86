"""Where the paragraphs of a page are, without anybody having described it."""

from __future__ import annotations

import time

from lxml import html

from spiders.density import LEAST_TEXT, densest
from spiders.page import Page

SENTENCE = "Siswa datang pagi-pagi ke sekolah untuk menanam pohon bersama guru dan orang tua. "
PARAGRAPH = f"<p>{SENTENCE * 2}</p>"
LINKS = "<div id=terkait>" + f"<p><a href=/x>{SENTENCE}</a></p>" * 12 + "</div>"


def place(body: str) -> str | None:
    found = densest(html.document_fromstring(f"<html><body>{body}</body></html>"))
    return None if found is None else found.get("id")


def test_the_container_of_the_paragraphs_is_found() -> None:
    assert (
        place(f"<div id=isi>{PARAGRAPH * 3}</div>{LINKS}<footer>{PARAGRAPH * 9}</footer>") == "isi"
    )


def test_a_text_broken_by_line_breaks_is_found() -> None:
    assert (
        place(f"<div id=isi>{SENTENCE}<br><br>{SENTENCE}<b>{SENTENCE}</b><br>{SENTENCE}</div>")
        == "isi"
    )


def test_paragraphs_may_be_divs() -> None:
    paragraph = f"<div>{SENTENCE}<b>{SENTENCE}</b></div>"
    assert place(f"<div id=isi>{paragraph * 3}</div><div id=lain>{paragraph}</div>") == "isi"
    assert place(f"<div id=isi>{paragraph * 2}</div>") == "isi"  # not its longer paragraph


def test_a_text_in_two_levels_is_one() -> None:
    pieces = f"<div>{PARAGRAPH * 2}</div>" * 3
    assert place(f"<div id=isi>{pieces}</div><div id=lain>{PARAGRAPH}</div>") == "isi"


def test_what_stands_beside_the_text_does_not_count() -> None:
    for tag in ("aside", "nav", "figure", "footer", "form", "a"):
        assert place(f"<{tag}><div id=isi>{PARAGRAPH * 5}</div></{tag}>") is None, tag


def test_a_menu_is_no_text() -> None:
    assert place("<div id=menu>" + "<p>Beranda</p>" * 40 + "</div>") is None
    assert place(f"<div id=isi><p>{'x' * (LEAST_TEXT - 1)}</p></div>") is None
    assert place("") is None


def test_a_deep_page_is_read_soon() -> None:
    deep = Page("https://contoh.example/", "<b><div>x" * 900 + PARAGRAPH * 3)
    started = time.perf_counter()
    assert deep.carve_densest()
    assert time.perf_counter() - started < 2  # counted anew at each level: longer
