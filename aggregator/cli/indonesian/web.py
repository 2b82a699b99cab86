"""The web side: its configuration, its command and what it says when it cannot answer."""

MESSAGES = {
    "must be addresses or networks such as 10.0.0.0/8": (
        "harus berupa alamat atau jaringan, misalnya 10.0.0.0/8"
    ),
    "must be an address such as https://berita.example, no / after": (
        "harus berupa alamat seperti https://berita.example, tanpa / di akhir"
    ),
    "must not be negative": "tidak boleh negatif",
}
