"""The SQLite file for Datasette: rows, rights, full-text index and descriptions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aggregator.datasette import ARTICLES, BATCH, PARTS, metadata_path, write_datasette
from aggregator.errors import UsageError
from aggregator.model import Credit, RightsBasis, Role
from aggregator.query import ArticleView
from tests.aggregator.test_export import EXCERPT, SENTENCES, view


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "berita.db"


def rows(path: Path, query: str, *values: Any) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(path)) as file:
        file.row_factory = sqlite3.Row
        return [dict(row) for row in file.execute(query, values)]


def test_an_article_is_a_row_with_its_source(path: Path) -> None:
    held = view(
        RightsBasis.GOVERNMENT,
        tags=("smk", "robot"),
        credits=(Credit(name="Siti Aminah", role=Role.REPORTER),),
        topics=("vokasi",),
    )
    assert write_datasette([held], path, "Berita") == 1
    (row,) = rows(path, "SELECT * FROM articles")
    assert list(row) == list(ARTICLES)
    assert (row["id"], row["headline"]) == (7, held.article.headline)
    assert row["credit_line"] == held.attribution.credit_line
    assert row["url"] == held.attribution.url
    assert row["body"] == "\n\n".join(SENTENCES)
    found = {
        table: [tuple(row.values()) for row in rows(path, f"SELECT * FROM {table}")]
        for table in PARTS
    }
    assert found == {
        "article_tags": [(7, "smk"), (7, "robot")],
        "article_topics": [(7, "vokasi")],
        "article_credits": [(7, "Siti Aminah", "reporter")],
    }


@pytest.mark.parametrize("basis", EXCERPT)
def test_text_is_there_only_as_rights_allow(path: Path, basis: RightsBasis) -> None:
    write_datasette([view(basis)], path, "Berita")
    (row,) = rows(path, "SELECT body, excerpt, credit_line FROM articles")
    assert (row["body"], row["excerpt"]) == ("", " ".join(SENTENCES))
    assert row["credit_line"]


def test_words_are_found(path: Path) -> None:
    write_datasette([view()], path, "Berita")
    asked = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?"
    assert rows(path, asked, "sepeda") == [{"rowid": 7}]
    assert rows(path, asked, "kapal") == []


def test_every_table_and_column_is_described(path: Path) -> None:
    write_datasette([view()], path, "Berita SMK")
    found = json.loads(metadata_path(path).read_text("utf-8"))
    assert metadata_path(path).name == "berita.metadata.json"
    assert found["title"] == "Berita SMK"
    described = found["databases"]["berita"]["tables"]
    for table in ("articles", *PARTS):
        (first,) = rows(path, f"SELECT * FROM {table} LIMIT 1") or [None]
        if first is not None:
            assert list(first) == list(described[table]["columns"])
        assert all(described[table]["columns"].values())


def test_articles_are_taken_a_batch_at_a_time(path: Path) -> None:
    asked: list[int] = []

    def views() -> Iterator[ArticleView]:
        for number in range(1, 2 * BATCH + 2):
            asked.append(number)
            yield replace(view(), id=number)

    assert write_datasette(views(), path, "Berita") == 2 * BATCH + 1
    assert rows(path, "SELECT COUNT(*) AS n FROM articles") == [{"n": len(asked)}]


def test_a_file_that_is_there_stays_as_it_is(path: Path) -> None:
    path.write_text("penting", encoding="utf-8")
    with pytest.raises(UsageError, match=r"berita\.db"):
        write_datasette([view()], path, "Berita")
    assert path.read_text("utf-8") == "penting"


def test_what_fails_leaves_nothing_behind(path: Path) -> None:
    def views() -> Iterator[ArticleView]:
        yield view()
        raise ValueError("kabel tercabut")

    with pytest.raises(ValueError, match="kabel"):
        write_datasette(views(), path, "Berita")
    with pytest.raises(UsageError):
        write_datasette([view()], path.parent / "tidak" / "ada.db", "Berita")
    assert list(path.parent.iterdir()) == []
