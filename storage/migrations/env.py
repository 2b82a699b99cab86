"""Alembic's environment: migrates the connection that ``storage.database.upgrade`` passes."""

from __future__ import annotations

from alembic import context

from storage import views
from storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite cannot alter tables in place; Alembic copies them.
    render_as_batch=True,
)
with context.begin_transaction(), views.set_aside(context.get_bind()):
    context.run_migrations()
