"""What answers say, and what their lack does."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta

import pytest
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response

from aggregator.model import EndState
from spiders.answers import clock_skew, end_of, headers_of
from spiders.download import HeadersTooLongError

NOW = datetime(2026, 8, 4, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "skew"),
    [
        ({"Date": "Tue, 04 Aug 2026 03:00:00 GMT"}, timedelta()),
        ({"Date": "Tue, 04 Aug 2026 03:10:00 GMT"}, timedelta(minutes=10)),
        ({"Date": "Tue, 04 Aug 2026 10:00:00 GMT"}, timedelta(hours=7)),
        ({"Date": "Tue, 04 Aug 2026 02:00:00 GMT", "Age": "3600"}, timedelta()),
        ({"Date": "Tue, 04 Aug 2026 02:00:00 GMT", "Age": "lama"}, timedelta(hours=-1)),
        ({"Date": "Tue, 04 Aug 2026 03:00:00"}, timedelta()),
        ({"Date": "kemarin"}, None),
        ({}, None),
    ],
)
def test_the_clock_behind_an_answer(headers: dict[str, str], skew: timedelta | None) -> None:
    assert clock_skew(Response("https://contoh.example/", headers=headers), NOW) == skew


def test_headers_by_their_names_in_lower_case() -> None:
    answer = Response("https://contoh.example/", headers={"CF-Mitigated": "challenge"})
    assert headers_of(answer) == {"cf-mitigated": "challenge"}


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (DownloadTimeoutError(), "timeout"),
        (HeadersTooLongError(), "headers too long"),
        (zlib.error(), "broken compression"),
        (EOFError(), "broken compression"),
        (IgnoreRequest("… exceeded DOWNLOAD_MAXSIZE (1 B) during decompression."),
         "too large when unpacked"),
        (IgnoreRequest("max redirections reached"), "too many redirects"),
        (RuntimeError(), "RuntimeError"),
    ],
)  # fmt: skip
def test_a_failure_has_a_name(error: Exception, reason: str) -> None:
    assert end_of(error) == (EndState.FAILED, reason)
