"""What a client says that it understands: ``Accept``, ``Accept-Language``, ``Accept-Encoding``."""

from __future__ import annotations

from collections.abc import Sequence


def weights(header: str) -> dict[str, float]:
    """Each choice in lower case with its weight from 0 to 1; a malformed weight counts as 0."""
    found: dict[str, float] = {}
    for part in header.lower().split(","):
        choice, *parameters = (piece.strip() for piece in part.split(";"))
        if choice:
            found[choice] = next(
                (_weight(p[2:]) for p in parameters if p.startswith("q=")),
                1.0,
            )
    return found


def accepts(header: str | None, media_type: str) -> bool:
    """Whether the client takes an answer of this kind; one that says nothing takes all."""
    if header is None or not header.strip():
        return True
    asked = weights(header)
    kind = media_type.partition("/")[0]
    named = (asked[choice] for choice in (media_type, f"{kind}/*", "*/*") if choice in asked)
    return next(named, 0.0) > 0


def takes_gzip(header: str | None) -> bool:
    asked = weights(header or "")
    return asked.get("gzip", asked.get("*", 0.0)) > 0


def language(header: str | None, offered: Sequence[str], default: str) -> str:
    """The language that the client likes best among those offered."""
    asked = weights(header or "")
    # The first of those liked best. ``en-GB`` is content with ``en``.
    liked = sorted((tag for tag in asked if asked[tag] > 0), key=lambda tag: -asked[tag])
    spoken = (tag.partition("-")[0] for tag in liked)
    return next((choice for choice in spoken if choice in offered), default)


def _weight(text: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
