"""What a person asked of a channel goes before what its rhythm says, not before the publisher."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from aggregator.model import ChannelPace, ChannelWish
from aggregator.schedule.decision import Decision, Rule, Step
from aggregator.times import LONGEST_WAIT


def as_wished(
    decision: Decision,
    wish: ChannelWish,
    pace: ChannelPace,
    *,
    not_before: datetime | None,
    now: datetime,
) -> Decision:
    """The decision as it is with a person's word: a paused channel is not due; one that is to be
    read at once is due in quiet hours as well, but not before Retry-After."""
    if wish.paused_at is not None:
        step = Step(rule=Rule.PAUSED)
        return replace(decision, due_at=now + LONGEST_WAIT, steps=(*decision.steps, step))
    asked = wish.asked_at
    if asked is None or (pace.attempted_at is not None and pace.attempted_at >= asked):
        return decision
    due_at = max(asked, not_before) if not_before is not None else asked
    if due_at >= decision.due_at:
        return decision
    return replace(decision, due_at=due_at, steps=(*decision.steps, Step(rule=Rule.ASKED)))
