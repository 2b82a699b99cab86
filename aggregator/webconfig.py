"""The configuration's table ``[web]``: how the program answers over HTTP.

Lists in the environment are split at commas.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from ipaddress import ip_network
from typing import Any

from aggregator.errors import ConfigError

LONGEST_KEPT = 60
"""Seconds: a takedown holds within a minute, also for whoever asks a cache."""


@dataclass(frozen=True, kw_only=True)
class WebConfig:
    cors_origins: tuple[str, ...] = ()
    """Sites whose scripts may read the answers; ``*``: all (``AGGREGATOR_WEB_CORS_ORIGINS``)."""
    rate_limit: int = 600
    """Requests a minute and client; 0: no limit (``AGGREGATOR_WEB_RATE_LIMIT``)."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses and networks whose ``X-Forwarded-For`` and ``X-Forwarded-Proto`` are believed
    (``AGGREGATOR_WEB_TRUSTED_PROXIES``)."""
    max_age: int = 60
    """Seconds for which an answer may be shown again unasked, at most ``LONGEST_KEPT``
    (``AGGREGATOR_WEB_MAX_AGE``)."""


_KINDS = {f.name: type(f.default) for f in fields(WebConfig)}


def from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """What ``AGGREGATOR_WEB_…`` says, as the file would."""
    found: dict[str, Any] = {}
    for name, kind in _KINDS.items():
        value = environ.get(f"AGGREGATOR_WEB_{name.upper()}", "")
        if value:
            found[name] = _number(value) if kind is int else _split(value)
    return found


def web_config(values: Mapping[str, Any]) -> WebConfig:
    """Raises ``ConfigError`` naming the setting."""
    for name, value in values.items():
        if name not in _KINDS:
            raise ConfigError(field=f"web.{name}", detail="no such setting")
        if _KINDS[name] is int:
            _is_number(name, value)
        else:
            _is_texts(name, value)
    if values.get("max_age", 0) > LONGEST_KEPT:
        raise ConfigError(field="web.max_age", detail="must be at most 60 seconds")
    for network in values.get("trusted_proxies", ()):
        _is_network(network)
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }
    return WebConfig(**given)


def _number(value: str) -> int | str:
    """The text itself where it is none, so that it is refused by name."""
    return int(value) if value.removeprefix("-").isdecimal() else value


def _split(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def _is_number(name: str, value: object) -> None:
    # Exactly: true is an int to Python.
    if type(value) is not int:
        raise ConfigError(field=f"web.{name}", detail=f"{value!r} is not a int")
    if value < 0:
        raise ConfigError(field=f"web.{name}", detail="must not be negative")


def _is_texts(name: str, value: object) -> None:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(field=f"web.{name}", detail="must be a list of texts")


def _is_network(text: str) -> None:
    try:
        ip_network(text)
    except ValueError as error:
        raise ConfigError(
            field="web.trusted_proxies", detail="must be addresses or networks such as 10.0.0.0/8"
        ) from error
