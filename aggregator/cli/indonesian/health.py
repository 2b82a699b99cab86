"""Findings of ``check``: what is wrong, since when, and what to do."""

MESSAGES = {
    "Could not tell: {reason}": "Tidak diketahui: {reason}",
    "Last good answer": "Jawaban baik terakhir",
    "Last new article": "Artikel baru terakhir",
    # the machine
    "The database is damaged: {detail}": "Basis data rusak: {detail}",
    "Stop the crawls, keep a copy of the file, and bring back the newest backup with "
    "'aggregator db restore'.": (
        "Hentikan perayapan, simpan salinan berkasnya, lalu pulihkan cadangan terbaru dengan "
        "'aggregator db restore'."
    ),
    "The disk is nearly full: {free_mb} MB are free, {wanted_mb} MB should be": (
        "Diska hampir penuh: tersisa {free_mb} MB, seharusnya {wanted_mb} MB"
    ),
    "Delete what is not needed, or move old backups to another disk.": (
        "Hapus yang tidak diperlukan, atau pindahkan cadangan lama ke diska lain."
    ),
    "The clock of this machine is wrong: all publishers' clocks differ from it by "
    "{minutes} minutes": (
        "Jam mesin ini salah: jam semua penerbit berbeda {minutes} menit darinya"
    ),
    "Set the clock, and let it be set from the network (timedatectl set-ntp true).": (
        "Setel jamnya, dan biarkan disetel dari jaringan (timedatectl set-ntp true)."
    ),
    "No crawl since {since} ({hours} hours)": "Tidak ada perayapan sejak {since} ({hours} jam)",
    "See whether the scheduler still runs (systemctl status, crontab -l), and start it.": (
        "Periksa apakah penjadwal masih berjalan (systemctl status, crontab -l), lalu jalankan."
    ),
    "The last {runs} crawls were interrupted, since {since}": (
        "{runs} perayapan terakhir terputus, sejak {since}"
    ),
    "Read the scheduler's log: the machine may be short of memory, or its power fails.": (
        "Baca catatan penjadwal: mungkin memori mesin kurang, atau listriknya padam."
    ),
    "No backup since {since} ({days} days)": "Tidak ada cadangan sejak {since} ({days} hari)",
    "Run 'aggregator db backup FOLDER', best every night.": (
        "Jalankan 'aggregator db backup FOLDER', sebaiknya setiap malam."
    ),
    "Alerts by {subject} cannot be delivered since {since}: {detail}": (
        "Peringatan lewat {subject} tidak terkirim sejak {since}: {detail}"
    ),
    "Correct its settings, then try 'aggregator check --alert' again.": (
        "Perbaiki pengaturannya, lalu coba lagi 'aggregator check --alert'."
    ),
    "No publisher can be reached since {since}: {reason}": (
        "Tidak ada penerbit yang terjangkau sejak {since}: {reason}"
    ),
    "See whether this machine has internet; where a school network asks for a login, "
    "let the administrator exempt this machine.": (
        "Periksa apakah mesin ini tersambung internet; bila jaringan sekolah meminta masuk, "
        "minta administrator mengecualikan mesin ini."
    ),
    # publishers
    "{publisher}: refuses us on all channels ({channels}) since {since}: {reason}": (
        "{publisher}: menolak kita di semua kanal ({channels}) sejak {since}: {reason}"
    ),
    "Do not force it. Write to the publisher and ask for access for the name in the "
    "program's address line.": (
        "Jangan dipaksa. Tulis surat ke penerbit dan mintakan izin bagi nama program ini."
    ),
    "{publisher}: none of its channels ({channels}) can be reached since {since}: {reason}": (
        "{publisher}: semua kanalnya ({channels}) tidak terjangkau sejak {since}: {reason}"
    ),
    "Open the publisher's site in a browser; if it is up, its addresses may have moved.": (
        "Buka situs penerbit di peramban; bila bisa dibuka, mungkin alamatnya pindah."
    ),
    "{publisher}: no new article since {since}, where about {missed} were to be expected": (
        "{publisher}: tidak ada artikel baru sejak {since}, padahal biasanya sekitar {missed}"
    ),
    "Open the publisher's site: if there is news, its channels lead to an old place.": (
        "Buka situs penerbit: bila ada berita, kanalnya menunjuk ke tempat lama."
    ),
    "{publisher}: {urls} of {asked} articles of the last 7 days were refused, since "
    "{since}: {reason}": (
        "{publisher}: {urls} dari {asked} artikel 7 hari terakhir ditolak, sejak {since}: {reason}"
    ),
    "Do not force it. Write to the publisher and ask for access.": (
        "Jangan dipaksa. Tulis surat ke penerbit dan mintakan izin."
    ),
    "{publisher}: {urls} of {asked} articles of the last 7 days could not be read, since "
    "{since}: {reason}": (
        "{publisher}: {urls} dari {asked} artikel 7 hari terakhir tidak terbaca, sejak {since}: "
        "{reason}"
    ),
    "The page layout has probably changed: keep pages with 'aggregator crawl --archive' "
    "and report it.": (
        "Kemungkinan tata letak halaman berubah: simpan halaman dengan "
        "'aggregator crawl --archive' dan laporkan."
    ),
    "{publisher}: {field} empty in {empty} of {articles} articles since {since}": (
        "{publisher}: {field} kosong di {empty} dari {articles} artikel sejak {since}"
    ),
    "{publisher}: {empty} of {articles} articles since {since} fit no known page layout": (
        "{publisher}: {empty} dari {articles} artikel sejak {since} tidak cocok dengan tata letak "
        "yang dikenal"
    ),
    "The parser needs a new one: keep pages with 'aggregator crawl --archive' and report it.": (
        "Pengurai perlu diperbarui: simpan halaman dengan 'aggregator crawl --archive' dan "
        "laporkan."
    ),
    # channels
    "{publisher}, channel {subject}: refused since {since}: {reason}": (
        "{publisher}, kanal {subject}: ditolak sejak {since}: {reason}"
    ),
    "Open its address in a browser. If it is there for people, write to the publisher.": (
        "Buka alamatnya di peramban. Bila tampil bagi orang, tulis surat ke penerbit."
    ),
    "{publisher}, channel {subject}: its address is gone since {since}: {reason}": (
        "{publisher}, kanal {subject}: alamatnya hilang sejak {since}: {reason}"
    ),
    "Look for the channel's new address, and set it under 'channels' in aggregator.toml.": (
        "Cari alamat kanal yang baru, lalu isi di 'channels' pada aggregator.toml."
    ),
    "{publisher}, channel {subject}: fails since {since} ({answers} times): {reason}": (
        "{publisher}, kanal {subject}: gagal sejak {since} ({answers} kali): {reason}"
    ),
    "Open its address in a browser; if it works there, look at this machine's line.": (
        "Buka alamatnya di peramban; bila bisa, periksa sambungan mesin ini."
    ),
    "{publisher}, channel {subject}: answers with a web page instead of a feed since {since}": (
        "{publisher}, kanal {subject}: menjawab dengan halaman web, bukan umpan, sejak {since}"
    ),
    "Open its address in a browser: the feed has moved, or the site is under repair.": (
        "Buka alamatnya di peramban: umpannya pindah, atau situsnya sedang diperbaiki."
    ),
    "{publisher}, channel {subject}: all entries lead to one address since {since}": (
        "{publisher}, kanal {subject}: semua entri menunjuk ke satu alamat sejak {since}"
    ),
    "The publisher's feed is broken; use another of its channels until it is mended.": (
        "Umpan penerbit rusak; pakai kanalnya yang lain sampai diperbaiki."
    ),
    "{publisher}, channel {subject}: cannot be read since {since}: {reason}": (
        "{publisher}, kanal {subject}: tidak terbaca sejak {since}: {reason}"
    ),
    "Open its address in a browser. If it looks well there, its layout has changed: report it.": (
        "Buka alamatnya di peramban. Bila tampak baik, tata letaknya berubah: laporkan."
    ),
    "{publisher}, channel {subject}: lists nothing since {since}, and used to": (
        "{publisher}, kanal {subject}: kosong sejak {since}, padahal dulu berisi"
    ),
    "Open its address in a browser; if it is empty there too, look for its successor.": (
        "Buka alamatnya di peramban; bila juga kosong, cari penggantinya."
    ),
    "{publisher}, channel {subject}: all {entries} entries lead to other hosts since {since}": (
        "{publisher}, kanal {subject}: semua {entries} entri menunjuk ke situs lain sejak {since}"
    ),
    "See whether the publisher has moved; if so, its new domain must be declared.": (
        "Periksa apakah penerbit pindah; bila ya, domain barunya harus didaftarkan."
    ),
    "{publisher}, channel {subject}: only texts that are held already ({copies}) since {since}": (
        "{publisher}, kanal {subject}: hanya teks yang sudah tersimpan ({copies}) sejak {since}"
    ),
    "Its addresses probably change from time to time; the channel can be left out.": (
        "Alamat di kanal ini mungkin berganti-ganti; kanal ini dapat dilepas."
    ),
    "{publisher}, channel {subject}: {future} of {entries} entries are dated later than "
    "now, up to {hours} hours, since {since}": (
        "{publisher}, kanal {subject}: {future} dari {entries} entri bertanggal masa depan, "
        "sampai {hours} jam, sejak {since}"
    ),
    "The publisher states a wrong time zone, or this machine's clock is wrong.": (
        "Penerbit salah menyebut zona waktu, atau jam mesin ini salah."
    ),
    "{publisher}, channel {subject}: its server's clock differs from ours by {minutes} "
    "minutes since {since}": (
        "{publisher}, kanal {subject}: jam servernya berbeda {minutes} menit dari jam kita sejak "
        "{since}"
    ),
    "If this machine's clock is right, tell the publisher; nothing is lost by it.": (
        "Bila jam mesin ini benar, beri tahu penerbit; tidak ada berita yang hilang karenanya."
    ),
    "{publisher}, channel {subject}: nothing new since {since}, where about {missed} "
    "changes were to be expected": (
        "{publisher}, kanal {subject}: tidak ada yang baru sejak {since}, padahal biasanya sekitar "
        "{missed} perubahan"
    ),
    "Open its address in a browser: if the site has news, the channel leads to an old place.": (
        "Buka alamatnya di peramban: bila situs punya berita, kanal ini menunjuk ke tempat lama."
    ),
}
