"""Databases for all tests: every test that asks for one runs on SQLite and on PostgreSQL.

Each test has a database of its own, copied from one that was migrated once per session.
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from storage.database import Database, open_database

SERVER_VARIABLE = "AGGREGATOR_TEST_POSTGRES_URL"

BACKENDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


class PostgresServer:
    """Makes and drops databases with names that no other test process uses."""

    def __init__(self, admin: Connection) -> None:
        self._admin = admin
        self._numbers = itertools.count()
        self.template: str | None = None
        """Name of the migrated database that others are copied from."""

    @contextmanager
    def database(self, template: str | None = None) -> Iterator[str]:
        """The address of a database that is gone afterwards; empty unless there is a template."""
        name = f"aggregator_test_{os.getpid()}_{next(self._numbers)}"
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._run(f"CREATE DATABASE {name} TEMPLATE {template or 'template0'}")
        try:
            address = self._admin.engine.url.set(database=name)
            yield address.render_as_string(hide_password=False)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

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
        server = PostgresServer(admin)
        with server.database() as template:
            open_database(template, writable=True).close()
            server.template = make_url(template).database
            yield server


def _without_server(problem: str) -> NoReturn:
    advice = (
        f"{problem}; start PostgreSQL "
        "(docker run --rm -p 5432:5432 -e POSTGRES_HOST_AUTH_METHOD=trust postgres) "
        f"and set {SERVER_VARIABLE}=postgresql://postgres@127.0.0.1/postgres"
    )
    if os.environ.get("CI"):
        pytest.fail(advice)
    pytest.skip(advice)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "news.db"
    open_database(f"sqlite:///{path}", writable=True).close()
    return path


@contextmanager
def _migrated(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "sqlite":
        path = folder / "news.db"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        yield f"sqlite:///{path}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        with server.database(server.template) as url:
            yield url


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database without rows."""
    with _migrated(request, tmp_path) as url:
        yield url


@pytest.fixture(params=BACKENDS, scope="module")
def shared_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The same for all tests of a module, which leave it as they found it."""
    with _migrated(request, tmp_path_factory.mktemp("shared")) as url:
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
