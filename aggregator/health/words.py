"""Findings in words: what is wrong, since when, and what to do. English, to be translated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from aggregator.health.finding import Finding, FindingKind

FIELD_WORDS = {
    "published_at": "time of publication",
    "credits": "names",
    "dateline": "dateline",
    "body": "text",
    "summary": "summary",
    "section": "section",
    "tags": "tags",
    "image": "image",
}


@dataclass(frozen=True)
class Words:
    """What is said of a kind of finding. Braces name its facts."""

    what: str
    to_do: str


WORDS: Mapping[FindingKind, Words] = MappingProxyType(
    {
        FindingKind.DATABASE_DAMAGED: Words(
            "The database is damaged: {detail}",
            "Stop the crawls, keep a copy of the file, and bring back the newest backup with "
            "'aggregator db restore'.",
        ),
        FindingKind.DISK_FULL: Words(
            "The disk is nearly full: {free_mb} MB are free, {wanted_mb} MB should be",
            "Delete what is not needed, or move old backups to another disk.",
        ),
        FindingKind.CLOCK_WRONG: Words(
            "The clock of this machine is wrong: all publishers' clocks differ from it by "
            "{minutes} minutes",
            "Set the clock, and let it be set from the network (timedatectl set-ntp true).",
        ),
        FindingKind.CRAWL_MISSING: Words(
            "No crawl since {since} ({hours} hours)",
            "See whether the scheduler still runs (systemctl status, crontab -l), and start it.",
        ),
        FindingKind.CRAWL_INTERRUPTED: Words(
            "The last {runs} crawls were interrupted, since {since}",
            "Read the scheduler's log: the machine may be short of memory, or its power fails.",
        ),
        FindingKind.BACKUP_OLD: Words(
            "No backup since {since} ({days} days)",
            "Run 'aggregator db backup FOLDER', best every night.",
        ),
        FindingKind.ALERT_UNDELIVERED: Words(
            "Alerts by {subject} cannot be delivered since {since}: {detail}",
            "Correct its settings, then try 'aggregator check --alert' again.",
        ),
        FindingKind.NETWORK_DOWN: Words(
            "No publisher can be reached since {since}: {reason}",
            "See whether this machine has internet; where a school network asks for a login, "
            "let the administrator exempt this machine.",
        ),
        FindingKind.WITHDRAWN_STANDING: Words(
            "Portal {subject}: {posts} withdrawn articles can still be read there, since {since}: "
            "{articles}",
            "Run 'aggregator publish {subject}'; where that fails, hide them there by hand.",
        ),
        FindingKind.PORTAL_FAILING: Words(
            "Portal {subject}: nothing can be published since {since}: {detail}",
            "'aggregator publish check {subject}' says what is wrong; posts wait until then.",
        ),
        FindingKind.POST_GIVEN_UP: Words(
            "Portal {subject}: {posts} articles were given up since {since}: {articles}: {detail}",
            "See 'aggregator publish status', mend the cause, then 'aggregator publish retry "
            "{subject}'.",
        ),
        FindingKind.POST_CHANGED: Words(
            "Portal {subject}: {posts} posts were changed there since {since}, and ours wait: "
            "{articles}",
            "Decide with 'aggregator publish resolve {subject} ARTICLE --keep-theirs' or "
            "'--overwrite'.",
        ),
        FindingKind.POST_DELETED: Words(
            "Portal {subject}: {posts} posts were deleted there since {since}: {articles}",
            "They are not made anew. 'aggregator publish resolve {subject} ARTICLE' with "
            "'--keep-theirs' agrees, with '--overwrite' sends them again.",
        ),
        FindingKind.PUBLISHER_BLOCKED: Words(
            "{publisher}: refuses us on all channels ({channels}) since {since}: {reason}",
            "Do not force it. Write to the publisher and ask for access for the name in the "
            "program's address line.",
        ),
        FindingKind.PUBLISHER_UNREACHABLE: Words(
            "{publisher}: none of its channels ({channels}) can be reached since {since}: {reason}",
            "Open the publisher's site in a browser; if it is up, its addresses may have moved.",
        ),
        FindingKind.PUBLISHER_QUIET: Words(
            "{publisher}: no new article since {since}, where about {missed} were to be expected",
            "Open the publisher's site: if there is news, its channels lead to an old place.",
        ),
        FindingKind.ARTICLES_BLOCKED: Words(
            "{publisher}: {urls} of {asked} articles of the last 7 days were refused, since "
            "{since}: {reason}",
            "Do not force it. Write to the publisher and ask for access.",
        ),
        FindingKind.ARTICLES_UNREADABLE: Words(
            "{publisher}: {urls} of {asked} articles of the last 7 days could not be read, since "
            "{since}: {reason}",
            "The page layout has probably changed: keep pages with 'aggregator crawl --archive' "
            "and report it.",
        ),
        FindingKind.DRIFT: Words(
            "{publisher}: {field} empty in {empty} of {articles} articles since {since}",
            "The page layout has probably changed: keep pages with 'aggregator crawl --archive' "
            "and report it.",
        ),
        FindingKind.CHANNEL_BLOCKED: Words(
            "{publisher}, channel {subject}: refused since {since}: {reason}",
            "Open its address in a browser. If it is there for people, write to the publisher.",
        ),
        FindingKind.CHANNEL_GONE: Words(
            "{publisher}, channel {subject}: its address is gone since {since}: {reason}",
            "Look for the channel's new address, and set it under 'channels' in aggregator.toml.",
        ),
        FindingKind.CHANNEL_FAILING: Words(
            "{publisher}, channel {subject}: fails since {since} ({answers} times): {reason}",
            "Open its address in a browser; if it works there, look at this machine's line.",
        ),
        FindingKind.CHANNEL_HTML: Words(
            "{publisher}, channel {subject}: answers with a web page instead of a feed since "
            "{since}",
            "Open its address in a browser: the feed has moved, or the site is under repair.",
        ),
        FindingKind.CHANNEL_ONE_LINK: Words(
            "{publisher}, channel {subject}: all entries lead to one address since {since}",
            "The publisher's feed is broken; use another of its channels until it is mended.",
        ),
        FindingKind.CHANNEL_UNUSABLE: Words(
            "{publisher}, channel {subject}: cannot be read since {since}: {reason}",
            "Open its address in a browser. If it looks well there, its layout has changed: "
            "report it.",
        ),
        FindingKind.CHANNEL_EMPTY: Words(
            "{publisher}, channel {subject}: lists nothing since {since}, and used to",
            "Open its address in a browser; if it is empty there too, look for its successor.",
        ),
        FindingKind.CHANNEL_OUTSIDE: Words(
            "{publisher}, channel {subject}: all {entries} entries lead to other hosts since "
            "{since}",
            "See whether the publisher has moved; if so, its new domain must be declared.",
        ),
        FindingKind.CHANNEL_DUPLICATES: Words(
            "{publisher}, channel {subject}: only texts that are held already ({copies}) since "
            "{since}",
            "Its addresses probably change from time to time; the channel can be left out.",
        ),
        FindingKind.CHANNEL_FUTURE: Words(
            "{publisher}, channel {subject}: {future} of {entries} entries are dated later than "
            "now, up to {hours} hours, since {since}",
            "The publisher states a wrong time zone, or this machine's clock is wrong.",
        ),
        FindingKind.CHANNEL_CLOCK: Words(
            "{publisher}, channel {subject}: its server's clock differs from ours by {minutes} "
            "minutes since {since}",
            "If this machine's clock is right, tell the publisher; nothing is lost by it.",
        ),
        FindingKind.CHANNEL_STILL: Words(
            "{publisher}, channel {subject}: nothing new since {since}, where about {missed} "
            "changes were to be expected",
            "Open its address in a browser: if the site has news, the channel leads to an old "
            "place.",
        ),
    }
)

UNKNOWN_LAYOUT = Words(
    "{publisher}: {empty} of {articles} articles since {since} fit no known page layout",
    "The parser needs a new one: keep pages with 'aggregator crawl --archive' and report it.",
)
"""Drift of the field ``layout``, which no reader would call a field."""

# Facts that are words of ours, and so are translated.
TRANSLATED = ("reason", "field", "detail")


def words_of(finding: Finding) -> Words:
    is_layout = finding.kind is FindingKind.DRIFT and finding.facts["field"] == "layout"
    return UNKNOWN_LAYOUT if is_layout else WORDS[finding.kind]


def said_of(
    finding: Finding, titles: Mapping[str, str], since: str, say: Callable[[str], str]
) -> dict[str, Any]:
    """What fills the braces. ``since``: the moment as people say it."""
    publisher = finding.publisher or ""
    said = {
        **finding.facts,
        "publisher": titles.get(publisher, publisher),
        "subject": finding.subject,
        "since": since,
    }
    if isinstance(said.get("articles"), list):
        said["articles"] = ", ".join(map(str, finding.facts["articles"]))
    for name in TRANSLATED:
        word = str(said.get(name) or "")
        said[name] = say(FIELD_WORDS.get(word, word)) if word else ""
    return said
