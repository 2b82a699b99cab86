"""A whole database into another one: every table of the schema, checked row by row.

Tables come from the metadata, so those of later migrations are copied too. All is written in one
transaction: what fails leaves the target as empty as it was.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Table, func, insert, select, text
from sqlalchemy.orm import Session

from aggregator.errors import CopyError, DatabaseNotEmptyError
from storage import search
from storage.database import Database, wrapped
from storage.tables import Base

BATCH = 1000
"""Rows in memory at a time."""

_DIGEST_SIZE = 2**256


@dataclass(frozen=True, kw_only=True)
class TableCount:
    """How much a table holds, and of what."""

    table: str
    rows: int
    digest: int
    """Sum of the rows' hashes: the same in whatever order a database gives its rows."""


def copy_database(source: Database, target: Database) -> tuple[TableCount, ...]:
    """Copy all rows into a database without any. Raises ``StorageError``.

    The source is read as it was in one moment, also beside a running crawl.
    """
    with wrapped(target.shown_url), target.engine.begin() as writing, _reading(source) as reading:
        _refuse_rows(writing, target.shown_url)
        counts = tuple(
            _copy_table(source, reading, writing, table) for table in Base.metadata.sorted_tables
        )
        _check(writing, counts, target.shown_url)
        if writing.dialect.name == "postgresql":
            _set_sequences(writing)
        # The full-text index is each database's own, and no table of the schema.
        with Session(bind=writing) as session:
            search.rebuild(session)
            session.flush()
    return counts


def count_table(connection: Connection, table: Table) -> TableCount:
    """Read a whole table, a batch at a time."""
    count = digest = 0
    for batch in _batches(connection, table):
        count += len(batch)
        digest += sum(map(_digest, batch))
    return TableCount(table=table.name, rows=count, digest=digest % _DIGEST_SIZE)


def _reading(source: Database) -> Connection:
    with wrapped(source.shown_url):
        connection = source.engine.connect()
    if connection.dialect.name == "postgresql":
        # SQLite's readers always see one moment; PostgreSQL's must ask for it.
        return connection.execution_options(isolation_level="REPEATABLE READ")
    return connection


def _refuse_rows(connection: Connection, url: str) -> None:
    for table in Base.metadata.sorted_tables:
        if connection.execute(select(1).select_from(table).limit(1)).first() is not None:
            raise DatabaseNotEmptyError(url, table=table.name)


def _copy_table(
    source: Database, reading: Connection, writing: Connection, table: Table
) -> TableCount:
    count = digest = 0
    for batch in _from(source, _batches(reading, table)):
        writing.execute(insert(table), [dict(row._mapping) for row in batch])
        count += len(batch)
        digest += sum(map(_digest, batch))
    return TableCount(table=table.name, rows=count, digest=digest % _DIGEST_SIZE)


def _from(source: Database, batches: Iterator[Sequence[Row[Any]]]) -> Iterator[Sequence[Row[Any]]]:
    """The same, so that what goes wrong in reading names the source."""
    while True:
        with wrapped(source.shown_url):
            batch = next(batches, None)
        if batch is None:
            return
        yield batch


def _batches(connection: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    with connection.execute(select(table), execution_options={"yield_per": BATCH}) as found:
        yield from found.partitions()


def _digest(row: Row[Any]) -> int:
    values = json.dumps(list(row), default=str, sort_keys=True)
    return int.from_bytes(hashlib.sha256(values.encode()).digest())


def _check(connection: Connection, counts: Sequence[TableCount], url: str) -> None:
    for table, expected in zip(Base.metadata.sorted_tables, counts, strict=True):
        found = count_table(connection, table)
        if found != expected:
            raise CopyError(url, table=table.name, expected=expected.rows, found=found.rows)


def _set_sequences(connection: Connection) -> None:
    """Numbers that the target gives begin after those that came with the rows."""
    quoted = connection.dialect.identifier_preparer.format_table
    for table in Base.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        last = connection.scalar(select(func.max(column)))
        if last is not None:
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)"),
                {"table": quoted(table), "column": column.name, "last": last},
            )
