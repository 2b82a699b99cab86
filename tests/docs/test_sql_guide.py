"""The guide "Query the database with SQL": ten questions, on both databases, as the reader role."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from aggregator.cli.main import main
from aggregator.errors import RoleError
from storage.copying import copy_database
from storage.database import Database, open_database
from storage.readers import grant_reader
from storage.tables import Base
from storage.views import VIEWS
from tests.conftest import PostgresServer
from tests.docs.pages import DOCS, blocks, read

GUIDE = read(DOCS / "how-to" / "query-with-sql.md")
QUESTIONS = [b.text for b in blocks(GUIDE) if b.language == "sql" and b.about == "question"]
ROLE = f"aggregator_test_portal_{os.getpid()}"


@pytest.fixture(scope="module")
def postgres_copy(postgres_server: PostgresServer, demo_database: str) -> Iterator[str]:
    """The demo's articles in PostgreSQL, and a role that may read the views."""
    with postgres_server.migrated() as url:
        source, target = open_database(demo_database), open_database(url, writable=True)
        copy_database(source, target)
        source.close()
        with target.session() as session:
            session.execute(text(f"CREATE ROLE {ROLE} LOGIN"))
        grant_reader(target, ROLE)
        yield url
        with target.session() as session:
            session.execute(text(f"DROP OWNED BY {ROLE}"))
            session.execute(text(f"DROP ROLE {ROLE}"))
        target.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def reader(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The demo's articles as a programmer of a portal sees them."""
    if request.param == "sqlite":
        address = make_url(request.getfixturevalue("demo_database"))
    else:
        address = make_url(request.getfixturevalue("postgres_copy")).set(username=ROLE)
    engine = create_engine(address)
    yield engine
    engine.dispose()


def test_there_are_ten_questions() -> None:
    assert len(QUESTIONS) == 10


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_answered(question: str, reader: Engine) -> None:
    with reader.connect() as connection:
        assert connection.execute(text(question)).all()


@pytest.fixture
def portal(postgres_copy: str) -> Iterator[Engine]:
    engine = create_engine(make_url(postgres_copy).set(username=ROLE))
    yield engine
    engine.dispose()


@pytest.mark.postgres
@pytest.mark.parametrize("view", VIEWS)
def test_the_role_reads_every_view(portal: Engine, view: str) -> None:
    with portal.connect() as connection:
        assert connection.execute(text(f"SELECT * FROM {view} LIMIT 1")).all()


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        *(f'SELECT * FROM "{table}"' for table in Base.metadata.tables),
        "SELECT * FROM alembic_version",
        "UPDATE published_articles SET headline = 'x'",
        "DELETE FROM article_tags",
        "INSERT INTO article_credits (article_id) VALUES (1)",
        "CREATE TABLE mine (id integer)",
        "DROP VIEW published_articles",
    ],
)
def test_the_role_can_do_nothing_else(portal: Engine, statement: str) -> None:
    with (
        portal.connect() as connection,
        pytest.raises(DBAPIError, match=r"permission denied|must be owner|cannot"),
    ):
        connection.execute(text(statement))


@pytest.mark.postgres
def test_rights_that_the_role_had_on_tables_are_taken(postgres_copy: str, portal: Engine) -> None:
    with closing(open_database(postgres_copy, writable=True)) as owner:
        with owner.session() as session:
            session.execute(text(f"GRANT ALL ON article TO {ROLE}"))
        grant_reader(owner, ROLE)
    with portal.connect() as connection, pytest.raises(DBAPIError, match="permission denied"):
        connection.execute(text("SELECT 1 FROM article"))


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("role", "problem"), [("nobody_of_that_name", "no such role"), ("postgres", "superuser")]
)
def test_some_roles_cannot_be_readers(postgres_copy: str, role: str, problem: str) -> None:
    owner = open_database(postgres_copy, writable=True)
    with closing(owner), pytest.raises(RoleError, match=problem):
        grant_reader(owner, role)


def test_sqlite_has_no_roles(database: Database) -> None:
    if database.engine.dialect.name == "sqlite":
        with pytest.raises(RoleError, match="no roles"):
            grant_reader(database, "portal")


@pytest.mark.postgres
def test_the_command_says_what_it_did(
    postgres_copy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--language", "en", "--database", postgres_copy, "db", "grant-reader", ROLE]
    assert main(arguments) == 0
    assert f"{ROLE} can read the views" in capsys.readouterr().out
