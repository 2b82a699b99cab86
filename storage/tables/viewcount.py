"""How often articles were read on the school's pages."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class ViewCountRow(Base):
    """A number and nothing about anybody. No row: nobody has read it there yet."""

    __tablename__ = "view_count"

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    views: Mapped[int]

    __table_args__ = (CheckConstraint("views >= 0", name="views"),)
