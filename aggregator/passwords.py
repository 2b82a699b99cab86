"""Passwords are kept as Argon2id hashes; checking one takes as long for a name that nobody has."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from aggregator.errors import PasswordError

SHORTEST = 10
LONGEST = 200
"""Characters. Longer ones only cost time to hash."""

# Known to everybody who guesses: these would pass for long enough.
_COMMON = frozenset(
    """passwordku password12 password123 1234567890 0123456789 12345678910 sekolahku123 qwertyuiop
    indonesia1 indonesia123 bismillah1 bismillah123 admin12345 administrator rahasia123
    smkbisa123 smkn1balikpapan""".split()
)


class Passwords:
    """Argon2id with the hasher's parameters; those of the library are RFC 9106's second choice."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobody = self._hasher.hash("tidak ada yang bernama begini")

    def hash(self, name: str, password: str) -> str:
        """Raises ``PasswordError`` for one that is guessed too easily."""
        _check(name, password)
        return self._hasher.hash(password)

    def fits(self, password_hash: str | None, password: str) -> bool:
        """``None``: there is nobody of that name; takes as long, and fits nothing."""
        if len(password) > LONGEST:
            return False
        try:
            self._hasher.verify(password_hash or self._nobody, password)
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False
        return password_hash is not None

    def is_outdated(self, password_hash: str) -> bool:
        """Whether today's parameters are stronger than those of the hash."""
        return self._hasher.check_needs_rehash(password_hash)

    def again(self, password: str) -> str:
        """The hash of a password that is known to fit, by today's parameters."""
        return self._hasher.hash(password)


def _check(name: str, password: str) -> None:
    if len(password) < SHORTEST:
        raise PasswordError(detail="a password needs at least 10 characters")
    if len(password) > LONGEST:
        raise PasswordError(detail="a password has at most 200 characters")
    if password.casefold() in _COMMON or len(set(password)) < 4:
        raise PasswordError(detail="this password is guessed too easily")
    if name.casefold() in password.casefold():
        raise PasswordError(detail="a password must not hold the name")
    try:
        password.encode()
    except UnicodeEncodeError as error:
        raise PasswordError(detail="holds a character that is none") from error
