"""A saved page in, an attributed article out, or one line on why not."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from aggregator.config import Config, PublisherConfig
from aggregator.errors import (
    AggregatorError,
    ArticleParseError,
    UnfitPageError,
    UnknownPublisherError,
    UsageError,
)
from aggregator.extract import extract_file
from aggregator.model import AttributedArticle, RightsBasis
from tests.pipelines.builders import LONG_TEXT, NOW
from tests.publishers.test_golden import load, stated

GOLDEN = Path(__file__).parents[1] / "publishers"
ONE_PAGE = GOLDEN / "republika/2015"
TWO_PAGES = GOLDEN / "republika/2019-parts"
THREE_PAGES = GOLDEN / "tribun/2026-multi-page"

URL = "https://republika.co.id/berita/t8esfn436/siswa-smk-juara"


def of_case(case: Path, config: Config | None = None) -> AttributedArticle:
    about = load(case / "case.json")
    return extract_file(
        config or Config(),
        case / "page.html",
        about["url"],
        more=[case / name for name in about.get("more_pages", [])],
        now=datetime.fromisoformat(about["fetched_at"]),
    )


def of_page(folder: Path, html: str, url: str = URL) -> AttributedArticle:
    page = folder / "page.html"
    page.write_text(html, encoding="utf-8")
    return extract_file(Config(), page, url, now=NOW)


@pytest.mark.parametrize("case", [ONE_PAGE, TWO_PAGES, THREE_PAGES], ids=lambda case: case.name)
def test_a_saved_page_is_read_as_the_crawl_reads_it(case: Path) -> None:
    article = of_case(case).article
    expected: dict[str, Any] = load(case / "expected.json")
    assert {field: stated(article, field, value) for field, value in expected.items()} == expected


def test_the_article_is_attributed() -> None:
    found = of_case(ONE_PAGE)
    assert found.publishable
    assert found.attribution.credit_line.startswith("Sumber: Republika — “Guru SMK Nusa Bakti")
    assert found.attribution.url == found.article.canonical_url


def test_the_articles_topics_are_found() -> None:
    assert of_case(ONE_PAGE).article.topics


def test_further_pages_are_joined_in_order() -> None:
    article = of_case(THREE_PAGES).article
    assert (article.pages, len(article.body)) == (3, len(set(article.body)))


def test_the_schools_terms_hold() -> None:
    own = PublisherConfig(rights_basis=RightsBasis.PERMISSION)
    found = of_case(ONE_PAGE, Config(publishers={"republika": own}))
    assert found.attribution.basis is RightsBasis.PERMISSION


def test_now_is_when_it_was_fetched() -> None:
    about = load(ONE_PAGE / "case.json")
    found = extract_file(Config(), ONE_PAGE / "page.html", about["url"], now=NOW)
    assert found.article.fetched_at == NOW


@pytest.mark.parametrize(
    "url",
    ["https://lain.example/berita/1", "berita/1", "", "https://[", "republika.co.id/berita/x"],
)
def test_a_page_of_nobody_that_is_read_is_refused(url: str) -> None:
    with pytest.raises(UnknownPublisherError) as caught:
        extract_file(Config(), ONE_PAGE / "page.html", url, now=NOW)
    assert caught.value.fields == {
        "detail": "",
        "name": url,
        "known": "kemdikbud, republika, tribun",
    }


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "tidak-ada.html"
    with pytest.raises(UsageError, match=r"tidak-ada\.html: No such file"):
        extract_file(Config(), path, URL, now=NOW)


def test_a_further_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    about = load(ONE_PAGE / "case.json")
    more = [tmp_path / "page-2.html"]
    with pytest.raises(UsageError, match=r"page-2\.html: No such file"):
        extract_file(Config(), ONE_PAGE / "page.html", about["url"], more=more, now=NOW)


def test_a_folder_is_no_page(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Is a directory"):
        extract_file(Config(), tmp_path, URL, now=NOW)


@pytest.mark.parametrize(
    "html",
    [
        "",
        "   \n",
        "<html><head><title>Judul</title></head><body></body></html>",
        "<html><body><p>Tanpa judul.</p></body></html>",
        "bukan halaman web",
        "\x00\x01\x02",
        json.dumps({"error": "not found"}),
    ],
    ids=ascii,
)
def test_a_page_that_is_no_article_is_refused(tmp_path: Path, html: str) -> None:
    with pytest.raises((UnfitPageError, ArticleParseError)) as caught:
        of_page(tmp_path, html)
    assert URL in str(caught.value)


def test_what_the_pipelines_drop_is_an_unfit_page(tmp_path: Path) -> None:
    html = f"""<html lang="id"><head><title>Judul</title>
      <meta property="og:type" content="article"><meta property="og:title" content="Judul">
      <meta property="article:published_time" content="2036-07-31T09:15:00+07:00"></head>
      <body><article><h1>Judul</h1><p>{LONG_TEXT}</p><p>{LONG_TEXT}</p></article></body></html>"""
    with pytest.raises(UnfitPageError) as caught:
        of_page(tmp_path, html)
    assert caught.value.reason == "published in the future"


def test_every_refusal_is_the_operators_affair(tmp_path: Path) -> None:
    with pytest.raises(AggregatorError) as caught:
        of_page(tmp_path, "")
    assert caught.value.exit_code == 2
