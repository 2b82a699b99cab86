"""Topics and flags of whole articles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aggregator.model import Correction, CorrectionKind, Dateline, Evidence, Flag
from pipelines.classify import CORRECTED, FOREIGN, classify, indonesian_share
from pipelines.rulebook import Rulebook, bundled_rules, load_rules
from tests.pipelines.builders import article

INDONESIAN = "Siswa yang ada di sekolah itu belajar dengan guru dan teman dalam kelas. " * 6
RALAT = Correction(kind=CorrectionKind.RALAT, sentence="Ralat: Jadwal SPMB")
ENGLISH = "The students of that school are learning with their teachers in the classroom. " * 6


def test_topics_come_from_headline_tags_section_and_text() -> None:
    found = article(headline="Kabar Baru", tags=("beasiswa",), section="Vokasi")
    assert classify(found, bundled_rules()).topics == ("smk", "beasiswa")


def test_a_flag_says_what_fired() -> None:
    flags = classify(article(headline="Kunci Jawaban IPA"), bundled_rules()).flags
    assert flags == (Flag(name="answer-key", rule="headline", found="Kunci Jawaban"),)


@pytest.mark.parametrize(
    ("changes", "flag", "found"),
    [
        (
            {"canonical_url": "https://www.tribunnews.com/tribunners/9200101/x"},
            "opinion",
            "tribunners",
        ),
        ({"canonical_url": "https://analisis.republika.co.id/posts/1/x"}, "opinion", "analisis"),
        ({"canonical_url": "https://retizen.republika.co.id/posts/1/x"}, "opinion", "retizen"),
        ({"byline": "Oleh: Ani Dewi, Guru SMKN 1"}, "opinion", "Oleh"),
        (
            {"evidence": (Evidence(kind="genre", text="OpinionNewsArticle"),)},
            "opinion",
            "OpinionNewsArticle",
        ),
        (
            {"dateline": Dateline(mark="TRIBUNNERS", place=None, raw="TRIBUNNERS -")},
            "opinion",
            "TRIBUNNERS",
        ),
        ({"evidence": (Evidence(kind="desk_code", text="(*/adv)"),)}, "advertorial", "adv"),
        ({"evidence": (Evidence(kind="label", text="Advertorial"),)}, "advertorial", "Advertorial"),
        (
            {"canonical_url": "https://kaltim.tribunnews.com/advertorial/1/x"},
            "advertorial",
            "advertorial",
        ),
    ],
)
def test_what_stands_around_a_text_raises_a_flag(
    changes: dict[str, Any], flag: str, found: str
) -> None:
    flags = classify(article(**changes), bundled_rules()).flags
    assert flags == (Flag(name=flag, rule="marks", found=found),)


@pytest.mark.parametrize(
    "changes",
    [
        {"byline": "Oleh: Ani Dewi"},
        {"canonical_url": "https://www.tribunnews.com/pendidikan/1/oleh-oleh-opini-kolom"},
        {"headline": "Kolom Renang Sekolah Dibuka oleh Wali Kota"},
        {"evidence": (Evidence(kind="desk_code", text="(advokat/RA)"),)},
    ],
)
def test_news_raises_none(changes: dict[str, Any]) -> None:
    assert classify(article(**changes), bundled_rules()).flags == ()


def test_classifying_again_changes_nothing() -> None:
    once = classify(article(headline="Guru SMK"), bundled_rules())
    assert classify(once, bundled_rules()) == once


def test_other_rules_replace_what_was_found() -> None:
    once = classify(article(headline="Guru SMK"), bundled_rules())
    assert classify(once, Rulebook()) == replace(once, topics=(), flags=())


def test_a_foreign_language_is_flagged() -> None:
    (flag,) = classify(article(body=(ENGLISH,)), Rulebook()).flags
    assert flag.name == FOREIGN


def test_indonesian_is_not() -> None:
    assert classify(article(body=(INDONESIAN,)), Rulebook()).flags == ()


def test_a_short_text_is_not_judged() -> None:
    assert indonesian_share("Breaking news") is None


def test_an_announced_correction_is_flagged() -> None:
    (flag,) = classify(article(correction=RALAT), Rulebook()).flags
    assert flag == Flag(name=CORRECTED, rule="ralat", found="Ralat: Jadwal SPMB")


def test_a_rule_of_the_schools_own_goes_before_a_measure(tmp_path: Path) -> None:
    own = tmp_path / "rules.toml"
    own.write_text('[flags.correction]\nany = ["sepeda"]\n', encoding="utf-8")
    (flag,) = classify(article(correction=RALAT), load_rules(own)).flags
    assert flag == Flag(name=CORRECTED, rule="headline", found="Sepeda")
