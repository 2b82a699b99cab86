"""What is news: pure decisions over findings, alerts and what was told already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from aggregator.health.finding import Finding
from aggregator.model import TransportState
from storage.alerts import CLOSED, OPENED, Alert


@dataclass(frozen=True, kw_only=True)
class Changes:
    """How the alerts must change to say what the findings say."""

    opened: tuple[Finding, ...]
    """Findings without an alert."""
    closed: tuple[int, ...]
    """Alerts (by id) whose finding is gone."""


def changes(findings: Iterable[Finding], lasting: Mapping[str, int]) -> Changes:
    """``lasting``: key -> id of the alerts that are open."""
    by_key = {finding.key: finding for finding in findings}
    return Changes(
        opened=tuple(finding for key, finding in by_key.items() if key not in lasting),
        closed=tuple(alert for key, alert in lasting.items() if key not in by_key),
    )


@dataclass(frozen=True, kw_only=True)
class News:
    """What a transport has not told yet."""

    opened: tuple[Alert, ...] = ()
    closed: tuple[Alert, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.opened or self.closed)

    def notes(self) -> list[tuple[int, str]]:
        """What there is to remember once it was told."""
        return [(alert.id, OPENED) for alert in self.opened] + [
            (alert.id, CLOSED) for alert in self.closed
        ]


def news_for(transport: TransportState, alerts: Sequence[Alert]) -> News:
    """Alerts that opened, and those that ended of which this transport had told the beginning.

    What came and went while the transport failed is told too: its failing may be the same trouble
    (no line, no mail), and whoever reads it wants to know.
    """

    def told(alert: Alert, what: str) -> bool:
        return (transport.name, what) in alert.told

    failing = transport.failing_since
    return News(
        opened=tuple(a for a in alerts if a.closed_at is None and not told(a, OPENED)),
        closed=tuple(
            a
            for a in alerts
            if a.closed_at is not None
            and not told(a, CLOSED)
            and (told(a, OPENED) or (failing is not None and a.closed_at >= failing))
        ),
    )


def digest_day(
    digest_at: str | None, transport: TransportState, now: datetime, zone: tzinfo
) -> date | None:
    """The day for which this transport is due a digest; ``None``: none is due."""
    if digest_at is None:
        return None
    local = now.astimezone(zone)
    due = local.time() >= time.fromisoformat(digest_at)
    today = local.date()
    return today if due and transport.digest_on != today.isoformat() else None


def after_success(state: TransportState, *, digest_on: date | None) -> TransportState:
    return TransportState(
        name=state.name, digest_on=digest_on.isoformat() if digest_on else state.digest_on
    )


def after_failure(state: TransportState, detail: str, now: datetime) -> TransportState:
    return TransportState(
        name=state.name,
        failing_since=state.failing_since or now,
        detail=detail,
        digest_on=state.digest_on,
    )


def states_of(names: Collection[str], known: Iterable[TransportState]) -> dict[str, TransportState]:
    """The state of each transport that is configured now."""
    by_name = {state.name: state for state in known}
    return {name: by_name.get(name, TransportState(name=name)) for name in names}
