"""What to do about one article in one portal, case by case."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from aggregator.model import Publication, PublicationState, ReviewState, Stop
from aggregator.publish.decide import (
    LONGEST_PAUSE,
    LONGEST_TAKEDOWN_PAUSE,
    Action,
    Decision,
    Facts,
    Meeting,
    Why,
    decide,
    is_public,
    meet,
    pause,
)
from aggregator.publish.port import PostState, RemotePost
from tests.aggregator.publish.builders import NOW, review

LATER = NOW + timedelta(minutes=5)

ABSENT = Publication(
    article_id=1,
    portal="sekolah",
    state=PublicationState.WAITING,
    slug="judul-1",
    shown_at=NOW,
    first_revision=1,
)
CUT_OFF = replace(ABSENT, intended_hash="b", doing="create")
SENT = replace(
    ABSENT,
    state=PublicationState.SENT,
    remote_id="7",
    public=True,
    mark="m1",
    sent_hash="a",
    sent_revision=1,
)
HIDDEN = replace(SENT, state=PublicationState.HIDDEN)
WITHDRAWN = replace(SENT, state=PublicationState.WITHDRAWN)


def stopped(stop: Stop, held: Publication = SENT) -> Publication:
    return replace(held, stop=stop)


def waiting(doing: Action, held: Publication = SENT) -> Publication:
    return replace(held, doing=doing, attempts=2, next_attempt_at=LATER)


APPROVED = review()
REJECTED = review(state=ReviewState.REJECTED, reason="iklan")
HELD = review(state=ReviewState.HELD)
TOMORROW = review(publish_at=NOW + timedelta(days=1))
DUE = review(publish_at=NOW)
BY_RULE = review(editor="rule: kementerian")

# What is known of the article; the outbox; what is done, and why.
CASES: list[tuple[str, dict[str, Any], Publication | None, Action, Why]] = [
    # --- not in the outbox yet
    ("approved", {}, None, Action.CREATE, Why.WANTED),
    ("due now", {"review": DUE}, None, Action.CREATE, Why.WANTED),
    ("later", {"review": TOMORROW}, None, Action.WAIT, Why.NOT_YET),
    ("nobody decided", {"review": None}, None, Action.LEAVE, Why.NOT_APPROVED),
    ("held", {"review": HELD}, None, Action.LEAVE, Why.NOT_APPROVED),
    ("rejected", {"review": REJECTED}, None, Action.LEAVE, Why.NOT_APPROVED),
    ("no time", {"publishable": False}, None, Action.LEAVE, Why.NOT_ATTRIBUTED),
    ("withdrawn", {"withdrawn": True}, None, Action.LEAVE, Why.WITHDRAWN),
    ("imported", {"there_already": True}, None, Action.LEAVE, Why.THERE_ALREADY),
    ("changed since", {"revision": 2}, None, Action.WAIT, Why.REVISED),
    ("by rule", {"revision": 2, "review": BY_RULE}, None, Action.CREATE, Why.WANTED),
    # --- tried, nothing there
    ("failed", {}, waiting(Action.CREATE, ABSENT), Action.WAIT, Why.BACK_OFF),
    ("given up", {}, stopped(Stop.DEAD, ABSENT), Action.LEAVE, Why.STOPPED),
    ("failed, rejected", {"review": REJECTED}, ABSENT, Action.LEAVE, Why.NOT_APPROVED),
    # --- cut off: it may be there
    ("cut off", {}, CUT_OFF, Action.CREATE, Why.WANTED),
    ("cut off, rejected", {"review": REJECTED}, CUT_OFF, Action.HIDE, Why.NOT_APPROVED),
    ("cut off, withdrawn", {"withdrawn": True}, CUT_OFF, Action.WITHDRAW, Why.WITHDRAWN),
    # --- there
    ("same", {}, SENT, Action.LEAVE, Why.SAME),
    ("other mark", {"mark": "m2"}, SENT, Action.UPDATE, Why.CHANGED),
    ("unseen text", {"mark": "m2", "revision": 2}, SENT, Action.WAIT, Why.REVISED),
    ("put off", {"mark": "m2", "review": TOMORROW}, SENT, Action.HIDE, Why.NOT_YET),
    ("taken back", {"review": None, "mark": "m2"}, SENT, Action.HIDE, Why.NOT_APPROVED),
    ("failed to update", {"mark": "m2"}, waiting(Action.UPDATE), Action.WAIT, Why.BACK_OFF),
    # --- out of sight
    ("hidden", {"review": HELD}, HIDDEN, Action.LEAVE, Why.NOT_APPROVED),
    ("approved again", {}, HIDDEN, Action.UPDATE, Why.CHANGED),
    ("hidden, withdrawn", {"withdrawn": True}, HIDDEN, Action.WITHDRAW, Why.WITHDRAWN),
    # --- withdrawn
    ("takedown", {"withdrawn": True}, SENT, Action.WITHDRAW, Why.WITHDRAWN),
    ("done", {"withdrawn": True}, WITHDRAWN, Action.LEAVE, Why.WITHDRAWN),
    ("undone", {}, WITHDRAWN, Action.UPDATE, Why.CHANGED),
    ("undone, rejected", {"review": REJECTED}, WITHDRAWN, Action.HIDE, Why.NOT_APPROVED),
    (
        "takedown of what backs off",
        {"withdrawn": True},
        waiting(Action.UPDATE),
        Action.WITHDRAW,
        Why.WITHDRAWN,
    ),
    (
        "takedown that backs off",
        {"withdrawn": True},
        waiting(Action.WITHDRAW),
        Action.WAIT,
        Why.BACK_OFF,
    ),
    (
        "takedown of a dead letter",
        {"withdrawn": True},
        stopped(Stop.DEAD),
        Action.WITHDRAW,
        Why.WITHDRAWN,
    ),
    # --- a person must decide; a takedown hides all the same
    ("conflict", {"mark": "m2"}, stopped(Stop.CONFLICT), Action.LEAVE, Why.STOPPED),
    ("kept", {"mark": "m2"}, stopped(Stop.KEPT), Action.LEAVE, Why.STOPPED),
    ("dead", {"mark": "m2"}, stopped(Stop.DEAD), Action.LEAVE, Why.STOPPED),
    ("removed", {"mark": "m2"}, stopped(Stop.REMOVED), Action.LEAVE, Why.STOPPED),
    ("removed, withdrawn", {"withdrawn": True}, stopped(Stop.REMOVED), Action.LEAVE, Why.STOPPED),
    (
        "conflict, withdrawn",
        {"withdrawn": True},
        stopped(Stop.CONFLICT),
        Action.HIDE,
        Why.WITHDRAWN,
    ),
    ("kept, withdrawn", {"withdrawn": True}, stopped(Stop.KEPT), Action.HIDE, Why.WITHDRAWN),
    (
        "conflict, hidden, withdrawn",
        {"withdrawn": True},
        stopped(Stop.CONFLICT, HIDDEN),
        Action.LEAVE,
        Why.WITHDRAWN,
    ),
    ("kept, rejected", {"review": REJECTED}, stopped(Stop.KEPT), Action.HIDE, Why.NOT_APPROVED),
]


def decided(held: Publication | None, *, approval: bool = True, **known: Any) -> Decision:
    facts: dict[str, Any] = {
        "article_id": 1,
        "revision": 1,
        "publishable": True,
        "withdrawn": False,
        "review": APPROVED,
        "mark": "m1",
    }
    return decide(Facts(**{**facts, **known}, publication=held), NOW, approval=approval)


@pytest.mark.parametrize(
    ("known", "held", "action", "why"),
    [pytest.param(*case[1:], id=case[0]) for case in CASES],
)
def test_decision(
    known: dict[str, Any], held: Publication | None, action: Action, why: Why
) -> None:
    found = decided(held, **known)
    assert (found.action, found.why) == (action, why)


def test_waiting_says_until_when() -> None:
    assert decided(None, review=TOMORROW).until == TOMORROW.publish_at
    assert decided(waiting(Action.CREATE, ABSENT)).until == LATER


@pytest.mark.parametrize(
    ("known", "action"),
    [
        ({"review": None}, Action.CREATE),
        ({"review": None, "revision": 2}, Action.CREATE),
        ({"revision": 2}, Action.CREATE),
        ({"review": REJECTED}, Action.LEAVE),
    ],
)
def test_without_approval_only_a_no_keeps_an_article_back(
    known: dict[str, Any], action: Action
) -> None:
    assert decided(None, approval=False, **known).action is action


# --- what stands in the portal --------------------------------------------------------------------


def remote(state: PostState = PostState.PUBLISHED) -> RemotePost:
    return RemotePost(
        id="7", url=None, headline="Judul", body_html="<p>x</p>", shown_at=NOW, state=state
    )


PENDING = replace(SENT, public=False)


@pytest.mark.parametrize(
    ("held", "found", "digest", "expected"),
    [
        pytest.param(SENT, remote(), "a", Meeting.GO_ON, id="as sent"),
        pytest.param(SENT, remote(), "x", Meeting.CONFLICT, id="edited"),
        pytest.param(SENT, None, None, Meeting.REMOVED, id="deleted"),
        pytest.param(SENT, remote(PostState.HIDDEN), "a", Meeting.CONFLICT, id="binned"),
        pytest.param(SENT, remote(PostState.PENDING), "a", Meeting.CONFLICT, id="drafted"),
        pytest.param(PENDING, remote(PostState.PENDING), "a", Meeting.GO_ON, id="still pending"),
        pytest.param(PENDING, remote(), "a", Meeting.GO_ON, id="published by them"),
        pytest.param(PENDING, remote(PostState.HIDDEN), "a", Meeting.CONFLICT, id="refused"),
        pytest.param(HIDDEN, remote(PostState.HIDDEN), "a", Meeting.GO_ON, id="hidden by us"),
        pytest.param(
            replace(SENT, intended_hash="b"), remote(), "b", Meeting.GO_ON, id="arrived, not noted"
        ),
        pytest.param(
            replace(SENT, doing="withdraw"),
            remote(PostState.HIDDEN),
            "a",
            Meeting.GO_ON,
            id="hiding was cut off",
        ),
    ],
)
def test_meeting(
    held: Publication, found: RemotePost | None, digest: str | None, expected: Meeting
) -> None:
    assert meet(held, found, digest) is expected


@pytest.mark.parametrize(
    ("held", "state", "expected"),
    [
        (SENT, PostState.PUBLISHED, True),
        (PENDING, PostState.PUBLISHED, True),
        (PENDING, PostState.PENDING, False),
        (SENT, PostState.HIDDEN, False),
        (HIDDEN, PostState.HIDDEN, True),
    ],
)
def test_whether_readers_saw_it(held: Publication, state: PostState, expected: bool) -> None:
    assert is_public(held, remote(state)) is expected


def test_pauses_grow_and_end() -> None:
    minutes = [pause(n) / timedelta(minutes=1) for n in range(1, 6)]
    assert minutes == [1, 2, 4, 8, 16]
    assert pause(10**6) == LONGEST_PAUSE
    assert pause(10**6, takedown=True) == LONGEST_TAKEDOWN_PAUSE
