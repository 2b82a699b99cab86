"""The configuration's table ``[publish]``: the school's portals, and how posts get into them.

It holds no password: those come from the environment, else from files that these settings name,
and are read when a portal is opened (``aggregator.publish.secret``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from aggregator.configreader import is_a, listed, one_of, read_table, table
from aggregator.errors import ConfigError

DEFAULT_CATEGORY = "Berita"

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
"""It becomes part of a file's name and of a variable's."""
RESERVED = frozenset({"send", "status", "retry", "resolve", "check", "wxr"})
"""Words that ``aggregator publish`` takes for something else."""
_ADDRESS = re.compile(r"https?://[^\s?#@]+")


class PortalKind(StrEnum):
    WORDPRESS = "wordpress"
    SEKOLAHKU_DB = "sekolahku-db"
    """CMS Sekolahku by its database."""
    SEKOLAHKU_HTTP = "sekolahku-http"
    """CMS Sekolahku by its editor's pages."""
    STATIC = "static"
    """A folder of pages for any host."""


# What each kind cannot do without, beside its name.
NEEDED: Mapping[PortalKind, tuple[str, ...]] = {
    PortalKind.WORDPRESS: ("url", "user"),
    PortalKind.SEKOLAHKU_DB: ("url", "database", "user", "author"),
    PortalKind.SEKOLAHKU_HTTP: ("url", "user"),
    PortalKind.STATIC: ("url", "folder"),
}

STATES = ("published", "pending")


@dataclass(frozen=True, kw_only=True)
class TargetConfig:
    """One portal of the school (``[[publish.portals]]``)."""

    name: str
    """Ours: in the outbox, on the command line, in messages."""
    kind: str
    """A ``PortalKind``."""
    url: str | None = None
    """The portal's public address."""
    database: str | None = None
    """Where its database is: ``HOST/NAME`` or ``HOST:PORT/NAME``."""
    folder: Path | None = None
    """Where pages are written."""
    user: str | None = None
    """The account that publishes."""
    password_file: Path | None = None
    """Else ``AGGREGATOR_PUBLISH_<NAME>_PASSWORD``."""
    author: str | None = None
    """User name of the account under which readers see posts. ``None``: the one that publishes."""
    state: str = "published"
    """``published``, or ``pending``: the portal's editor has the last word."""
    default_category: str = DEFAULT_CATEGORY
    """Of articles to which no other applies."""
    categories: Mapping[str, str] = field(default_factory=dict)
    """Topic, or section of the desk, to a category of the portal."""
    timezone: str | None = None
    """The portal's, where it cannot be asked. ``None``: the school's."""

    @property
    def password_variable(self) -> str:
        return f"AGGREGATOR_PUBLISH_{self.name.upper().replace('-', '_')}_PASSWORD"


@dataclass(frozen=True, kw_only=True)
class PublishConfig:
    """What is published, and where (``[publish]``)."""

    max_attempts: int = 8
    """After so many failures a post waits for a person."""
    max_age_days: int = 7
    """Without approval by an editor: older articles are not sent any more."""
    portals: tuple[TargetConfig, ...] = ()


def publish_config(raw: object) -> PublishConfig:
    """Raises ``ConfigError`` naming the setting."""
    values = dict(table(raw, "publish"))
    portals = listed(values.pop("portals", []), "publish.portals")
    found = tuple(
        _portal(item, f"publish.portals[{number}]") for number, item in enumerate(portals, 1)
    )
    names = [portal.name for portal in found]
    for name in names:
        if names.count(name) > 1:
            raise ConfigError(field="publish.portals", detail=f"two are called {name!r}")
    config = read_table(PublishConfig, values, "publish")
    for setting in ("max_attempts", "max_age_days"):
        if getattr(config, setting) < 1:
            raise ConfigError(field=f"publish.{setting}", detail="must be at least 1")
    return PublishConfig(
        max_attempts=config.max_attempts, max_age_days=config.max_age_days, portals=found
    )


def _portal(raw: object, where: str) -> TargetConfig:
    values = dict(table(raw, where))
    categories = _categories(values.pop("categories", {}), f"{where}.categories")
    portal = read_table(TargetConfig, values, where)
    if not _NAME.fullmatch(portal.name):
        raise ConfigError(
            field=f"{where}.name", detail="write small letters, digits and dashes, 40 at most"
        )
    if portal.name in RESERVED:
        raise ConfigError(field=f"{where}.name", detail="is a word of 'aggregator publish'")
    kind = one_of(PortalKind, portal.kind, f"{where}.kind")
    for needed in NEEDED[kind]:
        if not getattr(portal, needed):
            raise ConfigError(field=where, detail=f"a portal of kind {kind} needs {needed!r}")
    if portal.state not in STATES:
        raise ConfigError(
            field=f"{where}.state", detail=f"{portal.state!r} is none of {', '.join(STATES)}"
        )
    if portal.url is not None and not _ADDRESS.fullmatch(portal.url):
        raise ConfigError(field=f"{where}.url", detail="must be an address such as https://…")
    if not portal.default_category.strip():
        raise ConfigError(field=f"{where}.default_category", detail="must not be empty")
    return replace(portal, categories=categories)


def _categories(raw: object, where: str) -> dict[str, str]:
    found: dict[str, Any] = dict(table(raw, where))
    for name, value in found.items():
        is_a(str, value, f"{where}.{name}")
        if not value.strip():
            raise ConfigError(field=f"{where}.{name}", detail="must not be empty")
    return found
