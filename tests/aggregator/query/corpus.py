"""A small collection that queries are asked of: articles by a short name each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from aggregator.model import Credit, Dateline, Image, Role
from pipelines.attribute import attribute
from storage import channels
from storage.database import Database
from tests.pipelines.builders import body_of, normalised, publisher
from tests.storage.holding import hold

NEWEST = datetime(2026, 8, 1, 2, 0, tzinfo=UTC)
"""10.00 WITA, when the first article of the list was published; each other a day before."""

PUBLISHERS = {"contoh": "Harian Contoh", "lain": "Kabar Lain", "dinas": "Dinas Contoh"}

SITI = Credit(name="Siti Aminah", role=Role.REPORTER)
BUDI = Credit(name="Budi Santoso", role=Role.EDITOR)


def dateline(place: str, region: str | None = None, province: str | None = None) -> Dateline:
    return Dateline(mark=None, place=place, raw=f"{place} --", region=region, province=province)


BALIKPAPAN = dateline("BALIKPAPAN", "Kota Balikpapan", "Kalimantan Timur")
BOGOR = dateline("BOGOR", "Kota Bogor", "Jawa Barat")
SINGAPURA = dateline("SINGAPURA")

# name: (headline, body, what else)
ARTICLES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "beasiswa": (
        "Beasiswa KIP Kuliah Dibuka",
        "Kementerian membuka pendaftaran bagi lulusan sekolah menengah kejuruan.",
        {"tags": ("beasiswa", "KIP Kuliah"), "section": "Pendidikan", "credits": (SITI,)},
    ),
    "smkn": (
        "SMKN 1 Balikpapan Juara LKS",
        "Para siswa berlatih setiap hari di bengkel sekolah.",
        {"dateline": BALIKPAPAN, "tags": ("SMK Juara",), "credits": (BUDI, SITI)},
    ),
    "sma": (
        "Guru SMA Belajar Koding",
        "Guru-guru mengikuti pelatihan kecerdasan buatan selama tiga hari.",
        {"section": "Pendidikan", "image": Image(url="https://contoh.example/sma.jpg")},
    ),
    "ministry-old": (
        "Kemdikbud Luncurkan Kurikulum",
        "Menteri berharap pembelajaran menjadi menyenangkan.",
        {"tags": ("kurikulum",), "language": "id"},
    ),
    "ministry-new": (
        "Kemendikdasmen Siapkan Aturan",
        "Aturan mengenai penerimaan murid baru segera terbit.",
        {"section": "Nasional", "publisher": "lain"},
    ),
    "ministry-long": (
        "Aturan Baru Terbit",
        "Kementerian Pendidikan, Kebudayaan, Riset, dan Teknologi mengumumkannya di Jakarta.",
        {"publisher": "dinas"},
    ),
    "ppdb": (
        "Jadwal PPDB Diumumkan",
        "Orang tua diminta menyiapkan berkas sejak awal.",
        {"dateline": BOGOR, "agency": "Antara"},
    ),
    "spmb": (
        "Kuota SPMB Jalur Domisili",
        "Sekolah-sekolah menyiapkan kuota untuk calon murid.",
        {"dateline": BALIKPAPAN, "publisher": "lain", "topics": ("penerimaan",)},
    ),
    "pkl": (
        "Siswa Magang di Pelabuhan",
        "Praktik kerja lapangan berlangsung enam bulan, kata kepala sekolah.",
        {"topics": ("magang", "smk")},
    ),
    "prakerin": (
        "Prakerin Ditutup",
        "Kegiatan di industri selesai dengan baik.",
        {"publisher": "dinas"},
    ),
    "teacher": (
        "Nasib Guru Honorer",
        "Pendidik di daerah menunggu pengangkatan sebagai PPPK.",
        {"tags": ("guru honorer",)},
    ),
    "civil": (
        "Formasi ASN Dibuka",
        "Pendaftaran berlangsung sampai akhir bulan; honorer guru dapat mendaftar.",
        {"agency": "Antara"},
    ),
    "child": (
        "Anak-anak Kembali ke Sekolah",
        "Mereka bersekolah lagi setelah libur panjang, Jum'at (31/7).",
        {"section": "pendidikan"},
    ),
    "training": (
        "Pelatihan Vokasi",
        "Sebanyak 2.250 peserta dilatih; jadwalnya pukul 10:30 WITA.",
        {"dateline": SINGAPURA},
    ),
    "cooperation": (
        "Kerjasama Industri",
        "Sekolah bekerja sama dengan pabrik se-Kaltim, situsnya contoh-kerja.example.",
        {},
    ),
    "foreign": (
        "Édukasi di Café İstanbul",
        "Kunjungan ke <b>pameran</b> &amp; bengkel 日本.",
        {"language": "en"},
    ),
    "sport": (
        "Olahraga dan Sepak Bola",
        "Ekstrakurikuler sepakbola disukai siswa; praktek olah raga tiap pekan.",
        {},
    ),
    "ordinary": (
        "Rapat Rutin",
        "Peserta rapat membahas anggaran sekolah.",
        {},
    ),
}


def fill(database: Database) -> dict[str, int]:
    """Store all of it, the newest first in the list last; returns each article's number."""
    with database.session() as session:
        for name, title in PUBLISHERS.items():
            channels.ensure(session, publisher(name=name, title=title), ())
    numbered = list(enumerate(ARTICLES.items()))
    return {name: _store(database, n, name) for n, (name, _) in reversed(numbered)}


def _store(database: Database, number: int, name: str) -> int:
    headline, body, changes = ARTICLES[name]
    stated = {
        "url": f"https://contoh.example/berita/{number}/{name}",
        "headline": headline,
        "body_html": body_of(body),
        "published_raw": None,
        "published_at": NEWEST - timedelta(days=number),
        **changes,
    }
    title = PUBLISHERS[str(stated.get("publisher", "contoh"))]
    by = publisher(name=stated.get("publisher", "contoh"), title=title)
    found = attribute(normalised(**stated), by)
    with database.session() as session:
        return hold(session, found)
