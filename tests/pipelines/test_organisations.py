"""Names in bylines that are no person's."""

from __future__ import annotations

import pytest

from pipelines.organisations import FUNCTIONS, WORDS, is_organisation, is_site


@pytest.mark.parametrize(
    "name",
    [
        *("Tribun Kaltim", "Tribunnews", "TribunKaltim.co", "TRIBUNNEWS.COM", "Tribun Network"),
        *("Tim Republika", "Tim Redaksi", "Tim Liputan", "Republika", "republika.co.id"),
        *("pengelola web kemdikbud", "Biro Komunikasi dan Hubungan Masyarakat", "Humas SMKN 1"),
        *(
            "Content Writer",
            "Admin",
            "admin web",
            "Editor",
            "BizzInsight",
            "Dok. SMKN 1 Balikpapan",
        ),
        *("Diskominfo Kaltim", "Kementerian Pendidikan", "PT Contoh Jaya", "Harian Contoh"),
    ],
)
def test_desks_offices_and_sites_are_no_persons(name: str) -> None:
    assert is_organisation(name)


@pytest.mark.parametrize(
    "name",
    [
        *("Rita Noor Shobah", "Igman Ibrahim", "chaerul umam", "PUTRADI PAMUNGKAS", "C31", "Linda"),
        *("Dr. Sri Wahyuni, S.Pd., M.Si", "Anita K Wardhani", "Timotius Sari", "Contoh Reporter"),
        *("Putri Medianti", "Neti Dewi"),
    ],
)
def test_persons_are_none(name: str) -> None:
    assert not is_organisation(name)


def test_the_tables_are_in_lower_case_and_apart() -> None:
    assert all(word == word.casefold() for word in WORDS | FUNCTIONS)
    assert WORDS.isdisjoint(FUNCTIONS)


@pytest.mark.parametrize(
    ("name", "site"), [("Tribunnews.com", True), ("S.Pd.", False), ("Tribun", False), ("", False)]
)
def test_a_site_is_an_address(name: str, site: bool) -> None:
    assert is_site(name) is site
