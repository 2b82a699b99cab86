"""What every answer of the desk tells a browser: run nothing that is not ours, keep nothing."""

from __future__ import annotations

from collections.abc import Mapping

from aggregator.web.headers import page_headers

_ALWAYS = {
    # Not "no-referrer": forms would then come from "null", and could not be told from others'.
    **page_headers("script-src 'self'", referrer="same-origin"),
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}

_HTTPS_ONLY = {"Strict-Transport-Security": "max-age=15552000"}


def security_headers(*, secure: bool) -> Mapping[str, str]:
    """``secure``: over https."""
    return {**_ALWAYS, **_HTTPS_ONLY} if secure else _ALWAYS
