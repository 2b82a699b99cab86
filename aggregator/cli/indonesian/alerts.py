"""Alerts, digests and their settings."""

MESSAGES = {
    "Tell what is new to the transports under [alerts].": (
        "Kirim yang baru lewat saluran pada [alerts]."
    ),
    "Send today's summary to them, if it was not sent yet.": (
        "Kirim ringkasan hari ini lewat saluran itu, bila belum dikirim."
    ),
    "alerts by {transport}: {detail}": "peringatan lewat {transport}: {detail}",
    "no transport of alerts is configured": "belum ada saluran peringatan yang diatur",
    "[aggregator] {opened} need a person, {closed} are over": (
        "[aggregator] {opened} perlu ditangani, {closed} sudah pulih"
    ),
    "[aggregator] today: {findings} need a person": (
        "[aggregator] hari ini: {findings} perlu ditangani"
    ),
    "Over:": "Sudah pulih:",
    "- {what} (until {until})": "- {what} (sampai {until})",
    "{publisher}: last good answer {answer}, last new article {article}": (
        "{publisher}: jawaban baik terakhir {answer}, artikel baru terakhir {article}"
    ),
    "secrets do not belong into this file: name a file that holds it (…_file)": (
        "rahasia tidak boleh ditulis di berkas ini: sebutkan berkas yang memuatnya (…_file)"
    ),
    "write a time as HH:MM": "tulis waktu sebagai JJ:MM",
    "no token: set AGGREGATOR_TELEGRAM_TOKEN or token_file": (
        "tidak ada token: isi AGGREGATOR_TELEGRAM_TOKEN atau token_file"
    ),
    "no address: set url, url_file or AGGREGATOR_WEBHOOK_URL": (
        "tidak ada alamat: isi url, url_file, atau AGGREGATOR_WEBHOOK_URL"
    ),
    "its address cannot be used": "alamatnya tidak dapat dipakai",
}
