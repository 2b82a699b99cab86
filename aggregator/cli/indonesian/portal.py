"""What the school's portal has published already."""

MESSAGES = {
    "Remember the posts of the school's portal, so that nothing is proposed twice.": (
        "Catat tulisan yang sudah terbit di portal sekolah agar tidak diusulkan dua kali."
    ),
    "What to call the portal; else its host or the file's name.": (
        "Nama portal; jika kosong, nama situs atau berkasnya."
    ),
    "Form of the file or page.": "Bentuk berkas atau halaman.",
    "Portal {portal} ({form}): {read} posts read, {new} new, {updated} changed, "
    "{unchanged} known.": (
        "Portal {portal} ({form}): {read} tulisan dibaca, {new} baru, {updated} berubah, "
        "{unchanged} sudah dikenal."
    ),
    "{n} rows skipped: {reason}": "{n} baris dilewati: {reason}",
    "Only the beginning was taken: {problem}": "Hanya awalnya yang diambil: {problem}",
    "{n} posts are known by their beginning only; import again for the rest.": (
        "{n} tulisan baru dikenal awalnya saja; impor lagi untuk sisanya."
    ),
    "{posts} posts of this portal are known; {articles} held articles are among them.": (
        "{posts} tulisan portal ini dikenal; {articles} artikel tersimpan termasuk di dalamnya."
    ),
    # --- why rows are skipped
    "neither text nor address": "tanpa teks dan alamat",
    "not published": "belum terbit",
    "not a post": "bukan tulisan",
    "in the future": "di masa depan",
    # --- errors
    "portal {url}: {detail}": "portal {url}: {detail}",
    "cannot be read as a portal's posts: {detail}": (
        "tidak dapat dibaca sebagai tulisan portal: {detail}"
    ),
    "declares entities": "memuat deklarasi entitas",
    "no post found in it": "tidak ada tulisan di dalamnya",
    "its form is not recognised; name it with --format": (
        "bentuknya tidak dikenali; sebutkan dengan --format"
    ),
    "no column is called judul, url, isi or sumber": (
        "tidak ada kolom bernama judul, url, isi, atau sumber"
    ),
    "only http and https addresses are fetched": "hanya alamat http dan https yang diambil",
    "the answer is too large": "jawabannya terlalu besar",
    "the answer takes too long": "jawabannya terlalu lama",
}
