"""Search for readers: words marked where they stand, and ways to narrow what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aggregator.errors import QueryError, UnknownPublisherError
from aggregator.query import ArticleFilter, Facets, Sort, count_with_facets, search_articles
from aggregator.query.paging import find_page
from aggregator.query.reading import read
from aggregator.search.marks import Finder, Marked
from aggregator.web import gate
from aggregator.web.answers import Answer
from aggregator.web.portal.lists import ARTICLES
from aggregator.web.portal.page import Page, Visit
from aggregator.web.portal.render import answer
from aggregator.web.portal.shown import Shown
from storage import viewcounts

FACETS: Mapping[str, str] = {"penerbit": "publisher", "topik": "topic", "tempat": "province"}
"""Parameter of the address -> what is counted and narrowed by it."""
VALUES = 8
"""Of each facet."""
UNUSABLE = 422


@dataclass(frozen=True, kw_only=True)
class Hit:
    article: Shown
    headline: Marked
    snippet: Marked | None
    """``None``: nothing of the text may be shown."""


def search(visit: Visit) -> Answer:
    if not visit.asked.get("q"):
        return _answer(visit)
    try:
        return _found(visit)
    except (QueryError, UnknownPublisherError) as error:
        return _answer(visit, status=UNUSABLE, problem=visit.say.error(error))


SEARCH = (Page(path="/cari", respond=search, hears=("q", *FACETS, "cursor")),)


def _found(visit: Visit) -> Answer:
    wanted = _wanted(visit)
    asked = read(visit.session, wanted)
    page = find_page(visit.session, wanted, asked, visit.asked.get("cursor"))
    shown = visit.shown(page.articles)
    finder = Finder(asked.search)
    following = page.next_cursor
    total, facets = count_with_facets(visit.session, wanted, [*FACETS.values()], top=VALUES)
    return _answer(
        visit,
        hits=[_hit(finder, article) for article in shown],
        views=viewcounts.of_articles(visit.session, [article.id for article in shown]),
        total=total,
        facets=_narrowing(visit, facets),
        following=visit.link("/cari", **{**visit.asked, "cursor": following})
        if following
        else None,
        suggestion=None if shown else _suggestion(visit, wanted),
    )


def _wanted(visit: Visit) -> ArticleFilter:
    narrowed = {facet: visit.asked.get(name) for name, facet in FACETS.items()}
    return gate.readers_filter(
        visit.config,
        visit.now,
        gate.chosen(visit.config.portal, visit.now),
        text=visit.asked["q"],
        sort=Sort.RELEVANCE,
        limit=ARTICLES,
        **narrowed,
    )


def _hit(finder: Finder, article: Shown) -> Hit:
    words = article.paragraphs or ((article.teaser,) if article.teaser else ())
    return Hit(
        article=article,
        headline=finder.mark(article.headline, headline=True),
        snippet=finder.snippet(words) if words else None,
    )


def _narrowing(visit: Visit, facets: Facets) -> list[tuple[str, list[dict[str, Any]]]]:
    """For each facet its values, each with the address that narrows to it or, chosen, no more."""
    return [
        (name, [_value(visit, name, value, count) for value, count in facets.counts[facet].items()])
        for name, facet in FACETS.items()
    ]


def _value(visit: Visit, name: str, value: str, count: int) -> dict[str, Any]:
    chosen = visit.asked.get(name) == value
    asked = {**visit.asked, name: None if chosen else value, "cursor": None}
    return {
        "title": visit.titles.get(value, value) if name == "penerbit" else value,
        "count": count,
        "chosen": chosen,
        "address": visit.link("/cari", **asked),
    }


def _suggestion(visit: Visit, wanted: ArticleFilter) -> tuple[str, str] | None:
    """Another spelling that finds something, and its address."""
    found = search_articles(visit.session, wanted).suggestion
    return (found, visit.link("/cari", q=found)) if found else None


def _answer(visit: Visit, *, status: int = 200, **values: Any) -> Answer:
    nothing: dict[str, Any] = {
        "hits": [],
        "views": {},
        "total": None,
        "facets": [],
        "following": None,
        "suggestion": None,
        "problem": None,
    }
    query = visit.asked.get("q", "")
    return answer(visit, "search.html", status=status, query=query, **(nothing | values))
