"""The nouns of the aggregator. This module imports nothing of ours.

Every datetime is timezone-aware. What a publisher states (``published_at``, ``modified_at``) is
never mixed with what we know (``first_seen``, ``last_seen``, ``fetched_at``). Raw text is kept
beside every parsed value. ``None`` always means "the page does not say", never "unknown error".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


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


@dataclass(frozen=True, kw_only=True)
class ChannelState:
    """What the last complete poll of a channel left behind. Times are aware UTC."""

    etag: str | None = None
    last_modified: str | None = None
    polled_at: datetime | None = None
    not_before: datetime | None = None
    """The publisher asked us (Retry-After) not to come back earlier."""


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
    ``date_from_id``, ``time_conflict``, ``basis`` (``standard`` or ``fallback``: the page was
    read without a layout of the publisher's own)."""
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
    APPROVED = "approved"
    HELD = "held"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True)
class Review:
    """The editor's decision on an article."""

    article_id: int
    state: ReviewState
    decided_at: datetime
    editor: str
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Publication:
    """An article as a post in one portal."""

    article_id: int
    portal: str
    post_id: str
    post_url: str | None
    published_at: datetime


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


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """Near-duplicate articles of one text, with the one that is shown."""

    id: int
    representative_id: int
    member_ids: tuple[int, ...] = field(default_factory=tuple)


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
    skipped: tuple[str, ...] = ()
    """Why each unusable entry was skipped."""
    reason: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    not_before: datetime | None = None
    last_page: bool = True
