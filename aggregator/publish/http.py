"""Asking a portal over HTTP: encrypted, within limits, at one address and nowhere else.

Redirects are not followed, because what is sent holds a password. Whatever passes by itself (no
answer, too many requests, a server under repair) is told from what a person must mend.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

from aggregator.addresses import is_loopback
from aggregator.errors import PortalRefusedError, PortalUnavailableError

TIMEOUT = 30.0
"""Seconds of silence. A small server that makes five sizes of an image takes ten."""
DEADLINE = 90.0
"""Seconds for one answer: a server that drips is given up."""
MAX_BYTES = 8 * 1024 * 1024
"""Ten posts at their longest are half of it."""
LONGEST_WAIT = timedelta(days=1)
"""A portal that asks for more is asked again tomorrow."""

_PASSING = frozenset({408, 425, 429})


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back, whatever its status; nothing that passes by itself."""

    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def is_ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_redirect(self) -> bool:
        return 300 <= self.status < 400 and "location" in self.headers

    def json(self) -> Any:
        """``None``: it is none."""
        try:
            return self.json_or_error()
        except ValueError:
            return None

    def json_or_error(self) -> Any:
        """Raises ``ValueError``; for those who must tell ``null`` from a page."""
        return json.loads(self.body)


class PortalHTTP:
    """One portal's web server. Methods raise ``PortalError``."""

    def __init__(
        self,
        url: str,
        *,
        agent: str,
        auth: httpx.Auth | None = None,
        timeout: float = TIMEOUT,
        deadline: float = DEADLINE,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        """``url``: where the portal begins. Raises ``PortalRefusedError`` for one that would show
        the password to everybody on the way."""
        self.url = url.rstrip("/")
        _is_safe(self.url)
        self._deadline, self._max_bytes = deadline, max_bytes
        self._client = httpx.Client(
            headers={"User-Agent": agent},
            auth=auth,
            timeout=timeout,
            verify=ssl.create_default_context(),
            follow_redirects=False,
        )

    def close(self) -> None:
        self._client.close()

    def ask(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        form: Mapping[str, str] | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
    ) -> Answer:
        """``path`` begins with a slash and stays on this portal. ``files``: field to name, content
        and media type."""
        request = self._client.build_request(
            method,
            f"{self.url}{path}",
            params=httpx.URL(path).params.merge(params or {}),
            headers=dict(headers or {}),
            content=content,
            data=dict(form) if form is not None else None,
            files=dict(files) if files else None,
        )
        answer = self._send(request)
        if answer.status in _PASSING or answer.status >= 500:
            raise PortalUnavailableError(
                self.url, f"http {answer.status}", retry_after(answer.headers, datetime.now(UTC))
            )
        return answer

    def _send(self, request: httpx.Request) -> Answer:
        try:
            response = self._client.send(request, stream=True)
            try:
                return Answer(
                    status=response.status_code,
                    headers=response.headers,
                    body=self._body(response),
                )
            finally:
                response.close()
        except httpx.TimeoutException:
            raise PortalUnavailableError(self.url, "no answer in time") from None
        except httpx.HTTPError as error:
            raise PortalUnavailableError(self.url, _words(error)) from None

    def _body(self, response: httpx.Response) -> bytes:
        started, body = time.monotonic(), bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > self._max_bytes:
                raise PortalRefusedError(self.url, "the answer is too large")
            if time.monotonic() - started > self._deadline:
                raise PortalUnavailableError(self.url, "the answer takes too long")
        return bytes(body)


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the server asks us to stay away, in seconds or until a time. ``None``: not said."""
    stated = headers.get("retry-after", "").strip()
    if stated.isascii() and stated.isdigit():
        return min(timedelta(seconds=min(int(stated), 10**6)), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(stated)
    except (TypeError, ValueError):
        return None
    wait = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    return min(max(wait, timedelta(0)), LONGEST_WAIT)


def _is_safe(url: str) -> None:
    parts = urlsplit(url)
    if parts.username is not None or parts.password is not None:
        shown = f"{parts.scheme}://{parts.hostname}"
        raise PortalRefusedError(shown, "its address holds a password: write it into a file")
    if parts.scheme != "https" and not (
        parts.scheme == "http" and is_loopback(parts.hostname or "")
    ):
        raise PortalRefusedError(
            url, "passwords are sent over https only: write https:// in its address"
        )


def _words(error: httpx.HTTPError) -> str:
    """What the network said; our own text where it names an address."""
    cause = error.__cause__ or error.__context__ or error
    said = str(cause)
    return said if said and "://" not in said else type(error).__name__
