"""Examples in the API's description: invented, but made by the code that makes real answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Any

from aggregator.articlejson import Holding
from aggregator.clusterjson import cluster_json
from aggregator.duplicates import ClusterView
from aggregator.model import (
    Article,
    AttributedArticle,
    Attribution,
    Cause,
    Cluster,
    ClusterMember,
    Credit,
    Dateline,
    Duplicate,
    Link,
    LinkReason,
    Precision,
    Printing,
    RightsBasis,
    Role,
)
from aggregator.query import ArticleView, Hit
from aggregator.reuse import Reuse
from aggregator.search.aliases import bundled_aliases
from aggregator.search.marks import Finder
from aggregator.search.meaning import meaning
from aggregator.search.parser import parse
from pipelines.clusters import Standing

_URL = "https://www.kemdikbud.example/berita/4711/smk-meluluskan-perakit-panel-surya"
_PRINTED = "https://republika.example/berita/tbm9x7436/siswa-smk-rakit-panel-surya"
_SEEN = datetime(2026, 3, 9, 3, 31, 44, tzinfo=UTC)
_PUBLISHED = datetime(2026, 3, 9, 10, 15, tzinfo=timezone(timedelta(hours=7)))
_CREDITS = (Credit(name="Rini Contoh", role=Role.REPORTER),)

_ARTICLE = Article(
    publisher="kemdikbud",
    external_id="4711",
    url=_URL,
    canonical_url=_URL,
    headline="SMK Meluluskan Perakit Panel Surya",
    excerpt="Dua puluh siswa SMK di Balikpapan lulus sebagai perakit panel surya.",
    body=("Dua puluh siswa SMK di Balikpapan lulus sebagai perakit panel surya.",),
    body_html="<p>Dua puluh siswa SMK di Balikpapan lulus sebagai perakit panel surya.</p>",
    published_raw="9 Maret 2026 10:15 WIB",
    published_at=_PUBLISHED,
    published_precision=Precision.MINUTE,
    credits=_CREDITS,
    dateline=Dateline(
        mark=None,
        place="BALIKPAPAN",
        raw="BALIKPAPAN -",
        region="Kota Balikpapan",
        province="Kalimantan Timur",
        zone="WITA",
    ),
    section="Berita",
    tags=("SMK", "energi terbarukan"),
    topics=("smk",),
    language="id",
    fetched_at=_SEEN,
)

_VIEW = ArticleView(
    id=12,
    found=AttributedArticle(
        article=_ARTICLE,
        attribution=Attribution(
            publisher="kemdikbud",
            publisher_title="Kemdikbud",
            url=_URL,
            credit_line=f"Sumber: Kemdikbud, “{_ARTICLE.headline}”, Rini Contoh — {_URL}",
            basis=RightsBasis.GOVERNMENT,
            stated=True,
            credits=_CREDITS,
        ),
        publishable=True,
    ),
    holding=Holding(
        revision=1,
        first_seen=_SEEN,
        last_seen=_SEEN,
        cluster_id=12,
        duplicates=(
            Duplicate(
                article_id=15,
                publisher="republika",
                url=_PRINTED,
                reason=LinkReason.SHORTENED,
                score=0.974,
            ),
        ),
    ),
)

_LINK = Link(first=12, second=15, reason=LinkReason.SHORTENED, score=0.974)


def _printing(id: int, publisher: str, url: str, headline: str, hours: int = 0) -> Printing:
    return Printing(
        id=id,
        publisher=publisher,
        key=url,
        urls=(url,),
        headline=headline,
        body="",
        published_at=_PUBLISHED + timedelta(hours=hours),
        published_precision=Precision.MINUTE,
        basis=RightsBasis.GOVERNMENT,
        dateline_mark=None,
        original_url=None,
        evidence=(),
        publishable=True,
        credit_line=f"Sumber: {publisher.capitalize()}, “{headline}” — {url}",
    )


_CLUSTER = ClusterView(
    cluster=Cluster(
        id=12,
        representative_id=12,
        members=(ClusterMember(article_id=12), ClusterMember(article_id=15, via=_LINK)),
    ),
    articles={
        12: _printing(12, "kemdikbud", _URL, _ARTICLE.headline),
        15: _printing(15, "republika", _PRINTED, "Siswa SMK Rakit Panel Surya", hours=4),
    },
    standing=Standing.OWN_RELEASE,
)


def _hit(query: str) -> Hit:
    """The article as a search for these words finds it."""
    finder = Finder(meaning(parse(query), bundled_aliases(), lambda _prefix, _limit: ()))
    snippet = finder.snippet(_ARTICLE.body)
    return Hit(
        view=_VIEW,
        press=Reuse.FULL,
        headline=finder.mark(_ARTICLE.headline, headline=True),
        snippet=snippet,
        public_snippet=snippet,
    )


@cache
def examples() -> Mapping[str, Any]:
    """An example of each answer, by the name of its schema."""
    article = {"id": _VIEW.id, **_VIEW.to_public_json()}
    cluster = cluster_json(_CLUSTER, public=True)
    first = {
        "number": 1,
        "seen_at": _SEEN.isoformat(),
        "cause": str(Cause.CHANNEL),
        "headline": _ARTICLE.headline,
        "body": list(_ARTICLE.body),
        "changed": [],
        "correction": None,
    }
    feeds = {
        form: f"https://berita.sekolah.example/feed.{form}?publisher=kemdikbud"
        for form in ("rss", "atom", "json")
    }
    publisher = {
        "name": "kemdikbud",
        "title": "Kemdikbud",
        "homepage": "https://www.kemdikbud.example",
        "timezone": "Asia/Jakarta",
        "rights_basis": str(RightsBasis.GOVERNMENT),
        "terms": None,
        "articles": 1,
        "last_published": _PUBLISHED.isoformat(),
        "feeds": feeds,
    }
    held = {
        "publisher": "kemdikbud",
        "articles": 1,
        "publishable": 1,
        "withdrawn": 0,
        "first_published": _PUBLISHED.isoformat(),
        "last_published": _PUBLISHED.isoformat(),
    }
    return {
        "ArticlePage": {"articles": [article], "next_cursor": None, "total": None},
        "SearchPage": {
            "articles": [{"id": _VIEW.id, **_hit("panel surya").to_public_json()}],
            "next_cursor": None,
            "total": {"articles": 1, "exact": True},
            "suggestion": None,
        },
        "ArticleWithHistory": {**article, "history": [first], "cluster": cluster},
        "Cluster": cluster,
        "ClusterPage": {"clusters": [cluster], "next_cursor": None},
        "Publishers": {"publishers": [publisher]},
        "Counts": {"period": "day", "timezone": "Asia/Makassar", "counts": {"2026-03-09": 1}},
        "Facet": {"by": "topic", "counts": {"smk": 1}, "articles": 1, "exact": True},
        "Stats": {
            "articles": 1,
            "publishers": [held],
            "months": {"2026-03": 1},
            "sections": {"Berita": 1},
            "tags": {"SMK": 1, "energi terbarukan": 1},
            "topics": {"smk": 1},
            "authors": {"Rini Contoh": 1},
        },
        "Health": {"status": "healthy", "findings": 0, "last_seen": _SEEN.isoformat()},
        "Problem": {
            "type": "https://berita.sekolah.example/api/v1/#invalid-parameter",
            "title": "A parameter cannot be used as given.",
            "status": 422,
            "instance": "/api/v1/articles",
            "errors": [
                {
                    "parameter": "since",
                    "detail": "since: cannot use 'kemarin': write a day as YYYY-MM-DD",
                }
            ],
        },
    }


def withdrawn_problem() -> Mapping[str, Any]:
    """What is answered for an article that was withdrawn."""
    return {
        "type": "https://berita.sekolah.example/api/v1/#withdrawn",
        "title": "This article was withdrawn.",
        "status": 410,
        "instance": "/api/v1/articles/12",
        "detail": "article '12' was withdrawn on 2026-03-11: not found",
        "withdrawn": {
            "at": (_SEEN + timedelta(days=2)).isoformat(),
            "reason": "not found",
            "by": "publisher",
        },
    }
