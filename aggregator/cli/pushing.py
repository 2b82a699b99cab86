"""Bringing what was just decided about one article to the portals, before the command ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aggregator.cli.app import Session
from aggregator.cli.publishing import delivered_json, delivered_words
from aggregator.errors import AggregatorError

if TYPE_CHECKING:
    from aggregator.deskoutbox import DeskOutbox
    from aggregator.publish.outbox import Delivered
    from storage.database import Database

NEEDS_A_PERSON = 1

WAIT = 30.0
"""Seconds for a pass of the scheduler to end: it was begun before this was decided."""


@dataclass(frozen=True, kw_only=True)
class Pushed:
    delivered: tuple[Delivered, ...] = ()
    troubles: tuple[AggregatorError, ...] = ()
    """Why portals were not reached."""

    @property
    def exit_code(self) -> int:
        failed = any(one.error or one.publication.stop for one in self.delivered)
        return NEEDS_A_PERSON if self.troubles or failed else 0

    def to_json(self) -> list[dict[str, Any]]:
        return [delivered_json(one) for one in self.delivered] + [
            {"error": str(error)} for error in self.troubles
        ]

    def show(self, session: Session) -> None:
        for one in self.delivered:
            session.out.line(delivered_words(session, one))
        for error in self.troubles:
            session.out.note(session.say.error(error))
        if self.exit_code:
            session.out.note(session.say("Not everywhere: run 'aggregator publish' again."))


def push_one(session: Session, article_id: int | None) -> Pushed:
    """What was decided holds whatever comes of this."""
    if article_id is None or not session.config.publish.portals:
        return Pushed()
    from aggregator.publish.run import Busy, publish_all

    delivered: list[Delivered] = []
    try:
        outcomes = publish_all(session.config, (), delivered.append, only=article_id, wait=WAIT)
    except AggregatorError as error:
        return Pushed(delivered=tuple(delivered), troubles=(error,))
    troubles = [one.error if isinstance(one, Busy) else one.trouble for one in outcomes]
    return Pushed(
        delivered=tuple(delivered), troubles=tuple(one for one in troubles if one is not None)
    )


def desk_outbox(session: Session, writing: Database) -> DeskOutbox:
    """The portals as the editor's desk works with them; what it sends is told here."""
    from aggregator.publish.fordesk import Outbox

    def tell(one: Delivered) -> None:
        session.out.line(delivered_words(session, one))

    return Outbox(writing, session.config, tell, wait=WAIT)
