"""Re-checks, withdrawals and revisions."""

MESSAGES = {
    # --- end states and their reasons
    "suspected": "diduga dicabut",
    "another article's page": "halaman artikel lain",
    "not-found page": "halaman 'tidak ditemukan'",
    "page without an article": "halaman tanpa artikel",
    "redirected to an error page": "dialihkan ke halaman galat",
    "redirected to the home page": "dialihkan ke beranda",
    "same page, other reading": "halaman sama, terbaca lain",
    "says that it was withdrawn": "menyatakan dicabut",
    # --- configuration
    "must not be negative": "tidak boleh negatif",
    # --- crawl
    "{publisher}: {n} articles are read otherwise by today's parsers; their pages say "
    "what they said.": (
        "{publisher}: {n} artikel terbaca lain oleh pengurai terkini; isi halamannya tidak berubah."
    ),
    "{publisher}: {n} articles were looked at again, {later} more are left for the next crawl.": (
        "{publisher}: {n} artikel dilihat lagi, {later} lainnya menunggu perayapan berikutnya."
    ),
    "{host}: most articles seem to be gone at once. Not believed: the site is in trouble or has "
    "moved. Please look.": (
        "{host}: sebagian besar artikel tampak hilang sekaligus. Tidak dipercaya: situsnya "
        "terganggu atau pindah. Mohon diperiksa."
    ),
    "Article {id} may have been withdrawn ({reason}); it will be looked at again.": (
        "Artikel {id} mungkin dicabut ({reason}); akan dilihat lagi."
    ),
    "Article {id} was withdrawn by its publisher ({reason}).": (
        "Artikel {id} dicabut oleh penerbitnya ({reason})."
    ),
    "Article {id} is still on the portal {portal}: {url}": (
        "Artikel {id} masih ada di portal {portal}: {url}"
    ),
    # --- withdraw
    "Take an article out of sight at once, and keep it out under every address (takedown).": (
        "Sembunyikan artikel seketika dan cegah masuk lagi lewat alamat mana pun (permintaan "
        "pencabutan)."
    ),
    "Why: shown with the article, and kept for ever.": (
        "Alasannya: ditampilkan bersama artikel dan disimpan selamanya."
    ),
    "Who decides it; else the name of the user of this computer.": (
        "Siapa yang memutuskan; jika kosong, nama pengguna komputer ini."
    ),
    "Take a withdrawal back that was a mistake.": "Batalkan pencabutan yang keliru.",
    "--reason must say something": "--reason harus berisi alasan",
    "article {key!r} was withdrawn on {day}: {reason}": (
        "artikel {key!r} dicabut pada {day}: {reason}"
    ),
    "This article was withdrawn.": "Artikel ini sudah dicabut.",
    "{key!r} is not withdrawn": "{key!r} tidak dicabut",
    "Withdrawn already: {url}": "Sudah dicabut: {url}",
    "Nothing is held of {url}; it will be kept out.": (
        "Tidak ada yang tersimpan dari {url}; alamat itu tidak akan diambil."
    ),
    "Withdrawn: article {id}, kept out under {n} names. {url}": (
        "Dicabut: artikel {id}, tidak akan diambil lagi lewat {n} nama. {url}"
    ),
    "{key} is no longer kept out.": "{key} boleh diambil lagi.",
    "Article {id} may be shown again.": "Artikel {id} boleh ditampilkan lagi.",
    # --- list and show
    "Only articles that are on no portal yet.": "Hanya artikel yang belum ada di portal.",
    "Only articles that were withdrawn.": "Hanya artikel yang sudah dicabut.",
    "withdrawn {day}": "dicabut {day}",
    "published in {portal}": "terbit di {portal}",
    "WITHDRAWN {moment} by {by}: {reason}": "DICABUT {moment} oleh {by}: {reason}",
    "the publisher": "penerbit",
    "CORRECTED by its publisher ({kind}): {sentence}": "DIKOREKSI penerbit ({kind}): {sentence}",
    "Published already": "Sudah terbit",
    # --- history
    "seen in a channel": "terlihat di kanal",
    "seen by a re-check": "terlihat pada pemeriksaan ulang",
    "read from an archive": "dibaca dari arsip",
    "same page, read otherwise by newer parsers": "halaman sama, terbaca lain oleh pengurai baru",
    "Announces a correction ({kind}): {sentence}": "Mengumumkan koreksi ({kind}): {sentence}",
    "Text": "Isi",
    "Names": "Nama penulis",
    "Time of publication": "Waktu terbit",
}
