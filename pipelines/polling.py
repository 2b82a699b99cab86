"""What to remember of a channel after its polls: a pure decision.

A channel's validators (ETag, Last-Modified) are kept only when the poll is complete *and* every
URL that it listed has ended for good. Kept earlier, a crash or a refusal would make the next poll a
304, and the articles in between would be lost without a word.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from aggregator.model import ChannelPoll, ChannelState, ChannelStatus


def states_to_keep(
    polls: Sequence[ChannelPoll], unfinished: Container[str]
) -> Iterator[tuple[str, ChannelState]]:
    """Name and state of each channel of which there is something new to remember.

    ``unfinished``: channels that listed a URL which is worth asking for again.
    """
    for name in dict.fromkeys(poll.channel.name for poll in polls):
        own = [poll for poll in polls if poll.channel.name == name]
        state = _state(own, is_finished=name not in unfinished)
        if state is not None:
            yield name, state


def _state(polls: Sequence[ChannelPoll], *, is_finished: bool) -> ChannelState | None:
    """``None``: leave what we have."""
    waits = [poll.not_before for poll in polls if poll.not_before]
    if waits:
        return ChannelState(not_before=max(waits), polled_at=polls[-1].fetched_at)
    if any(poll.status is not ChannelStatus.OK for poll in polls):
        return None
    if not polls[-1].last_page or not is_finished:
        return ChannelState(polled_at=polls[-1].fetched_at)
    first = polls[0]
    return ChannelState(
        etag=first.etag, last_modified=first.last_modified, polled_at=first.fetched_at
    )
