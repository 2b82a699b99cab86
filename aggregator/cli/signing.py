"""Who decides: no decision is without a name."""

from __future__ import annotations

import getpass

from aggregator.errors import UsageError
from aggregator.model import BY_RULE


def signer(given: str | None) -> str:
    """The name that was given, else the login name. Raises ``UsageError`` where there is none."""
    try:
        name = (given or getpass.getuser()).strip()
    except (OSError, KeyError):  # a container without users
        name = ""
    if not name:
        raise UsageError("nobody is logged in: say who decides with --by NAME")
    if name.startswith(BY_RULE.strip()):
        raise UsageError("only a rule signs as a rule")
    return name
