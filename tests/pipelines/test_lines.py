"""Each rule with lines that it is for, and sentences that it is not for."""

from __future__ import annotations

import re

import pytest

from pipelines.body import read_blocks
from pipelines.boilerplate import Cleaned, clean
from pipelines.lines import RULES, What, what_is
from tests.pipelines.builders import body_of

FIRST, LAST = "Siswa datang pagi.", "Siswa pulang sore."


def cleaned(*paragraphs: str) -> Cleaned:
    return clean(read_blocks(body_of(*paragraphs)))


def left(found: Cleaned) -> list[str]:
    return [block.text for block in found.blocks]


# In the table's order.
SAMPLES: tuple[tuple[What, list[str], list[str]], ...] = (
    (
        What.TEASER,
        [
            *("Baca juga: Sekolah Dibuka Lagi", "BACA JUGA : Jadwal", "Baca Selengkapnya : Jadwal"),
            *(
                "Simak: Jadwal Ujian",
                "Lihat juga: Foto Siswa",
                "Baca: Sekolah",
                "Tonton juga: Video",
            ),
        ],
        ["Ia berkata: baca juga buku lain.", "Simak juga menjadi tugas guru."],
    ),
    (
        What.TEASER,
        [
            "Baca Juga",
            "BACA JUGA",
            "Baca juga berita lainnya",
            "Lihat juga",
            "Baca juga artikel lain",
        ],
        ["Baca juga menjadi bagian dari program literasi.", "Siswa diminta baca juga."],
    ),
    (
        What.TEASER,
        [
            "Berita Terkait",
            "Artikel lainnya:",
            "Topik Populer",
            "Video Pilihan",
            "Berita Kaltim Terkait",
        ],
        ["Berita terkait gempa beredar luas.", "Topik populer itu dibahas di kelas."],
    ),
    (
        What.TEASER,
        ["Rekomendasi untuk Anda", "Terpopuler", "TERKINI", "Pilihan Editor"],
        ["Terpopuler di kelas adalah futsal.", "Teknologi terkini dipakai siswa."],
    ),
    (
        What.DISCARD,
        [
            "Simak video berikut ini:",
            "Baca berita TribunKaltim.co lainnya",
            "Lihat video di bawah ini",
        ],
        ["Simak video itu di kelas.", "Lihat artikel itu, siswa kagum."],
    ),
    (
        What.DISCARD,
        [
            "Ikuti Ulasan-Ulasan Menarik Lainnya dari Penulis Klik di Sini",
            "Yuk koleksi buku bacaan berkualitas dari buku Republika, klik di sini.",
        ],
        ["Siswa belajar arti klik di sini.", "Pendaftar tinggal klik di sini lalu mengisi data."],
    ),
    (
        What.DISCARD,
        [
            "Ikuti Whatsapp Channel Republika",
            "Ikuti kami di Google News",
            "Baca berita TRIBUNKALTIM.CO lainnya di Google News",
            "Dapatkan update berita di saluran Telegram Tribunnews",
            "Download aplikasi berita TribunX di Play Store atau App Store",
            "Yuk gabung Grup WhatsApp Tribun Kaltim!",
            "Mari bergabung di Grup Telegram Tribun, caranya klik link https://t.me/x, lalu join.",
        ],
        [
            "Ikuti aturan, jangan buat saluran air tersumbat.",
            "Baca buku lewat saluran resmi.",
            "“Ikuti saluran WhatsApp sekolah,” kata kepala sekolah.",
            "Simak penjelasan lewat channel YouTube sekolah, ujar guru itu.",
        ],
    ),
    (
        What.DISCARD,
        ["Update berita lainnya di Google News Tribun", "Cek artikel lain di Google News"],
        ["Update berita itu dibaca siswa.", "Cek artikel ilmiah sebelum mengutip."],
    ),
    (
        What.DISCARD,
        ["Jangan lupa subscribe channel YouTube kami", "Follow juga Instagram @tribunkaltim"],
        ["Ikuti lomba lewat akun Instagram sekolah.", "Instagram dilarang di kelas."],
    ),
    (
        What.DISCARD,
        ["Anda harus install aplikasi Telegram terlebih dulu di ponsel."],
        ["Anda harus rajin belajar."],
    ),
    (
        What.DISCARD,
        [
            "Berlangganan untuk membaca selengkapnya",
            "Silakan login agar bisa membaca artikel ini.",
            "Langganan sekarang untuk lanjut membaca!",
        ],
        [
            "Login ke laman SNBP untuk melihat pengumuman.",
            "“Berlangganan majalah membantu siswa untuk membaca,” kata guru itu.",
            "Sekolah berlangganan koran untuk membaca berita.",
        ],
    ),
    (
        What.DISCARD,
        ["Artikel ini khusus untuk pelanggan.", "Konten ini hanya bagi anggota premium"],
        ["Artikel ini khusus membahas pelajaran.", "Berita ini hanya kabar bohong."],
    ),
    (
        What.LABEL,
        ["Advertorial", "(ADV)", "Sponsored Content", "Pariwara"],
        ["Advertorial itu ditulis siswa.", "Adv. Sari memimpin sidang."],
    ),
    (
        What.DISCARD,
        ["Advertisement", "ADVERTISEMENT", "Iklan"],
        ["Iklan layanan masyarakat itu karya siswa.", "Advertisement menjadi mata pelajaran."],
    ),
    (
        What.DISCARD,
        ["Scroll to continue with content", "Scroll untuk lanjut membaca"],
        ["Siswa belajar arti kata scroll."],
    ),
    (
        What.DISCARD,
        ["Tidak ada kode iklan yang tersedia."],
        ["Tidak ada kode iklan yang tersedia di papan itu."],
    ),
    (What.DISCARD, ["Loading...", "Loading"], ["Loading barang di pelabuhan lancar."]),
    (What.DISCARD, ["Komik Si Calus"], ["Komik Si Calus dibaca siswa."]),
    (
        What.DISCARD,
        [
            "View this post on Instagram",
            "A post shared by SMKN 1 Contoh (@smkn1contoh)",
            "Sebuah kiriman dibagikan oleh Sari (@sari)",
        ],
        ["Sebuah kiriman dari industri tiba di sekolah."],
    ),
    (
        What.DISCARD,
        ["Halaman selanjutnya", "Halaman Berikutnya »", "Selanjutnya »", "next >", "Selengkapnya"],
        ["Selanjutnya, guru membagikan buku.", "Halaman berikutnya kosong."],
    ),
    (
        What.DISCARD,
        ["Halaman 1/2", "Halaman 1 dari 2", "Halaman 1 2 3 Selanjutnya", "Halaman 12Selanjutnya"],
        ["Halaman 12 buku itu robek."],
    ),
    (
        What.DISCARD,
        ["Bagikan:", "Tags:", "Komentar", "Share", "Cetak"],
        ["Komentar warga beragam.", "Tag harga itu hilang.", "Cetak biru itu selesai."],
    ),
    (
        What.DISCARD,
        [
            "Facebook",
            "Share on Facebook",
            "Bagikan ke WhatsApp",
            "Facebook Twitter WhatsApp",
            "Copy Link",
        ],
        ["Facebook dipakai siswa.", "Bagikan ke teman sekelas."],
    ),
    (
        What.DISCARD,
        ["Tags: SMK, Balikpapan", "Tag : vokasi", "#SMKBisa #SMKHebat", "#MerdekaBelajar, #SMK"],
        ["#SMKBisa menjadi semboyan siswa.", "Tag harga: murah"],
    ),
    (
        What.DISCARD,
        [
            "Copyright 2020 Republika",
            "Hak cipta milik Tribun",
            "© Kemdikbud",
            "COPYRIGHT © ANTARA 2023",
        ],
        ["Hak cipta atas karya siswa dilindungi.", "Copyright menjadi materi pelajaran."],
    ),
    (
        What.DISCARD,
        ["Dilarang keras mengambil konten, melakukan crawling atau pengindeksan otomatis."],
        ["Dilarang membawa ponsel ke kelas.", "Dilarang keras merokok di sekolah."],
    ),
    (What.DISCARD, ["(*)", "***", "( ** )"], ["Nilai 5* diraih siswa."]),
    (What.TEASER, ["Ringkasan Berita:"], ["Ringkasan berita itu dibacakan siswa."]),
    (
        What.DISCARD,
        [
            "*) Disclaimer: Jawaban di atas hanya digunakan oleh orang tua.",
            "Disclaimer: Retizen adalah wadah bagi pembaca. " + "Silakan kirimkan tulisan. " * 20,
        ],
        ["Disclaimer menjadi istilah baru bagi siswa."],
    ),
    (
        What.DISCARD,
        ["Tribunnews.com tidak bertanggung jawab atas kesalahan jawaban pada contoh soal ini."],
        ["Sekolah tidak bertanggung jawab atas barang yang hilang."],
    ),
    (
        What.DISCARD,
        ["Siswa SMK Juara - 20251116-siswa.jpg", "foto-siswa.PNG"],
        ["Siswa belajar format jpg.", "Berkas dikirim sebagai PDF."],
    ),
    (
        What.DISCARD,
        ["TRIBUNKALTIM.CO/SINTYA ALFATIKA SARI", "KOMPAS.com/ANI DEWI"],
        ["Buka sekolah.id/daftar", "SMK/SMA sederajat"],
    ),
    (
        What.CAPTION,
        [
            "MBG dan Keracunan - (Republika)",
            "Siswa makan siang, Senin (6/10). - (ANTARA FOTO/Ani Dewi)",
        ],
        ["Siswa belajar - dan bermain (bersama).", "Ia dari Kementerian (Kemendikbud)."],
    ),
    (
        What.CAPTION,
        ["BENGKEL SEKOLAH - Siswa merakit mesin. (TRIBUNKALTIM.CO/ANI DEWI)"],
        ["Berita itu benar. (Tribunnews.com/Ani Dewi) Siswa senang.", "Siswa SMP (SMP/MTs)"],
    ),
    (
        What.CAPTION,
        ["Siswa berfoto bersama (Dok. SMKN 1)", "Siswa berlomba (Istimewa)", "Siswa (Foto: Humas)"],
        ["Kepala Hubungan Masyarakat (Humas)", "Ia tertawa (istri ikut hadir)"],
    ),
    (
        What.FIRST_PUBLISHED,
        [
            "Artikel ini telah tayang di Tribun-Papua.com dengan judul Sekolah Dibuka",
            "Artikel ini sudah terbit sebelumnya di Kompas.com",
            "Sebagian artikel ini telah tayang di Kompas.com",
            "Berita ini telah tayang di TribunJateng.com dengan judul Sekolah",
        ],
        ["Artikel ini membahas pendaftaran.", "Artikel itu telah tayang di koran."],
    ),
    (
        What.ORIGINAL_URL,
        ["(https://www.vokasi.kemdikbud.go.id/read/direktorat-smk)"],
        ["Daftar di (https://contoh.example/daftar) sekarang.", "https://youtu.be/abc"],
    ),
    (
        What.ORIGINAL_URL,
        ["Sumber: https://contoh.example/a", "(Sumber https://contoh.example/a)"],
        ["Tautan: https://contoh.example/daftar", "Sumber daya ada di https://contoh.example/a"],
    ),
    (
        What.BYLINE,
        [
            "Laporan Wartawan Tribunnews.com, Igman Ibrahim",
            "Laporan Wartawan Tribunnews.com Eko Sutriyanto",
            "Laporan Wartawan Tribun Kaltim, Ani Dewi",
            "Laporan Reporter POS-KUPANG.COM, Ryan Nong",
            "Laporan wartawan tribunkaltim.co, Ani Dewi",
            "Laporan Koresponden Tribunnews.com, Richard Susilo dari Jepang",
        ],
        [
            "Laporan wartawan di lokasi menyebutkan, jalan ditutup sejak pagi.",
            "Laporan reporter cilik itu dibacakan.",
        ],
    ),
    (
        What.BYLINE,
        ["Laporan Rahmad Wiguna | Aceh Tamiang"],
        ["Laporan Rahmad diterima sekolah.", "Laporan siswa | Balikpapan"],
    ),
    (
        What.BYLINE,
        [
            *(
                "Penulis : pengelola web kemdikbud",
                "Editor: Willy Widianto",
                "Narator: Suhiya Zahrati",
            ),
            *(
                "Penulis: Ani | Editor: Budi",
                "Reporter/Editor: Ani",
                "Sumber :Penulis : pengelola web",
            ),
            *("Pewarta: Ani Dewi", "(Penulis: Ani/Editor: Budi)", "Foto: Citra"),
        ],
        ["Penulis buku itu seorang guru.", "Editor video siswa dilatih."],
    ),
    (
        What.BYLINE,
        ["Oleh: Ani Dewi, Guru SMKN 1 Balikpapan", "OLEH : Prof Dr Ani Dewi, MA"],
        ["Oleh karena itu: belajar.", "Lomba oleh: siswa"],
    ),
    (
        What.BYLINE,
        ["Oleh Khairil Akbar, dosen pada Fakultas Hukum", "Oleh Ani Dewi*)"],
        ["Oleh karena itu sekolah ditutup.", "Oleh Pemerintah dana itu disalurkan ke sekolah."],
    ),
    (
        What.BYLINE,
        ["Rep: Issha Harruma/ Red: Bilal Ramadhan"],
        ["Rep adalah singkatan dari reporter."],
    ),
    (
        What.SOURCE,
        ["Sumber : Antara", "Sumber berita: kemenag.go.id"],
        ["Sumber daya manusia menjadi kunci.", "Sumber itu menyebut: Antara."],
    ),
)


