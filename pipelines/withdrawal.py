"""Whether an article that we hold was withdrawn by its publisher: doctrine and decision.

Other media must follow a withdrawal (Pedoman Media Siber 5b), so it has to be noticed; believing
too easily would take articles from the portal that are well and alive.

- Signs are answers about the article itself: 404, 410, a redirect to the home page or a section, a
  notice in its place, the system's "not found" page with a status of success, a page without an
  article, another article's page.
- Trouble is none: no answer, 5xx, refusals (401, 403, 429, challenge pages), robots.txt. It neither
  raises a suspicion nor confirms one.
- One sign raises a suspicion; systems show "not found" while they are being updated. A second one,
  hours later, confirms it, whatever it was each time. A sighting in between clears it.
- When most of a host's articles seem to be gone in one run, or all of a few and nothing of the host
  was read, the site is in trouble or has moved, and none of them is believed: a person is told.
  (Ministries are split and renamed, and the old host then sends every address to a new home page.)
- A page on which our parsers find no text is one where the same run read another article of the
  host. Otherwise it may be a new layout, which is ours to learn.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from aggregator.model import EndState, Suspicion


class Sign(StrEnum):
    """What makes an article look withdrawn; also the reason that is shown."""

    NOT_FOUND = "not found"
    GONE = "gone"
    HOME = "redirected to the home page"
    AWAY = "redirected away"
    NOTICE = "says that it was withdrawn"
    NOT_FOUND_PAGE = "not-found page"
    SHELL = "page without an article"
    ANOTHER = "another article's page"


class Verdict(StrEnum):
    IGNORE = "ignore"
    """An older answer than what is known."""
    SUSPECT = "suspect"
    WAIT = "wait"
    """Suspected before, and not long enough ago."""
    CONFIRM = "confirm"


_FEW_HOURS, _A_DAY = timedelta(hours=6), timedelta(hours=24)

CONFIRM_AFTER = {
    # Said on purpose.
    Sign.GONE: _FEW_HOURS,
    Sign.NOTICE: _FEW_HOURS,
    # Also said by systems in the middle of an update, a move or a bad day.
    Sign.NOT_FOUND: _A_DAY,
    Sign.HOME: _A_DAY,
    Sign.AWAY: _A_DAY,
    Sign.NOT_FOUND_PAGE: _A_DAY,
    Sign.SHELL: _A_DAY,
    Sign.ANOTHER: _A_DAY,
}
"""How long after the first sign a second one is believed."""

# How such an answer ends as a URL's end state, by the reasons that the crawl gives.
_REASONS: dict[tuple[EndState, str], Sign] = {
    **{(EndState.FAILED, str(sign)): sign for sign in Sign},
    # The address leads to a list of articles; nothing on the page is a text; nothing is left of it.
    (EndState.DROPPED, "listing page"): Sign.AWAY,
    (EndState.FAILED, "no body"): Sign.SHELL,
    (EndState.FAILED, "no headline"): Sign.SHELL,
    (EndState.DROPPED, "empty body"): Sign.SHELL,
    (EndState.DROPPED, "empty headline"): Sign.SHELL,
}

SITE_IN_TROUBLE = 10
"""Signs of one host in one run from which they are believed only where most looks found the
article. A publisher that takes back ten articles of a week in a day has not been seen."""


ALL_GONE = 3
"""Signs of one host in one run from which they are not believed where nothing else of it was there:
a small site that moved has so few articles under watch."""

UNREADABLE = frozenset({Sign.SHELL})
"""What our parsers say, not the publisher."""


def sign_of(state: EndState, reason: str | None) -> Sign | None:
    """What an end says about an article that we hold; ``None``: nothing, or that it is there."""
    return _REASONS.get((state, reason or ""))


def judge(
    suspicion: Suspicion | None, sign: Sign, *, now: datetime, looked_at: datetime
) -> Verdict:
    """What a sign means after what is known. ``looked_at``: when the article was last there."""
    if now <= looked_at:
        return Verdict.IGNORE
    if suspicion is None:
        return Verdict.SUSPECT
    return Verdict.CONFIRM if now >= believed_from(suspicion, sign) else Verdict.WAIT


def believed_from(suspicion: Suspicion, sign: Sign) -> datetime:
    """When a second sign is early enough to be believed: as long as the more doubtful one asks."""
    first = Sign(suspicion.reason)
    return suspicion.at + max(CONFIRM_AFTER[first], CONFIRM_AFTER[sign])


def look_to_confirm(sign: Sign, now: datetime) -> datetime:
    """When to look for the second sign."""
    return now + CONFIRM_AFTER[sign]


def is_site_in_trouble(signs: int, looks: int, read: int = 0) -> bool:
    """Whether so many of a host's articles seem to be gone that none of them is believed.

    ``looks``: at held articles; ``read``: articles that were read, also new ones.
    """
    if signs >= ALL_GONE and signs == looks and not read:
        return True
    return signs >= SITE_IN_TROUBLE and 2 * signs > looks


def is_layout_in_doubt(sign: Sign, read: int) -> bool:
    """Whether a page without a text may be one that our parsers cannot read any more."""
    return sign in UNREADABLE and not read
