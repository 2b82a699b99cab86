"""What an answer says, or the lack of one: pure functions between Scrapy's words and ours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

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
from spiders.middlewares import FETCHED_AT, RefusedRequest
from spiders.page import Page

DEFAULT_RETRY_AFTER = timedelta(hours=1)
"""How long a host is left alone that said "too many requests" without saying for how long."""

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


def text_header(response: Response, name: str) -> str | None:
    raw = response.headers.get(name)
    return raw.decode("latin-1") if raw else None


def retry_after(response: Response, now: datetime) -> datetime:
    """When a host may be asked again: seconds or an HTTP date, else ``DEFAULT_RETRY_AFTER``."""
    raw = (text_header(response, "Retry-After") or "").strip()
    if raw.isdigit():
        return now + timedelta(seconds=int(raw))
    try:
        moment = parsedate_to_datetime(raw)
    except ValueError:
        return now + DEFAULT_RETRY_AFTER
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
