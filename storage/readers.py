"""Roles of PostgreSQL that may read the documented views and nothing else."""

from __future__ import annotations

from sqlalchemy import text

from aggregator.errors import RoleError
from storage import views
from storage.database import Database


def grant_reader(database: Database, role: str) -> None:
    """Give an existing role the right to read the views; take every other right on tables.

    Raises ``RoleError`` for a role that is not there or could do everything anyway.
    """
    if database.engine.dialect.name != "postgresql":
        raise RoleError(role=role, detail="SQLite has no roles: give the file read-only instead")
    with database.session() as session:
        connection = session.connection()
        found = connection.execute(
            text("SELECT rolsuper FROM pg_roles WHERE rolname = :role"), {"role": role}
        ).scalar()
        if found is None:
            raise RoleError(role=role, detail="no such role; make it with CREATE ROLE … LOGIN")
        if found:
            raise RoleError(role=role, detail="a superuser can read and write everything")
        quote = connection.dialect.identifier_preparer.quote_identifier
        name = quote(role)
        base = quote(database.engine.url.database or "")
        schema = quote(connection.scalar(text("SELECT current_schema()")))
        for statement in (
            f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {name}",
            f"GRANT CONNECT ON DATABASE {base} TO {name}",
            f"GRANT USAGE ON SCHEMA {schema} TO {name}",
        ):
            connection.exec_driver_sql(statement, execution_options={"no_parameters": True})
        for view in views.VIEWS:
            views.grant(connection, view, role)
