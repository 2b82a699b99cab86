"""The dateline that opens an article: ``REPUBLIKA.CO.ID, JAKARTA --`` gives mark and place.

Forms, most certain first (all printed by the three publishers between 2013 and 2026):

1. brand with a domain, place or not: ``REPUBLIKA.CO.ID,JAKARTA -``, ``TRIBUNNEWS.COM -``; the dash
   or the comma may be missing where the place is in capitals, the brand may stand there twice, and
   a date in brackets may follow;
2. place, then brand with a domain: ``BALIKPAPAN, tribunkaltim.co.id -``;
3. place, then an office of the ministry: ``Jakarta, Ditjen Diksi -``;
4. two names in capitals: ``KABAR PELAJAR, SAMARINDA -``;
5. a place in capitals alone: ``BALIKPAPAN -``.

Not taken: ``Jakarta - Bandung kini …`` (a name in mixed case alone may be the sentence), capitals
without two vowels (``PPDB - …`` is a subject, not a place), and without a brand a hyphen inside a
word (``COVID-19 …``) or a dash that no new sentence follows. Unsure means: it is text.
"""

from __future__ import annotations

import re

from aggregator.model import Dateline

# How names of the ministry's offices begin, in datelines of 2015 to 2026.
OFFICES = (
    "Kemendikbudristek", "Kemendikbud", "Kemdikbud", "Kemendikdasmen", "Kemdiktisaintek",
    "Kemendiktisaintek", "Kemristekdikti", "Ditjen", "Direktorat", "Dit.", "Setjen", "Sekretariat",
    "Itjen", "Inspektorat", "Badan", "Balitbang", "BSKAP", "BSNP", "BPMP", "BBPMP", "BGTK", "BBGTK",
    "BBPPMPV", "BPPMPV", "Balai", "Pusat", "Puslapdik", "Pusmendik", "Puspresnas", "Pusdatin",
    "Puskurbuk", "LPMP", "LLDIKTI", "PAUD", "Humas", "BKHM", "GTK", "SMK",
)  # fmt: skip

_DASH = r"(?:\s*[-‐‑‒–—―]){1,3}\s*"
_OPENS = r"(?=[A-Z“\"‘'0-9])"
# Where no brand vouches for the dateline.
_CLEAR_DASH = rf"(?![-‐‑]\w){_DASH}{_OPENS}"
_DATE = r"(?:\s*\(\d[\d/. -]{3,12}\))?"
_BRAND = r"[A-Za-z][\w-]*(?:\.[A-Za-z]{2,})*\.(?:com|co\.id|co|id|net|tv|news)"
_CAPITALS = r"[A-Z][A-Z.'’/()]*(?: [A-Z0-9][A-Z0-9.'’/()]*){0,4}"
_NAME = r"[A-Z][\w.'’/()]*(?: [A-Z0-9][\w.'’/()]*){0,4}"
_OFFICE = rf"(?:{'|'.join(map(re.escape, OFFICES))})[\w.]*(?: [\w.&]+){{0,5}}?"

_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:(?i:{_BRAND})\s*,\s*)?"
        rf"(?P<mark>(?i:{_BRAND}))\s*,\s*(?P<place>{_NAME}){_DATE}{_DASH}",
        rf"(?P<mark>(?i:{_BRAND}))\s+(?P<place>{_CAPITALS}){_DATE}{_DASH}",
        rf"(?P<mark>(?i:{_BRAND})){_DASH}",
        rf"(?P<mark>(?i:{_BRAND}))\s*,\s*(?P<place>{_CAPITALS})\s+(?=[A-Z“\"‘'][a-z])",
        rf"(?P<place>{_NAME})\s*,\s*(?P<mark>(?i:{_BRAND})){_DASH}",
        rf"(?P<place>{_NAME})\s*,\s*(?P<mark>{_OFFICE}){_CLEAR_DASH}",
        rf"(?P<mark>{_CAPITALS})\s*,\s*(?P<place>{_CAPITALS}){_CLEAR_DASH}",
        rf"(?P<place>(?=(?:[A-Z ]*[AEIOU]){{2}}){_CAPITALS}){_CLEAR_DASH}",
    )
)

MIN_PLACE = 4
"""Letters of a place that stands alone. ``SOLO`` is the shortest city; shorter ones are
abbreviations."""


def split_dateline(text: str) -> tuple[Dateline | None, str]:
    """The dateline at the start of ``text`` (white space folded), and the text after it."""
    for form in _FORMS:
        found = form.match(text)
        if found is None or found.end() == len(text):
            continue
        parts = found.groupdict()
        if parts.get("mark") is None and len(found["place"]) < MIN_PLACE:
            continue
        raw = found[0].strip()
        line = Dateline(mark=parts.get("mark"), place=parts.get("place"), raw=raw)
        return line, text[found.end() :]
    return None, text
