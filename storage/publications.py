"""The outbox of each portal: what it was given, and what may have to be done about it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from aggregator.model import (
    PortalState,
    Publication,
    PublicationState,
    Review,
    ReviewState,
    Stop,
)
from storage import reviews
from storage.tables import (
    ArticleRow,
    MemberRow,
    PortalMatchRow,
    PortalPostRow,
    PortalStateRow,
    PublicationRow,
    ReviewRow,
)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An article that is in a portal's outbox, or that may belong into it."""

    article_id: int
    revision: int
    publishable: bool
    withdrawn_at: datetime | None
    basis: str
    review: Review | None
    publication: Publication | None
    there_already: bool
    """A post that was imported from the portal is it."""


def candidates(
    session: Session, portal: str, *, aliases: Collection[str], unreviewed_since: datetime | None
) -> tuple[Candidate, ...]:
    """What is in the outbox and what was approved, the oldest decision first.

    ``aliases``: what the portal is called where its posts were imported. ``unreviewed_since``:
    without approval, articles from then on; ``None``: none.
    """
    of_portal = and_(PublicationRow.article_id == ArticleRow.id, PublicationRow.portal == portal)
    is_candidate: list[ColumnElement[bool]] = [PublicationRow.article_id.is_not(None), _approved()]
    if unreviewed_since is not None:
        is_candidate.append(_unreviewed(unreviewed_since))
    rows = session.execute(
        select(
            ArticleRow.id,
            ArticleRow.revision,
            ArticleRow.publishable,
            ArticleRow.withdrawn_at,
            ArticleRow.rights_basis,
            PublicationRow,
            _imported(aliases).label("imported"),
        )
        .outerjoin(PublicationRow, of_portal)
        .outerjoin(ReviewRow, ReviewRow.article_id == ArticleRow.id)
        .where(or_(*is_candidate))
        .order_by(ReviewRow.decided_at, ArticleRow.sort_at, ArticleRow.id)
    ).all()
    decided = reviews.of_articles(session, [row[0] for row in rows])
    return tuple(
        Candidate(
            article_id=number,
            revision=revision,
            publishable=publishable,
            withdrawn_at=withdrawn_at,
            basis=basis,
            review=decided.get(number),
            publication=_publication(held) if held is not None else None,
            there_already=imported,
        )
        for number, revision, publishable, withdrawn_at, basis, held, imported in rows
    )


def _approved() -> ColumnElement[bool]:
    return and_(ReviewRow.state == ReviewState.APPROVED, ArticleRow.publishable)


def get(session: Session, portal: str, article_id: int) -> Publication | None:
    row = session.get(PublicationRow, (article_id, portal))
    return _publication(row) if row is not None else None


def save(session: Session, publication: Publication) -> None:
    session.merge(PublicationRow(**asdict(publication)))
    session.flush()


def listed(
    session: Session, *, portals: Collection[str], only_stopped: bool = False
) -> tuple[Publication, ...]:
    """Those of these portals, what waits for a person first, then the newest."""
    query = select(PublicationRow).where(PublicationRow.portal.in_(portals))
    if only_stopped:
        query = query.where(PublicationRow.stop.is_not(None))
    order = (PublicationRow.stop.is_(None), PublicationRow.changed_at.desc())
    rows = session.scalars(query.order_by(*order, PublicationRow.article_id))
    return tuple(map(_publication, rows))


UNDECIDED = (Stop.CONFLICT, Stop.REMOVED, Stop.DEAD)
"""What waits for a person's word."""


def undecided(session: Session, portals: Collection[str], *, limit: int) -> Sequence[Publication]:
    """What waits for a person, the newest first."""
    query = select(PublicationRow).where(PublicationRow.stop.in_(UNDECIDED))
    return _newest(session, query.where(PublicationRow.portal.in_(portals)).limit(limit))


