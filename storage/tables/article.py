"""Articles with all that is theirs, and what keeps others out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aggregator.model import Precision, RightsBasis, Role
from storage.tables.base import Base, one_of


class ArticleRow(Base):
    __tablename__ = "article"

    id: Mapped[int] = mapped_column(primary_key=True)
    publisher: Mapped[str] = mapped_column(ForeignKey("publisher.name"))
    external_id: Mapped[str | None]
    url: Mapped[str]
    canonical_url: Mapped[str]
    headline: Mapped[str]
    summary: Mapped[str | None]
    excerpt: Mapped[str | None]
    body: Mapped[str]
    """Paragraphs, separated by a blank line."""
    body_html: Mapped[str]
    published_at: Mapped[datetime | None]
    published_offset: Mapped[int | None]
    """Minutes east of UTC, as stated."""
    published_raw: Mapped[str | None]
    published_precision: Mapped[str | None] = mapped_column(String(16))
    modified_at: Mapped[datetime | None]
    modified_offset: Mapped[int | None]
    modified_raw: Mapped[str | None]
    byline: Mapped[str | None]
    dateline_mark: Mapped[str | None]
    dateline_place: Mapped[str | None]
    dateline_raw: Mapped[str | None]
    dateline_region: Mapped[str | None]
    dateline_province: Mapped[str | None] = mapped_column(index=True)
    dateline_zone: Mapped[str | None] = mapped_column(String(4))
    source_raw: Mapped[str | None]
    agency: Mapped[str | None]
    original_url: Mapped[str | None]
    stated_publisher: Mapped[str | None]
    section: Mapped[str | None]
    image_url: Mapped[str | None]
    image_caption: Mapped[str | None]
    image_credit: Mapped[str | None]
    language: Mapped[str | None] = mapped_column(String(16))
    pages: Mapped[int]
    paywalled: Mapped[bool]
    layout: Mapped[str | None] = mapped_column(String(64))
    correction_kind: Mapped[str | None] = mapped_column(String(16))
    """How the text announces that it was corrected."""
    correction_text: Mapped[str | None]
    # --- attribution: what the article may never leave without
    publisher_title: Mapped[str]
    credit_line: Mapped[str]
    attribution_url: Mapped[str]
    rights_basis: Mapped[str] = mapped_column(String(32))
    attribution_stated: Mapped[bool]
    publishable: Mapped[bool]
    evidence: Mapped[list[Any]]
    # --- ours
    text_fingerprint: Mapped[str | None] = mapped_column(String(80))
    content_fingerprint: Mapped[str] = mapped_column(String(80))
    opening_key: Mapped[str | None] = mapped_column(String(40), index=True)
    """Hash of the text's first words: by it a portal's teaser finds its article. Empty for a text
    that is too short, ``None`` where it is not known yet."""
    withdrawn_at: Mapped[datetime | None]
    text_removed_at: Mapped[datetime | None]
    """When its text was let go, since the school keeps texts for a time only. ``None``: it is
    here."""
    revision: Mapped[int]
    sort_at: Mapped[datetime]
    """Publication, else first sight: the order of lists."""
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    fetched_at: Mapped[datetime]

    credits: Mapped[list[CreditRow]] = relationship(
        order_by="CreditRow.position", cascade="all, delete-orphan"
    )
    tags: Mapped[list[TagRow]] = relationship(
        order_by="TagRow.position", cascade="all, delete-orphan"
    )

    topics: Mapped[list[TopicRow]] = relationship(
        order_by="TopicRow.position", cascade="all, delete-orphan"
    )
    flags: Mapped[list[FlagRow]] = relationship(
        order_by="FlagRow.name", cascade="all, delete-orphan"
    )

    __table_args__ = (
        UniqueConstraint("publisher", "external_id"),
        UniqueConstraint("publisher", "canonical_url"),
        Index("ix_article_sort_at_id", "sort_at", "id"),
        Index("ix_article_publisher_sort_at", "publisher", "sort_at", "id"),
        Index("ix_article_text", "publisher", "text_fingerprint"),
        CheckConstraint("publisher <> ''", name="publisher"),
        CheckConstraint("headline <> ''", name="headline"),
        CheckConstraint("canonical_url LIKE 'http%://%'", name="canonical_url"),
        CheckConstraint("publisher_title <> ''", name="publisher_title"),
        CheckConstraint("attribution_url <> ''", name="attribution_url"),
        CheckConstraint(
            "credit_line LIKE '%' || publisher_title || '%'", name="credit_line_names_publisher"
        ),
        CheckConstraint(
            "credit_line LIKE '%' || attribution_url || '%'", name="credit_line_names_url"
        ),
        CheckConstraint("NOT publishable OR published_at IS NOT NULL", name="publishable_has_time"),
        CheckConstraint("withdrawn_at IS NULL OR NOT publishable", name="withdrawn"),
        CheckConstraint(
            "(published_at IS NULL) = (published_offset IS NULL)", name="published_offset"
        ),
        CheckConstraint(one_of("rights_basis", RightsBasis), name="rights_basis"),
        CheckConstraint(
            f"published_precision IS NULL OR {one_of('published_precision', Precision)}",
            name="published_precision",
        ),
        CheckConstraint("revision >= 1", name="revision"),
        CheckConstraint("pages >= 1", name="pages"),
    )


class ArticleUrlRow(Base):
    """Every address under which an article was met."""

    __tablename__ = "article_url"

    publisher: Mapped[str] = mapped_column(ForeignKey("publisher.name"), primary_key=True)
    url: Mapped[str] = mapped_column(primary_key=True)
    """An address, or another identifier of the publisher's for the same text."""
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    reason: Mapped[str] = mapped_column(String(32))
    """``canonical``, ``requested`` or ``duplicate``."""
    first_seen: Mapped[datetime]


