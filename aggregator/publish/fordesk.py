"""The outbox as the editor's desk works with it (``aggregator.deskoutbox.DeskOutbox``)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime

from sqlalchemy.orm import Session

from aggregator.changes import Difference
from aggregator.config import Config
from aggregator.deskoutbox import Planned
from aggregator.errors import NotPublishedError
from aggregator.model import Publication
from aggregator.publish import manual
from aggregator.publish.decide import Action
from aggregator.publish.jobs import Job, jobs
from aggregator.publish.outbox import Tell
from aggregator.publish.ports import open_port
from aggregator.publish.preview import preview
from aggregator.publish.run import Opener, portals_of, publish_to, terms_of
from aggregator.times import Clock, system_clock
from storage.database import Database


class Outbox:
    """``database``: to be written. ``tell``: hears of each article that a pass brought. ``wait``:
    seconds for a pass of another process to end."""

    def __init__(
        self,
        database: Database,
        config: Config,
        tell: Tell,
        *,
        wait: float = 0,
        opener: Opener = open_port,
        clock: Clock = system_clock,
    ) -> None:
        self.database, self.config, self.tell = database, config, tell
        self.wait, self.opener, self.clock = wait, opener, clock

    def planned(self, session: Session, now: datetime) -> Sequence[Planned]:
        return tuple(
            _planned(portal.name, job)
            for portal in self.config.publish.portals
            for job in jobs(session, terms_of(self.config, portal), now)
            if job.decision.action is not Action.LEAVE
        )

    def difference(
        self, session: Session, portal: str, article_id: int, now: datetime
    ) -> Difference:
        (configured,) = portals_of(self.config, [portal])
        terms = terms_of(self.config, configured)
        for job in jobs(session, terms, now):
            if job.facts.article_id == article_id and job.facts.publication is not None:
                with closing(self.opener(configured, self.config)) as port:
                    found = preview(session, terms, job, port)
                if found.problem is not None:
                    raise found.problem
                return found.difference
        raise NotPublishedError(key=article_id, portal=portal)

    def retry(
        self, session: Session, portal: str, article_id: int | None, *, by: str, now: datetime
    ) -> Sequence[Publication]:
        return manual.retry(session, portal, article_id, by=by, now=now)

    def keep_theirs(
        self, session: Session, portal: str, article_id: int, *, by: str, now: datetime
    ) -> Publication:
        return manual.keep_theirs(session, portal, article_id, by=by, now=now)

    def overwrite(self, portal: str, article_id: int, *, by: str, now: datetime) -> Publication:
        (configured,) = portals_of(self.config, [portal])
        with closing(self.opener(configured, self.config)) as port:
            return manual.overwrite(self.database, port, portal, article_id, by=by, now=now)

    def send(self, portal: str) -> None:
        portals = portals_of(self.config, [portal])
        publish_to(
            self.database,
            self.config,
            portals,
            self.tell,
            wait=self.wait,
            opener=self.opener,
            now=self.clock,
        )


def _planned(portal: str, job: Job) -> Planned:
    return Planned(
        portal=portal,
        article_id=job.facts.article_id,
        action=str(job.decision.action),
        why=str(job.decision.why),
        until=job.decision.until,
        publication=job.facts.publication,
    )
