"""A portal's password: from the environment or a file, never shown."""

from __future__ import annotations

from collections.abc import Mapping

from aggregator.alerts.secret import Secret, read_secret
from aggregator.errors import AlertError, PortalRefusedError
from aggregator.publishconfig import TargetConfig


def password_of(portal: TargetConfig, environ: Mapping[str, str] | None = None) -> Secret:
    """Raises ``PortalRefusedError`` where there is none."""
    variable = portal.password_variable
    try:
        found = read_secret(portal.name, variable, portal.password_file, environ)
    except AlertError as error:
        raise PortalRefusedError(portal.name, str(error.fields["detail"])) from error
    if found is None:
        raise PortalRefusedError(portal.name, f"no password: set {variable} or password_file")
    return found
