"""The schedule: when channels are polled, and why."""

MESSAGES = {
    "Crawl what is due, for ever.": "Rayapi yang sudah waktunya, terus-menerus.",
    "Crawl what is due now and end.": "Rayapi yang sudah waktunya sekarang, lalu selesai.",
    "Say when each channel is due, and why; crawl nothing.": (
        "Katakan kapan giliran tiap kanal dan mengapa; tanpa merayapi."
    ),
    "Only this publisher; may be repeated.": "Hanya penerbit ini; boleh diulang.",
    "Print a systemd unit for this folder.": "Cetak unit systemd untuk folder ini.",
    "--once, --explain and --print-unit exclude each other": (
        "--once, --explain, dan --print-unit tidak dapat dipakai bersama"
    ),
    "{n} channels polled.": "{n} kanal dibaca.",
    "nothing listed": "tidak ada entri",
    "Due": "Giliran",
    "Last asked": "Terakhir dibaca",
    "Why": "Sebab",
    "Schedule": "Jadwal",
    "now": "sekarang",
    "never": "belum pernah",
    "never asked before": "belum pernah dibaca",
    "about {number} new entries are expected by then": (
        "saat itu diperkirakan ada sekitar {number} entri baru"
    ),
    "its rhythm is not known yet: {interval}": "iramanya belum diketahui: {interval}",
    "{number} of its entries were new, so sooner: {interval}": (
        "{number} entrinya baru, jadi lebih cepat: {interval}"
    ),
    "nothing new {number} times in a row, so later: {interval}": (
        "{number} kali berturut-turut tanpa yang baru, jadi lebih lambat: {interval}"
    ),
    "the feed says that it need not be read for {interval}": (
        "umpan menyatakan tidak perlu dibaca selama {interval}"
    ),
    "the server says that its answer holds for {interval}": (
        "server menyatakan jawabannya berlaku {interval}"
    ),
    "nobody is asked more often than every {interval}": (
        "tidak ada yang dibaca lebih sering dari tiap {interval}"
    ),
    "everybody is asked at least every {interval}": "semua dibaca sedikitnya tiap {interval}",
    "failed {number} times ({failure}), so left alone for {interval}": (
        "{number} kali gagal ({failure}), jadi dibiarkan selama {interval}"
    ),
    "the last poll was stopped in the middle": "pembacaan terakhir terhenti di tengah",
    "the publisher asked us to wait until {until}": "penerbit minta menunggu sampai {until}",
    "quiet hours until {until}": "jam tenang sampai {until}",
    "asked in the future: the clock was set back": (
        "dibaca di masa depan: jam komputer pernah dimundurkan"
    ),
    "paused at the desk": "dijeda di meja redaksi",
    "somebody at the desk wants it read now": "diminta dibaca sekarang di meja redaksi",
    "another channel of the publisher comes first": "kanal lain penerbit ini lebih dulu",
    "{seconds} s": "{seconds} detik",
    "{minutes} min": "{minutes} menit",
    "{hours} h": "{hours} jam",
    "{hours} h {minutes} min": "{hours} jam {minutes} menit",
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
