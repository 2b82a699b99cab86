"""A school's own entries in the tables that normalising reads: agencies, places, lines.

They stand in the school's rules file beside topics and flags (docs/reference/rules.md). They are
asked before the bundled tables, so that a school can correct those as well as add to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from aggregator.errors import ConfigError
from pipelines.agencies import find_agency
from pipelines.lines import What, what_is
from pipelines.places import Place, find_place, place_key

SECTIONS = ("agencies", "places", "lines")

# What a school may say of a line, by the key under which it says so.
LINES: Mapping[str, What | None] = {
    "keep": None,
    "discard": What.DISCARD,
    "teaser": What.TEASER,
    "label": What.LABEL,
}


@dataclass(frozen=True, kw_only=True)
class OwnTables:
    """Empty: the bundled tables as they are."""

    agencies: Mapping[str, str] = field(default_factory=dict)
    """Spelling in lower case -> the name that is stored."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Key of the printed name -> the place of the gazetteer."""
    lines: tuple[tuple[str, What | None], ...] = ()
    """Whole lines, ``*`` for any text, and what they are; ``None``: text."""

    def agency(self, source: str) -> str | None:
        """As ``find_agency``."""
        return find_agency(source, self.agencies)

    def place(self, printed: str) -> Place | None:
        """As ``find_place``."""
        own = self.places.get(place_key(printed)) if self.places else None
        return own or find_place(printed)

    def what_is(self, line: str) -> What | None:
        """As ``pipelines.lines.what_is``."""
        for pattern, what in self._patterns:
            if pattern.fullmatch(line):
                return what
        return what_is(line)

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], What | None], ...]:
        return tuple((_pattern(line), what) for line, what in self.lines)


BUNDLED = OwnTables()


def own_tables(loaded: Mapping[str, Any], where: str = "rules") -> OwnTables:
    """The tables of a rules file. Raises ``ConfigError``."""
    return OwnTables(
        agencies={
            spelling.casefold(): name
            for name, spellings in _table(loaded, "agencies", where).items()
            for spelling in (name, *_texts(spellings, f"{where}: agencies.{name}"))
        },
        places=dict(_places(_table(loaded, "places", where), where)),
        lines=tuple(_lines(_table(loaded, "lines", where), where)),
    )


def _table(loaded: Mapping[str, Any], section: str, where: str) -> Mapping[str, Any]:
    table = loaded.get(section, {})
    if not isinstance(table, Mapping):
        raise ConfigError(field=f"{where}: {section}", detail="must be a table")
    return table


def _places(table: Mapping[str, Any], where: str) -> Iterator[tuple[str, Place]]:
    for printed, means in table.items():
        place = find_place(means) if isinstance(means, str) else None
        if place is None:
            detail = "must name a regency, city or province of the gazetteer"
            raise ConfigError(field=f"{where}: places.{printed}", detail=detail)
        yield place_key(printed), place


def _lines(table: Mapping[str, Any], where: str) -> Iterator[tuple[str, What | None]]:
    for key in table:
        if key not in LINES:
            raise ConfigError(
                field=f"{where}: lines.{key}", detail=f"must be of {', '.join(LINES)}"
            )
    # What is to be kept is asked first.
    for key, what in LINES.items():
        for line in _texts(table.get(key, []), f"{where}: lines.{key}"):
            yield line, what


def _texts(value: object, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip(" *") for v in value):
        raise ConfigError(field=where, detail="must be a list of texts")
    return value


def _pattern(line: str) -> re.Pattern[str]:
    words = (r"\s+".join(map(re.escape, part.split(" "))) for part in line.split("*"))
    return re.compile(".*".join(words), re.IGNORECASE | re.DOTALL)
