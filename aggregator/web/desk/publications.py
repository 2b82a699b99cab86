"""What was sent to the school's portals, what waits, and what a person has to decide about it."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session
from starlette.background import BackgroundTask
from starlette.responses import Response

from aggregator.deskoutbox import DeskOutbox, Planned
from aggregator.errors import AggregatorError, QueryError, UnknownPortalError
from aggregator.model import PortalState
from aggregator.web.desk.page import Page, Visit
from storage import publications

logger = logging.getLogger(__name__)

MOST = 100
"""Shown at most of what waits, and of what has to be decided."""
ON_A_PAGE = 50
"""Of what stands in the portals."""


@dataclass(frozen=True, kw_only=True)
class PortalShown:
    name: str
    url: str | None
    state: PortalState
    waiting: int
    """That the next pass would do."""
    given_up: int


def show_publications(visit: Visit) -> Response:
    start = _start(visit.query.get("start", ""))
    names = visit.portals
    with visit.reading() as session:
        planned = visit.desk.outbox.planned(session, visit.now) if visit.desk.outbox else ()
        undecided = publications.undecided(session, names, limit=MOST)
        there = publications.there(session, names, offset=start, limit=ON_A_PAGE + 1)
        shown = {one.article_id for one in (*undecided, *there)}
        shown |= {one.article_id for one in planned[:MOST]}
        headlines = publications.headlines(session, shown)
        portals = _portals(session, visit, planned)
    more = len(there) > ON_A_PAGE
    return visit.show(
        "publications.html",
        portals=portals,
        undecided=undecided,
        planned=planned[:MOST],
        unshown=len(planned) - MOST,
        there=there[:ON_A_PAGE],
        headlines=headlines,
        start=start,
        following=start + ON_A_PAGE if more else None,
        here=f"{visit.place.root}/terbitan",
    )


def show_difference(visit: Visit) -> Response:
    """What our text would change in the portal."""
    portal, article_id = _portal(visit), visit.article()
    with visit.reading() as session:
        difference = visit.outbox.difference(session, portal, article_id, visit.now)
        (held,) = publications.of_article(session, article_id, [portal])
        headlines = publications.headlines(session, [article_id])
    return visit.show(
        "difference.html",
        held=held,
        headline=headlines[article_id],
        difference=difference,
        here=f"{visit.place.root}/terbitan",
    )


def _portals(session: Session, visit: Visit, planned: Sequence[Planned]) -> list[PortalShown]:
    found = visit.config.publish.portals
    given_up = publications.given_up(session, visit.portals)
    waiting = Counter(one.portal for one in planned if one.action != "wait")
    return [
        PortalShown(
            name=portal.name,
            url=portal.url,
            state=publications.portal_state(session, portal.name),
            waiting=waiting[portal.name],
            given_up=given_up.get(portal.name, 0),
        )
        for portal in found
    ]


def _start(text: str) -> int:
    if not text:
        return 0
    if not text.isdecimal() or len(text) > 9:
        raise QueryError(field="start", value=text, detail="is out of range")
    return int(text)


# --- acts -----------------------------------------------------------------------------------------


def _portal(visit: Visit) -> str:
    """Raises ``UsageError``."""
    assert visit.outbox is not None, "else it was said that there is none"
    name = str(visit.path["portal"])
    if name not in visit.portals:
        raise UnknownPortalError(name=name, known=", ".join(visit.portals))
    return name


Do = Callable[[Visit, str, int], object]


def _deciding(name: str, do: Do, *, sends: bool) -> Callable[[Visit], Response]:
    """``sends``: the portal is to have it at once."""

    def respond(visit: Visit) -> Response:
        portal, article_id = _portal(visit), visit.article()
        do(visit, portal, article_id)
        answer = visit.back(done=name)
        if sends:
            answer.background = BackgroundTask(visit.desk.push, article_id)
        return answer

    return respond


def _retry(visit: Visit, portal: str, article_id: int) -> object:
    with visit.writing() as session:
        return visit.outbox.retry(session, portal, article_id, by=visit.name, now=visit.now)


def _keep(visit: Visit, portal: str, article_id: int) -> object:
    with visit.writing() as session:
        return visit.outbox.keep_theirs(session, portal, article_id, by=visit.name, now=visit.now)


def _overwrite(visit: Visit, portal: str, article_id: int) -> object:
    return visit.outbox.overwrite(portal, article_id, by=visit.name, now=visit.now)


def retry_all(visit: Visit) -> Response:
    """All that were given up."""
    portal = _portal(visit)
    with visit.writing() as session:
        visit.outbox.retry(session, portal, None, by=visit.name, now=visit.now)
    return _sending(visit, portal, "retry")


def send(visit: Visit) -> Response:
    """What waits, now; else it goes with the next pass of ``aggregator schedule``."""
    return _sending(visit, _portal(visit), "send")


def _sending(visit: Visit, portal: str, done: str) -> Response:
    answer = visit.back(done=done)
    answer.background = BackgroundTask(_pass, visit.outbox, portal)
    return answer


def _pass(outbox: DeskOutbox, portal: str) -> None:
    """Nobody waits for it: what it runs into is in the outbox, or else noted here."""
    try:
        outbox.send(portal)
    except AggregatorError as error:
        logger.error("publishing to %s: %s", portal, error)


_ACTS: Mapping[str, tuple[str, Do, bool]] = {
    "ulang": ("retry", _retry, True),
    "biarkan": ("keep", _keep, False),
    "timpa": ("overwrite", _overwrite, True),
}
"""The last part of the address -> what is said after it, what it does, whether it sends."""

_PORTAL = {"portal": "sekolah"}

PAGES: Sequence[Page] = (
    Page(path="/terbitan", respond=show_publications),
    Page(path="/terbitan/{portal}/kirim", respond=send, method="POST", examples=_PORTAL),
    Page(path="/terbitan/{portal}/ulang", respond=retry_all, method="POST", examples=_PORTAL),
    Page(
        path="/terbitan/{portal}/{id:int}/beda",
        respond=show_difference,
        examples={**_PORTAL, "id": "1"},
    ),
    *(
        Page(
            path=f"/terbitan/{{portal}}/{{id:int}}/{word}",
            respond=_deciding(name, do, sends=sends),
            method="POST",
            examples={**_PORTAL, "id": "1"},
        )
        for word, (name, do, sends) in _ACTS.items()
    ),
)
