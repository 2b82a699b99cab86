"""One article: the publisher's words beside the editor's, how it changed, its other prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy.orm import Session
from starlette.background import BackgroundTask
from starlette.responses import Response

from aggregator import duplicates, review, takedown
from aggregator.changes import Change, changes
from aggregator.duplicates import Explanation, Signed, explain
from aggregator.errors import QueryError, ReviewValueError
from aggregator.model import AuditEntry, Publication, Review, ReviewState, Revision
from aggregator.query import ArticleView, get_article, history
from aggregator.review import changed_since
from aggregator.reviewqueue import Item, items_of
from aggregator.times import parse_moment
from aggregator.web.desk.page import Page, Visit
from storage import audit, channels, publications, reviews

LOGGED = 20
"""Entries of the log that are shown with an article."""


@dataclass(frozen=True, kw_only=True)
class RevisionShown:
    revision: Revision
    changes: Sequence[Change]
    """From the one before; none of the first."""


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """Everything about one article that an editor may want to see."""

    item: Item
    since_approval: Sequence[Change]
    revisions: Sequence[RevisionShown]
    """The newest first."""
    explanation: Explanation
    reviews: dict[int, Review]
    """Of its other prints."""
    log: Sequence[AuditEntry]
    sections: Sequence[str]
    publishers: Mapping[str, str]
    """Their titles."""
    posts: Sequence[Publication]
    """In the portals that are published to."""
    unsent: Sequence[str]
    """Portals that are to have it, and have never been sent it."""

    @property
    def view(self) -> ArticleView:
        return self.item.view


def show_article(visit: Visit) -> Response:
    with visit.reading() as session:
        dossier = _dossier(session, str(visit.path["id"]), visit.portals)
    here = f"{visit.place.root}/artikel/{dossier.view.id}"
    return visit.show("article.html", dossier=dossier, rules=visit.rules(), here=here)


def _dossier(session: Session, key: str, portals: Sequence[str]) -> Dossier:
    view = get_article(session, key)
    (item,) = items_of(session, [view.id])
    explained = explain(session, key)
    members = list(explained.cluster.cluster.member_ids) if explained.cluster else []
    has_changed = item.review is not None and item.has_changed
    posts = publications.of_article(session, view.id, portals)
    return Dossier(
        item=item,
        since_approval=changed_since(session, view, item.review)
        if item.review and has_changed
        else (),
        revisions=_revisions(history(session, view.id)),
        explanation=explained,
        reviews=reviews.of_articles(session, members),
        log=audit.latest(session, article_id=view.id, limit=LOGGED),
        sections=reviews.sections(session),
        publishers=channels.publisher_titles(session),
        posts=posts,
        unsent=_unsent(item, posts, portals),
    )


def _unsent(item: Item, posts: Sequence[Publication], portals: Sequence[str]) -> Sequence[str]:
    if item.review is None or item.review.state is not ReviewState.APPROVED:
        return ()
    have = {post.portal for post in posts}
    have |= {post.portal for post in item.view.holding.published_in}
    return [portal for portal in portals if portal not in have]


def _revisions(found: Sequence[Revision]) -> tuple[RevisionShown, ...]:
    first = [RevisionShown(revision=found[0], changes=())] if found else []
    later = [RevisionShown(revision=b, changes=changes(a, b)) for a, b in pairwise(found)]
    return tuple(reversed([*first, *later]))


# --- how it is shown ------------------------------------------------------------------------------


def edit(visit: Visit) -> Response:
    """All fields of the form at once; one that is wrong changes nothing."""
    approves = visit.form.get("then") == "approve"
    key = str(visit.path["id"])
    with visit.writing() as session:
        _change(session, key, visit)
        if approves:
            review.approve(session, key, visit.act)
    return visit.back(done="approve" if approves else "edit")


def _change(session: Session, key: str, visit: Visit) -> None:
    """Only what differs is an act."""
    form, act = visit.form, visit.act
    view = get_article(session, key)
    (item,) = items_of(session, [view.id])
    before, article = item.review, view.article
    words = [" ".join(form.get(name, "").split()) for name in ("headline", "excerpt")]
    shown = [
        (before and before.headline) or article.headline,
        (before and before.excerpt) or article.excerpt or "",
    ]
    if words != shown:
        review.edit(session, key, act, headline=words[0], excerpt=words[1])
    section = form.get("section", "").strip()
    if section != ((before and before.section) or ""):
        review.place(session, key, act, section=section)
    moment = _moment(visit, form.get("publish_at", ""))
    # A form knows no seconds.
    if moment != _minute(before.publish_at if before else None):
        review.schedule(session, key, act, publish_at=moment)


def _minute(moment: datetime | None) -> datetime | None:
    return moment.replace(second=0, microsecond=0) if moment else None


def _moment(visit: Visit, text: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        return parse_moment(text, visit.config.zone)
    except ValueError as error:
        raise ReviewValueError(
            field="publish_at", detail="write a time as YYYY-MM-DD HH:MM"
        ) from error


# --- withdrawing ----------------------------------------------------------------------------------


def withdraw(visit: Visit) -> Response:
    article_id = visit.article()
    takedown.take_down(
        visit.desk.writing, article_id, reason=_reason(visit), by=visit.name, now=visit.now
    )
    return _pushing(visit, article_id, visit.back(done="withdraw"))


def bring_back(visit: Visit) -> Response:
    article_id = visit.article()
    takedown.bring_back(
        visit.desk.writing, article_id, reason=_reason(visit), by=visit.name, now=visit.now
    )
    return _pushing(visit, article_id, visit.back(done="bring-back"))


def _pushing(visit: Visit, article_id: int, answer: Response) -> Response:
    """The portals may take their time: nobody at the desk waits for them."""
    answer.background = BackgroundTask(visit.desk.push, article_id)
    return answer


def _reason(visit: Visit) -> str:
    """Raises ``ReviewValueError``."""
    return review.reason_of(visit.form.get("reason", ""))


# --- duplicates -----------------------------------------------------------------------------------


def merge(visit: Visit) -> Response:
    key, other = str(visit.path["id"]), visit.form.get("other", "").strip()
    duplicates.merge(visit.config, key, other, _signed(visit))
    _log(visit, "merge", other=other)
    return visit.back(done="merge")


def split(visit: Visit) -> Response:
    duplicates.split(visit.config, str(visit.path["id"]), _signed(visit))
    _log(visit, "split")
    return visit.back(done="split")


def undo(visit: Visit) -> Response:
    """Only what is shown with this article: the log names it."""
    number = int(visit.path["number"])
    with visit.reading() as session:
        shown = explain(session, str(visit.path["id"])).decisions
    if number not in {decision.id for decision in shown}:
        raise QueryError(field="decision", value=number, detail="there is none")
    duplicates.undo(visit.config, number, _signed(visit))
    _log(visit, "decision undo", decision=str(number))
    return visit.back(done="undo")


def _signed(visit: Visit) -> Signed:
    return Signed(by=visit.name, reason=_reason(visit), now=visit.now)


def _log(visit: Visit, action: str, **detail: str) -> None:
    article_id = int(visit.path["id"])
    reason = _reason(visit)
    with visit.writing() as session:
        entry = AuditEntry(
            at=visit.now,
            who=visit.name,
            action=action,
            article_id=article_id,
            detail={"reason": reason, **detail},
        )
        audit.write(session, entry)


_ONE = {"id": "1"}

PAGES = (
    Page(path="/artikel/{id:int}", respond=show_article, examples=_ONE),
    Page(path="/artikel/{id:int}/sunting", respond=edit, method="POST", examples=_ONE),
    Page(path="/artikel/{id:int}/cabut", respond=withdraw, method="POST", examples=_ONE),
    Page(path="/artikel/{id:int}/pulihkan", respond=bring_back, method="POST", examples=_ONE),
    Page(path="/artikel/{id:int}/gabung", respond=merge, method="POST", examples=_ONE),
    Page(path="/artikel/{id:int}/pisah", respond=split, method="POST", examples=_ONE),
    Page(
        path="/artikel/{id:int}/putusan/{number:int}/batal",
        respond=undo,
        method="POST",
        examples={"id": "1", "number": "1"},
    ),
)
