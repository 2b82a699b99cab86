"""The options by which commands choose articles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from aggregator.cli.app import F, Session, option
from aggregator.model import ReviewState

if TYPE_CHECKING:
    from aggregator.query import ArticleFilter

DEFAULT_LIMIT = 20

Filters = Mapping[str, str | bool | tuple[str, ...] | None]
"""What click collects: by option, without a value where it was not given."""

ROLES = ("reporter", "editor", "contributor", "photographer")


def filter_options(command: F) -> F:
    """The same filters, by the same names, wherever articles are chosen."""
    for decorate in reversed(
        (
            option("--publisher", multiple=True, help="Only this publisher; may be repeated."),
            option("--channel", help="Only articles that this channel listed."),
            option("--section", help="Only this section of the publisher."),
            option("--tag", help="Only articles with this tag."),
            option("--topic", help="Only articles of this topic."),
            option("--author", help="Only articles crediting this name, or a part of it."),
            option("--role", type=click.Choice(ROLES), help="Credited for this."),
            option("--place", help="Only articles with this place in the dateline."),
            option("--province", help="Only articles from this province."),
            option("--agency", help="Only texts of this news agency."),
            option("--in-language", "language", help="Only articles in this language (id, en)."),
            option("--since", metavar="DATE", help="From this day on (YYYY-MM-DD, school time)."),
            option("--until", metavar="DATE", help="Up to and including this day."),
            option(
                "--first-seen-since",
                metavar="DATE",
                help="Only articles stored on this day or later, or since a moment.",
            ),
            option("--revised", is_flag=True, help="Only articles that changed after storing."),
            option("--has-image", is_flag=True, help="Only articles with a picture."),
            option("--publishable", is_flag=True, help="Only articles that may be published."),
            option(
                "--representatives",
                is_flag=True,
                help="Only the representative of articles that are prints of one text.",
            ),
            option(
                "--review",
                type=click.Choice([*map(str, ReviewState)]),
                help="Only articles about which the school decided this; new: nothing yet.",
            ),
            option("--unpublished", is_flag=True, help="Only articles that are on no portal yet."),
            option("--withdrawn", is_flag=True, help="Only articles that were withdrawn."),
            option("--text", help="Only articles that answer this query, as in search."),
        )
    ):
        command = decorate(command)
    return command


def paging_options(command: F) -> F:
    command = option("--cursor", help="Continue where the page before ended.")(command)
    return option(
        "--limit", type=int, default=DEFAULT_LIMIT, show_default=True, help="At most N articles."
    )(command)


def article_filter(
    session: Session, filters: Filters, limit: int | None, sort: str = "newest"
) -> ArticleFilter:
    """Raises ``UsageError`` for what cannot be used."""
    from dataclasses import replace

    from aggregator.query import filter_from_params
    from aggregator.search.aliases import load_aliases

    params = {name: _text(value) for name, value in filters.items() if value}
    wanted = filter_from_params(
        {**params, "sort": sort},
        zone=session.config.zone,
        aliases=load_aliases(session.config.rules),
    )
    if wanted.publishers:
        _check_publishers(wanted.publishers)
    return replace(wanted, limit=limit)


def _text(value: str | bool | tuple[str, ...] | None) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return "true" if value is True else str(value)


def _check_publishers(names: tuple[str, ...]) -> None:
    from aggregator.errors import UnknownPublisherError
    from spiders.registry import publishers

    for name in names:
        if name not in publishers():
            raise UnknownPublisherError(name=name, known=", ".join(sorted(publishers())))
