"""Taking a held article out of sight, and bringing it back: at once, everywhere, and logged."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from aggregator.errors import NotWithdrawnError
from aggregator.model import AuditEntry
from pipelines.relate import compare_all_pending
from storage import audit, withdrawals
from storage.database import Database


def take_down(
    database: Database, article_id: int, *, reason: str, by: str, now: datetime
) -> tuple[str, ...]:
    """Lock an article and keep it out for ever; the names under which it is kept out from now on.
    Empty: it was withdrawn already. Raises ``StorageError``."""
    with database.session() as session:
        names = withdrawals.withdraw(session, article_id, at=now, reason=reason, by=by)
        if names:
            _log(session, "withdraw", article_id, reason, by, now)
    # Whatever it stood for is shown by another print from now on.
    compare_all_pending(database)
    return names


def bring_back(database: Database, article_id: int, *, reason: str, by: str, now: datetime) -> None:
    """Take a withdrawal back. Raises ``NotWithdrawnError``, ``StorageError``."""
    with database.session() as session:
        row = withdrawals.current(session, article_id)
        if row is None:
            raise NotWithdrawnError(key=str(article_id))
        withdrawals.undo(session, row.id, at=now, by=by, reason=reason)
        _log(session, "withdraw undo", article_id, reason, by, now)
    compare_all_pending(database)


def _log(
    session: Session, action: str, article_id: int, reason: str, by: str, now: datetime
) -> None:
    entry = AuditEntry(
        at=now, who=by, action=action, article_id=article_id, detail={"reason": reason}
    )
    audit.write(session, entry)
