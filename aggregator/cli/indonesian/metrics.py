"""``metrics``."""

MESSAGES = {
    "Give numbers to Prometheus: of publishers, channels, the last run and findings.": (
        "Beri angka kepada Prometheus: penerbit, kanal, perayapan terakhir, dan temuan."
    ),
    "Answer http://HOST:PORT/metrics until stopped.": (
        "Layani http://HOST:PORT/metrics sampai dihentikan."
    ),
    "Write them into this file once, for node_exporter.": (
        "Tulis sekali ke berkas ini, untuk node_exporter."
    ),
    "Metrics are at {url}": "Metrik ada di {url}",
    "give either --listen or --textfile": "beri salah satu: --listen atau --textfile",
    "--listen: write HOST:PORT, such as 127.0.0.1:9464": (
        "--listen: tulis HOST:PORT, misalnya 127.0.0.1:9464"
    ),
}
