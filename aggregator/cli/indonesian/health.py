"""Refusals, findings and what to do about them."""

MESSAGES = {
    # kinds of refusal
    "login required": "perlu masuk",
    "unavailable for legal reasons (451)": "tidak tersedia karena alasan hukum (451)",
    "Cloudflare challenge": "pemeriksaan Cloudflare",
    "CloudFront request blocked": "diblokir CloudFront",
    "firewall page": "halaman firewall",
    "access denied page": "halaman akses ditolak",
    "robot check": "pemeriksaan robot",
    "empty shell": "halaman tanpa isi",
    "captive portal": "halaman masuk jaringan",
    "national filter": "Internet Positif",
    "parked domain": "domain terparkir",
    "suspended site": "situs ditangguhkan",
    # failures
    "robots.txt unreachable": "robots.txt tidak terjangkau",
    "redirected to no web address": "dialihkan ke alamat yang bukan web",
    "headers too long": "tajuk jawaban terlalu panjang",
    "too large when unpacked": "terlalu besar setelah dibuka",
    "broken compression": "kompresi rusak",
    # runs
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