def there(
    session: Session, portals: Collection[str], *, offset: int, limit: int
) -> Sequence[Publication]:
    """What has a post in a portal, or had one, the newest first."""
    query = select(PublicationRow).where(
        PublicationRow.portal.in_(portals), PublicationRow.remote_id.is_not(None)
    )
    return _newest(session, query.offset(offset).limit(limit))


def of_article(
    session: Session, article_id: int, portals: Collection[str]
) -> Sequence[Publication]:
    query = select(PublicationRow).where(PublicationRow.article_id == article_id)
    return _newest(session, query.where(PublicationRow.portal.in_(portals)))


def given_up(session: Session, portals: Collection[str]) -> dict[str, int]:
    """How many of each portal were tried too often."""
    rows = session.execute(
        select(PublicationRow.portal, func.count())
        .where(PublicationRow.portal.in_(portals), PublicationRow.stop == Stop.DEAD)
        .group_by(PublicationRow.portal)
    )
    return {row[0]: row[1] for row in rows}


def headlines(session: Session, article_ids: Collection[int]) -> dict[int, str]:
    """As readers see them."""
    rows = session.execute(
        select(ArticleRow.id, func.coalesce(ReviewRow.headline, ArticleRow.headline))
        .outerjoin(ReviewRow, ReviewRow.article_id == ArticleRow.id)
        .where(ArticleRow.id.in_(article_ids))
    )
    return {row[0]: row[1] for row in rows}


def _newest(session: Session, query: Select[PublicationRow]) -> Sequence[Publication]:
    order = (PublicationRow.changed_at.desc(), PublicationRow.article_id, PublicationRow.portal)
    return tuple(_publication(row) for row in session.scalars(query.order_by(*order)))


def standing_withdrawn(session: Session) -> Iterator[tuple[Publication, datetime]]:
    """What was withdrawn and may still be read in a portal, with since when it was."""
    rows = session.execute(
        select(PublicationRow, ArticleRow.withdrawn_at)
        .join(ArticleRow, ArticleRow.id == PublicationRow.article_id)
        .where(
            ArticleRow.withdrawn_at.is_not(None),
            or_(
                PublicationRow.state == PublicationState.SENT,
                and_(
                    PublicationRow.state == PublicationState.WAITING,
                    PublicationRow.intended_hash.is_not(None),
                ),
            ),
            or_(PublicationRow.stop.is_(None), PublicationRow.stop != Stop.REMOVED),
        )
        .order_by(PublicationRow.portal, PublicationRow.article_id)
    )
    for row, withdrawn_at in rows:
        assert withdrawn_at is not None, "others were not asked for"
        yield _publication(row), withdrawn_at


def portal_state(session: Session, name: str) -> PortalState:
    row = session.get(PortalStateRow, name)
    if row is None:
        return PortalState(name=name)
    return PortalState(**{column: getattr(row, column) for column in _PORTAL_COLUMNS})


def save_portal_state(session: Session, state: PortalState) -> None:
    session.merge(PortalStateRow(**asdict(state)))


def _unreviewed(since: datetime) -> ColumnElement[bool]:
    other_stands_for_it = exists().where(
        MemberRow.article_id == ArticleRow.id, MemberRow.representative_id != ArticleRow.id
    )
    return and_(
        ReviewRow.article_id.is_(None),
        ArticleRow.publishable,
        ArticleRow.sort_at >= since,
        ~other_stands_for_it,
    )


def _imported(aliases: Collection[str]) -> ColumnElement[bool]:
    return exists().where(
        PortalMatchRow.article_id == ArticleRow.id,
        PortalPostRow.id == PortalMatchRow.post_id,
        PortalPostRow.portal.in_(aliases),
    )


_COLUMNS = tuple(column.name for column in PublicationRow.__table__.columns)
_PORTAL_COLUMNS = tuple(column.name for column in PortalStateRow.__table__.columns)


def _publication(row: PublicationRow) -> Publication:
    values = {name: getattr(row, name) for name in _COLUMNS}
    stop = Stop(row.stop) if row.stop is not None else None
    return Publication(**values | {"state": PublicationState(row.state), "stop": stop})
