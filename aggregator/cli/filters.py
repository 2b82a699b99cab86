"""The options by which commands choose articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aggregator.cli.app import F, Session, option

if TYPE_CHECKING:
    from aggregator.query import ArticleFilter

DEFAULT_LIMIT = 20


def filter_options(command: F) -> F:
    """The same filters, by the same names, wherever articles are chosen."""
    for decorate in reversed(
        (
            option("--publisher", help="Only this publisher."),
            option("--section", help="Only this section of the publisher."),
            option("--tag", help="Only articles with this tag."),
            option("--topic", help="Only articles of this topic."),
            option("--author", help="Only articles crediting this name, or a part of it."),
            option("--since", metavar="DATE", help="From this day on (YYYY-MM-DD, school time)."),
            option("--until", metavar="DATE", help="Up to and including this day."),
            option("--text", help="Only articles that contain all these words."),
            option("--unpublished", is_flag=True, help="Only articles that are on no portal yet."),
            option("--withdrawn", is_flag=True, help="Only articles that were withdrawn."),
        )
    ):
        command = decorate(command)
    return command


def paging_options(command: F) -> F:
    command = option("--cursor", help="Continue where the page before ended.")(command)
    return option(
        "--limit", type=int, default=DEFAULT_LIMIT, show_default=True, help="At most N articles."
    )(command)


def article_filter(session: Session, filters: dict[str, Any], limit: int | None) -> ArticleFilter:
    from aggregator.query import ArticleFilter, parse_day
    from spiders.registry import publishers

    publisher = filters["publisher"]
    if publisher is not None and publisher not in publishers():
        from aggregator.errors import UnknownPublisherError

        raise UnknownPublisherError(name=publisher, known=", ".join(sorted(publishers())))
    since, until = filters["since"], filters["until"]
    return ArticleFilter(
        publisher=publisher,
        since=parse_day(since, "since") if since else None,
        until=parse_day(until, "until") if until else None,
        zone=session.config.zone,
        limit=limit,
        section=filters["section"],
        tag=filters["tag"],
        topic=filters["topic"],
        author=filters["author"],
        text=filters["text"],
        unpublished=True if filters["unpublished"] else None,
        withdrawn=bool(filters["withdrawn"]),
    )
