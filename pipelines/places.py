"""Where a dateline is: a gazetteer of Indonesia's regencies, cities and provinces and their zones.

``rules/places.csv`` holds the 514 regencies and cities and 38 provinces with their province and
time zone; source: idn-area-data 4.0 (MIT), after Kepmendagri 300.2.2-2138/2025, and Keppres 41/1987
for the zones. ``rules/place_names.csv`` holds what else datelines print: seats of regencies
(Tenggarong, Tanjung Redeb), short names (Jogja, Kukar) and spellings (Pangkalan Bun, Makasar).

A name that a city shares with its regency or province means the city, as newspapers use it. A name
in two provinces (Banjar) is left unknown, as is every place abroad: unsure means nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

KINDS = ("kota", "kabupaten", "provinsi")
"""Most likely meaning first."""

_PREFIX = re.compile(r"^(?:kab(?:upaten)?\b\.?|kota madya|kota|provinsi|prov\b\.?)\s*")
_NO_LETTER = re.compile(r"[^a-z]+")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A regency, city or province."""

    name: str
    kind: str
    """``kota``, ``kabupaten`` or ``provinsi``."""
    province: str
    zone: str
    """``WIB``, ``WITA`` or ``WIT``."""

    @property
    def title(self) -> str:
        """``Kota Balikpapan``; a province by its name alone."""
        return self.name if self.kind == "provinsi" else f"{self.kind.title()} {self.name}"


def find_place(printed: str) -> Place | None:
    """The place that a dateline names, in any case: ``BALIKPAPAN``, ``Tenggarong, Kukar``.

    ``None`` for what is unknown, abroad or ambiguous.
    """
    for candidate in (printed, *printed.split(",")[:1]):
        found = _look_up(candidate.casefold().strip())
        if found is not None:
            return found
    return None


def _look_up(name: str) -> Place | None:
    places = _places()
    means = _other_names().get(_key(name))
    found = places.get(_key(means.casefold() if means else name))
    if found is not None:
        return found
    stated_kind = _PREFIX.match(means.casefold() if means else name)
    if stated_kind is None:
        return None
    bare = _PREFIX.sub("", means.casefold() if means else name)
    kind = "kabupaten" if stated_kind[0].startswith("kab") else stated_kind[0].split()[0]
    return places.get(f"{kind} {_key(bare)}") or places.get(_key(bare))


def place_key(name: str) -> str:
    """By which a printed name is looked up, in any case and spelling."""
    return _key(name.casefold())


def _key(name: str) -> str:
    """Letters alone: ``Pangkal Pinang``, ``PANGKALPINANG`` and ``Pangkal-pinang`` are one."""
    return _NO_LETTER.sub("", name)


@cache
def _places() -> dict[str, Place]:
    """By key, and by kind and key. A bare name of places in two provinces is left out."""
    found: dict[str, Place] = {}
    by_name: dict[str, list[Place]] = {}
    for row in _rows("places.csv"):
        place = Place(**row)
        found[f"{place.kind} {_key(place.name.casefold())}"] = place
        by_name.setdefault(_key(place.name.casefold()), []).append(place)
    for key, places in by_name.items():
        if len({place.province for place in places}) == 1:
            found[key] = min(places, key=lambda place: KINDS.index(place.kind))
    return found


@cache
def _other_names() -> dict[str, str]:
    return {_key(row["name"].casefold()): row["means"] for row in _rows("place_names.csv")}


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files("pipelines") / "rules" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())
