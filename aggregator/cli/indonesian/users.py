"""Who may work at the desk."""

MESSAGES = {
    "Who may work at the editor's desk.": "Siapa yang boleh bekerja di meja redaksi.",
    "Let somebody in; the password is asked for, or read from standard input.": (
        "Daftarkan seseorang; kata sandi ditanyakan, atau dibaca dari masukan standar."
    ),
    "Set a new password; ends the sessions with the old one, and a wait after wrong ones.": (
        "Ganti kata sandi; sesi lama berakhir, begitu pula masa tunggu karena salah sandi."
    ),
    "Keep somebody out from now on.": "Cabut hak masuk seseorang.",
    "List who may sign in, and who may no longer.": (
        "Daftar yang boleh masuk, dan yang tidak lagi."
    ),
    "Role.": "Peran.",
    "Let them in again.": "Izinkan masuk lagi.",
    "{name} may sign in ({role}).": "{name} boleh masuk ({role}).",
    "{name} has a new password.": "{name} mempunyai kata sandi baru.",
    "{name} may sign in again.": "{name} boleh masuk lagi.",
    "{name} may not sign in any more.": "{name} tidak boleh masuk lagi.",
    "Name": "Nama",
    "Role": "Peran",
    "Since": "Sejak",
    "Disabled": "Nonaktif",
    "Password": "Kata sandi",
    # --- refusals
    "there is no user {name!r}": "tidak ada pengguna {name!r}",
    "there is a user {name!r} already": "pengguna {name!r} sudah ada",
    "{name!r} is no name for a user: letters, digits, spaces and . , ' - only": (
        "{name!r} bukan nama pengguna: hanya huruf, angka, spasi, dan . , ' -"
    ),
    "{name!r} is the only one who can let others in": (
        "{name!r} satu-satunya yang dapat memberi hak masuk"
    ),
    "a password needs at least 10 characters": "kata sandi sedikitnya 10 karakter",
    "a password has at most 200 characters": "kata sandi paling banyak 200 karakter",
    "this password is guessed too easily": "kata sandi ini terlalu mudah ditebak",
    "a password must not hold the name": "kata sandi tidak boleh memuat nama",
    "the name or the password is wrong": "nama atau kata sandi salah",
    "too many wrong passwords: try again in {minutes} minutes": (
        "terlalu banyak salah kata sandi: coba lagi dalam {minutes} menit"
    ),
}
