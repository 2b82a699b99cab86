"""The demo crawl as a process that can be killed, and all of a database's content that must not
differ for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, create_engine, select
from sqlalchemy.exc import DBAPIError

from storage.database import Database, open_database
from storage.tables import Base, RunRow
from tests.e2e.world import PROJECT

CONTENT = {
    "article": "publisher external_id canonical_url headline body credit_line revision first_seen "
    "publishable",
    "article_url": "publisher url reason",
    "revision": "headline body number changed",
    "credit": "name role position",
    "article_tag": "tag position",
    "article_topic": "topic",
    "article_flag": "name rule",
    "entry": "key url headline",
    "tombstone": "key",
    "article_signature": "priority marks minima",
    "cluster_mark": "mark witness",
    "cluster_link": "reason score",
    "cluster_member": "reason score",
    "cluster_pending": "article_id",
}
"""What must be equal; numbers of rows may differ, since articles may arrive in another order."""

Content = dict[str, list[tuple[Any, ...]]]


def start_demo(folder: Path, database_url: str) -> subprocess.Popen[bytes]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("AGGREGATOR_")}
    return subprocess.Popen(
        [sys.executable, "-m", "aggregator", "--database", database_url, "crawl", "--demo"],
        cwd=folder,
        env=clean | {"PYTHONPATH": str(PROJECT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def content(database_url: str) -> Content:
    """Rows by table, sorted; the database's own check of its file comes first."""
    database = open_database(database_url)
    try:
        with database.session() as session:
            if database.engine.dialect.name == "sqlite":
                checked = session.connection().exec_driver_sql("PRAGMA integrity_check").scalar()
                assert checked == "ok"
            return {name: sorted(_rows(database, name), key=repr) for name in CONTENT}
    finally:
        database.close()


def _rows(database: Database, name: str) -> list[tuple[Any, ...]]:
    table = Base.metadata.tables[name]
    with database.session() as session:
        found = session.execute(select(*(table.c[column] for column in CONTENT[name].split())))
        return [tuple(row) for row in found]


def statuses(database_url: str) -> set[str]:
    """How the runs ended."""
    database = open_database(database_url)
    with database.session() as session:
        found = set(session.scalars(select(RunRow.status)))
    database.close()
    return found


def stored(database_url: str) -> int:
    """Articles so far; none while the schema is being made.

    As light as can be, since it races with a crawl: an open database says who its user is, checks
    its schema, and may be locked.
    """
    engine = create_engine(database_url, poolclass=NullPool)
    try:
        if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").exists():
            return 0
        with engine.connect() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM article").scalar_one())
    except DBAPIError:
        return 0
