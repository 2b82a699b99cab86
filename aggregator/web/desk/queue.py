"""The queue: what waits, with everything that a decision needs, and the decisions themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import urlencode

from sqlalchemy.orm import Session
from starlette.responses import Response

from aggregator import review
from aggregator.errors import QueryChoiceError, QueryError
from aggregator.model import Review, RightsBasis
from aggregator.review import Act
from aggregator.reviewqueue import NO_FLAG, Tray, Wanted, counted, listed
from aggregator.web.desk.page import Page, Visit
from storage import channels

T = TypeVar("T", Tray, RightsBasis)

FILTERS = ("tray", "publisher", "topic", "basis", "flag")


def show_queue(visit: Visit) -> Response:
    tray, wanted = _asked(visit.query)
    with visit.reading() as session:
        page = listed(session, tray, wanted, visit.now, cursor=_cursor(visit.query))
        counts = counted(session, visit.now)
        publishers = channels.publisher_titles(session)
    rules = visit.rules()
    asked = {name: visit.query[name] for name in FILTERS if visit.query.get(name)}
    following = {**asked, "cursor": str(page.next_cursor)} if page.next_cursor else None
    return visit.show(
        "queue.html",
        tray=tray,
        wanted=wanted,
        page=page,
        counts=counts,
        publishers=publishers,
        rules=rules,
        here=f"{visit.place.home}{_query(asked)}",
        following=f"{visit.place.home}{_query(following)}" if following else None,
        trays=tuple(Tray),
        bases=tuple(RightsBasis),
        no_flag=NO_FLAG,
    )


def _query(parameters: Mapping[str, str]) -> str:
    return f"?{urlencode(parameters)}" if parameters else ""


def _asked(query: Mapping[str, str]) -> tuple[Tray, Wanted]:
    """Raises ``QueryError``."""
    return _one_of(Tray, query.get("tray") or Tray.NEW, "tray"), Wanted(
        publisher=query.get("publisher") or None,
        topic=query.get("topic") or None,
        basis=_one_of(RightsBasis, query["basis"], "basis") if query.get("basis") else None,
        flag=query.get("flag") or None,
    )


def _one_of(kind: type[T], value: str, field: str) -> T:
    try:
        return kind(value)
    except ValueError as error:
        known = ", ".join(kind)
        raise QueryChoiceError(field=field, value=value, known=known) from error


def _cursor(query: Mapping[str, str]) -> int | None:
    given = query.get("cursor")
    if not given:
        return None
    if not given.isdecimal() or len(given) > 9:
        raise QueryError(field="cursor", value=given, detail="is out of range")
    return int(given)


# --- acts -----------------------------------------------------------------------------------------

Do = Callable[[Session, str, Act, Mapping[str, str]], Review]


def _deciding(name: str, do: Do) -> Callable[[Visit], Response]:
    def respond(visit: Visit) -> Response:
        with visit.writing() as session:
            do(session, str(visit.path["id"]), visit.act, visit.form)
        return visit.back(done=name)

    return respond


_ACTS: Mapping[str, tuple[str, Do]] = {
    "setujui": ("approve", lambda s, key, act, _: review.approve(s, key, act)),
    "tahan": ("hold", lambda s, key, act, form: review.hold(s, key, act, note=form.get("note"))),
    "tolak": (
        "reject",
        lambda s, key, act, form: review.reject(s, key, act, reason=form.get("reason", "")),
    ),
    "buka": ("reopen", lambda s, key, act, _: review.reopen(s, key, act)),
}
"""The last part of the address -> what it does."""

PAGES = (
    Page(path="/", respond=show_queue),
    *(
        Page(
            path=f"/artikel/{{id:int}}/{word}",
            respond=_deciding(name, do),
            method="POST",
            examples={"id": "1"},
        )
        for word, (name, do) in _ACTS.items()
    ),
)
