"""One pass over the outbox of one portal: decide about every article, then do it.

At most one process publishes to a portal at a time. Takedowns go first. Trouble of the portal as a
whole (it does not answer, it refuses to let us in) ends the pass and counts against no article;
trouble with one article leaves the others alone, and after too many attempts waits for a person.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from aggregator.errors import (
    AggregatorError,
    AttributionError,
    PortalBusyError,
    PortalError,
    PortalRefusedError,
    PortalUnavailableError,
)
from aggregator.model import AuditEntry, PortalState, Publication, PublicationState, Stop
from aggregator.publish.compose import key_of, slug_of
from aggregator.publish.courier import Courier, Parcel
from aggregator.publish.decide import Action, Decision, pause
from aggregator.publish.jobs import TAKEDOWNS, WORK, Job, Terms, jobs, parcel_of
from aggregator.publish.port import PortalPort
from storage import audit, locks, publications
from storage.database import Database

TROUBLES = 3
"""Articles in a row that a portal has no answer for, though it let us in: enough for one pass."""

OURSELVES = "publish"
"""Who did it, in the audit log."""


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """What came of one article."""

    portal: str
    article_id: int
    headline: str
    action: Action
    publication: Publication
    error: AggregatorError | None = None


@dataclass(kw_only=True)
class Outcome:
    """What came of a pass: mutable on purpose, one for each."""

    portal: str
    done: int = 0
    failed: int = 0
    stopped: int = 0
    """New ones that wait for a person."""
    trouble: PortalError | None = None
    """Of the portal as a whole."""
    put_off: datetime | None = None
    """The portal is left alone until then."""


Tell = Callable[[Delivered], None]
Open = Callable[[], PortalPort]


def publish(
    database: Database,
    terms: Terms,
    open_port: Open,
    tell: Tell,
    now: Callable[[], datetime],
    *,
    patient: bool,
    only: int | None = None,
    wait: float = 0,
) -> Outcome:
    """``patient``: leave a portal alone that lately had trouble. ``only``: one article. ``wait``:
    seconds for another process to end its pass. Raises ``PortalBusyError``."""
    give_up = time.monotonic() + wait
    while (release := locks.acquire(database, f"publish-{terms.portal}")) is None:
        if time.monotonic() < give_up:
            time.sleep(0.2)
            continue
        raise PortalBusyError(portal=terms.portal)
    try:
        return _Pass(database, terms, open_port, tell, now).run(patient=patient, only=only)
    finally:
        release()


class _Pass:
    def __init__(
        self,
        database: Database,
        terms: Terms,
        open_port: Open,
        tell: Tell,
        now: Callable[[], datetime],
    ) -> None:
        self.database, self.terms, self.open_port = database, terms, open_port
        self.tell, self.now = tell, now
        self.outcome = Outcome(portal=terms.portal)
        self._troubles = 0

    def run(self, *, patient: bool, only: int | None) -> Outcome:
        with self.database.session() as session:
            state = publications.portal_state(session, self.terms.portal)
            todo = [
                job
                for job in jobs(session, self.terms, self.now())
                if job.decision.action in WORK and only in (None, job.facts.article_id)
            ]
        if patient and state.next_attempt_at is not None and state.next_attempt_at > self.now():
            self.outcome.put_off = state.next_attempt_at
            return self.outcome
        if todo:
            self._deliver(todo, state)
        return self.outcome

    def _deliver(self, todo: Sequence[Job], state: PortalState) -> None:
        try:
            port = self.open_port()
            try:
                # Before anything is counted against an article.
                port.check()
                for job in todo:
                    self._one(port, job)
            finally:
                port.close()
        except (PortalRefusedError, PortalUnavailableError) as error:
            self.outcome.trouble = error
            self._note_portal(_failing(state, error, self.now()))
        else:
            self._note_portal(PortalState(name=state.name, succeeded_at=self.now()))

    def _one(self, port: PortalPort, job: Job) -> None:
        with self.database.session() as session:
            parcel = parcel_of(session, job.facts)
        if parcel is None:
            return
        courier: Courier | None = None
        try:
            courier = Courier(
                port,
                parcel,
                job.facts.publication,
                self.terms.composing,
                self._note,
                self.now(),
            )
            held = courier.deliver(job.decision)
        except PortalRefusedError:
            raise
        except (PortalError, AttributionError) as error:
            self._failed(job, parcel, courier, error)
        else:
            self._troubles = 0
            self._delivered(job, parcel, held)

    def _delivered(self, job: Job, parcel: Parcel, held: Publication) -> None:
        if held.stop is not None:
            self.outcome.stopped += 1
        else:
            self.outcome.done += 1
        with self.database.session() as session:
            audit.write(session, _entry(job, parcel, held, self.now()))
        self._tell(job, parcel, held, None)

    def _failed(
        self,
        job: Job,
        parcel: Parcel,
        courier: Courier | None,
        error: PortalError | AttributionError,
    ) -> None:
        if isinstance(error, PortalUnavailableError):
            self._troubles += 1
            if error.retry_after is not None or self._troubles >= TROUBLES:
                raise error
        held = courier.held if courier is not None else job.facts.publication
        held = held or _unfit(parcel, self.terms.portal, self.now())
        held = after_failure(held, job.decision, error, self.now(), self.terms.max_attempts)
        self._note(held)
        self.outcome.failed += 1
        self._tell(job, parcel, held, error)

    def _tell(
        self, job: Job, parcel: Parcel, held: Publication, error: AggregatorError | None
    ) -> None:
        self.tell(
            Delivered(
                portal=self.terms.portal,
                article_id=job.facts.article_id,
                headline=parcel.view.article.headline,
                action=job.decision.action,
                publication=held,
                error=error,
            )
        )

    def _note(self, publication: Publication) -> None:
        with self.database.session() as session:
            publications.save(session, publication)

    def _note_portal(self, state: PortalState) -> None:
        with self.database.session() as session:
            publications.save_portal_state(session, state)


def after_failure(
    held: Publication,
    decision: Decision,
    error: PortalError | AttributionError,
    now: datetime,
    max_attempts: int,
) -> Publication:
    """What failed is tried again, later each time; a takedown for ever, the rest until a person
    is asked."""
    takedown = decision.action in TAKEDOWNS
    attempts = held.attempts + 1 if held.doing in (None, decision.action) else 1
    hopeless = isinstance(error, AttributionError) or attempts >= max_attempts
    return replace(
        held,
        doing=decision.action,
        attempts=attempts,
        next_attempt_at=now + pause(attempts, takedown=takedown),
        last_error=error.said if isinstance(error, PortalError) else str(error),
        stop=Stop.DEAD if hopeless and not takedown else held.stop,
        changed_at=now,
    )


def _unfit(parcel: Parcel, portal: str, now: datetime) -> Publication:
    """The place in the outbox of an article of which no post can be made."""
    view = parcel.view
    return Publication(
        article_id=view.id,
        portal=portal,
        state=PublicationState.WAITING,
        slug=slug_of(view.article.headline, key_of(view)),
        shown_at=now,
        first_revision=view.holding.revision or 1,
    )


def _failing(state: PortalState, error: PortalError, now: datetime) -> PortalState:
    failures = state.failures + 1
    asked = error.retry_after if isinstance(error, PortalUnavailableError) else None
    return replace(
        state,
        failing_since=state.failing_since or now,
        failures=failures,
        detail=error.said,
        next_attempt_at=now + max(asked or timedelta(0), pause(failures, takedown=True)),
    )


def _entry(job: Job, parcel: Parcel, held: Publication, now: datetime) -> AuditEntry:
    review = parcel.review
    return AuditEntry(
        at=now,
        who=OURSELVES,
        action=f"publish.{held.stop or job.decision.action}",
        article_id=held.article_id,
        detail={
            "portal": held.portal,
            "state": str(held.state),
            "remote_id": held.remote_id,
            "url": held.remote_url,
            "hash": held.sent_hash,
            "revision": held.sent_revision,
            "basis": str(parcel.view.attribution.basis),
            "approved_by": review.editor if review else None,
            "why": str(job.decision.why),
        },
    )
