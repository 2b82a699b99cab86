"""The nouns of the aggregator. This module imports nothing of ours.

Every datetime is timezone-aware. What a publisher states (``published_at``, ``modified_at``) is
never mixed with what we know (``first_seen``, ``last_seen``, ``fetched_at``). Raw text is kept
beside every parsed value. ``None`` always means "the page does not say", never "unknown error".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any


class RightsBasis(StrEnum):
    """On which ground a publisher's text may be reused (UU 28/2014 on copyright)."""

    GOVERNMENT = "pemerintah_43b"
    """Article 43 b: made by or for the government, source named."""
    CURRENT_NEWS = "berita_aktual_43c"
    """Article 43 c: current news, source named completely."""
    EDUCATION = "pendidikan_44"
    """Article 44: education, without harm to the author's reasonable interest."""
    PERMISSION = "izin_tertulis"
    """Written permission of the publisher."""
    EXCERPT_ONLY = "kutipan_saja"
    """No ground beyond quoting: excerpt and link. The default."""

    @property
    def allows_full_text(self) -> bool:
        return self in (RightsBasis.GOVERNMENT, RightsBasis.PERMISSION)


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """An organisation whose site we read, with the terms under which we may."""

    name: str
    """Our identifier: lower case, also the spider's name (``republika``)."""
    title: str
    """What readers are shown (``Republika``)."""
    homepage: str
    timezone: str
    """IANA zone of times printed without one (``Asia/Jakarta``)."""
    rights_basis: RightsBasis = RightsBasis.EXCERPT_ONLY
    terms: str | None = None
    """URL or note on the publisher's terms of use. ``None``: not read by a person yet."""
    hosts: tuple[str, ...] = ()
    """Registered domains whose pages are this publisher's; sub-domains are included."""
    former_hosts: tuple[str, ...] = ()
    """Domains that were the publisher's and still appear in links."""


class ChannelKind(StrEnum):
    FEED = "feed"
    NEWS_SITEMAP = "news_sitemap"
    LISTING = "listing"
    JSON_LISTING = "json_listing"


@dataclass(frozen=True, kw_only=True)
class Channel:
    """One feed, news sitemap or listing page of a publisher."""

    publisher: str
    name: str
    """Unique within the publisher (``rss-nasional``)."""
    kind: ChannelKind
    url: str
    page_url: str | None = None
    """Address of page n, with ``{page}`` (1, 2, …) or ``{offset}``. ``None``: one page only."""
    page_size: int = 0
    """Entries on one page, for ``{offset}``."""
    max_pages: int = 1
    body: str | None = None
    """JSON text to POST, with ``{page}`` or ``{offset}`` as bare ``%(page)d`` / ``%(offset)d``."""
    section: str | None = None
    """The publisher's rubric that this channel stands for, where the pages do not say."""
    catch_up: str | None = None
    """Name of the channel that is read, deeper than usual, when this one may have listed articles
    that nobody saw. ``None``: its own further pages, if it has any."""


@dataclass(frozen=True, kw_only=True)
class ChannelState:
    """What the last complete poll of a channel left behind. Times are aware UTC."""

    etag: str | None = None
    last_modified: str | None = None
    polled_at: datetime | None = None
    not_before: datetime | None = None
    """The publisher asked us (Retry-After) not to come back earlier."""


class FailureKind(StrEnum):
    """How the poll of a channel failed; it decides how long the channel is left alone."""

    UNREACHED = "unreached"
    """No answer at all: the school's line or the publisher's server is down."""
    FAILED = "failed"
    """An answer that is of no use: an error, a page instead of a feed."""
    BLOCKED = "blocked"
    """The publisher refuses us."""


