"""News agencies by the spellings seen in source lines; the usual name is what is stored.

Agencies that Indonesian papers print, with the forms in which they name them. A broadcaster or
magazine that is quoted as a source is listed because papers credit it the same way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

AGENCIES: dict[str, tuple[str, ...]] = {
    "Antara": (
        *("antara", "ant", "antaranews", "antaranews.com", "antara news", "antara foto"),
        *("lkbn antara", "kantor berita antara", "perum lkbn antara"),
    ),
    "AFP": ("afp", "agence france-presse", "agence france presse"),
    "AP": ("ap", "associated press", "the associated press"),
    "Reuters": ("reuters", "reuters.com", "thomson reuters"),
    "BBC": ("bbc", "bbc indonesia", "bbc news", "bbc news indonesia"),
    "Anadolu": ("anadolu", "anadolu agency", "anadolu ajansi", "kantor berita anadolu", "aa"),
    "Xinhua": ("xinhua", "xinhua news agency", "kantor berita xinhua"),
    "Bernama": ("bernama", "kantor berita bernama"),
    "DPA": ("dpa", "deutsche presse-agentur"),
    "Kyodo": ("kyodo", "kyodo news"),
    "WAM": ("wam", "emirates news agency"),
    "MINA": ("mina", "mi'raj news agency"),
    "VOA": ("voa", "voa indonesia", "voice of america"),
    "DW": ("dw", "deutsche welle"),
    "ABC": ("abc news",),
    "CNN": ("cnn", "cnn.com"),
    "Al Jazeera": ("al jazeera", "aljazeera", "aljazeera.com"),
    "Sputnik": ("sputnik", "sputniknews"),
    "TASS": ("tass", "itar-tass"),
    "Yonhap": ("yonhap", "yonhap news agency"),
    "EPA": ("epa", "epa-efe", "european pressphoto agency"),
    "EFE": ("efe",),
    "ANSA": ("ansa",),
    "SPA": ("spa", "saudi press agency"),
    "WAFA": ("wafa", "kantor berita wafa"),
    "IRNA": ("irna",),
    "Interfax": ("interfax",),
    "RIA Novosti": ("ria novosti",),
    "KCNA": ("kcna",),
    "PTI": ("pti", "press trust of india"),
    "Jiji Press": ("jiji", "jiji press"),
    "Bloomberg": ("bloomberg",),
}  # fmt: skip

_NAMES = {spelling: name for name, spellings in AGENCIES.items() for spelling in spellings}
NOTHING: Mapping[str, str] = MappingProxyType({})
_SEPARATORS = re.compile(r"\s*(?:/|,|;|\bdan\b|&)\s*")


def find_agency(source: str, own: Mapping[str, str] = NOTHING) -> str | None:
    """The first agency named in a source line such as ``Antara/Reuters``; ``None`` for others.

    ``own``: further spellings in lower case, asked first.
    """
    for part in _SEPARATORS.split(source.casefold()):
        spelling = part.strip(" .:()")
        name = own.get(spelling) or _NAMES.get(spelling)
        if name is not None:
            return name
    return None
