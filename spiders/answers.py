"""What an answer says, or the lack of one: pure functions between Scrapy's words and ours."""

from __future__ import annotations

import gzip
import zlib
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
from spiders.download import HeadersTooLongError
from spiders.middlewares import FETCHED_AT
from spiders.page import Page
from spiders.refused import RefusedRequest

DEFAULT_RETRY_AFTER = timedelta(hours=1)
"""How long a host is left alone that said "too many requests" without saying for how long."""

GONE = {404: "not found", 410: "gone"}

TOO_LARGE_UNPACKED = "too large when unpacked"
BROKEN_COMPRESSION = "broken compression"

# Foreign failures by the words that the report shows.
FAILURES: tuple[tuple[type[Exception], str], ...] = (
    (HeadersTooLongError, "headers too long"),
    (CannotResolveHostError, "no such host"),
    (DownloadTimeoutError, "timeout"),
    (DownloadConnectionRefusedError, "connection refused"),
    (DownloadCancelledError, "response too large"),
    (ResponseDataLossError, "cut off"),
    (DownloadFailedError, "connection failed"),
    (zlib.error, BROKEN_COMPRESSION),
    (gzip.BadGzipFile, BROKEN_COMPRESSION),
    (EOFError, BROKEN_COMPRESSION),
)
# Their classes come from whichever package unpacks on this interpreter.
UNPACKERS = ("brotli", "brotlicffi", "zstd")


def end_of(error: BaseException | None) -> tuple[EndState, str | None]:
    """The end state of a request that got no usable answer."""
    if isinstance(error, RefusedRequest):
        return error.state, error.reason or None
    if isinstance(error, IgnoreRequest):
        if "redirections" in str(error):
            return EndState.FAILED, "too many redirects"
        if "during decompression" in str(error):
            return EndState.FAILED, TOO_LARGE_UNPACKED
        return EndState.FAILED, str(error) or "ignored"
    for kind, reason in FAILURES:
        if isinstance(error, kind):
            return EndState.FAILED, reason
    if any(name in type(error).__module__ for name in UNPACKERS):
        return EndState.FAILED, BROKEN_COMPRESSION
    return EndState.FAILED, type(error).__name__


def fetched_at(response: Response) -> datetime:
    found = response.meta.get(FETCHED_AT)
    return found if isinstance(found, datetime) else datetime.now(UTC)


def page_of(response: Response) -> Page:
    return Page(response.url, response.body, text_header(response, "Content-Type"))


def text_header(response: Response, name: str) -> str | None:
    raw = response.headers.get(name)
    return raw.decode("latin-1") if raw else None


def headers_of(response: Response) -> dict[str, str]:
    """The headers with their names in lower case; of repeated ones the last."""
    names = (name.decode("latin-1") for name in response.headers)
    return {name.lower(): text_header(response, name) or "" for name in names}


def clock_skew(response: Response, now: datetime) -> timedelta | None:
    """How far the clock behind the Date header is ahead of ours; ``None`` where it does not say.

    A copy from a cache carries the date of its making, and its Age since.
    """
    try:
        made = parsedate_to_datetime(text_header(response, "Date") or "")
    except ValueError:
        return None
    age = (text_header(response, "Age") or "").strip()
    made = made if made.tzinfo else made.replace(tzinfo=UTC)
    return made + timedelta(seconds=int(age) if age.isdigit() else 0) - now


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
