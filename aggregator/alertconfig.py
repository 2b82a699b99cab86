"""Where alerts go: the typed settings of ``[alerts]``. They hold no secret.

Passwords and tokens come from the environment, else from files that these settings name, and are
read when something is sent (``aggregator.alerts.secret``).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SECURITY = ("starttls", "tls", "none")


@dataclass(frozen=True, kw_only=True)
class EmailConfig:
    """A mail server that takes our alerts (``[alerts.email]``)."""

    host: str
    to: tuple[str, ...]
    sender: str
    port: int = 587
    security: str = "starttls"
    """``starttls``, ``tls`` (from the first byte on, port 465) or ``none`` (this machine only)."""
    user: str | None = None
    """``None``: the server asks for no name."""
    password_file: Path | None = None
    """Else ``AGGREGATOR_SMTP_PASSWORD``."""


@dataclass(frozen=True, kw_only=True)
class TelegramConfig:
    """A bot that writes into a chat (``[alerts.telegram]``)."""

    chat: str
    token_file: Path | None = None
    """Else ``AGGREGATOR_TELEGRAM_TOKEN``."""
    url: str = "https://api.telegram.org"
    """A Bot API server of one's own."""


@dataclass(frozen=True, kw_only=True)
class WebhookConfig:
    """An address that is posted to (``[alerts.webhook]``)."""

    url: str | None = None
    url_file: Path | None = None
    """For addresses that are secrets themselves; else ``url`` or ``AGGREGATOR_WEBHOOK_URL``."""
    secret_file: Path | None = None
    """The key of the signature; else ``AGGREGATOR_WEBHOOK_SECRET``. Without one nothing is
    signed."""


@dataclass(frozen=True, kw_only=True)
class AlertConfig:
    """What ``check --alert`` sends, and where (``[alerts]``)."""

    digest_at: str | None = None
    """``HH:MM`` by the school's clock, from which on the first check of a day sends a digest.
    ``None``: no digest."""
    email: EmailConfig | None = None
    telegram: TelegramConfig | None = None
    webhook: WebhookConfig | None = None
