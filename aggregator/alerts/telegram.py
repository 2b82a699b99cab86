"""Alerts into a Telegram chat, over the Bot API."""

from __future__ import annotations

import json

from aggregator.alertconfig import TelegramConfig
from aggregator.alerts.http import post
from aggregator.alerts.message import Message, pieces
from aggregator.alerts.secret import Secret, read_secret
from aggregator.errors import AlertError

MOST_CHARACTERS = 4096
"""Of one message, as the Bot API says."""


class TelegramTransport:
    name = "telegram"

    def __init__(self, config: TelegramConfig) -> None:
        self.config = config

    def send(self, message: Message) -> None:
        """Raises ``AlertError``."""
        token = read_secret(self.name, "AGGREGATOR_TELEGRAM_TOKEN", self.config.token_file)
        if token is None:
            raise AlertError(self.name, "no token: set AGGREGATOR_TELEGRAM_TOKEN or token_file")
        for text in pieces((message.subject, "", *message.lines), MOST_CHARACTERS):
            self._say(text, token)

    def _say(self, text: str, token: Secret) -> None:
        url = f"{self.config.url.rstrip('/')}/bot{token.reveal()}/sendMessage"
        content = {
            "chat_id": self.config.chat,
            "text": text,
            "link_preview_options": {"is_disabled": True},
        }
        headers = {"Content-Type": "application/json"}
        status, body = post(self.name, url, json.dumps(content).encode(), headers)
        if status != 200 or not _is_ok(body):
            raise AlertError(self.name, token.hide_in(f"{status} {_description(body)}".strip()))


def _answer(body: bytes) -> dict[str, object]:
    try:
        answer = json.loads(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _is_ok(body: bytes) -> bool:
    return _answer(body).get("ok") is True


def _description(body: bytes) -> str:
    return str(_answer(body).get("description") or "")
