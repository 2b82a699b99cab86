"""Parameters of the web side: declared once, read strictly, described by the same declaration.

One seam to the read side is here: what a query string may ask for (``FILTERS``) and the
``ArticleFilter`` that it becomes. The other is ``questions.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, not_

from aggregator.config import Config
from aggregator.errors import QueryError
from aggregator.model import Role
from aggregator.query import ArticleFilter, Sort, parse_day
from aggregator.query.days import midnight
from aggregator.search.aliases import Aliases, load_aliases
from aggregator.web import gate
from aggregator.web.problems import invalid

MOST_ARTICLES = 100
"""On one page. The read side allows more, a public address should not."""
DEFAULT_ARTICLES = 20
LONGEST_TEXT = 200

# Said once for the description and for us: what "white space" is, regular expressions disagree.
MORE_THAN_SPACE = r"[^\u0000-\u0020]"

_NUMBER = re.compile(r"[0-9]{1,10}")

Reader = Callable[[str, str], Any]
"""(text, name) -> value. Raises ``QueryError`` naming the parameter."""


def text(value: str, name: str) -> str:
    if not re.search(MORE_THAN_SPACE, value):
        raise QueryError(field=name, value=value, detail="must not be empty")
    if len(value) > LONGEST_TEXT:
        raise QueryError(field=name, value=value[:20] + "…", detail="is too long")
    return value


def day(value: str, name: str) -> date:
    # Without the spaces that are forgiven on a command line.
    return parse_day(value if value == value.strip() else "", name)


def number(lowest: int, highest: int) -> Reader:
    def read(value: str, name: str) -> int:
        if not _NUMBER.fullmatch(value) or not lowest <= int(value) <= highest:
            raise QueryError(
                field=name,
                value=value[:20],
                detail="must be a whole number in the documented range",
            )
        return int(value)

    return read


def one_of(choices: Sequence[str]) -> Reader:
    def read(value: str, name: str) -> str:
        if value not in choices:
            raise QueryError(
                field=name, value=value[:20], detail="must be one of the documented words"
            )
        return value

    return read


@dataclass(frozen=True, kw_only=True)
class Parameter:
    name: str
    about: str
    example: str | int
    schema: Mapping[str, Any]
    """Its JSON Schema: exactly what ``read`` takes."""
    read: Reader = text
    default: Any = None
    required: bool = False
    in_path: bool = False


TEXT = {
    "type": "string",
    "minLength": 1,
    "maxLength": LONGEST_TEXT,
    "pattern": MORE_THAN_SPACE,
}
DAY = {"type": "string", "format": "date"}


def text_parameter(name: str, about: str, example: str, *, required: bool = False) -> Parameter:
    return Parameter(name=name, about=about, example=example, schema=TEXT, required=required)


def number_parameter(
    name: str, about: str, lowest: int, highest: int, *, default: int | None, in_path: bool = False
) -> Parameter:
    schema = {"type": "integer", "minimum": lowest, "maximum": highest}
    return Parameter(
        name=name,
        about=about,
        example=default or lowest,
        schema=schema if default is None else {**schema, "default": default},
        read=number(lowest, highest),
        default=default,
        required=in_path,
        in_path=in_path,
    )


def choice_parameter(
    name: str,
    about: str,
    choices: Sequence[str],
    *,
    default: str | None = None,
    required: bool | None = None,
) -> Parameter:
    """``required`` ``None``: where there is no default."""
    schema: dict[str, Any] = {"type": "string", "enum": list(choices)}
    return Parameter(
        name=name,
        about=about,
        example=default or choices[0],
        schema={**schema, "default": default} if default else schema,
        read=one_of(choices),
        default=default,
        required=default is None if required is None else required,
    )


ROLES = tuple(map(str, Role))
TRUTHS = {"yes": True, "no": False}


def truth_parameter(name: str, about: str) -> Parameter:
    """Read as one of ``TRUTHS``."""
    return choice_parameter(name, about, tuple(TRUTHS), required=False)


TRUE_OR_NOT = (
    truth_parameter("revised", "Whether it changed after it was first stored."),
    truth_parameter("has_image", "Whether it has a picture."),
    truth_parameter(
        "representatives",
        "`yes`: of the prints of one text only the representative. `no`: only the others.",
    ),
    truth_parameter(
        "approved", "`yes`: what the school's editors let readers see. `no`: all the rest."
    ),
)
"""Filters that are ``yes`` or ``no``."""

FILTERS = (
    text_parameter(
        "publisher", "Only these publishers, by identifier, commas between.", "republika"
    ),
    text_parameter("channel", "Only articles that this channel listed.", "rss"),
    text_parameter("section", "Only this section of a publisher, in any case.", "Pendidikan"),
    text_parameter("tag", "Only articles with this tag, in any case.", "SMK"),
    text_parameter("topic", "Only articles of this topic of ours.", "smk"),
    text_parameter("author", "Only articles crediting this name, or a part of it.", "Rini"),
    choice_parameter(
        "role", "What the author did; without an author: somebody did.", ROLES, required=False
    ),
    text_parameter(
        "place", "Only articles from this place: a city, regency or province.", "Balikpapan"
    ),
    text_parameter("province", "Only articles from this province.", "Kalimantan Timur"),
    text_parameter("agency", "Only texts of this news agency.", "Antara"),
    text_parameter("language", "Only articles in this language.", "id"),
    Parameter(
        name="since",
        about="From this day on, by the school's clock.",
        example="2026-03-01",
        schema=DAY,
        read=day,
    ),
    Parameter(
        name="until",
        about="Up to and including this day, by the school's clock.",
        example="2026-03-31",
        schema=DAY,
        read=day,
    ),
    Parameter(
        name="first_seen_since",
        about="Stored on this day or later, by the school's clock, whenever it was published.",
        example="2026-03-01",
        schema=DAY,
        read=day,
    ),
    text_parameter("text", "Only articles that answer this query.", "uji kompetensi"),
    *TRUE_OR_NOT,
)
"""Wherever articles are chosen."""

CURSOR = text_parameter("cursor", "`next_cursor` of the page before.", "WyIyMDI2LTAzLTA5Il0")
PAGING = (
    number_parameter("limit", "Articles on a page.", 1, MOST_ARTICLES, default=DEFAULT_ARTICLES),
    CURSOR,
)


def read_all(parameters: Sequence[Parameter], given: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The value of each parameter. Raises one problem that names all that is wrong.

    A parameter that is not known is wrong too: misspelt and ignored, it would answer another
    question than the one that was asked.
    """
    known = {parameter.name: parameter for parameter in parameters}
    found: dict[str, Any] = {}
    errors: list[QueryError] = []
    for name, value in given:
        try:
            found[name] = _read(known, found, name, value)
        except QueryError as error:
            errors.append(error)
    errors += [
        QueryError(field=parameter.name, value="", detail="is needed")
        for parameter in parameters
        if parameter.required and parameter.name not in {name for name, _ in given}
    ]
    if errors:
        raise invalid(*errors)
    return {name: found.get(name, parameter.default) for name, parameter in known.items()}


