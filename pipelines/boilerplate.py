"""What stands among an article's paragraphs and is not its text: rules as a table.

A rule looks at one block. What it finds is discarded, or taken out and kept as evidence of who made
the text and where it stood first. Rules match whole blocks, so a sentence that mentions "baca juga"
is never lost. Sources: pages of 2015 to 2026, 375 texts of Republika (2025), 628 of Tribun
(2022-23).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from aggregator.model import Evidence
from pipelines.body import Block, cut_end, cut_start
from pipelines.dates import find_day


class What(StrEnum):
    DISCARD = "discard"
    TEASER = "teaser"
    """Discard, with the list of headlines that follows."""
    SOURCE = "source"
    BYLINE = "byline"
    FIRST_PUBLISHED = "first_published"
    ORIGINAL_URL = "original_url"


# A line of this length may be a label with a value; a longer one is a paragraph.
LABEL_LENGTH = 160

# A publisher's own channel, by the names that they give it; "saluran" alone may be a drain.
_CHANNEL = (
    r"(?:google news|(?:whatsapp|wa|telegram|youtube) (?:channel|grup|group)"
    r"|(?:channel|saluran|kanal|grup|group) (?:whatsapp|wa|telegram|youtube|republika|tribun)\w*)"
)
# Somebody is quoted, so it is a sentence of the article.
_SPEECH = r"\b(?:kata|ujar|tutur|ucap|jelas|ungkap|imbuh|terang)(?:nya)?\b"
_BRAND = r"(?:(?-i:[A-Z])[^,]{0,60}|[\w.-]+\.co[\w.]*)"

RULES: tuple[tuple[What, str], ...] = (
    # --- pointers to other articles (81 % of Republika's texts, 84 % of Tribun's)
    (What.TEASER, r"(?:baca|simak|lihat|tonton|dengar)(?: juga| selengkapnya| pula)?\s*:.*"),
    (What.TEASER, r"baca juga(?: berita)?(?: lain(?:nya)?| terkait)?"),
    (What.TEASER, r"(?:berita|artikel|tulisan|topik)\s+"
                  r"(?:terkait|lainnya|populer|terpopuler)\s*:?"),
    (What.TEASER, r"(?:rekomendasi untuk anda|terpopuler|terkini)"),
    # --- the publishers' own channels (99 %)
    (What.DISCARD, rf"(?!.*{_SPEECH})(?:ikuti|dapatkan|gabung|yuk|ayo|simak|baca|follow)\b"
                   rf".{{0,120}}\b{_CHANNEL}\b.{{0,80}}"),
    (What.DISCARD, r"(?:update|cek) (?:berita|artikel).{0,80}google news.{0,40}"),
    # --- advertising and scripts
    (What.DISCARD, r"(?:advertisement|advertorial|iklan|sponsored)"),
    (What.DISCARD, r"tidak ada kode iklan yang tersedia\.?"),
    (What.DISCARD, r"scroll (?:to continue|untuk).{0,60}"),
    (What.DISCARD, r"loading\W*"),
    (What.DISCARD, r"komik si calus"),
    # --- paging, sharing, comments
    (What.DISCARD, r"(?:halaman (?:selanjutnya|berikutnya|sebelumnya)|selanjutnya|next|prev)\W*"),
    (What.DISCARD, r"halaman\s+\d+\s*(?:/|dari)\s*\d+"),
    (What.DISCARD, r"(?:bagikan|share|tags?|komentar|lihat komentar|print|cetak)\s*:?"),
    (What.DISCARD, r"(?:(?:copyright|hak cipta)\s*(?:©|\(c\)|\d{4}|:|milik|by)|©).{0,100}"),
    (What.DISCARD, r"\(?\s*\*{1,3}\s*\)?"),
    (What.TEASER, r"ringkasan berita\s*:?"),
    # --- where it stood first
    (What.FIRST_PUBLISHED, r"artikel ini (?:telah|sudah|pernah) (?:tayang|terbit|dimuat|"
                           r"dipublikasikan|ditayangkan)(?: sebelumnya| pertama kali)? "
                           r"(?:di|pada)\b.+"),
    # Bracketed or called a source; any other address on a line may be a form or a video.
    (What.ORIGINAL_URL, r"\(\s*https?://\S+\s*\)"),
    (What.ORIGINAL_URL, r"\(?\s*sumber(?: berita)?\s*:?\s*https?://\S+\s*\)?"),
    # --- people and sources on lines of their own
    (What.BYLINE, r"laporan (?:wartawan|reporter|jurnalis|kontributor|koresponden)\s+"
                  rf"{_BRAND},\s*(?-i:[A-Z]).{{1,60}}"),
    (What.BYLINE, r"(?:penulis|editor|reporter|pewarta|redaktur|kontributor|penyunting|penerjemah)"
                  r"\s*:.{2,80}"),
    (What.BYLINE, r"rep\s*:.{0,60}red\s*:.{2,60}"),
    (What.SOURCE, r"sumber(?: berita)?\s*:.{0,150}"),
)  # fmt: skip

_RULES = tuple((what, re.compile(pattern, re.IGNORECASE)) for what, pattern in RULES)
# Nearly every block is text, and one question tells.
_ANY_RULE = re.compile("|".join(f"(?:{pattern})" for _, pattern in RULES), re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>()\"”]+")

# "Laporan Wartawan Tribunnews.com, Igman IbrahimTRIBUNNEWS.COM, JAKARTA - …": two paragraphs that
# were glued before they reached us.
_GLUED_REPORT = re.compile(
    r"^(?P<report>laporan (?:wartawan|reporter|jurnalis|kontributor)\b[^,]{0,60},\s*"
    r"(?-i:[\w.'’ -]{2,50}?))\s*(?=(?-i:[A-Z][A-Z-]{3,}\.(?:COM|CO|ID)\b))",
    re.IGNORECASE,
)

# The ministry's closing block begins with place and date, or with the bureau's name.
_PLACE_AND_DATE = re.compile(
    r"^(?P<place>[A-Z][\w. ]{2,30}),\s*(?P<day>\d{1,2}\s+[A-Za-z]{3,9}\s+\d{4})\.?$"
)
_BUREAU = re.compile(
    r"^(?:Biro|Pusat|Bagian)\b.{0,60}\b(?:Hubungan Masyarakat|Humas|Komunikasi)\b.{0,80}$"
)
_CLOSING_LABEL = re.compile(
    r"^(?:laman|situs|website|twitter|x|instagram|facebook|youtube|tiktok|surel|e-?mail|telepon|"
    r"pertanyaan dan pengaduan|call center|sekretariat jenderal|kementerian [\w ,]{5,80}|#\w+.*)"
    r"(?:\s*:.*)?$",
    re.IGNORECASE,
)
_RELEASE_NUMBER = re.compile(r"\bnomor\s*:?\s*(?P<number>\d+[\w./-]*/\d{4})", re.IGNORECASE)

# A closing parenthesis after a finished sentence names the desk or the writer.
_DESK_CODE = re.compile(r"(?<=[.!?”\"’'…])\s*(?P<code>\((?P<inside>[^()]{1,60})\))\s*\.?$")
_DESK_INSIDE = re.compile(
    r"(?:(?=.*[^\W\d]|.*\*)[\w*.-]+(?:\s?/\s?[\w*. -]+)+"  # RA/AP/AS, but not 28/7
    r"|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){0,4}"  # a name
    r"|[A-Z]{2,4}|[a-z]{2,4}|\*+)"  # initials
)


@dataclass
class Cleaned:
    """Blocks that are text, and what the others said."""

    blocks: list[Block] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    byline: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    original_url: str | None = None

    def note(self, kind: str, text: str) -> None:
        found = Evidence(kind=kind, text=text)
        if found not in self.evidence:
            self.evidence.append(found)


def clean(blocks: Sequence[Block], found: Cleaned | None = None) -> Cleaned:
    """Take out what is not text, adding to what was ``found`` before.

    Until nothing is left to take: what one look takes away may uncover more.
    """
    found = found or Cleaned()
    left: Sequence[Block] = []
    while left != blocks:
        left = blocks
        _look(found, left)
        blocks = found.blocks
    return found


def _look(found: Cleaned, blocks: Sequence[Block]) -> None:
    found.blocks = []
    body, closing = _split_closing([*_unglued(blocks)])
    teasing = False
    for block in body:
        what = _what(block)
        if what is None and teasing and _is_pointer(block):
            continue
        teasing = what is What.TEASER
        if what is None:
            found.blocks.append(block)
        else:
            _take(found, what, block.text)
    for block in closing:
        _take_closing(found, block.text)
    _take_desk_code(found)


def _what(block: Block) -> What | None:
    text = block.text
    return _ruled(text) if len(text) <= 2 * LABEL_LENGTH else None


def _ruled(text: str) -> What | None:
    """What the first rule that fits says of a text."""
    if not _ANY_RULE.fullmatch(text):
        return None
    return next(what for what, pattern in _RULES if pattern.fullmatch(text))


def _is_pointer(block: Block) -> bool:
    """Whether a block after "Baca juga" is one of its headlines."""
    return block.kind in ("ul", "ol") or block.is_link


def _take(found: Cleaned, what: What, text: str) -> None:
    if what in (What.DISCARD, What.TEASER):
        return
    found.note(what.value, text)
    address = _URL.search(text)
    if address is not None and what in (What.FIRST_PUBLISHED, What.ORIGINAL_URL):
        found.original_url = found.original_url or address[0].rstrip(".,;")
    if what is What.BYLINE:
        found.byline.append(text)
    if what is What.SOURCE:
        found.sources.append(text)


def _unglued(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        glued = _GLUED_REPORT.match(block.text)
        if glued is None:
            yield block
        else:
            yield cut_end(block, len(block.text) - len(glued["report"]))
            yield cut_start(block, glued.end())


# --- the ministry's closing block ---------------------------------------------------------------


def _split_closing(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """Text and closing block. The closing block needs a beginning, a label and no text below it."""
    start, labelled = len(blocks), False
    for position in range(len(blocks) - 1, 0, -1):
        text = blocks[position].text
        if _is_closing_label(text):
            labelled = True
        elif len(text) > LABEL_LENGTH:
            break
        if labelled and (_PLACE_AND_DATE.match(text) or _BUREAU.match(text)):
            start = position
    return blocks[:start], blocks[start:]


def _is_closing_label(text: str) -> bool:
    return bool(_CLOSING_LABEL.match(text) or _BUREAU.match(text))


def _take_closing(found: Cleaned, text: str) -> None:
    dated = _PLACE_AND_DATE.match(text)
    day = find_day(dated["day"]) if dated is not None else None
    if day is not None:
        found.note("stated_date", day.isoformat())
    number = _RELEASE_NUMBER.search(text)
    if number is not None:
        found.note("press_release_number", number["number"])
    what = _ruled(text)
    if what is not None:
        _take(found, what, text)


# --- desk codes -----------------------------------------------------------------------------------


def _take_desk_code(found: Cleaned) -> None:
    """``… aplikasi Takola. (Diksi/RA/AP/AS)`` at the very end, or on a line of its own."""
    while found.blocks:
        last = found.blocks[-1]
        alone = re.fullmatch(r"(?P<code>\((?P<inside>[^()]{1,60})\))\.?", last.text)
        code = alone or _DESK_CODE.search(last.text)
        if code is None or not _DESK_INSIDE.fullmatch(code["inside"].strip()):
            return
        if code["inside"].strip(" *"):  # "(*)" names nobody
            found.note("desk_code", code["code"])
        shorter = cut_end(last, len(last.text) - code.start())
        found.blocks[-1:] = [shorter] if shorter.runs else []
