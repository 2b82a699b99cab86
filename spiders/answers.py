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
from spiders.blocks import block_reason
from spiders.download import HeadersTooLongError
from spiders.headers import text_header
from spiders.middlewares import FETCHED_AT
from spiders.page import Page
from spiders.refused import RefusedRequest

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

UNREACHED = frozenset({"no such host", "timeout", "connection refused", "connection failed"})
"""Failures without a word of the host's."""


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


def headers_of(response: Response) -> dict[str, str]:
    """The headers with their names in lower case; of repeated ones the last."""
    names = (name.decode("latin-1") for name in response.headers)
    return {name.lower(): text_header(response, name) or "" for name in names}


def refusal_of(response: Response, page: Page) -> str | None:
    """Why an answer is none but a refusal; ``None`` where it is an answer."""
    return block_reason(response.status, page, headers_of(response))


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