def _read(known: Mapping[str, Parameter], found: Mapping[str, Any], name: str, value: str) -> Any:
    if name not in known:
        raise QueryError(field=name[:40], value=value[:20], detail="no such parameter")
    if name in found:
        raise QueryError(field=name, value=value[:20], detail="is given twice")
    return known[name].read(value, name)


def article_filter(
    values: Mapping[str, Any], config: Config, *also: ColumnElement[bool]
) -> ArticleFilter:
    """What the parameters ask for, of what may leave: publishable articles.

    Raises ``QueryError``."""
    wanted = {f.name: values[f.name] for f in FILTERS if values.get(f.name) is not None}
    wanted |= {f.name: TRUTHS[wanted[f.name]] for f in TRUE_OR_NOT if f.name in wanted}
    if "publisher" in wanted:
        wanted["publisher"] = tuple(name.strip() for name in wanted["publisher"].split(","))
    if "role" in wanted:
        wanted["role"] = Role(wanted["role"])
    if "first_seen_since" in wanted:
        begun = midnight(wanted["first_seen_since"], config.zone, "first_seen_since")
        wanted["first_seen_since"] = begun
    if (is_approved := wanted.pop("approved", None)) is not None:
        shown = gate.approved(config.portal, datetime.now(UTC))
        also = (*also, shown if is_approved else not_(shown))
    return ArticleFilter(
        **wanted,
        publishable=True,
        zone=config.zone,
        aliases=_aliases(config.rules),
        also=also,
        sort=Sort(values.get("sort") or Sort.NEWEST),
        limit=values.get("limit", DEFAULT_ARTICLES),
    )


@cache
def _aliases(rules: Path | None) -> Aliases:
    """The school's own among them; read once, as the crawls read their rules."""
    return load_aliases(rules)
