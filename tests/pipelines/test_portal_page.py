"""A real page of the portal that all this is for, as text: what it prints is understood.

Skipped where the page is not at hand; short sentences of the same forms are in the golden cases.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from aggregator.model import Article, Publisher
from pipelines.attribute import attribute
from pipelines.excerpt import excerpt
from pipelines.normalise import normalise
from spiders.registry import publishers
from tests.pipelines.builders import NOW

PAGE = Path(__file__).parents[3] / "shared" / "portal-page-2020.txt"
TEXT = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
BLOCKS = [block for block in re.split(r"\n\n+", TEXT) if block.strip()]

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not BLOCKS, reason=f"no page of the portal at {PAGE}"),
]

HEADLINE = "Direktorat SMK Sosialisasikan BANPER Untuk Sertifikasi Kompetensi"
ORIGINAL = (
    "https://www.vokasi.kemdikbud.go.id/read/"
    "direktorat-smk-sosialisasikan-banper-untuk-sertifikasi-kompetensi"
)


def read(publisher: Publisher, headline: str, *paragraphs: str) -> Article:
    url = f"{publisher.homepage.rstrip('/')}/uji"
    return normalise(
        Article(
            publisher=publisher.name,
            url=url,
            canonical_url=url,
            headline=headline,
            fetched_at=NOW,
            body_html="".join(f"<p>{html.escape(p)}</p>" for p in paragraphs),
            published_raw="07/08/2020 10:24",
        ),
        publisher,
    )


@pytest.fixture(scope="module")
def article() -> Article:
    first, last = BLOCKS.index(HEADLINE) + 1, BLOCKS.index(f"({ORIGINAL})")
    return read(publishers()["kemdikbud"].publisher, HEADLINE, *BLOCKS[first : last + 1])


def test_the_dateline_of_the_vocational_office(article: Article) -> None:
    line = article.dateline
    assert line is not None
    assert (line.mark, line.place) == ("Ditjen Diksi", "Jakarta")
    assert article.body[0].startswith("Sesuai dengan Inpres No. 9/2016, salah satu tugas")


def test_the_credit_line_is_no_body(article: Article) -> None:
    assert ("desk_code", "(Diksi/RA/AP/AS)") in {(e.kind, e.text) for e in article.evidence}
    assert "Diksi/RA" not in " ".join(article.body)
    assert article.body[-1].endswith("dapat diunduh melalui aplikasi Takola.")


def test_initials_are_nobody_in_particular(article: Article) -> None:
    assert article.credits == ()


def test_the_address_at_the_end_is_the_stated_original(article: Article) -> None:
    assert article.original_url == ORIGINAL
    assert "http" not in " ".join(article.body)


def test_the_stated_original_is_in_the_attribution(article: Article) -> None:
    attribution = attribute(article, publishers()["kemdikbud"].publisher).attribution
    assert f"({ORIGINAL})" in {found.text for found in attribution.evidence}


def test_no_paragraph_is_lost(article: Article) -> None:
    assert len(article.body) == 11


OPENINGS = [
    ("republika", "REPUBLIKA.CO.ID, SAN FRANCISCO -- Aktivitas", "SAN FRANCISCO"),
    ("republika", "REPUBLIKA.CO.ID, JAKARTA -- Pemerintah", "JAKARTA"),
    ("republika", "REPUBLIKA.CO.ID, JAKARTA — Ketua", "JAKARTA"),
    ("republika", "REPUBLIKA.CO.ID, JAKARTA - Menteri", "JAKARTA"),
    ("republika", "REPUBLIKA.CO.ID, JAKARTA -- Kementerian", "JAKARTA"),
    ("republika", "REPUBLIKA.CO.ID, JAKARTA -- Menteri Dalam", "JAKARTA"),
    ("tribun", "TRIBUNKALTIM.CO, BALIKPAPAN - Operasi", "BALIKPAPAN"),
    ("kemdikbud", "Jakarta, Ditjen Diksi - Selaras", "Jakarta"),
    ("kemdikbud", "Jakarta, Ditjen Diksi - Program", "Jakarta"),
    ("kemdikbud", "Jakarta, Ditjen Diksi - Perkembangan", "Jakarta"),
]


@pytest.mark.parametrize(("name", "opening", "place"), OPENINGS, ids=[o[1] for o in OPENINGS])
def test_datelines_of_the_other_articles(name: str, opening: str, place: str) -> None:
    # The page has non-breaking spaces in some of them; they are left to the normaliser.
    [teaser] = [block for block in BLOCKS if " ".join(block.split()).startswith(opening)]
    found = read(publishers()[name].publisher, "Judul lain", teaser)
    assert found.dateline is not None
    mark = "Ditjen Diksi" if name == "kemdikbud" else opening.split(",")[0]
    assert (found.dateline.mark, found.dateline.place) == (mark, place)
    assert found.body[0].startswith(re.split(r" (?:--?|—) ", opening)[1])


def test_an_excerpt_is_as_long_as_a_teaser(article: Article) -> None:
    assert 150 <= len(excerpt(article.body)) <= 200
