"""How much of an article may stand in a portal: the ground for reuse, and the school's one switch.

``[portal] press_reuse`` cuts down what the press gives, whatever ground was noted for it: when the
law or a publisher's mind changes, one word in the configuration is enough. What the government
publishes is not touched by it.
"""

from __future__ import annotations

from enum import StrEnum

from aggregator.model import RightsBasis


class Reuse(StrEnum):
    FULL = "full"
    EXCERPT = "excerpt"
    """A few sentences and a link."""
    LINK = "link"
    """Headline, credit line and a link."""


def reuse(basis: RightsBasis, press: Reuse) -> Reuse:
    if basis is RightsBasis.GOVERNMENT:
        return Reuse.FULL
    if press is not Reuse.FULL:
        return press
    return Reuse.FULL if basis.allows_full_text else Reuse.EXCERPT
