"""Stored articles: inserted once, revised with a trace, never resurrected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from aggregator.model import EndState, Evidence, Revision
from pipelines.attribute import attribute
from pipelines.drops import Buried
from pipelines.store import Outcome, store
from storage import channels, lookup, tombstones
from storage.database import Database, open_database
from storage.revisions import revisions as revisions_of
from storage.tables import ArticleRow
from tests.pipelines.builders import LONG_TEXT, NOW, attributed, body_of, normalised, publisher

URL = "https://contoh.example/berita/1/judul"
OTHER = "https://contoh.example/berita/2/judul"
LATER = NOW + timedelta(hours=6)

Store = Callable[..., Outcome]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path / 'news.db'}", writable=True)
    with opened.session() as session:
        for name in ("contoh", "lain"):
            channels.ensure(session, publisher(name=name), ())
    yield opened
    opened.close()


@pytest.fixture
def put(database: Database) -> Store:
    """``put(headline="…")`` stores the usual article with one thing changed."""

    def put(cause: str = "channel", **changes: Any) -> Outcome:
        return store(database, attributed(**changes), cause=cause)

    return put


def count(database: Database) -> int:
    with database.session() as session:
        return session.scalar(select(func.count()).select_from(ArticleRow)) or 0


def revisions(database: Database, outcome: Outcome) -> tuple[Revision, ...]:
    assert outcome.article_id is not None
    with database.session() as session:
        return revisions_of(session, outcome.article_id)


def test_a_new_article_is_stored_with_its_first_revision(database: Database, put: Store) -> None:
    outcome = put()
    assert (outcome.state, outcome.reason, outcome.changed) == (EndState.STORED, None, ())
    (first,) = revisions(database, outcome)
    assert (first.number, first.cause, first.changed) == (1, "channel", ())


def test_the_same_article_again_is_unchanged(database: Database, put: Store) -> None:
    stored = put()
    assert put(fetched_at=LATER) == Outcome(state=EndState.UNCHANGED, article_id=stored.article_id)
    assert (count(database), len(revisions(database, stored))) == (1, 1)


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        ({"headline": "Judul Baru"}, ("headline",)),
        ({"body_html": "<p>Isi baru.</p>"}, ("body",)),
        ({"byline": "Penulis: Ani"}, ("credits",)),
        ({"published_raw": "31 Juli 2026 09:20 WIB"}, ("published_at",)),
    ],
)
def test_a_changed_article_is_a_revision_that_says_what_changed(
    database: Database, put: Store, change: dict[str, Any], changed: tuple[str, ...]
) -> None:
    put()
    revised = put(fetched_at=LATER, **change)
    assert (revised.state, revised.changed) == (EndState.REVISED, changed)
    assert [r.changed for r in revisions(database, revised)] == [(), changed]
    assert count(database) == 1


def test_both_texts_of_a_revised_article_are_kept(database: Database, put: Store) -> None:
    put(headline="Judul Lama")
    revised = put(headline="Judul Baru", fetched_at=LATER, cause="reparse")
    assert [(r.headline, r.cause) for r in revisions(database, revised)] == [
        ("Judul Lama", "channel"),
        ("Judul Baru", "reparse"),
    ]


def test_an_older_text_never_replaces_a_newer_one(database: Database, put: Store) -> None:
    put(headline="Judul Baru", fetched_at=LATER)
    outcome = put(headline="Judul Lama", fetched_at=NOW)
    assert (outcome.state, outcome.reason) == (EndState.UNCHANGED, "older than what is held")
    assert [r.headline for r in revisions(database, outcome)] == ["Judul Baru"]


@pytest.mark.parametrize(
    "same",
    [
        {"url": f"{URL}?page=2", "canonical_url": URL},
        {"url": URL, "canonical_url": OTHER},
    ],
    ids=["the canonical address", "the requested address"],
)
def test_a_known_address_is_the_same_article(
    database: Database, put: Store, same: dict[str, Any]
) -> None:
    stored = put()
    assert put(fetched_at=LATER, **same).article_id == stored.article_id
    assert count(database) == 1


def test_a_known_identifier_is_the_same_article_at_any_address(
    database: Database, put: Store
) -> None:
    stored = put(external_id="x1", body_html="<p>Siswa datang.</p>")
    moved = put(external_id="x1", url=OTHER, body_html="<p>Siswa datang.</p>", fetched_at=LATER)
    assert moved == Outcome(state=EndState.UNCHANGED, article_id=stored.article_id)
    assert count(database) == 1


def test_the_same_text_at_another_address_is_a_duplicate(database: Database, put: Store) -> None:
    stored = put()
    outcome = put(url=OTHER, headline="Judul Lain")
    assert outcome == Outcome(
        state=EndState.DUPLICATE, article_id=stored.article_id, reason="same text"
    )
    assert (count(database), len(revisions(database, stored))) == (1, 1)


def test_the_same_text_in_other_punctuation_is_a_duplicate(put: Store) -> None:
    put()
    shouted = body_of(*LONG_TEXT.upper().split(". "))
    assert put(url=OTHER, body_html=shouted).state is EndState.DUPLICATE


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["original first", "copy first"])
def test_a_copy_that_names_its_original_is_an_article_of_its_own(
    database: Database, put: Store, order: tuple[int, int]
) -> None:
    line = "Artikel ini telah tayang di Tribun-Papua.com dengan judul Sekolah"
    both = ({"url": URL}, {"url": OTHER, "body_html": body_of(LONG_TEXT, line)})
    assert [put(**both[n]).state for n in order] == [EndState.STORED] * 2
    assert count(database) == 2


def test_short_texts_that_agree_are_no_duplicates(database: Database, put: Store) -> None:
    short = "<p>Jadwal salat hari ini.</p>"
    put(url=URL, body_html=short)
    assert put(url=OTHER, body_html=short).state is EndState.STORED
    assert count(database) == 2


def test_the_same_text_of_another_publisher_is_an_article_of_its_own(
    database: Database, put: Store
) -> None:
    put()
    other = attribute(
        normalised(publisher="lain", url="https://lain.example/berita/1"), publisher(name="lain")
    )
    assert store(database, other, cause="channel").state is EndState.STORED
    assert count(database) == 2


def test_a_duplicate_whose_text_moves_on_becomes_an_article(database: Database, put: Store) -> None:
    put()
    put(url=OTHER)
    moved = put(url=OTHER, body_html="<p>Isi yang sama sekali baru.</p>", fetched_at=LATER)
    assert moved.state is EndState.STORED
    assert count(database) == 2


@pytest.mark.parametrize("key", [URL, "x1"])
def test_what_was_withdrawn_does_not_come_back(database: Database, put: Store, key: str) -> None:
    with database.session() as session:
        tombstones.bury(session, "contoh", [key], "diminta sekolah", NOW)
    with pytest.raises(Buried):
        put(external_id="x1")
    assert count(database) == 0


def test_a_tombstone_of_another_publisher_keeps_nothing_out(database: Database, put: Store) -> None:
    with database.session() as session:
        tombstones.bury(session, "lain", [URL], "diminta sekolah", NOW)
    assert put().state is EndState.STORED


def test_a_stored_article_comes_back_as_it_was(database: Database) -> None:
    found = attributed(
        byline="Penulis: Ani Dewi\nEditor: Budi",
        tags=("SMK", "Balikpapan"),
        published_raw="Jumat, 31 Juli 2026 09:15 WITA",
        evidence=(Evidence(kind="byline", text="Penulis: Ani Dewi"),),
        body_html=body_of("BALIKPAPAN - Siswa datang.", "Guru juga."),
    )
    store(database, found, cause="channel")
    with database.session() as session:
        held = lookup.find_same(session, found.article)
    assert held is not None
    assert held.article == found.article
