"""Rules as data: words that show a topic, and words that an editor should be warned of.

The bundled rules are ``rules/topics.toml`` and ``rules/flags.toml``; a school's own file, named by
the setting ``rules``, adds to them or replaces one by its name. Form: docs/reference/rules.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from aggregator.errors import ConfigError
from pipelines.owntables import BUNDLED as BUNDLED_TABLES
from pipelines.owntables import SECTIONS as OWN_SECTIONS
from pipelines.owntables import OwnTables, own_tables
from pipelines.words import Text, Word, find

BUNDLED = ("topics.toml", "flags.toml")
WHERE = ("headline", "opening", "text")
ENOUGH_IN_TEXT = 2
"""Once may be in passing: a minister's list of programmes names everything once."""

_KEYS = {"title", "any", "unless", "where", "marks"}
_SECTIONS = ("topics", "flags")
_ELSEWHERE = ("aliases", "approve", *OWN_SECTIONS)
"""Sections of the same file that search (``aggregator.search.aliases``), approving
(``aggregator.approvalrules``) and normalising read."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The parts of an article that rules look at."""

    headline: str
    """With tags and section: what the publisher itself says it is about."""
    opening: str
    text: str
    marks: str = ""
    """What stands around the text: the address's rubric, brackets at the end, labels."""

    @cached_property
    def texts(self) -> dict[str, Text]:
        return {place: Text(getattr(self, place)) for place in (*WHERE, "marks")}


@dataclass(frozen=True, kw_only=True)
class Rule:
    name: str
    title: str
    """What people are shown, in the school's language."""
    words: tuple[Word, ...]
    unless: tuple[Word, ...] = ()
    where: tuple[str, ...] = WHERE
    marks: tuple[Word, ...] = ()

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(word.beginning for word in self.words)

    def fires(self, shown: Shown) -> tuple[str, str] | None:
        """The words found and where; ``None`` where the rule has nothing to say."""
        texts = shown.texts
        marked = find(self.marks, texts["marks"]) if self.marks else None
        if marked is not None:
            return marked, "marks"
        for place in self.where:
            if self._beginnings.isdisjoint(texts[place].beginnings):
                continue  # most rules have nothing to say of most texts
            found = find(self.words, texts[place], ENOUGH_IN_TEXT if place == "text" else 1)
            if found is not None:
                spoken_against = any(find(self.unless, texts[at]) for at in ("headline", "opening"))
                return None if spoken_against else (found, place)
        return None


@dataclass(frozen=True, kw_only=True)
class Rulebook:
    topics: tuple[Rule, ...] = ()
    flags: tuple[Rule, ...] = ()
    own: OwnTables = BUNDLED_TABLES
    """The school's entries in the tables that normalising reads."""

    def title_of(self, name: str) -> str:
        """What a topic or flag is called; its name where no rule has it any more."""
        rules = (*self.topics, *self.flags)
        return next((rule.title for rule in rules if rule.name == name), name)


def load_rules(own: Path | None = None) -> Rulebook:
    """The bundled rules with a school's own over them. Raises ``ConfigError``."""
    if own is None:
        return bundled_rules()
    read = _read(own)
    return replace(_rules([*_bundled(), read]), own=own_tables(read))


@cache
def bundled_rules() -> Rulebook:
    """The rules without a school's own."""
    return _rules([*_bundled()])


def _rules(loaded: Sequence[Mapping[str, Any]]) -> Rulebook:
    tables = _merged(loaded)
    return Rulebook(
        topics=tuple(_rule("topics", name, table) for name, table in tables["topics"].items()),
        flags=tuple(_rule("flags", name, table) for name, table in tables["flags"].items()),
    )


def _bundled() -> Iterator[dict[str, Any]]:
    for name in BUNDLED:
        yield tomllib.loads((files("pipelines") / "rules" / name).read_text(encoding="utf-8"))


def _read(path: Path) -> dict[str, Any]:
    try:
        loaded = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(field=str(path), detail=str(error)) from error
    for name in loaded:
        if name not in (*_SECTIONS, *_ELSEWHERE):
            known = ", ".join((*_SECTIONS, *_ELSEWHERE))
            raise ConfigError(field=f"{path}: {name}", detail=f"must be of {known}")
    return loaded


def _merged(loaded: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Later rules replace earlier ones of the same name; an empty one removes it."""
    merged: dict[str, dict[str, Any]] = {section: {} for section in _SECTIONS}
    for tables in loaded:
        for section in _SECTIONS:
            merged[section].update(tables.get(section, {}))
    return {
        section: {n: t for n, t in rules.items() if t != {}} for section, rules in merged.items()
    }


def _rule(section: str, name: str, table: object) -> Rule:
    where = f"rules: {section}.{name}"
    if not isinstance(table, dict):
        raise ConfigError(field=where, detail="must be a table")
    for key in table:
        if key not in _KEYS:
            raise ConfigError(field=f"{where}.{key}", detail="no such setting")
    words = _texts(table.get("any"), f"{where}.any")
    marks = _texts(table.get("marks", []), f"{where}.marks")
    unless = _texts(table.get("unless", []), f"{where}.unless")
    places = _texts(table.get("where", list(WHERE)), f"{where}.where")
    if not words:
        raise ConfigError(field=f"{where}.any", detail="must name at least one word")
    if set(places) - set(WHERE):
        raise ConfigError(field=f"{where}.where", detail=f"must be of {', '.join(WHERE)}")
    return Rule(
        name=name,
        title=str(table.get("title", name)),
        words=tuple(map(Word.written, words)),
        unless=tuple(map(Word.written, unless)),
        where=tuple(place for place in WHERE if place in places),
        marks=tuple(map(Word.written, marks)),
    )


def _texts(value: object, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip(" *") for v in value):
        raise ConfigError(field=where, detail="must be a list of texts")
    return value
