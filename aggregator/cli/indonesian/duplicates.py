"""Duplicates: commands, rules and decisions."""

MESSAGES = {
    "Articles that are prints of one text.": "Artikel yang memuat satu teks yang sama.",
    "List clusters, the newest first, each by its representative.": (
        "Daftar kelompok, terbaru lebih dulu, masing-masing dengan artikel wakilnya."
    ),
    "Show the other prints of an article's text: what joined each, and by what it differs.": (
        "Tampilkan artikel lain yang memuat teks ini: aturan yang menyatukan dan bedanya."
    ),
    "List what people decided about duplicates, undone decisions too.": (
        "Daftar keputusan orang tentang duplikat, termasuk yang sudah dibatalkan."
    ),
    "Decide that two articles are prints of one text.": (
        "Putuskan bahwa dua artikel memuat teks yang sama."
    ),
    "Decide that an article is none of the texts that it is grouped with.": (
        "Putuskan bahwa sebuah artikel bukan teks yang sekelompok dengannya."
    ),
    "Decide that two articles are never to be grouped together.": (
        "Putuskan bahwa dua artikel tidak boleh disatukan."
    ),
    "Take a decision back; it stays on record.": "Batalkan keputusan; catatannya tetap ada.",
    "Compare all articles anew and group them; what people decided stays.": (
        "Bandingkan ulang semua artikel dan kelompokkan; keputusan orang tetap berlaku."
    ),
    "At most N clusters.": "Paling banyak N kelompok.",
    "Why; it is kept.": "Alasannya; ikut dicatat.",
    "Who decides; else the login name.": "Yang memutuskan; jika kosong nama masuk komputer.",
    "Only the representative of articles that are prints of one text.": (
        "Hanya artikel wakil dari artikel-artikel yang memuat teks yang sama."
    ),
    # --- what is shown
    "Also printed by:": "Juga dimuat oleh:",
    "No other print of its text is held.": "Tidak ada artikel lain yang memuat teks ini.",
    "Stands for all": "Mewakili kelompok",
    "Joined by article {other}: {reason}, {score}": (
        "Disatukan dengan artikel {other}: {reason}, {score}"
    ),
    "and {n} more passages": "dan {n} bagian lagi",
    "no difference but in case and punctuation": (
        "tidak ada beda selain huruf besar dan tanda baca"
    ),
    "Alike, but other texts:": "Mirip, tetapi teks lain:",
    "{n} of them print a text that others print: aggregator duplicates list": (
        "{n} di antaranya memuat teks yang juga dimuat artikel lain: aggregator duplicates list"
    ),
    "{n} articles are not compared yet: run aggregator duplicates rebuild": (
        "{n} artikel belum dibandingkan: jalankan aggregator duplicates rebuild"
    ),
    "Decision {id}: {kind}, articles {articles}. {by}, {moment}: {reason}": (
        "Keputusan {id}: {kind}, artikel {articles}. {by}, {moment}: {reason}"
    ),
    "Undone by {by}, {moment}: {reason}": "Dibatalkan oleh {by}, {moment}: {reason}",
    "{n} articles compared.": "{n} artikel dibandingkan.",
    "Comparing": "Membandingkan",
    # --- decisions
    "one text": "satu teks",
    "a text of its own": "teks tersendiri",
    "never together": "jangan disatukan",
    "nobody is logged in: say who decides with --by NAME": (
        "tidak ada nama masuk komputer: sebutkan yang memutuskan dengan --by NAME"
    ),
    "a decision needs a reason": "keputusan memerlukan alasan",
    "there is none": "tidak ada",
    "is undone already": "sudah dibatalkan",
    "is the same article": "adalah artikel yang sama",
    "is in no cluster": "tidak ada di kelompok mana pun",
    # --- what joined them
    "edited": "disunting",
    "reworked": "ditulis ulang",
    "shortened": "dipendekkan",
    "stated original": "menyebut sumber aslinya",
    "decided by a person": "diputuskan orang",
    "through another": "melalui artikel lain",
    # --- why one stands for all
    "the only one that may be published": "satu-satunya yang boleh diterbitkan",
    "another one names it as the original": "disebut artikel lain sebagai sumber aslinya",
    "the others say that they first stood elsewhere": (
        "yang lain menyebut pernah tayang di tempat lain"
    ),
    "the ministry's own release": "siaran pers kementerian sendiri",
    "published first": "terbit lebih dulu",
    "chosen by its address": "dipilih menurut alamatnya",
    # --- what looks alike and is another text
    "too short to tell": "terlalu pendek untuk dinilai",
    "different texts": "teks berbeda",
    "another entry in the same form": "isian lain dalam format yang sama",
    "another number in the same headline": "angka lain dalam judul yang sama",
    "the same announcement of another time": "pengumuman serupa dari waktu lain",
    "the same passage in other news": "bagian yang sama dalam berita lain",
}
