"""What an answer says, or the lack of one: pure functions between Scrapy's words and ours."""

from __future__ import annotations

from datetime import UTC, datetime

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response

from aggregator.model import EndState
from spiders.headers import text_header
from spiders.middlewares import FETCHED_AT, RefusedRequest
from spiders.page import Page

GONE = {404: "not found", 410: "gone"}

# Foreign failures by the words that the report shows.
FAILURES: tuple[tuple[type[Exception], str], ...] = (
    (CannotResolveHostError, "no such host"),
    (DownloadTimeoutError, "timeout"),
    (DownloadConnectionRefusedError, "connection refused"),
    (DownloadCancelledError, "response too large"),
    (ResponseDataLossError, "cut off"),
    (DownloadFailedError, "connection failed"),
)

UNREACHED = frozenset({"no such host", "timeout", "connection refused", "connection failed"})
"""Failures without a word of the host's."""


def end_of(error: BaseException | None) -> tuple[EndState, str | None]:
    """The end state of a request that got no usable answer."""
    if isinstance(error, RefusedRequest):
        return error.state, error.reason or None
    if isinstance(error, IgnoreRequest):
        if "robots.txt" in str(error):
            return EndState.BLOCKED, "robots.txt"
        if "redirections" in str(error):
            return EndState.FAILED, "too many redirects"
        return EndState.FAILED, str(error) or "ignored"
    for kind, reason in FAILURES:
        if isinstance(error, kind):
            return EndState.FAILED, reason
    return EndState.FAILED, type(error).__name__


def fetched_at(response: Response) -> datetime:
    found = response.meta.get(FETCHED_AT)
    return found if isinstance(found, datetime) else datetime.now(UTC)


def page_of(response: Response) -> Page:
    return Page(response.url, response.body, text_header(response, "Content-Type"))
