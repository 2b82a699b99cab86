"""What a pass would do, and what would change by it. Nothing is written anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from aggregator.changes import Difference, word_diff
from aggregator.errors import PostUnfitError
from aggregator.publish.courier import compose_for, words
from aggregator.publish.decide import Action
from aggregator.publish.jobs import Job, Terms, parcel_of
from aggregator.publish.port import PortalPort, RemotePost


@dataclass(frozen=True, kw_only=True)
class Preview:
    """One article that something would be done about, or that waits."""

    job: Job
    headline: str
    problem: PostUnfitError | None = None
    difference: Difference = ()
    """Between what the portal shows and what it would; of a new post all is added. Empty: it was
    not asked for, or nothing of the text changes."""


def previews(
    session: Session, terms: Terms, jobs: tuple[Job, ...], port: PortalPort | None
) -> Iterator[Preview]:
    """``port``: to read what stands there; ``None``: no differences."""
    for job in jobs:
        if job.decision.action is not Action.LEAVE:
            yield preview(session, terms, job, port)


def preview(session: Session, terms: Terms, job: Job, port: PortalPort | None) -> Preview:
    """Raises ``PortalError``."""
    parcel = parcel_of(session, job.facts)
    assert parcel is not None, "it was just found"
    headline = parcel.view.article.headline
    try:
        post = compose_for(parcel, job.facts.publication, terms.composing)
    except PostUnfitError as error:
        return Preview(job=job, headline=headline, problem=error)
    if port is None or job.decision.action is Action.WAIT:
        return Preview(job=job, headline=headline)
    held = job.facts.publication
    known = held.remote_id if held is not None else None
    remote = port.read(known) if known is not None else port.find(post)
    before = _shown(remote) if remote is not None else ""
    title, body = port.printed(post)
    after = "" if job.decision.action is Action.HIDE else f"{title}\n{words(body)}"
    return Preview(job=job, headline=headline, difference=word_diff(before, after))


def _shown(remote: RemotePost) -> str:
    return f"{remote.headline}\n{words(remote.body_html)}"
