"""Indonesian catalogue: English sentence -> what operators read.

Grouped by where the sentence is said. Braces are filled in and must stay as they are.
"""

MESSAGES: dict[str, str] = {
    # --- commands and options
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
    "List articles that contain all the given words, newest first.": (
        "Daftar artikel yang memuat semua kata yang diberikan, terbaru lebih dulu."
    ),
    "Show one article with its attribution.": "Tampilkan satu artikel beserta atribusinya.",
    "Write articles as CSV or JSON Lines; every one with its credit line.": (
        "Tulis artikel sebagai CSV atau JSON Lines; masing-masing dengan baris sumbernya."
    ),
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
    "Only this publisher.": "Hanya penerbit ini.",
    "Only this section of the publisher.": "Hanya rubrik penerbit ini.",
    "Only articles with this tag.": "Hanya artikel dengan tag ini.",
    "Only articles crediting this name, or a part of it.": (
        "Hanya artikel yang mencantumkan nama ini, atau sebagiannya."
    ),
    "From this day on (YYYY-MM-DD, school time).": "Sejak hari ini (TTTT-BB-HH, waktu sekolah).",
    "Up to and including this day.": "Sampai dengan hari ini.",
    "Only articles that contain all these words.": "Hanya artikel yang memuat semua kata ini.",
    "At most N articles.": "Paling banyak N artikel.",
    "Continue where the page before ended.": "Lanjutkan dari akhir halaman sebelumnya.",
    "Show every revision and what changed.": "Tampilkan setiap revisi dan perubahannya.",
    "CSV for spreadsheets, or one JSON article per line.": (
        "CSV untuk lembar kerja, atau satu artikel JSON per baris."
    ),
    "Write to this file.": "Tulis ke berkas ini.",
    # --- tables
    "Answer": "Jawaban",
    "Articles": "Artikel",
    "Articles by publisher": "Artikel menurut penerbit",
    "Articles stored or revised in this run": "Artikel yang disimpan atau direvisi kali ini",
    "Channel": "Kanal",
    "Channels": "Kanal",
    "Credit": "Nama",
    "End state": "Keadaan akhir",
    "Entries": "Entri",
    "First": "Pertama",
    "Headline": "Judul",
    "How every discovered URL ended": "Akhir setiap alamat yang ditemukan",
    "Last": "Terakhir",
    "Last article": "Artikel terakhir",
    "Note": "Catatan",
    "Publishable": "Layak terbit",
    "Published": "Terbit",
    "Publisher": "Penerbit",
    "Publishers": "Penerbit",
    "Rights basis": "Dasar hak",
    "Tags": "Tag",
    "Terms": "Ketentuan",
    "Title": "Nama",
    "URLs": "Alamat",
    "discovered": "ditemukan",
    "not read by a person yet": "belum dibaca orang",
    "not stated": "tidak disebut",
    "total": "jumlah",
    # --- sentences
    "Article {id} was revised: {fields}. See: aggregator show {id} --history": (
        "Artikel {id} direvisi: {fields}. Lihat: aggregator show {id} --history"
    ),
    "Changed": "Berubah",
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
    "{publisher}: {field} empty in {empty} of {articles} articles since {day}; "
    "the page layout has probably changed": (
        "{publisher}: {field} kosong di {empty} dari {articles} artikel sejak {day}; "
        "kemungkinan tata letak halaman berubah"
    ),
    "{publisher}: {empty} of {articles} articles since {day} fit no known page layout; "
    "the parser needs a new one": (
        "{publisher}: {empty} dari {articles} artikel sejak {day} tidak cocok dengan tata letak "
        "yang dikenal; pengurai perlu diperbarui"
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
    "must be topics or flags": "harus topics atau flags",
    "must name at least one word": "harus memuat sedikitnya satu kata",
    "{n} articles exported.": "{n} artikel diekspor.",
    "{stored} articles stored, {revised} revised.": (
        "{stored} artikel disimpan, {revised} direvisi."
    ),
    # --- end states and answers of channels
    "blocked": "diblokir",
    "deferred": "ditunda",
    "dropped": "dibuang",
    "duplicate": "duplikat",
    "failed": "gagal",
    "known": "sudah dikenal",
    "not archived": "tidak ada di arsip",
    "ok": "baik",
    "revised": "direvisi",
    "stored": "disimpan",
    "unchanged": "tidak berubah",
    "{n} entries skipped: {reason}": "{n} entri dilewati: {reason}",
    "every entry is unusable": "tidak ada entri yang dapat dipakai",
    "one distinct link": "semua entri menunjuk ke satu tautan",
    "html instead of a feed": "HTML, bukan umpan",
    "unparseable": "tidak dapat diurai",
    "not what was expected": "bukan yang diharapkan",
    "the publisher's answer is an error": "penerbit menjawab dengan galat",
    "no link": "tanpa tautan",
    "bad link": "tautan rusak",
    "repeated link": "tautan berulang",
    # --- errors
    "a live crawl needs a contact address, so that publishers can reach you: "
    "set AGGREGATOR_CONTACT or 'contact' in {config_file}": (
        "perayapan langsung memerlukan alamat kontak agar penerbit dapat menghubungi Anda: "
        "isi AGGREGATOR_CONTACT atau 'contact' di {config_file}"
    ),
    "archive {path} holds no answer for {detail}": (
        "arsip {path} tidak memuat jawaban untuk {detail}"
    ),
    "archive {path}: {detail}": "arsip {path}: {detail}",
    "channel {channel}: {reason}: {detail}": "kanal {channel}: {reason}: {detail}",
    "configuration: {field}: {detail}": "pengaturan: {field}: {detail}",
    "database {url} cannot be written here: {detail}": (
        "basis data {url} tidak dapat ditulis di sini: {detail}"
    ),
    "database {url} cannot be used: {detail}": "basis data {url} tidak dapat dipakai: {detail}",
    "database {url} does not exist yet; 'aggregator crawl' makes it": (
        "basis data {url} belum ada; 'aggregator crawl' membuatnya"
    ),
    "database {url} has an older schema ({found}); run 'aggregator db upgrade'": (
        "basis data {url} memakai skema lama ({found}); jalankan 'aggregator db upgrade'"
    ),
    "database {url} holds {found} articles; {wanted} ones need a database of their own: "
    "name one with --database": (
        "basis data {url} berisi artikel {found}; artikel {wanted} memerlukan basis data sendiri: "
        "sebutkan dengan --database"
    ),
    "database {url} was written by a newer version of this program "
    "(schema {found}); upgrade the program": (
        "basis data {url} ditulis oleh versi program yang lebih baru (skema {found}); "
        "perbarui programnya"
    ),
    "database {url}: {detail}": "basis data {url}: {detail}",
    "missing argument: {param_hint}": "argumen kurang: {param_hint}",
    "no article {key!r} in the database": "tidak ada artikel {key!r} di basis data",
    "no such option: {option_name}": "tidak ada opsi: {option_name}",
    "not a web address: {url!r}": "bukan alamat web: {url!r}",
    "unknown publisher {name!r}; known are: {known}": (
        "penerbit {name!r} tidak dikenal; yang dikenal: {known}"
    ),
    "{field}: cannot use {value!r}: {detail}": "{field}: {value!r} tidak dapat dipakai: {detail}",
    "{url}: blocked by the publisher ({reason})": "{url}: diblokir penerbit ({reason})",
    "{url}: cannot be attributed: {missing} is missing": (
        "{url}: tidak dapat diatribusikan: {missing} tidak ada"
    ),
    "{url}: no article: {reason}": "{url}: bukan artikel: {reason}",
    "{url}: no {field} found": "{url}: {field} tidak ditemukan",
    # --- what was wrong, inside an error
    "--demo and --replay exclude each other": "--demo dan --replay tidak dapat dipakai bersama",
    "is a folder": "adalah folder",
    "is after 'until'": "sesudah 'until'",
    "is out of range": "di luar jangkauan",
    "must be a list": "harus berupa daftar",
    "must be a list of texts": "harus berupa daftar teks",
    "must be a table": "harus berupa tabel",
    "no such file": "berkas tidak ada",
    "no such setting": "pengaturan ini tidak ada",
    "not a database address, such as sqlite:///news.db": (
        "bukan alamat basis data, misalnya sqlite:///news.db"
    ),
    "No such file or directory": "berkas atau folder tidak ada",
    "Permission denied": "tidak ada hak akses",
    "holds no web pages (no WARC response record)": "tidak memuat halaman web (tanpa rekaman WARC)",
    "use the one that the page before gave": "pakai yang diberikan halaman sebelumnya",
    "write a day as YYYY-MM-DD": "tulis hari sebagai TTTT-BB-HH",
    # --- reasons of end states
    "asked to wait": "diminta menunggu",
    "bad address": "alamat rusak",
    "cannot be attributed": "tidak dapat diatribusikan",
    "connection failed": "sambungan gagal",
    "connection refused": "sambungan ditolak",
    "continuation page": "halaman lanjutan",
    "cut off": "terputus",
    "empty body": "isi kosong",
    "empty headline": "judul kosong",
    "empty page": "halaman kosong",
    "gone": "sudah dihapus",
    "limit": "batas tercapai",
    "listing page": "halaman daftar",
    "no body": "isi tidak ditemukan",
    "no headline": "judul tidak ditemukan",
    "no such host": "situs tidak ada",
    "not an article address": "bukan alamat artikel",
    "not found": "tidak ditemukan",
    "not html": "bukan halaman web",
    "older than what is held": "lebih lama daripada yang tersimpan",
    "outside host": "situs luar",
    "photo page": "halaman foto",
    "private network": "jaringan pribadi",
    "published in the future": "terbit di masa depan",
    "redirect loop": "pengalihan berputar",
    "redirected away": "dialihkan ke halaman lain",
    "redirected to an outside host": "dialihkan ke situs luar",
    "refused (403)": "ditolak (403)",
    "response too large": "jawaban terlalu besar",
    "robots.txt": "robots.txt",
    "same address": "alamat sama",
    "same text": "teks sama",
    "stopped": "dihentikan",
    "timeout": "tidak ada jawaban",
    "too many redirects": "terlalu banyak pengalihan",
    "too many requests (429)": "terlalu banyak permintaan (429)",
    "unfit": "tidak layak",
    "video page": "halaman video",
    "withdrawn": "dicabut",
}
