"""What a person decides about the outbox: try again, keep theirs, overwrite; and all is logged."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from aggregator.errors import NotPublishedError, UsageError
from aggregator.model import AuditEntry, Publication, PublicationState, Stop
from aggregator.publish.courier import digest_of
from aggregator.publish.port import PortalPort, PostState
from aggregator.query.lookup import IDS
from storage import audit, publications
from storage.database import Database

_THEIRS = (Stop.CONFLICT, Stop.REMOVED, Stop.KEPT)


def retry(
    session: Session, portal: str, article_id: int | None, *, by: str, now: datetime
) -> tuple[Publication, ...]:
    """Begin anew with one article, else with all that were given up. Raises
    ``NotPublishedError``."""
    if article_id is not None:
        wanted: tuple[Publication, ...] = (_held(session, portal, article_id),)
    else:
        stopped = publications.listed(session, portals=[portal], only_stopped=True)
        wanted = tuple(one for one in stopped if one.stop is Stop.DEAD)
    again = tuple(
        replace(
            one,
            stop=None if one.stop is Stop.DEAD else one.stop,
            attempts=0,
            next_attempt_at=None,
            changed_at=now,
        )
        for one in wanted
    )
    for one in again:
        _save(session, one, by=by, now=now, action="publish.retry")
    return again


def keep_theirs(
    session: Session, portal: str, article_id: int, *, by: str, now: datetime
) -> Publication:
    """The post is the portal's editor's from now on: nothing of ours goes into it any more."""
    held = _unresolved(session, portal, article_id)
    kept = replace(held, stop=Stop.KEPT, changed_at=now)
    _save(session, kept, by=by, now=now, action="publish.keep-theirs")
    return kept


def overwrite(
    database: Database, port: PortalPort, portal: str, article_id: int, *, by: str, now: datetime
) -> Publication:
    """Let the next pass put ours in place of what stands there now; what they write after this
    moment is theirs again. Raises ``PortalError``."""
    with database.session() as session:
        held = _unresolved(session, portal, article_id)
    remote = port.read(held.remote_id) if held.remote_id is not None else None
    changes: dict[str, Any]
    if remote is None:
        changes = {
            "state": PublicationState.WAITING,
            "remote_id": None,
            "remote_url": None,
            "public": False,
            "sent_hash": None,
        }
    else:
        unseen = remote.state is PostState.HIDDEN or (
            remote.state is PostState.PENDING and held.public
        )
        changes = {
            "state": PublicationState.HIDDEN if unseen else PublicationState.SENT,
            "sent_hash": digest_of(remote),
        }
    changes |= {"intended_hash": None, "doing": None, "attempts": 0, "next_attempt_at": None}
    ours = replace(held, stop=None, mark=None, last_error=None, changed_at=now, **changes)
    with database.session() as session:
        _save(session, ours, by=by, now=now, action="publish.overwrite")
    return ours


def _held(session: Session, portal: str, article_id: int) -> Publication:
    held = publications.get(session, portal, article_id) if article_id in IDS else None
    if held is None:
        raise NotPublishedError(key=article_id, portal=portal)
    return held


def _unresolved(session: Session, portal: str, article_id: int) -> Publication:
    held = _held(session, portal, article_id)
    if held.stop not in _THEIRS:
        raise UsageError("there is nothing to resolve: the portal has the post as it was sent")
    return held


def _save(session: Session, held: Publication, *, by: str, now: datetime, action: str) -> None:
    publications.save(session, held)
    detail = {"portal": held.portal, "state": str(held.state), "url": held.remote_url}
    entry = AuditEntry(at=now, who=by, action=action, article_id=held.article_id, detail=detail)
    audit.write(session, entry)
