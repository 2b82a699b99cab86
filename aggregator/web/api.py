"""The endpoints of the JSON API, version 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from aggregator.articlejson import correction_json
from aggregator.clusterjson import cluster_json
from aggregator.errors import ArticleNotFoundError
from aggregator.model import Revision
from aggregator.query import FACETS, ArticleFilter, ArticleView, Sort, history, stats
from aggregator.reuse import Reuse, reuse_of
from aggregator.web import questions
from aggregator.web.answers import Answer
from aggregator.web.endpoint import Ask, Endpoint, json_answer
from aggregator.web.feeds.addresses import FORMATS, feed_address, feed_link
from aggregator.web.params import (
    FILTERS,
    MOST_ARTICLES,
    PAGING,
    article_filter,
    choice_parameter,
    number_parameter,
    text_parameter,
    truth_parameter,
)
from aggregator.web.questions import PERIODS, HeldPublisher

ROOT = "/api/v1"

MOST_NUMBER = 2**31 - 1
"""What the databases' columns of numbers hold."""


TOTAL = truth_parameter("total", "`yes`: say how many there are on all pages together.")


def list_articles(ask: Ask) -> Answer:
    wanted = article_filter(ask.values, ask.config)
    page = questions.articles(ask.session, wanted, ask.values["cursor"])
    articles = [_article_json(ask, view) for view in page.articles]
    found = {
        "articles": articles,
        "next_cursor": page.next_cursor,
        "total": _total(ask, wanted),
    }
    return _page(ask, found, page.articles, ask.values)


def search(ask: Ask) -> Answer:
    # What a feed of the same search is asked for.
    values = {**ask.values, "text": ask.values["q"]}
    wanted = article_filter(values, ask.config)
    press = ask.config.portal.press_reuse
    page = questions.search(ask.session, wanted, ask.values["cursor"], press)
    found = {
        "articles": [{"id": hit.view.id, **hit.to_public_json()} for hit in page.hits],
        "next_cursor": page.next_cursor,
        "total": _total(ask, wanted),
        "suggestion": page.suggestion,
    }
    return _page(ask, found, [hit.view for hit in page.hits], values)


def one_article(ask: Ask) -> Answer:
    return _article(ask, str(ask.values["id"]))


def lookup(ask: Ask) -> Answer:
    return _article(ask, ask.values["key"])


def list_clusters(ask: Ask) -> Answer:
    found, following = questions.clusters(ask.session, ask.values["limit"], ask.values["cursor"])
    links = (f'<{ask.address(cursor=str(following))}>; rel="next"',) if following else ()
    return json_answer(
        {
            "clusters": [cluster_json(one, public=True) for one in found],
            "next_cursor": following,
        },
        links=links,
    )


def one_cluster(ask: Ask) -> Answer:
    view = questions.article(ask.session, str(ask.values["id"]))
    found = questions.cluster(ask.session, view.id)
    if found is None:
        raise ArticleNotFoundError(key=str(view.id))
    return json_answer(cluster_json(found, public=True))


def list_publishers(ask: Ask) -> Answer:
    held = questions.held_publishers(ask.session)
    return json_answer({"publishers": [_publisher(ask.base, found) for found in held]})


def counts(ask: Ask) -> Answer:
    wanted, period = article_filter(ask.values, ask.config), ask.values["period"]
    found = questions.counts(ask.session, wanted, period)
    return json_answer({"period": period, "timezone": ask.config.timezone, "counts": found})


def facet(ask: Ask) -> Answer:
    by = ask.values["by"]
    found = questions.facet(ask.session, article_filter(ask.values, ask.config), by).to_json()
    return json_answer({**found, "by": by, "counts": found["counts"][by]})


def all_stats(ask: Ask) -> Answer:
    return json_answer(stats(ask.session).to_json())


def health(ask: Ask) -> Answer:
    found = questions.condition(ask.session, ask.config, datetime.now(UTC))
    last = found.last_seen.isoformat() if found.last_seen else None
    answer = {"status": found.status, "findings": found.findings, "last_seen": last}
    return json_answer(answer, keeps=False)


