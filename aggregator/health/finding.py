"""Findings: what can be wrong, by name. Every one is in ``docs/reference/findings.md``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any


class FindingKind(StrEnum):
    """Programs read these words; what people read is in ``aggregator.cli.findings``."""

    # --- the machine, and what keeps the crawls going: first, since the rest follows from it ---
    DATABASE_DAMAGED = "database-damaged"
    DISK_FULL = "disk-full"
    CLOCK_WRONG = "clock-wrong"
    """Ours: all publishers' servers agree against it."""
    CRAWL_MISSING = "crawl-missing"
    CRAWL_INTERRUPTED = "crawl-interrupted"
    BACKUP_OLD = "backup-old"
    ALERT_UNDELIVERED = "alert-undelivered"
    NETWORK_DOWN = "network-down"
    """No publisher answers at all."""

    # --- what the school's portals show ---
    WITHDRAWN_STANDING = "withdrawn-standing"
    """What may not be shown any more can still be read in a portal."""
    PORTAL_FAILING = "portal-failing"
    POST_GIVEN_UP = "post-given-up"
    POST_CHANGED = "post-changed"
    """By the portal's editor: ours is not put over it."""
    POST_DELETED = "post-deleted"

    # --- a publisher as a whole ---
    PUBLISHER_BLOCKED = "publisher-blocked"
    """All of its channels are refused."""
    PUBLISHER_UNREACHABLE = "publisher-unreachable"
    PUBLISHER_QUIET = "publisher-quiet"
    """No new article for longer than its rhythm explains."""
    ARTICLES_BLOCKED = "articles-blocked"
    ARTICLES_UNREADABLE = "articles-unreadable"
    DRIFT = "drift"

    # --- one channel ---
    CHANNEL_BLOCKED = "channel-blocked"
    CHANNEL_GONE = "channel-gone"
    CHANNEL_FAILING = "channel-failing"
    """Trouble of the line or the server that lasts."""
    CHANNEL_HTML = "channel-html"
    """A web page where a feed was."""
    CHANNEL_ONE_LINK = "channel-one-link"
    """Many entries, one address."""
    CHANNEL_UNUSABLE = "channel-unusable"
    """It answers, and nothing in it can be read."""
    CHANNEL_EMPTY = "channel-empty"
    """It used to list something, and lists nothing."""
    CHANNEL_OUTSIDE = "channel-outside"
    """Every entry leads to a host that is not the publisher's."""
    CHANNEL_DUPLICATES = "channel-duplicates"
    """Only texts that are held under other addresses."""
    CHANNEL_FUTURE = "channel-future"
    """Entries dated later than now."""
    CHANNEL_CLOCK = "channel-clock"
    """The server's clock is off."""
    CHANNEL_STILL = "channel-still"
    """It answers, and has not moved for longer than its rhythm explains."""


ORDER = {kind: place for place, kind in enumerate(FindingKind)}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something that needs a person."""

    kind: FindingKind
    publisher: str | None = None
    """``None``: it is not about one publisher."""
    subject: str | None = None
    """The channel, field or transport that it is about."""
    since: datetime | None = None
    """When it began, as far as the ledgers reach."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What the sentence says; JSON values."""

    @property
    def key(self) -> str:
        """What it is about; the same from check to check."""
        return "/".join(filter(None, (self.kind, self.publisher, self.subject)))

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": str(self.kind),
            "key": self.key,
            "publisher": self.publisher,
            "subject": self.subject,
            "since": self.since.isoformat() if self.since else None,
            **self.facts,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Finding:
        """What ``to_json`` wrote. Raises ``ValueError`` for a kind of another version."""
        known = dict(stored)
        since = known.pop("since")
        del known["key"]
        return cls(
            kind=FindingKind(known.pop("kind")),
            publisher=known.pop("publisher"),
            subject=known.pop("subject"),
            since=datetime.fromisoformat(since) if since else None,
            facts=known,
        )


def middle(values: Sequence[timedelta]) -> timedelta:
    """The upper median: one of the values, so that two may not be averaged into a third."""
    return sorted(values)[len(values) // 2]
