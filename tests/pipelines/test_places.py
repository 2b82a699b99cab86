"""The gazetteer of datelines."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from pipelines.places import KINDS, find_place

RULES = files("pipelines") / "rules"


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((RULES / name).read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize(
    ("printed", "title", "province", "zone"),
    [
        ("BALIKPAPAN", "Kota Balikpapan", "Kalimantan Timur", "WITA"),
        ("Samarinda", "Kota Samarinda", "Kalimantan Timur", "WITA"),
        ("TANJUNG REDEB", "Kabupaten Berau", "Kalimantan Timur", "WITA"),
        ("TENGGARONG, KUKAR", "Kabupaten Kutai Kartanegara", "Kalimantan Timur", "WITA"),
        ("JAKARTA", "DKI Jakarta", "DKI Jakarta", "WIB"),
        ("Jakarta Selatan", "Kota Jakarta Selatan", "DKI Jakarta", "WIB"),
        ("YOGYAKARTA", "Kota Yogyakarta", "Daerah Istimewa Yogyakarta", "WIB"),
        ("Solo", "Kota Surakarta", "Jawa Tengah", "WIB"),
        ("PALANGKARAYA", "Kota Palangkaraya", "Kalimantan Tengah", "WIB"),
        ("Palangka Raya", "Kota Palangkaraya", "Kalimantan Tengah", "WIB"),
        ("JAYAPURA", "Kota Jayapura", "Papua", "WIT"),
        ("SENTANI", "Kabupaten Jayapura", "Papua", "WIT"),
        ("Makasar", "Kota Makassar", "Sulawesi Selatan", "WITA"),
        ("Kab. Bogor", "Kabupaten Bogor", "Jawa Barat", "WIB"),
        ("Kota Batu", "Kota Batu", "Jawa Timur", "WIB"),
        ("Kaltim", "Kalimantan Timur", "Kalimantan Timur", "WITA"),
    ],
)
def test_a_printed_place_is_known(printed: str, title: str, province: str, zone: str) -> None:
    place = find_place(printed)
    assert place is not None
    assert (place.title, place.province, place.zone) == (title, province, zone)


@pytest.mark.parametrize("printed", ["SAN FRANCISCO", "KUALA LUMPUR", "LONDON", "", "  ", "123"])
def test_a_place_abroad_is_unknown(printed: str) -> None:
    assert find_place(printed) is None


def test_a_name_in_two_provinces_is_left_unknown() -> None:
    assert find_place("BANJAR") is None
    regency = find_place("Kabupaten Banjar")
    assert regency is not None
    assert regency.province == "Kalimantan Selatan"


def test_a_shared_name_means_the_city() -> None:
    kinds = [
        place.kind for name in ("Bandung", "Bekasi", "Gorontalo") if (place := find_place(name))
    ]
    assert kinds == ["kota"] * 3


@pytest.mark.parametrize("row", rows("place_names.csv"), ids=lambda row: row["name"])
def test_every_other_name_leads_to_a_place(row: dict[str, str]) -> None:
    place = find_place(row["name"])
    assert place is not None
    assert place == find_place(row["means"])


def test_the_gazetteer_is_whole() -> None:
    places = rows("places.csv")
    counted = {kind: sum(place["kind"] == kind for place in places) for kind in KINDS}
    assert counted == {"kota": 98, "kabupaten": 416, "provinsi": 38}
    assert {place["zone"] for place in places} == {"WIB", "WITA", "WIT"}


def test_a_province_lies_in_one_zone() -> None:
    zones: dict[str, set[str]] = {}
    for place in rows("places.csv"):
        zones.setdefault(place["province"], set()).add(place["zone"])
    assert all(len(found) == 1 for found in zones.values())
    assert len(zones) == 38
