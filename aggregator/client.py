"""A client of the JSON API in Python: typed results, pages that follow each other by themselves.

    with Client("https://berita.sekolah.example") as news:
        for article in news.articles(topic="smk"):
            print(article.headline, article.attribution.credit_line)

Needs ``httpx`` (extra ``client``). What the API refuses is an ``APIError`` with its problem
document; what it could not be asked, one without.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from types import TracebackType
from typing import Any, Self

import httpx

from aggregator.errors import APIError
from aggregator.model import Credit, Dateline, Evidence, Image, Precision, RightsBasis, Role

TIMEOUT = 30.0
PAGE = 100
"""Articles asked for at a time."""


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
    first_seen: datetime
    last_seen: datetime
    history: tuple[PublicRevision, ...]
    """Every revision, the first one first; empty in lists."""


@dataclass(frozen=True, kw_only=True)
class PublicRevision:
    number: int
    seen_at: datetime
    cause: str
    headline: str
    body: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ArticlesPage:
    articles: tuple[PublicArticle, ...]
    next_cursor: str | None
    """``None``: this is the last page."""


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


Filter = str | int | date | None


class Client:
    """Asks one aggregator. ``http`` may be given, with whatever it needs (proxies, a cache)."""

    def __init__(self, address: str, http: httpx.Client | None = None) -> None:
        self._root = f"{address.rstrip('/')}/api/v1"
        self._http = http or httpx.Client(timeout=TIMEOUT)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def articles(self, *, most: int | None = None, **filters: Filter) -> Iterator[PublicArticle]:
        """All articles that the filters leave, newest first; ``most``: no more than these."""
        return islice(self._all("articles", filters), most)

    def search(
        self, words: str, *, most: int | None = None, **filters: Filter
    ) -> Iterator[PublicArticle]:
        return islice(self._all("search", {"q": words, **filters}), most)

    def page(self, *, cursor: str | None = None, **filters: Filter) -> ArticlesPage:
        """One page; ``cursor`` is the ``next_cursor`` of the page before."""
        return self._page("articles", {**filters, "cursor": cursor})

    def article(self, number: int) -> PublicArticle:
        """One article with its history. Raises ``APIError`` with status 404."""
        return _article(self._get(f"articles/{number}"))

    def lookup(self, key: str) -> PublicArticle:
        """The same by any of its addresses or by ``publisher:external_id``."""
        return _article(self._get("lookup", {"key": key}))

    def clusters(self) -> Iterator[PublicCluster]:
        """All clusters, the newest first."""
        cursor: int | None = None
        while True:
            found = self._get("clusters", {"limit": PAGE, "cursor": cursor})
            yield from map(_cluster, found["clusters"])
            cursor = found["next_cursor"]
            if cursor is None:
                return

    def cluster(self, number: int) -> PublicCluster:
        """The other prints of an article's text. Raises ``APIError`` with status 404."""
        return _cluster(self._get(f"clusters/{number}"))

    def publishers(self) -> tuple[PublicPublisher, ...]:
        return tuple(map(_publisher, self._get("publishers")["publishers"]))

    def counts(self, period: str = "day", **filters: Filter) -> dict[str, int]:
        """Articles in each ``day`` or ``month`` by the school's clock: its first day -> number."""
        found: dict[str, int] = self._get("counts", {"period": period, **filters})["counts"]
        return found

    def facet(self, by: str, **filters: Filter) -> dict[str, int]:
        """The most frequent publishers, sections, topics or tags (``by``: ``tag`` …)."""
        found: dict[str, int] = self._get("facets", {"by": by, **filters})["counts"]
        return found

    def health(self) -> Condition:
        found = self._get("health")
        return Condition(
            status=found["status"],
            findings=found["findings"],
            last_seen=_moment(found["last_seen"]),
        )

    def _all(self, path: str, filters: Mapping[str, Filter]) -> Iterator[PublicArticle]:
        asked = {"limit": PAGE, **filters}
        while True:
            page = self._page(path, asked)
            yield from page.articles
            if page.next_cursor is None:
                return
            asked["cursor"] = page.next_cursor

    def _page(self, path: str, asked: Mapping[str, Filter]) -> ArticlesPage:
        found = self._get(path, asked)
        return ArticlesPage(
            articles=tuple(map(_article, found["articles"])), next_cursor=found["next_cursor"]
        )

    def _get(self, path: str, asked: Mapping[str, Filter] | None = None) -> Any:
        url = f"{self._root}/{path}"
        given = {name: str(value) for name, value in (asked or {}).items() if value is not None}
        try:
            answer = self._http.get(url, params=given, headers={"Accept": "application/json"})
            if answer.is_success:
                return answer.json()
        except (httpx.HTTPError, json.JSONDecodeError) as error:
            raise APIError(url=url, title=str(error) or type(error).__name__) from error
        raise _problem(url, answer)


