"""Who may work at the editor's desk. Every change is in the audit log, by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from aggregator.errors import LastAdminError, UserExistsError, UserNameError, UserNotFoundError
from aggregator.model import AuditEntry, DeskRole, DeskUser
from storage import audit, users

if TYPE_CHECKING:
    # Another package, which only the web side needs.
    from aggregator.passwords import Passwords

# As people write themselves, and no colon: rules sign as "rule: <name>".
_NAME = re.compile(r"[^\W\d_][\w .,'’-]{0,62}[\w.]")


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who changes it, and when."""

    by: str
    now: datetime


def add(
    session: Session,
    passwords: Passwords,
    name: str,
    password: str,
    role: DeskRole,
    signed: Signature,
) -> DeskUser:
    """Raises ``UserNameError``, ``UserExistsError``, ``PasswordError``."""
    known_as = " ".join(name.split())
    if not _NAME.fullmatch(known_as):
        raise UserNameError(name=name)
    if any(user.name.casefold() == known_as.casefold() for user in users.everybody(session)):
        raise UserExistsError(name=known_as)
    hashed = passwords.hash(known_as, password)
    user = DeskUser(name=known_as, role=role, created_at=signed.now)
    users.add(session, user, hashed)
    _log(session, signed, "user add", known_as, role=str(role))
    return user


def set_password(
    session: Session, passwords: Passwords, name: str, password: str, signed: Signature
) -> None:
    """A new password; whoever is signed in with the old one is signed out. Raises
    ``PasswordError``, ``UserNotFoundError``."""
    find(session, name)
    users.set_password(session, name, passwords.hash(name, password))
    users.revoke_all(session, name, signed.now)
    users.forget_failures(session, name)
    _log(session, signed, "user password", name)


def set_role(session: Session, name: str, role: DeskRole, signed: Signature) -> None:
    """Raises ``LastAdminError``, ``UserNotFoundError``."""
    before = find(session, name)
    if role is not DeskRole.ADMIN:
        _keep_an_admin(session, before)
    users.set_role(session, name, role)
    _log(session, signed, "user role", name, before=str(before.role), after=str(role))


def disable(session: Session, name: str, signed: Signature) -> None:
    """They cannot sign in any more, and are signed out. Raises ``LastAdminError``,
    ``UserNotFoundError``."""
    _keep_an_admin(session, find(session, name))
    users.set_disabled(session, name, signed.now)
    users.revoke_all(session, name, signed.now)
    _log(session, signed, "user disable", name)


def enable(session: Session, name: str, signed: Signature) -> None:
    """Raises ``UserNotFoundError``."""
    find(session, name)
    users.set_disabled(session, name, None)
    _log(session, signed, "user enable", name)


def find(session: Session, name: str) -> DeskUser:
    """Raises ``UserNotFoundError``."""
    user = users.find(session, name)
    if user is None:
        raise UserNotFoundError(name=name)
    return user


def _keep_an_admin(session: Session, user: DeskUser) -> None:
    """Somebody must be able to let others in."""
    is_admin = user.role is DeskRole.ADMIN and user.disabled_at is None
    if is_admin and not users.other_admins(session, user.name):
        raise LastAdminError(name=user.name)


def _log(session: Session, signed: Signature, action: str, name: str, **detail: str) -> None:
    entry = AuditEntry(at=signed.now, who=signed.by, action=action, detail={"user": name, **detail})
    audit.write(session, entry)
