"""What a portal's outbox would send for the first time, as posts; nothing is noted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from aggregator.errors import PostUnfitError
from aggregator.publish.courier import compose_for
from aggregator.publish.decide import Action
from aggregator.publish.jobs import Terms, jobs, parcel_of
from aggregator.publish.port import Post


def first_load(session: Session, terms: Terms, now: datetime) -> Iterator[Post]:
    """Publishing finds them later, by their slugs."""
    for job in jobs(session, terms, now):
        if job.decision.action is not Action.CREATE:
            continue
        parcel = parcel_of(session, job.facts)
        assert parcel is not None, "it was just found"
        try:
            yield compose_for(parcel, job.facts.publication, terms.composing)
        except PostUnfitError:
            continue  # ``publish`` tells why
