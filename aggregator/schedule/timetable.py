"""All channels in the order in which they are due, from what the database knows."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from aggregator.config import Config
from aggregator.model import Channel, ChannelPace, ChannelWish, HostWish
from aggregator.schedule.decision import CLOCK_TOLERANCE, Decision, Limits, decide
from aggregator.schedule.rhythm import MEMORY, MOST_ARRIVALS, Rhythm, rhythm_of
from aggregator.schedule.spread import turns
from aggregator.schedule.wish import as_wished
from aggregator.times import LONGEST_WAIT
from aggregator.urls import host_of
from storage import hosts
from storage import pace as paces
from storage import wishes as channel_wishes
from storage.pace import PolledChannel

NEVER_POLLED = PolledChannel(pace=ChannelPace(), not_before=None)


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A channel with its turn."""

    channel: Channel
    pace: ChannelPace
    decision: Decision
    starts_at: datetime
    """When it is due, or later where other channels of its publisher come first."""
    pause: timedelta
    """What its host asks for between two requests."""


class Timetable:
    """Plans the channels of publishers; keeps each channel's rhythm until it is polled again."""

    def __init__(
        self,
        config: Config,
        publishers: Mapping[str, Sequence[Channel]],
        begun_at: datetime | None = None,
    ) -> None:
        """``begun_at``: when the program started, for one that goes on. Each publisher's first
        poll is then put off a little, since many schools' machines start with the power."""
        self.config = config
        self.publishers = publishers
        self._begun_at = begun_at
        self._rhythms: dict[tuple[str, str], tuple[datetime, Rhythm | None]] = {}

    def plan(self, session: Session, now: datetime) -> tuple[Planned, ...]:
        """All channels; the one whose turn is first comes first."""
        polled, wishes = paces.polled_channels(session), hosts.wishes(session)
        asked = channel_wishes.wishes(session)
        planned = [
            one
            for publisher, channels in self.publishers.items()
            for one in self._of(session, publisher, channels, polled, wishes, asked, now)
        ]
        return tuple(sorted(planned, key=lambda one: (one.starts_at, one.decision.due_at)))

    def _of(
        self,
        session: Session,
        publisher: str,
        channels: Sequence[Channel],
        polled: Mapping[tuple[str, str], PolledChannel],
        wishes: Mapping[str, HostWish],
        asked: Mapping[tuple[str, str], ChannelWish],
        now: datetime,
    ) -> list[Planned]:
        limits = limits_of(self.config, publisher)
        planned = [
            self._planned(
                session,
                channel,
                polled.get((publisher, channel.name), NEVER_POLLED),
                wishes.get(host_of(channel.url), HostWish()),
                asked.get((publisher, channel.name), ChannelWish()),
                limits,
                now,
            )
            for channel in channels
        ]
        spacing = max([limits.spacing, *(one.pause for one in planned)])
        starts = turns(
            [one.decision for one in planned],
            now=now,
            free_at=self._free_at(publisher, planned, spacing, now),
            spacing=spacing,
        )
        return [replace(one, starts_at=start) for one, start in zip(planned, starts, strict=True)]

    def _planned(
        self,
        session: Session,
        channel: Channel,
        polled: PolledChannel,
        wish: HostWish,
        asked: ChannelWish,
        limits: Limits,
        now: datetime,
    ) -> Planned:
        """A channel as if it were the only one."""
        waits = [w for w in (polled.not_before, wish.not_before) if w and w <= now + LONGEST_WAIT]
        not_before = max(waits, default=None)
        decision = decide(
            polled.pace,
            self._rhythm(session, channel, polled.pace),
            limits,
            not_before=not_before,
            now=now,
            jitter=self._jitter(channel.publisher, channel.name, polled.pace.attempted_at),
        )
        decision = as_wished(decision, asked, polled.pace, not_before=not_before, now=now)
        return Planned(
            channel=channel,
            pace=polled.pace,
            decision=decision,
            starts_at=decision.due_at,
            pause=wish.crawl_delay or timedelta(0),
        )

    def _rhythm(self, session: Session, channel: Channel, pace: ChannelPace) -> Rhythm | None:
        if pace.attempted_at is None:
            return None
        key = channel.publisher, channel.name
        asked, rhythm = self._rhythms.get(key, (None, None))
        if asked != pace.attempted_at:
            # As of the last poll: the plan then stays the same until the next one.
            then = pace.attempted_at + CLOCK_TOLERANCE
            arrived = paces.arrivals(session, *key, then - MEMORY, MOST_ARRIVALS)
            rhythm = rhythm_of(arrived, then)
            self._rhythms[key] = pace.attempted_at, rhythm
        return rhythm

    def _free_at(
        self, publisher: str, planned: Sequence[Planned], spacing: timedelta, now: datetime
    ) -> datetime:
        asked = (one.pace.attempted_at for one in planned)
        # What was asked in the future was asked by a clock that has been set back since.
        free = [at + spacing for at in asked if at is not None and at <= now + CLOCK_TOLERANCE]
        if self._begun_at is not None:
            free.append(self._begun_at + spacing * self._jitter(publisher, "", self._begun_at))
        return max(free, default=now)

    def _jitter(self, publisher: str, channel: str, moment: datetime | None) -> float:
        """A number in [0, 1): another for each school, publisher, channel and poll, and the same
        whenever it is asked for."""
        seed = f"{self.config.contact} {publisher} {channel} {moment}"
        return random.Random(seed).random()


def limits_of(config: Config, publisher: str) -> Limits:
    own = config.of(publisher)
    return Limits(
        shortest=own.min_interval or config.min_interval,
        longest=own.max_interval or config.max_interval,
        quiet=own.quiet_hours or config.quiet_hours,
        zone=config.zone,
    )
