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
from datetime import date, datetime
from itertools import islice
from types import TracebackType
from typing import Any, Self

import httpx

from aggregator.clientresults import (
    ArticlesPage,
    Condition,
    PublicArticle,
    PublicAttribution,
    PublicCluster,
    PublicDuplicate,
    PublicMember,
    PublicPost,
    PublicPublisher,
    PublicRevision,
)
from aggregator.errors import APIError
from aggregator.model import (
    Correction,
    CorrectionKind,
    Credit,
    Dateline,
    Evidence,
    Image,
    Precision,
    RightsBasis,
    Role,
)

__all__ = [
    "ArticlesPage",
    "Client",
    "Condition",
    "PublicArticle",
    "PublicAttribution",
    "PublicCluster",
    "PublicDuplicate",
    "PublicMember",
    "PublicPost",
    "PublicPublisher",
    "PublicRevision",
]

TIMEOUT = 30.0
PAGE = 100
"""Articles asked for at a time."""


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
        """One article with its history. Raises ``APIError`` with status 404, and 410
        for one that was withdrawn."""
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
        """Articles in each ``day``, ``week`` or ``month`` of the school: first day -> number."""
        found: dict[str, int] = self._get("counts", {"period": period, **filters})["counts"]
        return found

    def facet(self, by: str, **filters: Filter) -> dict[str, int]:
        """The most frequent publishers, sections, topics, tags or provinces, or the months
        (``by``: ``tag`` …)."""
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
            articles=tuple(map(_article, found["articles"])),
            next_cursor=found["next_cursor"],
            total=found["total"]["articles"] if found["total"] else None,
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
        withdrawn=problem.get("withdrawn"),
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
        correction=_correction(found["correction"]),
        published_in=tuple(
            PublicPost(portal=p["portal"], url=p["url"], at=_moment(p["at"]))
            for p in found["published_in"]
        ),
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
        correction=_correction(found["correction"]),
    )


def _correction(found: Mapping[str, str] | None) -> Correction | None:
    if found is None:
        return None
    return Correction(kind=CorrectionKind(found["kind"]), sentence=found["sentence"])


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
