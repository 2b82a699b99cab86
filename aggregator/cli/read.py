"""``list``, ``export`` and ``stats``: read the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli.app import (
    Command,
    Session,
    database_option,
    json_option,
    naming,
    opened,
    option,
    pass_session,
)
from aggregator.cli.articles import article_columns, view_rows
from aggregator.cli.filters import Filters, article_filter, filter_options, paging_options
from aggregator.cli.output import Column, local_day
from aggregator.errors import UsageError

if TYPE_CHECKING:
    from aggregator.query import ArticleFilter

INTERVALS = ("day", "week", "month")
SEPARATORS = ("comma", "semicolon", "tab")


@click.command("list", cls=Command)
@filter_options
@paging_options
@database_option
@json_option
@pass_session
def list_articles(
    session: Session,
    /,
    limit: int,
    cursor: str | None,
    database: str | None,
    as_json: bool,
    **filters: Any,
) -> int:
    """List articles, newest first."""
    return _list(session.with_database(database), filters, limit, cursor, as_json)


def _list(
    session: Session,
    filters: Filters,
    limit: int,
    cursor: str | None,
    as_json: bool,
) -> int:
    from aggregator.query import find_articles

    wanted = article_filter(session, filters, limit)
    with opened(session) as db:
        page = find_articles(db, wanted, cursor)
    if as_json:
        articles = [{"id": view.id, **view.to_json()} for view in page.articles]
        session.out.json({"articles": articles, "next_cursor": page.next_cursor})
        return 0
    session.out.table(article_columns(session.say), view_rows(session, page.articles))
    if page.next_cursor:
        session.out.note(session.say("More: add --cursor {cursor}", cursor=page.next_cursor))
    return 0


@click.command(cls=Command)
@option(
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl"]),
    default="csv",
    show_default=True,
    help="CSV for spreadsheets, or one JSON article per line.",
)
@option(
    "--separator",
    type=click.Choice(SEPARATORS),
    default="comma",
    show_default=True,
    help="Between the columns of CSV; Excel in Indonesian wants the semicolon.",
)
@option(
    "--for-datasette",
    is_flag=True,
    help="Write a new SQLite file that Datasette shows, with its descriptions beside it.",
)
@option("--output", type=click.Path(path_type=Path), help="Write to this file.")
@filter_options
@database_option
@json_option
@pass_session
def export(
    session: Session,
    /,
    form: str,
    separator: str,
    for_datasette: bool,
    output: Path | None,
    database: str | None,
    as_json: bool,
    **filters: Any,
) -> int:
    """Write articles as CSV, JSON Lines or SQLite; every one with its credit line."""
    from functools import partial

    from aggregator import export
    from aggregator.query import iter_articles

    session = session.with_database(database)
    wanted = article_filter(session, filters, None)
    if for_datasette:
        return _for_datasette(session, wanted, output)
    if as_json or form == "jsonl":
        write = export.write_jsonl
    else:
        write = partial(export.write_csv, separator=export.SEPARATORS[separator])
    with opened(session) as db, _target(session, output) as file:
        count = write(iter_articles(db, wanted), file, session.config.portal.press_reuse)
    session.out.note(session.say("{n} articles exported.", n=count))
    return 0


def _for_datasette(session: Session, wanted: ArticleFilter, output: Path | None) -> int:
    from aggregator.datasette import metadata_path, write_datasette
    from aggregator.query import iter_articles

    if output is None:
        raise UsageError("--for-datasette needs --output FILE")
    title = session.config.school or session.say("Education news")
    press = session.config.portal.press_reuse
    with opened(session) as db:
        count = write_datasette(iter_articles(db, wanted), output, title, press)
    session.out.note(session.say("{n} articles exported.", n=count))
    described = metadata_path(output)
    session.out.note(f"datasette {output} --metadata {described}")
    return 0


@click.command(cls=Command)
@option("--by", type=click.Choice(INTERVALS), help="Count over time, in days, weeks or months.")
@filter_options
@database_option
@json_option
@pass_session
def stats(
    session: Session,
    /,
    by: str | None,
    database: str | None,
    as_json: bool,
    **filters: Any,
) -> int:
    """Count what is in the database."""
    session = session.with_database(database)
    if by is not None:
        return _over_time(session, filters, by, as_json)
    if any(filters.values()):
        raise UsageError("filters need --by")
    return _by_publisher(session, as_json)


def _over_time(session: Session, filters: Filters, by: str, as_json: bool) -> int:
    from aggregator.query import Interval, count_over_time

    wanted = article_filter(session, filters, None)
    with opened(session) as db:
        buckets = count_over_time(db, wanted, Interval(by))
    if as_json:
        session.out.json({"by": by, "counts": [bucket.to_json() for bucket in buckets]})
        return 0
    say = session.say
    columns = [Column(title=say("From")), Column(title=say("Articles"), right=True)]
    session.out.table(columns, [(bucket.start, bucket.articles) for bucket in buckets])
    return 0


def _by_publisher(session: Session, as_json: bool) -> int:
    from aggregator.query import stats as count

    with opened(session) as db:
        found = count(db)
    if as_json:
        session.out.json(found.to_json())
        return 0
    say, zone = session.say, session.config.zone
    columns = [
        Column(title=say("Publisher")),
        Column(title=say("Articles"), right=True),
        Column(title=say("Publishable"), right=True),
        Column(title=say("First")),
        Column(title=say("Last")),
    ]
    rows = [
        (
            p.publisher,
            p.articles,
            p.publishable,
            local_day(p.first_published, zone),
            local_day(p.last_published, zone),
        )
        for p in found.publishers
    ]
    session.out.table(columns, rows, say("Articles by publisher"))
    return 0


@contextmanager
def _target(session: Session, output: Path | None) -> Iterator[Any]:
    if output is None:
        yield session.out.console.file
        return
    # The byte order mark makes spreadsheets read the file as UTF-8.
    encoding = "utf-8-sig" if output.suffix == ".csv" else "utf-8"
    with naming(output), output.open("w", encoding=encoding, newline="") as file:
        yield file
