"""Where an article says that its text first stood."""

from __future__ import annotations

import pytest

from aggregator.model import Evidence, Printing
from pipelines.originals import is_stated_copy, names
from tests.pipelines.stories import printing

KALTIM = printing(
    2,
    urls=("https://kaltim.tribunnews.com/tribun-etam/1126786/judul",),
    headline="Siswa Sepinggan Olah Limbah Kayu",
)
WWW = printing(3, urls=("https://www.tribunnews.com/pendidikan/9150077/judul",))
BANGKA = printing(4, urls=("https://bangka.tribunnews.com/2023/12/26/judul",))


def copy(text: str = "", url: str | None = None) -> Printing:
    evidence = (Evidence(kind="first_published", text=text),) if text else ()
    return printing(1, evidence=evidence, original_url=url)


@pytest.mark.parametrize(
    ("text", "original"),
    [
        ("Artikel ini telah tayang di TribunKaltim.co", KALTIM),
        ("Artikel ini telah tayang di Tribun-Kaltim.co.", KALTIM),
        ("Artikel ini sudah tayang di tribunkaltim.co, https://t.example/x", KALTIM),
        ("Artikel ini telah tayang di Kaltara.co dengan judul Siswa Sepinggan Olah Limbah Kayu, "
         "https://t.example/x", KALTIM),
        ("Artikel ini telah tayang di Tribunnews.com", WWW),
        ("Artikel ini telah tayang di Bangkapos.com", BANGKA),
    ],
)  # fmt: skip
def test_a_printed_statement_names_one_article(text: str, original: Printing) -> None:
    assert is_stated_copy(copy(text))
    assert [names(copy(text), other) for other in (KALTIM, WWW, BANGKA)] == [
        other is original for other in (KALTIM, WWW, BANGKA)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Artikel ini telah tayang di Kompas.com",
        "Artikel ini telah tayang di TribunKaltim.co dengan judul Judul yang Lain",
    ],
)
def test_a_statement_about_another_article_names_none_of_these(text: str) -> None:
    assert is_stated_copy(copy(text))
    assert not any(names(copy(text), other) for other in (KALTIM, WWW, BANGKA))


@pytest.mark.parametrize(
    "url",
    [
        "https://kaltim.tribunnews.com/tribun-etam/1126786/judul",
        "http://m.kaltim.tribunnews.com/tribun-etam/1126786/judul/?page=all",
        "https://KALTIM.tribunnews.com/tribun-etam/1126786/judul.",
    ],
)
def test_an_address_names_the_article_that_it_leads_to(url: str) -> None:
    assert is_stated_copy(copy(url=url))
    assert names(copy(url=url), KALTIM)
    assert not names(copy(url=url), WWW)


def test_an_article_that_names_its_own_address_is_no_copy() -> None:
    own = printing(1, original_url="https://contoh.example/berita/1/judul?utm_source=x")
    assert not is_stated_copy(own)


@pytest.mark.parametrize(
    "found",
    [
        printing(1),
        printing(1, evidence=(Evidence(kind="byline", text="tayang di Tribunnews.com"),)),
        printing(1, original_url="/relatif"),
    ],
)
def test_other_evidence_names_no_original(found: Printing) -> None:
    assert not is_stated_copy(found)
    assert not names(found, WWW)
