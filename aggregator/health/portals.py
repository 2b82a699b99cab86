"""What is wrong with publishing. Pure.

A portal that fails for a moment (a restart, a school line in the rain) is nobody's business: posts
wait and are tried again. It is told once it lasts. What a person must decide is told at once, and
so is what may not be shown and still stands in a portal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta

from aggregator.health.finding import Finding, FindingKind
from aggregator.model import PortalState, Publication, Stop

PATIENCE = timedelta(hours=1)
"""Of a portal that fails."""
TAKEDOWN = timedelta(minutes=15)
"""From a withdrawal until its post must be out of sight."""

_KINDS = {
    Stop.CONFLICT: FindingKind.POST_CHANGED,
    Stop.REMOVED: FindingKind.POST_DELETED,
    Stop.DEAD: FindingKind.POST_GIVEN_UP,
}
_SHOWN = 10
"""Numbers of articles in a finding."""


def portal_findings(
    states: Sequence[PortalState],
    stopped: Sequence[Publication],
    standing: Sequence[tuple[Publication, datetime]],
    configured: Collection[str],
    now: datetime,
) -> Iterator[Finding]:
    """``standing``: withdrawn articles that may still be read in a portal, and since when they were
    withdrawn. Portals that are configured no more are not looked at, but for those."""
    for state in states:
        since = state.failing_since
        if state.name in configured and since is not None and now - since >= PATIENCE:
            facts = {"detail": state.detail or ""}
            yield Finding(
                kind=FindingKind.PORTAL_FAILING, subject=state.name, since=since, facts=facts
            )
    for stop, kind in _KINDS.items():
        for portal in sorted(configured):
            own = [one for one in stopped if one.portal == portal and one.stop is stop]
            if own:
                yield _finding(kind, portal, own, min(_since(one) for one in own))
    for portal in sorted({one.portal for one, _ in standing}):
        late = [(o, at) for o, at in standing if o.portal == portal and now - at >= TAKEDOWN]
        if late:
            articles = [one for one, _ in late]
            since = min(at for _, at in late)
            yield _finding(FindingKind.WITHDRAWN_STANDING, portal, articles, since)


def _finding(
    kind: FindingKind, portal: str, found: Sequence[Publication], since: datetime
) -> Finding:
    numbers = sorted(one.article_id for one in found)
    facts = {
        "posts": len(numbers),
        "articles": numbers[:_SHOWN],
        "detail": next((one.last_error for one in found if one.last_error), ""),
    }
    return Finding(kind=kind, subject=portal, since=since, facts=facts)


def _since(one: Publication) -> datetime:
    assert one.changed_at is not None, "what is in the outbox was written down"
    return one.changed_at