# --- from JSON ------------------------------------------------------------------------------------


def _problem(url: str, answer: httpx.Response) -> APIError:
    try:
        problem = answer.json()
    except json.JSONDecodeError:
        problem = {}
    if not isinstance(problem, dict):
        problem = {}
    wait = answer.headers.get("Retry-After", "")
    return APIError(
        url=url,
        status=answer.status_code,
        title=problem.get("title") or answer.reason_phrase,
        type=problem.get("type", "about:blank"),
        detail=problem.get("detail", ""),
        parameters={e["parameter"]: e["detail"] for e in problem.get("errors", ())},
        retry_after=int(wait) if wait.isdecimal() else None,
    )


def _article(found: Mapping[str, Any]) -> PublicArticle:
    dateline, image = found["dateline"], found["image"]
    precision = found["published_precision"]
    return PublicArticle(
        **{name: found[name] for name in _AS_THEY_ARE},
        body=tuple(found["body"]),
        published_at=datetime.fromisoformat(found["published_at"]),
        published_precision=Precision(precision) if precision else None,
        modified_at=_moment(found["modified_at"]),
        credits=tuple(Credit(name=c["name"], role=Role(c["role"])) for c in found["credits"]),
        dateline=Dateline(**dateline) if dateline else None,
        tags=tuple(found["tags"]),
        topics=tuple(found["topics"]),
        image=Image(**image) if image else None,
        attribution=_attribution(found["attribution"]),
        duplicates=tuple(PublicDuplicate(**d) for d in found["duplicates"]),
        first_seen=datetime.fromisoformat(found["first_seen"]),
        last_seen=datetime.fromisoformat(found["last_seen"]),
        history=tuple(map(_revision, found.get("history", ()))),
    )


_AS_THEY_ARE = (
    *("id", "publisher", "external_id", "url", "canonical_url", "headline", "summary", "excerpt"),
    *("body_html", "agency", "section", "language", "paywalled", "cluster_id", "revision"),
)


def _cluster(found: Mapping[str, Any]) -> PublicCluster:
    return PublicCluster(
        cluster_id=found["cluster_id"],
        representative=found["representative"],
        standing=found["standing"],
        members=tuple(
            PublicMember(**{**m, "published_at": datetime.fromisoformat(m["published_at"])})
            for m in found["members"]
        ),
    )


def _attribution(found: Mapping[str, Any]) -> PublicAttribution:
    return PublicAttribution(
        credit_line=found["credit_line"],
        publisher_title=found["publisher_title"],
        url=found["url"],
        basis=RightsBasis(found["basis"]),
        stated=found["stated"],
        evidence=tuple(Evidence(kind=e["kind"], text=e["text"]) for e in found["evidence"]),
    )


def _revision(found: Mapping[str, Any]) -> PublicRevision:
    return PublicRevision(
        number=found["number"],
        seen_at=datetime.fromisoformat(found["seen_at"]),
        cause=found["cause"],
        headline=found["headline"],
        body=tuple(found["body"]),
        changed=tuple(found["changed"]),
    )


def _publisher(found: Mapping[str, Any]) -> PublicPublisher:
    return PublicPublisher(
        name=found["name"],
        title=found["title"],
        homepage=found["homepage"],
        rights_basis=RightsBasis(found["rights_basis"]),
        terms=found["terms"],
        articles=found["articles"],
        last_published=_moment(found["last_published"]),
        feeds=found["feeds"],
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
