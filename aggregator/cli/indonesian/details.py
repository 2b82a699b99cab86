"""What was wrong, inside an error."""

MESSAGES = {
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
}
