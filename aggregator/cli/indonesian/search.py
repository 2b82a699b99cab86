"""Searching: what was wrong with a query, and what is said about results."""

MESSAGES = {
    "Only articles about which the school decided this; new: nothing yet.": (
        "Hanya artikel dengan keputusan sekolah ini; new: yang belum diputuskan."
    ),
    # queries
    "a quote is not closed": "tanda kutip tidak ditutup",
    "a star needs three letters before it": "sebelum bintang harus ada tiga huruf",
    "a star stands at the end of one word": "bintang hanya di akhir satu kata",
    "has no word to look for": "tidak memuat kata yang dicari",
    "has too many words": "terlalu banyak kata",
    "is too long": "terlalu panjang",
    "must stand between two words": "harus berada di antara dua kata",
    "no such operator; in quotes it is searched for as words": (
        "operator ini tidak ada; beri tanda kutip untuk mencarinya sebagai kata"
    ),
    "too many words begin so; type more letters": (
        "terlalu banyak kata berawalan begini; ketik lebih banyak huruf"
    ),
    "write the value right after the colon": "tulis isinya tepat setelah titik dua",
    # commands and options
    'Find articles: words, "phrases", begin*, -without, judul: penulis: penerbit: tag: …': (
        'Cari artikel: kata, "frasa", awalan*, -tanpa, judul: penulis: penerbit: tag: …'
    ),
    "Newest first, or what is most about it.": "Terbaru lebih dulu, atau yang paling relevan.",
    "Count by publisher, topic, section, tag and province.": (
        "Hitung menurut penerbit, topik, rubrik, tag, dan provinsi."
    ),
    "Count over time, in days, weeks or months.": "Hitung per hari, minggu, atau bulan.",
    "Make the search index anew from the stored articles.": (
        "Susun ulang indeks pencarian dari artikel tersimpan."
    ),
    "Only this publisher; may be repeated.": "Hanya penerbit ini; boleh diulang.",
    "Only articles that this channel listed.": "Hanya artikel yang didaftar kanal ini.",
    "Credited for this.": "Dicantumkan untuk peran ini.",
    "Only articles with this place in the dateline.": "Hanya artikel dengan dateline tempat ini.",
    "Only articles from this province.": "Hanya artikel dari provinsi ini.",
    "Only texts of this news agency.": "Hanya tulisan kantor berita ini.",
    "Only articles in this language (id, en).": "Hanya artikel berbahasa ini (id, en).",
    "Only articles stored on this day or later, or since a moment.": (
        "Hanya artikel yang disimpan pada hari ini atau sesudahnya, atau sejak suatu waktu."
    ),
    "Only articles that changed after storing.": "Hanya artikel yang berubah setelah disimpan.",
    "Only articles with a picture.": "Hanya artikel bergambar.",
    "Only articles that may be published.": "Hanya artikel yang layak terbit.",
    "Only articles that answer this query, as in search.": (
        "Hanya artikel yang cocok dengan kueri ini, seperti pada search."
    ),
    # results
    "Snippet": "Cuplikan",
    "Topic": "Topik",
    "Section": "Rubrik",
    "Tag": "Tag",
    "Province": "Provinsi",
    "Month": "Bulan",
    "From": "Mulai",
    "Nothing found.": "Tidak ditemukan.",
    "Nothing found. Did you mean: {query}": "Tidak ditemukan. Maksud Anda: {query}",
    "{n} articles found.": "{n} artikel ditemukan.",
    "About {n} articles found.": "Sekitar {n} artikel ditemukan.",
    "Counted by the newest {n} of them.": "Dihitung dari {n} artikel terbarunya.",
    "{n} articles indexed.": "{n} artikel diindeks.",
    # filters
    "filters need --by": "penyaring memerlukan --by",
    "write a day as YYYY-MM-DD, or a month or a year": (
        "tulis hari sebagai TTTT-BB-HH, atau bulan, atau tahun"
    ),
    "write a day as YYYY-MM-DD, or a moment as YYYY-MM-DDThh:mm:ss+08:00": (
        "tulis hari sebagai TTTT-BB-HH, atau waktu sebagai TTTT-BB-HHTjj:mm:dd+08:00"
    ),
    "write a number": "tulis angka",
    "write true or false": "tulis true atau false",
    "{field}: cannot use {value!r}; possible are: {known}": (
        "{field}: {value!r} tidak dapat dipakai; pilihannya: {known}"
    ),
    "{field}: cannot use {value!r}; it must be from {least} to {most}": (
        "{field}: {value!r} tidak dapat dipakai; harus dari {least} sampai {most}"
    ),
}
