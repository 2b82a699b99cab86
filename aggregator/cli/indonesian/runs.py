"""``runs``: what the crawls did."""

MESSAGES = {
    "List the runs, newest first; ``runs show N`` shows one.": (
        "Daftar perayapan, terbaru lebih dulu; ``runs show N`` menampilkan satu."
    ),
    "Show how channels answered, how URLs ended and what robots.txt said in a run.": (
        "Tampilkan jawaban kanal, akhir setiap alamat, dan isi robots.txt pada satu perayapan."
    ),
    "List the URLs that ended in this state.": "Daftar alamat yang berakhir dengan keadaan ini.",
    "At most N runs.": "Paling banyak N perayapan.",
    "Runs": "Perayapan",
    "Run": "Nomor",
    "Mode": "Mode",
    "Started": "Mulai",
    "Ended": "Selesai",
    "Status": "Status",
    "Reason": "Alasan",
    "New entries": "Entri baru",
    "Host": "Situs",
    "Read": "Dibaca",
    "Allowed": "Diizinkan",
    "Refused": "Ditolak",
    "running": "berjalan",
    "finished": "selesai",
    "interrupted": "terputus",
    "rules": "ada aturan",
    "no file": "tidak ada",
    "unreachable": "tidak terjangkau",
    "Run {number} ({mode}): {status}, {started} – {ended}": (
        "Perayapan {number} ({mode}): {status}, {started} – {ended}"
    ),
    "Most of its ledger was deleted on {day}, after its time.": (
        "Sebagian besar catatannya dihapus pada {day}, setelah masanya lewat."
    ),
    "no run {number} in the database": "tidak ada perayapan {number} di basis data",
    "must be at least 1": "paling sedikit 1",
}
