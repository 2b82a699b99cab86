"""The dateline that opens an article: ``REPUBLIKA.CO.ID, JAKARTA --`` gives mark and place.

Forms, most certain first (all printed by the three publishers between 2013 and 2026):

1. brand with a domain, place or not: ``REPUBLIKA.CO.ID,JAKARTA -``, ``TRIBUNNEWS.COM -``; the dash
   or the comma may be missing where the place is in capitals, the brand may stand there twice, and
   a date in brackets may follow;
2. place, then brand: ``BALIKPAPAN, tribunkaltim.co.id -``, ``SAMARINDA, TRIBUN -``;
3. place, then an office of the ministry: ``Jakarta, Ditjen Diksi -``;
4. place and day, as press releases have it: ``Samarkand, Uzbekistan, 4 November 2025 —``;
5. place and agency: ``Jakarta (ANTARA) -``;
6. a rubric: ``TRIBUNNERS -``;
7. a known place beside another name in capitals: ``KABAR PELAJAR, SAMARINDA -``;
8. a known place in capitals alone: ``BALIKPAPAN -``.

Not taken: ``Jakarta - Bandung kini …`` (a name in mixed case alone may be the sentence), capitals
that the gazetteer does not know (``PEMBANGUNAN SPBU - …`` is a caption, ``PPDB - …`` a subject),
and without a brand a hyphen inside a word (``COVID-19 …``) or a dash that no new sentence follows.
Unsure means: it is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from aggregator.model import Dateline
from pipelines.agencies import AGENCIES
from pipelines.days import MONTHS
from pipelines.places import Place, find_place

# How names of the ministry's offices begin, in datelines of 2015 to 2026.
OFFICES = (
    "Kemendikbudristek", "Kemendikbud", "Kemdikbud", "Kemendikdasmen", "Kemdikdasmen",
    "Kemdiktisaintek", "Kemendiktisaintek", "Kemristekdikti", "Kementerian", "Ditjen",
    "Direktorat", "Dit.", "Setjen", "Sekretariat", "Itjen", "Inspektorat", "Badan", "Balitbang",
    "BSKAP", "BSNP", "BPMP", "BBPMP", "BGTK", "BBGTK", "BBPPMPV", "BPPMPV", "Balai", "Pusat",
    "Puslapdik", "Pusmendik", "Puspresnas", "Pusdatin", "Puskurbuk", "LPMP", "LLDIKTI", "PAUD",
    "Humas", "BKHM", "GTK", "SMK", "Vokasi",
)  # fmt: skip

# Papers of the publishers without a domain, and rubrics that stand where a paper's name would.
PAPERS = ("TRIBUN", "Tribun", "REPUBLIKA", "Republika")
RUBRICS = ("TRIBUNNERS", "OPINI", "RESONANSI", "TAJUK")

_DASH = r"(?:\s*[-‐‑‒–—―]){1,3}\s*"
_OPENS = r"(?=[A-Z“\"‘'0-9])"
# Where no brand vouches for the dateline.
_CLEAR_DASH = rf"(?![-‐‑]\w){_DASH}{_OPENS}"
_DATE = r"(?:\s*\(\d[\d/. -]{3,12}\))?"
_BRAND = r"[A-Za-z][\w-]*(?:\.[A-Za-z]{2,})*\.(?:com|co\.id|co|id|net|tv|news)"
_BRAND_IN_CAPITALS = r"[A-Z][A-Z0-9-]*(?:\.[A-Z]{2,})*\.(?:COM|CO\.ID|CO|ID|NET|TV|NEWS)"
_CAPITALS = r"[A-Z][A-Z.'’/()]*(?: [A-Z0-9][A-Z0-9.'’/()]*){0,4}"
_NAME = r"[A-Z][\w.'’/()]*(?: [A-Z0-9][\w.'’/()]*){0,4}"
_OFFICE = rf"(?:{'|'.join(map(re.escape, OFFICES))})[\w.]*(?: [\w.&]+){{0,5}}?"
_PAPER = rf"(?:{'|'.join(PAPERS)})(?: ?[A-Z][\w-]*){{0,2}}"
_RUBRIC = "|".join(RUBRICS)
_AGENCY = "|".join(sorted(map(re.escape, AGENCIES), key=len, reverse=True))
_MONTH = "|".join(name for names in MONTHS.values() for name in names)
_DAY = rf"\d{{1,2}} (?:{_MONTH}) \d{{4}}"


@dataclass(frozen=True)
class _Form:
    pattern: re.Pattern[str]
    is_vouched: bool = False
    """A publisher's or office's name stands in it: it is a dateline wherever it opens a line."""
    known_place: bool = False
    """Believed only where the gazetteer knows the place."""


def _form(pattern: str, **beliefs: bool) -> _Form:
    return _Form(re.compile(pattern), **beliefs)


_FORMS = (
    _form(
        rf"(?:(?i:{_BRAND})\s*,\s*)?"
        rf"(?P<mark>(?i:{_BRAND}))\s*,\s*(?P<place>{_NAME}(?:, {_NAME})?){_DATE}{_DASH}",
        is_vouched=True,
    ),
    _form(rf"(?P<mark>(?i:{_BRAND}))\s+(?P<place>{_CAPITALS}){_DATE}{_DASH}", is_vouched=True),
    _form(rf"(?P<mark>(?i:{_BRAND})){_DATE}{_DASH}", is_vouched=True),
    _form(
        rf"(?P<mark>(?i:{_BRAND}))\s*,\s*(?P<place>{_CAPITALS}){_DATE}\s+(?=[A-Z“\"‘'][a-z])",
        is_vouched=True,
    ),
    _form(rf"(?P<mark>{_BRAND_IN_CAPITALS})\s*,\s*(?=[A-Z“\"‘'][a-z])", is_vouched=True),
    _form(rf"(?P<place>{_NAME})\s*,\s*(?P<mark>(?i:{_BRAND})){_DASH}", is_vouched=True),
    _form(rf"(?P<place>{_NAME})\s*,\s*(?P<mark>{_PAPER}){_CLEAR_DASH}", is_vouched=True),
    _form(
        rf"(?P<place>{_NAME})\s*,\s*(?P<mark>{_OFFICE})(?:,\s*(?P<day>(?i:{_DAY})))?{_CLEAR_DASH}",
        is_vouched=True,
    ),
    _form(
        rf"(?P<place>{_NAME}(?:, {_NAME}){{0,2}})\s*,\s*(?P<day>(?i:{_DAY})){_CLEAR_DASH}",
        is_vouched=True,
    ),
    _form(rf"(?P<place>{_NAME})\s*\((?P<mark>(?i:{_AGENCY}))\){_CLEAR_DASH}", is_vouched=True),
    _form(rf"(?P<mark>{_RUBRIC}){_CLEAR_DASH}", is_vouched=True),
    _form(rf"(?P<place>{_CAPITALS})\s*,\s*(?P<mark>{_CAPITALS}){_CLEAR_DASH}", known_place=True),
    _form(rf"(?P<mark>{_CAPITALS})\s*,\s*(?P<place>{_CAPITALS}){_CLEAR_DASH}", known_place=True),
    _form(rf"(?P<place>{_CAPITALS}){_CLEAR_DASH}", known_place=True),
)


Gazetteer = Callable[[str], Place | None]


def split_dateline(
    text: str, *, vouched: bool = False, place: Gazetteer = find_place
) -> tuple[Dateline | None, str]:
    """The dateline at the start of ``text`` (white space folded), and the text after it.

    ``vouched``: only with a publisher's or office's name in it, which may stand below other lines.
    """
    for form in _FORMS:
        if vouched and not form.is_vouched:
            continue
        found = form.pattern.match(text)
        if found is None or found.end() == len(text):
            continue
        parts = found.groupdict()
        if form.known_place and place(found["place"]) is None:
            continue
        line = Dateline(mark=parts.get("mark"), place=parts.get("place"), raw=found[0].strip())
        return line, text[found.end() :]
    return None, text
