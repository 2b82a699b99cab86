"""What search keeps beside the full-text index itself.

The index is ``article_search``, which each database has in a form of its own and which therefore is
no model here: a contentless FTS5 table in SQLite, a table with a ``tsvector`` in PostgreSQL
(``storage.fulltext``).
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base

# Ranges of ASCII letters are looked for, in their order as bytes on both databases.
BYTES = Text().with_variant(Text(collation="C"), "postgresql")


class SearchDocumentRow(Base):
    """An article that is in the index."""

    __tablename__ = "search_document"

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(16))
    """Of the terms that were indexed: SQLite can take out only exactly what was put in."""


class SearchWordRow(Base):
    """A word that an article has or had, and its term."""

    __tablename__ = "search_word"

    word: Mapped[str] = mapped_column(BYTES, primary_key=True)
    term: Mapped[str] = mapped_column(BYTES, index=True)
