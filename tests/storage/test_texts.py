"""Texts are let go; all else of an article stays, above all whose it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from aggregator.model import EndState
from aggregator.query import ArticleFilter, find_articles, get_article, search_articles
from pipelines.store import store
from storage import channels, texts
from storage.database import Database
from storage.revisions import revisions
from storage.tables import ArticleRow
from tests.pipelines.builders import NOW, attributed, body_of, publisher

OLD, NEW = (f"https://contoh.example/berita/{number}/judul" for number in (1, 2))
MONTHS_AGO = NOW - timedelta(days=90)
THEN: dict[str, Any] = {"fetched_at": MONTHS_AGO, "published_at": MONTHS_AGO, "published_raw": None}
LIMIT = {"contoh": NOW - timedelta(days=30)}


@pytest.fixture
def held(database: Database) -> Database:
    """An old article, corrected since, and a new one."""
    with database.session() as session:
        channels.ensure(session, publisher(), ())
    for text in ("Siswa merakit sepeda.", "Siswa merakit kapal."):
        found = attributed(url=OLD, body_html=body_of(text), **THEN)
        store(database, found, cause="channel")
    new = attributed(url=NEW, body_html=body_of("Siswa merakit pesawat."), fetched_at=NOW)
    store(database, new, cause="channel")
    return database


def forget(database: Database) -> int:
    return texts.forget(database, LIMIT, NOW)


def test_what_is_old_loses_its_text_once(held: Database) -> None:
    assert (forget(held), forget(held)) == (1, 0)
    with held.session() as session:
        old, new = session.scalars(select(ArticleRow).order_by(ArticleRow.id))
        assert (old.body, old.body_html, old.text_removed_at) == ("", "", NOW)
        assert (new.body, new.text_removed_at) == ("Siswa merakit pesawat.", None)
        assert [revision.body for revision in revisions(session, old.id)] == [(), ()]


def test_the_rest_of_it_stays(held: Database) -> None:
    with held.session() as session:
        before = get_article(session, "1").to_json()
    forget(held)
    with held.session() as session:
        after = get_article(session, "1").to_json()
    gone = {"body": [], "body_html": "", "text_removed_at": NOW.isoformat()}
    assert after == before | gone
    assert after["attribution"]["credit_line"]


def test_search_says_what_the_tables_say(held: Database) -> None:
    forget(held)
    with held.session() as session:
        for text, ids in (("kapal", []), ("pesawat", [2])):
            found = search_articles(session, ArticleFilter(text=text)).hits
            assert [hit.view.id for hit in found] == ids
        assert len(find_articles(session, ArticleFilter()).articles) == 2


def test_another_publishers_text_stays(held: Database) -> None:
    assert texts.forget(held, {"lain": NOW}, NOW) == 0


def test_a_look_at_an_unchanged_article_brings_nothing_back(held: Database) -> None:
    forget(held)
    same = attributed(
        url=OLD, body_html=body_of("Siswa merakit kapal."), **THEN | {"fetched_at": NOW}
    )
    assert store(held, same, cause="channel").state is EndState.UNCHANGED
    with held.session() as session:
        assert session.get_one(ArticleRow, 1).body == ""


def test_a_later_correction_has_its_text(held: Database) -> None:
    forget(held)
    corrected = attributed(
        url=OLD, body_html=body_of("Siswa merakit kereta."), **THEN | {"fetched_at": NOW}
    )
    assert store(held, corrected, cause="channel").state is EndState.REVISED
    with held.session() as session:
        row = session.get_one(ArticleRow, 1)
        assert (row.body, row.text_removed_at) == ("Siswa merakit kereta.", None)
        bodies = [revision.body for revision in revisions(session, 1)]
        assert bodies == [(), (), ("Siswa merakit kereta.",)]
