"""Announced corrections, and what only looks like one."""

from __future__ import annotations

import pytest

from aggregator.model import Correction, CorrectionKind
from pipelines.corrections import LONGEST_SENTENCE, find_correction, sentences, unlabelled
from pipelines.normalise import normalise
from tests.pipelines.builders import article, body_of, publisher

RALAT, KOREKSI = CorrectionKind.RALAT, CorrectionKind.KOREKSI
HAK_JAWAB, PEMBARUAN = CorrectionKind.HAK_JAWAB, CorrectionKind.PEMBARUAN

HEADLINES = [
    ("Ralat: Jadwal SPMB Kaltim Mundur Sehari", RALAT),
    ("RALAT - Jadwal SPMB Kaltim Mundur Sehari", RALAT),
    ("[Ralat] Jadwal SPMB Kaltim Mundur Sehari", RALAT),
    ("Ralat Berita: Jadwal SPMB Kaltim Mundur", RALAT),
    ("Ralat dan Permohonan Maaf kepada SMK Bumi Lestari", RALAT),
    ("Jadwal SPMB Kaltim Mundur Sehari (Ralat)", RALAT),
    ("Koreksi: Jumlah Sekolah Penerima 45, Bukan 54", KOREKSI),
    ("Jumlah Sekolah Penerima 45 [KOREKSI]", KOREKSI),
    ("Hak Jawab: Penjelasan SMK Bumi Lestari", HAK_JAWAB),
    ("Hak Jawab atas Berita Penerimaan Siswa", HAK_JAWAB),
    ("Hak Koreksi dari Dinas Pendidikan Kaltim", HAK_JAWAB),
    ("Penjelasan SMK Bumi Lestari (Hak Jawab)", HAK_JAWAB),
    ("Pembaruan: Daftar Sekolah Penerima Bantuan", PEMBARUAN),
    ("Daftar Sekolah Penerima Bantuan (Diperbarui)", PEMBARUAN),
]

NO_HEADLINES = [
    "Pembaruan Kurikulum SMK Dimulai Tahun Ini",
    "Koreksi Ujian Nasional Dilakukan Guru dari Sekolah Lain",
    "IHSG Terkoreksi, Guru Diminta Berhati-hati Berinvestasi",
    "Hak Jawab dan Hak Koreksi dalam Undang-Undang Pers",
    "Menteri Ralat Pernyataannya soal Libur Sekolah",
    "UPDATE: Daftar Sekolah yang Terendam Banjir",
    "Dewan Pers: Ralat Harus Segera Dimuat",
]

SENTENCES = [
    ("Ralat: sebelumnya tertulis 140 kunjungan.", RALAT),
    ("(Ralat: sebelumnya tertulis 140 kunjungan.)", RALAT),
    ("Berita ini telah diralat pada Selasa (4/8) pukul 10.00 WITA.", RALAT),
    ("Catatan Redaksi: Artikel ini telah mengalami ralat pada 4 Agustus 2026.", RALAT),
    ("Redaksi Harian Contoh meralat pemberitaan dengan judul tersebut.", RALAT),
    ("Redaksi memohon maaf atas kekeliruan tersebut.", RALAT),
    ("Redaksi minta maaf kepada pembaca atas kesalahan penulisan nama.", RALAT),
    ("Koreksi: nama kepala sekolah adalah Rini Contoh.", KOREKSI),
    ("Koreksi: ucapan itu bukan kata kepala sekolah.", KOREKSI),
    ("Catatan koreksi redaksi: nama kepala sekolah adalah Rini Contoh.", KOREKSI),
    ("Berita ini telah dikoreksi.", KOREKSI),
    ("Judul berita ini telah diubah pada Selasa (4/8).", KOREKSI),
    ("Artikel ini sudah mengalami perubahan pada bagian data.", KOREKSI),
    ("Tulisan ini telah redaksi perbaiki.", None),
    ("Hak jawab: sekolah menyatakan tidak memungut biaya.", HAK_JAWAB),
    ("Redaksi memuat hak jawab sekolah atas pemberitaan itu.", HAK_JAWAB),
    ("Berita ini telah diperbarui dengan keterangan dinas.", PEMBARUAN),
    ("Artikel ini telah diperbaharui pada pukul 12.00 WITA.", PEMBARUAN),
    ("Pembaruan: dinas menambah dua sekolah.", PEMBARUAN),
    ("Diperbarui: 10 Februari 2024 21:54", None),
    ("Artikel ini telah tayang di Tribun-Papua.com dengan judul Sekolah.", None),
    ('"Berita ini telah diubah orang," kata Rini.', None),
    ("Kurikulum ini telah diperbarui tahun lalu.", None),
    ("Pembaruan kurikulum: guru dilatih tiga hari.", None),
    ("Guru diminta meralat nilai yang keliru.", None),
    ("Kepala sekolah memohon maaf atas kekeliruan panitia.", None),
]


