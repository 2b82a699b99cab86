"""What the headers of an answer say: pure functions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from scrapy.http import Response

from aggregator.times import LONGEST_WAIT

DEFAULT_RETRY_AFTER = timedelta(hours=1)
"""How long a host is left alone that said "too many requests" without saying for how long."""

LONGEST_MAX_AGE = timedelta(days=365)
"""RFC 9111 lets caches take more than a year for a year."""


def text_header(response: Response, name: str) -> str | None:
    raw = response.headers.get(name)
    return raw.decode("latin-1") if raw else None


def retry_after(response: Response, now: datetime) -> datetime:
    """When a host may be asked again: seconds or an HTTP date, else ``DEFAULT_RETRY_AFTER``."""
    raw = (text_header(response, "Retry-After") or "").strip()
    if raw.isdecimal():
        return now + _seconds(raw, LONGEST_WAIT)
    moment = _moment(raw)
    if moment is None:
        return now + DEFAULT_RETRY_AFTER
    return min(moment, now + LONGEST_WAIT)


def max_age(response: Response, now: datetime) -> timedelta | None:
    """For how long the answer need not be asked for again. ``None``: it does not say."""
    directives = _directives(text_header(response, "Cache-Control") or "")
    if directives.keys() & {"no-store", "no-cache"}:
        return None
    stated = directives.get("max-age", "")
    if stated.isdecimal():
        age = (text_header(response, "Age") or "").strip()
        spent = _seconds(age, LONGEST_MAX_AGE) if age.isdecimal() else timedelta(0)
        left = _seconds(stated, LONGEST_MAX_AGE) - spent
    else:
        expires = _moment(text_header(response, "Expires") or "")
        if expires is None:
            return None
        # The server's own clock: ours may differ.
        left = expires - (_moment(text_header(response, "Date") or "") or now)
    return min(left, LONGEST_MAX_AGE) if left > timedelta(0) else None


def _directives(header: str) -> dict[str, str]:
    pairs = (part.strip().lower().partition("=") for part in header.split(","))
    return {name.strip(): value.strip(' "') for name, _, value in pairs}


def _seconds(digits: str, longest: timedelta) -> timedelta:
    # More digits than any sane number has would overflow.
    return min(timedelta(seconds=int(digits[:9])), longest) if len(digits) < 10 else longest


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
