"""Bytes of an image, to be given to a portal: from the web, within limits, and really an image."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ImageFile:
    body: bytes
    kind: str
    """A media type."""
    suffix: str