@dataclass(frozen=True, kw_only=True)
class ChannelPace:
    """What the polls of a channel taught about when to come back. Times are aware UTC."""

    attempted_at: datetime | None = None
    """When it was last asked, whatever came of it. ``None``: never."""
    succeeded_at: datetime | None = None
    """When it last gave what it lists, or said that nothing has changed."""
    elapsed: timedelta | None = None
    """Between the last two successes. ``None``: there were not two yet."""
    listed: int = 0
    """Entries of the last success that listed any."""
    fresh: int = 0
    """Those of the last success that the channel had not listed before."""
    empty_polls: int = 0
    """Successes in a row without a fresh entry."""
    failures: int = 0
    """Failures in a row."""
    failure_kind: FailureKind | None = None
    failure: str | None = None
    """Why the last one failed. ``None``: it did not."""
    unfinished: bool = False
    """The last poll was stopped, or a limit left articles undone."""
    ttl: timedelta | None = None
    """How long the feed says that it need not be read again (``ttl``, ``sy:updatePeriod``)."""
    max_age: timedelta | None = None
    """How long the answer was still fresh (``Cache-Control``, ``Expires``)."""


@dataclass(frozen=True, kw_only=True)
class HostWish:
    """What a host asked of us."""

    not_before: datetime | None = None
    """Not to come back earlier (Retry-After)."""
    crawl_delay: timedelta | None = None
    """To leave so much time between two requests (robots.txt)."""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A time of which a channel may have listed articles that we never saw."""

    channel: str
    since: datetime
    """When we last saw the channel."""
    until: datetime
    """The oldest entry that it listed then, else the moment of that poll."""
    noted_at: datetime
    """The poll that showed it."""


@dataclass(frozen=True, kw_only=True)
class Recognition:
    """What a page of a channel shows that was not known."""

    fresh: int
    """Entries that the channel had not listed before this poll."""
    missing: Gap | None = None
    """What may lie between the page's end and what we saw last. ``None``: nothing."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One item of a channel, as stated there."""

    url: str
    headline: str | None = None
    summary: str | None = None
    published_raw: str | None = None
    section: str | None = None
    creator: str | None = None
    image_url: str | None = None


class Role(StrEnum):
    REPORTER = "reporter"
    EDITOR = "editor"
    CONTRIBUTOR = "contributor"
    PHOTOGRAPHER = "photographer"


@dataclass(frozen=True, kw_only=True)
class Credit:
    """A person or desk and what they did. ``name`` as printed, titles and initials kept."""

    name: str
    role: Role


@dataclass(frozen=True, kw_only=True)
class Dateline:
    """The opening mark of the text: ``REPUBLIKA.CO.ID, JAKARTA --``."""

    mark: str | None
    """Brand or office before or after the place (``REPUBLIKA.CO.ID``, ``Ditjen Diksi``)."""
    place: str | None
    raw: str
    """As printed, including the closing dash."""
    region: str | None = None
    """The regency, city or province that the place is or lies in (``Kota Balikpapan``). ``None``:
    abroad, unknown or ambiguous."""
    province: str | None = None
    zone: str | None = None
    """The place's clock: ``WIB``, ``WITA`` or ``WIT``."""


class Precision(StrEnum):
    """How exactly a time is known."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"


@dataclass(frozen=True, kw_only=True)
class Image:
    url: str
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Something the page says about where its text comes from, as printed."""

    kind: str
    """One of ``byline``, ``source``, ``first_published``, ``original_url``, ``desk_code``,
    ``press_release_number``, ``stated_date``, ``publisher``, ``date_from_channel``,
    ``date_from_id``, ``time_conflict``, ``inferred_year`` (none is printed), ``label``
    (``Advertorial``), ``genre`` (as JSON-LD states it), ``basis`` (``standard`` or ``fallback``:
    the page was read without a layout of the publisher's own)."""
    text: str


@dataclass(frozen=True, kw_only=True)
class Flag:
    """Something that an editor should look at before the article is published."""

    name: str
    """``child-safety``, ``answer-key`` … or one of the school's own."""
    rule: str
    """What fired: the part of the article that was looked at, or the measure."""
    found: str
    """The words found there, or the measured value."""


