"""``list``, ``search``, ``show``, ``export`` and ``stats``: read the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from aggregator.cli.app import (
    Command,
    Session,
    database_option,
    json_option,
    option,
    pass_session,
)
from aggregator.cli.output import Column, local_time
from aggregator.cli.text import Translator
from aggregator.errors import UsageError
from aggregator.model import Precision

if TYPE_CHECKING:
    from sqlalchemy.orm import Session as DatabaseSession

    from aggregator.query import ArticleFilter, ArticleView

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_LIMIT = 20


def filter_options(command: F) -> F:
    """The same filters, by the same names, wherever articles are chosen."""
    for decorate in reversed(
        (
            option("--publisher", help="Only this publisher."),
            option("--section", help="Only this section of the publisher."),
            option("--tag", help="Only articles with this tag."),
            option("--author", help="Only articles crediting this name, or a part of it."),
            option("--since", metavar="DATE", help="From this day on (YYYY-MM-DD, school time)."),
            option("--until", metavar="DATE", help="Up to and including this day."),
            option("--text", help="Only articles that contain all these words."),
        )
    ):
        command = decorate(command)
    return command


def paging_options(command: F) -> F:
    command = option("--cursor", help="Continue where the page before ended.")(command)
    return option(
        "--limit", type=int, default=DEFAULT_LIMIT, show_default=True, help="At most N articles."
    )(command)


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
    **filters: str | None,
) -> int:
    """List articles, newest first."""
    return _list(session.with_database(database), filters, limit, cursor, as_json)


@click.command(cls=Command)
@click.argument("words", nargs=-1, required=True)
@filter_options
@paging_options
@database_option
@json_option
@pass_session
def search(
    session: Session,
    /,
    words: tuple[str, ...],
    limit: int,
    cursor: str | None,
    database: str | None,
    as_json: bool,
    **filters: str | None,
) -> int:
    """List articles that contain all the given words, newest first."""
    filters["text"] = " ".join(filter(None, (*words, filters["text"])))
    return _list(session.with_database(database), filters, limit, cursor, as_json)


def _list(
    session: Session,
    filters: dict[str, str | None],
    limit: int,
    cursor: str | None,
    as_json: bool,
) -> int:
    from aggregator.query import find_articles

    wanted = _filter(session, filters, limit)
    with opened(session) as db:
        page = find_articles(db, wanted, cursor)
    if as_json:
        articles = [{"id": view.id, **view.to_json()} for view in page.articles]
        session.out.json({"articles": articles, "next_cursor": page.next_cursor})
        return 0
    session.out.table(article_columns(session.say), _rows(session, page.articles))
    if page.next_cursor:
        session.out.note(session.say("More: add --cursor {cursor}", cursor=page.next_cursor))
    return 0


@click.command(cls=Command)
@click.argument("key", metavar="ID|URL")
@option("--history", is_flag=True, help="Show every revision and what changed.")
@database_option
@json_option
@pass_session
def show(session: Session, key: str, history: bool, database: str | None, as_json: bool) -> int:
    """Show one article with its attribution."""
    from aggregator.query import get_article
    from aggregator.query import history as revisions_of

    session = session.with_database(database)
    with opened(session) as db:
        view = get_article(db, key)
        revisions = revisions_of(db, view.id) if history else ()
    if as_json:
        found: dict[str, Any] = {"id": view.id, **view.to_json()}
        if history:
            found["history"] = [revision_json(revision) for revision in revisions]
        session.out.json(found)
        return 0
    _show_article(session, view)
    if history:
        _show_history(session, revisions)
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
@option("--output", type=click.Path(path_type=Path), help="Write to this file.")
@filter_options
@database_option
@json_option
@pass_session
def export(
    session: Session,
    /,
    form: str,
    output: Path | None,
    database: str | None,
    as_json: bool,
    **filters: str | None,
) -> int:
    """Write articles as CSV or JSON Lines; every one with its credit line."""
    from aggregator.export import write_csv, write_jsonl
    from aggregator.query import iter_articles

    session = session.with_database(database)
    wanted = _filter(session, filters, None)
    write = write_jsonl if as_json or form == "jsonl" else write_csv
    with opened(session) as db, _target(session, output) as file:
        count = write(iter_articles(db, wanted), file)
    session.out.note(session.say("{n} articles exported.", n=count))
    return 0


@click.command(cls=Command)
@database_option
@json_option
@pass_session
def stats(session: Session, database: str | None, as_json: bool) -> int:
    """Count what is in the database."""
    from aggregator.query import stats as count

    session = session.with_database(database)
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
            local_time(p.first_published, zone),
            local_time(p.last_published, zone),
        )
        for p in found.publishers
    ]
    session.out.table(columns, rows, say("Articles by publisher"))
    return 0


# --- shared ---------------------------------------------------------------------------------------


@contextmanager
def opened(session: Session) -> Iterator[DatabaseSession]:
    """A read-only look into the database."""
    from storage.database import open_database

    database = open_database(session.config.database_url)
    try:
        with database.session() as db:
            yield db
    finally:
        database.close()


@contextmanager
def _target(session: Session, output: Path | None) -> Iterator[Any]:
    if output is None:
        yield session.out.console.file
        return
    try:
        # The byte order mark makes spreadsheets read the file as UTF-8.
        encoding = "utf-8-sig" if output.suffix == ".csv" else "utf-8"
        with output.open("w", encoding=encoding, newline="") as file:
            yield file
    except OSError as error:
        raise UsageError(f"{output}: {error.strerror}") from error


def _filter(session: Session, filters: dict[str, str | None], limit: int | None) -> ArticleFilter:
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
        author=filters["author"],
        text=filters["text"],
    )


def article_columns(say: Translator) -> list[Column]:
    return [
        Column(title="ID", right=True),
        Column(title=say("Published")),
        Column(title=say("Publisher")),
        Column(title=say("Headline"), wrap=True),
        Column(title=say("Credit"), wrap=True),
    ]


def article_rows(session: Session, ids: Sequence[int]) -> list[tuple[object, ...]]:
    """Rows for articles known by id, newest first."""
    from aggregator.query import articles_by_id

    with opened(session) as db:
        return _rows(session, articles_by_id(db, ids))


def _rows(session: Session, views: Sequence[ArticleView]) -> list[tuple[object, ...]]:
    return [
        (
            view.id,
            _published(view, session.config.zone) or session.say("not stated"),
            view.attribution.publisher_title,
            view.article.headline,
            ", ".join(credit.name for credit in view.article.credits) or view.article.agency,
        )
        for view in views
    ]


def _published(view: ArticleView, zone: Any) -> str:
    """Publication in the school's zone; where only a day is stated, that day."""
    moment = view.article.published_at
    if moment is not None and view.article.published_precision is Precision.DAY:
        return moment.date().isoformat()
    return local_time(moment, zone)


