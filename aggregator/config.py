"""One typed configuration: a TOML file, then the environment. Read once, passed down.

The file is ``aggregator.toml`` in the working folder, or what ``AGGREGATOR_CONFIG`` names. A key
that is not known is an error, since a misspelt setting that is silently ignored is worse than none.
Every field is in ``docs/reference/configuration.md``.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aggregator.errors import ConfigError
from aggregator.model import Channel, ChannelKind, Publisher, RightsBasis

DEFAULT_FILE = "aggregator.toml"
LANGUAGES = ("id", "en")


@dataclass(frozen=True, kw_only=True)
class PublisherConfig:
    """What a school changes about one publisher (``[publishers.<name>]``)."""

    rights_basis: RightsBasis | None = None
    """Replaces the declared ground for reuse."""
    terms: str | None = None
    """Where a person read the publisher's terms."""
    sites: tuple[str, ...] = ()
    """Sub-domains to read, for a publisher with regional sites (``["www", "kaltim"]``)."""
    channels: tuple[Channel, ...] = ()
    """Replace the declared channels. Empty: keep them."""


@dataclass(frozen=True, kw_only=True)
class Config:
    database_url: str = "sqlite:///news.db"
    """SQLAlchemy address of the database (``AGGREGATOR_DATABASE_URL``)."""
    language: str = "id"
    """Language of messages, ``id`` or ``en`` (``AGGREGATOR_LANGUAGE``)."""
    timezone: str = "Asia/Makassar"
    """The school's zone: dates in filters and tables are meant in it (``AGGREGATOR_TIMEZONE``)."""
    contact: str | None = None
    """Mail address or URL that publishers can turn to; sent with every request
    (``AGGREGATOR_CONTACT``). A live crawl needs it."""
    allow_private_network: bool = False
    """Permit requests to private and loopback addresses: for tests and intranets only
    (``AGGREGATOR_ALLOW_PRIVATE_NETWORK``)."""
    rules: Path | None = None
    """A file with the school's own topics and flags (``AGGREGATOR_RULES``)."""
    recheck_budget: int = 20
    """Held articles that a run looks at again, for each host (``AGGREGATOR_RECHECK_BUDGET``)."""
    publishers: Mapping[str, PublisherConfig] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def of(self, publisher: str) -> PublisherConfig:
        return self.publishers.get(publisher, PublisherConfig())

    def apply(self, publisher: Publisher) -> Publisher:
        """The publisher as this school treats it."""
        own = self.of(publisher.name)
        return replace(
            publisher,
            rights_basis=own.rights_basis or publisher.rights_basis,
            terms=own.terms or publisher.terms,
        )