class CorrectionKind(StrEnum):
    """How a publisher announces that it changed a text, in the words of Pedoman Media Siber."""

    RALAT = "ralat"
    KOREKSI = "koreksi"
    HAK_JAWAB = "hak jawab"
    PEMBARUAN = "pembaruan"


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A correction that the text itself announces."""

    kind: CorrectionKind
    sentence: str
    """The words that say so, as printed."""


@dataclass(frozen=True, kw_only=True)
class Witness:
    """What a page says besides the article that was read on it: by it a change of the page is told
    from a change of its reader."""

    statements: tuple[str, ...]
    """Every line of text, metadata value and JSON-LD text, in their order."""
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, kw_only=True)
class Article:
    """The text at one canonical URL of one publisher.

    A spider returns it *as stated*: raw values filled, ``body_html`` the carved fragment, ``body``
    empty. ``pipelines.normalise.normalise`` fills the parsed values; applied again it changes
    nothing.
    """

    publisher: str
    url: str
    """As requested."""
    canonical_url: str
    """What the page declares (else ``url``), after our rules."""
    headline: str
    fetched_at: datetime
    external_id: str | None = None
    """The publisher's own identifier. ``None``: the canonical URL is the identity."""
    summary: str | None = None
    """The publisher's own short text."""
    excerpt: str | None = None
    """Cut by us from the body, on a word."""
    body: tuple[str, ...] = ()
    """Paragraphs without markup, dateline, credit line and boilerplate."""
    body_html: str = ""
    published_raw: str | None = None
    published_at: datetime | None = None
    """With the offset as stated, else the publisher's zone."""
    published_precision: Precision | None = None
    modified_raw: str | None = None
    modified_at: datetime | None = None
    byline: str | None = None
    """The printed text naming who made it; several lines are joined with newlines."""
    credits: tuple[Credit, ...] = ()
    dateline: Dateline | None = None
    source_raw: str | None = None
    """A printed "Sumber: …" outside the body."""
    agency: str | None = None
    """The news agency that supplied the text, by its usual name (``Antara``)."""
    original_url: str | None = None
    """Where the page says that the text stood first."""
    stated_publisher: str | None = None
    """The publisher's name as the page itself gives it."""
    section: str | None = None
    tags: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    """Ours, by the rules of ``pipelines.rulebook``."""
    flags: tuple[Flag, ...] = ()
    image: Image | None = None
    language: str | None = None
    pages: int = 1
    paywalled: bool = False
    layout: str | None = None
    """Which page generation the parser recognised (``republika-2015``)."""
    evidence: tuple[Evidence, ...] = ()
    correction: Correction | None = None
    witness: Witness | None = None
    """``None``: not read on a page that was just fetched."""


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """Our finding of who must be named, and what it rests on."""

    publisher: str
    publisher_title: str
    url: str
    """The address that readers are sent to."""
    credit_line: str
    """The words that must be shown wherever the article is."""
    basis: RightsBasis
    stated: bool
    """True: the page itself names the publisher. False: inferred from its host."""
    credits: tuple[Credit, ...] = ()
    agency: str | None = None
    original_url: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AttributedArticle:
    """What may be stored: an article and the attribution it may never leave without."""

    article: Article
    attribution: Attribution
    publishable: bool
    """False where a mandatory part of the attribution (publication time) is not known."""


class EndState(StrEnum):
    """How a discovered URL ended. Every one ends in exactly one."""

    STORED = "stored"
    UNCHANGED = "unchanged"
    """Fetched again, and the same."""
    REVISED = "revised"
    SUSPECTED = "suspected"
    """An article that we hold seems to be gone; believed when it is seen a second time."""
    WITHDRAWN = "withdrawn"
    """Seen to be gone a second time: no longer shown, and kept out."""
    DUPLICATE = "duplicate"
    """Another address or identifier of an article that we hold."""
    KNOWN = "known"
    """Held already and not due for another look: not requested."""
    DROPPED = "dropped"
    """Judged unfit; the reason says why."""
    BLOCKED = "blocked"
    """The publisher refuses us (403, 429, challenge page, robots.txt)."""
    FAILED = "failed"
    NOT_ARCHIVED = "not archived"
    """Replay only: the archive does not hold it."""
    DEFERRED = "deferred"
    """Left for the next run: a limit was reached or the run was stopped."""


