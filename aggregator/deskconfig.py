"""The editor's desk (``[desk]``)."""

from __future__ import annotations

from dataclasses import dataclass

from aggregator.configreader import read_table
from aggregator.errors import ConfigError


@dataclass(frozen=True, kw_only=True)
class DeskConfig:
    auto_approve: bool = True
    """Whether the rules under ``[approve]`` approve articles without a person."""
    idle_minutes: int = 120
    """Who does nothing for so long is signed out."""
    session_hours: int = 12
    """Who signed in so long ago is signed out."""
    login_attempts: int = 5
    """Wrong passwords for one name within a quarter of an hour, after which nobody signs in under
    it for the rest of that time; four times as many from one address."""


def desk_config(raw: object) -> DeskConfig:
    """Raises ``ConfigError`` naming the setting."""
    config = read_table(DeskConfig, raw, "desk")
    for name in ("idle_minutes", "session_hours", "login_attempts"):
        if getattr(config, name) < 1:
            raise ConfigError(field=f"desk.{name}", detail="must be at least 1")
    return config
