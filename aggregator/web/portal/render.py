"""Pages from templates: everything is escaped, and nothing that is not given can be named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from aggregator.templating import environment
from aggregator.web.answers import Answer
from aggregator.web.feeds.addresses import FORMATS
from aggregator.web.portal import moments
from aggregator.web.portal.icons import icon, logo
from aggregator.web.portal.page import HTML, Place, quoted, quoted_path
from aggregator.web.portal.style import style_sheet

LONGEST_ABBREVIATION = 3


def answer(place: Place, template: str, *, status: int = 200, **values: Any) -> Answer:
    body = render(place, template, **values)
    return Answer(body=body.encode(), media_type=HTML, status=status)


def render(place: Place, template: str, **values: Any) -> str:
    return _templates().get_template(template).render(surroundings(place), **values)


def surroundings(place: Place) -> Mapping[str, Any]:
    """What every page shows around what it is about; known without a database."""
    portal, say = place.config.portal, place.say
    school = place.config.school or say("Education news")
    picture = logo(portal)
    return {
        "place": place,
        "say": say,
        "link": place.link,
        "language": place.language,
        "school": school,
        "motto": portal.motto,
        "sections": portal.sections,
        "languages": [
            (language, f"{place.prefix}{place.folder(language)}{place.path}")
            for language in portal.languages
        ],
        "style": place.prefix + style_sheet(portal).path,
        "icon": place.prefix + icon(place.config).path,
        "logo": place.prefix + picture.path if picture else None,
        "feeds": [(kind, f"{place.prefix}/feed.{form}") for form, kind in FORMATS.items()],
        "in_words": moments.in_words,
    }


def data(value: Any) -> Markup:
    """JSON that can stand in a page: nothing in it ends the element or begins another."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def topic_title(name: str) -> str:
    """``smk`` -> ``SMK``, ``uji-kompetensi`` -> ``Uji kompetensi``."""
    return (
        name.upper() if len(name) <= LONGEST_ABBREVIATION else name.replace("-", " ").capitalize()
    )


@cache
def _templates() -> Environment:
    made = environment("aggregator.web.portal")
    made.filters |= {
        "in_figures": moments.in_figures,
        "for_machines": moments.for_machines,
        "data": data,
        "addressed": quoted_path,
        "quoted": quoted,
        "topic": topic_title,
    }
    return made
