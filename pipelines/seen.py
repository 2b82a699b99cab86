"""Whether a listed article is worth a request: a pure decision.

Two observations lead it:

- A headline that changed in the channel means that the page changed, whatever its age.
- A page that was judged unfit stays unfit, and a page that failed a moment ago still fails: asking
  again at once is impolite and finds nothing.

Young articles are looked at again by a schedule of our own (``pipelines.recheck``), listed or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from aggregator import reasons
from aggregator.model import EndState, Fetch, Look

WITHDRAWN = "withdrawn"
"""Why an article that a tombstone keeps out is not asked for."""

RETRY_AFTER = timedelta(hours=1)
"""Pause before a URL that failed or was refused is asked for again: first so long, then each time
as long as it has failed already, so that the pauses double …"""
RETRY_AT_LEAST = timedelta(days=1)
"""… up to this. A page that a list still names after a week may be written tomorrow."""

# Ends that say something about the page itself; the same request would end the same way.
_SETTLED = frozenset({EndState.DROPPED, EndState.DUPLICATE})
# Ends that say nothing about the page: it was never really asked for.
_NEVER_ASKED = frozenset({EndState.NOT_ARCHIVED, EndState.DEFERRED})


@dataclass(frozen=True, kw_only=True)
class Memory:
    """What we know of one listed URL. Times are aware UTC."""

    held: bool = False
    buried: bool = False
    """A tombstone keeps it out."""
    listed_headline: str | None = None
    """What this channel called it last time. ``None``: it did not list it."""
    last_fetch: Fetch | None = None
    """How it ended last time, for a URL that we do not hold."""
    first_fetch_at: datetime | None = None
    """When it was asked for first. ``None``: the same time."""


def decide(
    memory: Memory, *, headline: str | None, now: datetime, recheck: bool = False
) -> tuple[Look, str | None]:
    """What to do about a listed URL, and for ``KNOWN`` the reason if there is one to give."""
    if memory.buried:
        return Look.KNOWN, WITHDRAWN
    if recheck:
        return (Look.AGAIN if memory.held else Look.NEW), None
    if memory.held:
        return (Look.AGAIN if _is_retitled(memory, headline) else Look.KNOWN), None
    last = memory.last_fetch
    if last is None or last.state in _NEVER_ASKED or last.reason in reasons.OURS:
        return Look.NEW, None
    if last.reason == WITHDRAWN:  # and not buried any more: the withdrawal was undone
        return Look.NEW, None
    if last.state in _SETTLED or now - last.ended_at < _pause(last, memory.first_fetch_at):
        return Look.KNOWN, _words(last)
    return Look.NEW, None


def _pause(last: Fetch, first: datetime | None) -> timedelta:
    failed_for = last.ended_at - (first or last.ended_at)
    return min(max(failed_for, RETRY_AFTER), RETRY_AT_LEAST)


def _is_retitled(memory: Memory, headline: str | None) -> bool:
    if not headline or not memory.listed_headline:
        return False
    return _folded(headline) != _folded(memory.listed_headline)


def _folded(headline: str) -> str:
    return " ".join(headline.split()).casefold()


def _words(fetch: Fetch) -> str:
    return f"{fetch.state}: {fetch.reason}" if fetch.reason else str(fetch.state)
