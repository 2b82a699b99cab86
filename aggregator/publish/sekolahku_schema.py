"""Whether a database is one of CMS Sekolahku, as far as we use it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aggregator.errors import PortalRefusedError

# What versions 2.4.6, 2.4.9 and 2.4.13 have alike, of which we use these. Forks rename and add.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "posts": tuple(
        """id post_title post_content post_image post_author post_categories post_type post_status
        post_visibility post_comment_status post_slug post_tags post_counter created_at updated_at
        deleted_at restored_at created_by updated_by deleted_by restored_by is_deleted""".split()
    ),
    "categories": ("id", "category_name", "category_slug", "category_type", "is_deleted"),
    "tags": ("id", "tag", "slug"),
    "users": ("id", "user_name", "user_full_name", "is_deleted"),
    "settings": ("setting_variable", "setting_value", "setting_default_value"),
}
WORDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("posts", "post_status"): ("publish", "draft"),
    ("posts", "post_visibility"): ("public",),
    ("posts", "is_deleted"): ("true", "false"),
}
"""What their enumerations must know."""
RIGHTS: Mapping[str, tuple[str, ...]] = {
    "posts": ("select", "insert", "update"),
    "categories": ("select", "insert"),
    "tags": ("select", "insert"),
    "users": ("select",),
    "settings": ("select",),
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """As ``information_schema`` has it."""

    table: str
    name: str
    kind: str
    """``varchar(255)``, ``enum('publish','draft')``."""
    longest: int | None
    """Characters that it holds."""
    rights: str
    """``select,insert,update``: of the account that asks."""


Lengths = Mapping[str, int]
"""Characters that the columns of a post hold, by name."""


def lengths(portal: str, found: Iterable[Column]) -> Lengths:
    """Raises ``PortalRefusedError`` that names what is missing."""
    by_table: dict[str, dict[str, Column]] = {}
    for column in found:
        by_table.setdefault(column.table, {})[column.name] = column
    for table, wanted in COLUMNS.items():
        own = by_table.get(table, {})
        missing = [name for name in wanted if name not in own]
        if missing:
            raise PortalRefusedError(
                portal,
                "not a CMS Sekolahku that we know, or no right to see it: table {table} lacks "
                "{columns}",
                table=table,
                columns=", ".join(missing),
            )
        _check_rights(portal, table, [own[name] for name in wanted])
    for (table, name), words in WORDS.items():
        kind = by_table[table][name].kind
        if any(f"'{word}'" not in kind for word in words):
            raise PortalRefusedError(
                portal,
                "not a CMS Sekolahku that we know: column {column} is {kind}",
                column=f"{table}.{name}",
                kind=kind,
            )
    return {name: column.longest for name, column in by_table["posts"].items() if column.longest}


def _check_rights(portal: str, table: str, columns: Iterable[Column]) -> None:
    for right in RIGHTS[table]:
        if any(right not in column.rights.split(",") for column in columns):
            raise PortalRefusedError(
                portal,
                "the account may not {right} in table {table}: grant it",
                right=right.upper(),
                table=table,
            )
