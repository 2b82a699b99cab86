"""Words as a part of an address: lower-case letters and digits of ASCII, dashes between."""

from __future__ import annotations

import re
import unicodedata

_NEITHER = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """Letters with marks lose them (``é``); empty for a text in other letters."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NEITHER.sub("-", plain).strip("-")
