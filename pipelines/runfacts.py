"""What a run met at channels and hosts, counted while it runs: the facts that findings rest on.

Nothing is judged here. What a number means is decided when it is read (``aggregator.health``), so
that a better rule also sees the past.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from aggregator.model import (
    ChannelPoll,
    ChannelRecord,
    Discovery,
    RobotsAnswer,
    RobotsVisit,
)
from pipelines.dates import parse_time
from pipelines.report import ChannelSummary, Report

FUTURE_FROM = timedelta(hours=1)
"""Entries dated later than this after they were listed are from the future. Publishers round to the
hour and servers' clocks differ by minutes."""


@dataclass(kw_only=True)
class Listed:
    """What one channel listed. Mutable on purpose: pages are added as they come."""

    urls: set[str] = field(default_factory=set)
    fresh: int = 0
    future: int = 0
    newest_at: datetime | None = None

    def add(self, found: Sequence[Discovery], zone: ZoneInfo, now: datetime) -> None:
        for discovery in found:
            self.urls.add(discovery.url)
            parsed = parse_time(discovery.entry.published_raw, zone=zone, now=now)
            if parsed is None:
                continue
            self.future += parsed.moment - now >= FUTURE_FROM
            self.newest_at = max(self.newest_at or parsed.moment, parsed.moment)


class RunFacts:
    def __init__(self) -> None:
        self.listed: dict[str, Listed] = {}
        self._visits: dict[str, RobotsVisit] = {}

    # --- channels ---------------------------------------------------------------------------------

    def list(
        self,
        channel: str,
        found: Sequence[Discovery],
        fresh: Collection[str],
        zone: ZoneInfo,
        now: datetime,
    ) -> None:
        """A page of a channel listed these; ``fresh`` are the keys that it never had before."""
        listed = self.listed.setdefault(channel, Listed())
        listed.add(found, zone, now)
        listed.fresh += len(fresh)

    def records(self, report: Report) -> Iterable[ChannelRecord]:
        """How each channel answered, and how what it listed ended."""
        ends = report.ends_in_words()
        for summary in report.channels():
            polls = [poll for poll in report.polls if poll.channel.name == summary.name]
            yield self._record(report.publisher, summary, polls, ends)

    def _record(
        self,
        publisher: str,
        summary: ChannelSummary,
        polls: Sequence[ChannelPoll],
        ends: Mapping[str, str],
    ) -> ChannelRecord:
        listed = self.listed.get(summary.name, Listed())
        skews = [poll.clock_skew for poll in polls if poll.clock_skew is not None]
        return ChannelRecord(
            publisher=publisher,
            channel=summary.name,
            status=summary.status,
            reasons=summary.reasons,
            pages=len(polls),
            entries=summary.entries,
            skipped=dict(summary.skipped),
            ends=dict(Counter(ends[url] for url in sorted(listed.urls) if url in ends)),
            fresh=listed.fresh,
            future=listed.future,
            newest_at=listed.newest_at,
            clock_skew=skews[0] if skews else None,
            polled_at=polls[0].fetched_at,
        )

    # --- robots.txt -------------------------------------------------------------------------------

    def robots(self, publisher: str, answer: RobotsAnswer) -> None:
        self._visits[answer.host] = RobotsVisit(publisher=publisher, answer=answer)

    def judged(self, host: str, allowed: bool) -> None:
        visit = self._visits[host]
        self._visits[host] = replace(
            visit, allowed=visit.allowed + allowed, refused=visit.refused + (not allowed)
        )

    @property
    def visits(self) -> tuple[RobotsVisit, ...]:
        return tuple(self._visits.values())
