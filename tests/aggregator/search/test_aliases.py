"""Other names: the bundled table, and a school's own over it."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from aggregator.errors import ConfigError
from aggregator.search.aliases import aliases_of, bundled_aliases, load_aliases
from aggregator.search.words import terms

TABLES: dict[str, Any] = tomllib.loads(
    (files("aggregator.search") / "aliases.toml").read_text("utf-8")
)["aliases"]


def others(name: str) -> set[str]:
    return {" ".join(other) for other in bundled_aliases().others.get(tuple(terms(name)), ())}


@pytest.mark.parametrize("label", TABLES)
def test_every_bundled_name_has_a_source_and_another_name(label: str) -> None:
    table = TABLES[label]
    assert table["source"].strip()
    assert len({tuple(terms(name)) for name in table["any"]} | set(table.get("also", []))) > 1


def test_no_name_stands_twice_in_a_table() -> None:
    for table in TABLES.values():
        names = [tuple(terms(name)) for name in (*table["any"], *table.get("also", []))]
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Kemdikbud", "kemendikdasmen"),
        ("Kemendikdasmen", "kemdikbud"),
        ("kementerian pendidikan", "kemendikbudristek"),
        ("SMK", "sekolah tengah juru"),
        ("smk", "smkn"),
        ("PPDB", "spmb"),
        ("PKL", "praktik kerja lapang"),
        ("ASN", "pns"),
    ],
)
def test_a_name_finds_the_others(name: str, found: str) -> None:
    assert found in others(name)


@pytest.mark.parametrize(("name", "not_found"), [("SMKN", "smk"), ("PNS", "asn"), ("UNBK", "un")])
def test_a_kind_of_something_does_not_find_all_of_it(name: str, not_found: str) -> None:
    assert not_found not in others(name)


def test_a_word_without_other_names_has_none() -> None:
    assert others("bengkel") == set()


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return tmp_path / "rules.toml"


def test_a_school_adds_replaces_and_removes(rules: Path) -> None:
    rules.write_text(
        """
        [topics.kapal]
        any = ["pelaut"]
        [aliases.sekolah-kami]
        any = ["SMKN 1 Balikpapan", "Skansa", "STM Balikpapan"]
        [aliases.ppu]
        any = ["PPU", "Penajam"]
        [aliases.kaltim]
        """
    )
    own = load_aliases(rules).others
    assert own["skansa",] == (("smkn", "1", "balikpapan"), ("stm", "balikpapan"))
    assert own["ppu",] == (("penajam",),)
    assert ("kaltim",) not in own
    assert ("smk",) in own


def test_without_a_file_the_bundled_table_holds() -> None:
    assert load_aliases() is bundled_aliases()


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("aliases = 1", "aliases"),
        ("[aliases]\nx = 1", "aliases.x"),
        ("[aliases.x]\nany = []", "aliases.x.any"),
        ("[aliases.x]\nalso = ['a']", "aliases.x.any"),
        ("[aliases.x]\nany = 'a'", "aliases.x.any"),
        ("[aliases.x]\nany = [1]", "aliases.x.any"),
        ("[aliases.x]\nany = ['-']", "aliases.x.any"),
        ("[aliases.x]\nany = ['a']\nalso = ['']", "aliases.x.also"),
        ("[aliases.x]\nany = ['a']\nwords = ['b']", "aliases.x.words"),
        ("[aliases", "rules.toml"),
    ],
)
def test_what_cannot_be_used_is_named(rules: Path, text: str, field: str) -> None:
    rules.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_aliases(rules)
    assert field in str(caught.value.fields["field"])


def test_tables_with_one_name_in_common_are_not_joined() -> None:
    found = aliases_of({"one": {"any": ["a", "b"]}, "two": {"any": ["b", "c"]}}).others
    assert found == {("a",): (("b",),), ("b",): (("a",), ("c",)), ("c",): (("b",),)}
