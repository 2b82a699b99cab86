"""Rules as data: what fires, what does not, and what a school may write."""

from __future__ import annotations

from pathlib import Path

import pytest

from aggregator.errors import ConfigError
from pipelines.rulebook import Shown, bundled_rules, load_rules


def topics_of(headline: str = "", opening: str = "", text: str = "") -> set[str]:
    shown = Shown(headline=headline, opening=opening, text=f"{opening}\n{text}")
    return {rule.name for rule in bundled_rules().topics if rule.fires(shown)}


def flags_of(headline: str = "", opening: str = "") -> set[str]:
    shown = Shown(headline=headline, opening=opening, text=opening)
    return {rule.name for rule in bundled_rules().flags if rule.fires(shown)}


@pytest.mark.parametrize(
    ("headline", "topic"),
    [
        ("Siswa SMK Rakit Mobil Listrik", "smk"),
        ("Kampus Vokasi Buka Kelas Baru", "smk"),
        ("LSP P1 Gelar Uji Kompetensi", "sertifikasi"),
        ("Siswa Mulai Praktik Kerja Lapangan di Bengkel", "magang"),
        ("Peserta Pemagangan Diterima Bekerja", "magang"),
        ("PPDB Jalur Zonasi Dibuka Senin", "penerimaan"),
        ("Jadwal SPMB 2026", "penerimaan"),
        ("Beasiswanya untuk 500 Siswa", "beasiswa"),
        ("Kurikulum Baru Mulai Juli", "kurikulum"),
        ("ANBK Digelar September", "asesmen"),
        ("Guru Honorer Diangkat PPPK", "guru"),
        ("Siswa Balikpapan Menang LKS Nasional", "lomba"),
        ("Siswa Balikpapan Menang LKS Nasional", "kaltim"),
        ("Bursa Kerja untuk Lulusan SMK", "industri"),
        ("Sekolah Adiwiyata Bertambah", "sekolah"),
        ("Ekstrakurikuler Robotika Diminati", "digital"),
        ("Sekolah Cegah Perundungan", "karakter"),
    ],
)
def test_a_headline_shows_its_topic(headline: str, topic: str) -> None:
    assert topic in topics_of(headline)


@pytest.mark.parametrize(
    ("headline", "topic"),
    [
        ("Satpol PP Tertibkan Lapak PKL di Trotoar", "magang"),
        ("Penerbit Jual LKS, Lembar Kerja Siswa Dilarang", "lomba"),
        ("Harga Emas Naik", "smk"),
        ("Rektor Kukuhkan Guru Besar Baru", "guru"),
        ("Ukkas Menang", "sertifikasi"),
        ("Klub Itu Juara Liga", "lomba"),
    ],
)
def test_a_look_alike_does_not(headline: str, topic: str) -> None:
    assert topic not in topics_of(headline)


def test_capitals_are_meant_exactly() -> None:
    assert "sertifikasi" in topics_of("Hasil UKK Diumumkan")
    assert "sertifikasi" not in topics_of("hasil ukk diumumkan")


def test_once_in_the_text_is_in_passing() -> None:
    assert "beasiswa" not in topics_of(text="Menteri menyebut beasiswa.")
    assert "beasiswa" in topics_of(text="Menteri menyebut beasiswa. Beasiswa itu dibuka.")
    assert "beasiswa" in topics_of(opening="Menteri menyebut beasiswa.")


@pytest.mark.parametrize(
    ("headline", "flag"),
    [
        ("Kunci Jawaban IPA Kelas 7 Halaman 20", "answer-key"),
        ("Pelaku Penganiayaan Ditangkap", "child-safety"),
        ("OPINI: Sekolah Kita", "opinion"),
        ("Prakiraan Cuaca Hari Ini", "automatic"),
        ("(ADV) Sekolah Terbaik", "advertorial"),
    ],
)
def test_a_headline_raises_its_flag(headline: str, flag: str) -> None:
    assert flag in flags_of(headline)


def test_a_flag_looks_only_where_it_may() -> None:
    assert "answer-key" not in flags_of(opening="Ia menolak memberi kunci jawaban.")


def test_what_fired_is_told() -> None:
    (rule,) = (rule for rule in bundled_rules().flags if rule.name == "answer-key")
    shown = Shown(headline="Kunci Jawaban IPA", opening="", text="")
    assert rule.fires(shown) == ("Kunci Jawaban", "headline")


def test_marks_count_around_the_text_only() -> None:
    (rule,) = (rule for rule in bundled_rules().flags if rule.name == "opinion")
    assert rule.fires(Shown(headline="Dibuka oleh Wali Kota", opening="", text="oleh oleh")) is None
    assert rule.fires(Shown(headline="", opening="", text="", marks="retizen")) == (
        "retizen",
        "marks",
    )


def test_words_are_not_found_across_two_texts() -> None:
    assert "magang" not in topics_of("Praktik\nkerja lapangan")
    assert "magang" in topics_of("Praktik Kerja Lapangan")


def own(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_school_adds_a_topic(tmp_path: Path) -> None:
    rules = load_rules(own(tmp_path, '[topics.kapal]\ntitle = "Kapal"\nany = ["galangan*"]\n'))
    assert rules.topics[-1].fires(Shown(headline="Galangannya Ramai", opening="", text=""))
    assert rules.title_of("kapal") == "Kapal"
    assert len(rules.topics) == len(bundled_rules().topics) + 1


def test_a_school_replaces_and_removes_topics(tmp_path: Path) -> None:
    rules = load_rules(own(tmp_path, '[topics.smk]\nany = ["STM"]\n[topics.kaltim]\n'))
    names = [rule.name for rule in rules.topics]
    assert "kaltim" not in names
    smk = next(rule for rule in rules.topics if rule.name == "smk")
    assert smk.fires(Shown(headline="SMK", opening="", text="")) is None


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("[topics.x]\nwords = ['a']\n", "topics.x.words"),
        ("[topics.x]\ntitle = 'X'\n", "topics.x.any"),
        ("[topics.x]\nany = [1]\n", "topics.x.any"),
        ("[topics.x]\nany = ['a']\nwhere = ['foot']\n", "topics.x.where"),
        ("[topics.x]\nany = ['*']\n", "topics.x.any"),
        ("[flags.x]\nany = ['a']\nmarks = 'b'\n", "flags.x.marks"),
        ("[topic.x]\nany = ['a']\n", "topic"),
        ("[topics]\nx = 1\n", "topics.x"),
        ("not toml", "rules.toml"),
    ],
)
def test_a_wrong_rule_is_named(tmp_path: Path, text: str, field: str) -> None:
    with pytest.raises(ConfigError) as refused:
        load_rules(own(tmp_path, text))
    assert field in str(refused.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml"):
        load_rules(tmp_path / "none.toml")
