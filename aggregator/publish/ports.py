"""Opening a portal by its kind: one adapter per module, imported when it is wanted."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from aggregator.config import Config
from aggregator.errors import PortalRefusedError
from aggregator.publish.port import PortalPort
from aggregator.publishconfig import PortalKind, TargetConfig

MODULES = {
    PortalKind.WORDPRESS: "wordpress",
    PortalKind.SEKOLAHKU_DB: "sekolahku_db",
    PortalKind.SEKOLAHKU_HTTP: "sekolahku_http",
    PortalKind.STATIC: "static",
}
"""Each has ``open_port(portal, config)``."""

ADVICE = "a part of the program is not installed: pip install 'school-news-aggregator[publish]'"


def open_port(portal: TargetConfig, config: Config) -> PortalPort:
    """Raises ``PortalError``."""
    try:
        module = import_module(f"aggregator.publish.{MODULES[PortalKind(portal.kind)]}")
    except ImportError as error:
        raise PortalRefusedError(portal.name, ADVICE) from error
    return cast(PortalPort, module.open_port(portal, config))
