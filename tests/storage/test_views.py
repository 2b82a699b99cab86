"""The documented views: what may be shown, as it may be shown, through every migration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, String, Text, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from aggregator.model import Credit, RightsBasis, Role
from pipelines.attribute import attribute
from pipelines.store import store
from storage import channels, views
from storage.database import Database
from tests.conftest import PostgresServer
from tests.docs.pages import REFERENCE, first_cells, read, section
from tests.pipelines.builders import LONG_TEXT, normalised, publisher

pytestmark = pytest.mark.own_database

Put = Callable[..., int]


@pytest.fixture
def put(database: Database) -> Put:
    """``put(basis=…)`` stores an article of a publisher with these rights."""

    def put(*, basis: RightsBasis = RightsBasis.EXCERPT_ONLY, **changes: Any) -> int:
        about = publisher(rights_basis=basis)
        with database.session() as session:
            channels.ensure(session, about, ())
        outcome = store(database, attribute(normalised(**changes), about), cause="channel")
        assert outcome.article_id is not None
        return outcome.article_id

    return put


def rows(database: Database, query: str) -> list[Any]:
    with database.session() as session:
        return list(session.execute(text(query)).mappings())


def test_there_is_a_view_for_each_name(database: Database) -> None:
    assert set(inspect(database.engine).get_view_names()) == set(views.VIEWS)


@pytest.mark.parametrize("basis", RightsBasis)
def test_the_text_is_there_only_where_the_rights_allow_it(
    database: Database, put: Put, basis: RightsBasis
) -> None:
    put(basis=basis)
    (row,) = rows(database, "SELECT * FROM published_articles")
    full = basis.allows_full_text
    assert (row["body"] is not None, row["body_html"] is not None) == (full, full)
    assert LONG_TEXT.startswith(row["excerpt"].rstrip("…").rstrip())
    assert row["credit_line"]


def test_what_is_not_publishable_is_in_no_view(database: Database, put: Put) -> None:
    shown = put(tags=("SMK",), topics=("smk",), credits=(Credit(name="Rini", role=Role.REPORTER),))
    put(
        url="https://contoh.example/berita/2/judul",
        body_html="<p>Tanpa waktu.</p>",
        published_raw=None,
        tags=("SMK",),
        topics=("smk",),
        credits=(Credit(name="Rini", role=Role.REPORTER),),
    )
    assert [row["id"] for row in rows(database, "SELECT id FROM published_articles")] == [shown]
    for view in views.VIEWS[1:]:
        found = rows(database, f"SELECT article_id FROM {view}")
        assert [row["article_id"] for row in found] == [shown], view


@pytest.mark.parametrize("view", views.VIEWS)
def test_every_column_of_a_view_is_described(database: Database, view: str) -> None:
    columns = [column["name"] for column in inspect(database.engine).get_columns(view)]
    described = first_cells(section(read(REFERENCE / "database.md"), f"`{view}`"))
    assert set(described) == set(columns)


@contextmanager
def migrating(database: Database) -> Iterator[Connection]:
    with database.engine.begin() as connection, views.set_aside(connection):
        yield connection


def rebuild_tags(connection: Connection) -> None:
    """What neither database does under a view: SQLite makes the table anew, PostgreSQL retypes."""
    with (
        Operations.context(MigrationContext.configure(connection)) as op,
        op.batch_alter_table("article_tag") as table,
    ):
        table.alter_column("tag", type_=String(200), existing_type=Text(), existing_nullable=False)


def test_a_migration_may_rebuild_a_table_under_its_views(database: Database, put: Put) -> None:
    put(tags=("SMK",))
    before = {view: rows(database, f"SELECT * FROM {view}") for view in views.VIEWS}
    with migrating(database) as connection:
        rebuild_tags(connection)
    assert {view: rows(database, f"SELECT * FROM {view}") for view in views.VIEWS} == before


def test_it_could_not_with_the_views_in_place(database: Database, put: Put) -> None:
    put(tags=("SMK",))
    with pytest.raises(DBAPIError, match="view"), database.engine.begin() as connection:
        rebuild_tags(connection)


def test_a_migration_may_change_a_view(database: Database, put: Put) -> None:
    put()
    with migrating(database) as connection:
        connection.execute(text("CREATE VIEW article_tags AS SELECT 1 AS one"))
    assert rows(database, "SELECT * FROM article_tags") == [{"one": 1}]
    assert rows(database, "SELECT * FROM published_articles")


def test_a_migration_that_spoils_a_view_is_undone(database: Database) -> None:
    with pytest.raises(DBAPIError, match="tag"), migrating(database) as connection:
        connection.execute(text("DROP TABLE article_tag"))
    assert set(inspect(database.engine).get_view_names()) == set(views.VIEWS)


@pytest.mark.postgres
def test_rights_given_on_a_view_outlive_a_migration(postgres_server: PostgresServer) -> None:
    with postgres_server.migrated() as url:
        engine = create_engine(url)
        try:
            with engine.begin() as connection:
                views.grant(connection, "published_articles", views.PUBLIC)
            with engine.begin() as connection, views.set_aside(connection):
                pass
            with engine.connect() as connection:
                readers = views._readers(connection, "published_articles")
        finally:
            engine.dispose()
    assert readers == [views.PUBLIC]
