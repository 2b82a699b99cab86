"""What is asked of a CMS Sekolahku's tables beside its posts, and what posts need of it.

Functions on a cursor of a transaction that the caller opened; they raise ``PortalError``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from aggregator.errors import PortalRefusedError, PostRefusedError
from aggregator.publish import sekolahku_text as text
from aggregator.publish.sekolahku_schema import COLUMNS, Column
from aggregator.publishconfig import TargetConfig
from aggregator.slugs import slug


def columns(cursor: Any) -> list[Column]:
    places = ", ".join(["%s"] * len(COLUMNS))
    cursor.execute(
        "SELECT table_name, column_name, column_type, character_maximum_length, privileges "
        "FROM information_schema.columns WHERE table_schema = DATABASE() "
        f"AND table_name IN ({places})",
        [*COLUMNS],
    )
    return [
        Column(table=table, name=name, kind=kind, longest=longest, rights=rights)
        for table, name, kind, longest, rights in cursor.fetchall()
    ]


def zone(cursor: Any, portal: str, default: ZoneInfo) -> ZoneInfo:
    """The portal's own, as it prints dates."""
    cursor.execute(
        "SELECT COALESCE(NULLIF(setting_value, ''), setting_default_value) FROM settings "
        "WHERE setting_variable = 'timezone'"
    )
    found = cursor.fetchone()
    if not found or not found[0]:
        return default
    try:
        return ZoneInfo(found[0])
    except (KeyError, ValueError, OSError) as error:
        raise PortalRefusedError(
            portal, "its setting 'timezone' is no time zone: {zone}", zone=found[0]
        ) from error


def author(cursor: Any, portal: TargetConfig) -> int:
    """Exactly one: a number that is nobody's prints no name, and names need not be unique."""
    cursor.execute(
        "SELECT id FROM users WHERE user_name = %s AND is_deleted = 'false'", (portal.author,)
    )
    found = [row[0] for row in cursor.fetchall()]
    if len(found) != 1:
        raise PortalRefusedError(
            portal.name,
            "{n} accounts are called {author!r}; 'author' must name exactly one",
            n=len(found),
            author=portal.author,
        )
    return int(found[0])


def category(cursor: Any, portal: str, name: str) -> int:
    """Its number; made where there is none. One that its editor deleted is not brought back."""
    wanted = text.category(name)
    look = (
        "SELECT id, is_deleted FROM categories WHERE category_name = %s AND category_type = 'post'"
    )
    cursor.execute(look, (wanted,))
    row = cursor.fetchone()
    if row is None:
        cursor.execute(
            "INSERT IGNORE INTO categories (category_name, category_slug, category_type) "
            "VALUES (%s, %s, 'post')",
            (wanted, slug(wanted)),
        )
        cursor.execute(look, (wanted,))
        row = cursor.fetchone()
    if row is None or row[1] == "true":
        raise PostRefusedError(
            portal,
            "category {category!r} was deleted there: restore it, or name another",
            category=name,
        )
    return int(row[0])


def tags(cursor: Any, tags: tuple[str, ...], longest: int) -> str:
    kept = text.tags(tags)
    while len(kept) > longest:
        kept = kept.rpartition(", ")[0]
    for tag in filter(None, kept.split(", ")):
        cursor.execute("INSERT IGNORE INTO tags (tag, slug) VALUES (%s, %s)", (tag, slug(tag)))
    return kept


def category_list(ids: Sequence[int], longest: int) -> str:
    """``+1+,+4+``; as many as fit."""
    kept = ""
    for number in dict.fromkeys(ids):
        longer = f"{kept},+{number}+" if kept else f"+{number}+"
        if len(longer) <= longest:
            kept = longer
    return kept
