"""What browsers are told about every page of ours: run nothing inline, load nothing from elsewhere,
stand in no frame."""

from __future__ import annotations

_POLICY = (
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)


def page_headers(*more: str, referrer: str) -> dict[str, str]:
    """``more``: directives of the Content-Security-Policy beyond those that hold everywhere;
    ``referrer``: the Referrer-Policy."""
    return {
        "Content-Security-Policy": "; ".join((*_POLICY, *more)),
        "Referrer-Policy": referrer,
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }
