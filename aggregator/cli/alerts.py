"""Alerts and digests in the operator's words. ``tell`` may be called by whatever runs for long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from aggregator.cli.app import Session
from aggregator.cli.findings import advice, sentence
from aggregator.cli.output import spoken_time
from aggregator.errors import UsageError
from aggregator.health.finding import Finding

if TYPE_CHECKING:
    from aggregator.alerts.changes import News
    from aggregator.alerts.deliver import Outcome
    from aggregator.alerts.message import Message
    from aggregator.health.examine import Health
    from storage.alerts import Alert


def tell(session: Session, health: Health, *, digest: bool = False) -> tuple[Outcome, ...]:
    """Send what is news of these findings to every configured transport.

    ``digest``: send the digest now, whatever the hour. Raises ``UsageError`` where no transport is
    configured, ``StorageError`` where nothing can be remembered.
    """
    from aggregator.alerts import deliver
    from storage.database import open_database

    config, now = session.config.alerts, datetime.now(UTC)
    transports = deliver.transports_of(config)
    if not transports:
        raise UsageError("no transport of alerts is configured")
    writer = deliver.Writer(
        news=lambda news: news_message(session, news, health.titles, now),
        digest=lambda: digest_message(session, health, now),
    )
    database = open_database(session.config.database_url, writable=True)
    try:
        deliver.keep_in_step(database, health.findings, now)
        return deliver.tell(
            database,
            transports,
            writer,
            now,
            digest_at="00:00" if digest else config.digest_at,
            zone=session.config.zone,
        )
    finally:
        database.close()


def news_message(session: Session, news: News, titles: Mapping[str, str], now: datetime) -> Message:
    from aggregator.alerts.message import Message

    say = session.say
    opened = [(alert, found) for alert in news.opened if (found := _finding(alert))]
    lines = [line for _, finding in opened for line in _told(session, finding, titles)]
    if news.closed:
        lines += [*([""] if lines else []), say("Over:")]
        lines += _over(session, news.closed, titles)
    return Message(
        subject=say(
            "[aggregator] {opened} need a person, {closed} are over",
            opened=len(news.opened),
            closed=len(news.closed),
        ),
        lines=tuple(lines),
        payload={
            "sent_at": now.isoformat(),
            "opened": [_alert_json(alert) for alert in news.opened],
            "closed": [_alert_json(alert) for alert in news.closed],
        },
    )


def digest_message(session: Session, health: Health, now: datetime) -> Message:
    from aggregator.alerts.message import Message

    say, zone = session.say, session.config.zone
    lines = [line for finding in health.findings for line in _told(session, finding, health.titles)]
    lines = lines or [say("Healthy: nothing needs a person.")]
    lines.append("")
    lines += [
        say(
            "{publisher}: last good answer {answer}, last new article {article}",
            publisher=publisher.title,
            answer=spoken_time(publisher.last_success, zone, say.language),
            article=spoken_time(publisher.last_article, zone, say.language),
        )
        for publisher in health.publishers
    ]
    return Message(
        event="digest",
        subject=say("[aggregator] today: {findings} need a person", findings=len(health.findings)),
        lines=tuple(lines),
        payload={
            "sent_at": now.isoformat(),
            "findings": [finding.to_json() for finding in health.findings],
        },
    )


def _told(session: Session, finding: Finding, titles: Mapping[str, str]) -> tuple[str, str]:
    return f"! {sentence(session, finding, titles)}", f"  {advice(session, finding)}"


def _over(session: Session, closed: Iterable[Alert], titles: Mapping[str, str]) -> list[str]:
    zone, language = session.config.zone, session.say.language
    return [
        session.say(
            "- {what} (until {until})",
            what=sentence(session, found, titles) if (found := _finding(alert)) else alert.key,
            until=spoken_time(alert.closed_at, zone, language),
        )
        for alert in closed
    ]


def _finding(alert: Alert) -> Finding | None:
    """As it was when it showed; ``None``: another version of the program knew it."""
    try:
        return Finding.from_json(alert.finding)
    except (KeyError, ValueError):
        return None


def _alert_json(alert: Alert) -> dict[str, Any]:
    return {
        **alert.finding,
        "opened_at": alert.opened_at.isoformat(),
        "closed_at": alert.closed_at.isoformat() if alert.closed_at else None,
    }
