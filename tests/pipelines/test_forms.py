"""Entries of a form: what two fillings have in the same place."""

from __future__ import annotations

import pytest

from pipelines.forms import other_entries


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("12", "13", "number"),
        ("rp 1500", "rp 1600", "number"),
        ("maret", "april", "month"),
        ("senin", "selasa", "day"),
        ("leo", "virgo", "sign of the zodiac"),
        ("ipa", "ips", "school subject"),
        ("samarinda", "balikpapan", "place"),
        ("kutai barat", "berau", "place"),
        ("12 maret", "13 maret", "number"),
    ],
)
def test_different_entries_of_one_kind(one: str, other: str, kind: str) -> None:
    assert other_entries([(one.split(), other.split())]) == {kind: 1}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5", "05"),
        ("rp 5", "rp5"),
        ("12", "maret"),
        ("samarinda", "sekolah"),
        ("mendikbud", "menteri pendidikan"),
        ("ujar", "kata"),
        ("", "12"),
        ("samarinda", "kota samarinda"),
    ],
)
def test_what_is_no_other_entry(one: str, other: str) -> None:
    assert not other_entries([(one.split(), other.split())])


def test_entries_are_counted_by_kind() -> None:
    blanks = [(["1"], ["2"]), (["3"], ["4"]), (["leo"], ["virgo"]), (["kata"], ["ujar"])]
    assert other_entries(blanks) == {"number": 2, "sign of the zodiac": 1}
