"""A portal's post: as one of the formats states it, and as we understand it.

The parts are told apart as everywhere: what was stated is a ``RawPost``, what we make of it a
``ReadPost``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class RawPost:
    """One post as a file or page states it."""

    headline: str
    html: str
    """Its text, whole or cut, with its links."""
    url: str | None = None
    """Its address on the portal."""
    key: str | None = None
    """Another name by which the portal tells it apart (guid). ``None``: the address is enough."""
    published_raw: str | None = None
    is_cut: bool = False
    """Only the beginning of the text was stated."""
    sources: tuple[str, ...] = ()
    """Addresses that are stated as its source outside of the text."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a post says that its text comes from."""

    url: str
    """Canonical by the rules of the publisher that owns it."""
    publisher: str | None = None
    """``None``: nobody whom we read."""
    external_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReadPost:
    """A post in the form in which it is remembered and compared."""

    key: str
    headline: str
    url: str | None
    published_at: datetime | None
    """Aware; in the school's zone where the portal states none. ``None``: not stated."""
    text_fingerprint: str | None
    """``None``: a cut or short text."""
    opening: tuple[str, ...]
    is_cut: bool
    sources: tuple[Source, ...] = ()


@dataclass(kw_only=True)
class Reading:
    """What a file or page held. Mutable on purpose: rows are added as they are read."""

    posts: list[RawPost] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    """Why rows could not be used -> how many."""

    def add(self, found: Iterable[RawPost | str]) -> Reading:
        """Posts, or why a row is none."""
        for post in found:
            if isinstance(post, str):
                self.skipped[post] += 1
            else:
                self.posts.append(post)
        return self


NOTHING_STATED = "neither text nor address"
NOT_PUBLISHED = "not published"
NOT_A_POST = "not a post"
IN_THE_FUTURE = "in the future"

SKIPPED = (NOTHING_STATED, NOT_PUBLISHED, NOT_A_POST, IN_THE_FUTURE)
"""Why rows are skipped; translated where they are shown."""
