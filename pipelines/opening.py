"""What stands above an article's first sentence: its headline again, a press release's letterhead,
a kicker, the caption of its picture, and the dateline.

A dateline with a publisher's or office's name in it opens the text wherever it stands among the
first blocks: what is above it is none of the text. Observed on Tribun's regional sites, whose pages
put captions there, and on press releases of the ministry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from aggregator.model import Dateline, Evidence
from pipelines.dateline import Gazetteer, split_dateline
from pipelines.days import find_day
from pipelines.paragraphs import Block, cut_start
from pipelines.places import find_place

OPENING_BLOCKS = 6
"""Among so many a dateline may open the text. The most seen above one are four."""

LONG_HEADLINE = 15
"""Letters from which a line that begins with the headline is the headline and not a sentence."""

_RELEASE_NUMBER = re.compile(
    r"no(?:mor)?\s*[.:]*\s*(?P<number>\d+[\w./-]*/\d{4})\W*", re.IGNORECASE
)
_LETTERHEAD = re.compile(
    r"(?:siaran pers|press release|kementerian pendidikan[\w ,]{0,80}|republik indonesia)\W*",
    re.IGNORECASE,
)
# What may follow the headline on its line: a date, a counter, the name of a picture's file.
_AFTER_HEADLINE = re.compile(r"[-–|(,:\s]*(?:.{0,60}\d.{0,60})?")
_NO_WORD = re.compile(r"\W+")
_WORD = re.compile(r"\w+")


@dataclass
class Opened:
    """An article's blocks from its first sentence on, and what stood above them."""

    blocks: list[Block]
    dateline: Dateline | None
    evidence: list[Evidence] = field(default_factory=list)


def open_text(
    blocks: Sequence[Block],
    headline: str,
    dateline: Dateline | None,
    place: Gazetteer = find_place,
) -> Opened:
    """Find where the text begins. A ``dateline`` that is known already is not looked for again."""
    opened = Opened(_below_title(blocks, headline), dateline)
    _take_letterhead(opened, headline)
    if opened.dateline is None:
        _take_dateline(opened, place)
    return opened


def _below_title(blocks: Sequence[Block], headline: str) -> list[Block]:
    left = list(blocks)
    while len(left) > 1 and _repeats(left[0].text, headline):
        del left[0]
    return left


def _repeats(line: str, headline: str) -> bool:
    if _first_word(line) == _first_word(headline) and _key(line) == _key(headline):
        return True
    is_longer = len(headline) >= LONG_HEADLINE and line.casefold().startswith(headline.casefold())
    return is_longer and bool(_AFTER_HEADLINE.fullmatch(line[len(headline) :]))


def _first_word(line: str) -> str:
    """Tells most paragraphs from a headline without reading them to the end."""
    found = _WORD.search(line)
    return found[0].casefold() if found else ""


def _key(text: str) -> str:
    return _NO_WORD.sub(" ", text).strip().casefold()


def _take_letterhead(opened: Opened, headline: str) -> None:
    """``Siaran Pers``, the ministry's name, ``Nomor: 737/sipers/A6/XI/2025``, the headline."""
    for position, block in enumerate(opened.blocks[:-1]):
        number = _RELEASE_NUMBER.fullmatch(block.text)
        if number is not None:
            found = Evidence(kind="press_release_number", text=number["number"])
            opened.evidence.append(found)
        elif not _LETTERHEAD.fullmatch(block.text):
            opened.blocks = _below_title(opened.blocks[position:], headline)
            return
    opened.blocks = opened.blocks[-1:]


def _take_dateline(opened: Opened, place: Gazetteer) -> None:
    for position, block in enumerate(opened.blocks[:OPENING_BLOCKS]):
        line, rest = split_dateline(block.text, vouched=position > 0, place=place)
        if line is None:
            continue
        opened.dateline = line
        cut = cut_start(block, len(block.text) - len(rest))
        opened.blocks = [cut, *opened.blocks[position + 1 :]]
        dated = find_day(line.raw)
        if dated is not None:
            opened.evidence.append(Evidence(kind="stated_date", text=dated.day.isoformat()))
        return
