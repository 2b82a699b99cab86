"""Between the nouns and their rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import selectinload

from aggregator.model import (
    Article,
    AttributedArticle,
    Attribution,
    Correction,
    CorrectionKind,
    Credit,
    Dateline,
    Evidence,
    Flag,
    Image,
    Precision,
    RightsBasis,
    Role,
    utc_offset_minutes,
)
from storage.tables import ArticleRow, CreditRow, FlagRow, Part, RevisionRow, TagRow, TopicRow

PARTS: tuple[type[Part], ...] = (CreditRow, TagRow, TopicRow, FlagRow)
"""What an article owns in tables of its own, and what a revision replaces as a whole."""

WITH_PARTS = tuple(
    selectinload(part)
    for part in (ArticleRow.credits, ArticleRow.tags, ArticleRow.topics, ArticleRow.flags)
)
"""Loader options: the parts of all rows at once, one query for each kind."""

PARAGRAPH_BREAK = "\n\n"
"""Between stored paragraphs. A paragraph has no line breaks of its own: white space is folded."""


def article_values(found: AttributedArticle) -> dict[str, Any]:
    """Column values of what an article says, without what we know about it."""
    return {**_stated(found.article), **_attribution(found)}


def _stated(article: Article) -> dict[str, Any]:
    dateline, image = article.dateline, article.image
    return {
        "publisher": article.publisher,
        "external_id": article.external_id,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "headline": article.headline,
        "summary": article.summary,
        "excerpt": article.excerpt,
        "body": PARAGRAPH_BREAK.join(article.body),
        "body_html": article.body_html,
        "published_at": article.published_at,
        "published_offset": _offset(article.published_at),
        "published_raw": article.published_raw,
        "published_precision": article.published_precision,
        "modified_at": article.modified_at,
        "modified_offset": _offset(article.modified_at),
        "modified_raw": article.modified_raw,
        "byline": article.byline,
        "dateline_mark": dateline.mark if dateline else None,
        "dateline_place": dateline.place if dateline else None,
        "dateline_raw": dateline.raw if dateline else None,
        "dateline_region": dateline.region if dateline else None,
        "dateline_province": dateline.province if dateline else None,
        "dateline_zone": dateline.zone if dateline else None,
        "source_raw": article.source_raw,
        "agency": article.agency,
        "original_url": article.original_url,
        "stated_publisher": article.stated_publisher,
        "section": article.section,
        "image_url": image.url if image else None,
        "image_caption": image.caption if image else None,
        "image_credit": image.credit if image else None,
        "language": article.language,
        "pages": article.pages,
        "paywalled": article.paywalled,
        "layout": article.layout,
        "fetched_at": article.fetched_at,
        **correction_values(article),
    }


def correction_values(article: Article) -> dict[str, str | None]:
    announced = article.correction
    return {
        "correction_kind": str(announced.kind) if announced else None,
        "correction_text": announced.sentence if announced else None,
    }


def correction_of(row: ArticleRow | RevisionRow | Row[Any]) -> Correction | None:
    if row.correction_kind is None:
        return None
    return Correction(kind=CorrectionKind(row.correction_kind), sentence=row.correction_text or "")


def _attribution(found: AttributedArticle) -> dict[str, Any]:
    attribution = found.attribution
    return {
        "publisher_title": attribution.publisher_title,
        "credit_line": attribution.credit_line,
        "attribution_url": attribution.url,
        "rights_basis": attribution.basis,
        "attribution_stated": attribution.stated,
        "publishable": found.publishable,
        "evidence": [{"kind": e.kind, "text": e.text} for e in attribution.evidence],
    }


def part_values(article: Article) -> dict[type[Part], list[dict[str, Any]]]:
    """Rows of each part, without the article's id."""
    return {
        CreditRow: _credits(article),
        TagRow: [{"position": n, "tag": tag} for n, tag in enumerate(article.tags)],
        TopicRow: [{"position": n, "topic": topic} for n, topic in enumerate(article.topics)],
        FlagRow: [{"name": f.name, "rule": f.rule, "found": f.found} for f in article.flags],
    }


def _credits(article: Article) -> list[dict[str, Any]]:
    return [
        {"position": position, "name": credit.name, "role": credit.role}
        for position, credit in enumerate(article.credits)
    ]


