"""Which of several stated and printed times is meant. Pure; reading them is the normaliser's work.

Metadata is more exact than print, but not always right: some pages state a bare day (or midnight)
beside a printed minute, and some state the printed clock with another zone's offset
(``16:32+00:00`` beside "16:32 WIB") or with none. There the print wins, since readers see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

OFFSETS = {"wib": "+07:00", "wita": "+08:00", "wit": "+09:00"}

_CLOCK = re.compile(r"(?<![\d.])(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)(?!\d|\.\d\d\d\d)")
_ZONE = re.compile(r"\b(?:wib|wita|wit)\b", re.IGNORECASE)
_OFFSET = re.compile(r"(?<=:\d\d)\s?(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)$")
_MIDNIGHT = (0, 0)


def best_time(stated: Iterable[str | None], printed: Iterable[str | None]) -> str | None:
    """The raw time to believe; ``None`` where there is none at all."""
    said, shown = _most_exact(stated), _most_exact(printed)
    if said is None or shown is None:
        return said or shown
    if not tells_minute(said) and tells_minute(shown):
        return shown
    zone = _ZONE.search(shown)
    is_same_clock = _clock(said) == _clock(shown)
    if is_same_clock and zone and _offset(said) != OFFSETS[zone[0].lower()]:
        return shown
    return said


def _most_exact(raws: Iterable[str | None]) -> str | None:
    """The first that tells a minute, else the first."""
    found = [raw for raw in raws if raw]
    return next(filter(tells_minute, found), next(iter(found), None))


def tells_minute(raw: str) -> bool:
    """Whether it holds a clock. Midnight is what systems write for a bare day."""
    return _clock(raw) not in (None, _MIDNIGHT)


def _clock(raw: str) -> tuple[int, int] | None:
    found = _CLOCK.search(raw)
    return (int(found["hour"]), int(found["minute"])) if found else None


def _offset(raw: str) -> str | None:
    """``+07:00``; ``None`` where the time states none in figures."""
    if raw.endswith("Z"):
        return "+00:00"
    found = _OFFSET.search(raw)
    return f"{found['sign']}{found['hours']}:{found['minutes']}" if found else None
