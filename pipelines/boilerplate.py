"""What stands among an article's paragraphs and is not its text.

What is found is discarded, or taken out and kept as evidence of who made the text and where it
stood first. Single lines are told by the table in ``pipelines.lines``; what needs more than one
line to be told is here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from aggregator.model import Evidence
from pipelines.days import find_day
from pipelines.lines import LABEL_LENGTH, What, what_is
from pipelines.paragraphs import Block, cut_end, cut_start

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
_DESK_CODE = re.compile(r"(?<=[.!?”\"’'…])\s*(?P<code>\((?P<inside>[^()]{1,80})\))\s*\.?$")
_DESK_INSIDE = re.compile(
    # RA/AP/AS, but not 28/7
    r"(?:(?=.*[^\W\d]|.*\*)[\w*.-]+(?: [A-Z][\w.'’-]*)*(?:\s?/\s?[\w*. ,&'’-]+)+"
    r"|[A-Z][\w.'’-]+(?:,? [A-Z][\w.'’-]*){0,5}"  # a name
    r"|[A-Z]{2,4}|[a-z]{2,4}|\*+)"  # initials
)
_ENDS_A_SENTENCE = re.compile(r"[.!?”\"’'…]\s*\([^()]*\)\.?$")


WhatIs = Callable[[str], What | None]


@dataclass
class Cleaned:
    """Blocks that are text, and what the others said."""

    blocks: list[Block] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    byline: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    original_url: str | None = None
    what_is: WhatIs = what_is

    def note(self, kind: str, text: str) -> None:
        found = Evidence(kind=kind, text=text)
        if found not in self.evidence:
            self.evidence.append(found)


def clean(
    blocks: Sequence[Block], found: Cleaned | None = None, *, told_by: WhatIs = what_is
) -> Cleaned:
    """Take out what is not text, adding to what was ``found`` before. ``told_by`` knows lines.

    Until nothing is left to take: what one look takes away may uncover more.
    """
    found = found or Cleaned(what_is=told_by)
    left: Sequence[Block] = []
    while left != blocks:
        left = blocks
        _look(found, left)
        blocks = found.blocks
    return found


def _look(found: Cleaned, blocks: Sequence[Block]) -> None:
    body, closing = _split_closing([*_unglued(blocks)])
    kept: list[tuple[Block, What | None]] = []
    teasing = False
    for block in body:
        what = found.what_is(block.text)
        if what is None and teasing and _is_pointer(block):
            continue
        teasing = what is What.TEASER
        if what in (None, What.CAPTION):
            kept.append((block, what))
        else:
            _take(found, what, block.text)
    found.blocks = [*_without_captions(kept)]
    for block in closing:
        _take_closing(found, block.text)
    _take_desk_code(found)


def _without_captions(kept: Sequence[tuple[Block, What | None]]) -> Iterator[Block]:
    """A name in brackets after the last sentence of a text is its writer's."""
    for position, (block, what) in enumerate(kept, start=1):
        closes_the_text = position == len(kept) and _ENDS_A_SENTENCE.search(block.text)
        if what is None or closes_the_text:
            yield block


def _is_pointer(block: Block) -> bool:
    """Whether a block after "Baca juga" is one of its headlines."""
    return block.kind in ("ul", "ol") or block.is_link


def _take(found: Cleaned, what: What | None, text: str) -> None:
    if what in (None, What.DISCARD, What.TEASER, What.CAPTION):
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
    stated = find_day(dated["day"]) if dated is not None else None
    if stated is not None:
        found.note("stated_date", stated.day.isoformat())
    number = _RELEASE_NUMBER.search(text)
    if number is not None:
        found.note("press_release_number", number["number"])
    _take(found, found.what_is(text), text)


# --- desk codes -----------------------------------------------------------------------------------


def _take_desk_code(found: Cleaned) -> None:
    """``… aplikasi Takola. (Diksi/RA/AP/AS)`` at the very end, or on a line of its own."""
    while found.blocks:
        last = found.blocks[-1]
        alone = re.fullmatch(r"(?P<code>\((?P<inside>[^()]{1,80})\))\.?", last.text)
        code = alone or _DESK_CODE.search(last.text)
        if code is None:
            return
        inside = code["inside"].strip()
        if found.what_is(inside) in (What.BYLINE, What.SOURCE, What.LABEL):
            _take(found, found.what_is(inside), inside)
        elif not _DESK_INSIDE.fullmatch(inside):
            return
        elif inside.strip(" *"):  # "(*)" names nobody
            found.note("desk_code", code["code"])
        shorter = cut_end(last, len(last.text) - code.start())
        found.blocks[-1:] = [shorter] if shorter.runs else []