@dataclass(frozen=True, kw_only=True)
class Fetch:
    """The end of one discovered URL in one run."""

    publisher: str
    channel: str | None
    url: str
    key: str
    """The article's identity within its publisher (``Discovery.key``)."""
    state: EndState
    reason: str | None = None
    http_status: int | None = None
    article_id: int | None = None
    ended_at: datetime


class Cause(StrEnum):
    """What brought a revision about."""

    CHANNEL = "channel"
    """A channel listed the article again, or by another headline."""
    RECHECK = "re-check"
    """Our own schedule."""
    REPARSE = "reparse"
    """An archived page that is newer than what was held."""
    PARSER = "parser"
    """The page said the same before: today's parsers read it otherwise."""


@dataclass(frozen=True, kw_only=True)
class Revision:
    """A text of an article that a later one replaced, or the current one."""

    number: int
    seen_at: datetime
    cause: Cause
    headline: str
    body: tuple[str, ...]
    credits: tuple[Credit, ...] = ()
    published_at: datetime | None = None
    changed: tuple[str, ...] = ()
    """Names of the fields that differ from the revision before; empty for the first."""
    correction: Correction | None = None
    """What this text announces about itself."""
    parser: str | None = None
    """Version of the parsers that read it. ``None``: from before they were noted."""


@dataclass(frozen=True, kw_only=True)
class Tombstone:
    """Our mark that keeps an article out for ever."""

    publisher: str
    canonical_url: str
    external_id: str | None
    reason: str
    buried_at: datetime


class RunStatus(StrEnum):
    RUNNING = "running"
    FINISHED = "finished"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, kw_only=True)
class Run:
    """One pass over publishers."""

    id: int
    mode: str
    """``live``, ``replay`` or ``reparse``."""
    started_at: datetime
    status: RunStatus
    finished_at: datetime | None = None
    pruned_at: datetime | None = None
    """When most of its ledger was deleted. ``None``: it is whole."""


@dataclass(frozen=True, kw_only=True)
class Holder:
    """The process that crawls a publisher."""

    host: str
    pid: int
    since: datetime


@dataclass(frozen=True, kw_only=True)
class Fill:
    """One run's count of one field of one publisher."""

    publisher: str
    field: str
    run_id: int
    started_at: datetime
    filled: int
    articles: int


class ReviewState(StrEnum):
    NEW = "new"
    """Nobody has decided. No row says so: an article without a review is new."""
    APPROVED = "approved"
    HELD = "held"
    REJECTED = "rejected"


BY_RULE = "rule: "
"""How whoever decided is named where a rule did; no person may be called so."""


@dataclass(frozen=True, kw_only=True)
class Review:
    """What the school decided about showing an article, and how it is to be shown."""

    article_id: int
    state: ReviewState
    decided_at: datetime
    editor: str
    """Who decided: a person's name, or ``rule: <name>``."""
    revision: int
    """Of the article, as it was looked at. A later one has not been looked at yet."""
    reason: str | None = None
    """Of a rejection always; else what the editor noted."""
    headline: str | None = None
    """The editor's own. ``None``: the publisher's."""
    excerpt: str | None = None
    """The editor's own. ``None``: as cut by us."""
    section: str | None = None
    """Of the portal. ``None``: by topic."""
    publish_at: datetime | None = None
    """Not shown before. ``None``: at once."""

    @property
    def is_by_rule(self) -> bool:
        return self.editor.startswith(BY_RULE)


