"""The editor's desk in the browser."""

MESSAGES = {
    # --- everywhere
    "Editor's desk": "Meja redaksi",
    "Desk": "Meja",
    "To the content": "Ke isi halaman",
    "To the queue": "Ke antrean",
    "Queue": "Antrean",
    "Health": "Kesehatan",
    "Log": "Catatan",
    "People": "Pengguna",
    "My password": "Kata sandi saya",
    "Sign out": "Keluar",
    "Save": "Simpan",
    "Show": "Tampilkan",
    "Undo": "Batalkan",
    "State": "Keadaan",
    "Day": "Hari",
    "Address": "Alamat",
    "Table: {title}": "Tabel: {title}",
    "Older ones": "Yang lebih lama",
    "All of it": "Semuanya",
    "all": "semua",
    # --- the door
    "Sign in": "Masuk",
    "No account yet? The administrator makes one: aggregator user add NAME": (
        "Belum punya akun? Administrator membuatnya: aggregator user add NAMA"
    ),
    "Not over this line": "Tidak lewat sambungan ini",
    "The desk asks for a password, and http:// shows it to everybody in between. "
    "Open it over https://, or on the machine itself.": (
        "Meja redaksi meminta kata sandi, dan http:// memperlihatkannya kepada semua yang di "
        "antaranya. Buka lewat https://, atau di komputernya sendiri."
    ),
    "Administrators: set base_url to the https address, or trusted_proxies under [web] "
    "to that of the proxy.": (
        "Administrator: isi base_url dengan alamat https, atau trusted_proxies pada [web] "
        "dengan alamat proksi."
    ),
    "You are signed out.": "Anda sudah keluar.",
    "Please once more": "Silakan ulangi",
    "This form was not shown by the desk to you, or too long ago. Nothing was changed.": (
        "Formulir ini bukan dari meja redaksi untuk Anda, atau sudah terlalu lama. "
        "Tidak ada yang diubah."
    ),
    "Not possible": "Tidak dapat",
    "This page is for administrators.": "Halaman ini untuk administrator.",
    "This address is only for forms.": "Alamat ini hanya untuk formulir.",
    # --- trays
    "Lists": "Daftar",
    "New": "Baru",
    "Corrected": "Diralat",
    "Held": "Ditahan",
    "Scheduled": "Terjadwal",
    "Withdrawn by the publisher": "Dicabut penerbit",
    "Approved": "Disetujui",
    "Rejected": "Ditolak",
    "Nothing new waits for you.": "Tidak ada yang baru menunggu.",
    "No approved article was corrected by its publisher.": (
        "Tidak ada artikel disetujui yang diralat penerbitnya."
    ),
    "Nothing is held.": "Tidak ada yang ditahan.",
    "Nothing waits for its time.": "Tidak ada yang menunggu waktunya.",
    "No approved article was withdrawn.": "Tidak ada artikel disetujui yang dicabut.",
    "Nothing was approved yet.": "Belum ada yang disetujui.",
    "Nothing was rejected.": "Tidak ada yang ditolak.",
    "Flag": "Tanda",
    "without any": "tanpa tanda",
    "Keys: j and k move, a approves, h holds, r rejects, o opens the article.": (
        "Tombol: j dan k berpindah, a setuju, h tahan, r tolak, o buka artikel."
    ),
    "Publisher's headline:": "Judul penerbit:",
    "first seen {moment}": "pertama dilihat {moment}",
    "{n} other prints": "{n} terbitan lain",
    "corrected since": "diralat sejak itu",
    "shown from {moment}": "tampil mulai {moment}",
    "Withdrawn {moment}: {reason}": "Dicabut {moment}: {reason}",
    # --- rights and flags
    "Government, article 43 b: full text": "Pemerintah, Pasal 43 b: teks utuh",
    "Written permission: full text": "Izin tertulis: teks utuh",
    "Current news, article 43 c: excerpt and link": "Berita aktual, Pasal 43 c: kutipan dan tautan",
    "Education, article 44: excerpt and link": "Pendidikan, Pasal 44: kutipan dan tautan",
    "Quotation only: excerpt and link": "Kutipan saja: kutipan dan tautan",
    "Perhaps not Indonesian": "Mungkin bukan bahasa Indonesia",
    "Announces a correction": "Mengumumkan koreksi",
    # --- acts
    "Approve": "Setujui",
    "Approve again": "Setujui lagi",
    "Hold": "Tahan",
    "Open again": "Buka lagi",
    "Reject": "Tolak",
    "Reject…": "Tolak…",
    "Approved.": "Disetujui.",
    "Held.": "Ditahan.",
    "Rejected.": "Ditolak.",
    "It waits for a decision again.": "Kembali menunggu keputusan.",
    "Saved.": "Tersimpan.",
    "Withdrawn everywhere.": "Dicabut di semua tempat.",
    "The withdrawal is taken back.": "Pencabutan dibatalkan.",
    "The two articles are one text from now on.": "Kedua artikel kini dianggap satu teks.",
    "The article is a text of its own from now on.": "Artikel ini kini teks tersendiri.",
    "The decision is undone.": "Keputusan dibatalkan.",
    "The channel is paused.": "Kanal dijeda.",
    "The channel is read again.": "Kanal dibaca lagi.",
    "The channel is read as soon as its publisher allows.": (
        "Kanal dibaca segera setelah penerbitnya mengizinkan."
    ),
    "The password is changed; please sign in again.": "Kata sandi diganti; silakan masuk lagi.",
    # --- an article
    "What changed since it was approved": "Yang berubah sejak disetujui",
    "As the publisher wrote it": "Seperti ditulis penerbit",
    "As readers see it": "Seperti dilihat pembaca",
    "Open at {publisher}": "Buka di {publisher}",
    "Excerpt": "Kutipan",
    "Empty: by topic.": "Kosong: menurut topik.",
    "Shown from": "Tampil mulai",
    "School time; empty: at once.": "Jam sekolah; kosong: langsung.",
    "Save and approve": "Simpan dan setujui",
    "Other prints of this text": "Terbitan lain teks ini",
    "stands for all": "mewakili semuanya",
    "It is a text of its own…": "Ini teks tersendiri…",
    "Separate": "Pisahkan",
    "Join with another article…": "Gabungkan dengan artikel lain…",
    "Number or address of the other article": "Nomor atau alamat artikel yang lain",
    "Join": "Gabungkan",
    "undone by {name}": "dibatalkan oleh {name}",
    "Revisions": "Revisi",
    "Withdraw": "Cabut",
    "Withdrawn": "Dicabut",
    "Out of sight at once, on all pages, feeds and the API, and kept out under every address.": (
        "Langsung hilang dari semua halaman, umpan, dan API, dan tidak masuk lagi dengan alamat "
        "mana pun."
    ),
    "Reason; shown to readers": "Alasan; ditampilkan kepada pembaca",
    "Take the withdrawal back": "Batalkan pencabutan",
    "Nobody has done anything with it yet.": "Belum ada tindakan apa pun.",
    # --- the log
    "Article {id}": "Artikel {id}",
    "Of article {id}.": "Tentang artikel {id}.",
    "Open the article": "Buka artikelnya",
    "Nothing was done yet.": "Belum ada tindakan.",
    "opened again": "membuka lagi",
    "scheduled": "menjadwalkan",
    "section chosen": "memilih rubrik",
    "withdrawal taken back": "membatalkan pencabutan",
    "joined with another article": "menggabungkan dengan artikel lain",
    "separated from other articles": "memisahkan dari artikel lain",
    "decision about duplicates undone": "membatalkan keputusan duplikat",
    "signed in": "masuk",
    "failed to sign in": "gagal masuk",
    "let somebody in": "mendaftarkan pengguna",
    "let somebody in again": "mengizinkan pengguna masuk lagi",
    "kept somebody out": "mencabut hak masuk",
    "set a password": "mengganti kata sandi",
    "changed a role": "mengganti peran",
    "paused a channel": "menjeda kanal",
    "resumed a channel": "melanjutkan kanal",
    "asked for a channel": "meminta kanal dibaca",
    "the program": "program",
    "rule {name}": "aturan {name}",
    # --- health
    "What needs a person": "Yang perlu ditangani",
    "In pictures": "Dalam gambar",
    "Articles by day and publisher": "Artikel per hari dan penerbit",
    "Articles by day and publisher; the table below says the same.": (
        "Artikel per hari dan penerbit; tabel di bawah memuat hal yang sama."
    ),
    "As a table": "Sebagai tabel",
    "Nothing is known yet.": "Belum ada yang diketahui.",
    "a full bar is two days": "batang penuh berarti dua hari",
    "{n} hours ago": "{n} jam lalu",
    "Refused by the publisher": "Ditolak penerbit",
    "share of the last 7 days": "bagian dari 7 hari terakhir",
    "paused by {name}": "dijeda oleh {name}",
    "asked for by {name}": "diminta oleh {name}",
    "failed {n} times": "{n} kali gagal",
    "Pause": "Jeda",
    "Pause {channel}": "Jeda {channel}",
    "Resume": "Lanjutkan",
    "Resume {channel}": "Lanjutkan {channel}",
    "Read now": "Baca sekarang",
    "Read {channel} now": "Baca {channel} sekarang",
    "Read by aggregator schedule; Retry-After of the publisher is kept.": (
        "Dibaca oleh aggregator schedule; permintaan menunggu dari penerbit (Retry-After) dipatuhi."
    ),
    "Decide here": "Putuskan di sini",
    "No article of the last {n} days.": "Tidak ada artikel dalam {n} hari terakhir.",
    "last good answer {moment}": "jawaban baik terakhir {moment}",
    "Run {id}": "Perayapan {id}",
    "No channel was ever read.": "Belum ada kanal yang dibaca.",
    "There was no run yet.": "Belum ada perayapan.",
    "under way": "sedang berjalan",
    # --- publications
    "Publications": "Terbitan",
    "No portal is configured yet: an administrator writes one under [[publish.portals]] in "
    "aggregator.toml.": (
        "Belum ada portal yang diatur: administrator menulisnya di [[publish.portals]] pada "
        "aggregator.toml."
    ),
    "Nothing gets there since {moment}: {detail}": (
        "Tidak ada yang sampai ke sana sejak {moment}: {detail}"
    ),
    "next try {moment}": "dicoba lagi {moment}",
    "Took what it was given, last {moment}.": "Menerima kiriman, terakhir {moment}.",
    "Nothing was sent yet.": "Belum ada yang dikirim.",
    "Send {n} now": "Kirim {n} sekarang",
    "Send {n} to {portal} now": "Kirim {n} sekarang ke {portal}",
    "Try all {n} again": "Coba lagi semua ({n})",
    "Try all {n} of {portal} again": "Coba lagi semua ({n}) untuk {portal}",
    "Try again": "Coba lagi",
    "Keys: j and k move, l shows the difference, u tries again, m keeps theirs, T sends ours, "
    "o opens the article.": (
        "Tombol: j dan k berpindah, l lihat bedanya, u coba lagi, m biarkan milik mereka, "
        "T timpa dengan milik kita, o buka artikel."
    ),
    "See the difference": "Lihat bedanya",
    "What our text would change there": "Yang akan diubah teks kita di sana",
    "stands there now": "ada di sana sekarang",
    "would stand there": "akan ada di sana",
    "Nothing of its text.": "Tidak ada teks yang berubah.",
    "An editor of the portal changed it or hid it. Look at it there, then say which text stays.": (
        "Penyunting portal mengubah atau menyembunyikannya. Lihat di sana, lalu tentukan teks "
        "siapa yang dipakai."
    ),
    "An editor of the portal deleted it. It is not sent anew unless you say so.": (
        "Penyunting portal menghapusnya. Tidak dikirim lagi kecuali Anda memintanya."
    ),
    "It was tried too often. Mend the cause, then try again.": (
        "Sudah terlalu sering dicoba. Perbaiki sebabnya, lalu coba lagi."
    ),
    "It is theirs: nothing of ours goes into it any more. A withdrawal hides it all the same.": (
        "Terbitan itu milik mereka: tidak kita ubah lagi. Pencabutan tetap menyembunyikannya."
    ),
    "Keep theirs": "Biarkan milik mereka",
    "Leave it deleted": "Biarkan terhapus",
    "Send ours over it": "Timpa dengan milik kita",
    "Send it again": "Kirim lagi",
    "It is tried again now.": "Sedang dicoba lagi.",
    "It is the portal editor's from now on.": "Kini menjadi milik penyunting portal.",
    "Ours is sent now.": "Milik kita sedang dikirim.",
    "It is being sent; look again in a moment.": "Sedang dikirim; lihat lagi sebentar lagi.",
    "Waits to be sent": "Menunggu dikirim",
    "aggregator schedule sends it within a minute or so; at once with the button above.": (
        "Dikirim oleh aggregator schedule dalam kira-kira semenit; langsung dengan tombol di atas."
    ),
    "from {moment}": "mulai {moment}",
    "and {n} more": "dan {n} lagi",
    "In the portals": "Di portal",
    "first sent {moment}": "pertama dikirim {moment}",
    "last change {moment}": "terakhir berubah {moment}",
    "Open it there": "Buka di sana",
    "not sent yet": "belum dikirim",
    "published there by hand": "diterbitkan sendiri di sana",
    "All publications": "Semua terbitan",
    "Approved by": "Disetujui oleh",
    "sent to a portal": "mengirim ke portal",
    "changed in a portal": "mengubah di portal",
    "hidden in a portal": "menyembunyikan di portal",
    "withdrawn in a portal": "mencabut di portal",
    "found changed in a portal": "menemukan perubahan di portal",
    "found deleted in a portal": "mendapati terhapus di portal",
    "asked for another try": "meminta dicoba lagi",
    "put over the portal's text": "menimpa teks portal",
    # --- people
    "Editor": "Redaktur",
    "Administrator": "Administrator",
    "since {moment}": "sejak {moment}",
    "kept out since {moment}": "tidak boleh masuk sejak {moment}",
    "Keep out": "Cabut hak masuk",
    "Let in": "Daftarkan",
    "Let in again": "Izinkan masuk lagi",
    "Let somebody in": "Daftarkan pengguna",
    "New password": "Kata sandi baru",
    "New password once more": "Kata sandi baru sekali lagi",
    "Password until now": "Kata sandi sekarang",
    "At least 10 characters; several words are good.": (
        "Sedikitnya 10 karakter; beberapa kata sekaligus itu baik."
    ),
    "the two passwords are not the same": "kedua kata sandi tidak sama",
    "write a time as YYYY-MM-DD HH:MM": "tulis waktu sebagai YYYY-MM-DD HH:MM",
    "The database cannot be written here: there is no editor's desk.": (
        "Basis data tidak dapat ditulis di sini: tidak ada meja redaksi."
    ),
}
