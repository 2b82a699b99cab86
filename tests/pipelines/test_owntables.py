"""A school's own agencies, places and lines: read from its rules file, asked before the bundled."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aggregator.articlejson import article_json
from aggregator.config import Config
from aggregator.errors import ConfigError
from aggregator.extract import extract_file
from pipelines.lines import What
from pipelines.normalise import normalise
from pipelines.owntables import BUNDLED, LINES, OwnTables
from pipelines.rulebook import bundled_rules, load_rules
from tests.docs.pages import REFERENCE, read
from tests.pipelines.builders import NOW, article, body_of, publisher

RULES = """
[agencies]
"Kantor Berita Kaltim" = ["kbk", "KB Kaltim"]

[places]
"Loa Janan" = "Kabupaten Kutai Kartanegara"
"BANJAR" = "Kota Banjar"

[lines]
discard = ["Dukung jurnalisme * bersama kami", "Unduh aplikasi*"]
teaser = ["Berita pilihan*"]
label = ["Kolaborasi *"]
keep = ["Baca juga: puisi berikut"]
"""


def tables(tmp_path: Path, text: str = RULES) -> OwnTables:
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return load_rules(path).own


def test_without_a_file_the_tables_are_the_bundled_ones() -> None:
    assert bundled_rules().own == BUNDLED
    assert BUNDLED.agency("ant") == "Antara"
    assert BUNDLED.what_is("Baca juga: puisi berikut") is What.TEASER
    assert BUNDLED.place("Balikpapan") is not None


@pytest.mark.parametrize(
    "printed", ["KBK", "kb kaltim", "Kantor Berita Kaltim", "Reuters dan KBK."]
)
def test_an_agency_is_known_by_all_its_spellings(tmp_path: Path, printed: str) -> None:
    wanted = "Reuters" if "Reuters" in printed else "Kantor Berita Kaltim"
    assert tables(tmp_path).agency(printed) == wanted


def test_a_place_may_be_added_or_decided(tmp_path: Path) -> None:
    own = tables(tmp_path)
    assert BUNDLED.place("LOA JANAN") is None
    assert BUNDLED.place("Banjar") is None  # two provinces have one
    added, decided = own.place("LOA JANAN"), own.place("Banjar")
    assert added is not None
    assert (added.title, added.zone) == ("Kabupaten Kutai Kartanegara", "WITA")
    assert decided is not None
    assert decided.province == "Jawa Barat"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("DUKUNG  jurnalisme sekolah bersama kami", What.DISCARD),
        ("Dukung jurnalisme sekolah", None),  # whole lines only
        ("Unduh aplikasi kami di sini (gratis)", What.DISCARD),
        ("Berita pilihan redaksi", What.TEASER),
        ("Kolaborasi Bank Contoh", What.LABEL),
        ("Baca juga: puisi berikut", None),
        ("Baca juga: cerita lain", What.TEASER),
    ],
)
def test_lines_are_told_by_the_schools_table_first(
    tmp_path: Path, line: str, what: What | None
) -> None:
    assert tables(tmp_path).what_is(line) is what


def test_an_article_is_normalised_by_them(tmp_path: Path) -> None:
    stated = article(
        body_html=body_of(
            "LOA JANAN - Siswa menanam pohon.",
            "Dukung jurnalisme daerah bersama kami",
            "Kolaborasi Bank Contoh",
            "Baca juga: puisi berikut",
            "Guru mendampingi. (KBK)",
        ),
    )
    own = tables(tmp_path)
    found = normalise(stated, publisher(), own)
    assert found.body == (
        "Siswa menanam pohon.",
        "Baca juga: puisi berikut",
        "Guru mendampingi.",
    )
    assert found.agency == "Kantor Berita Kaltim"
    assert found.dateline is not None
    assert found.dateline.region == "Kabupaten Kutai Kartanegara"
    assert ("label", "Kolaborasi Bank Contoh") in {(e.kind, e.text) for e in found.evidence}
    assert normalise(found, publisher(), own) == found
    assert "Dukung jurnalisme daerah bersama kami" in normalise(stated, publisher()).body


def test_extract_reads_by_the_configured_file(tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    case = Path(__file__).parents[1] / "publishers" / "republika" / "2020"
    url = json.loads((case / "case.json").read_text("utf-8"))["url"]
    before = article_json(extract_file(Config(), case / "page.html", url, now=NOW))["body"]
    rules.write_text(f"[lines]\ndiscard = [{json.dumps(before[1])}]\n", encoding="utf-8")
    after = extract_file(Config(rules=rules), case / "page.html", url, now=NOW)
    assert article_json(after)["body"] == [before[0], *before[2:]]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("agencies = 1\n", "agencies"),
        ("[agencies]\nX = 'x'\n", "agencies.X"),
        ("[agencies]\nX = [1]\n", "agencies.X"),
        ("[places]\nX = 'Nusantara Raya'\n", "places.X"),
        ("[places]\nX = 1\n", "places.X"),
        ("[lines]\nhilang = ['x']\n", "lines.hilang"),
        ("[lines]\ndiscard = 'x'\n", "lines.discard"),
        ("[lines]\ndiscard = ['*']\n", "lines.discard"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, text: str, field: str) -> None:
    with pytest.raises(ConfigError) as refused:
        tables(tmp_path, text)
    assert field in str(refused.value)


def test_every_kind_of_line_is_described() -> None:
    described = read(REFERENCE / "rules.md")
    assert all(f"| `{kind}` |" in described for kind in LINES)
