"""The schedule: when channels are polled, and why."""

MESSAGES = {
    "Only this channel; may be repeated.": "Hanya kanal ini; boleh diulang.",
    "Stopped; the rest is left to the next run.": (
        "Dihentikan; sisanya untuk perayapan berikutnya."
    ),
    "unknown channel {name!r}; known are: {known}": (
        "kanal {name!r} tidak dikenal; yang dikenal: {known}"
    ),
    "{publisher} is being crawled by process {pid} on {host} since {since}": (
        "{publisher} sedang dirayapi oleh proses {pid} di {host} sejak {since}"
    ),
    "{publisher}/{channel}: read deeper, back to {since}; nothing was missed.": (
        "{publisher}/{channel}: dibaca lebih jauh, sampai {since}; tidak ada yang terlewat."
    ),
    "{publisher}/{channel}: articles of {since} to {until} may be missing; "
    "the publisher no longer lists them.": (
        "{publisher}/{channel}: artikel {since} sampai {until} mungkin terlewat; "
        "penerbit tidak lagi mencantumkannya."
    ),
    "is longer than max_interval": "lebih lama daripada max_interval",
    "write a span of time as 30s, 15m, 2h or 1d": "tulis rentang waktu sebagai 30s, 15m, 2h, 1d",
    "write hours as 22:00-04:30": "tulis jam sebagai 22:00-04:30",
}
