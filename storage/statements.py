"""What statements of several modules are built with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from sqlalchemy import Insert, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.tables import Base


def dialect_of(session: Session) -> str:
    return session.get_bind().dialect.name


def insert_into(dialect: str, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """The dialect's own INSERT: ON CONFLICT is in neither standard SQL nor SQLAlchemy's core."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def write(session: Session, table: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        session.connection().execute(_plain_insert(table), rows)


@cache
def _plain_insert(table: type[Base]) -> Insert:
    return insert(table)