class PublicationState(StrEnum):
    """What stands in a portal for an article, as far as we know."""

    WAITING = "waiting"
    """Nothing yet, or it is not known whether an attempt that was cut off arrived."""
    SENT = "sent"
    HIDDEN = "hidden"
    """Taken out of sight by us."""
    WITHDRAWN = "withdrawn"
    """Out of sight for ever; where readers saw it stands a notice."""


class Stop(StrEnum):
    """Why nothing more is sent until a person decides. Withdrawals hide the post all the same."""

    CONFLICT = "conflict"
    """The portal's editor changed or hid it."""
    REMOVED = "removed"
    """The portal's editor deleted it."""
    KEPT = "kept"
    """A person decided that it is the portal's editor's from now on."""
    DEAD = "dead"
    """Tried too often."""


@dataclass(frozen=True, kw_only=True)
class Publication:
    """An article in a portal's outbox. Times are aware UTC; hashes are of headline and text."""

    article_id: int
    portal: str
    state: PublicationState
    slug: str
    """As first composed: the address stays."""
    shown_at: datetime
    """The time that the portal prints."""
    first_revision: int
    """Of the article, as first composed: later texts are corrections of it."""
    stop: Stop | None = None
    """``None``: the outbox goes on by itself."""
    remote_id: str | None = None
    """The post's number in the portal. ``None``: not known to have arrived."""
    remote_url: str | None = None
    public: bool = False
    """Readers could see it when it was looked at last, or before we hid it."""
    mark: str | None = None
    """What the post was made from (``aggregator.publish.decide.Facts``)."""
    sent_revision: int | None = None
    sent_hash: str | None = None
    """As read back from the portal after it was sent."""
    doing: str | None = None
    """What is being done: noted before, gone when it is done."""
    intended_hash: str | None = None
    """Of what is being sent."""
    attempts: int = 0
    """Failures in a row."""
    next_attempt_at: datetime | None = None
    last_error: str | None = None
    first_sent_at: datetime | None = None
    changed_at: datetime | None = None
    """When the row was last written."""


@dataclass(frozen=True, kw_only=True)
class PortalState:
    """How a portal fares that is published to."""

    name: str
    failing_since: datetime | None = None
    """``None``: it took what it was given last."""
    failures: int = 0
    """In a row."""
    detail: str | None = None
    next_attempt_at: datetime | None = None
    """It is left alone until then."""
    succeeded_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """Who did what, when. Never changed, never deleted."""

    at: datetime
    who: str
    action: str
    article_id: int | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


class DeskRole(StrEnum):
    """What a person may do at the editor's desk."""

    EDITOR = "editor"
    ADMIN = "admin"
    """All of it, and who else may sign in."""


@dataclass(frozen=True, kw_only=True)
class DeskUser:
    """A person of the editor's desk."""

    name: str
    """As it stands in the audit log."""
    role: DeskRole
    created_at: datetime
    disabled_at: datetime | None = None
    """``None``: may sign in."""


@dataclass(frozen=True, kw_only=True)
class ChannelWish:
    """What people asked of a channel."""

    paused_at: datetime | None = None
    """``None``: it is read."""
    paused_by: str | None = None
    asked_at: datetime | None = None
    """To be read now. ``None``: nobody asked."""
    asked_by: str | None = None


class MatchReason(StrEnum):
    """How an article was recognised in a portal's post."""

    IDENTITY = "identity"
    """The post names an address with the publisher's own identifier."""
    ADDRESS = "address"
    TEXT = "text"
    """The same words."""
    OPENING = "opening"
    """The post, or what is left of it in a teaser, is how the article begins."""


@dataclass(frozen=True, kw_only=True)
class PublishedIn:
    """A post of a portal that an article already is."""

    portal: str
    url: str | None
    at: datetime | None
    """As the portal says. ``None``: it does not."""
    reason: MatchReason


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """That an article may no longer be shown."""

    at: datetime
    reason: str
    by: str
    """``publisher``, or the name of the person who did it by hand."""
    by_hand: bool


