"""Pages that say, with a status of success, that there is no article: rules as tables.

Systems answer for what was deleted with their own "not found" page, and editors put a notice where
an article was. Read as articles they would be stored as such, or as a correction of the one that
was there.

Sources of the wording: templates of some thirty Indonesian news and school sites in public code
("Artikel Tidak Ditemukan. Mungkin artikel ini telah dihapus, ditarik oleh redaksi, atau …"), and
the words of Pedoman Media Siber 5 (pencabutan berita).

Known look-alikes: a headline that begins with a number ("404 Siswa SMK Lulus"), an article about a
withdrawn article. So a heading must say nothing else, and a notice must be all that there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from spiders.page import Page
from spiders.parser import ArticleParser
from spiders.text import fold, plain

NOT_FOUND_PAGE = "not-found page"
NOTICE = "says that it was withdrawn"

_THING = r"(?:halaman|laman|artikel|berita|konten|tulisan|kabar|posting(?:an)?|naskah)"
_SOUGHT = (
    r"(?: ini| tersebut| itu| dimaksud)?(?: yang (?:anda|kamu|kami) (?:cari|tuju|minta|maksud))?"
)

# A whole heading or title, without the brand.
HEADINGS = (
    r"(?:error|galat|kesalahan)? ?404(?: not found| error| halaman tidak ditemukan)?",
    r"(?:error|galat)? ?404 ?[-–—|:!.] ?.{0,60}",
    rf"(?:(?:maaf|ups|oops|opps|waduh)[,!. ]*)?{_THING}{_SOUGHT} (?:sudah )?(?:tidak|tak|belum) "
    r"(?:dapat |bisa )?(?:ditemukan|tersedia|ada)(?: ?[(-–]? ?404\)?)?",
    r"(?:sorry[,!. ]*|oops[,!. ]*)?(?:the )?(?:page|article|content|post)?(?: you requested)? ?"
    r"(?:(?:was |could )?not (?:be )?found|does(?: not|n't) exist|not available)",
    rf"{_THING}{_SOUGHT} (?:telah|sudah) (?:dihapus|dipindahkan)(?: atau \w+)?",
)

# A sentence on a page that holds no article.
SENTENCES = (
    rf"\b{_THING}\b.{{0,40}}\b(?:tidak|tak) (?:dapat |bisa )?(?:ditemukan|tersedia)\b",
    r"\bmungkin\b.{0,60}\b(?:dihapus|dipindahkan|ditarik)\b",
    r"\b(?:page|article|content)\b.{0,40}\b(?:not (?:be )?found|does(?: not|n't) exist)\b",
)

# The publisher's own word that it took the article away.
NOTICES = (
    rf"\b{_THING}{_SOUGHT}(?:,? .{{0,60}},)? (?:telah|sudah|resmi) (?:kami |redaksi )?"
    r"(?:dicabut|cabut|dihapus|hapus|ditarik|tarik|diturunkan|turunkan|di-?takedown)\b",
    rf"\b(?:redaksi|kami)(?: \w+){{0,3}} (?:mencabut|menarik|menghapus|menurunkan) {_THING}\b",
    r"\b(?:article|story|page|content)\b.{0,30} (?:has been|was) (?:removed|withdrawn|retracted)\b",
)
_MAYBE = re.compile(r"\b(?:mungkin|kemungkinan|barangkali|may have)\b", re.IGNORECASE)

LONGEST_NOTICE = 700
"""Characters of a body that is nothing but a notice. The shortest real article at hand has 530, and
is looked at sentence by sentence like any other text of this length."""

_HEADINGS = tuple(re.compile(rule, re.IGNORECASE) for rule in HEADINGS)
_SENTENCES = tuple(re.compile(rule, re.IGNORECASE) for rule in SENTENCES)
_NOTICES = tuple(re.compile(rule, re.IGNORECASE) for rule in NOTICES)


def missing_reason(page: Page, parser: ArticleParser) -> str | None:
    """Why a page is the system's answer for an article that is not there, by what it is headed."""
    titles = (parser.without_brand(page.title or ""), *page.texts("h1"), *page.texts("h2")[:1])
    return NOT_FOUND_PAGE if any(map(_is_heading, titles)) else None


def emptiness_reason(page: Page) -> str | None:
    """What a page says that holds no text of an article; ``None``: nothing about it."""
    lines = page.lines("body")
    if any(map(is_notice, lines)):
        return NOTICE
    said = any(rule.search(line) for line in lines for rule in _SENTENCES)
    return NOT_FOUND_PAGE if said else None


def notice_in(body_html: str) -> str | None:
    """Why a carved body is only a notice that the article was withdrawn."""
    if len(body_html) > 4 * LONGEST_NOTICE:
        return None
    text = plain(body_html)
    return NOTICE if len(text) <= LONGEST_NOTICE and is_notice(text) else None


def is_notice(text: str) -> bool:
    return any(rule.search(text) for rule in _NOTICES) and not _MAYBE.search(text)


def _is_heading(title: str) -> bool:
    said = fold(title).strip(" .!?…-–—|")
    return bool(said) and _any_full(said, _HEADINGS)


def _any_full(text: str, rules: Iterable[re.Pattern[str]]) -> bool:
    return any(rule.fullmatch(text) for rule in rules)
