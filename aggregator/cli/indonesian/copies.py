"""``db backup`` and ``db restore``."""

MESSAGES = {
    "Copy the database while it is in use, and check the copy.": (
        "Salin basis data selagi dipakai, dan periksa salinannya."
    ),
    "Keep only the N newest copies in the folder.": "Simpan hanya N salinan terbaru di folder.",
    "{path}: {articles} articles, {mb} MB, found whole.": (
        "{path}: {articles} artikel, {mb} MB, utuh."
    ),
    "Make the database what a copy holds.": "Pulihkan basis data dari salinan.",
    "Replace the database that is there, after copying it.": (
        "Ganti basis data yang ada, setelah disalin."
    ),
    "What was there before is kept in {path}.": "Isi sebelumnya disimpan di {path}.",
    "Database {url} is restored.": "Basis data {url} telah dipulihkan.",
    "backup {path}: {detail}": "cadangan {path}: {detail}",
    "there is a database already; add --replace to replace it": (
        "basis data sudah ada; tambahkan --replace untuk menggantinya"
    ),
    "a database in memory cannot be copied": "basis data di memori tidak dapat disalin",
    "holds no database of this program": "tidak memuat basis data program ini",
    "rows refer to rows that are not there": "ada baris yang merujuk ke baris yang hilang",
    "the database is in use: stop the crawl, then try again": (
        "basis data sedang dipakai: hentikan perayapan, lalu coba lagi"
    ),
}