def test_every_rule_has_its_samples() -> None:
    assert [what for what, _ in RULES] == [what for what, _, _ in SAMPLES]


FIRES = [(rule, line) for rule, (_, lines, _) in enumerate(SAMPLES) for line in lines]


@pytest.mark.parametrize(("rule", "line"), FIRES)
def test_a_rule_matches_what_it_is_for(rule: int, line: str) -> None:
    assert re.fullmatch(RULES[rule][1], line.strip(), re.IGNORECASE)
    assert what_is(line.strip()) is not None


@pytest.mark.parametrize("line", [line for _, line in FIRES])
def test_what_is_no_text_is_taken_out(line: str) -> None:
    assert left(cleaned(FIRST, line, LAST)) == [FIRST, LAST]


@pytest.mark.parametrize("sentence", [s for _, _, sentences in SAMPLES for s in sentences])
def test_a_sentence_that_mentions_the_words_stays(sentence: str) -> None:
    found = cleaned(FIRST, sentence, LAST)
    assert left(found) == [FIRST, sentence, LAST]
    assert found.evidence == []


KEPT = ("discard", "teaser", "caption")


@pytest.mark.parametrize(
    ("what", "line"),
    [(what, line) for what, lines, _ in SAMPLES for line in lines if what not in KEPT],
)
def test_what_tells_of_origin_is_kept_as_evidence(what: What, line: str) -> None:
    assert [(e.kind, e.text) for e in cleaned(FIRST, line, LAST).evidence] == [(what, line)]


def test_a_caption_that_could_be_the_writers_name_closes_the_text() -> None:
    closing = "Siswa pulang. (TRIBUNKALTIM.CO/ANI DEWI)"
    found = cleaned(FIRST, closing)
    assert left(found) == [FIRST, "Siswa pulang."]
    assert found.evidence[0].text == "(TRIBUNKALTIM.CO/ANI DEWI)"
