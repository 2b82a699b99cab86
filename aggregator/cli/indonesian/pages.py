"""The school's public pages."""

MESSAGES = {
    "Skip to the content": "Langsung ke isi",
    "Search the news": "Cari berita",
    "Search": "Cari",
    "Main": "Utama",
    "Newest": "Terbaru",
    "Topics": "Topik",
    "Publishers": "Penerbit",
    "Places": "Tempat",
    "Pages": "Halaman",
    "All news belong to the publishers that are named with them; this page says where each of them "
    "is from.": (
        "Semua berita adalah milik penerbit yang disebut bersamanya; halaman ini menyebutkan asal "
        "setiap berita."
    ),
    "By": "Oleh",
    "Seen {count} times": "Dilihat {count} kali",
    "There is nothing here yet.": "Belum ada apa-apa di sini.",
    "To the newest": "Ke yang terbaru",
    "To the newest news": "Ke berita terbaru",
    "Older news": "Berita sebelumnya",
    "{count} articles wait for an editor's approval.": (
        "{count} artikel menunggu persetujuan redaksi."
    ),
    "Editors: sign in at {address} and approve them; what is approved appears here.": (
        "Redaksi: masuklah di {address} lalu setujui; yang disetujui tampil di sini."
    ),
    "There is no news yet. After the first crawl it appears here.": (
        "Belum ada berita. Setelah pengambilan pertama, berita tampil di sini."
    ),
    "Headline at {publisher}:": "Judul di {publisher}:",
    "Correction": "Ralat",
    "Amendment": "Koreksi",
    "Right of reply": "Hak jawab",
    "Update": "Pembaruan",
    "At {publisher}": "Di {publisher}",
    "Read on at {publisher}": "Baca selengkapnya di {publisher}",
    "Publisher:": "Penerbit:",
    "Its articles are shown in full, with their source.": (
        "Beritanya ditampilkan utuh, dengan sumbernya."
    ),
    "Its articles are shown as an excerpt that leads to the original.": (
        "Beritanya ditampilkan sebagai kutipan yang mengarah ke naskah aslinya."
    ),
    "Its articles are shown as a headline that leads to the original.": (
        "Beritanya ditampilkan sebagai judul yang mengarah ke naskah aslinya."
    ),
    "Also reported by": "Juga diberitakan oleh",
    "More to read": "Tulisan Lainnya",
    "Withdrawn": "Dicabut",
    "This article was withdrawn by {publisher} on {day}.": (
        "Berita ini dicabut oleh {publisher} pada {day}."
    ),
    "This article was withdrawn by {school} on {day}.": (
        "Berita ini dicabut oleh {school} pada {day}."
    ),
    "Reason:": "Alasan:",
    "This page was not found": "Halaman tidak ditemukan",
    "The address may be misspelt, or the article may have gone.": (
        "Mungkin alamatnya salah tulis, atau beritanya sudah tidak ada."
    ),
    "Write what you look for above. Words in quotation marks must stand together; a minus excludes "
    "a word.": (
        "Tulis yang Anda cari di atas. Kata dalam tanda kutip harus berdampingan; tanda minus "
        "mengecualikan kata."
    ),
    "Nothing was found.": "Tidak ada yang ditemukan.",
    "Fewer or other words find more.": "Coba kata yang lebih sedikit atau kata lain.",
    "Did you mean:": "Maksud Anda:",
    "{count} found": "{count} ditemukan",
    "About {count} found": "Sekitar {count} ditemukan",
    "(remove)": "(hapus)",
    "More results": "Hasil berikutnya",
    "must be lower-case letters, digits and hyphens": (
        "harus berupa huruf kecil, angka, dan tanda hubung"
    ),
    "two sections have one name": "dua rubrik bernama sama",
    "write a colour as #0b5394": "tulis warna seperti #0b5394",
    "cannot be read: its contrast is below 4.5 to 1": (
        "tidak terbaca: kontrasnya di bawah 4,5 banding 1"
    ),
    "must be id, en or both": "harus id, en, atau keduanya",
    "must be a file .svg, .png, .webp or .jpg": "harus berkas .svg, .png, .webp, atau .jpg",
    "must be names of hosts such as cdn.contoh.example": (
        "harus nama hos, misalnya cdn.contoh.example"
    ),
    "is larger than 512 KB": "lebih besar daripada 512 KB",
}
