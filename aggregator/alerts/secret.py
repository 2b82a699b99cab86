"""Passwords, tokens and keys: from the environment or a file, and never shown."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from aggregator.errors import AlertError

HIDDEN = "***"


class Secret:
    """A text that does not show itself, in whatever it is printed, logged or dumped."""

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """For the one place that needs it."""
        return self._text

    def hide_in(self, text: str) -> str:
        """``text``, of whomever it comes, without the secret."""
        return text.replace(self._text, HIDDEN) if self._text else text

    def __repr__(self) -> str:
        return HIDDEN

    def __reduce__(self) -> str:
        raise TypeError("a secret is not written anywhere")


def read_secret(
    transport: str, variable: str, file: Path | None, environ: Mapping[str, str] | None = None
) -> Secret | None:
    """What a file holds, else what the environment says; ``None``: neither is given.

    Raises ``AlertError`` for a file that cannot be read or is empty.
    """
    if file is None:
        found = (os.environ if environ is None else environ).get(variable)
        return Secret(found) if found else None
    try:
        text = file.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is no text"
        raise AlertError(transport, f"{file}: {reason}") from error
    if not text:
        raise AlertError(transport, f"{file}: is empty")
    return Secret(text)
