"""What a page prints around its article: for templates whose selectors find nothing.

Publishers rename their containers every few years; what they print hardly changes. The time stands
within a few lines of the headline, above it (Republika 2016) or below it (all others), and whoever
made the article stands behind a label that says what they did, or in a line of the form "Laporan
Wartawan <site>, <name>". Here those are found by what they say, in the page's visible lines.

Not taken: a time further away (it belongs to another article of a list), a line that says
"diperbarui" (not the publication), and anything below the heading of a list of other articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spiders.text import fold

ABOVE, BELOW = 6, 14
"""Lines over and under the headline in which its time is looked for. On saved pages of ten
templates it stands 4 lines above to 7 below."""

LONGEST_LABEL = 160
"""Characters of a line that names people; a longer one is a paragraph."""
LONGEST_TIME = 100

_DAY_NAME = (
    r"(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
)
_MONTH = (
    r"(?:jan|[fp]eb|mar|apr|me?i|may|jun|jul|ag[ust]|aug|sept?|o[kc]t|nov|nop|de[sc])[a-z]{0,6}"
)
_DAY = rf"(?:{_DAY_NAME}\s*[,|]?\s*)?\d{{1,2}}[\s/-]+(?:{_MONTH}\.?|\d{{1,2}})[\s/,-]+\d{{4}}"
_CLOCK = r"\d{1,2}\s?[.:]\s?\d{2}(?:[.:]\d{2})?(?:\s*\(?(?:wib|wita|wit)\b)?"

# Most certain first: a day with a clock time, then a day alone.
_TIMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (rf"(?<!\d){_DAY}[\s,|/·•–-]{{0,5}}(?:pukul|jam)?\s*{_CLOCK}", rf"(?<!\d){_DAY}")
)
_NOT_PUBLICATION = re.compile(r"di?perbar[ui]|pembaruan|update|modified|dimutakhirkan", re.I)

_LABEL = re.compile(
    r"^(?:(?:rep|reporter|red|redaktur|penulis|pewarta|editor|kontributor|penyunting|penerjemah"
    r"|fotografer|oleh)\s*:\s*\S"
    r"|laporan\s+(?:wartawan|reporter|jurnalis|kontributor|koresponden)\b.{3,}"
    r"|rep\s*:)",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"^sumber\s*:\s*\S", re.IGNORECASE)
_LABELS_ALONE = re.compile(
    r"^(?:rep|reporter|red|redaktur|penulis|pewarta|editor|kontributor|penyunting)\s*:$", re.I
)
_OTHER_ARTICLES = re.compile(
    r"^(?:(?:berita|artikel|tulisan|topik|kabar)\s+(?:terkait|lainnya|populer|terpopuler|terkini"
    r"|terbaru)|terpopuler|terkini|populer|rekomendasi(?: untuk anda)?|baca lainnya|trending"
    r"|komentar)\s*:?$",
    re.IGNORECASE,
)


def time_of(lines: Sequence[str], headline: str) -> str | None:
    """The time printed nearest to the headline; one with a clock wins over a day alone."""
    near = [line for at in _places(lines, headline) for line in _around(lines, at)]
    for pattern in _TIMES:
        for line in near:
            found = pattern.search(line)
            if found and len(line) <= LONGEST_TIME and not _NOT_PUBLICATION.search(line):
                return found[0]
    return None


def byline_of(lines: Sequence[str], headline: str) -> tuple[str, ...]:
    """Lines that name people by what they did, from the headline to the end of its article."""
    return tuple(dict.fromkeys(line for line in _labelled(lines, headline) if _LABEL.match(line)))


def source_of(lines: Sequence[str], headline: str) -> str | None:
    """The line that names where the text comes from."""
    return next((line for line in _labelled(lines, headline) if _SOURCE.match(line)), None)


def _labelled(lines: Sequence[str], headline: str) -> Iterator[str]:
    """Short lines of the article, a label that stands alone joined with what follows it."""
    waiting = ""
    for line in _article(lines, headline):
        if _LABELS_ALONE.match(line):
            waiting = line
        elif len(line) <= LONGEST_LABEL:
            yield fold(f"{waiting} {line}")
            waiting = ""


def _article(lines: Sequence[str], headline: str) -> Iterator[str]:
    start = next(_places(lines, headline), None)
    if start is None:
        return
    yield from lines[max(0, start - ABOVE) : start]
    for line in lines[start + 1 :]:
        if _OTHER_ARTICLES.match(line):
            return
        yield line


def _places(lines: Sequence[str], headline: str) -> Iterator[int]:
    """Where the headline is printed."""
    wanted = fold(headline).casefold()
    return (at for at, line in enumerate(lines) if line.casefold() == wanted)


def _around(lines: Sequence[str], at: int) -> Iterator[str]:
    """The lines around one, nearest first, those below before those above."""
    for distance in range(1, max(ABOVE, BELOW) + 1):
        if distance <= BELOW and at + distance < len(lines):
            yield lines[at + distance]
        if distance <= ABOVE and at - distance >= 0:
            yield lines[at - distance]
