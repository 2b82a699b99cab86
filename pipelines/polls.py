"""What a channel's polls of one run leave behind: pure decisions.

A channel's validators (ETag, Last-Modified) are kept only when the poll is complete *and* every URL
that it listed has ended for good. Kept earlier, a crash or a refusal would make the next poll a
304, and the articles in between would be lost without a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from aggregator.model import ChannelPace, ChannelPoll, ChannelState, ChannelStatus, FailureKind

_BAD = (ChannelStatus.FAILED, ChannelStatus.BLOCKED)
# The channel was not asked, or not the publisher's own server.
_NOT_ASKED = (ChannelStatus.DEFERRED, ChannelStatus.NOT_ARCHIVED)


def state_after(polls: Sequence[ChannelPoll], *, unfinished: bool) -> ChannelState | None:
    """What to remember for the next conditional request; ``None``: leave what we have.

    ``unfinished``: an article that the channel listed is worth asking for again.
    """
    waits = [poll.not_before for poll in polls if poll.not_before]
    if waits:
        return ChannelState(not_before=max(waits), polled_at=polls[-1].fetched_at)
    if any(poll.status is not ChannelStatus.OK for poll in polls):
        return None
    if unfinished or not is_complete(polls):
        return ChannelState(polled_at=polls[-1].fetched_at)
    first = polls[0]
    return ChannelState(
        etag=first.etag, last_modified=first.last_modified, polled_at=first.fetched_at
    )


def is_complete(polls: Sequence[ChannelPoll]) -> bool:
    """Whether every page that a page led to was answered."""
    return len(polls) == 1 + sum(poll.further for poll in polls)


def pace_after(before: ChannelPace, polls: Sequence[ChannelPoll], *, undone: bool) -> ChannelPace:
    """What the polls taught about when to come back.

    ``undone``: the run left articles of the channel to the next one.
    """
    asked = [poll for poll in polls if poll.status not in _NOT_ASKED]
    if not asked:
        return before
    if _has_failed(asked):
        return _failed(before, asked)
    return _succeeded(before, asked, undone=undone or not is_complete(asked))


def _has_failed(polls: Sequence[ChannelPoll]) -> bool:
    """Whether nothing could be read. A page of several that fails leaves the others read."""
    bad = any(poll.status in _BAD for poll in polls)
    return bad and not any(poll.entries or poll.status is ChannelStatus.UNCHANGED for poll in polls)


def _failed(before: ChannelPace, polls: Sequence[ChannelPoll]) -> ChannelPace:
    worst = next(poll for poll in polls if poll.status in _BAD)
    return replace(
        before,
        attempted_at=polls[0].fetched_at,
        failures=before.failures + 1,
        failure_kind=_kind(worst),
        failure=worst.reason or str(worst.status),
        unfinished=False,
    )


def _kind(poll: ChannelPoll) -> FailureKind:
    if poll.unreached:
        return FailureKind.UNREACHED
    # "Not now" is no refusal, and says itself how long it holds.
    refused = poll.status is ChannelStatus.BLOCKED and poll.not_before is None
    return FailureKind.BLOCKED if refused else FailureKind.FAILED


def _succeeded(before: ChannelPace, polls: Sequence[ChannelPoll], *, undone: bool) -> ChannelPace:
    first, now = polls[0], polls[0].fetched_at
    fresh = sum(poll.fresh for poll in polls)
    unchanged = first.status is ChannelStatus.UNCHANGED
    return ChannelPace(
        attempted_at=now,
        succeeded_at=now,
        elapsed=_elapsed(before.succeeded_at, now),
        listed=before.listed if unchanged else sum(poll.entries for poll in polls),
        fresh=fresh,
        empty_polls=0 if fresh else before.empty_polls + 1,
        unfinished=undone,
        # A 304 has no body that could say it anew.
        ttl=before.ttl if unchanged else first.ttl,
        max_age=first.max_age,
    )


def _elapsed(before: datetime | None, now: datetime) -> timedelta | None:
    # A clock that was set back says nothing about how much time has passed.
    return now - before if before is not None and before < now else None
