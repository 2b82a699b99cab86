"""The people of the editor's desk, the browsers that they signed in with, and failed attempts."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session

from aggregator.model import DeskRole, DeskUser
from storage.tables import DeskFailureRow, DeskSessionRow, DeskUserRow

NAME_LENGTH = 64


# --- people ---------------------------------------------------------------------------------------


def everybody(session: Session) -> tuple[DeskUser, ...]:
    return tuple(map(_user, session.scalars(select(DeskUserRow).order_by(DeskUserRow.name))))


def find(session: Session, name: str) -> DeskUser | None:
    row = session.get(DeskUserRow, name, populate_existing=True)
    return _user(row) if row is not None else None


def password_hash(session: Session, name: str) -> str | None:
    return session.scalar(select(DeskUserRow.password_hash).where(DeskUserRow.name == name))


def add(session: Session, user: DeskUser, password_hash: str) -> None:
    session.add(
        DeskUserRow(
            name=user.name,
            role=user.role,
            password_hash=password_hash,
            created_at=user.created_at,
            disabled_at=user.disabled_at,
        )
    )
    session.flush()


def set_password(session: Session, name: str, password_hash: str) -> None:
    _change(session, name, password_hash=password_hash)


def set_role(session: Session, name: str, role: DeskRole) -> None:
    _change(session, name, role=role)


def set_disabled(session: Session, name: str, at: datetime | None) -> None:
    _change(session, name, disabled_at=at)


def other_admins(session: Session, name: str) -> int:
    """How many others administer, and may sign in. Nobody else changes that meanwhile."""
    admins = select(DeskUserRow.name).where(
        DeskUserRow.role == DeskRole.ADMIN,
        DeskUserRow.disabled_at.is_(None),
    )
    return len(set(session.scalars(admins.with_for_update())) - {name})


def _change(session: Session, name: str, **values: object) -> None:
    session.execute(update(DeskUserRow).where(DeskUserRow.name == name).values(**values))


def _user(row: DeskUserRow) -> DeskUser:
    return DeskUser(
        name=row.name,
        role=DeskRole(row.role),
        created_at=row.created_at,
        disabled_at=row.disabled_at,
    )


# --- signed in ------------------------------------------------------------------------------------


def open_session(
    session: Session, token_hash: str, name: str, now: datetime, life: timedelta
) -> None:
    session.add(
        DeskSessionRow(
            token_hash=token_hash,
            name=name,
            created_at=now,
            last_used_at=now,
            expires_at=now + life,
        )
    )


def signed_in(
    session: Session, token_hash: str, now: datetime, idle: timedelta
) -> tuple[DeskUser, datetime] | None:
    """Whose session it is and when it was last used, while it holds and they may sign in."""
    found = session.execute(
        select(DeskUserRow, DeskSessionRow.last_used_at)
        .join(DeskSessionRow, DeskSessionRow.name == DeskUserRow.name)
        .where(
            DeskSessionRow.token_hash == token_hash,
            DeskSessionRow.revoked_at.is_(None),
            DeskSessionRow.expires_at > now,
            DeskSessionRow.last_used_at > now - idle,
            DeskUserRow.disabled_at.is_(None),
        )
    ).first()
    return (_user(found[0]), found[1]) if found is not None else None


def touch(session: Session, token_hash: str, now: datetime) -> None:
    session.execute(
        update(DeskSessionRow)
        .where(DeskSessionRow.token_hash == token_hash)
        .values(last_used_at=now)
    )


def revoke(session: Session, token_hash: str, now: datetime) -> None:
    session.execute(
        update(DeskSessionRow)
        .where(DeskSessionRow.token_hash == token_hash, DeskSessionRow.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def revoke_all(session: Session, name: str, now: datetime) -> None:
    session.execute(
        update(DeskSessionRow)
        .where(DeskSessionRow.name == name, DeskSessionRow.revoked_at.is_(None))
        .values(revoked_at=now)
    )


# --- failed attempts ------------------------------------------------------------------------------


def lock_failures(session: Session) -> None:
    """Nobody else counts or notes one until this transaction ends. SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE desk_failure IN SHARE ROW EXCLUSIVE MODE"))


def note_failure(session: Session, name: str, client: str, now: datetime) -> None:
    session.add(DeskFailureRow(at=now, name=_typed(name), client=client[:NAME_LENGTH]))


def failures(
    session: Session, since: datetime, *, name: str | None = None, client: str | None = None
) -> tuple[int, datetime | None]:
    """How many there were, and when the first of them."""
    query = select(func.count(), func.min(DeskFailureRow.at)).where(DeskFailureRow.at > since)
    if name is not None:
        query = query.where(DeskFailureRow.name == _typed(name))
    if client is not None:
        query = query.where(DeskFailureRow.client == client[:NAME_LENGTH])
    count, first = session.execute(query).one()
    return count, first


def forget_failures(session: Session, name: str) -> None:
    session.execute(delete(DeskFailureRow).where(DeskFailureRow.name == _typed(name)))


def forget_old(session: Session, before: datetime) -> None:
    """Failures and sessions that count for nothing any more."""
    session.execute(delete(DeskFailureRow).where(DeskFailureRow.at <= before))
    session.execute(delete(DeskSessionRow).where(DeskSessionRow.expires_at <= before))


def _typed(name: str) -> str:
    return name.casefold()[:NAME_LENGTH]
