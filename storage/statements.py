"""What statements of several modules are built with."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Insert,
    Integer,
    any_,
    bindparam,
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
    if dialect == "postgresql":
        return column == any_(bindparam("listed", type_=ARRAY(Integer)))
    listed = func.json_each(bindparam("listed")).table_valued("value")
    return column.in_(select(listed.c.value))


def listing(dialect: str, ids: Collection[int]) -> dict[str, object]:
    """The parameter of ``among_listed``."""
    return {"listed": list(ids) if dialect == "postgresql" else json.dumps(list(ids))}


def among(
    session: Session, column: SQLCoreOperations[int], ids: Collection[int]
) -> ColumnElement[bool]:
    """The same with the numbers in it, for a statement that is built each time."""
    if dialect_of(session) == "postgresql":
        return column == any_(literal(list(ids), ARRAY(Integer)))
    listed = func.json_each(json.dumps(list(ids))).table_valued("value")
    return column.in_(select(listed.c.value))


def write(session: Session, table: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        session.connection().execute(_plain_insert(table), rows)


@cache
def _plain_insert(table: type[Base]) -> Insert:
    return insert(table)
