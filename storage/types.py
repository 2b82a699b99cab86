"""Column types of ours."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Text, bindparam
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime: any zone in, UTC out. A naive one is refused.

    PostgreSQL stores a ``timestamptz``. SQLite has no zones: it stores UTC, in text that sorts.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        moment: datetime = value if value.tzinfo else value.replace(tzinfo=UTC)
        return moment.astimezone(UTC)


class Numbers(TypeDecorator[list[int]]):
    """Many numbers as one parameter, for ``listed_in``."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        array = dialect.type_descriptor(postgresql.ARRAY(BigInteger()))
        return array if dialect.name == "postgresql" else dialect.type_descriptor(Text())

    def process_bind_param(self, value: Iterable[int] | None, dialect: Dialect) -> Any:
        numbers = list(value or ())
        return numbers if dialect.name == "postgresql" else json.dumps(numbers)


class listed_in(FunctionElement[bool]):  # noqa: N801 - reads as a condition
    """``column IN (…)`` for any number of numbers, which are passed as one parameter.

    ``in_`` makes a parameter of each: for the thousands of a batch that costs more than the
    database needs to look them up, and SQLite takes 32,766 at most. ``numbers``: the parameter's
    name, in a statement that is built once; else the numbers themselves.
    """

    inherit_cache = True
    name = "listed_in"

    def __init__(self, column: Any, numbers: str | Collection[int]) -> None:
        if isinstance(numbers, str):
            parameter = bindparam(numbers, type_=Numbers())
        else:
            parameter = bindparam("numbers", numbers, type_=Numbers(), unique=True)
        super().__init__(column, parameter)


@compiles(listed_in)
def _listed_in(element: listed_in, compiler: SQLCompiler, **options: Any) -> str:
    column, numbers = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({numbers}))"


@compiles(listed_in, "postgresql")
def _listed_in_array(element: listed_in, compiler: SQLCompiler, **options: Any) -> str:
    column, numbers = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} = ANY ({numbers})"
