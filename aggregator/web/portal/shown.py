"""An article as readers see it: pure, from what is held and what the school decided.

What is not in ``Shown`` cannot be rendered, and nothing of it can be made without its attribution.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from aggregator.model import Article, Attribution, Image, Precision, Review, Role
from aggregator.query import ArticleView
from aggregator.reuse import Reuse, covers_images, reuse_of
from aggregator.slugs import slug
from aggregator.web.portal.moments import local
from pipelines.excerpt import excerpt

WRITERS = (Role.REPORTER, Role.CONTRIBUTOR)
LONGEST_SLUG = 80
TEASER = 180
"""Characters, cut on a word; the model's are 185 bytes."""

# What is not shown in a text: it could reorder what stands beside it.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class Source:
    """What must stand wherever an article is shown."""

    publisher: str
    title: str
    url: str
    """The address of the original, ``http`` or ``https``."""
    credit_line: str


@dataclass(frozen=True, kw_only=True)
class Shown:
    id: int
    headline: str
    original_headline: str | None
    """The publisher's own. ``None``: it is the one that is shown."""
    source: Source
    reuse: Reuse
    teaser: str | None
    """``None``: no more than the headline may be shown, or there is no text."""
    paragraphs: tuple[str, ...]
    """Empty where no full text may be shown."""
    dateline: str | None
    published: datetime
    """Local, or the publisher's own day."""
    precision: Precision | None
    modified: datetime | None
    by: tuple[str, ...]
    """Never empty: where no person is named, the agency or the publisher."""
    names_people: bool
    """Whether ``by`` does."""
    section: str | None
    """Of the school's; chosen by an editor."""
    topics: tuple[str, ...]
    tags: tuple[str, ...]
    place: str | None
    """The city or regency of the dateline; as printed where it is not known."""
    image: Image | None
    """``None`` also where the rights basis does not cover it."""
    language: str | None

    @property
    def path(self) -> str:
        return path_of(self.id, self.headline)


def shown_of(
    view: ArticleView, review: Review | None, zone: ZoneInfo, press: Reuse = Reuse.FULL
) -> Shown:
    """``view`` is publishable, so it has a time."""
    article, attribution = view.article, view.attribution
    if article.published_at is None:
        raise ValueError(f"article {view.id} is not publishable")
    reuse = reuse_of(attribution.basis, press)
    headline = (review and review.headline) or article.headline
    return Shown(
        id=view.id,
        headline=clean(headline),
        original_headline=clean(article.headline) if headline != article.headline else None,
        source=source_of(article, attribution),
        reuse=reuse,
        teaser=_teaser(article, review, reuse),
        paragraphs=tuple(map(clean, article.body)) if reuse is Reuse.FULL else (),
        dateline=_dateline(article, reuse),
        published=local(article.published_at, article.published_precision, zone),
        precision=article.published_precision,
        modified=article.modified_at and article.modified_at.astimezone(zone),
        by=_people(article) or (clean(article.agency or attribution.publisher_title),),
        names_people=bool(_people(article)),
        section=review.section if review else None,
        topics=article.topics,
        tags=tuple(map(clean, article.tags)),
        place=_place(article),
        image=article.image if covers_images(attribution.basis) else None,
        language=article.language,
    )


def source_of(article: Article, attribution: Attribution) -> Source:
    of_web = attribution.url.startswith(("https://", "http://"))
    return Source(
        publisher=attribution.publisher,
        title=clean(attribution.publisher_title),
        url=clean(attribution.url if of_web else article.canonical_url),
        credit_line=clean(attribution.credit_line),
    )


def clean(text: str) -> str:
    """Without what cannot be seen, and lone halves of characters."""
    return _INVISIBLE.sub("", text)


def path_of(article_id: int, headline: str) -> str:
    """Its page's address in a language."""
    words = slug_of(headline)
    return f"/berita/{article_id}/{words}" if words else f"/berita/{article_id}"


def slug_of(headline: str) -> str:
    words = slug(headline)
    return words if len(words) <= LONGEST_SLUG else words[: LONGEST_SLUG + 1].rpartition("-")[0]


def _teaser(article: Article, review: Review | None, reuse: Reuse) -> str | None:
    if reuse is Reuse.LINK:
        return None
    if review and review.excerpt:
        return clean(review.excerpt)
    # The summary is the publisher's own, and may be long.
    return excerpt([clean(article.excerpt or article.summary or "")], TEASER) or None


def _dateline(article: Article, reuse: Reuse) -> str | None:
    if article.dateline is None or reuse is Reuse.LINK:
        return None
    return clean(article.dateline.raw)


def _place(article: Article) -> str | None:
    if article.dateline is None:
        return None
    place = article.dateline.region or article.dateline.place
    return clean(place) if place else None


def _people(article: Article) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean(c.name) for c in article.credits if c.role in WRITERS))
