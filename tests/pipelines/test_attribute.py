"""Nothing is attributed without its source, and the credit line names it completely."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from aggregator.errors import AttributionError
from aggregator.model import Credit, Evidence, Precision, RightsBasis, Role
from pipelines.attribute import MONTHS, attribute, credit_line, indonesian_time
from tests.pipelines.builders import article, attributed, normalised, publisher

URL = "https://contoh.example/berita/1/judul"
HEADLINE = "Siswa SMK Merakit Sepeda Listrik"


def at(hours: float, *clock: int) -> datetime:
    return datetime(*clock, tzinfo=timezone(timedelta(hours=hours)))  # type: ignore[misc, arg-type]


# --- the invariant ------------------------------------------------------------------------------


@pytest.mark.parametrize("blank", ["", "  \n"])
@pytest.mark.parametrize(
    ("missing", "of_article", "of_publisher"),
    [
        ("publisher", {}, "title"),
        ("headline", {"headline"}, None),
        ("url", {"canonical_url"}, None),
    ],
)
def test_what_lacks_a_part_of_its_source_is_refused_by_name(
    missing: str, of_article: set[str], of_publisher: str | None, blank: str
) -> None:
    stated = article(**dict.fromkeys(of_article, blank))
    its_publisher = publisher(**({of_publisher: blank} if of_publisher else {}))
    with pytest.raises(AttributionError) as raised:
        attribute(stated, its_publisher)
    assert raised.value.fields == {"url": URL, "missing": missing}
    assert str(raised.value) == f"{URL}: cannot be attributed: {missing} is missing"


def test_what_has_no_publication_time_is_not_publishable() -> None:
    assert not attributed(published_raw=None).publishable


def test_what_has_all_parts_is_publishable() -> None:
    assert attributed().publishable


# --- the finding --------------------------------------------------------------------------------


def test_the_attribution_repeats_what_the_article_says() -> None:
    found = attributed(
        byline="Penulis: Ani Dewi",
        source_raw="Sumber: Antara",
        original_url="https://contoh.example/asal",
    )
    attribution = found.attribution
    assert (attribution.publisher, attribution.publisher_title) == ("contoh", "Harian Contoh")
    assert attribution.url == URL
    assert attribution.credits == (Credit(name="Ani Dewi", role=Role.REPORTER),)
    assert attribution.agency == "Antara"
    assert attribution.original_url == "https://contoh.example/asal"
    assert attribution.basis is RightsBasis.CURRENT_NEWS


def test_readers_are_sent_to_the_canonical_address() -> None:
    found = attributed(url=f"{URL}?page=2", canonical_url=URL)
    assert found.attribution.url == URL
    assert found.attribution.credit_line.endswith(f" — {URL}")


def test_a_publisher_that_the_page_names_is_stated_with_evidence() -> None:
    attribution = attributed(stated_publisher="Contoh Online").attribution
    assert attribution.stated
    assert attribution.evidence == (Evidence(kind="publisher", text="Contoh Online"),)


def test_a_publisher_that_only_the_host_tells_is_inferred() -> None:
    attribution = attributed().attribution
    assert not attribution.stated
    assert attribution.evidence == ()


def test_evidence_of_the_text_stays_in_front() -> None:
    html = "<p>Siswa datang. (Diksi/RA)</p>"
    evidence = attributed(stated_publisher="Contoh", body_html=html).attribution.evidence
    assert [e.kind for e in evidence] == ["desk_code", "publisher"]


def test_evidence_is_not_said_twice() -> None:
    known = Evidence(kind="publisher", text="Contoh")
    assert attributed(stated_publisher="Contoh", evidence=(known,)).attribution.evidence == (known,)


def test_the_article_itself_is_left_alone() -> None:
    stated = normalised()
    assert attribute(stated, publisher()).article is stated


# --- the words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, f"Sumber: Harian Contoh — “{HEADLINE}”, Jumat, 31 Juli 2026 09.15 WIB — {URL}"),
        (
            {"byline": "Rep: Ani/ Red: Budi"},
            f"Sumber: Harian Contoh — “{HEADLINE}”, Ani (reporter), Budi (redaktur), "
            f"Jumat, 31 Juli 2026 09.15 WIB — {URL}",
        ),
        (
            {"source_raw": "Sumber: Antara"},
            f"Sumber: Antara via Harian Contoh — “{HEADLINE}”, "
            f"Jumat, 31 Juli 2026 09.15 WIB — {URL}",
        ),
        (
            {"published_raw": "31 Juli 2026"},
            f"Sumber: Harian Contoh — “{HEADLINE}”, Jumat, 31 Juli 2026 — {URL}",
        ),
        ({"published_raw": None}, f"Sumber: Harian Contoh — “{HEADLINE}” — {URL}"),
    ],
)
def test_the_credit_line_names_the_source_completely(changes: dict[str, Any], line: str) -> None:
    assert credit_line(normalised(**changes), publisher()) == line
    assert attributed(**changes).attribution.credit_line == line


@pytest.mark.parametrize(
    ("role", "word"),
    [
        (Role.REPORTER, "reporter"),
        (Role.EDITOR, "redaktur"),
        (Role.CONTRIBUTOR, "kontributor"),
        (Role.PHOTOGRAPHER, "fotografer"),
    ],
)
def test_every_role_has_its_word(role: Role, word: str) -> None:
    found = attributed(credits=(Credit(name="Ani", role=role),))
    assert f"Ani ({word})" in found.attribution.credit_line


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at(7, 2015, 11, 5, 15, 7), "Kamis, 5 November 2015 15.07 WIB"),
        (at(8, 2020, 8, 7, 10, 11), "Jumat, 7 Agustus 2020 10.11 WITA"),
        (at(9, 2020, 8, 9, 0, 0), "Minggu, 9 Agustus 2020 00.00 WIT"),
        (at(0, 2024, 2, 29, 23, 59), "Kamis, 29 Februari 2024 23.59 UTC+00.00"),
        (at(5.5, 2020, 8, 7, 10, 11), "Jumat, 7 Agustus 2020 10.11 UTC+05.30"),
        (at(-3.5, 2020, 8, 7, 10, 11), "Jumat, 7 Agustus 2020 10.11 UTC-03.30"),
    ],
)
def test_times_are_written_the_indonesian_way(moment: datetime, words: str) -> None:
    assert indonesian_time(moment) == words


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_its_name(month: int) -> None:
    words = indonesian_time(at(7, 2021, month, 15), Precision.DAY)
    assert words.split(", ")[1] == f"15 {MONTHS[month - 1]} 2021"
