"""Fixtures of the storage tests."""

from __future__ import annotations

import pytest

from storage import channels
from storage.database import Database
from tests.pipelines.builders import publisher


@pytest.fixture
def database(database: Database) -> Database:
    """A database that knows the publisher of the builders, and another one."""
    with database.session() as session:
        for name in ("contoh", "lain"):
            channels.ensure(session, publisher(name=name), ())
    return database
