"""What every answer of the desk tells a browser: run nothing that is not ours, keep nothing."""

from __future__ import annotations

from collections.abc import Mapping

# No inline script or style, nothing from elsewhere, no frame around it, forms to ourselves only.
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

_ALWAYS = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": forms would then come from "null", and could not be told from others'.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "X-Robots-Tag": "noindex, nofollow",
}

_HTTPS_ONLY = {"Strict-Transport-Security": "max-age=15552000"}


def security_headers(*, secure: bool) -> Mapping[str, str]:
    """``secure``: over https."""
    return {**_ALWAYS, **_HTTPS_ONLY} if secure else _ALWAYS
