"""What a channel reader returns, and the checks that every channel undergoes.

A channel that yields nothing is believed only when it says so honestly. Observed: a feed whose
twenty entries all link to the home page, an error page served in place of a feed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

from aggregator.errors import ChannelError
from aggregator.model import Channel, Entry
from aggregator.reasons import ALL_BAD, ONE_LINK

# Reasons for which one entry is skipped.
NO_LINK = "no link"
BAD_LINK = "bad link"
REPEATED = "repeated link"

# Fewer entries with one link may be chance: a feed of two with a typing error.
ENOUGH_TO_JUDGE = 3

# No address holds these unescaped; template code that was never filled in does.
_NEVER_IN_LINKS = frozenset("'\"<>{}|\\^` \n\t")


@dataclass(frozen=True, kw_only=True)
class Reading:
    entries: tuple[Entry, ...] = ()
    skipped: tuple[str, ...] = ()
    """One reason for each entry that could not be used."""
    children: tuple[str, ...] = ()
    """Sitemaps that a sitemap index lists."""
    ttl: timedelta | None = None
    """How long the channel says that it need not be read again. ``None``: it does not say."""


Found = Entry | str
"""An entry, or the reason why there is none."""


def link(href: str | None, base: str) -> tuple[str, str | None]:
    """The absolute address, and the reason why it is unusable."""
    stated = (href or "").strip()
    if not stated:
        return "", NO_LINK
    if not _NEVER_IN_LINKS.isdisjoint(stated):
        return "", BAD_LINK
    try:
        url = urljoin(base, stated)
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    return (url, None) if usable else ("", BAD_LINK)


def judge(channel: Channel, found: Iterable[Found], children: Iterable[str] = ()) -> Reading:
    """The reading, unless it shows that the channel as a whole is broken."""
    found = tuple(found)
    entries = [item for item in found if isinstance(item, Entry)]
    skipped = [item for item in found if isinstance(item, str)]
    if skipped and not entries:
        raise ChannelError(channel.name, ALL_BAD, f"{len(skipped)} entries: {skipped[0]}")
    distinct: dict[str, Entry] = {}
    for entry in entries:
        if entry.url in distinct:
            skipped.append(REPEATED)
        distinct.setdefault(entry.url, entry)
    if len(entries) >= ENOUGH_TO_JUDGE and len(distinct) == 1:
        raise ChannelError(channel.name, ONE_LINK, f"{len(entries)} entries: {entries[0].url}")
    return Reading(
        entries=tuple(distinct.values()), skipped=tuple(skipped), children=tuple(children)
    )
