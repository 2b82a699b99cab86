"""Whose turn it is among one publisher's channels: pure.

After a night without power every channel is overdue. They are asked one after the other, the one
first whose list is most likely to run over, and never more often than one in each ``spacing``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from aggregator.schedule.decision import START, Decision


def turns(
    decisions: Sequence[Decision], *, now: datetime, free_at: datetime, spacing: timedelta
) -> list[datetime]:
    """When each channel begins, in the order of ``decisions``.

    ``free_at``: when the publisher may be asked again, whatever the channel.
    """
    starts = list[datetime]([now] * len(decisions))
    order = sorted(range(len(decisions)), key=lambda n: _urgency(decisions[n], now))
    for number in order:
        starts[number] = max(decisions[number].due_at, free_at)
        free_at = max(starts[number], now) + spacing
    return starts


def _urgency(decision: Decision, now: datetime) -> tuple[float, datetime]:
    """Overdue ones by how many of their own intervals they are late, then the others by time."""
    late = now - decision.due_at
    intervals = late / (decision.interval or START) if late > timedelta(0) else 0.0
    return -intervals, decision.due_at
