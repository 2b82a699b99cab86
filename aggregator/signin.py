"""Signing in to the desk: whoever guesses is slowed down, and a session is a secret that only the
browser holds.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from aggregator.config import Config
from aggregator.errors import SignInError, TooManyAttemptsError
from aggregator.model import AuditEntry, DeskUser
from aggregator.passwords import Passwords
from storage import audit, users
from storage.database import Database

WINDOW = timedelta(minutes=15)
"""How long a failure counts."""

CLIENT_FACTOR = 4
"""Failures that one address may have for each that a name may have: a school is behind one."""

TOUCHED = timedelta(minutes=1)
"""Sooner a session's last use is not written again."""


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    user: DeskUser
    token: str
    """What the browser is given. Nobody else has it."""


class SignIn:
    """The door."""

    def __init__(
        self, database: Database, reading: Database, config: Config, passwords: Passwords
    ) -> None:
        """``reading``: the same database, so that looking who is there waits for nobody."""
        self._database, self._reading = database, reading
        self._desk, self._passwords = config.desk, passwords

    def sign_in(
        self, name: str, password: str, *, client: str, now: datetime, instead_of: str | None = None
    ) -> SignedIn:
        """A new session, never one that was there before; ``instead_of`` ends.

        Raises ``TooManyAttemptsError`` before anything is looked at, ``SignInError`` which does not
        say what was wrong.
        """
        self._admit(name, client, now)
        with self._database.session() as session:
            user, hashed = users.find(session, name), users.password_hash(session, name)
        # Outside of a transaction: it takes long on purpose.
        fits = self._passwords.fits(hashed, password)
        with self._database.session() as session:
            if user is None or not fits or user.disabled_at is not None:
                _log_failure(session, name, client, now)
                user = None
            else:
                token = self._open(session, user, password, hashed, now, instead_of)
        if user is None:
            raise SignInError()
        return SignedIn(user=user, token=token)

    def confirm(self, name: str, password: str, *, client: str, now: datetime) -> None:
        """That whoever is signed in knows the password; guessed at no more often than at the door.
        Raises as ``sign_in`` does."""
        self._admit(name, client, now)
        with self._reading.session() as session:
            hashed = users.password_hash(session, name)
        fits = self._passwords.fits(hashed, password)
        with self._database.session() as session:
            if fits:
                users.forget_failures(session, name)
            else:
                _log_failure(session, name, client, now)
        if not fits:
            raise SignInError()

    def whose(self, token: str, now: datetime) -> DeskUser | None:
        """Who is signed in with this; ``None``: nobody, any more."""
        idle = timedelta(minutes=self._desk.idle_minutes)
        with self._reading.session() as session:
            found = users.signed_in(session, hash_of(token), now, idle)
        if found is None:
            return None
        user, last_used = found
        if now - last_used > TOUCHED:
            with self._database.session() as writing:
                users.touch(writing, hash_of(token), now)
        return user

    def sign_out(self, token: str, now: datetime) -> None:
        with self._database.session() as session:
            users.revoke(session, hash_of(token), now)

    def _admit(self, name: str, client: str, now: datetime) -> None:
        """Count the attempt as a failure until it is none: of many at once none slips through."""
        most = self._desk.login_attempts
        with self._database.session() as session:
            users.lock_failures(session)
            of_name = users.failures(session, now - WINDOW, name=name)
            of_client = users.failures(session, now - WINDOW, client=client)
            for (count, first), limit in ((of_name, most), (of_client, most * CLIENT_FACTOR)):
                if count >= limit and first is not None:
                    wait = max(math.ceil((first + WINDOW - now).total_seconds()), 1)
                    raise TooManyAttemptsError(seconds=wait, minutes=-(-wait // 60))
            users.note_failure(session, name, client, now)

    def _open(
        self,
        session: Session,
        user: DeskUser,
        password: str,
        hashed: str | None,
        now: datetime,
        instead_of: str | None,
    ) -> str:
        token = secrets.token_urlsafe(32)
        life = timedelta(hours=self._desk.session_hours)
        users.forget_old(session, now - WINDOW)
        users.forget_failures(session, user.name)
        if instead_of is not None:
            users.revoke(session, hash_of(instead_of), now)
        users.open_session(session, hash_of(token), user.name, now, life)
        if hashed is not None and self._passwords.is_outdated(hashed):
            users.set_password(session, user.name, self._passwords.again(password))
        audit.write(session, AuditEntry(at=now, who=user.name, action="sign in"))
        return token


def hash_of(token: str) -> str:
    """What the database keeps of a session's secret."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def form_token(token: str) -> str:
    """What a form must bring to be believed: known only to pages shown to that browser."""
    return hmac.new(token.encode("utf-8", "surrogatepass"), b"form", hashlib.sha256).hexdigest()


def _log_failure(session: Session, name: str, client: str, now: datetime) -> None:
    # The name may be a password that was typed into the wrong field: it is not logged.
    detail = {"client": client}
    known = users.find(session, name)
    who = known.name if known is not None else "?"
    audit.write(session, AuditEntry(at=now, who=who, action="sign in failed", detail=detail))
