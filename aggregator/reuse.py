"""How much of a text readers are shown: the rights basis, and one switch for the press.

The only place where both are weighed. Pages, feeds, the API and portals ask here.
"""

from __future__ import annotations

from enum import StrEnum

from aggregator.model import RightsBasis


class Reuse(StrEnum):
    FULL = "full"
    """The whole text."""
    EXCERPT = "excerpt"
    """A teaser and the way to the publisher."""
    LINK = "link"
    """The headline and the way to the publisher."""


def reuse_of(basis: RightsBasis, press: Reuse = Reuse.FULL) -> Reuse:
    """What the basis allows, and of the press no more than ``press``.

    The press is whoever does not stand on article 43 b: the ministry's text is no newspaper's,
    whatever becomes of article 43 c.
    """
    allowed = Reuse.FULL if basis.allows_full_text else Reuse.EXCERPT
    if basis is RightsBasis.GOVERNMENT:
        return allowed
    return max(allowed, press, key=_LEAST_LAST.index)


def covers_images(basis: RightsBasis) -> bool:
    """Article 43 b takes in what the government made; a right to a newspaper's text is none to its
    pictures, which are often an agency's."""
    return basis is RightsBasis.GOVERNMENT


_LEAST_LAST = (Reuse.FULL, Reuse.EXCERPT, Reuse.LINK)
