"""Errors: the whole line."""

MESSAGES = {
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
    "database {url}: the disk is full ({detail}); free some space and crawl again": (
        "basis data {url}: penyimpanan penuh ({detail}); kosongkan sebagian lalu rayapi lagi"
    ),
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
    "portal {portal} is being published to by another process": (
        "portal {portal} sedang dikirimi terbitan oleh proses lain"
    ),
    "portal {url} does not take this post: {detail}": (
        "portal {url} tidak menerima terbitan ini: {detail}"
    ),
    "unknown portal {name!r}; configured under [[publish.portals]] are: {known}": (
        "portal {name!r} tidak dikenal; yang diatur di [[publish.portals]]: {known}"
    ),
    "article {key!r} is not in the outbox of portal {portal}": (
        "artikel {key!r} tidak ada di kotak keluar portal {portal}"
    ),
    "{url}: cannot be published: {missing} is missing": (
        "{url}: tidak dapat diterbitkan: {missing} tidak ada"
    ),
    "{field}: cannot use {value!r}: {detail}": "{field}: {value!r} tidak dapat dipakai: {detail}",
    "{url}: blocked by the publisher ({reason})": "{url}: diblokir penerbit ({reason})",
    "{url}: cannot be attributed: {missing} is missing": (
        "{url}: tidak dapat diatribusikan: {missing} tidak ada"
    ),
    "{url}: no article: {reason}": "{url}: bukan artikel: {reason}",
    "{url}: no {field} found": "{url}: {field} tidak ditemukan",
}
