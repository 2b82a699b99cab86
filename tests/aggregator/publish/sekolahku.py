"""A database of CMS Sekolahku on a real server, and what its templates make of a post."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import pymysql
import pytest

VARIABLE = "AGGREGATOR_TEST_MARIADB_URL"
TABLES = Path(__file__).with_name("sekolahku.sql")
ACCOUNT = "agregator_uji"
PASSWORD = "rahasia-uji"
RIGHTS = (
    ("SELECT, INSERT, UPDATE", "posts"),
    ("SELECT, INSERT", "categories"),
    ("SELECT, INSERT", "tags"),
    ("SELECT", "users"),
    ("SELECT", "settings"),
)


class Sekolahku:
    def __init__(self, admin: pymysql.Connection[Any], host: str, port: int, name: str) -> None:
        self.admin, self.host, self.port, self.name = admin, host, port, name

    @property
    def address(self) -> str:
        return f"{self.host}:{self.port}/{self.name}"

    def run(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self.admin.cursor() as cursor:
            cursor.execute(statement, values or None)
            return list(cursor.fetchall())

    def make(self) -> None:
        """As freshly installed; the account has the rights that the guide says."""
        self.run(f"DROP DATABASE IF EXISTS {self.name}")
        self.run(f"CREATE DATABASE {self.name} CHARACTER SET utf8mb3")
        self.run(f"USE {self.name}")
        for statement in TABLES.read_text(encoding="utf-8").split(";"):
            if statement.strip():
                self.run(statement)
        self.grant()

    def grant(self, rights: tuple[tuple[str, str], ...] = RIGHTS) -> None:
        self.run(f"CREATE OR REPLACE USER {self.account} IDENTIFIED BY '{PASSWORD}'")
        for right, table in rights:
            self.run(f"GRANT {right} ON {self.name}.{table} TO {self.account}")

    @property
    def account(self) -> str:
        return f"'{ACCOUNT}_{os.getpid()}'@'%'"

    def post(self, column: str = "*") -> Any:
        (row,) = self.run(f"SELECT {column} FROM posts")
        return row if column == "*" else row[0]

    # --- its templates, as far as the facts about them go -----------------------------------------

    def home_page(self) -> bytes:
        """Its list: cut after 165 bytes."""
        return b"".join(
            re.sub(r"<[^>]*>", "", body).encode()[:165]
            for (body,) in self.run(
                "SELECT post_content FROM posts WHERE post_type = 'post' AND is_deleted = 'false' "
                "AND post_status = 'publish' AND post_visibility = 'public' "
                "ORDER BY created_at DESC"
            )
        )

    def page(self) -> bytes:
        """Its page of one post: headline in an attribute and raw, date, author, related posts."""
        title, body, at, author = self.run(
            "SELECT post_title, post_content, created_at, (SELECT user_full_name FROM users "
            "WHERE id = post_author) FROM posts"
        )[0]
        teaser = re.sub(r"<[^>]*>", "", body).encode()[:185]
        head = f'<meta property="og:title" content="{title}"><h2>{title}</h2>{body}'
        return head.encode() + f"{at:%d/%m/%Y %H:%M} - Oleh {author}".encode() + teaser


@contextmanager
def sekolahku() -> Iterator[Sekolahku]:
    url = os.environ.get(VARIABLE)
    if not url:
        _without_server(f"{VARIABLE} is not set")
    parts = urlsplit(url)
    host, port = parts.hostname or "127.0.0.1", parts.port or 3306
    try:
        admin = pymysql.connect(
            host=host,
            port=port,
            user=parts.username or "root",
            password=parts.password or "",
            autocommit=True,
            connect_timeout=5,
        )
    except pymysql.MySQLError:
        _without_server(f"no server answers at {host}:{port}")
    with admin:
        found = Sekolahku(admin, host, port, f"aggregator_test_sekolahku_{os.getpid()}")
        try:
            yield found
        finally:
            found.run(f"DROP DATABASE IF EXISTS {found.name}")
            found.run(f"DROP USER IF EXISTS {found.account}")


def _without_server(problem: str) -> NoReturn:
    advice = (
        f"{problem}; start MariaDB "
        "(docker run --rm -p 3306:3306 -e MARIADB_ALLOW_EMPTY_ROOT_PASSWORD=1 mariadb) "
        f"and set {VARIABLE}=mysql+pymysql://root@127.0.0.1:3306/"
    )
    if os.environ.get("CI"):
        pytest.fail(advice)
    pytest.skip(advice)
