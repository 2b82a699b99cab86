"""One typed configuration: a TOML file, then the environment. Read once, passed down.

The file is ``aggregator.toml`` in the working folder, or what ``AGGREGATOR_CONFIG`` names. A key
that is not known is an error, since a misspelt setting that is silently ignored is worse than none.
Every field is in ``docs/reference/configuration.md``.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aggregator import deskconfig, portalconfig, publishconfig, webconfig
from aggregator.alertconfig import SECURITY, AlertConfig
from aggregator.configreader import is_a as _is_a
from aggregator.configreader import listed as _list
from aggregator.configreader import one_of as _one_of
from aggregator.configreader import only_known as _only_known
from aggregator.configreader import read_table as _read_table
from aggregator.configreader import table as _table
from aggregator.configreader import texts as _texts
from aggregator.deskconfig import DeskConfig
from aggregator.errors import ConfigError
from aggregator.model import Channel, ChannelKind, Publisher, RightsBasis
from aggregator.portalconfig import PortalConfig
from aggregator.publishconfig import PublishConfig
from aggregator.times import QuietHours, parse_span
from aggregator.webconfig import WebConfig

DEFAULT_FILE = "aggregator.toml"
LANGUAGES = ("id", "en")

# With a path, for a portal that passes a part of its addresses on; never with a query.
_ADDRESS = re.compile(r"https?://[^\s/?#@]+(?:/[^\s/?#]+)*")


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
    min_interval: timedelta | None = None
    max_interval: timedelta | None = None
    quiet_hours: QuietHours | None = None
    """``None`` of these three: as for all publishers."""
    ledger_days: int | None = None
    text_days: int | None = None
    archive_days: int | None = None
    """The same of these."""


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
    school: str | None = None
    """The school's name as readers see it (``AGGREGATOR_SCHOOL``)."""
    base_url: str | None = None
    """Public address of the web side (``AGGREGATOR_BASE_URL``). ``None``: whatever address a
    request came to."""
    web: WebConfig = field(default_factory=WebConfig)
    portal: PortalConfig = field(default_factory=PortalConfig)
    ledger_days: int = 30
    """How long the ledgers of runs are kept (``AGGREGATOR_LEDGER_DAYS``)."""
    text_days: int = 0
    """How long the text of an article is kept (``AGGREGATOR_TEXT_DAYS``); headline, excerpt and
    attribution stay. 0: for ever."""
    archive_folder: Path | None = None
    """Where every live crawl writes its exchanges (``AGGREGATOR_ARCHIVE_FOLDER``). ``None``:
    nowhere."""
    archive_days: int = 30
    """How long those files are kept (``AGGREGATOR_ARCHIVE_DAYS``). 0: for ever."""
    backup_days: int = 7
    """After how many days without a backup ``check`` complains (``AGGREGATOR_BACKUP_DAYS``).
    0: never, the school has other means."""
    min_interval: timedelta = timedelta(minutes=10)
    """The schedule polls no channel more often (``AGGREGATOR_MIN_INTERVAL``)."""
    max_interval: timedelta = timedelta(hours=2)
    """The schedule polls every channel at least so often (``AGGREGATOR_MAX_INTERVAL``)."""
    quiet_hours: QuietHours | None = None
    """Hours of the school's day in which the schedule polls nobody (``AGGREGATOR_QUIET_HOURS``).
    ``None``: there are none."""
    alerts: AlertConfig = field(default_factory=AlertConfig)
    publish: PublishConfig = field(default_factory=PublishConfig)
    desk: DeskConfig = field(default_factory=DeskConfig)
    recheck_budget: int = 20
    """Held articles that a run looks at again, for each host (``AGGREGATOR_RECHECK_BUDGET``)."""
    publishers: Mapping[str, PublisherConfig] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def of(self, publisher: str) -> PublisherConfig:
        return self.publishers.get(publisher, PublisherConfig())

    def days(self, name: str, publisher: str) -> int:
        """How many days something of a publisher is kept: ``name`` is the setting's."""
        own: int | None = getattr(self.of(publisher), name)
        usual: int = getattr(self, name)
        return usual if own is None else own

    @property
    def grounds(self) -> Mapping[str, RightsBasis]:
        """The ground for reuse of each publisher for which the school names one."""
        return {n: own.rights_basis for n, own in self.publishers.items() if own.rights_basis}

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
    if web := webconfig.from_environment(env):
        values["web"] = {**_table(values.get("web", {}), "web"), **web}
    if portal := portalconfig.from_environment(env):
        values["portal"] = {**_table(values.get("portal", {}), "portal"), **portal}
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
            found[name] = _READERS.get(_KINDS.get(name, str), _text)(name, value)
    return found


def _boolean(name: str, value: str) -> bool:
    if value.lower() in ("1", "true", "yes"):
        return True
    if value.lower() in ("0", "false", "no"):
        return False
    raise ConfigError(field=name, detail=f"{value!r} is neither true nor false")


def _number(name: str, value: str) -> int:
    try:
        return int(value)
    except ValueError as error:
        raise ConfigError(field=name, detail=f"{value!r} is no number") from error


def _text(_: str, value: str) -> str:
    return value


