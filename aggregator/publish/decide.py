"""What to do about one article in one portal. Pure: facts in, a decision out.

Two questions, asked one after the other. ``decide``: what does our side want, by the article, the
editor's decision and the outbox? ``meet``: what stands in the portal, and does it stand in the way?

Who wins:

- A withdrawal wins over everything, also over back-off, over a letter that was given up and over a
  portal's editor: what may not be shown is hidden. It is never given up.
- Then the portal's editor. A post that is not as we left it is theirs: it is reported, never
  overwritten, until a person of the school says so. One that they deleted or hid is not made anew.
- Then the school's editor. A text that the publisher changed waits until it was looked at, unless a
  rule approved the one before: what was approved unread is approved unread again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from aggregator.model import Publication, PublicationState, Review, ReviewState, Stop
from aggregator.publish.port import PostState, RemotePost


class Action(StrEnum):
    LEAVE = "leave"
    WAIT = "wait"
    """Later, or when a person has decided."""
    CREATE = "create"
    UPDATE = "update"
    HIDE = "hide"
    """No longer approved: out of sight, without a notice."""
    WITHDRAW = "withdraw"
    """Out of sight at once, then a notice with the reason in its place."""


class Why(StrEnum):
    """The rule that decided; what people read is in ``aggregator.words``."""

    WANTED = "approved"
    CHANGED = "changed"
    SAME = "the same"
    WITHDRAWN = "withdrawn"
    NOT_APPROVED = "not approved"
    NOT_ATTRIBUTED = "not attributed"
    NOT_YET = "not due yet"
    REVISED = "a new text waits for the editor"
    BACK_OFF = "tried later"
    STOPPED = "waits for a person"
    THERE_ALREADY = "published there by hand"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of an article without asking the portal."""

    article_id: int
    revision: int
    publishable: bool
    withdrawn: bool
    review: Review | None
    publication: Publication | None
    """``None``: not in the portal's outbox."""
    mark: str
    """Whatever its post depends on; the same mark means the same post."""
    there_already: bool = False
    """The portal published it before there was an outbox."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    action: Action
    why: Why
    until: datetime | None = None
    """Of ``WAIT``, where time alone decides."""


def decide(facts: Facts, now: datetime, *, approval: bool) -> Decision:
    """``approval``: nothing is shown that nobody approved."""
    held, shown = facts.publication, _shown(facts, now, approval=approval)
    if held is None or not may_stand_there(held):
        return _unsent(facts, shown, now)
    if held.stop is Stop.REMOVED:
        return Decision(action=Action.LEAVE, why=Why.STOPPED)
    if shown.action is Action.LEAVE or shown.why is Why.NOT_YET:
        return _takedown(held, shown, now)
    if held.stop is not None:
        return Decision(action=Action.LEAVE, why=Why.STOPPED)
    if held.state is PublicationState.SENT and held.mark == facts.mark:
        return Decision(action=Action.LEAVE, why=Why.SAME)
    if shown.action is Action.WAIT:
        return shown
    if held.remote_id is None:
        return _unless_backing_off(held, Action.CREATE, shown.why, now)
    return _unless_backing_off(held, Action.UPDATE, Why.CHANGED, now)


def may_stand_there(held: Publication) -> bool:
    """Sent, or begun to be: cut off, the portal may have taken it all the same."""
    return held.remote_id is not None or held.intended_hash is not None


def _shown(facts: Facts, now: datetime, *, approval: bool) -> Decision:
    """Whether readers may see it, and by whose word."""
    review = facts.review
    if facts.withdrawn:
        return Decision(action=Action.LEAVE, why=Why.WITHDRAWN)
    if not facts.publishable:
        return Decision(action=Action.LEAVE, why=Why.NOT_ATTRIBUTED)
    if review is None:
        if approval:
            return Decision(action=Action.LEAVE, why=Why.NOT_APPROVED)
        return Decision(action=Action.CREATE, why=Why.WANTED)
    if review.state is not ReviewState.APPROVED:
        return Decision(action=Action.LEAVE, why=Why.NOT_APPROVED)
    if review.publish_at is not None and review.publish_at > now:
        return Decision(action=Action.WAIT, why=Why.NOT_YET, until=review.publish_at)
    if approval and review.revision < facts.revision and not review.is_by_rule:
        return Decision(action=Action.WAIT, why=Why.REVISED)
    return Decision(action=Action.CREATE, why=Why.WANTED)


def _unsent(facts: Facts, shown: Decision, now: datetime) -> Decision:
    held = facts.publication
    if shown.action is not Action.CREATE:
        return shown
    if held is None:
        there = facts.there_already
        return Decision(action=Action.LEAVE, why=Why.THERE_ALREADY) if there else shown
    if held.stop is not None:
        return Decision(action=Action.LEAVE, why=Why.STOPPED)
    return _unless_backing_off(held, Action.CREATE, shown.why, now)


def _takedown(held: Publication, shown: Decision, now: datetime) -> Decision:
    # A text that the portal's editor made their own is not ours to replace; hiding it is.
    theirs = held.stop in (Stop.CONFLICT, Stop.KEPT)
    withdrawn = shown.why is Why.WITHDRAWN
    done = {PublicationState.HIDDEN} if theirs or not withdrawn else set()
    if withdrawn:
        done.add(PublicationState.WITHDRAWN)
    if held.state in done:
        return shown
    action = Action.WITHDRAW if withdrawn and not theirs else Action.HIDE
    return _unless_backing_off(held, action, shown.why, now)


def _unless_backing_off(held: Publication, action: Action, why: Why, now: datetime) -> Decision:
    """What failed is left alone for a while; what was never tried is not."""
    waits = held.next_attempt_at is not None and held.next_attempt_at > now
    if waits and held.doing == action:
        return Decision(action=Action.WAIT, why=Why.BACK_OFF, until=held.next_attempt_at)
    return Decision(action=action, why=why)


class Meeting(StrEnum):
    """What a look at the portal says about a post that is to be changed."""

    GO_ON = "go on"
    CONFLICT = "conflict"
    """Its editor changed or hid it."""
    REMOVED = "removed"
    """Its editor deleted it."""


def meet(held: Publication, remote: RemotePost | None, remote_hash: str | None) -> Meeting:
    """Whether the post is as we left it."""
    if remote is None:
        return Meeting.REMOVED
    unseen = remote.state in (PostState.HIDDEN, PostState.PENDING)
    waits_for_them = remote.state is PostState.PENDING and not held.public
    if unseen and not hidden_by_us(held) and not waits_for_them:
        return Meeting.CONFLICT
    ours = (held.sent_hash, held.intended_hash)
    return Meeting.GO_ON if remote_hash in ours else Meeting.CONFLICT


def hidden_by_us(held: Publication) -> bool:
    """Or perhaps: an attempt to hide it was cut off."""
    out_of_sight = (PublicationState.HIDDEN, PublicationState.WITHDRAWN)
    return held.state in out_of_sight or held.doing in (Action.HIDE, Action.WITHDRAW)


def is_public(held: Publication, remote: RemotePost) -> bool:
    """Whether readers can see the post, or could before we hid it."""
    if remote.state in (PostState.PUBLISHED, PostState.SCHEDULED):
        return True
    return held.public and hidden_by_us(held)


FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=2)
LONGEST_TAKEDOWN_PAUSE = timedelta(minutes=5)
"""A takedown is due within minutes, whatever happened to it before."""


def pause(attempts: int, *, takedown: bool = False) -> timedelta:
    """How long to leave alone what failed so many times in a row: 1, 2, 4, 8 … minutes."""
    longest = LONGEST_TAKEDOWN_PAUSE if takedown else LONGEST_PAUSE
    # Bounded before it is doubled: a number of attempts has no end.
    doublings = min(max(attempts - 1, 0), 16)
    return min(FIRST_PAUSE * (1 << doublings), longest)
