"""Colours that can be read: contrast as WCAG 2.2 measures it."""

from __future__ import annotations

import re

LEAST = 4.5
"""Of text and what is behind it (success criterion 1.4.3)."""

_COLOUR = re.compile(r"#[0-9a-f]{6}")


def is_colour(text: str) -> bool:
    """Whether it is written ``#0b5394``; lower case, so that no colour has two names."""
    return _COLOUR.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
