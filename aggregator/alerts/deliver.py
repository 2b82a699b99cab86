"""Keeping alerts in step with findings, and telling each transport what it has not told yet.

What a transport has taken is noted at once, so that neither a restart nor the failure of another
transport repeats it. A crash between sending and noting repeats one message: rather twice than
never.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Protocol

from aggregator.alertconfig import AlertConfig
from aggregator.alerts.changes import (
    News,
    after_failure,
    after_success,
    changes,
    digest_day,
    news_for,
    states_of,
)
from aggregator.alerts.email import EmailTransport
from aggregator.alerts.message import Message
from aggregator.alerts.telegram import TelegramTransport
from aggregator.alerts.webhook import WebhookTransport
from aggregator.errors import AlertError
from aggregator.health.finding import Finding
from aggregator.model import TransportState
from storage import alerts
from storage.database import Database

REMEMBERED = timedelta(days=30)
"""How long the end of an alert is offered to a transport that could not take it."""


class Transport(Protocol):
    name: str

    def send(self, message: Message) -> None:
        """Raises ``AlertError``."""


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Who puts news into words."""

    news: Callable[[News], Message]
    digest: Callable[[], Message]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one transport's news."""

    transport: str
    sent: int
    """Messages that it took."""
    problem: str | None = None


def transports_of(config: AlertConfig) -> tuple[Transport, ...]:
    """Those that are configured."""
    found: list[Transport] = []
    if config.email is not None:
        found.append(EmailTransport(config.email))
    if config.telegram is not None:
        found.append(TelegramTransport(config.telegram))
    if config.webhook is not None:
        found.append(WebhookTransport(config.webhook))
    return tuple(found)


def keep_in_step(database: Database, findings: Sequence[Finding], now: datetime) -> None:
    """Open alerts for new findings, and close those of which the finding is gone."""
    with database.session() as session:
        found = changes(findings, alerts.open_alerts(session))
        for finding in found.opened:
            alerts.open_alert(session, finding.key, finding.to_json(), now)
        alerts.close_alerts(session, found.closed, now)


def tell(
    database: Database,
    transports: Sequence[Transport],
    writer: Writer,
    now: datetime,
    *,
    digest_at: str | None,
    zone: tzinfo,
) -> tuple[Outcome, ...]:
    """Tell each transport its news, and the digest where one is due."""
    with database.session() as session:
        known = alerts.to_tell(session, now - REMEMBERED)
        states = states_of([t.name for t in transports], alerts.transports(session))
    return tuple(
        _tell_one(
            database,
            transport,
            states[transport.name],
            news_for(states[transport.name], known),
            digest_day(digest_at, states[transport.name], now, zone),
            writer,
            now,
        )
        for transport in transports
    )


def _tell_one(
    database: Database,
    transport: Transport,
    state: TransportState,
    news: News,
    digest_on: date | None,
    writer: Writer,
    now: datetime,
) -> Outcome:
    sent = 0
    try:
        if news:
            transport.send(writer.news(news))
            sent += 1
            with database.session() as session:
                alerts.note(session, transport.name, news.notes(), now)
        if digest_on is not None:
            transport.send(writer.digest())
            sent += 1
    except AlertError as error:
        detail = str(error.fields["detail"])
        _save(database, after_failure(state, detail, now))
        return Outcome(transport=transport.name, sent=sent, problem=detail)
    if sent:
        _save(database, after_success(state, digest_on=digest_on))
    return Outcome(transport=transport.name, sent=sent)


def _save(database: Database, state: TransportState) -> None:
    with database.session() as session:
        alerts.save_transport(session, state)
