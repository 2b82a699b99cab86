"""Databases for all tests: every test that asks for one runs on SQLite and on PostgreSQL.

Each test finds a migrated database without rows: on SQLite a copy of one that was migrated once
per session, on PostgreSQL one database that is emptied after each test. (Making and dropping one
there forces checkpoints: 0.3 s each, and seconds beside another writer. Emptying takes 1 ms.)
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from storage.database import HEAD, Database, open_database


def pytest_configure(config: pytest.Config) -> None:
    """Slow tests run in CI, and elsewhere when asked for: ``-m slow``, or ``-m ''`` for all."""
    if not os.environ.get("CI") and "-m" not in config.invocation_params.args:
        config.option.markexpr = "not slow"


LONGEST = ("test_month.py", "test_withdrawals.py", "test_schedule.py", "test_published.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, so that at the end no core waits for another."""
    order = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.name, len(LONGEST)))


SERVER_VARIABLE = "AGGREGATOR_TEST_POSTGRES_URL"

BACKENDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


# All rows of all tables, in whatever order, and the numbers from 1 again.
EMPTY = """
DO $$
DECLARE found text;
BEGIN
    SET LOCAL session_replication_role = replica;  -- no foreign key looks
    FOR found IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP EXECUTE 'DELETE FROM ' || quote_ident(found); END LOOP;
    FOR found IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'
    LOOP PERFORM setval(quote_ident(found)::regclass, 1, false); END LOOP;
END $$
"""


class PostgresServer:
    """Makes and drops databases with names that no other test process uses."""

    def __init__(self, admin: Connection) -> None:
        self._admin = admin
        self._numbers = itertools.count()

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of an empty database that is gone afterwards."""
        name = f"aggregator_test_{os.getpid()}_{next(self._numbers)}"
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._run(f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            address = self._admin.engine.url.set(database=name)
            yield address.render_as_string(hide_password=False)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def migrated(self) -> Iterator[str]:
        """The same, with the schema."""
        with self.database() as url:
            open_database(url, writable=True).close()
            yield url

    def _run(self, statement: str) -> None:
        self._admin.execute(text(statement))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The server that the environment names; without it the test is skipped, or fails in CI."""
    url = os.environ.get(SERVER_VARIABLE)
    if not url:
        _without_server(f"{SERVER_VARIABLE} is not set")
    address = make_url(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(
        address,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={"connect_timeout": 5},
    )
    try:
        admin = engine.connect()
    except OperationalError:
        _without_server(f"no server answers at {address.render_as_string()}")
    with admin:
        yield PostgresServer(admin)


def _without_server(problem: str) -> NoReturn:
    advice = (
        f"{problem}; start PostgreSQL "
        "(docker run --rm -p 5432:5432 -e POSTGRES_HOST_AUTH_METHOD=trust postgres) "
        f"and set {SERVER_VARIABLE}=postgresql://postgres@127.0.0.1/postgres"
    )
    if os.environ.get("CI"):
        pytest.fail(advice)
    pytest.skip(advice)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Why tests were skipped, each reason once: hundreds of them want the same server."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in skipped)
    for reason, count in reasons.items():
        terminalreporter.write_line(f"skipped {count}: {reason}")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "news.db"
    open_database(f"sqlite:///{path}", writable=True).close()
    return path


@pytest.fixture(scope="session")
def migrated_on_server(postgres_server: PostgresServer) -> Iterator[str]:
    with postgres_server.migrated() as url:
        yield url


@contextmanager
def _emptied(url: str) -> Iterator[str]:
    """A migrated database of PostgreSQL, and without the rows of one test for the next."""
    yield url
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        # What a test left open would hold its rows.
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
        schema = connection.scalar(text("SELECT version_num FROM alembic_version"))
        assert schema == HEAD, "a test that changes the schema needs a database of its own"
        connection.exec_driver_sql(EMPTY)


def _copied(migrated_file: Path, folder: Path) -> str:
    path = folder / "news.db"
    shutil.copy(migrated_file, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=BACKENDS)
def database_url(
    request: pytest.FixtureRequest, tmp_path: Path, migrated_file: Path
) -> Iterator[str]:
    """The address of a migrated database without rows."""
    if request.param == "sqlite":
        yield _copied(migrated_file, tmp_path)
    elif request.node.get_closest_marker("own_database"):
        with request.getfixturevalue("postgres_server").migrated() as url:
            yield url
    else:
        with _emptied(request.getfixturevalue("migrated_on_server")) as url:
            yield url


@pytest.fixture(params=BACKENDS, scope="module")
def shared_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, migrated_file: Path
) -> Iterator[str]:
    """The same for all tests of a module, which leave it as they found it."""
    if request.param == "sqlite":
        yield _copied(migrated_file, tmp_path_factory.mktemp("shared"))
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        with server.migrated() as url:
            yield url


@pytest.fixture(params=BACKENDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a schema: no file, or one that is empty."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        with server.database() as url:
            yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url, writable=True)
    yield opened
    opened.close()
