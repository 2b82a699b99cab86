"""CMS Sekolahku by its database (MariaDB or MySQL).

It has no interface for programs, no place for a source, an original date or a schedule, and no
foreign keys; its templates print what they find. So the text carries the attribution, this side
remembers which post is which article, and a post is written only when its time has come.

What is said about it was seen by running versions 2.4.6, 2.4.9 and 2.4.13; each trap has a test
(``tests/aggregator/publish/test_sekolahku_db.py``). Nothing of its code is used here.

A post that is taken down is a draft in the bin, so that neither a click on "restore" nor one on
"publish" alone shows it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

import pymysql
from pymysql.connections import Connection

from aggregator.config import Config
from aggregator.errors import (
    PortalError,
    PortalRefusedError,
    PortalUnavailableError,
    PostRefusedError,
)
from aggregator.publish import sekolahku_tables as tables
from aggregator.publish import sekolahku_text as text
from aggregator.publish.port import Post, PostState, RemotePost
from aggregator.publish.secret import password_of
from aggregator.publish.sekolahku_schema import Lengths, lengths
from aggregator.publishconfig import TargetConfig
from aggregator.times import system_clock

PORT = 3306
CONNECT_SECONDS, ANSWER_SECONDS = 10, 30

NO_IMAGE = "-"
"""Name of a picture that does not exist. For none at all it prints the folder of all."""

# Codes of the server and of the driver.
_PASSING = frozenset(
    {
        *(1040, 1203, 1226),  # too many connections, of all or of this account
        *(1205, 1213),  # somebody else holds the row
        *(1053, 1077, 1927, 2002, 2003, 2006, 2013, 2055),  # it is going down, or not there
    }
)
_LASTING = frozenset(
    {
        *(1044, 1045, 1130, 1698),  # no access
        *(1049, 1054, 1146),  # no such database, column, table
        *(1142, 1143, 1227, 1290),  # no right, or a server that only reads
    }
)


def open_port(portal: TargetConfig, config: Config) -> SekolahkuDatabase:
    """Raises ``PortalError``."""
    connection = _connect(portal, password_of(portal).reveal())
    try:
        return SekolahkuDatabase(portal, connection, ZoneInfo(portal.timezone or config.timezone))
    except BaseException:
        connection.close()
        raise


class SekolahkuDatabase:
    """One transaction for each post: all of it is there, or nothing is."""

    def __init__(
        self, portal: TargetConfig, connection: Connection[Any], default_zone: ZoneInfo
    ) -> None:
        self.portal, self.connection = portal, connection
        with self._asking() as cursor:
            self.lengths = lengths(self.name, tables.columns(cursor))
            self.zone = tables.zone(cursor, self.name, default_zone)
            self.author = tables.author(cursor, portal)

    @property
    def name(self) -> str:
        return self.portal.name

    def check(self) -> tuple[str, ...]:
        """What opening it found: tables, rights, clock and author were looked at then."""
        with self._asking() as cursor:
            cursor.execute("SELECT VERSION()")
            version = cursor.fetchone()[0]
        return (
            f"CMS Sekolahku, {version}",
            f"timezone {self.zone.key}",
            f"author {self.portal.author}",
        )

    def find(self, post: Post) -> RemotePost | None:
        """By the end of its address; else by its credit line's address, since saving a headline in
        the editor makes a new address."""
        ending = post.slug.rpartition("-")[2]
        address = f'(<a href="{escape(post.source_url)}"'
        with self._asking() as cursor:
            for condition, value in (
                ("post_slug LIKE %s", f"%-{ending}"),
                ("LOCATE(%s, post_content) > 0", address),
            ):
                cursor.execute(f"{_READ} AND {condition} ORDER BY id LIMIT 1", (value,))
                if row := cursor.fetchone():
                    return self._remote(row)
        return None

    def read(self, remote_id: str) -> RemotePost | None:
        with self._asking() as cursor:
            cursor.execute(f"{_READ} AND id = %s", (remote_id,))
            row = cursor.fetchone()
        return self._remote(row) if row else None

    def create(self, post: Post) -> RemotePost:
        with self._asking() as cursor:
            values = self._values(cursor, post) | {
                "post_image": NO_IMAGE,
                "post_author": self.author,
                "post_type": "post",
                "post_visibility": "public",
                "post_comment_status": "close",
                "post_slug": _address(post.slug, self.lengths),
                "post_counter": 0,
                "created_at": self._local(post.shown_at),
                "created_by": self.author,
            }
            names = ", ".join(values)
            places = ", ".join(["%s"] * len(values))
            cursor.execute(f"INSERT INTO posts ({names}) VALUES ({places})", [*values.values()])
            remote_id = str(cursor.lastrowid)
        return self._there(remote_id)

    def update(self, remote_id: str, post: Post) -> RemotePost:
        with self._asking() as cursor:
            # Its address, date, picture and counter are the portal's.
            values = self._values(cursor, post) | {"updated_by": self.author}
            if post.source_url not in post.body_html:
                # A notice: nothing of the article stays, its picture least of all.
                values["post_image"] = NO_IMAGE
            _set(cursor, remote_id, values)
        return self._there(remote_id)

    def hide(self, remote_id: str) -> None:
        with self._asking() as cursor:
            values = {
                "post_status": "draft",
                "is_deleted": "true",
                "deleted_at": self._local(system_clock()),
                "deleted_by": self.author,
            }
            _set(cursor, remote_id, values)

    def printed(self, post: Post) -> tuple[str, str]:
        return (
            text.cut(text.headline(post.headline), self.lengths["post_title"]),
            text.body(post.body_html),
        )

    def close(self) -> None:
        with suppress(pymysql.MySQLError):
            self.connection.close()

    # --- writing ----------------------------------------------------------------------------------

    def _values(self, cursor: Any, post: Post) -> dict[str, Any]:
        headline, body = self.printed(post)
        is_shown = post.state is PostState.PUBLISHED
        ids = [tables.category(cursor, self.name, name) for name in post.categories]
        return {
            "post_title": headline,
            "post_content": body,
            "post_categories": tables.category_list(ids, self.lengths["post_categories"]),
            "post_tags": tables.tags(cursor, post.tags, self.lengths["post_tags"]),
            "post_status": "publish" if is_shown else "draft",
            "is_deleted": "false",
        }

    def _there(self, remote_id: str) -> RemotePost:
        found = self.read(remote_id)
        if found is None:
            raise PostRefusedError(self.name, "the post is not there")
        return found

    def _local(self, moment: datetime) -> datetime:
        """By the clock of the portal: its dates know no zone."""
        return moment.astimezone(self.zone).replace(tzinfo=None, microsecond=0)

    # --- reading ----------------------------------------------------------------------------------

    def _remote(self, row: Sequence[Any]) -> RemotePost:
        number, headline, body, slug, status, visibility, deleted, created_at = row
        return RemotePost(
            id=str(number),
            url=f"{(self.portal.url or '').rstrip('/')}/read/{number}/{slug or ''}",
            headline=headline or "",
            body_html=body or "",
            shown_at=created_at.replace(tzinfo=self.zone) if created_at else None,
            state=_state(status, visibility, deleted),
        )

    @contextmanager
    def _asking(self) -> Iterator[Any]:
        """A transaction."""
        try:
            with self.connection.cursor() as cursor:
                yield cursor
            self.connection.commit()
        except pymysql.MySQLError as error:
            self._roll_back()
            raise _wrapped(self.name, error) from error
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        with suppress(pymysql.MySQLError):
            self.connection.rollback()


_READ = (
    "SELECT id, post_title, post_content, post_slug, post_status, post_visibility, is_deleted, "
    "created_at FROM posts WHERE post_type = 'post'"
)


def _connect(portal: TargetConfig, password: str) -> Connection[Any]:
    host, _, database = (portal.database or "").rpartition("/")
    name, _, port = host.partition(":")
    if not name or not database or (port and not port.isdecimal()):
        raise PortalRefusedError(portal.name, "write 'database' as HOST/NAME or HOST:PORT/NAME")
    try:
        return pymysql.connect(
            host=name,
            port=int(port) if port else PORT,
            user=portal.user,
            password=password,
            database=database,
            charset="utf8mb4",
            connect_timeout=CONNECT_SECONDS,
            read_timeout=ANSWER_SECONDS,
            write_timeout=ANSWER_SECONDS,
        )
    except pymysql.MySQLError as error:
        raise _wrapped(portal.name, error) from error


def _set(cursor: Any, remote_id: str, values: dict[str, Any]) -> None:
    names = ", ".join(f"{name} = %s" for name in values)
    cursor.execute(
        f"UPDATE posts SET {names} WHERE post_type = 'post' AND id = %s",
        [*values.values(), remote_id],
    )


def _address(words: str, lengths: Lengths) -> str:
    """Its end tells posts apart, so it is cut at its beginning."""
    return words[-lengths["post_slug"] :].lstrip("-")


def _state(status: str, visibility: str, deleted: str) -> PostState:
    if deleted == "true" or visibility != "public":
        return PostState.HIDDEN
    return PostState.PUBLISHED if status == "publish" else PostState.PENDING


def _wrapped(portal: str, error: pymysql.MySQLError) -> PortalError:
    """The kind of trouble. The server's words hold no secret: at most an account's name."""
    code = error.args[0] if error.args else None
    detail = f"{code}: {error.args[1]}" if len(error.args) > 1 else str(error)
    if code in _PASSING or isinstance(error, pymysql.InterfaceError):
        return PortalUnavailableError(portal, detail)
    if code in _LASTING:
        return PortalRefusedError(portal, detail)
    return PostRefusedError(portal, detail)