# Kinds of the fields that are no texts, and how each is read from the environment.
_KINDS: Mapping[str, type] = {
    "allow_private_network": bool,
    "ledger_days": int,
    "text_days": int,
    "archive_days": int,
    "backup_days": int,
    "recheck_budget": int,
}
_READERS: Mapping[type, Callable[[str, str], Any]] = {bool: _boolean, int: _number}
_TABLES = ("alerts", "desk", "portal", "publish", "publishers", "web")
_SCALARS = tuple(f.name for f in fields(Config) if f.name not in _TABLES)


def _build(values: dict[str, Any]) -> Config:
    _only_known(values, {f.name for f in fields(Config)}, "")
    publishers = _table(values.pop("publishers", {}), "publishers")
    web = webconfig.web_config(_table(values.pop("web", {}), "web"))
    portal = portalconfig.portal_config(_table(values.pop("portal", {}), "portal"))
    alerts = _read_table(AlertConfig, values.pop("alerts", {}), "alerts")
    publish = publishconfig.publish_config(values.pop("publish", {}))
    desk = deskconfig.desk_config(values.pop("desk", {}))
    for name, value in values.items():
        _is_a(_KINDS.get(name, str), value, name)
    for name in ("rules", "archive_folder"):
        if name in values:
            values[name] = Path(values[name])
    _times(values, "")
    config = Config(
        **values,
        web=web,
        portal=portal,
        alerts=alerts,
        publish=publish,
        desk=desk,
        publishers={name: _publisher(name, raw) for name, raw in publishers.items()},
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
    if config.base_url is not None and not _ADDRESS.fullmatch(config.base_url):
        raise ConfigError(
            field="base_url", detail="must be an address such as https://berita.example, no / after"
        )
    for prefix, keeps in _keeping(config):
        if keeps.ledger_days is not None and keeps.ledger_days < 1:
            raise ConfigError(field=f"{prefix}ledger_days", detail="must be at least 1")
        for name in ("text_days", "archive_days"):
            if (getattr(keeps, name) or 0) < 0:
                raise ConfigError(field=f"{prefix}{name}", detail="must not be negative")
    if config.backup_days < 0:
        raise ConfigError(field="backup_days", detail="is out of range")
    _check_alerts(config.alerts)
    _check_intervals(config, "min_interval", PublisherConfig())
    for name, own in config.publishers.items():
        _check_intervals(config, f"publishers.{name}.min_interval", own)


def _keeping(config: Config) -> Iterator[tuple[str, Config | PublisherConfig]]:
    yield "", config
    for name, own in config.publishers.items():
        yield f"publishers.{name}.", own


def _check_intervals(config: Config, where: str, own: PublisherConfig) -> None:
    if (own.min_interval or config.min_interval) > (own.max_interval or config.max_interval):
        raise ConfigError(field=where, detail="is longer than max_interval")


def _times(values: dict[str, Any], prefix: str) -> None:
    """Replace the texts of spans and hours by what they mean."""
    for name in ("min_interval", "max_interval"):
        if name in values:
            values[name] = _span(values[name], f"{prefix}{name}")
    if "quiet_hours" in values:
        values["quiet_hours"] = _hours(values["quiet_hours"], f"{prefix}quiet_hours")


def _span(value: object, where: str) -> timedelta:
    _is_a(str, value, where)
    try:
        return parse_span(str(value))
    except ValueError as error:
        raise ConfigError(
            field=where, detail="write a span of time as 30s, 15m, 2h or 1d"
        ) from error


def _hours(value: object, where: str) -> QuietHours:
    _is_a(str, value, where)
    try:
        return QuietHours.parse(str(value))
    except ValueError as error:
        raise ConfigError(field=where, detail="write hours as 22:00-04:30") from error


def _check_alerts(alerts: AlertConfig) -> None:
    if alerts.digest_at is not None and not _CLOCK.fullmatch(alerts.digest_at):
        raise ConfigError(field="alerts.digest_at", detail="write a time as HH:MM")
    if alerts.email is not None and alerts.email.security not in SECURITY:
        detail = f"{alerts.email.security!r} is none of {', '.join(SECURITY)}"
        raise ConfigError(field="alerts.email.security", detail=detail)


_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


def _publisher(name: str, raw: object) -> PublisherConfig:
    where = f"publishers.{name}"
    values = dict(_table(raw, where))
    _only_known(values, {f.name for f in fields(PublisherConfig)}, f"{where}.")
    if "rights_basis" in values:
        values["rights_basis"] = _one_of(
            RightsBasis, values["rights_basis"], f"{where}.rights_basis"
        )
    for days in ("ledger_days", "text_days", "archive_days"):
        if days in values:
            _is_a(int, values[days], f"{where}.{days}")
    if "terms" in values:
        _is_a(str, values["terms"], f"{where}.terms")
    if "sites" in values:
        values["sites"] = tuple(_texts(values["sites"], f"{where}.sites"))
    if "channels" in values:
        place = f"{where}.channels"
        items = _list(values["channels"], place)
        values["channels"] = tuple(_channel(name, item, place) for item in items)
    _times(values, f"{where}.")
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
