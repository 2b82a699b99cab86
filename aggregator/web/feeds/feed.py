"""A feed before it has a format: pure, from article views.

What may leave is decided here once for all formats: the text where the rights basis allows it, else
the excerpt, and the credit line in both. Pictures stay out: a right to the text is none to them.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape

from aggregator.model import Article, Credit, Review, Role
from aggregator.query import ArticleView
from aggregator.reuse import Reuse, reuse_of
from storage.pasts import Past

# What XML 1.0 cannot hold, not even as a reference.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

WRITERS = (Role.REPORTER, Role.CONTRIBUTOR)
"""Who is an author; editors and photographers contributed."""


@dataclass(frozen=True, kw_only=True)
class FeedEntry:
    id: str
    """A URN that stays with the article through every correction of text, headline or address."""
    url: str
    headline: str
    summary_html: str
    """The excerpt and the credit line."""
    content_html: str | None
    """The text and the credit line. ``None``: it may not leave."""
    excerpt: str
    credit_line: str
    published_at: datetime
    updated_at: datetime
    authors: tuple[str, ...]
    """Never empty: where no person is named, the agency or the publisher."""
    contributors: tuple[str, ...]
    categories: tuple[str, ...]
    publisher_title: str
    publisher_url: str
    rights_basis: str
    language: str | None


@dataclass(frozen=True, kw_only=True)
class Feed:
    title: str
    description: str
    home: str
    """The page that a reader of the feed may open."""
    address: str
    language: str
    entries: tuple[FeedEntry, ...]


def entry_of(
    view: ArticleView,
    past: Past,
    homepage: str,
    *,
    review: Review | None = None,
    press: Reuse = Reuse.FULL,
) -> FeedEntry:
    """``view`` is publishable, so it has a time. The editor's words win over the publisher's."""
    article, attribution = view.article, view.attribution
    published = article.published_at
    if published is None:
        raise ValueError(f"article {view.id} is not publishable")
    headline = (review and review.headline) or article.headline
    reuse = reuse_of(attribution.basis, press)
    excerpt = headline if reuse is Reuse.LINK else _excerpt(article, review) or headline
    credit = _credit_html(attribution.credit_line, attribution.url)
    full = reuse is Reuse.FULL and article.body_html
    return FeedEntry(
        id=uuid.uuid5(uuid.NAMESPACE_URL, past.first_url).urn,
        url=attribution.url,
        headline=clean(headline),
        summary_html=clean(f"<p>{escape(excerpt)}</p>{credit}"),
        content_html=clean(f"{article.body_html}{credit}") if full else None,
        excerpt=clean(excerpt),
        credit_line=clean(attribution.credit_line),
        published_at=published,
        updated_at=_updated(published, article.modified_at, past.revised_at),
        authors=_names(article.credits, WRITERS)
        or (clean(article.agency or attribution.publisher_title),),
        contributors=_names(article.credits, tuple(set(Role) - set(WRITERS))),
        categories=tuple(dict.fromkeys(map(clean, (*article.topics, *article.tags)))),
        publisher_title=clean(attribution.publisher_title),
        publisher_url=homepage,
        rights_basis=str(attribution.basis),
        language=article.language,
    )


def title_of(words: str, asked: Mapping[str, str], school: str | None) -> str:
    """``Berita pendidikan: Republika, smk — SMK Negeri 1 Contoh``."""
    about = f"{words}: {', '.join(asked.values())}" if asked else words
    return clean(f"{about} — {school}" if school else about)


def clean(text: str) -> str:
    """Without what XML cannot hold."""
    return _NOT_XML.sub("", text)


def _excerpt(article: Article, review: Review | None) -> str | None:
    return (review and review.excerpt) or article.excerpt or article.summary


def _updated(published: datetime, *changes: datetime | None) -> datetime:
    return max((published, *(change for change in changes if change is not None)))


def _names(credits: tuple[Credit, ...], roles: tuple[Role, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean(c.name) for c in credits if c.role in roles))


def _credit_html(credit_line: str, url: str) -> str:
    return f'<p><a href="{escape(url)}">{escape(credit_line)}</a></p>'
