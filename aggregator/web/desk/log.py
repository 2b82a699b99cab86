"""Who did what, when."""

from __future__ import annotations

from starlette.responses import Response

from aggregator.errors import QueryError
from aggregator.web.desk.page import Page, Visit
from storage import audit

ON_A_PAGE = 100


def show_log(visit: Visit) -> Response:
    article_id = _number(visit.query.get("article", ""), "article")
    before = _number(visit.query.get("before", ""), "before")
    with visit.reading() as session:
        found = audit.numbered(session, article_id=article_id, before=before, limit=ON_A_PAGE)
    following = found[-1][0] if len(found) == ON_A_PAGE else None
    return visit.show(
        "log.html",
        entries=[entry for _, entry in found],
        article_id=article_id,
        following=following,
    )


def _number(text: str, field: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or len(text) > 9:
        raise QueryError(field=field, value=text, detail="is out of range")
    return int(text)


PAGES = (Page(path="/catatan", respond=show_log),)
