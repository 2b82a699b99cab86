"""What is wrong with a publisher as a whole, or with all of them. Pure.

Twenty channels that fail for one reason are one finding: what the channels of a publisher have in
common is told of the publisher, and what all publishers have in common is told of the network.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from aggregator.health.finding import Finding, FindingKind
from aggregator.health.rhythm import Calendar, silence
from aggregator.model import ChannelRecord, EndCount, EndState

WITHIN = timedelta(days=7)
"""How far back ends of articles are looked at."""
LEAST_ASKED = 5
"""Articles that a share is known from."""
BLOCKED_SHARE = 0.2
"""Of the articles that were asked for. A publisher that refuses one in five refuses a crawler."""
UNREADABLE_SHARE = 0.5
"""Pages without headline or body among them; a few are soft errors of the publisher's."""

# Ends of articles that were never asked for.
NOT_ASKED = frozenset({EndState.KNOWN, EndState.DEFERRED, EndState.NOT_ARCHIVED, EndState.DROPPED})
UNREADABLE = frozenset({"no headline", "no body"})

_OF_ALL = {
    FindingKind.CHANNEL_BLOCKED: FindingKind.PUBLISHER_BLOCKED,
    FindingKind.CHANNEL_FAILING: FindingKind.PUBLISHER_UNREACHABLE,
}
# Reasons that lie between us and everybody.
OF_THE_NETWORK = frozenset(
    {
        *("no such host", "connection failed", "connection refused", "timeout"),
        *("captive portal", "robots.txt unreachable", "private network"),
    }
)


def rolled_up(found: Sequence[Finding], channels: Mapping[str, int]) -> tuple[Finding, ...]:
    """Channel findings with what they have in common told once.

    ``channels``: how many channels each publisher has that is read.
    """
    publishers = {finding.publisher for finding in found}
    told: list[Finding] = []
    for name in channels:
        own = [finding for finding in found if finding.publisher == name]
        told += _of_publisher(own, channels[name])
    told += [finding for finding in found if finding.publisher not in channels]
    whole = [finding for finding in told if finding.kind in _OF_ALL.values()]
    everybody = len(channels) > 1 and {finding.publisher for finding in whole} == set(channels)
    if everybody and publishers and all(f.facts["reason"] in OF_THE_NETWORK for f in whole):
        network = Finding(
            kind=FindingKind.NETWORK_DOWN,
            since=min((f.since for f in whole if f.since), default=None),
            facts={"reason": whole[0].facts["reason"], "publishers": len(whole)},
        )
        return (network, *(finding for finding in told if finding not in whole))
    return tuple(told)


def _of_publisher(own: Sequence[Finding], channels: int) -> Sequence[Finding]:
    for kind, whole in _OF_ALL.items():
        alike = [finding for finding in own if finding.kind is kind]
        if alike and len(alike) == channels:
            reasons = Counter(finding.facts["reason"] for finding in alike)
            rest = [finding for finding in own if finding.kind is not kind]
            return [_whole(whole, alike, reasons.most_common(1)[0][0]), *rest]
    return own


def _whole(kind: FindingKind, alike: Sequence[Finding], reason: str) -> Finding:
    return Finding(
        kind=kind,
        publisher=alike[0].publisher,
        # All of them have been bad only since the last one became so.
        since=max((finding.since for finding in alike if finding.since), default=None),
        facts={"reason": reason, "channels": len(alike)},
    )


def quiet(
    publisher: str, polls: Iterable[ChannelRecord], calendar: Calendar, watched_until: datetime
) -> Finding | None:
    """No new article for longer than the publisher's rhythm explains."""
    moves = [poll.polled_at for poll in polls if poll.ends.get(EndState.STORED)]
    found = silence(moves, watched_until, calendar)
    if found is None:
        return None
    return Finding(
        kind=FindingKind.PUBLISHER_QUIET,
        publisher=publisher,
        since=found.since,
        facts={"missed": round(found.missed, 1)},
    )


def article_findings(publisher: str, ends: Sequence[EndCount]) -> Iterator[Finding]:
    """What the ends of its articles say; ``ends`` are its own, run by run, oldest first."""
    asked = [end for end in ends if end.state not in NOT_ASKED]
    total = sum(end.urls for end in asked)
    if total < LEAST_ASKED:
        return
    blocked = [end for end in asked if end.state is EndState.BLOCKED]
    unreadable = [end for end in asked if end.reason in UNREADABLE]
    for bad, share, kind in (
        (blocked, BLOCKED_SHARE, FindingKind.ARTICLES_BLOCKED),
        (unreadable, UNREADABLE_SHARE, FindingKind.ARTICLES_UNREADABLE),
    ):
        count = sum(end.urls for end in bad)
        if count >= share * total and count > 1:
            yield Finding(
                kind=kind,
                publisher=publisher,
                since=min(end.started_at for end in bad),
                facts={"urls": count, "asked": total, "reason": _main_reason(bad)},
            )


def blocked_share(ends: Sequence[EndCount]) -> float | None:
    """Of the articles that were asked for; ``None`` where none was."""
    asked = [end for end in ends if end.state not in NOT_ASKED]
    total = sum(end.urls for end in asked)
    blocked = sum(end.urls for end in asked if end.state is EndState.BLOCKED)
    return blocked / total if total else None


def _main_reason(ends: Sequence[EndCount]) -> str:
    reasons: Counter[str] = Counter()
    for end in ends:
        reasons[end.reason or ""] += end.urls
    return reasons.most_common(1)[0][0]
