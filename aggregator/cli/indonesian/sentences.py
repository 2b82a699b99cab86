"""What commands report."""

MESSAGES = {
    "Article {id} was revised: {fields}. See: aggregator show {id} --history": (
        "Artikel {id} direvisi: {fields}. Lihat: aggregator show {id} --history"
    ),
    "Crawling": "Merayapi",
    "Database {url} is up to date.": "Basis data {url} sudah sesuai.",
    "Error": "Galat",
    "More: add --cursor {cursor}": "Selanjutnya: tambahkan --cursor {cursor}",
    "Nothing new: {requests} requests, no article stored or revised.": (
        "Tidak ada yang baru: {requests} permintaan, tidak ada artikel disimpan atau direvisi."
    ),
    "Revision": "Revisi",
    "Revision {number}, {moment} ({cause})": "Revisi {number}, {moment} ({cause})",
    "Something needs a person: see channels and end states above.": (
        "Ada yang perlu dilihat orang: periksa kanal dan keadaan akhir di atas."
    ),
    "{n} archived answers are no article pages.": "{n} jawaban dalam arsip bukan halaman artikel.",
    "A draft: compare expected.json with the page, and replace names and sentences by "
    "invented ones before it goes into the project.": (
        "Ini draf: bandingkan expected.json dengan halamannya, dan ganti nama serta kalimat "
        "dengan karangan sendiri sebelum masuk ke proyek."
    ),
    "Write a page and what is read on it as a draft of a golden case.": (
        "Tulis halaman beserta hasil bacanya sebagai draf kasus acuan."
    ),
    "The address that the saved page FILE came from.": "Alamat asal halaman tersimpan FILE.",
    "Take URL from this WARC file instead of fetching it.": (
        "Ambil URL dari berkas WARC ini, bukan dari jaringan."
    ),
    "Say what is wrong. Exit code: 0 healthy, 2 something needs a person, 1 could not tell.": (
        "Katakan apa yang salah. Kode keluar: 0 sehat, 2 perlu ditangani orang, 1 tidak diketahui."
    ),
    "Healthy: nothing needs a person.": "Sehat: tidak ada yang perlu ditangani.",
    "Could not tell: no crawl has finished yet.": (
        "Tidak diketahui: belum ada perayapan yang selesai."
    ),
    "time of publication": "waktu terbit",
    "names": "nama penulis",
    "dateline": "dateline",
    "text": "isi",
    "summary": "ringkasan",
    "section": "rubrik",
    "tags": "tag",
    "image": "gambar",
    "Apply today's rules for topics and flags to the stored articles.": (
        "Terapkan aturan topik dan tanda yang berlaku kini pada artikel tersimpan."
    ),
    "{n} articles, {changed} changed.": "{n} artikel, {changed} berubah.",
    "Only articles of this topic.": "Hanya artikel dengan topik ini.",
    "The folder of the golden cases.": "Folder kasus acuan.",
    "a saved page needs --url": "halaman tersimpan memerlukan --url",
    "must name at least one word": "harus memuat sedikitnya satu kata",
    "{n} articles exported.": "{n} artikel diekspor.",
    "--for-datasette needs --output FILE": "--for-datasette memerlukan --output BERKAS",
    "Write articles as CSV, JSON Lines or SQLite; every one with its credit line.": (
        "Tulis artikel sebagai CSV, JSON Lines, atau SQLite; masing-masing dengan baris sumbernya."
    ),
    "Between the columns of CSV; Excel in Indonesian wants the semicolon.": (
        "Pemisah kolom CSV; Excel berbahasa Indonesia memakai titik koma (semicolon)."
    ),
    "Write a new SQLite file that Datasette shows, with its descriptions beside it.": (
        "Tulis berkas SQLite baru untuk Datasette, beserta berkas keterangannya."
    ),
    "Print the channels as OPML, for a feed reader.": (
        "Cetak kanal sebagai OPML, untuk pembaca feed."
    ),
    "{stored} articles stored, {revised} revised.": (
        "{stored} artikel disimpan, {revised} direvisi."
    ),
}