ENDPOINTS = (
    Endpoint(
        path=f"{ROOT}/articles",
        name="list_articles",
        summary="Articles, newest first.",
        parameters=(*FILTERS, TOTAL, *PAGING),
        schema="ArticlePage",
        respond=list_articles,
    ),
    Endpoint(
        path=f"{ROOT}/articles/{{id}}",
        name="get_article",
        summary="One article by its number, with every revision of it.",
        parameters=(
            number_parameter(
                "id", "Our number of the article.", 1, MOST_NUMBER, default=None, in_path=True
            ),
        ),
        schema="ArticleWithHistory",
        missing=True,
        respond=one_article,
    ),
    Endpoint(
        path=f"{ROOT}/lookup",
        name="lookup_article",
        summary="One article by any address under which it was met, or by publisher:external_id.",
        parameters=(
            text_parameter("key", "What is known of it.", "republika:tbm4gw436", required=True),
        ),
        schema="ArticleWithHistory",
        missing=True,
        respond=lookup,
    ),
    Endpoint(
        path=f"{ROOT}/search",
        name="search_articles",
        summary="Articles that answer a query, newest first or the most relevant first.",
        parameters=(
            text_parameter("q", "What to search for.", "uji kompetensi", required=True),
            choice_parameter("sort", "What comes first.", tuple(map(str, Sort)), default="newest"),
            *(filter_ for filter_ in FILTERS if filter_.name != "text"),
            TOTAL,
            *PAGING,
        ),
        schema="SearchPage",
        respond=search,
    ),
    Endpoint(
        path=f"{ROOT}/clusters",
        name="list_clusters",
        summary="Articles that are prints of one text, the newest cluster first.",
        parameters=(
            number_parameter("limit", "Clusters on a page.", 1, MOST_ARTICLES, default=20),
            number_parameter(
                "cursor", "`next_cursor` of the page before.", 1, MOST_NUMBER, default=None
            ),
        ),
        schema="ClusterPage",
        respond=list_clusters,
    ),
    Endpoint(
        path=f"{ROOT}/clusters/{{id}}",
        name="get_cluster",
        summary="The cluster of an article, by the number of the article.",
        parameters=(
            number_parameter(
                "id", "Our number of the article.", 1, MOST_NUMBER, default=None, in_path=True
            ),
        ),
        schema="Cluster",
        missing=True,
        respond=one_cluster,
    ),
    Endpoint(
        path=f"{ROOT}/counts",
        name="count_articles",
        summary="Articles in each day, week or month by the school's clock, by its first day.",
        parameters=(
            choice_parameter("period", "What to count in.", PERIODS, default="day"),
            *FILTERS,
        ),
        schema="Counts",
        respond=counts,
    ),
    Endpoint(
        path=f"{ROOT}/facets",
        name="facet_articles",
        summary="The most frequent values among the articles, with their number.",
        parameters=(choice_parameter("by", "What to count by.", FACETS), *FILTERS),
        schema="Facet",
        respond=facet,
    ),
    Endpoint(
        path=f"{ROOT}/publishers",
        name="list_publishers",
        summary="The publishers that are read, their rights basis, and their feeds.",
        schema="Publishers",
        respond=list_publishers,
    ),
    Endpoint(
        path=f"{ROOT}/stats",
        name="get_stats",
        summary="Numbers over the whole database.",
        schema="Stats",
        respond=all_stats,
    ),
    Endpoint(
        path=f"{ROOT}/health",
        name="get_health",
        summary="Whether the crawls are well, in one word.",
        schema="Health",
        respond=health,
    ),
)


# --- how nouns look -------------------------------------------------------------------------------


def _page(
    ask: Ask, found: dict[str, Any], shown: Sequence[ArticleView], values: Mapping[str, Any]
) -> Answer:
    links = [feed_link(ask.base, values, "atom")]
    if found["next_cursor"]:
        links.insert(0, f'<{ask.address(cursor=found["next_cursor"])}>; rel="next"')
    return json_answer(
        found, last_modified=questions.last_change(ask.session, shown), links=tuple(links)
    )


def _total(ask: Ask, wanted: ArticleFilter) -> dict[str, Any] | None:
    """Of all pages together; counted only when asked for."""
    if ask.values["total"] != "yes":
        return None
    return questions.total(ask.session, wanted).to_json()


def _article(ask: Ask, key: str) -> Answer:
    view = questions.article(ask.session, key)
    revisions = history(ask.session, view.id)
    press = ask.config.portal.press_reuse
    full = reuse_of(view.attribution.basis, press) is Reuse.FULL
    cluster = questions.cluster(ask.session, view.id)
    own = f"{ask.base}{ROOT}/articles/{view.id}"
    return json_answer(
        {
            **_article_json(ask, view),
            "history": [_revision(one, full=full) for one in revisions],
            "cluster": cluster_json(cluster, public=True) if cluster else None,
        },
        last_modified=view.holding.last_seen,
        links=(f'<{own}>; rel="canonical"',),
    )


def _article_json(ask: Ask, view: ArticleView) -> dict[str, Any]:
    return {"id": view.id, **view.to_public_json(ask.config.portal.press_reuse)}


def _revision(revision: Revision, *, full: bool) -> dict[str, Any]:
    return {
        "number": revision.number,
        "seen_at": revision.seen_at.isoformat(),
        "cause": str(revision.cause),
        "headline": revision.headline,
        "body": list(revision.body) if full else [],
        "changed": list(revision.changed),
        "correction": correction_json(revision.correction),
    }


def _publisher(base: str, held: HeldPublisher) -> dict[str, Any]:
    publisher = held.publisher
    return {
        "name": publisher.name,
        "title": publisher.title,
        "homepage": publisher.homepage,
        "timezone": publisher.timezone,
        "rights_basis": str(publisher.rights_basis),
        "terms": publisher.terms,
        "articles": held.articles,
        "last_published": held.last_published.isoformat() if held.last_published else None,
        "feeds": {
            form: feed_address(base, {"publisher": publisher.name}, form) for form in FORMATS
        },
    }
