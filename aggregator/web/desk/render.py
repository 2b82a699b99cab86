"""Templates: everything that comes from outside is escaped, and nothing may be left undefined."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment

from aggregator import words as nouns
from aggregator.config import Config
from aggregator.model import BY_RULE, Precision
from aggregator.query import ArticleView
from aggregator.templating import environment
from aggregator.web.desk import words
from aggregator.web.desk.static import STATIC
from aggregator.web.problems import Speaker


def renderer(config: Config, say: Speaker) -> Callable[[str, Mapping[str, Any]], str]:
    zone = config.zone

    def local(moment: datetime | None) -> str:
        """By the school's clock."""
        return moment.astimezone(zone).strftime("%d/%m/%Y %H:%M") if moment else ""

    def field(moment: datetime | None) -> str:
        """As a form's field for a time wants it."""
        return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if moment else ""

    def published(view: ArticleView) -> str:
        """Where only a day is stated, that day."""
        moment = view.article.published_at
        if moment is not None and view.article.published_precision is Precision.DAY:
            return moment.strftime("%d/%m/%Y")
        return local(moment)

    def who(name: str) -> str:
        """Who signed, where it was no person."""
        if name.startswith(BY_RULE):
            return say(words.PROGRAM[BY_RULE], name=name.removeprefix(BY_RULE))
        return say(words.PROGRAM[name]) if name in words.PROGRAM else name

    shared = {
        "say": say,
        "words": words,
        "nouns": nouns,
        "local": local,
        "field": field,
        "who": who,
        "published": published,
        "language": config.language,
        "school": config.school,
        "files": STATIC,
    }

    def render(template: str, values: Mapping[str, Any]) -> str:
        return _templates().get_template(template).render({**shared, **values})

    return render


@cache
def _templates() -> Environment:
    return environment("aggregator.web.desk")
