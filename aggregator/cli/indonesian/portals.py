"""What portals of each kind say when they are looked at, and what keeps them from taking posts."""

MESSAGES = {
    # --- any of them
    "no answer in time": "tidak menjawab tepat waktu",
    "its address holds a password: write it into a file": (
        "alamatnya memuat kata sandi: tulis di sebuah berkas"
    ),
    "passwords are sent over https only: write https:// in its address": (
        "kata sandi hanya dikirim lewat https: tulis https:// pada alamatnya"
    ),
    # --- WordPress
    "signed in to WordPress": "berhasil masuk ke WordPress",
    "plain permalinks: the REST API is asked under ?rest_route=": (
        "permalink polos: REST API diakses lewat ?rest_route="
    ),
    "the account hands in only: an editor of the portal publishes": (
        "akun hanya dapat mengajukan: editor portal yang menerbitkan"
    ),
    "the account may not upload: posts have no images": (
        "akun tidak boleh mengunggah: tulisan tanpa gambar"
    ),
    "the account may not make categories: they must be there already": (
        "akun tidak boleh membuat kategori: kategori harus sudah ada"
    ),
    "the account may do more than it needs: the role author is enough": (
        "hak akun melebihi kebutuhan: peran Penulis (Author) sudah cukup"
    ),
    "the plugin is there: search engines are led to the originals": (
        "plugin terpasang: mesin pencari diarahkan ke berita aslinya"
    ),
    "no REST API is found at this address: check the address, "
    "and whether a plugin switches the REST API off": (
        "REST API tidak ditemukan di alamat ini: periksa alamatnya, "
        "dan apakah ada plugin yang mematikan REST API"
    ),
    "the portal redirects to another address: write the one that readers see in their browser": (
        "portal mengalihkan ke alamat lain: tulis alamat yang tampak di peramban pembaca"
    ),
    "WordPress takes us for nobody: the user name or the application password is wrong, or "
    "the web server drops the Authorization header": (
        "WordPress tidak mengenali kita: nama pengguna atau sandi aplikasi salah, atau "
        "server web membuang header Authorization"
    ),
    "the web server drops the Authorization header, so that WordPress never sees the "
    "password: add 'SetEnvIf Authorization \"(.*)\" HTTP_AUTHORIZATION=$1' to .htaccess": (
        "server web membuang header Authorization sehingga sandi tidak sampai ke WordPress: "
        "tambahkan 'SetEnvIf Authorization \"(.*)\" HTTP_AUTHORIZATION=$1' ke .htaccess"
    ),
    "application passwords are switched off: the portal needs https, or a security plugin "
    "forbids them": (
        "sandi aplikasi dimatikan: portal memerlukan https, atau plugin keamanan melarangnya"
    ),
    "the user name or the application password is wrong: make a new password under "
    "Users, Profile, Application Passwords": (
        "nama pengguna atau sandi aplikasi salah: buat sandi baru di "
        "Pengguna, Profil, Sandi Aplikasi"
    ),
    "the web server itself asks for a password before WordPress does": (
        "server web sendiri meminta kata sandi sebelum WordPress"
    ),
    "a security plugin or firewall bars the REST API: allow /wp-json for this account and "
    "the address of this machine": (
        "plugin keamanan atau firewall menghalangi REST API: izinkan /wp-json untuk akun ini "
        "dan alamat mesin ini"
    ),
    "the account may not write posts: give it the role author": (
        "akun tidak boleh menulis: beri peran Penulis (Author)"
    ),
    "the account may not change this post: it belongs to somebody else": (
        "akun tidak boleh mengubah tulisan ini: milik orang lain"
    ),
    "the category {category} is missing and the account may not make it: make it there": (
        "kategori {category} tidak ada dan akun tidak boleh membuatnya: buat di portal"
    ),
    "Write what was never sent as a file for WordPress's importer: for a first load.": (
        "Tulis yang belum pernah dikirim menjadi berkas untuk pengimpor WordPress: muatan awal."
    ),
    "only a portal of kind wordpress reads such a file": (
        "hanya portal jenis wordpress yang membaca berkas seperti itu"
    ),
    "{n} posts written to {file}.": "{n} tulisan ditulis ke {file}.",
    # --- CMS Sekolahku
    "signed in to CMS Sekolahku": "berhasil masuk ke CMS Sekolahku",
    "the user name or the password is wrong; a password with < or % may be changed by the "
    "portal's own filter: take letters and digits": (
        "nama pengguna atau kata sandi salah; kata sandi dengan < atau % dapat diubah saringan "
        "portal: pakai huruf dan angka"
    ),
    "too many sign-ins with an unknown name: the portal bars this address for ten minutes": (
        "terlalu sering masuk dengan nama tak dikenal: portal menutup alamat ini sepuluh menit"
    ),
    "the account may not write posts: give its group the menu Blog": (
        "akun tidak boleh menulis: beri grupnya menu Blog"
    ),
    "no CMS Sekolahku answers at this address": "tidak ada CMS Sekolahku di alamat ini",
    "the portal asks for a CSRF token: set csrf_protection to FALSE, or use its database": (
        "portal meminta token CSRF: isi csrf_protection dengan FALSE, atau pakai basis datanya"
    ),
    "the portal took the post and does not show it": (
        "portal menerima tulisan tetapi tidak menampilkannya"
    ),
    "the post was deleted in the portal": "tulisan sudah dihapus di portal",
    "this portal cannot wait: send it when its time has come": (
        "portal ini tidak dapat menjadwalkan: kirim saat waktunya tiba"
    ),
    # --- a folder
    "the folder can be written": "folder dapat ditulis",
    "{path} cannot be written": "{path} tidak dapat ditulis",
    "{path} is not ours: move it away": "{path} bukan milik kita: pindahkan",
    "a static site has no editor to wait for: set state = 'published'": (
        "situs statis tidak punya editor: isi state = 'published'"
    ),
    "its address cannot be a file's name": "alamatnya tidak dapat menjadi nama berkas",
}
