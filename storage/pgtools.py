"""PostgreSQL's own programs for copies: ``pg_dump``, ``pg_restore`` and ``psql``.

Passwords are handed over in the environment, never on a command line that every user of the machine
can read. What passes between programs is streamed: a copy may be larger than the memory.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from sqlalchemy import inspect

from aggregator.errors import BackupError
from storage.database import Database
from storage.tables import Base

BESIDE = ("alembic_version", "article_search")
"""Tables that the metadata does not know: Alembic's own, and the full-text index."""

LOCK_TIMEOUT = "10s"
"""How long a restore waits for whoever uses the tables."""

ADVICE = "{program} is not installed (Debian: apt install postgresql-client)"


class PostgresCopier:
    suffix = ".dump"

    def copy(self, database: Database, target: Path) -> None:
        dump = ("pg_dump", "--format=custom", f"--file={target}", "--no-owner")
        with _running(target, *dump, database=database):
            pass

    def facts(self, copy: Path) -> tuple[str, int]:
        """Reads the copy's tables from end to end, as a restore would."""
        versions = list(_rows(copy, "alembic_version"))
        if not versions:
            raise BackupError(copy, "holds no database of this program")
        return versions[0].decode(), sum(1 for _ in _rows(copy, "article"))

    def restore(self, database: Database, copy: Path) -> None:
        """In one transaction: either all of it is as in the copy, or nothing has changed."""
        names = ", ".join(f'"{name}"' for name in [*Base.metadata.tables, *BESIDE])
        database.close()
        into = ("psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1")
        with (
            _script(copy) as script,
            _running(copy, *into, "--output=/dev/null", database=database, fed=True) as psql,
        ):
            assert psql.stdin is not None
            psql.stdin.write(f"SET lock_timeout = '{LOCK_TIMEOUT}';\n".encode())
            psql.stdin.write(f"DROP TABLE IF EXISTS {names} CASCADE;\n".encode())
            shutil.copyfileobj(script, psql.stdin)

    @staticmethod
    def holds_tables(database: Database) -> bool:
        with database.engine.connect() as connection:
            return inspect(connection).has_table("alembic_version")


@contextmanager
def _script(copy: Path, *options: str) -> Iterator[IO[bytes]]:
    """The SQL that a copy stands for."""
    command = ("pg_restore", "--no-owner", "--no-privileges", *options, "--file=-", str(copy))
    with _running(copy, *command) as program:
        assert program.stdout is not None
        yield program.stdout


def _rows(copy: Path, table: str) -> Iterator[bytes]:
    """The rows of a table, as they stand between ``COPY`` and its end mark."""
    with _script(copy, "--data-only", f"--table={table}") as script:
        yield from _between(script, f"COPY public.{table} ".encode(), b"\\.\n")


def _between(lines: Iterable[bytes], opening: bytes, closing: bytes) -> Iterator[bytes]:
    inside = False
    for line in lines:
        if inside and line == closing:
            inside = False
        elif inside:
            yield line.rstrip(b"\n")
        else:
            inside = line.startswith(opening)


@contextmanager
def _running(
    named: Path, *command: str, database: Database | None = None, fed: bool = False
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that must end well; its errors are told of the copy that is made or read."""
    path = shutil.which(command[0])
    if path is None:
        raise BackupError(named, ADVICE.format(program=command[0]))
    with TemporaryFile() as complaints:
        program = subprocess.Popen(
            [path, *command[1:]],
            stdin=subprocess.PIPE if fed else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env={**os.environ, **_environment(database)},
        )
        # A broken pipe: it gave up; why, it says below.
        with suppress(BrokenPipeError), program:
            yield program
        if program.returncode:
            complaints.seek(0)
            said = complaints.read().decode("utf-8", "replace").strip().splitlines()
            errors = [line for line in said if "ERROR" in line] or said
            raise BackupError(named, errors[0] if errors else f"{command[0]} failed")


def _environment(database: Database | None) -> dict[str, str]:
    """libpq's variables for a database's address."""
    if database is None:
        return {}
    url = database.engine.url
    known = {
        "PGHOST": url.host,
        "PGPORT": url.port,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }
    options = {f"PG{name.upper()}": value for name, value in url.query.items()}
    given = {**known, **options}
    return {name: str(value) for name, value in given.items() if value is not None}
