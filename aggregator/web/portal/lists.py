"""Pages that list articles: the front page, and those of sections, topics, publishers, places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement

from aggregator.errors import QueryError
from aggregator.query import ArticlePage, count_facets, find_articles
from aggregator.reuse import reuse_of
from aggregator.web import gate
from aggregator.web.answers import Answer
from aggregator.web.portal.page import Page, Visit, quoted, quoted_path
from aggregator.web.portal.render import answer, topic_title
from aggregator.web.problems import NOT_FOUND, ProblemError
from storage import viewcounts

ARTICLES = 15
"""On a page: some 40 KB."""
MOST_VALUES = 60
"""Topics or places in an index."""

FACETS: Mapping[str, str] = {"topik": "topic", "penerbit": "publisher", "tempat": "province"}
"""Kind of page -> what its index counts."""


def front(visit: Visit) -> Answer:
    page = _page(visit)
    return _list(
        visit,
        page,
        template="front.html",
        title=None,
        waiting=0 if page.articles else gate.waiting(visit.session, visit.config.portal),
    )


def section(visit: Visit) -> Answer:
    found = visit.config.portal.section(visit.values["name"])
    if found is None:
        raise ProblemError(kind=NOT_FOUND)
    return _list(visit, _page(visit, gate.in_section(found)), title=found.title)


def topic(visit: Visit) -> Answer:
    name = visit.values["name"]
    return _some(visit, title=topic_title(name), feed={"topic": name}, topic=name)


def publisher(visit: Visit) -> Answer:
    name = visit.values["name"]
    about = visit.publishers.get(name)
    if about is None:
        raise ProblemError(kind=NOT_FOUND)
    return _list(
        visit,
        _page(visit, publisher=name),
        template="publisher.html",
        title=about.title,
        homepage=about.homepage if about.homepage.startswith(("https://", "http://")) else None,
        reuse=reuse_of(about.rights_basis, visit.config.portal.press_reuse),
        feed={"publisher": name},
    )


def province(visit: Visit) -> Answer:
    name = visit.values["name"]
    return _some(visit, title=name, place=name)


def index(visit: Visit) -> Answer:
    """All topics, publishers or places with their number of articles."""
    kind = visit.path.strip("/")
    facet = FACETS[kind]
    wanted = gate.readers_filter(visit.config, visit.now, _chosen(visit))
    counts = count_facets(visit.session, wanted, [facet], top=MOST_VALUES).counts[facet]
    names = visit.titles if facet == "publisher" else {}
    return answer(
        visit,
        "index.html",
        kind=kind,
        values=[
            (names.get(value, value), visit.link(f"/{kind}/{quoted(value)}"), count)
            for value, count in counts.items()
        ],
    )


LISTS = (
    Page(path="/", respond=front, hears=("cursor",)),
    Page(path="/rubrik/{name}", respond=section, hears=("cursor",)),
    Page(path="/topik/{name}", respond=topic, hears=("cursor",)),
    Page(path="/penerbit/{name}", respond=publisher, hears=("cursor",)),
    Page(path="/tempat/{name}", respond=province, hears=("cursor",)),
    *(Page(path=f"/{kind}", respond=index) for kind in FACETS),
)


def _chosen(visit: Visit) -> ColumnElement[bool]:
    return gate.chosen(visit.config.portal, visit.now)


def _page(visit: Visit, *also: ColumnElement[bool], **asked: Any) -> ArticlePage:
    wanted = gate.readers_filter(
        visit.config, visit.now, _chosen(visit), *also, limit=ARTICLES, **asked
    )
    try:
        return find_articles(visit.session, wanted, visit.asked.get("cursor"))
    except QueryError as error:
        # A cursor that no page gave.
        raise ProblemError(kind=NOT_FOUND, cause=error) from error


def _some(
    visit: Visit, *, title: str, feed: Mapping[str, str] | None = None, **asked: str
) -> Answer:
    """A list that is a page only where there is something in it."""
    page = _page(visit, **asked)
    if not page.articles:
        raise ProblemError(kind=NOT_FOUND)
    return _list(visit, page, title=title, feed=feed)


def _list(
    visit: Visit,
    page: ArticlePage,
    *,
    title: str | None,
    template: str = "list.html",
    feed: Mapping[str, str] | None = None,
    **values: Any,
) -> Answer:
    articles = visit.shown(page.articles)
    following = page.next_cursor
    return answer(
        visit,
        template,
        title=title,
        articles=articles,
        views=viewcounts.of_articles(visit.session, [article.id for article in articles]),
        following=visit.link(quoted_path(visit.path), cursor=following) if following else None,
        later=visit.link(quoted_path(visit.path)) if visit.asked.get("cursor") else None,
        feed=feed or {},
        **values,
    )
