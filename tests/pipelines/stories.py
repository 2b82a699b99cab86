"""Texts for tests of near-duplicates: invented sentences, and what is done to them."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any

from aggregator.model import Precision, Printing, RightsBasis

VOCABULARY = """siswa guru sekolah kepala dinas kota kelas bengkel praktik industri lomba juara
pelatihan bantuan orang tua jadwal ujian bahasa alat mesin kayu listrik air kebun pasar desa
lapangan buku perpustakaan koperasi taman jalan sungai hutan laut kapal nelayan petani pedagang
warga program kegiatan acara rapat rencana hasil nilai rapor tugas proyek karya pameran panggung
musik tari gambar cerita surat kabar radio gedung atap lantai pintu jendela meja kursi papan kapur
komputer jaringan kabel layar telepon sepeda motor mobil bus kereta pagi siang sore malam minggu
bulan tahun awal akhir pertama kedua ketiga baru lama besar kecil tinggi panjang cepat lambat
bersih rapi ramah tekun rajin berani jujur sabar cermat terampil""".split()


def story(seed: int | str, words: int = 150) -> str:
    """A text of its own: no two seeds share more than single words."""
    chance = random.Random(f"story {seed}")
    # A syllable of the text's own in every fifth word, so that chance makes no common phrases.
    own = f"{chance.choice('bdgjklmnprst')}{chance.choice('aiueo')}{chance.randrange(10**6)}"
    found = [chance.choice(VOCABULARY) + (own if n % 5 == 0 else "") for n in range(words)]
    return " ".join(word + ("." if n % 11 == 10 else "") for n, word in enumerate(found)) + "."


def edited(text: str, share: float, seed: int | str = 0) -> str:
    """Single words replaced all over the text."""
    chance = random.Random(f"edit {seed}")
    return " ".join(
        chance.choice(VOCABULARY) if chance.random() < share else word for word in text.split()
    )


def cut(text: str, share: float) -> str:
    words = text.split()
    return " ".join(words[: int(len(words) * share)])


def printing(id: int = 1, body: str = "", **changes: Any) -> Printing:
    stated: dict[str, Any] = {
        "publisher": "contoh",
        "key": f"x{id}",
        "urls": (f"https://contoh.example/berita/{id}/judul",),
        "headline": "Siswa SMK Merakit Sepeda Listrik",
        "published_at": datetime(2026, 7, 31, 2, 15, tzinfo=UTC),
        "published_precision": Precision.MINUTE,
        "basis": RightsBasis.CURRENT_NEWS,
        "dateline_mark": None,
        "original_url": None,
        "evidence": (),
        "publishable": True,
        "credit_line": "Sumber: Contoh — https://contoh.example",
    }
    return Printing(id=id, body=body, **{**stated, **changes})
