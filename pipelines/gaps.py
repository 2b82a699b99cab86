"""Whether a channel may have listed articles that nobody saw: a pure decision.

A channel lists its newest entries only (Republika's feed fifteen). After a pause in which more than
that were published, what lies between is listed nowhere that we look, unless deeper pages are read.

- Observation: as long as what is listed now overlaps with what was listed then, nothing can lie
  between. Without an overlap something may.
- One old entry is no overlap: listings pin one to their top. The last entry of a list is not
  pinned there; two are a sequence.
- An entry counts as old when it was listed before, or when its time says so. Times are believed
  with a lag, since publishers' articles appear some minutes after their printed time.

Rejected: comparing the oldest listed time with the newest known one alone. Half of our channels
state days or nothing, and one backdated article (Republika's wait up to twelve hours) hides a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from aggregator.model import Gap

ENOUGH_OLD = 2
"""Old entries that are an overlap wherever they stand."""

LAG = timedelta(minutes=30)
"""Printed time to appearance. 91 of 100 of Republika's articles are listed within 65 minutes of
their code's time, the median within one; a deeper page more costs less than an article."""


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """One listed entry, in the order of the list."""

    known: bool
    """The channel (or the one that catches up for it) had listed it before this poll."""
    published_at: datetime | None = None


def reaches(listed: Sequence[Sighting], since: datetime) -> bool:
    """Whether a list goes back to what had been seen at ``since``."""
    old = [_is_old(sighting, since) for sighting in listed]
    return bool(old) and (old[-1] or sum(old) >= ENOUGH_OLD)


def gap_of(
    channel: str, listed: Sequence[Sighting], *, since: datetime | None, now: datetime
) -> Gap | None:
    """What may have passed unseen between ``since``, when the channel was last seen, and now.

    ``None``: nothing, or the channel was never seen before (``since`` is ``None``), or it is empty.
    """
    if since is None or not listed or reaches(listed, since):
        return None
    times = [sighting.published_at for sighting in listed if sighting.published_at]
    until = min((moment for moment in times if moment > since), default=now)
    return Gap(channel=channel, since=since, until=min(until, now), noted_at=now)


def _is_old(sighting: Sighting, since: datetime) -> bool:
    stated = sighting.published_at
    return sighting.known or (stated is not None and stated <= since - LAG)
