"""Articles as an SQLite file that explains itself, for Datasette (https://datasette.io) or any
other program: flat tables, a full-text index, and a file of descriptions beside it.

As in every export the text is there only as rights allow, and no row is without its credit line.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from typing import Any

from aggregator.errors import UsageError
from aggregator.query import ArticleView
from aggregator.reuse import Reuse

BATCH = 500
"""Articles in memory at once."""

ARTICLES = {
    "id": "our number of the article",
    "publisher": "identifier of the publisher",
    "publisher_title": "name of the publisher, to be shown with the article",
    "headline": "as the publisher states it",
    "published_at": "as stated, RFC 3339 with the publisher's offset",
    "modified_at": "as stated",
    "url": "the original: to be linked wherever the article is shown",
    "credit_line": "to be shown wherever the article is",
    "rights_basis": "on which ground the text may be reused",
    "excerpt": "cut by us",
    "body": "paragraphs; empty where the rights basis allows no full text",
    "agency": "news agency that the text is of",
    "section": "the publisher's rubric",
    "place": "of the dateline",
    "province": "that the place lies in",
    "language": "as the page declares it",
    "image_url": "of the picture",
    "cluster_id": "the same for articles that are prints of one text",
    "revision": "how often the text was stored",
    "first_seen": "when we stored it first",
    "last_seen": "when we looked at it last",
}
"""Column -> what it holds."""

PARTS = {
    "article_tags": ("tags", {"article_id": "the article", "tag": "the publisher's keyword"}),
    "article_topics": ("topics", {"article_id": "the article", "topic": "one of ours"}),
    "article_credits": (
        "credits",
        {"article_id": "the article", "name": "person or desk", "role": "what they did"},
    ),
}
"""Table -> (key of the JSON article, columns)."""


def write_datasette(
    views: Iterable[ArticleView], path: Path, title: str, press: Reuse = Reuse.FULL
) -> int:
    """Write ``path``, which must not be there, and its descriptions to ``metadata_path(path)``;
    returns the number of articles. Raises ``UsageError``; what was begun is then taken away."""
    if path.exists():
        raise UsageError(f"{path}: is there already")
    try:
        with closing(sqlite3.connect(path)) as file:
            _make(file)
            count = sum(_write(file, batch, press) for batch in _batches(views))
            file.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
            file.commit()
            file.execute("VACUUM")
        described = json.dumps(metadata(path.stem, title), ensure_ascii=False, indent=2)
        metadata_path(path).write_text(described + "\n", encoding="utf-8")
    except BaseException as error:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        if isinstance(error, (OSError, sqlite3.Error)):
            raise UsageError(f"{path}: {error}") from error
        raise
    return count


def metadata_path(path: Path) -> Path:
    """``berita.db`` -> ``berita.metadata.json``: for ``datasette berita.db --metadata …``."""
    return path.with_suffix(".metadata.json")


def metadata(name: str, title: str) -> dict[str, Any]:
    """Datasette's metadata: https://docs.datasette.io/en/stable/metadata.html"""
    tables: dict[str, Any] = {
        "articles": {
            "columns": ARTICLES,
            "sort_desc": "published_at",
            "facets": ["publisher", "section", "province"],
            "label_column": "headline",
            "size": 50,
        }
    }
    for table, (_, columns) in PARTS.items():
        tables[table] = {"columns": columns}
    return {
        "title": title,
        "description": "One article a row. Show credit_line and link to url wherever you show one.",
        "license": "Each article belongs to its publisher; see rights_basis.",
        "databases": {name: {"tables": tables}},
    }


def _make(file: sqlite3.Connection) -> None:
    columns = ", ".join(name for name in ARTICLES if name != "id")
    file.execute(f"CREATE TABLE articles (id INTEGER PRIMARY KEY, {columns})")
    for table, (_, names) in PARTS.items():
        own = ", ".join(name for name in names if name != "article_id")
        file.execute(f"CREATE TABLE {table} (article_id INTEGER REFERENCES articles (id), {own})")
        file.execute(f"CREATE INDEX ix_{table} ON {table} (article_id)")
    file.execute("CREATE INDEX ix_articles_published_at ON articles (published_at)")
    file.execute(
        "CREATE VIRTUAL TABLE articles_fts USING fts5 "
        "(headline, excerpt, body, content='articles', content_rowid='id')"
    )


def _batches(views: Iterable[ArticleView]) -> Iterator[list[ArticleView]]:
    rest = iter(views)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _write(file: sqlite3.Connection, batch: Sequence[ArticleView], press: Reuse) -> int:
    found = [{"id": view.id, **view.to_public_json(press)} for view in batch]
    _insert(file, "articles", ARTICLES, [_row(article) for article in found])
    for table, (key, columns) in PARTS.items():
        rows = [(article["id"], *_values(part)) for article in found for part in article[key]]
        _insert(file, table, columns, rows)
    return len(batch)


def _insert(
    file: sqlite3.Connection, table: str, columns: Iterable[str], rows: Sequence[Sequence[Any]]
) -> None:
    names = tuple(columns)
    places = ", ".join("?" * len(names))
    file.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", rows)


def _row(article: dict[str, Any]) -> list[Any]:
    attribution, dateline, image = (
        article["attribution"],
        article["dateline"] or {},
        article["image"] or {},
    )
    own = {
        "publisher_title": attribution["publisher_title"],
        "url": attribution["url"],
        "credit_line": attribution["credit_line"],
        "rights_basis": attribution["basis"],
        "body": "\n\n".join(article["body"]),
        "place": dateline.get("place"),
        "province": dateline.get("province"),
        "image_url": image.get("url"),
    }
    return [own[name] if name in own else article[name] for name in ARTICLES]


def _values(part: Any) -> tuple[Any, ...]:
    return tuple(part.values()) if isinstance(part, dict) else (part,)
