"""A short piece of the body, cut on a word."""

from __future__ import annotations

from collections.abc import Sequence

EXCERPT_LENGTH = 180
"""Characters. School portals show teasers of 165 to 200; the model page's are about 180."""

ELLIPSIS = "…"


def excerpt(paragraphs: Sequence[str], length: int = EXCERPT_LENGTH) -> str | None:
    """The beginning of the text, at most ``length`` characters with its ellipsis."""
    text = " ".join(paragraphs)
    if not text:
        return None
    if len(text) <= length:
        return text
    cut = text[: length - len(ELLIPSIS) + 1]
    # A single word longer than the excerpt is cut where it must be.
    end = cut.rfind(" ") if " " in cut else length - len(ELLIPSIS)
    return cut[:end].rstrip(' .,;:-–—(“"') + ELLIPSIS
