"""What commands and their options are for."""

MESSAGES = {
    "Education news for a school portal, always with its attribution.": (
        "Berita pendidikan untuk portal sekolah, selalu beserta atribusinya."
    ),
    "Commands": "Perintah",
    "Crawl publishers (all, or those named) and store their articles.": (
        "Rayapi penerbit (semua, atau yang disebut) dan simpan artikelnya."
    ),
    "Put the articles of a WARC file through today's parsers.": (
        "Baca ulang artikel dari berkas WARC dengan pengurai terkini."
    ),
    "Read a saved page (and its further pages) and print the article as JSON; store nothing.": (
        "Baca halaman tersimpan (dan halaman lanjutannya), cetak artikelnya sebagai JSON; "
        "tidak menyimpan apa pun."
    ),
    "List articles, newest first.": "Daftar artikel, terbaru lebih dulu.",
    "Show one article with its attribution.": "Tampilkan satu artikel beserta atribusinya.",
    "Count what is in the database.": "Hitung isi basis data.",
    "Show the publishers, their channels and the terms under which they are read.": (
        "Tampilkan penerbit, kanalnya, dan ketentuan pemakaiannya."
    ),
    "Care of the database.": "Perawatan basis data.",
    "Bring the database to this version's schema; makes it where there is none.": (
        "Sesuaikan basis data dengan skema versi ini; dibuat bila belum ada."
    ),
    "Language of messages; else AGGREGATOR_LANGUAGE, else Indonesian.": (
        "Bahasa pesan; jika kosong AGGREGATOR_LANGUAGE, lalu bahasa Indonesia."
    ),
    "Database address; else AGGREGATOR_DATABASE_URL, else sqlite:///news.db.": (
        "Alamat basis data; jika kosong AGGREGATOR_DATABASE_URL, lalu sqlite:///news.db."
    ),
    "Print JSON.": "Cetak JSON.",
    "Take at most N articles per publisher.": "Paling banyak N artikel tiap penerbit.",
    "Crawl the bundled demo archive; needs no network.": (
        "Rayapi arsip contoh bawaan; tidak memerlukan jaringan."
    ),
    "Answer every request from this WARC file, never a socket.": (
        "Jawab setiap permintaan dari berkas WARC ini, tanpa jaringan."
    ),
    "Write every exchange to this WARC file.": "Tulis semua permintaan dan jawaban ke berkas WARC.",
    "Look again at every listed article that is held.": (
        "Lihat lagi setiap artikel terdaftar yang sudah tersimpan."
    ),
    "Show the crawler's log on standard error.": "Tampilkan catatan perayap di galat standar.",
    "The address that the page was saved from.": "Alamat asal halaman yang disimpan.",
    "Only this section of the publisher.": "Hanya rubrik penerbit ini.",
    "Only articles with this tag.": "Hanya artikel dengan tag ini.",
    "Only articles crediting this name, or a part of it.": (
        "Hanya artikel yang mencantumkan nama ini, atau sebagiannya."
    ),
    "From this day on (YYYY-MM-DD, school time).": "Sejak hari ini (TTTT-BB-HH, waktu sekolah).",
    "Up to and including this day.": "Sampai dengan hari ini.",
    "At most N articles.": "Paling banyak N artikel.",
    "Continue where the page before ended.": "Lanjutkan dari akhir halaman sebelumnya.",
    "Show every revision and what changed.": "Tampilkan setiap revisi dan perubahannya.",
    "CSV for spreadsheets, or one JSON article per line.": (
        "CSV untuk lembar kerja, atau satu artikel JSON per baris."
    ),
    "Write to this file.": "Tulis ke berkas ini.",
}
