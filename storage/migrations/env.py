"""Alembic's environment: migrates the connection that ``storage.database.upgrade`` passes."""

from __future__ import annotations

from alembic import context

from storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite cannot alter tables in place; Alembic copies them.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
