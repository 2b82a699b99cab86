"""Pages that are no answer but a refusal: status codes, challenges, login walls, empty shells.

Publishers' networks answer robots with pages that look like success. Read as articles they would
show up as "no headline" or, worse, as nothing at all.
"""

from __future__ import annotations

from spiders.page import Page
from spiders.text import text_of

REFUSED = "refused (403)"
LOGIN = "login required"
TOO_MANY = "too many requests (429)"
LEGAL = "unavailable for legal reasons (451)"
CLOUDFLARE = "Cloudflare challenge"
CLOUDFRONT = "CloudFront request blocked"
DENIED = "access denied page"
ROBOT_CHECK = "robot check"
SHELL = "empty shell"

STATUSES = {401: LOGIN, 403: REFUSED, 407: LOGIN, 429: TOO_MANY, 451: LEGAL}

# How the title of such a page begins, in lower case.
TITLES = (
    ("just a moment", CLOUDFLARE),
    ("attention required! | cloudflare", CLOUDFLARE),
    ("please wait... | cloudflare", CLOUDFLARE),
    ("error: the request could not be satisfied", CLOUDFRONT),
    ("403 forbidden", REFUSED),
    ("403 - forbidden", REFUSED),
    ("forbidden", REFUSED),
    ("access denied", DENIED),
    ("access to this page has been denied", ROBOT_CHECK),
    ("pardon our interruption", ROBOT_CHECK),
    ("are you a robot", ROBOT_CHECK),
    ("security check", ROBOT_CHECK),
    ("captcha", ROBOT_CHECK),
    ("429 too many requests", TOO_MANY),
    ("too many requests", TOO_MANY),
)

# What such a page says when its title is of no use.
WORDS = (
    ("the request could not be satisfied", CLOUDFRONT),
    ("checking your browser before accessing", CLOUDFLARE),
    ("verify you are human", ROBOT_CHECK),
    ("verifying you are human", ROBOT_CHECK),
    ("enable javascript and cookies to continue", CLOUDFLARE),
    ("you have been blocked", DENIED),
    ("you don't have permission to access", DENIED),
)

# Refusals show under 1,500 characters; the smallest real article page seen shows over 2,500.
SHORT_TEXT = 2_000
SHELL_TEXT = 80

# Challenges carry scripts but are smaller than this; looking no further keeps articles cheap.
LARGE_PAGE = 60_000


def block_reason(status: int, page: Page) -> str | None:
    """Why this answer is a refusal; ``None`` where it is not one."""
    if status in STATUSES:
        # A challenge names itself better than its status does.
        return _challenge(page) or STATUSES[status]
    if not page.is_html or page.is_oversized:
        return None
    return _challenge(page) or _login_wall(page) or _shell(status, page)


def _challenge(page: Page) -> str | None:
    if page.is_oversized:
        return None
    title = (page.title or "").lower()
    titled = next((reason for start, reason in TITLES if title.startswith(start)), None)
    if titled is None and len(page.html) > LARGE_PAGE:
        return None
    return (titled or _said(page)) if _is_short(page) else None


def _said(page: Page) -> str | None:
    text = text_of(page.root).lower()
    return next((why for words, why in WORDS if words in text), None)


def _login_wall(page: Page) -> str | None:
    asks = page.shows("input[type='password']")
    return (
        LOGIN
        if asks and not page.shows("article, :has(> h1) > p, p + p") and _is_short(page)
        else None
    )


def _shell(status: int, page: Page) -> str | None:
    if status != 200 or page.shows("p, article, table"):
        return None
    return SHELL if page.shows("script") and len(_body_text(page)) < SHELL_TEXT else None


def _is_short(page: Page) -> bool:
    return len(_body_text(page)) < SHORT_TEXT


def _body_text(page: Page) -> str:
    return page.text("body") or ""
