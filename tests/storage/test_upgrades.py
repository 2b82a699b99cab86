"""From every schema that was released, with a row in each of its tables: nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    DateTime,
    LargeBinary,
    MetaData,
    NullPool,
    Numeric,
    Table,
    create_engine,
    insert,
    select,
)

import storage
from aggregator.query import ArticleFilter, find_articles
from storage.database import EARLIER, open_database
from tests.pipelines.builders import NOW

pytestmark = [
    pytest.mark.own_database,
    pytest.mark.filterwarnings("ignore:Did not recognize type 'tsvector'"),
]

ADDRESS = "https://contoh.example/berita/1/judul"
ARTICLE = {
    "publisher_title": "Harian Contoh",
    "attribution_url": ADDRESS,
    "canonical_url": ADDRESS,
    "credit_line": f"Sumber: Harian Contoh — {ADDRESS}",
    "headline": "Siswa SMK Merakit Sepeda Listrik",
    "published_at": NOW,
    "published_offset": 480,
    "publishable": True,
    "pages": 1,
    "revision": 1,
}
ALLOWED = {
    ("run", "status"): "finished",
    ("run", "mode"): "live",
    ("fetch", "state"): "stored",
    ("channel", "kind"): "feed",
    ("credit", "role"): "reporter",
    ("channel_poll", "status"): "ok",
    ("robots_visit", "decision"): "rules",
    ("robots_visit", "text_hash"): None,
    ("portal_match", "reason"): "identity",
    ("cluster_link", "first_id"): 1,
    ("cluster_link", "second_id"): 2,
    ("cluster_link", "reason"): "edited",
    ("cluster_decision", "kind"): "merge",
    ("cluster_decision_pair", "first_id"): 1,
    ("cluster_decision_pair", "second_id"): 2,
    ("review", "state"): "approved",
    ("publication", "state"): "waiting",
    ("desk_user", "role"): "editor",
    ("desk_user", "password_hash"): "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA",
    **{("article", name): value for name, value in ARTICLE.items()},
}
"""Where the schema does not allow any value."""

REWRITTEN = {("revision", "cause")}
"""To which a migration gives another value on purpose."""


@pytest.mark.parametrize("revision", EARLIER)
def test_an_upgrade_loses_no_row_and_no_value(empty_url: str, revision: str) -> None:
    engine = create_engine(empty_url, poolclass=NullPool)
    with engine.begin() as connection:
        _upgrade(connection, revision)
        before = _tables(connection)
        for table in before.sorted_tables:
            connection.execute(insert(table), _made_up(table))
        rows = {table.name: _rows(connection, table) for table in before.sorted_tables}
    database = open_database(empty_url, writable=True)
    try:
        with database.engine.connect() as connection:
            after = _tables(connection)
            kept = {name: _rows(connection, table) for name, table in after.tables.items()}
        with database.session() as session:
            page = find_articles(session, ArticleFilter())
            credited = [view.attribution.credit_line for view in page.articles]
    finally:
        database.close()
        engine.dispose()
    assert credited == [ARTICLE["credit_line"]] * 2
    assert all(rows.values())
    for name, held in rows.items():
        for row in held:
            shared = {
                column: value
                for column, value in row.items()
                if column in after.tables[name].columns and (name, column) not in REWRITTEN
            }
            assert shared in [{c: found[c] for c in shared} for found in kept[name]], name


def _upgrade(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(*storage.__path__) / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _tables(connection: Connection) -> MetaData:
    """The tables as they are; neither Alembic's own nor what the full-text index consists of."""
    found = MetaData()
    found.reflect(
        connection,
        only=lambda name, _: name != "alembic_version" and not name.startswith("article_search"),
    )
    return found


def _made_up(table: Table) -> list[dict[str, Any]]:
    row = _row(table)
    # Two articles, for tables that are about two.
    other = {"id": 2, "canonical_url": f"{ADDRESS}-2", "publishable": False}
    return [row, row | other] if table.name == "article" else [row]


def _row(table: Table) -> dict[str, Any]:
    # Columns that may be empty stay so: which of them belong together the schema alone knows.
    return {
        column.name: ALLOWED.get((table.name, column.name), _value(column))
        for column in table.columns
        if not column.nullable or (table.name, column.name) in ALLOWED
    }


def _value(column: Column[Any]) -> Any:
    if column.name == "publisher" or (column.table.name, column.name) == ("publisher", "name"):
        return "contoh"
    if column.name == "timezone":
        return "Asia/Makassar"
    if column.name == "rights_basis":
        return "kutipan_saja"
    if isinstance(column.type, JSON):
        return []
    if isinstance(column.type, DateTime):
        return NOW
    if isinstance(column.type, LargeBinary):
        return b"\x00\xff"
    if isinstance(column.type, Boolean):
        return False
    if column.type.python_type in (int, float) or isinstance(column.type, Numeric):
        return 1 if column.primary_key or column.foreign_keys else 0
    return "ada"


def _rows(connection: Connection, table: Table) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(table)).mappings()]
