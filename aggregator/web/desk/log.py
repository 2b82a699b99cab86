"""Who did what, when."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from aggregator.errors import QueryError
from aggregator.model import AuditEntry
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
        entries=[(entry, details(entry)) for _, entry in found],
        article_id=article_id,
        following=following,
    )


def details(entry: AuditEntry) -> dict[str, Any]:
    """What is worth reading of it: of a decision only what it changed."""
    before, after = entry.detail.get("before"), entry.detail.get("after")
    if not isinstance(before, dict) or not isinstance(after, dict):
        known = {n: v for n, v in entry.detail.items() if n not in _FOR_PROGRAMS and v is not None}
        return known if entry.action.startswith("publish.") else dict(entry.detail)
    changed = {
        name: after.get(name, "–")
        for name in (*before, *(n for n in after if n not in before))
        if before.get(name) != after.get(name) and name not in _KNOWN
    }
    others = {name: value for name, value in entry.detail.items() if name not in _HELD}
    return {**changed, **others}


_KNOWN = ("state", "revision")
"""Said by the act itself."""
_FOR_PROGRAMS = ("state", "remote_id", "hash", "revision", "basis", "why")
"""Of what was done in a portal."""
_HELD = ("before", "after")


def _number(text: str, field: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or len(text) > 9:
        raise QueryError(field=field, value=text, detail="is out of range")
    return int(text)


PAGES = (Page(path="/catatan", respond=show_log),)
