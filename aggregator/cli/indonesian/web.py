"""The web side: its configuration, its command and what it says when it cannot answer."""

MESSAGES = {
    "must be at most 60 seconds": "paling banyak 60 detik",
    "must be addresses or networks such as 10.0.0.0/8": (
        "harus berupa alamat atau jaringan, misalnya 10.0.0.0/8"
    ),
    "must be an address such as https://berita.example, no / after": (
        "harus berupa alamat seperti https://berita.example, tanpa / di akhir"
    ),
    "must not be negative": "tidak boleh negatif",
    "Answer over HTTP: public pages, the editor's desk, feeds and JSON API, until stopped.": (
        "Melayani lewat HTTP: halaman publik, meja redaksi, umpan, API JSON, sampai dihentikan."
    ),
    "The address to listen on.": "Alamat yang didengarkan.",
    "The port to listen on; 0: any that is free.": "Porta yang didengarkan; 0: yang mana saja.",
    "How many processes answer, for a machine with several cores.": (
        "Jumlah proses yang melayani, untuk mesin dengan beberapa inti."
    ),
    "Listening on {url}; stop with Ctrl-C.": "Melayani di {url}; hentikan dengan Ctrl-C.",
    "{publisher}: {count} stored articles now stand on {basis}.": (
        "{publisher}: {count} artikel tersimpan kini berdasar {basis}."
    ),
    "the web side is not installed: pip install 'school-news-aggregator[web]'": (
        "bagian web belum terpasang: pip install 'school-news-aggregator[web]'"
    ),
    "Education news": "Berita pendidikan",
    "The newest articles, each with its source.": (
        "Artikel terbaru, masing-masing dengan sumbernya."
    ),
    "There is nothing at this address.": "Tidak ada apa-apa di alamat ini.",
    "This address can only be read.": "Alamat ini hanya dapat dibaca.",
    "The answer is of a kind that was not asked for.": (
        "Jawabannya berjenis lain daripada yang diminta."
    ),
    "The address is too long.": "Alamatnya terlalu panjang.",
    "A parameter cannot be used as given.": "Ada parameter yang tidak dapat dipakai.",
    "Too many requests; please wait a moment.": "Terlalu banyak permintaan; mohon tunggu sebentar.",
    "Something went wrong here; it has been noted.": (
        "Terjadi kesalahan di pihak kami; sudah dicatat."
    ),
    "The database cannot be asked at the moment.": "Basis data sedang tidak dapat ditanya.",
    "must not be empty": "tidak boleh kosong",
    "is too long": "terlalu panjang",
    "must be a whole number in the documented range": (
        "harus berupa bilangan bulat dalam rentang yang didokumentasikan"
    ),
    "must be one of the documented words": "harus salah satu kata yang didokumentasikan",
    "is needed": "wajib diisi",
    "no such parameter": "parameter ini tidak ada",
    "{url}: {title}": "{url}: {title}",
    "is given twice": "diberikan dua kali",
}
