"""What a crawl asks of its memory, and tells it. ``pipelines.ledger`` keeps one in the database."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from aggregator.model import (
    Channel,
    ChannelPoll,
    ChannelState,
    Discovery,
    EndState,
    Look,
    Recheck,
)


class Ledger(Protocol):
    """What a crawl asks of its memory, and tells it."""

    def channel_state(self, channel: Channel) -> ChannelState: ...

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

    def polled(self, poll: ChannelPoll) -> None: ...


class ForgetfulLedger:
    """Knows nothing and keeps nothing: for a spider that runs without a database."""

    def channel_state(self, channel: Channel) -> ChannelState:  # noqa: ARG002 - protocol
        return ChannelState()

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

    def polled(self, poll: ChannelPoll) -> None: ...
