"""What the editor's desk asks of the school's portals: a seam, so that the web side starts without
whatever talks to them (``aggregator.publish.fordesk`` is behind it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from aggregator.changes import Difference
from aggregator.model import Publication


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What the next pass over a portal would do about an article, or what that waits for."""

    portal: str
    article_id: int
    action: str
    """Named as in ``aggregator.words.ACTIONS``."""
    why: str
    """Named as in ``aggregator.words.WHYS``."""
    until: datetime | None
    """Where time alone decides."""
    publication: Publication | None
    """``None``: it was never in the outbox."""


class DeskOutbox(Protocol):
    """``by`` and ``now`` sign what is done in the audit log. ``portal`` is one that is
    configured."""

    def planned(self, session: Session, now: datetime) -> Sequence[Planned]:
        """For all portals, takedowns first."""
        ...

    def difference(
        self, session: Session, portal: str, article_id: int, now: datetime
    ) -> Difference:
        """From what stands in the portal to what we would put there; asks the portal. Raises
        ``PortalError`` and ``NotPublishedError``."""
        ...

    def retry(
        self, session: Session, portal: str, article_id: int | None, *, by: str, now: datetime
    ) -> Sequence[Publication]:
        """Begin anew with one article, else with all that were given up."""
        ...

    def keep_theirs(
        self, session: Session, portal: str, article_id: int, *, by: str, now: datetime
    ) -> Publication:
        """The post is the portal's editor's from now on."""
        ...

    def overwrite(self, portal: str, article_id: int, *, by: str, now: datetime) -> Publication:
        """Let the next pass put ours in place of theirs. Asks the portal: raises
        ``PortalError``."""
        ...

    def send(self, portal: str) -> None:
        """One pass over a portal, however long it takes; what came of it is in the outbox."""
        ...
