"""The API described: for programs as OpenAPI, for people as one small page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment

from aggregator.templating import environment
from aggregator.web.answers import Answer
from aggregator.web.api import ROOT
from aggregator.web.endpoint import Ask, Endpoint, json_answer
from aggregator.web.feeds.addresses import FORMATS, feed_address
from aggregator.web.openapi import document
from aggregator.web.problems import KINDS

HTML = "text/html; charset=utf-8"


def described(endpoints: Sequence[Endpoint]) -> tuple[Endpoint, ...]:
    """Endpoints that describe the others."""

    def openapi(ask: Ask) -> Answer:
        return json_answer(document(endpoints, ask.base))

    def page(ask: Ask) -> Answer:
        title = ask.say("Education news")
        body = (
            _templates()
            .get_template("api.html")
            .render(
                base=ask.base,
                document=document(endpoints, ask.base),
                feeds=autodiscovery(ask.base, title),
                kinds=KINDS,
            )
        )
        return Answer(body=body.encode(), media_type=HTML)

    return (
        Endpoint(
            path=f"{ROOT}/openapi.json",
            name="openapi",
            summary="This description, for programs.",
            respond=openapi,
        ),
        Endpoint(
            path=f"{ROOT}/",
            name="page",
            summary="This description, for people.",
            media_type=HTML,
            negotiates=False,
            respond=page,
        ),
    )


def autodiscovery(base: str, title: str) -> list[dict[str, str]]:
    """What a page names in ``<link rel="alternate">``, so that feed readers find the feeds."""
    return [
        {"type": media_type, "title": title, "href": feed_address(base, {}, form)}
        for form, media_type in FORMATS.items()
    ]


@cache
def _templates() -> Environment:
    return environment("aggregator.web")
