"""Copies of the database that were made and checked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class BackupRow(Base):
    __tablename__ = "backup"

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str]
    """On the machine that made it."""
    made_at: Mapped[datetime]
    bytes: Mapped[int] = mapped_column(BigInteger)
    schema_version: Mapped[str] = mapped_column(String(32))
    articles: Mapped[int]
    """How many it holds."""
