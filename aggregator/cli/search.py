"""``search``: the query language, with what was found marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from aggregator.cli.app import (
    Command,
    Session,
    database_option,
    json_option,
    opened,
    option,
    pass_session,
)
from aggregator.cli.articles import article_columns, published, view_rows
from aggregator.cli.filters import article_filter, filter_options, paging_options
from aggregator.cli.output import Column

if TYPE_CHECKING:
    from aggregator.query import Facets, Hit, SearchPage, Total

ORDERS = ("newest", "relevance")


@click.command(cls=Command)
@click.argument("words", metavar="QUERY", nargs=-1, required=True)
@option(
    "--sort",
    type=click.Choice(ORDERS),
    default=ORDERS[0],
    show_default=True,
    help="Newest first, or what is most about it.",
)
@option("--facets", is_flag=True, help="Count by publisher, topic, section, tag and province.")
@filter_options
@paging_options
@database_option
@json_option
@pass_session
def search(
    session: Session,
    /,
    words: tuple[str, ...],
    sort: str,
    facets: bool,
    limit: int,
    cursor: str | None,
    database: str | None,
    as_json: bool,
    **filters: Any,
) -> int:
    """Find articles: words, "phrases", begin*, -without, judul: penulis: penerbit: tag: …"""
    from aggregator.query import count_articles, count_with_facets, search_articles

    session = session.with_database(database)
    text = " ".join(filter(None, (*words, filters["text"])))
    wanted = article_filter(session, {**filters, "text": text}, limit, sort)
    with opened(session) as db:
        page = search_articles(db, wanted, cursor)
        if facets:
            total, counts = count_with_facets(db, wanted)
        else:
            total, counts = count_articles(db, wanted), None
    if as_json:
        session.out.json(_json(page, total, counts))
        return 0
    _show_hits(session, page.hits)
    if counts:
        _show_facets(session, counts)
    _say(session, page, total)
    return 0


def _json(page: SearchPage, total: Total, counts: Facets | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "articles": [{"id": hit.view.id, **hit.to_json()} for hit in page.hits],
        "next_cursor": page.next_cursor,
        "total": total.to_json(),
        "suggestion": page.suggestion,
    }
    return {**found, "facets": counts.to_json()} if counts else found


def _show_hits(session: Session, hits: tuple[Hit, ...]) -> None:
    out, say = session.out, session.say
    if not out.interactive:
        rows = view_rows(session, [hit.view for hit in hits])
        columns = [*article_columns(say), Column(title=say("Snippet"))]
        texts = [hit.snippet.text for hit in hits]
        out.table(columns, [(*row, text) for row, text in zip(rows, texts, strict=True)])
        return
    for hit in hits:
        title = hit.view.attribution.publisher_title
        out.line(f"{hit.view.id}  {published(session, hit.view)}  {title}")
        out.marked(hit.headline.pieces())
        out.marked(hit.snippet.pieces(), indent=4)
        out.line()


def _show_facets(session: Session, facets: Facets) -> None:
    say = session.say
    for name, counts in facets.counts.items():
        columns = [
            Column(title=say(FACET_TITLES[name]), wrap=True),
            Column(title=say("Articles"), right=True),
        ]
        session.out.line()
        session.out.table(columns, list(counts.items()))
    if not facets.exact:
        session.out.note(say("Counted by the newest {n} of them.", n=facets.articles))


FACET_TITLES = {
    "publisher": "Publisher",
    "topic": "Topic",
    "section": "Section",
    "tag": "Tag",
    "province": "Province",
    "month": "Month",
}


def _say(session: Session, page: SearchPage, total: Total) -> None:
    say, note = session.say, session.out.note
    if page.suggestion:
        note(say("Nothing found. Did you mean: {query}", query=page.suggestion))
    elif not total.articles:
        note(say("Nothing found."))
    elif total.exact:
        note(say("{n} articles found.", n=total.articles))
    else:
        note(say("About {n} articles found.", n=total.articles))
    if page.next_cursor:
        note(say("More: add --cursor {cursor}", cursor=page.next_cursor))