class Part(Base):
    """A row that belongs to one article and goes with it."""

    __abstract__ = True

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)


class CreditRow(Part):
    __tablename__ = "credit"

    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    role: Mapped[str] = mapped_column(String(16))

    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint(one_of("role", Role), name="role"),
    )


class TagRow(Part):
    __tablename__ = "article_tag"

    position: Mapped[int] = mapped_column(primary_key=True)
    tag: Mapped[str] = mapped_column(index=True)

    __table_args__ = (Index("ix_article_tag_lower", text("lower(tag)")),)


class TopicRow(Part):
    """A topic that the rules found."""

    __tablename__ = "article_topic"

    topic: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)
    position: Mapped[int]


class FlagRow(Part):
    """Something an editor should look at, and what raised it."""

    __tablename__ = "article_flag"

    name: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)
    rule: Mapped[str] = mapped_column(String(64))
    found: Mapped[str]


class RevisionRow(Base):
    """What an article said from ``seen_at`` on."""

    __tablename__ = "revision"

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]
    cause: Mapped[str] = mapped_column(String(16))
    headline: Mapped[str]
    body: Mapped[str]
    body_html: Mapped[str]
    credits: Mapped[list[Any]]
    published_at: Mapped[datetime | None]
    credit_line: Mapped[str]
    changed: Mapped[list[Any]]
    correction_kind: Mapped[str | None] = mapped_column(String(16))
    correction_text: Mapped[str | None]
    parser: Mapped[str | None] = mapped_column(String(40))
    """Version of the parsers that read it."""

    __table_args__ = (CheckConstraint("credit_line <> ''", name="credit_line"),)


class TombstoneRow(Base):
    __tablename__ = "tombstone"

    publisher: Mapped[str] = mapped_column(ForeignKey("publisher.name"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    """An identifier, an address or a text's fingerprint: a withdrawn article has a row for each
    that it had."""
    reason: Mapped[str]
    buried_at: Mapped[datetime]
    withdrawal_id: Mapped[int | None] = mapped_column(ForeignKey("withdrawal.id"))
    """With what it came, and what undoing takes away again."""

    __table_args__ = (CheckConstraint("reason <> ''", name="reason"),)
