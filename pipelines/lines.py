"""What one line among an article's paragraphs is, where it is not its text: a table of rules.

Rules match whole lines, so a sentence that mentions "baca juga" is never lost. Sources: pages of
2015 to 2026, 375 texts of Republika (2025), 660 of Tribun and its regional sites (2022-23).
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class What(StrEnum):
    DISCARD = "discard"
    TEASER = "teaser"
    """Discard, with the list of headlines or points that follows."""
    CAPTION = "caption"
    """Of a picture; not where it ends the text, since bracketed names close a text as well."""
    SOURCE = "source"
    BYLINE = "byline"
    FIRST_PUBLISHED = "first_published"
    ORIGINAL_URL = "original_url"
    LABEL = "label"
    """What kind of text it is: kept as evidence."""


# A line of this length may be a label with a value; a longer one is a paragraph.
LABEL_LENGTH = 160
LONGEST_LINE = 2 * LABEL_LENGTH
LONGEST_NOTICE = 1_200
"""Disclaimers fill a paragraph."""

# A publisher's own channel, by the names that they give it; "saluran" alone may be a drain.
_CHANNEL = (
    r"(?:google news|tribunx\w*|(?:whatsapp|wa|telegram|youtube) (?:channel|grup|group)"
    r"|(?:channel|saluran|kanal|grup|group) (?:whatsapp|wa|telegram|youtube|republika|tribun)\w*)"
)
# Somebody is quoted, so it is a sentence of the article.
_SPEECH = r"\b(?:kata|ujar|tutur|ucap|jelas|ungkap|imbuh|terang)(?:nya)?\b"
_BRAND = r"(?:(?-i:[A-Z])[^,]{0,60}|[\w.-]+\.co[\w.]*)"
_DOMAIN = r"[\w-]+(?:\.[a-z]{2,6}){1,2}"
_NAMES = r"(?-i:[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,5})"
_WORDS_OF_POINTERS = r"(?:baca|simak|lihat|tonton|dengar|saksikan|cek)"
_PEOPLE = (
    r"(?:penulis|editor|reporter|pewarta|redaktur|kontributor|penyunting|penerjemah|wartawan"
    r"|jurnalis|koresponden|narator|videografer|fotografer|foto|pengolah|naskah|teks|produser)"
)
_NETWORKS = (
    r"(?:facebook|twitter|whatsapp|telegram|instagram|youtube|tiktok|linkedin|threads|e-?mail"
    r"|(?:copy|salin) (?:link|tautan))"
)
_NOTICE = r"[*() ]*(?:disclaimer|catatan redaksi)\s*:"

RULES: tuple[tuple[What, str], ...] = (
    # --- pointers to other articles (81 % of Republika's texts, 84 % of Tribun's)
    (What.TEASER, rf"{_WORDS_OF_POINTERS}(?: juga| selengkapnya| pula)?\s*:.*"),
    (What.TEASER, r"(?:baca|lihat|simak) juga(?: (?:berita|artikel))?(?: lain(?:nya)?| terkait)?"),
    (What.TEASER, r"(?:berita|artikel|tulisan|topik|video|konten)\s+(?:\w+\s+)?"
                  r"(?:terkait|lainnya|populer|terpopuler|pilihan|rekomendasi)\s*:?"),
    (What.TEASER, r"(?:rekomendasi(?: untuk anda)?|terpopuler|terkini|terkait|pilihan editor)"
                  r"\s*:?"),
    (What.DISCARD, rf"{_WORDS_OF_POINTERS}(?: juga)? (?:video|berita|artikel)\b.{{0,100}}"
                   r"(?:berikut(?: ini)?|di bawah(?: ini)?|di sini|disini|lainnya)\W*"),
    (What.DISCARD, r"(?:baca|ikuti|yuk|ayo|simak|lihat|update|dapatkan|selengkapnya)\b.{0,200}"
                   r"\bklik di ?sini\b.{0,40}"),
    # --- the publishers' own channels (99 %)
    (What.DISCARD, rf"(?!.*{_SPEECH})(?:jangan lupa )?(?:ikuti|dapatkan|gabung|bergabung|yuk|ayo"
                   r"|mari|simak|baca|follow|join|download|unduh|subscribe|kunjungi|cek)\b"
                   rf".{{0,160}}\b{_CHANNEL}\b.{{0,120}}"),
    (What.DISCARD, r"(?:update|cek) (?:berita|artikel).{0,80}google news.{0,40}"),
    (What.DISCARD, r"(?:jangan lupa )?(?:follow|subscribe|like|ikuti (?:juga|kami|akun))\b.{0,60}"
                   r"\b(?:instagram|facebook|fanpage|twitter|tiktok|youtube|akun)\b.{0,80}"),
    (What.DISCARD, r"anda harus (?:install|menginstal) aplikasi.{0,80}"),
    # --- what only subscribers may read
    (What.DISCARD, rf"(?!.*{_SPEECH})(?:silakan |ayo |yuk,? )?(?:berlangganan|langganan|login)\b"
                   r".{0,60}\b(?:untuk|agar) (?:dapat |bisa )?(?:lanjut(?:kan)? |melanjutkan )?"
                   r"(?:mem)?baca\b.{0,60}"),
    (What.DISCARD, r"(?:artikel|berita|konten) ini (?:khusus|hanya) (?:untuk|bagi) "
                   r"(?:pelanggan|anggota|member)\b.{0,60}"),
    # --- advertising and scripts
    (What.LABEL, r"\W*(?:advertorial|adv|pariwara|artikel sponsor|sponsored(?: content)?)\W*"),
    (What.DISCARD, r"(?:advertisement|iklan)"),
    (What.DISCARD, r"(?:scroll|gulir) (?:to continue|untuk).{0,60}"),
    (What.DISCARD, r"tidak ada kode iklan yang tersedia\.?"),
    (What.DISCARD, r"loading\W*"),
    (What.DISCARD, r"komik si calus"),
    # --- embedded posts
    (What.DISCARD, r"(?:view this post on instagram|lihat postingan ini di instagram|"
                   r"(?:a post shared by|sebuah kiriman dibagikan oleh)\b.{0,120})"),
    # --- paging, sharing, comments
    (What.DISCARD, r"(?:halaman (?:selanjutnya|berikutnya|sebelumnya)|selanjutnya|next|prev"
                   r"|selengkapnya|kembali)\W*"),
    (What.DISCARD, r"halaman\s+\d+\s*(?:/|dari)\s*\d+|halaman(?:\s*\d)+\s*(?:selanjutnya|next)?"),
    (What.DISCARD, r"(?:bagikan|share|tags?|komentar|lihat komentar|print|cetak)\s*:?"),
    (What.DISCARD, rf"(?:(?:bagikan|share)(?: (?:ke|di|on|via))? )?"
                   rf"{_NETWORKS}(?:[\s,|]+{_NETWORKS})*"),
    (What.DISCARD, r"(?:tags?|topik terkait|kata kunci)\s*:.{0,150}|(?:#\w+[\s,;]*)+"),
    (What.DISCARD, r"(?:(?:copyright|hak cipta)\s*(?:©|\(c\)|\d{4}|:|milik|by|dilindungi)|©)"
                   r".{0,100}"),
    (What.DISCARD, r"dilarang (?:keras )?(?:mengambil|mengutip|menyalin|memperbanyak|menggandakan)"
                   r"\b.{0,240}"),
    (What.DISCARD, r"\(?\s*\*{1,3}\s*\)?"),
    (What.TEASER, r"ringkasan berita\s*:?"),
    (What.DISCARD, rf"{_NOTICE}.*"),
    (What.DISCARD, r".{0,60}tidak bertanggung ?jawab atas (?:kesalahan )?jawaban.{0,120}"),
    # --- pictures
    (What.DISCARD, r".{0,240}\.(?:jpe?g|png|webp|gif)"),
    (What.DISCARD, rf"{_DOMAIN}\s*/\s*(?-i:[A-Z]{{2,}}[A-Z .'’-]*)"),
    (What.CAPTION, r".{3,300}\s[-–]\s\(\w[^()]{1,60}\)\.?"),
    (What.CAPTION, rf".{{3,}}\({_DOMAIN}\s*/\s*(?-i:[A-Z]{{2,}}[A-Z .,/'’-]*)\)\.?"),
    (What.CAPTION, r".{3,}\((?:foto\s*[:/]|antara foto|dok(?:umentasi)?[\s:./]|tangkapan layar"
                   r"|screenshot|(?:ist(?:imewa)?|net)(?=\)))[^()]{0,60}\)\.?"),
    # --- where it stood first
    (What.FIRST_PUBLISHED, r"(?:sebagian )?(?:artikel|berita|tulisan|konten) ini "
                           r"(?:telah|sudah|pernah) (?:tayang|terbit|dimuat|"
                           r"dipublikasikan|ditayangkan)(?: sebelumnya| pertama kali)? "
                           r"(?:di|pada)\b.+"),
    # Bracketed or called a source; any other address on a line may be a form or a video.
    (What.ORIGINAL_URL, r"\(\s*https?://\S+\s*\)"),
    (What.ORIGINAL_URL, r"\(?\s*sumber(?: berita)?\s*:?\s*https?://\S+\s*\)?"),
    # --- people and sources on lines of their own
    (What.BYLINE, r"laporan (?:wartawan|reporter|jurnalis|kontributor|koresponden)\s+"
                  rf"(?:{_BRAND},\s*(?-i:[A-Z]).{{1,80}}|{_DOMAIN}\s+{_NAMES}(?:,.{{1,40}})?"
                  rf"|(?-i:Tribun)[\w-]*(?: {_NAMES})?)"),
    (What.BYLINE, rf"laporan\s*:?\s*{_NAMES}\s*\|\s*(?-i:[A-Z])[\w ]{{2,40}}"),
    (What.BYLINE, rf"\(?(?:sumber\s*:\s*)?{_PEOPLE}(?:\s*(?:/|&|dan)\s*{_PEOPLE})*\s*:.{{2,150}}"),
    (What.BYLINE, r"oleh\s*:\s*\S.{2,150}"),
    (What.BYLINE, rf"oleh\s+{_NAMES}(?:\s*[,*|(].{{0,120}})?"),
    (What.BYLINE, r"rep\s*:.{0,60}red\s*:.{2,60}"),
    (What.SOURCE, r"sumber(?: berita)?\s*:.{0,150}"),
)  # fmt: skip

# All at once: most lines are text, and forty questions take longer than one.
_ANY_RULE = re.compile(
    "|".join(f"(?P<rule{number}>{pattern})" for number, (_, pattern) in enumerate(RULES)),
    re.IGNORECASE,
)
_IS_NOTICE = re.compile(_NOTICE, re.IGNORECASE)


@lru_cache(maxsize=2048)
def what_is(line: str) -> What | None:
    """``None``: it is text."""
    if len(line) > LONGEST_LINE and not (len(line) <= LONGEST_NOTICE and _IS_NOTICE.match(line)):
        return None
    found = _ANY_RULE.fullmatch(line)
    if found is None or found.lastgroup is None:
        return None
    return RULES[int(found.lastgroup.removeprefix("rule"))][0]
