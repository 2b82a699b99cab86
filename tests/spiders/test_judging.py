"""What an answer to a request for an article means."""

from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse, Request

from aggregator.model import Article, EndState
from spiders.answers import page_of
from spiders.judging import End, end_by_address, judge, with_witness
from spiders.page import Page
from spiders.registry import publishers
from tests.pipelines.builders import article

URL = "https://news.republika.co.id/berita/tbm4gw436/judul"
PARSER = publishers()["republika"]()
TEXT = "<p>" + "Siswa SMK mengikuti uji kompetensi di bengkel sekolah. " * 8 + "</p>"
PAGE = (
    "<title>Judul | Republika Online</title><div class='max-card__title'><h1>Judul</h1></div>"
    "<div class='article-content'><article>{}</article></div>"
)


def judged(body: str, status: int = 200, url: str = URL, **headers: str) -> Article | End:
    request = Request(URL, headers=headers)
    response = HtmlResponse(url, status, body=body.encode(), request=request)
    return judge(PARSER, response, page_of(response), None)


def test_an_article_is_read() -> None:
    assert isinstance(judged(PAGE.format(TEXT)), Article)


@pytest.mark.parametrize(
    ("status", "state", "reason"),
    [
        (404, EndState.FAILED, "not found"),
        (410, EndState.FAILED, "gone"),
        (500, EndState.FAILED, "http 500"),
        (302, EndState.FAILED, "http 302"),
        (304, EndState.FAILED, "http 304"),
        (403, EndState.BLOCKED, "refused (403)"),
        (429, EndState.BLOCKED, "too many requests (429)"),
    ],
)
def test_a_status_ends_a_url(status: int, state: EndState, reason: str) -> None:
    """Whatever the page says: 404 pages are full of articles."""
    assert judged(PAGE.format(TEXT), status) == End(state=state, reason=reason)


BARRED = {
    "challenge": "<title>Just a moment...</title><body>Tunggu sebentar</body>",
    "suspended": "<title>Account Suspended</title><body>Hubungi penyedia hosting</body>",
}


@pytest.mark.parametrize("status", [404, 410, 200])
@pytest.mark.parametrize("says", BARRED.values())
def test_who_bars_the_way_says_nothing_of_the_article(status: int, says: str) -> None:
    """With whatever status, and wherever it sends us."""
    found = judged(says, status, url="https://republika.co.id/")
    assert isinstance(found, End)
    assert found.state is EndState.BLOCKED


def test_a_form_to_log_in_makes_no_refusal_of_a_missing_page() -> None:
    """It stands in the head of every page of some sites."""
    form = "<body><form><input type='password'></form>Halaman tidak ditemukan</body>"
    assert judged(form, 404) == End(state=EndState.FAILED, reason="not found")


@pytest.mark.parametrize("header", ["If-None-Match", "If-Modified-Since"])
def test_not_modified_is_an_answer_to_a_conditional_request_only(header: str) -> None:
    assert judged("", 304, **{header: "x"}) == End(state=EndState.UNCHANGED)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://republika.co.id/", "redirected to the home page"),
        ("https://news.republika.co.id", "redirected to the home page"),
        ("https://republika.co.id/kanal/news/pendidikan", "redirected away"),
        ("https://republika.co.id/maintenance", "redirected to an error page"),
        ("https://republika.co.id/login?next=/berita", "redirected to an error page"),
        ("https://republika.co.id/errors/503.html", "redirected to an error page"),
    ],
)
def test_a_redirect_leads_somewhere(url: str, reason: str) -> None:
    assert judged(PAGE.format(TEXT), url=url) == End(state=EndState.FAILED, reason=reason)


def test_a_redirect_to_an_article_is_read() -> None:
    other = "https://republika.co.id/berita/tbm4gw437/lain"
    assert end_by_address(PARSER, other) is None
    assert isinstance(judged(PAGE.format(TEXT), url=other), Article)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            PAGE.format("<p>Berita ini telah dicabut oleh redaksi.</p>"),
            "says that it was withdrawn",
        ),
        (f"<title>404 Not Found</title>{TEXT}", "not-found page"),
        ("<h1>Judul</h1><div>Maaf, halaman ini tidak dapat ditemukan</div>", "not-found page"),
        ("<h1>Judul</h1><div>Artikel ini telah dihapus</div>", "says that it was withdrawn"),
        ("<h1>Judul</h1><div>Beranda</div>", "no body"),
    ],
)
def test_a_page_without_its_article_says_why(body: str, reason: str) -> None:
    assert judged(body) == End(state=EndState.FAILED, reason=reason)


def test_a_refusal_with_a_status_of_success_is_one() -> None:
    challenge = "<title>Just a moment...</title><h1>Halaman tidak ditemukan</h1>"
    assert judged(challenge) == End(state=EndState.BLOCKED, reason="Cloudflare challenge")


@pytest.mark.parametrize(("pages", "etag"), [(1, '"v1"'), (2, None)])
def test_validators_speak_for_one_page(pages: int, etag: str | None) -> None:
    response = HtmlResponse(URL, headers={"ETag": '"v1"'}, body=b"<p>satu</p>")
    shown = tuple(Page(URL, f"<p>halaman {n}</p>") for n in range(pages))
    witness = with_witness(article(), response, shown).witness
    assert witness is not None
    assert witness.etag == etag
    assert witness.statements == tuple(f"halaman {n}" for n in range(pages))
