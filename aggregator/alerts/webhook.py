"""Alerts as JSON to an address of the school's own, signed.

The signature is HMAC-SHA256 over ``<timestamp>.<body>`` with the shared key, in hexadecimal. A
receiver checks it and refuses old timestamps, so that a message cannot be forged or played back.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
import uuid

from aggregator.alertconfig import WebhookConfig
from aggregator.alerts.http import post
from aggregator.alerts.message import Message
from aggregator.alerts.secret import Secret, read_secret
from aggregator.errors import AlertError

TIMESTAMP = "X-Aggregator-Timestamp"
SIGNATURE = "X-Aggregator-Signature"
DELIVERY = "X-Aggregator-Delivery"


class WebhookTransport:
    name = "webhook"

    def __init__(self, config: WebhookConfig) -> None:
        self.config = config

    def send(self, message: Message) -> None:
        """Raises ``AlertError``."""
        url = read_secret(self.name, "AGGREGATOR_WEBHOOK_URL", self.config.url_file)
        address = url.reveal() if url else self.config.url
        if not address:
            raise AlertError(self.name, "no address: set url, url_file or AGGREGATOR_WEBHOOK_URL")
        key = read_secret(self.name, "AGGREGATOR_WEBHOOK_SECRET", self.config.secret_file)
        body = json.dumps(
            {
                "version": 1,
                "event": message.event,
                "subject": message.subject,
                "text": message.text,
                **message.payload,
            },
            ensure_ascii=False,
        ).encode()
        status, _ = post(self.name, address, body, headers(body, key, str(int(time.time()))))
        if not 200 <= status < 300:
            raise AlertError(self.name, f"http {status}")


def headers(body: bytes, key: Secret | None, timestamp: str) -> dict[str, str]:
    known = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "school-news-aggregator",
        DELIVERY: str(uuid.uuid4()),
        TIMESTAMP: timestamp,
    }
    if key is not None:
        known[SIGNATURE] = f"sha256={signature(body, key, timestamp)}"
    return known


def signature(body: bytes, key: Secret, timestamp: str) -> str:
    signed = timestamp.encode() + b"." + body
    return hmac.new(key.reveal().encode(), signed, hashlib.sha256).hexdigest()
