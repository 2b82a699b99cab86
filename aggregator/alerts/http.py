"""Posting JSON for transports that speak HTTP. Its errors are told without addresses."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from aggregator.errors import AlertError

SECONDS = 30.0
ADVICE = "pip install 'school-news-aggregator[alerts]'"
_LOGGERS = ("httpx", "httpcore")


def post(transport: str, url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
    """Status and body of the answer. Raises ``AlertError`` where there is none.

    ``url`` may hold a secret, so that neither logs nor errors show it, and redirects are not
    followed.
    """
    try:
        import httpx
    except ImportError as error:
        raise AlertError(transport, ADVICE) from error
    context = ssl.create_default_context()
    try:
        with _unlogged(), httpx.Client(timeout=SECONDS, verify=context) as client:
            answer = client.post(url, content=body, headers=dict(headers))
    except httpx.HTTPError as error:
        raise AlertError(transport, _words(error)) from None
    except (httpx.InvalidURL, ValueError):
        raise AlertError(transport, "its address cannot be used") from None
    return answer.status_code, answer.content


def _words(error: Exception) -> str:
    """Kind and cause; httpx's own texts name the address at times."""
    cause = error.__cause__ or error.__context__
    detail = str(cause or "")
    kind = type(error).__name__
    return f"{kind}: {detail}" if detail and "://" not in detail else kind


@contextmanager
def _unlogged() -> Iterator[None]:
    """httpx logs every address that it asks."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL)
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
