"""News agencies in printed source lines."""

from __future__ import annotations

import pytest

from pipelines.agencies import AGENCIES, find_agency


@pytest.mark.parametrize(
    ("spelling", "name"), [(s, name) for name, spellings in AGENCIES.items() for s in spellings]
)
def test_every_spelling_gives_the_usual_name(spelling: str, name: str) -> None:
    assert find_agency(spelling) == find_agency(f" {spelling.upper()}. ") == name


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Antara", "Antara"),
        ("ANTARA", "Antara"),
        ("Antara/Reuters", "Antara"),
        ("Reuters, AP", "Reuters"),
        ("AP dan Reuters", "AP"),
        ("AFP & Reuters", "AFP"),
        ("Republika; Antara", "Antara"),
        ("(Antara)", "Antara"),
    ],
)
def test_the_first_agency_named_counts(source: str, name: str) -> None:
    assert find_agency(source) == name


@pytest.mark.parametrize(
    "source",
    [
        "",
        "kemenag.go.id",
        "Siaran Pers Kemendikbud",
        "Kontan",
        # "antara" is also Indonesian for "between"
        "antara lain",
        "perbedaan antara guru",
        "Dan Rather",
        "Apandi",
    ],
)
def test_other_sources_are_no_agency(source: str) -> None:
    assert find_agency(source) is None


def test_no_spelling_stands_for_two_agencies() -> None:
    spellings = [s for names in AGENCIES.values() for s in names]
    assert len(spellings) == len(set(spellings))
