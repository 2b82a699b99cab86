"""What a crawl asks of its memory, and tells it. ``pipelines.ledger`` keeps one in the database."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from aggregator.errors import StorageError
from aggregator.model import (
    Channel,
    ChannelPoll,
    ChannelState,
    Discovery,
    EndState,
    Gap,
    Look,
    Recheck,
    Recognition,
    RobotsAnswer,
)


class Ledger(Protocol):
    """What a crawl asks of its memory, and tells it."""

    # --- channels and hosts

    def channel_state(self, channel: Channel) -> ChannelState: ...

    def polling(self, channel: Channel) -> None:
        """The channel is about to be asked."""

    def recognise(
        self,
        channel: Channel,
        page: int,
        found: Sequence[Discovery],
        now: datetime,
        missing: Gap | None = None,
    ) -> Recognition:
        """What of a page is new; to be asked before ``looks``.

        A first page may show a gap. With ``missing``, the gap that the page is read for: whether it
        still is one."""

    def polled(self, poll: ChannelPoll) -> None: ...

    def resting_hosts(self, now: datetime) -> Collection[str]:
        """Hosts that asked an earlier run to wait until later than ``now``."""

    def host_rests(self, host: str, until: datetime) -> None: ...

    def host_asks_delay(self, host: str, delay: timedelta | None) -> None: ...

    # --- articles

    def looks(
        self, found: Sequence[Discovery], now: datetime
    ) -> Mapping[str, tuple[Look, str | None]]:
        """For each ``Discovery.url`` what to do, and why where there is something to say.

        Counts them as discovered; those of which this run has discovered the same article already
        are left out."""

    def due(self, only: Container[str] | None = None) -> Sequence[Recheck]:
        """Held articles to look at again, within the budget of each host; counted as discovered.

        ``only``: addresses that can be asked for at all, ``None`` for any."""

    def ended(
        self, url: str, state: EndState, reason: str | None = None, status: int | None = None
    ) -> None: ...

    def refused(self, error: StorageError) -> str:
        """What is remembered could not be read or written; the reason in words for the report."""

    def robots_known(self, host: str, since: datetime) -> RobotsAnswer | None:
        """What a host's robots.txt said last, where that was read at ``since`` or later."""

    def robots(self, answer: RobotsAnswer) -> None:
        """What a host's robots.txt says in this run."""

    def judged(self, host: str, allowed: bool) -> None:
        """By that answer a request was allowed, or not."""


class ForgetfulLedger:
    """Knows nothing and keeps nothing: for a spider that runs without a database."""

    def channel_state(self, channel: Channel) -> ChannelState:  # noqa: ARG002 - protocol
        return ChannelState()

    def polling(self, channel: Channel) -> None: ...

    def recognise(
        self,
        channel: Channel,  # noqa: ARG002 - protocol
        page: int,  # noqa: ARG002
        found: Sequence[Discovery],
        now: datetime,  # noqa: ARG002
        missing: Gap | None = None,  # noqa: ARG002
    ) -> Recognition:
        return Recognition(fresh=len(found))

    def polled(self, poll: ChannelPoll) -> None: ...

    def resting_hosts(self, now: datetime) -> Collection[str]:  # noqa: ARG002 - protocol
        return ()

    def host_rests(self, host: str, until: datetime) -> None: ...

    def host_asks_delay(self, host: str, delay: timedelta | None) -> None: ...

    def looks(
        self,
        found: Sequence[Discovery],
        now: datetime,  # noqa: ARG002 - protocol
    ) -> Mapping[str, tuple[Look, str | None]]:
        return {discovery.url: (Look.NEW, None) for discovery in found}

    def due(self, only: Container[str] | None = None) -> Sequence[Recheck]:  # noqa: ARG002 - protocol
        return ()

    def ended(
        self, url: str, state: EndState, reason: str | None = None, status: int | None = None
    ) -> None: ...

    def refused(self, error: StorageError) -> str:
        raise error  # there is nothing to refuse where nothing is remembered

    def robots_known(self, host: str, since: datetime) -> RobotsAnswer | None: ...

    def robots(self, answer: RobotsAnswer) -> None: ...

    def judged(self, host: str, allowed: bool) -> None: ...
