"""What statements of several modules are built with."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Insert,
    Integer,
    Text,
    any_,
    bindparam,
    cast,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import SQLCoreOperations

from storage.tables import Base


def dialect_of(session: Session) -> str:
    return session.get_bind().dialect.name


def insert_into(dialect: str, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """The dialect's own INSERT: ON CONFLICT is in neither standard SQL nor SQLAlchemy's core."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def among_listed(dialect: str, column: SQLCoreOperations[int]) -> ColumnElement[bool]:
    """``column IN (…)`` of the numbers in the parameter ``listed``: one, however many they are."""
    return _among(dialect, column, bindparam("listed", type_=Text()))


def listing(dialect: str, ids: Collection[int]) -> dict[str, str]:
    """The parameter of ``among_listed``."""
    return {"listed": _plain(dialect, ids)}


def among(
    session: Session, column: SQLCoreOperations[int], ids: Collection[int]
) -> ColumnElement[bool]:
    """The same with the numbers in it, for a statement that is built each time."""
    dialect = dialect_of(session)
    return _among(dialect, column, literal(_plain(dialect, ids), Text()))


def _among(
    dialect: str, column: SQLCoreOperations[int], listed: ColumnElement[str]
) -> ColumnElement[bool]:
    if dialect == "postgresql":
        return column == any_(cast(listed, ARRAY(Integer)))
    return column.in_(select(func.json_each(listed).table_valued("value").c.value))


def _plain(dialect: str, ids: Collection[int]) -> str:
    numbers = ",".join(map(str, ids))
    return f"{{{numbers}}}" if dialect == "postgresql" else f"[{numbers}]"


def write(session: Session, table: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        session.connection().execute(_plain_insert(table), rows)


@cache
def _plain_insert(table: type[Base]) -> Insert:
    return insert(table)