@dataclass(frozen=True, kw_only=True)
class Suspicion:
    """That an article seemed to be gone, and was not seen since."""

    at: datetime
    reason: str


class LinkReason(StrEnum):
    """What makes two articles prints of one text."""

    SAME_TEXT = "same text"
    EDITED = "edited"
    REWORKED = "reworked"
    SHORTENED = "shortened"
    """One holds nearly all of the other: a cut copy, or a first part and the whole."""
    STATED = "stated original"
    """One says that it first stood where the other is."""
    PERSON = "decided by a person"


THROUGH = "through another"
"""Reason between two members of a cluster that are linked to a third one only."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """Two articles that are prints of one text. ``first`` has the lower number."""

    first: int
    second: int
    reason: LinkReason
    score: float
    """0 to 1: what the rule measured."""


@dataclass(frozen=True, kw_only=True)
class Printing:
    """What comparing, grouping and naming need to know of an article."""

    id: int
    publisher: str
    key: str
    """The article's identity within its publisher."""
    urls: tuple[str, ...]
    headline: str
    body: str
    """Empty where only the grouping asks, and where it was removed."""
    published_at: datetime | None
    published_precision: Precision | None
    basis: RightsBasis
    dateline_mark: str | None
    original_url: str | None
    evidence: tuple[Evidence, ...]
    publishable: bool
    credit_line: str
    text_removed: bool = False
    """Its text was let go: what was found of it stands, and nothing new is found."""

    @property
    def identity(self) -> tuple[str, str]:
        """The same in every database, unlike ``id``."""
        return (self.publisher, self.key)


@dataclass(frozen=True, kw_only=True)
class ClusterMember:
    """An article in a cluster, and what joined it."""

    article_id: int
    via: Link | None = None
    """Its link on the way to the representative. ``None``: it is the representative."""


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """Near-duplicate articles of one text, with the one that is shown."""

    id: int
    """The lowest number among the members."""
    representative_id: int
    members: tuple[ClusterMember, ...]
    """The representative first."""

    @property
    def member_ids(self) -> tuple[int, ...]:
        return tuple(member.article_id for member in self.members)


@dataclass(frozen=True, kw_only=True)
class Duplicate:
    """Another print of an article's text, seen from that article."""

    article_id: int
    publisher: str
    url: str
    reason: str
    """A ``LinkReason``, or ``through another`` where both are linked to a third print."""
    score: float
    """0 to 1: of the link, or of the weakest link on the way."""
    publishable: bool = True


class DecisionKind(StrEnum):
    MERGE = "merge"
    """These articles are one text."""
    SPLIT = "split"
    """This article is none of the texts that it was grouped with."""
    NEVER = "never"
    """These two articles are different texts."""

    @property
    def joins(self) -> bool:
        return self is DecisionKind.MERGE


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a person decided about articles, for ever or until it is undone."""

    id: int
    kind: DecisionKind
    pairs: tuple[tuple[int, int], ...]
    """Numbers of articles, each pair one statement."""
    made_by: str
    made_at: datetime
    reason: str
    undone_by: str | None = None
    """``None``: it holds."""
    undone_at: datetime | None = None
    undone_reason: str | None = None


def utc_offset_minutes(moment: datetime) -> int:
    """Minutes east of UTC that an aware datetime states."""
    offset = moment.utcoffset() or timedelta(0)
    return int(offset.total_seconds() // 60)


class Look(StrEnum):
    """What to do about a URL that a channel lists."""

    NEW = "new"
    AGAIN = "again"
    """Held already, but due for another look: corrections are caught that way."""
    KNOWN = "known"
    """Not requested."""


@dataclass(frozen=True, kw_only=True)
class Discovery:
    """A URL that a channel listed and that looks like an article of the publisher."""

    url: str
    """What we would request; unique within a run."""
    canonical_url: str
    external_id: str | None
    channel: str | None
    """``None``: not from a channel but from an archive or an operator."""
    entry: Entry

    @property
    def key(self) -> str:
        """The article's identity within its publisher."""
        return self.external_id or self.canonical_url


