"""``publish``: what is said about portals, their posts and what stands in the way."""

MESSAGES = {
    # --- configuration
    "must be an address such as https://…": "harus berupa alamat seperti https://…",
    "write small letters, digits and dashes, 40 at most": (
        "tulis huruf kecil, angka, dan tanda hubung, paling banyak 40"
    ),
    "is a word of 'aggregator publish'": "adalah kata milik 'aggregator publish'",
    "no portal is configured: write one under [[publish.portals]]": (
        "belum ada portal yang diatur: tulis di [[publish.portals]]"
    ),
    # --- commands
    "Send what was approved to the school's portals, and take down what was withdrawn.": (
        "Kirim yang disetujui ke portal sekolah, dan turunkan yang dicabut."
    ),
    "Send, change, hide or withdraw posts, as the editors decided.": (
        "Kirim, ubah, sembunyikan, atau cabut terbitan sesuai keputusan penyunting."
    ),
    "Say what would be done; send nothing.": (
        "Sebutkan apa yang akan dilakukan; tidak mengirim apa pun."
    ),
    "Also show what would change in each post; send nothing.": (
        "Tampilkan juga perubahan pada tiap terbitan; tidak mengirim apa pun."
    ),
    "Show how the portals fare, and what in their outbox waits for a person or another try.": (
        "Tampilkan keadaan portal, dan isi kotak keluar yang menunggu orang atau percobaan lagi."
    ),
    "Also what was sent and is well.": "Juga yang sudah terkirim dengan baik.",
    "Try again what was given up (all of it, or one article).": (
        "Coba lagi yang dihentikan (semuanya, atau satu artikel)."
    ),
    "Decide about a post that was changed or deleted in the portal.": (
        "Putuskan terbitan yang diubah atau dihapus di portal."
    ),
    "Leave the post to the portal's editor for ever.": (
        "Serahkan terbitan itu kepada penyunting portal untuk seterusnya."
    ),
    "Put ours in place of what stands there now.": (
        "Ganti yang ada di sana sekarang dengan milik kita."
    ),
    "Sign in to portals, and look whether their posts are as they were sent; change nothing.": (
        "Masuk ke portal dan periksa apakah terbitannya masih seperti saat dikirim; "
        "tidak mengubah apa pun."
    ),
    # --- what comes of them
    "Portal": "Portal",
    "Post": "Terbitan",
    "Since": "Sejak",
    "State": "Keadaan",
    "to be sent": "akan dikirim",
    "to be changed": "akan diubah",
    "to be hidden": "akan disembunyikan",
    "to be withdrawn": "akan dicabut",
    "waits": "menunggu",
    "sent": "terkirim",
    "hidden": "disembunyikan",
    "changed in the portal": "diubah di portal",
    "deleted in the portal": "dihapus di portal",
    "left to the portal": "diserahkan kepada portal",
    "given up": "dihentikan",
    "not as it was sent": "tidak sama lagi dengan yang terkirim",
    "withdrawn by its publisher or by the school": "dicabut penerbitnya atau sekolah",
    "not approved any more": "tidak disetujui lagi",
    "not attributed completely": "atribusinya tidak lengkap",
    "not due yet": "belum waktunya",
    "a new text waits for the editor": "teks baru menunggu penyunting",
    "tried later": "dicoba nanti",
    "failed: {detail}": "gagal: {detail}",
    "{portal}: {done} done, {failed} failed, {stopped} wait for a person": (
        "{portal}: {done} selesai, {failed} gagal, {stopped} menunggu orang"
    ),
    "{portal}: left alone until {until}": "{portal}: dibiarkan sampai {until}",
    "{portal}: fails since {since}: {detail}": "{portal}: gagal sejak {since}: {detail}",
    "{portal}: took what it was given, last at {at}": ("{portal}: menerima kiriman, terakhir {at}"),
    "{portal}: nothing was sent yet": "{portal}: belum ada yang dikirim",
    "{portal}: is in order ({said}); {posts} posts looked at": (
        "{portal}: beres ({said}); {posts} terbitan diperiksa"
    ),
    "{n} are tried again by the next 'aggregator publish'.": (
        "{n} dicoba lagi oleh 'aggregator publish' berikutnya."
    ),
    "Not everywhere: run 'aggregator publish' again.": (
        "Belum di semua portal: jalankan 'aggregator publish' lagi."
    ),
    "say either --keep-theirs or --overwrite": "sebutkan --keep-theirs atau --overwrite",
    "there is nothing to resolve: the portal has the post as it was sent": (
        "tidak ada yang perlu diputuskan: terbitan di portal masih seperti saat dikirim"
    ),
    # --- what stands in the way
    "a part of the program is not installed: pip install 'school-news-aggregator[publish]'": (
        "bagian program belum terpasang: pip install 'school-news-aggregator[publish]'"
    ),
    "the portal does not print the credit line; the post was hidden": (
        "portal tidak menampilkan baris sumber; terbitan disembunyikan"
    ),
    "the portal does not have the post that it said it saved": (
        "portal tidak memiliki terbitan yang katanya sudah disimpan"
    ),
    "the portal does not print the notice": "portal tidak menampilkan pemberitahuan pencabutan",
    "the post is not there": "terbitannya tidak ada",
    "category {category!r} was deleted there: restore it, or name another": (
        "kategori {category!r} sudah dihapus di sana: pulihkan, atau sebutkan yang lain"
    ),
    "its setting 'timezone' is no time zone: {zone}": (
        "setelan 'timezone' di sana bukan zona waktu: {zone}"
    ),
    "not a CMS Sekolahku that we know, or no right to see it: table {table} lacks {columns}": (
        "bukan CMS Sekolahku yang dikenal, atau tidak berhak melihatnya: "
        "tabel {table} tidak punya {columns}"
    ),
    "not a CMS Sekolahku that we know: column {column} is {kind}": (
        "bukan CMS Sekolahku yang dikenal: kolom {column} adalah {kind}"
    ),
    "the account may not {right} in table {table}: grant it": (
        "akun tidak boleh {right} di tabel {table}: berikan haknya"
    ),
    "write 'database' as HOST/NAME or HOST:PORT/NAME": (
        "tulis 'database' sebagai HOST/NAMA atau HOST:PORT/NAMA"
    ),
    "{n} accounts are called {author!r}; 'author' must name exactly one": (
        "ada {n} akun bernama {author!r}; 'author' harus menyebut tepat satu"
    ),
    # --- findings
    "Portal {subject}: {posts} withdrawn articles can still be read there, since {since}: "
    "{articles}": (
        "Portal {subject}: {posts} artikel yang dicabut masih dapat dibaca di sana, sejak {since}: "
        "{articles}"
    ),
    "Run 'aggregator publish {subject}'; where that fails, hide them there by hand.": (
        "Jalankan 'aggregator publish {subject}'; bila gagal, sembunyikan sendiri di portal."
    ),
    "Portal {subject}: nothing can be published since {since}: {detail}": (
        "Portal {subject}: tidak dapat menerbitkan sejak {since}: {detail}"
    ),
    "'aggregator publish check {subject}' says what is wrong; posts wait until then.": (
        "'aggregator publish check {subject}' menyebutkan masalahnya; terbitan menunggu sampai "
        "beres."
    ),
    "Portal {subject}: {posts} articles were given up since {since}: {articles}: {detail}": (
        "Portal {subject}: {posts} artikel dihentikan sejak {since}: {articles}: {detail}"
    ),
    "See 'aggregator publish status', mend the cause, then 'aggregator publish retry {subject}'.": (
        "Lihat 'aggregator publish status', perbaiki sebabnya, lalu 'aggregator publish retry "
        "{subject}'."
    ),
    "Portal {subject}: {posts} posts were changed there since {since}, and ours wait: {articles}": (
        "Portal {subject}: {posts} terbitan diubah di sana sejak {since}, dan milik kita menunggu: "
        "{articles}"
    ),
    "Decide with 'aggregator publish resolve {subject} ARTICLE --keep-theirs' or '--overwrite'.": (
        "Putuskan dengan 'aggregator publish resolve {subject} ARTIKEL --keep-theirs' atau "
        "'--overwrite'."
    ),
    "Portal {subject}: {posts} posts were deleted there since {since}: {articles}": (
        "Portal {subject}: {posts} terbitan dihapus di sana sejak {since}: {articles}"
    ),
    "They are not made anew. 'aggregator publish resolve {subject} ARTICLE' with "
    "'--keep-theirs' agrees, with '--overwrite' sends them again.": (
        "Tidak dibuat ulang. 'aggregator publish resolve {subject} ARTIKEL' dengan "
        "'--keep-theirs' menyetujui, dengan '--overwrite' mengirimnya lagi."
    ),
}