def load(environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Config:
    """Read the file, then let the environment win. Raises ``ConfigError``."""
    env = os.environ if environ is None else environ
    path = config_path(env, folder)
    values = _read(path) if path.exists() else _nothing(path, env)
    for name, raw in _from_environment(env).items():
        values[name] = raw
    return _build(values)


def config_of(crawler: Any) -> Config:
    """What a Scrapy crawler was given in ``AGGREGATOR_CONFIG``, else what is on disk."""
    given = crawler.settings["AGGREGATOR_CONFIG"]
    return given if isinstance(given, Config) else load()


def config_path(environ: Mapping[str, str], folder: Path | None = None) -> Path:
    return (folder or Path()) / (environ.get("AGGREGATOR_CONFIG") or DEFAULT_FILE)


def _nothing(path: Path, environ: Mapping[str, str]) -> dict[str, Any]:
    if environ.get("AGGREGATOR_CONFIG"):
        raise ConfigError(field=str(path), detail="no such file")
    return {}


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(field=str(path), detail=str(error)) from error


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in _SCALARS:
        value = environ.get(f"AGGREGATOR_{name.upper()}", "")
        if value:
            read = _READERS.get(name)
            found[name] = read(name, value) if read else value
    return found


def _number(name: str, value: str) -> int:
    if not value.isdecimal():
        raise ConfigError(field=name, detail=f"{value!r} is not a number")
    return int(value)


def _boolean(name: str, value: str) -> bool:
    if value.lower() in ("1", "true", "yes"):
        return True
    if value.lower() in ("0", "false", "no"):
        return False
    raise ConfigError(field=name, detail=f"{value!r} is neither true nor false")


_SCALARS = tuple(f.name for f in fields(Config) if f.name != "publishers")

# Settings that are no text: their kind in the file, and how the environment spells them.
_KINDS: dict[str, type] = {"allow_private_network": bool, "recheck_budget": int}
_READERS: dict[str, Callable[[str, str], Any]] = {
    "allow_private_network": _boolean,
    "recheck_budget": _number,
}


def _build(values: dict[str, Any]) -> Config:
    _only_known(values, {f.name for f in fields(Config)}, "")
    publishers = _table(values.pop("publishers", {}), "publishers")
    for name, value in values.items():
        _is_a(_KINDS.get(name, str), value, name)
    if "rules" in values:
        values["rules"] = Path(values["rules"])
    config = Config(
        **values, publishers={name: _publisher(name, raw) for name, raw in publishers.items()}
    )
    _check(config)
    return config


def _check(config: Config) -> None:
    if config.recheck_budget < 0:
        raise ConfigError(field="recheck_budget", detail="must not be negative")
    if config.language not in LANGUAGES:
        raise ConfigError(field="language", detail=f"{config.language!r} is none of {LANGUAGES}")
    try:
        ZoneInfo(config.timezone)
    except (KeyError, ValueError, OSError) as error:
        raise ConfigError(
            field="timezone", detail=f"{config.timezone!r} is no time zone"
        ) from error


def _publisher(name: str, raw: object) -> PublisherConfig:
    where = f"publishers.{name}"
    values = dict(_table(raw, where))
    _only_known(values, {f.name for f in fields(PublisherConfig)}, f"{where}.")
    if "rights_basis" in values:
        values["rights_basis"] = _one_of(
            RightsBasis, values["rights_basis"], f"{where}.rights_basis"
        )
    if "terms" in values:
        _is_a(str, values["terms"], f"{where}.terms")
    if "sites" in values:
        values["sites"] = tuple(_texts(values["sites"], f"{where}.sites"))
    if "channels" in values:
        place = f"{where}.channels"
        items = _list(values["channels"], place)
        values["channels"] = tuple(_channel(name, item, place) for item in items)
    return PublisherConfig(**values)


def _channel(publisher: str, raw: object, where: str) -> Channel:
    values = dict(_table(raw, where))
    _only_known(values, {f.name for f in fields(Channel)} - {"publisher"}, f"{where}.")
    for needed in ("name", "kind", "url"):
        if needed not in values:
            raise ConfigError(field=where, detail=f"a channel needs {needed!r}")
    for name, value in values.items():
        _is_a(int if name in ("page_size", "max_pages") else str, value, f"{where}.{name}")
    values["kind"] = _one_of(ChannelKind, values["kind"], f"{where}.kind")
    return Channel(publisher=publisher, **values)


def _is_a(kind: type, value: object, where: str) -> None:
    # Exactly: true is an int to Python.
    if type(value) is not kind:
        raise ConfigError(field=where, detail=f"{value!r} is not a {kind.__name__}")


def _one_of(kind: Any, value: object, where: str) -> Any:
    try:
        return kind(value)
    except ValueError as error:
        known = ", ".join(kind)
        raise ConfigError(field=where, detail=f"{value!r} is none of {known}") from error


def _only_known(values: Mapping[str, Any], known: set[str], prefix: str) -> None:
    for name in values:
        if name not in known:
            raise ConfigError(field=f"{prefix}{name}", detail="no such setting")


def _table(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ConfigError(field=where, detail="must be a table")
    return value


def _list(value: object, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise ConfigError(field=where, detail="must be a list")
    return value


def _texts(value: object, where: str) -> list[str]:
    items = _list(value, where)
    if not all(isinstance(item, str) for item in items):
        raise ConfigError(field=where, detail="must be a list of texts")
    return items
