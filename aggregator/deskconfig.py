"""The editor's desk (``[desk]``)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class DeskConfig:
    auto_approve: bool = True
    """Whether the rules under ``[approve]`` approve articles without a person."""
