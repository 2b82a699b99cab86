"""Characters beyond the first 65,536, which tables of older portals cannot hold (utf8mb3)."""

from __future__ import annotations

import unicodedata

LAST = 0xFFFF


def undressed(text: str) -> str:
    """Letters in fancy dress (𝗦𝗠𝗞) as what they are; screen readers spell them out, too."""
    return "".join(
        unicodedata.normalize("NFKC", char) if ord(char) > LAST else char for char in text
    )


def within_three_bytes(text: str) -> str:
    """Without emoji and whatever else is left."""
    return "".join(char for char in undressed(text) if ord(char) <= LAST)


def numbered(text: str) -> str:
    """With references instead of them, for texts that are HTML."""
    return "".join(char if ord(char) <= LAST else f"&#x{ord(char):x};" for char in text)