@dataclass(frozen=True, kw_only=True)
class Recheck:
    """A held article that our own schedule wants looked at, with the validators of its page."""

    discovery: Discovery
    etag: str | None = None
    last_modified: str | None = None


class ChannelStatus(StrEnum):
    OK = "ok"
    UNCHANGED = "unchanged"
    """304: nothing new since the last complete poll."""
    BLOCKED = "blocked"
    FAILED = "failed"
    NOT_ARCHIVED = "not archived"
    DEFERRED = "deferred"
    """The publisher asked us to come back later."""


@dataclass(frozen=True, kw_only=True)
class ChannelPoll:
    """How one page of a channel was answered."""

    channel: Channel
    page: int
    status: ChannelStatus
    fetched_at: datetime
    entries: int = 0
    fresh: int = 0
    """Entries that the channel had not listed before."""
    skipped: tuple[str, ...] = ()
    """Why each unusable entry was skipped."""
    reason: str | None = None
    unreached: bool = False
    """It failed without a word of the host's."""
    etag: str | None = None
    last_modified: str | None = None
    not_before: datetime | None = None
    ttl: timedelta | None = None
    max_age: timedelta | None = None
    further: int = 0
    """Pages that this one led to. The poll is complete when all of them were answered."""
    clock_skew: timedelta | None = None
    """How far the server's clock (its Date header) is ahead of ours. ``None``: it does not say."""


class RobotsDecision(StrEnum):
    """What a host's answer to robots.txt means."""

    RULES = "rules"
    NO_FILE = "no file"
    """Nothing is barred."""
    UNREACHABLE = "unreachable"
    """Everything is barred until it can be read."""


@dataclass(frozen=True, kw_only=True)
class RobotsAnswer:
    """A host's robots.txt as we read it."""

    host: str
    """With its port where that is not the scheme's own."""
    decision: RobotsDecision
    fetched_at: datetime
    http_status: int | None = None
    """``None``: no answer came."""
    reason: str | None = None
    """Why it could not be read."""
    text: str | None = None
    """``None`` where there are no rules."""


@dataclass(frozen=True, kw_only=True)
class RobotsVisit:
    """What a host's answer meant for one run."""

    publisher: str
    answer: RobotsAnswer
    allowed: int = 0
    """Requests that it allowed."""
    refused: int = 0


@dataclass(frozen=True, kw_only=True)
class ChannelRecord:
    """How a channel answered in one run, all of its pages together."""

    publisher: str
    channel: str
    status: ChannelStatus
    polled_at: datetime
    reasons: tuple[str, ...] = ()
    """Why pages of it could not be read."""
    pages: int = 1
    entries: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    """Why entries could not be used -> how many."""
    ends: Mapping[str, int] = field(default_factory=dict)
    """How the URLs that it listed ended, in words (``dropped:photo page``) -> how many."""
    fresh: int = 0
    """Entries that it had never listed before."""
    future: int = 0
    """Entries that are dated later than they were listed."""
    newest_at: datetime | None = None
    """The latest date of an entry."""
    clock_skew: timedelta | None = None
    """How far the server's clock is ahead of ours."""


@dataclass(frozen=True, kw_only=True)
class EndCount:
    """How many URLs of a publisher ended in one way in one run."""

    publisher: str
    started_at: datetime
    """When the run began."""
    state: EndState
    reason: str | None
    urls: int


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A copy of the database that was made and checked."""

    path: str
    made_at: datetime
    bytes: int
    schema_version: str
    articles: int


@dataclass(frozen=True, kw_only=True)
class TransportState:
    """How a transport of alerts fares."""

    name: str
    failing_since: datetime | None = None
    """``None``: what it was given last, it took."""
    detail: str | None = None
    digest_on: str | None = None
    """The day, by the school's clock, for which it took the last digest."""
