"""What is to be done for one portal: from the database to a decision about each article."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from aggregator.publish.compose import Composing
from aggregator.publish.courier import Parcel
from aggregator.publish.decide import Action, Decision, Facts, decide
from aggregator.query.views import views_of
from storage import publications, revisions
from storage.publications import Candidate

COMPOSED = "2"
"""Of the rules of ``aggregator.publish.compose``: another number sends every post again."""

TAKEDOWNS = (Action.WITHDRAW, Action.HIDE)
WORK = (*TAKEDOWNS, Action.CREATE, Action.UPDATE)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What one portal's outbox goes by."""

    composing: Composing
    approval: bool
    """Nothing is sent that nobody approved."""
    max_attempts: int = 8
    max_age: timedelta = timedelta(days=7)
    """Without approval: of articles that are still sent."""

    @property
    def portal(self) -> str:
        return self.composing.portal.name

    @property
    def aliases(self) -> tuple[str, ...]:
        """What the portal may be called where its posts were imported."""
        host = urlsplit(self.composing.portal.url or "").hostname
        return (self.portal, host) if host else (self.portal,)


@dataclass(frozen=True, kw_only=True)
class Job:
    """An article, and what is to be done about it."""

    facts: Facts
    decision: Decision


def jobs(session: Session, terms: Terms, now: datetime) -> tuple[Job, ...]:
    """What is to be done, takedowns first; also what is left or waits."""
    since = None if terms.approval else now - terms.max_age
    found = publications.candidates(
        session, terms.portal, aliases=terms.aliases, unreviewed_since=since
    )
    decided = [
        Job(facts=facts, decision=decide(facts, now, approval=terms.approval))
        for facts in (facts_of(one, terms.composing) for one in found)
    ]
    return tuple(sorted(decided, key=lambda job: job.decision.action not in TAKEDOWNS))


def facts_of(found: Candidate, composing: Composing) -> Facts:
    return Facts(
        article_id=found.article_id,
        revision=found.revision,
        publishable=found.publishable,
        withdrawn=found.withdrawn_at is not None,
        review=found.review,
        publication=found.publication,
        mark=mark_of(found, composing),
        there_already=found.there_already,
    )


def mark_of(found: Candidate, composing: Composing) -> str:
    """Changes with whatever a post is made from, so that a pass composes only what it must."""
    portal, review = composing.portal, found.review
    parts = (
        COMPOSED,
        found.revision,
        found.basis,
        found.withdrawn_at,
        (review.headline, review.excerpt, review.section) if review else None,
        sorted(portal.categories.items()),
        portal.default_category,
        str(composing.press),
        composing.zone.key,
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def parcel_of(session: Session, facts: Facts) -> Parcel | None:
    """``None``: the article is gone from the database."""
    views = views_of(session, [facts.article_id])
    if not views:
        return None
    return Parcel(
        view=views[0],
        review=facts.review,
        revisions=revisions.revisions(session, facts.article_id) if facts.revision > 1 else (),
        mark=facts.mark,
    )
