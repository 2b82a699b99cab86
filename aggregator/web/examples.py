"""Examples in the API's description: invented, but made by the code that makes real answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Any

from aggregator.articlejson import Holding
from aggregator.model import (
    Article,
    AttributedArticle,
    Attribution,
    Cause,
    Credit,
    Dateline,
    Precision,
    RightsBasis,
    Role,
)
from aggregator.query import ArticleView

_URL = "https://www.kemdikbud.example/berita/4711/smk-meluluskan-perakit-panel-surya"
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
    holding=Holding(revision=1, first_seen=_SEEN, last_seen=_SEEN),
)


@cache
def examples() -> Mapping[str, Any]:
    """An example of each answer, by the name of its schema."""
    article = {"id": _VIEW.id, **_VIEW.to_public_json()}
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
        "ArticlePage": {"articles": [article], "next_cursor": None},
        "ArticleWithHistory": {**article, "history": [first]},
        "Publishers": {"publishers": [publisher]},
        "Counts": {"period": "day", "timezone": "Asia/Makassar", "counts": {"2026-03-09": 1}},
        "Facet": {"by": "topic", "counts": {"smk": 1}},
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
