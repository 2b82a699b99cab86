"""Copying a database and letting others read it."""

MESSAGES = {
    "Copy everything into another, empty database, and check it row by row.": (
        "Salin semua isi ke basis data lain yang kosong, dan periksa baris demi baris."
    ),
    "The empty database to fill.": "Basis data kosong yang diisi.",
    "Let a role of PostgreSQL read the documented views, and nothing else.": (
        "Izinkan peran PostgreSQL membaca tampilan yang terdokumentasi, tidak lebih."
    ),
    "{role} can read the views and nothing else.": (
        "{role} dapat membaca tampilan (view), tidak lebih."
    ),
    "{n} rows copied to {url} and checked.": "{n} baris disalin ke {url} dan diperiksa.",
    "Table": "Tabel",
    "Rows": "Baris",
    "database {url} holds rows already (table {table}); a copy needs an empty one": (
        "basis data {url} sudah berisi (tabel {table}); penyalinan memerlukan yang kosong"
    ),
    "database {url}: table {table} is not what was copied "
    "({expected} rows read, {found} written)": (
        "basis data {url}: tabel {table} tidak sama dengan yang disalin "
        "({expected} baris dibaca, {found} ditulis)"
    ),
    "role {role!r}: {detail}": "peran {role!r}: {detail}",
    "SQLite has no roles: give the file read-only instead": (
        "SQLite tidak mengenal peran: berikan berkasnya sebagai hanya-baca"
    ),
    "no such role; make it with CREATE ROLE … LOGIN": (
        "peran ini tidak ada; buat dengan CREATE ROLE … LOGIN"
    ),
    "a superuser can read and write everything": "superuser dapat membaca dan menulis semuanya",
}
