"""What search engines read: an index, a sitemap for each month, one of the latest news, robots.txt.

Every entry says in Dublin Core terms where the article is from, as whatever leaves does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape

from sqlalchemy import ColumnElement, select

from aggregator.errors import QueryError
from aggregator.query import count_facets
from aggregator.query.conditions import conditions
from aggregator.query.days import parse_period
from aggregator.search.syntax import Search
from aggregator.web import gate
from aggregator.web.answers import Answer
from aggregator.web.feeds.feed import clean
from aggregator.web.portal.page import Page, Place, Visit
from aggregator.web.portal.shown import path_of
from aggregator.web.problems import NOT_FOUND, ProblemError
from storage.newest import newest_ids
from storage.tables import ArticleRow, ReviewRow

NEWS = timedelta(days=2)
"""What a news sitemap may name."""
MOST_NEWS = 1000
MOST = 10_000
"""A sitemap may have 50,000 addresses; a month of a school has a few hundred."""

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MONTH = re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True, kw_only=True)
class Located:
    """An article as a sitemap names it."""

    path: str
    headline: str
    publisher_title: str
    url: str
    credit_line: str
    published: datetime
    language: str


def index(visit: Visit) -> Answer:
    wanted = gate.readers_filter(visit.config, visit.now)
    months = count_facets(visit.session, wanted, ["month"], cap=MOST * 10).counts["month"]
    names = ["sitemap-news.xml", *(f"sitemap-{month}.xml" for month in sorted(months))]
    places = "".join(f"<sitemap><loc>{escape(f'{visit.base}/{n}')}</loc></sitemap>" for n in names)
    return _xml(f'<sitemapindex xmlns="{SITEMAP}">{places}</sitemapindex>')


def news(visit: Visit) -> Answer:
    late = ArticleRow.published_at >= visit.now - NEWS
    found = _located(visit, MOST_NEWS, late)
    entries = (_entry(visit, one, _news(one)) for one in found)
    return _urlset(entries, ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"')


def month(visit: Visit) -> Answer:
    if not _MONTH.fullmatch(visit.values["month"]):
        raise ProblemError(kind=NOT_FOUND)
    try:
        period = parse_period(visit.values["month"], "month")
        found = _located(visit, MOST, since=period.first, until=period.last)
    except QueryError as error:
        raise ProblemError(kind=NOT_FOUND) from error
    return _urlset(_entry(visit, one) for one in found)


def robots(visit: Visit) -> Answer:
    """Searches are endless; everything else may be read."""
    folders = [visit.folder(language) for language in visit.config.portal.languages]
    barred = "".join(f"Disallow: {visit.prefix}{folder}/cari\n" for folder in folders)
    text = f"User-agent: *\n{barred}\nSitemap: {visit.base}/sitemap.xml\n"
    return Answer(body=text.encode(), media_type="text/plain; charset=utf-8")


SITEMAPS = (
    Page(path="/robots.txt", respond=robots, every_language=False),
    Page(path="/sitemap.xml", respond=index, every_language=False),
    Page(path="/sitemap-news.xml", respond=news, every_language=False),
    Page(path="/sitemap-{month}.xml", respond=month, every_language=False),
)


def _located(
    visit: Visit,
    most: int,
    *also: ColumnElement[bool],
    since: date | None = None,
    until: date | None = None,
) -> Iterator[Located]:
    wanted = gate.readers_filter(visit.config, visit.now, *also, since=since, until=until)
    ids = newest_ids(visit.session, tuple(conditions(wanted)), Search(), most)
    rows = visit.session.execute(
        select(
            ArticleRow.id,
            ArticleRow.headline,
            ReviewRow.headline.label("edited"),
            ArticleRow.publisher_title,
            ArticleRow.attribution_url,
            ArticleRow.credit_line,
            ArticleRow.published_at,
            ArticleRow.language,
        )
        .outerjoin(ReviewRow, ReviewRow.article_id == ArticleRow.id)
        .where(ArticleRow.id.in_(ids))
        .order_by(ArticleRow.sort_at.desc(), ArticleRow.id.desc())
    )
    for row in rows:
        headline = row.edited or row.headline
        yield Located(
            path=path_of(row.id, headline),
            headline=clean(headline),
            publisher_title=clean(row.publisher_title),
            url=clean(row.attribution_url),
            credit_line=clean(row.credit_line),
            published=row.published_at,
            language=row.language or "id",
        )


def _entry(place: Place, article: Located, more: str = "") -> str:
    return (
        f"<url><loc>{escape(place.base + article.path)}</loc>{more}"
        f"<dcterms:source>{escape(article.url)}</dcterms:source>"
        f"<dcterms:publisher>{escape(article.publisher_title)}</dcterms:publisher>"
        f"<dcterms:rights>{escape(article.credit_line)}</dcterms:rights></url>"
    )


def _news(article: Located) -> str:
    return (
        f"<news:news><news:publication><news:name>{escape(article.publisher_title)}</news:name>"
        f"<news:language>{escape(article.language)}</news:language></news:publication>"
        f"<news:publication_date>{article.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(article.headline)}</news:title></news:news>"
    )


def _urlset(entries: Iterable[str], more: str = "") -> Answer:
    namespaces = f'xmlns="{SITEMAP}" xmlns:dcterms="http://purl.org/dc/terms/"{more}'
    return _xml(f"<urlset {namespaces}>{''.join(entries)}</urlset>")


def _xml(text: str) -> Answer:
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'
    return Answer(body=body.encode(), media_type="application/xml")
