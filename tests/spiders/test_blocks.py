"""Refusals that look like pages, and articles that must not look like refusals."""

from __future__ import annotations

import pytest

from spiders import blocks
from spiders.blocks import block_reason
from spiders.page import Page

URL = "https://www.tribunnews.com/pendidikan/9200101/beasiswa"
TEXT = "<p>" + "Siswa dan guru berkumpul di halaman sekolah untuk upacara. " * 60 + "</p>"


def html(title: str, body: str) -> Page:
    return Page(URL, f"<html><head><title>{title}</title></head><body>{body}</body></html>")


@pytest.mark.parametrize(
    ("status", "page", "reason"),
    [
        (401, html("x", ""), blocks.LOGIN),
        (403, html("x", ""), blocks.REFUSED),
        (429, Page(URL, b""), blocks.TOO_MANY),
        (451, html("x", ""), blocks.LEGAL),
        (403, html("Just a moment...", "<p>Enable JavaScript and cookies to continue</p>"),
         blocks.CLOUDFLARE),
        (503, html("Just a moment...", "<div id=challenge></div>"), blocks.CLOUDFLARE),
        (200, html("www.tribunnews.com", "<h1>Tribun</h1><p>Verifying you are human.</p>"),
         blocks.ROBOT_CHECK),
        (200, html("Attention Required! | Cloudflare", "<h1>Sorry, you have been blocked</h1>"),
         blocks.CLOUDFLARE),
        (403, html("ERROR: The request could not be satisfied",
                   "<h1>403 ERROR</h1><h2>The request could not be satisfied.</h2>"
                   "<p>Request blocked.</p>"), blocks.CLOUDFRONT),
        (200, html("403 Forbidden", "<center>nginx</center>"), blocks.REFUSED),
        (200, html("Access Denied", "You don't have permission to access this page."),
         blocks.DENIED),
        (200, html("Masuk", "<form><input name=u><input type='password'></form>"), blocks.LOGIN),
        (200, html("", "<div id=root></div><script src=/app.js></script>"), blocks.SHELL),
    ],
)  # fmt: skip
def test_refusals(status: int, page: Page, reason: str) -> None:
    assert block_reason(status, page) == reason


@pytest.mark.parametrize(
    ("status", "page"),
    [
        (200, html("Siswa Juara", f"<h1>Siswa Juara</h1>{TEXT}")),
        (200, html("Captcha: Cara Kerja dan Sejarahnya", f"<h1>Captcha</h1>{TEXT}")),
        (200, html("Access Denied, Film Karya Siswa", f"<article>{TEXT}</article>")),
        (200, html("Masuk Sekolah", f"<h1>x</h1>{TEXT}<input type='password'>")),
        (200, html("Siswa", "<h1>Pendek</h1><p>Satu paragraf.</p><script></script>")),
        (404, html("Tidak ditemukan", "<script></script>")),
        (500, html("Galat", "")),
        (200, Page(URL, b"")),
        (200, Page(URL, b"%PDF-1.4")),
    ],
)
def test_pages_that_are_none(status: int, page: Page) -> None:
    assert block_reason(status, page) is None
