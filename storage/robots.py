"""What hosts' robots.txt said, run by run; equal texts are kept once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Select, delete, insert, select
from sqlalchemy.orm import Session

from aggregator.model import RobotsAnswer, RobotsDecision, RobotsVisit
from storage.tables import RobotsTextRow, RobotsVisitRow


def record(session: Session, run_id: int, visits: Iterable[RobotsVisit]) -> None:
    rows = [
        {
            "run_id": run_id,
            "host": visit.answer.host,
            "publisher": visit.publisher,
            "decision": visit.answer.decision,
            "http_status": visit.answer.http_status,
            "reason": visit.answer.reason,
            "text_hash": _keep(session, visit.answer),
            "fetched_at": visit.answer.fetched_at,
            "allowed": visit.allowed,
            "refused": visit.refused,
        }
        for visit in visits
    ]
    if rows:
        session.execute(insert(RobotsVisitRow), rows)


def latest(session: Session, host: str, since: datetime) -> RobotsAnswer | None:
    """The newest answer of a host that was read at ``since`` or later; unreachable is none."""
    row = session.execute(
        _visits()
        .where(
            RobotsVisitRow.host == host,
            RobotsVisitRow.fetched_at >= since,
            RobotsVisitRow.decision != RobotsDecision.UNREACHABLE,
        )
        .order_by(RobotsVisitRow.fetched_at.desc(), RobotsVisitRow.run_id.desc())
        .limit(1)
    ).first()
    return _visit(*row).answer if row else None


def of_run(session: Session, run_id: int) -> tuple[RobotsVisit, ...]:
    rows = session.execute(
        _visits().where(RobotsVisitRow.run_id == run_id).order_by(RobotsVisitRow.host)
    )
    return tuple(_visit(*row) for row in rows)


def forget_unused_texts(session: Session) -> None:
    """Delete texts that no run refers to any more."""
    used = select(RobotsVisitRow.text_hash).where(RobotsVisitRow.text_hash.is_not(None))
    session.execute(delete(RobotsTextRow).where(RobotsTextRow.hash.not_in(used)))


def _keep(session: Session, answer: RobotsAnswer) -> str | None:
    if answer.text is None:
        return None
    digest = sha256(answer.text.encode("utf-8", "surrogatepass")).hexdigest()
    if session.get(RobotsTextRow, digest) is None:
        session.add(RobotsTextRow(hash=digest, text=answer.text, first_seen=answer.fetched_at))
        session.flush()
    return digest


def _visits() -> Select[RobotsVisitRow, str]:
    return select(RobotsVisitRow, RobotsTextRow.text).outerjoin(
        RobotsTextRow, RobotsTextRow.hash == RobotsVisitRow.text_hash
    )


def _visit(row: RobotsVisitRow, text: str | None) -> RobotsVisit:
    return RobotsVisit(
        publisher=row.publisher,
        answer=RobotsAnswer(
            host=row.host,
            decision=RobotsDecision(row.decision),
            fetched_at=row.fetched_at,
            http_status=row.http_status,
            reason=row.reason,
            text=text,
        ),
        allowed=row.allowed,
        refused=row.refused,
    )