def _show_article(session: Session, view: ArticleView) -> None:
    out, say, article = session.out, session.say, view.article
    out.line(article.headline)
    place = article.dateline.raw if article.dateline else ""
    published = article.published_at.isoformat(sep=" ") if article.published_at else ""
    out.line(" · ".join(filter(None, (view.attribution.publisher_title, published, place))))
    out.line()
    for paragraph in article.body:
        out.line(paragraph)
        out.line()
    out.line(view.attribution.credit_line)
    facts = [
        (say("Tags"), ", ".join(article.tags)),
        (say("Rights basis"), view.attribution.basis),
        (say("Revision"), view.holding.revision),
    ]
    for name, value in facts:
        if value:
            out.line(f"{name}: {value}")


def _show_history(session: Session, revisions: Sequence[Any]) -> None:
    import difflib

    say, out, before = session.say, session.out, None
    for revision in revisions:
        out.line()
        out.line(
            say(
                "Revision {number}, {moment} ({cause})",
                number=revision.number,
                moment=local_time(revision.seen_at, session.config.zone),
                cause=revision.cause,
            )
        )
        if before is not None:
            old = [before.headline, *before.body]
            new = [revision.headline, *revision.body]
            for line in list(difflib.unified_diff(old, new, lineterm="", n=0))[2:]:
                if not line.startswith("@@"):
                    out.line(f"  {line}")
            out.line(f"  {say('Changed')}: {', '.join(revision.changed)}")
        before = revision


def revision_json(revision: Any) -> dict[str, Any]:
    return {
        "number": revision.number,
        "seen_at": revision.seen_at.isoformat(),
        "cause": revision.cause,
        "headline": revision.headline,
        "body": list(revision.body),
        "changed": list(revision.changed),
    }
