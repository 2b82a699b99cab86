"""Over everything that leaves the program: no text without a right to it, nothing without its
source."""

from __future__ import annotations

import html
import io
import json
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from aggregator.export import write_csv, write_jsonl
from aggregator.model import Credit, RightsBasis, Role
from aggregator.query import ArticleFilter, iter_articles
from storage.database import Database
from tests.aggregator.web.conftest import Ask, Put
from tests.pipelines.builders import body_of

OPENING = " ".join(f"Kalimat pembuka nomor {n} tentang sekolah." for n in range(20))
"""Longer than an excerpt, so that nothing after it is part of one."""

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=60)
NAMES = st.text(st.characters(codec="utf-8", categories=("L",)), min_size=2, max_size=20)

numbers = count(1)


@pytest.fixture
def database_url(migrated_file: Path, tmp_path: Path) -> str:
    shutil.copy(migrated_file, tmp_path / "news.db")
    return f"sqlite:///{tmp_path / 'news.db'}"


def outputs(database: Database, ask: Ask, number: int, tag: str) -> Iterator[tuple[str, str]]:
    """(where, what) of each way on which one article leaves."""
    for path in (
        f"/api/v1/articles?tag={tag}",
        f"/api/v1/articles/{number}",
        f"/api/v1/search?q=pembuka&tag={tag}",
        f"/api/v1/lookup?key={number}",
        f"/feed.json?tag={tag}",
    ):
        yield path, json.dumps(ask(path).json(), ensure_ascii=False)
    for path in (f"/feed.rss?tag={tag}", f"/feed.atom?tag={tag}"):
        # Twice: once out of XML, once out of the HTML within it.
        yield path, html.unescape(html.unescape(ask(path).text))
    wanted = ArticleFilter(tag=tag)
    writers: dict[str, Callable[..., int]] = {"csv": write_csv, "jsonl": write_jsonl}
    with database.session() as session:
        for name, write in writers.items():
            file = io.StringIO()
            write(iter_articles(session, wanted), file)
            yield name, file.getvalue()
        query = text("SELECT * FROM published_articles WHERE id = :id")
        yield "published_articles", str(session.execute(query, {"id": number}).all())


@given(
    basis=st.sampled_from(RightsBasis),
    headline=WORDS,
    closing=WORDS,
    names=st.lists(NAMES, max_size=3),
    agency=st.sampled_from([None, "Antara"]),
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_text_and_attribution_of_everything_that_leaves(
    database: Database,
    put: Put,
    ask: Ask,
    basis: RightsBasis,
    headline: str,
    closing: str,
    names: list[str],
    agency: str | None,
) -> None:
    mark = f"penutup{next(numbers)}x"
    changes: dict[str, Any] = {
        "headline": f"Judul {headline}",
        "tags": (mark.upper(),),
        "credits": tuple(Credit(name=name, role=Role.REPORTER) for name in names),
        "agency": agency,
        "body_html": body_of(OPENING, html.escape(closing) + ".", f"Alinea {mark} rahasia."),
    }
    number = put(basis=basis, **changes)
    for where, what in outputs(database, ask, number, mark):
        assert (f"Alinea {mark} rahasia" in what) == basis.allows_full_text, where
        assert "Sumber: " in what, where
        assert "Harian Contoh" in what, where
        assert f"https://contoh.example/berita/{number}/judul" in what, where
