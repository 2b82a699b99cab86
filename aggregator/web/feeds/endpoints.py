"""The feeds' endpoints: the filters of the API in three formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from aggregator.query import ArticlePage
from aggregator.web import gate, questions
from aggregator.web.answers import Answer
from aggregator.web.endpoint import Ask, Endpoint
from aggregator.web.feeds.addresses import FORMATS, feed_address
from aggregator.web.feeds.feed import Feed, entry_of, title_of
from aggregator.web.feeds.jsonfeed import json_feed
from aggregator.web.feeds.xmlfeeds import atom, rss
from aggregator.web.params import FILTERS, MOST_ARTICLES, article_filter, number_parameter
from storage import publishers, reviews
from storage.pasts import pasts

ENTRIES = 50

_WRITERS: Mapping[str, Callable[[Feed], bytes]] = {"rss": rss, "atom": atom, "json": json_feed}


def _respond(form: str) -> Callable[[Ask], Answer]:
    def respond(ask: Ask) -> Answer:
        # What readers are shown, as on the pages.
        shown = gate.approved(ask.config.portal, datetime.now(UTC))
        wanted = article_filter(ask.values, ask.config, shown)
        page = questions.articles(ask.session, wanted, cursor=None)
        return Answer(
            body=_WRITERS[form](_feed(ask, page, form)),
            media_type=FORMATS[form],
            last_modified=questions.last_change(ask.session, page.articles),
        )

    return respond


def _feed(ask: Ask, page: ArticlePage, form: str) -> Feed:
    known = {found.name: found for found in publishers.all_publishers(ask.session)}
    numbers = [view.id for view in page.articles]
    past, decided = pasts(ask.session, numbers), reviews.of_articles(ask.session, numbers)
    press = ask.config.portal.press_reuse
    asked = {f.name: str(ask.values[f.name]) for f in FILTERS if ask.values[f.name] is not None}
    if asked.get("publisher") in known:
        asked["publisher"] = known[asked["publisher"]].title
    return Feed(
        title=title_of(ask.say("Education news"), asked, ask.config.school),
        description=ask.say("The newest articles, each with its source."),
        home=f"{ask.base}/",
        address=feed_address(ask.base, ask.values, form),
        language=ask.config.language,
        entries=tuple(
            entry_of(
                view,
                past[view.id],
                known[view.article.publisher].homepage,
                review=decided.get(view.id),
                press=press,
            )
            for view in page.articles
        ),
    )


def _endpoint(form: str, title: str) -> Endpoint:
    limit = number_parameter("limit", "Entries.", 1, MOST_ARTICLES, default=ENTRIES)
    parameters: tuple[Any, ...] = (*FILTERS, limit)
    return Endpoint(
        path=f"/feed.{form}",
        name=f"feed_{form}",
        summary=f"{title} of the newest articles that the filters leave.",
        parameters=parameters,
        media_type=FORMATS[form],
        # Feed readers ask for all sorts of things and take what comes.
        negotiates=False,
        respond=_respond(form),
    )


FEEDS = (
    _endpoint("rss", "RSS 2.0 feed"),
    _endpoint("atom", "Atom feed"),
    _endpoint("json", "JSON Feed"),
)