@pytest.mark.parametrize(("headline", "kind"), HEADLINES)
def test_a_headline_announces_it(headline: str, kind: CorrectionKind) -> None:
    assert find_correction(article(headline=headline)) == Correction(kind=kind, sentence=headline)


@pytest.mark.parametrize("headline", NO_HEADLINES)
def test_a_headline_only_speaks_of_such_things(headline: str) -> None:
    assert find_correction(article(headline=headline)) is None


@pytest.mark.parametrize(("sentence", "kind"), SENTENCES)
@pytest.mark.parametrize("place", ["alone", "first", "last"])
def test_a_sentence_announces_it(sentence: str, kind: CorrectionKind | None, place: str) -> None:
    around = {"alone": "{}", "first": "{} Siswa datang.", "last": "Siswa datang. {}"}[place]
    body = ("Siswa SMK datang ke sekolah.", around.format(sentence))
    found = find_correction(article(body=body))
    assert found == (Correction(kind=kind, sentence=sentence) if kind else None)


def test_the_headline_counts_first() -> None:
    both = article(headline="Ralat: Jadwal", body=("Berita ini telah diperbarui.",))
    assert find_correction(both) == Correction(kind=RALAT, sentence="Ralat: Jadwal")


def test_a_finding_is_a_line_not_a_page() -> None:
    found = find_correction(article(body=(f"Ralat: {'angka ' * 200}",)))
    assert found is not None
    assert len(found.sentence) == LONGEST_SENTENCE


def test_sentences_are_cut_after_their_quotes() -> None:
    assert sentences("“Kami bangga.” Ia pulang. Selesai?") == [
        "“Kami bangga.”", "Ia pulang.", "Selesai?",
    ]  # fmt: skip


def test_an_article_is_normalised_with_its_correction() -> None:
    stated = article(body_html=body_of("Siswa datang.", "Berita ini telah dikoreksi."))
    found = normalise(stated, publisher())
    assert found.correction == Correction(kind=KOREKSI, sentence="Berita ini telah dikoreksi.")
    assert normalise(found, publisher()) == found


@pytest.mark.parametrize(
    ("kind", "sentence", "said"),
    [
        (RALAT, "Ralat: jumlahnya 20.", "Jumlahnya 20."),
        (RALAT, "Ralat redaksi — jumlahnya 20.", "Jumlahnya 20."),
        (HAK_JAWAB, "Hak jawab atas berita ini dimuat besok.", None),
        (KOREKSI, "Ralat: jumlahnya 20.", None),
        (RALAT, "Ralat:", None),
        (PEMBARUAN, "Artikel ini telah diperbarui.", None),
    ],
)
def test_a_label_is_not_said_twice(kind: CorrectionKind, sentence: str, said: str | None) -> None:
    assert unlabelled(Correction(kind=kind, sentence=sentence)) == (said or sentence)
