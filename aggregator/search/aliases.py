"""Other names of the same thing, as a table: ``aliases.toml`` and a school's own.

A query is widened, never the index, so that a changed table needs no new index. Names are compared
as terms: any form of the words is the name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from aggregator.errors import ConfigError
from aggregator.search.words import terms

SECTION = "aliases"

_KEYS = {"any", "also", "source"}

Name = tuple[str, ...]
"""A name as its terms."""


@dataclass(frozen=True, kw_only=True)
class Aliases:
    others: Mapping[Name, tuple[Name, ...]]
    """For each name what it is called as well."""
    longest: int
    """Terms of the longest name."""


def aliases_of(tables: Mapping[str, Mapping[str, Any]]) -> Aliases:
    """Raises ``ConfigError`` for a table that cannot be used."""
    others: dict[Name, dict[Name, None]] = {}
    for label, table in tables.items():
        both, only_found = _names(label, table)
        for name in both:
            known = others.setdefault(name, {})
            known.update(dict.fromkeys(n for n in (*both, *only_found) if n != name))
    return Aliases(
        others={name: tuple(found) for name, found in others.items()},
        longest=max(map(len, others), default=0),
    )


def load_aliases(own: Path | None = None) -> Aliases:
    """The bundled table with a school's own over it. Raises ``ConfigError``."""
    if own is None:
        return bundled_aliases()
    tables = {**_bundled(), **_own(own)}
    # An empty table removes a bundled one.
    return aliases_of({label: table for label, table in tables.items() if table != {}})


@cache
def bundled_aliases() -> Aliases:
    return aliases_of(_bundled())


def _bundled() -> dict[str, Any]:
    text = (files("aggregator.search") / "aliases.toml").read_text(encoding="utf-8")
    tables: dict[str, Any] = tomllib.loads(text)[SECTION]
    return tables


def _own(path: Path) -> dict[str, Any]:
    try:
        loaded = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(field=str(path), detail=str(error)) from error
    tables = loaded.get(SECTION, {})
    if not isinstance(tables, dict):
        raise ConfigError(field=f"{path}: {SECTION}", detail="must be a table")
    return tables


def _names(label: str, table: object) -> tuple[list[Name], list[Name]]:
    where = f"rules: {SECTION}.{label}"
    if not isinstance(table, dict):
        raise ConfigError(field=where, detail="must be a table")
    for key in table:
        if key not in _KEYS:
            raise ConfigError(field=f"{where}.{key}", detail="no such setting")
    both = list(_terms(table.get("any", []), f"{where}.any"))
    if not both:
        raise ConfigError(field=f"{where}.any", detail="must name at least one word")
    return both, list(_terms(table.get("also", []), f"{where}.also"))


def _terms(value: object, where: str) -> Iterator[Name]:
    if not isinstance(value, list) or not all(isinstance(v, str) and terms(v) for v in value):
        raise ConfigError(field=where, detail="must be a list of texts")
    yield from (tuple(terms(text)) for text in value)
