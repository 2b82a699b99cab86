"""The editor's decisions."""

MESSAGES = {
    "What is shown to readers: the editor's decisions.": (
        "Apa yang tampil untuk pembaca: keputusan redaksi."
    ),
    "Show articles to readers.": "Tampilkan artikel kepada pembaca.",
    "Keep articles back until somebody has looked again.": (
        "Tahan artikel sampai ada yang memeriksanya lagi."
    ),
    "Never show articles, whatever lists them again.": (
        "Tolak artikel: tidak pernah tampil, walau muncul lagi di kanal."
    ),
    "Take decisions back: the articles wait for one again.": (
        "Batalkan keputusan: artikel kembali menunggu."
    ),
    "Change how articles are shown; the publisher's own words stay beside it.": (
        "Ubah tampilan artikel; teks asli penerbit tetap tersimpan."
    ),
    "List what waits for an editor, or was decided.": (
        "Daftar yang menunggu redaksi, atau yang sudah diputuskan."
    ),
    "Approve what the rules approve; a crawl does so at its end.": (
        "Setujui yang disetujui aturan; perayapan melakukannya di akhir."
    ),
    "Show who did what and when, the newest first.": (
        "Tampilkan siapa melakukan apa dan kapan, terbaru lebih dulu."
    ),
    # --- options
    "Not shown before: YYYY-MM-DD HH:MM, school time.": (
        "Tampil mulai: YYYY-MM-DD HH:MM, jam sekolah."
    ),
    "What the editor notes; it is kept.": "Catatan redaksi; ikut disimpan.",
    "The editor's own headline; empty: the publisher's.": (
        "Judul dari redaksi; kosong: judul penerbit."
    ),
    "The editor's own excerpt; empty: the publisher's.": (
        "Kutipan dari redaksi; kosong: kutipan penerbit."
    ),
    "Section of the portal; empty: by topic.": "Rubrik portal; kosong: menurut topik.",
    "Which list.": "Daftar yang mana.",
    "Only this publisher.": "Hanya penerbit ini.",
    "Only articles on this ground.": "Hanya artikel dengan dasar hak ini.",
    "Only articles with this flag; none: without any.": (
        "Hanya artikel dengan tanda ini; none: tanpa tanda."
    ),
    "Only list what would be approved.": "Hanya daftar yang akan disetujui.",
    "At most N entries.": "Paling banyak N catatan.",
    # --- what is shown
    "Article {id}: {state}": "Artikel {id}: {state}",
    "{n} articles approved by rule.": "{n} artikel disetujui oleh aturan.",
    "open": "menunggu",
    "approved": "disetujui",
    "held": "ditahan",
    "rejected": "ditolak",
    "First seen": "Pertama dilihat",
    "Topics": "Topik",
    "Rights": "Dasar hak",
    "Flags": "Tanda",
    "Decided by": "Diputuskan oleh",
    "Rule": "Aturan",
    "Article": "Artikel",
    "When": "Kapan",
    "Who": "Siapa",
    "Act": "Tindakan",
    # --- refusals
    "article {key!r} cannot be shown: its source is not named completely": (
        "artikel {key!r} tidak dapat ditampilkan: sumbernya tidak disebut lengkap"
    ),
    "article {key!r} was changed meanwhile: look at it again": (
        "artikel {key!r} berubah sementara itu: periksa lagi"
    ),
    "{field}: {detail}": "{field}: {detail}",
    "holds a character that is none": "memuat karakter yang tidak sah",
    "is too long": "terlalu panjang",
    "must name a publisher, a topic or a basis": ("harus menyebut penerbit, topik, atau dasar hak"),
    "only a rule signs as a rule": "hanya aturan yang menandatangani sebagai aturan",
    "say what is to be changed: --headline, --excerpt, --section or --at": (
        "sebutkan yang diubah: --headline, --excerpt, --section, atau --at"
    ),
    "--at: write a time as YYYY-MM-DD HH:MM": "--at: tulis waktu sebagai YYYY-MM-DD HH:MM",
}
