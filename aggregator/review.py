"""The editor's decisions about showing articles: whoever decides is named, and nothing is decided
that may not be.

Each act is one transaction's worth on a session that the caller opened. An act on an article that
nobody has decided about yet, but that approves or rejects nothing (an edit, a section), holds it:
an editor is at work on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from aggregator.changes import Change, changes
from aggregator.errors import (
    ArticleWithdrawnError,
    ChangedMeanwhileError,
    NotPublishableError,
    ReviewValueError,
)
from aggregator.model import Review, ReviewState
from aggregator.query import ArticleView, get_article, history
from aggregator.query.conditions import NO_TEXT
from storage import reviews

LONGEST: Mapping[str, int] = {"headline": 300, "excerpt": 2000, "section": 64, "reason": 1000}
"""Characters of what an editor writes."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """Who decides, when, and about which revision."""

    by: str
    now: datetime
    seen: int | None = None
    """The revision that was looked at. ``None``: the current one."""


def approve(
    session: Session,
    key: str,
    act: Act,
    *,
    note: str | None = None,
    publish_at: datetime | None = None,
    rule: str | None = None,
) -> Review:
    """Show it, from ``publish_at`` on if that is given; what was edited before stays.

    ``rule``: why, for the log. Raises ``ArticleNotFoundError``, ``ArticleWithdrawnError``,
    ``NotPublishableError``, ``ChangedMeanwhileError``, as every act does.
    """
    view, before = _at_hand(session, key, act)
    if not view.found.publishable:
        raise NotPublishableError(key=key)
    decided = replace(
        before,
        state=ReviewState.APPROVED,
        reason=_text("reason", note),
        publish_at=publish_at if publish_at is not None else before.publish_at,
    )
    return _decide(session, decided, view, act, "approve", **({"rule": rule} if rule else {}))


def hold(session: Session, key: str, act: Act, *, note: str | None = None) -> Review:
    """Neither show it nor offer it as new: somebody has to look again."""
    view, before = _at_hand(session, key, act)
    held = replace(before, state=ReviewState.HELD, reason=_text("reason", note))
    return _decide(session, held, view, act, "hold")


def reject(session: Session, key: str, act: Act, *, reason: str) -> Review:
    """Never show it; it stays out, whatever lists it again. Raises ``ReviewValueError``."""
    view, before = _at_hand(session, key, act)
    said = reason_of(reason)
    rejected = replace(before, state=ReviewState.REJECTED, reason=said, publish_at=None)
    return _decide(session, rejected, view, act, "reject")


def reopen(session: Session, key: str, act: Act) -> Review:
    """As if nobody had decided: it is in the queue again."""
    view, before = _at_hand(session, key, act)
    opened = Review(
        article_id=before.article_id,
        state=ReviewState.NEW,
        decided_at=act.now,
        editor=act.by,
        revision=revision_of(view),
    )
    return _decide(session, opened, view, act, "reopen")


def edit(
    session: Session,
    key: str,
    act: Act,
    *,
    headline: str | None = None,
    excerpt: str | None = None,
) -> Review:
    """The editor's own words. ``None``: as they are; empty, or the publisher's own: those of the
    publisher, whatever it will write."""
    view, before = _at_hand(session, key, act)
    edited = before
    if headline is not None:
        own = _own(_text("headline", headline), view.article.headline)
        edited = replace(edited, headline=own)
    if excerpt is not None:
        own = _own(_text("excerpt", excerpt), view.article.excerpt)
        edited = replace(edited, excerpt=own)
    return _decide(session, _at_work(edited), view, act, "edit")


def place(session: Session, key: str, act: Act, *, section: str) -> Review:
    """Its section in the portal; empty: by topic."""
    view, before = _at_hand(session, key, act)
    placed = replace(before, section=_text("section", section))
    return _decide(session, _at_work(placed), view, act, "section")


def schedule(session: Session, key: str, act: Act, *, publish_at: datetime | None) -> Review:
    """Not shown before; ``None``: at once, when it is approved."""
    view, before = _at_hand(session, key, act)
    timed = replace(before, publish_at=publish_at)
    return _decide(session, _at_work(timed), view, act, "schedule")


def reason_of(text: str) -> str:
    """A reason as it is kept. Raises ``ReviewValueError`` for one that says nothing."""
    said = _text("reason", text)
    if said is None:
        raise ReviewValueError(field="reason", detail="a decision needs a reason")
    return said


def revision_of(view: ArticleView) -> int:
    """Of what is held."""
    assert view.holding.revision is not None, "an article of the database has one"
    return view.holding.revision


def changed_since(session: Session, view: ArticleView, review: Review) -> tuple[Change, ...]:
    """What the article says otherwise than when it was decided about."""
    texts = {revision.number: revision for revision in history(session, view.id)}
    looked_at, now = texts.get(review.revision), texts.get(revision_of(view))
    return changes(looked_at, now) if looked_at and now else ()


# --- what every act does --------------------------------------------------------------------------


def _at_hand(session: Session, key: str, act: Act) -> tuple[ArticleView, Review]:
    view = get_article(session, key)
    reviews.lock(session, view.id)
    withdrawal = view.holding.withdrawn
    if withdrawal is not None:
        raise ArticleWithdrawnError(
            key=key,
            day=withdrawal.at.date().isoformat(),
            reason=withdrawal.reason,
            withdrawal=withdrawal,
        )
    if act.seen is not None and act.seen != revision_of(view):
        raise ChangedMeanwhileError(key=key)
    fresh = Review(
        article_id=view.id,
        state=ReviewState.NEW,
        decided_at=act.now,
        editor=act.by,
        revision=revision_of(view),
    )
    return view, reviews.of_articles(session, [view.id]).get(view.id, fresh)


def _decide(
    session: Session, review: Review, view: ArticleView, act: Act, action: str, **detail: Any
) -> Review:
    signed = replace(review, decided_at=act.now, editor=act.by, revision=revision_of(view))
    reviews.decide(session, signed, action=action, **detail)
    return signed


def _at_work(review: Review) -> Review:
    if review.state is not ReviewState.NEW:
        return review
    return replace(review, state=ReviewState.HELD)


def _own(text: str | None, publishers: str | None) -> str | None:
    return text if text != publishers else None


def _text(field: str, value: str | None) -> str | None:
    """As it is stored: one line, ``None`` for nothing. Raises ``ReviewValueError``."""
    said = " ".join((value or "").split())
    if NO_TEXT.search(said):
        raise ReviewValueError(field=field, detail="holds a character that is none")
    if len(said) > LONGEST[field]:
        raise ReviewValueError(field=field, detail="is too long")
    return said or None
