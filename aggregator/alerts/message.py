"""What is sent, whatever takes it there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Message:
    subject: str
    """One line."""
    lines: tuple[str, ...]
    """For people, in the operator's language."""
    event: str = "alert"
    """``alert`` or ``digest``."""
    payload: Mapping[str, Any] = field(default_factory=dict)
    """For programs; keys are in ``docs/how-to/alerts.md``."""

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def pieces(lines: tuple[str, ...], most: int) -> list[str]:
    """The lines joined into as few texts as fit into ``most`` characters each."""
    found: list[str] = []
    for line in lines:
        # A line that is longer alone is cut, not lost.
        parts = [line[at : at + most] for at in range(0, len(line), most)] or [""]
        for part in parts:
            if found and len(found[-1]) + 1 + len(part) <= most:
                found[-1] += f"\n{part}"
            else:
                found.append(part)
    return found
