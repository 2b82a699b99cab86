"""What ``aggregator.client`` answers with: the JSON of the API, typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from aggregator.model import Correction, Credit, Dateline, Evidence, Image, Precision, RightsBasis


@dataclass(frozen=True, kw_only=True)
class PublicAttribution:
    """What must be shown wherever the article is."""

    credit_line: str
    publisher_title: str
    url: str
    basis: RightsBasis
    stated: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True)
class PublicDuplicate:
    """Another print of an article's text."""

    publisher: str
    url: str
    reason: str
    score: float


@dataclass(frozen=True, kw_only=True)
class PublicMember:
    """An article in a cluster, and what joined it (``None``: it is the representative)."""

    id: int
    publisher: str
    url: str
    headline: str
    published_at: datetime
    credit_line: str
    via: int | None
    """Number of the member whose link joined it; ``None`` also where that one may not be shown."""
    reason: str | None
    score: float | None


@dataclass(frozen=True, kw_only=True)
class PublicCluster:
    """Articles that are prints of one text, the representative first."""

    cluster_id: int
    representative: int
    standing: str
    """Why it stands for all."""
    members: tuple[PublicMember, ...]


@dataclass(frozen=True, kw_only=True)
class PublicArticle:
    """An article as the API gives it. ``None``: not stated."""

    id: int
    publisher: str
    external_id: str | None
    url: str
    canonical_url: str
    headline: str
    summary: str | None
    excerpt: str | None
    body: tuple[str, ...]
    """Empty where the rights basis allows no full text."""
    body_html: str
    published_at: datetime
    published_precision: Precision | None
    modified_at: datetime | None
    credits: tuple[Credit, ...]
    dateline: Dateline | None
    agency: str | None
    section: str | None
    tags: tuple[str, ...]
    topics: tuple[str, ...]
    image: Image | None
    language: str | None
    paywalled: bool
    attribution: PublicAttribution
    cluster_id: int | None
    """``None``: no other print of its text is held."""
    duplicates: tuple[PublicDuplicate, ...]
    revision: int
    correction: Correction | None
    """What its publisher announced about it."""
    published_in: tuple[PublicPost, ...]
    """Posts of the school's portals that it already is."""
    first_seen: datetime
    last_seen: datetime
    history: tuple[PublicRevision, ...]
    """Every revision, the first one first; empty in lists."""


@dataclass(frozen=True, kw_only=True)
class PublicPost:
    portal: str
    url: str | None
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class PublicRevision:
    number: int
    seen_at: datetime
    cause: str
    headline: str
    body: tuple[str, ...]
    changed: tuple[str, ...]
    correction: Correction | None


@dataclass(frozen=True, kw_only=True)
class ArticlesPage:
    articles: tuple[PublicArticle, ...]
    next_cursor: str | None
    """``None``: this is the last page."""
    total: int | None
    """On all pages together, about; ``None``: it was not asked for (``total="yes"``)."""


@dataclass(frozen=True, kw_only=True)
class PublicPublisher:
    name: str
    title: str
    homepage: str
    rights_basis: RightsBasis
    terms: str | None
    articles: int
    last_published: datetime | None
    feeds: Mapping[str, str]
    """``rss``, ``atom`` and ``json`` -> address."""


@dataclass(frozen=True, kw_only=True)
class Condition:
    status: str
    """``healthy``, ``needs_a_person`` or ``unknown``."""
    findings: int
    last_seen: datetime | None
