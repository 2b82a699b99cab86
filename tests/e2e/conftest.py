"""Fixtures of the end-to-end tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.e2e.world import Finished, World, run_program


@pytest.fixture
def aggregator(tmp_path: Path) -> Callable[..., Finished]:
    """``aggregator("list", "--json")`` in an empty folder."""

    def run(
        *args: str,
        env: dict[str, str] | None = None,
        cwd: Path = tmp_path,
        stdin: str | None = None,
    ) -> Finished:
        return run_program("-m", "aggregator", *args, cwd=cwd, env=env, stdin=stdin)

    return run


@pytest.fixture
def world(httpserver: HTTPServer, tmp_path: Path) -> World:
    return World(httpserver, tmp_path)


@pytest.fixture
def either(httpserver: HTTPServer, tmp_path: Path, database_url: str) -> World:
    """A world whose database is SQLite's and PostgreSQL's in turn."""
    return World(httpserver, tmp_path, database_url)
