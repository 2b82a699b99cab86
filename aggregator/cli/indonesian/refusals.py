"""Kinds of refusal, and failures of answers beyond all bounds."""

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
}