Columns = ArticleRow | Row[Any]
"""The columns of an article: of the model, or as a plain row, which is read three times as fast."""


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What an article owns in tables of its own, in its order."""

    credits: tuple[Credit, ...] = ()
    tags: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()


def parts_of(
    credits: Iterable[CreditRow | Row[Any]],
    tags: Iterable[TagRow | Row[Any]],
    topics: Iterable[TopicRow | Row[Any]],
    flags: Iterable[FlagRow | Row[Any]],
) -> Parts:
    return Parts(
        credits=tuple(Credit(name=c.name, role=Role(c.role)) for c in credits),
        tags=tuple(tag.tag for tag in tags),
        topics=tuple(topic.topic for topic in topics),
        flags=tuple(Flag(name=flag.name, rule=flag.rule, found=flag.found) for flag in flags),
    )


def attributed(row: ArticleRow) -> AttributedArticle:
    """The article that a row holds, as it was given."""
    return attributed_with(row, _own_parts(row))


def attributed_with(row: Columns, parts: Parts) -> AttributedArticle:
    """The same where the parts were read beside the row."""
    article = _article(row, parts)
    attribution = Attribution(
        publisher=row.publisher,
        publisher_title=row.publisher_title,
        url=row.attribution_url,
        credit_line=row.credit_line,
        basis=RightsBasis(row.rights_basis),
        stated=row.attribution_stated,
        credits=article.credits,
        agency=row.agency,
        original_url=row.original_url,
        evidence=evidence_of(row.evidence),
    )
    return AttributedArticle(article=article, attribution=attribution, publishable=row.publishable)


def article_of(row: ArticleRow) -> Article:
    return _article(row, _own_parts(row))


def _own_parts(row: ArticleRow) -> Parts:
    return parts_of(row.credits, row.tags, row.topics, row.flags)


def _article(row: Columns, parts: Parts) -> Article:
    return Article(
        publisher=row.publisher,
        url=row.url,
        canonical_url=row.canonical_url,
        headline=row.headline,
        fetched_at=row.fetched_at,
        external_id=row.external_id,
        summary=row.summary,
        excerpt=row.excerpt,
        body=paragraphs(row.body),
        body_html=row.body_html,
        published_raw=row.published_raw,
        published_at=as_stated(row.published_at, row.published_offset),
        published_precision=as_precision(row.published_precision),
        modified_raw=row.modified_raw,
        modified_at=as_stated(row.modified_at, row.modified_offset),
        byline=row.byline,
        credits=parts.credits,
        dateline=_dateline(row),
        source_raw=row.source_raw,
        agency=row.agency,
        original_url=row.original_url,
        stated_publisher=row.stated_publisher,
        section=row.section,
        tags=parts.tags,
        topics=parts.topics,
        flags=parts.flags,
        image=_image(row),
        language=row.language,
        pages=row.pages,
        paywalled=row.paywalled,
        layout=row.layout,
        evidence=evidence_of(row.evidence),
        correction=correction_of(row),
    )


def paragraphs(body: str) -> tuple[str, ...]:
    return tuple(body.split(PARAGRAPH_BREAK)) if body else ()


def as_stated(moment: datetime | None, offset: int | None) -> datetime | None:
    """A stored instant with the offset that the publisher stated."""
    if moment is None or offset is None:
        return moment
    return moment.astimezone(timezone(timedelta(minutes=offset)))


def evidence_of(stored: list[Mapping[str, str]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(kind=e["kind"], text=e["text"]) for e in stored)


def _offset(moment: datetime | None) -> int | None:
    return utc_offset_minutes(moment) if moment else None


def as_precision(stored: str | None) -> Precision | None:
    return Precision(stored) if stored else None


def _dateline(row: Columns) -> Dateline | None:
    if row.dateline_raw is None:
        return None
    return Dateline(
        mark=row.dateline_mark,
        place=row.dateline_place,
        raw=row.dateline_raw,
        region=row.dateline_region,
        province=row.dateline_province,
        zone=row.dateline_zone,
    )


def _image(row: Columns) -> Image | None:
    if row.image_url is None:
        return None
    return Image(url=row.image_url, caption=row.image_caption, credit=row.image_credit)
