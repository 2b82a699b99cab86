"""The documented views, and how they stand aside while a migration changes what they look at.

Neither database lets a table be rebuilt or a column be altered under a view. So every migration
runs without them, and afterwards they are made again as they were, with the rights that were given
on them. A migration that changes a view makes the new one itself; one that no longer fits its
tables fails the upgrade as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, inspect, text

VIEWS = ("published_articles", "article_credits", "article_tags", "article_topics")
"""What programs of others may rely on; described in ``docs/reference/database.md``."""

PUBLIC = "PUBLIC"
"""Every role; a word of SQL, not a name."""


@contextmanager
def set_aside(connection: Connection) -> Iterator[None]:
    """Without the views inside, with them afterwards."""
    held = {name: _definition(connection, name) for name in _present(connection)}
    readers = {name: _readers(connection, name) for name in held}
    for name in held:
        connection.execute(text(f"DROP VIEW {name}"))
    yield
    for name in held.keys() - _present(connection):
        _run(connection, held[name])
        # SQLite takes a view of what is not there and complains when somebody reads it.
        _run(connection, f"SELECT * FROM {name} LIMIT 0")
    for name in readers.keys() & _present(connection):
        for reader in readers[name]:
            grant(connection, name, reader)


def grant(connection: Connection, view: str, role: str) -> None:
    """Let a role of PostgreSQL read a view."""
    quote = connection.dialect.identifier_preparer.quote_identifier
    _run(connection, f"GRANT SELECT ON {view} TO {role if role == PUBLIC else quote(role)}")


def _run(connection: Connection, statement: str) -> None:
    # As it stands: neither a colon nor a percent sign in it means a parameter.
    connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def _present(connection: Connection) -> set[str]:
    return set(inspect(connection).get_view_names()) & set(VIEWS)


def _definition(connection: Connection, name: str) -> str:
    """The statement that makes the view."""
    found = inspect(connection).get_view_definition(name)
    # SQLite keeps the whole statement, PostgreSQL the query.
    if connection.dialect.name == "postgresql":
        return f"CREATE VIEW {name} AS {found}"
    return found or ""


def _readers(connection: Connection, name: str) -> list[str]:
    if connection.dialect.name != "postgresql":
        return []
    return list(
        connection.scalars(
            text(
                "SELECT DISTINCT grantee FROM information_schema.role_table_grants "
                "WHERE table_schema = current_schema() AND table_name = :name "
                "AND privilege_type = 'SELECT' AND grantee <> current_user ORDER BY grantee"
            ),
            {"name": name},
        )
    )
