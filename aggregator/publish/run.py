"""Publishing to the school's portals, as the configuration says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from aggregator.config import Config
from aggregator.errors import PortalBusyError, UnknownPortalError, UsageError
from aggregator.portalconfig import Approval
from aggregator.publish.compose import Composing
from aggregator.publish.jobs import Terms
from aggregator.publish.outbox import Open, Outcome, Tell, publish
from aggregator.publish.port import PortalPort
from aggregator.publish.ports import open_port
from aggregator.publishconfig import TargetConfig
from aggregator.times import system_clock
from storage import rights
from storage.database import Database, open_database

Opener = Callable[[TargetConfig, Config], PortalPort]


def portals_of(config: Config, names: Sequence[str] = ()) -> tuple[TargetConfig, ...]:
    """Those that are named, else all. Raises ``UsageError``."""
    known = {portal.name: portal for portal in config.publish.portals}
    if not known:
        raise UsageError("no portal is configured: write one under [[publish.portals]]")
    for name in names:
        if name not in known:
            raise UnknownPortalError(name=name, known=", ".join(known))
    return tuple(known[name] for name in dict.fromkeys(names)) or tuple(known.values())


def terms_of(config: Config, portal: TargetConfig) -> Terms:
    return Terms(
        composing=Composing(portal=portal, zone=config.zone, press=config.portal.press_reuse),
        approval=config.portal.approval is Approval.REQUIRED,
        max_attempts=config.publish.max_attempts,
        max_age=timedelta(days=config.publish.max_age_days),
    )


def opening(config: Config, portal: TargetConfig, opener: Opener = open_port) -> Open:
    return lambda: opener(portal, config)


@dataclass(frozen=True, kw_only=True)
class Busy:
    """A portal that another process publishes to."""

    error: PortalBusyError


def publish_to(
    database: Database,
    config: Config,
    portals: Sequence[TargetConfig],
    tell: Tell,
    *,
    patient: bool = False,
    only: int | None = None,
    wait: float = 0,
    opener: Opener = open_port,
    now: Callable[[], datetime] = system_clock,
) -> tuple[Outcome | Busy, ...]:
    """One pass over the outbox of each portal: trouble with one keeps no other waiting."""
    found: list[Outcome | Busy] = []
    for portal in portals:
        try:
            found.append(
                publish(
                    database,
                    terms_of(config, portal),
                    opening(config, portal, opener),
                    tell,
                    now,
                    patient=patient,
                    only=only,
                    wait=wait,
                )
            )
        except PortalBusyError as error:
            found.append(Busy(error=error))
    return tuple(found)


def publish_all(
    config: Config,
    names: Sequence[str],
    tell: Tell,
    *,
    patient: bool = False,
    only: int | None = None,
    wait: float = 0,
    opener: Opener = open_port,
) -> tuple[Outcome | Busy, ...]:
    """The same with a database of its own. Raises ``UsageError`` and ``StorageError``."""
    portals = portals_of(config, names)
    database = open_database(config.database_url, writable=True)
    try:
        if only is None:
            with database.session() as session:
                rights.settle(session, rights.changed(session, config.grounds))
        return publish_to(
            database,
            config,
            portals,
            tell,
            patient=patient,
            only=only,
            wait=wait,
            opener=opener,
        )
    finally:
        database.close()
