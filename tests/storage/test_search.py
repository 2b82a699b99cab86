"""The full-text index follows the articles: stored, revised, reclassified, taken out, made anew."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from aggregator.errors import StorageError
from aggregator.model import AttributedArticle, Credit, Role
from aggregator.search.syntax import Phrase
from aggregator.search.words import stem
from pipelines.fingerprint import content_fingerprint
from storage import articles, search
from storage.database import Database
from storage.fulltext import FULL_TEXTS, MAX_WORDS, tsvector
from storage.statements import dialect_of
from storage.tables import (
    ArticleRow,
    ArticleUrlRow,
    CreditRow,
    RevisionRow,
    SearchDocumentRow,
    SearchWordRow,
    TagRow,
)
from tests.pipelines.builders import attributed, body_of
from tests.storage.holding import hold

Put = Callable[..., int]
Has = Callable[[str], list[int]]


def revise(session: Session, article_id: int, found: AttributedArticle) -> None:
    articles.revise(
        session,
        article_id,
        found,
        text_fingerprint=None,
        content_fingerprint=content_fingerprint(found.article),
        changed=("headline",),
        cause="channel",
    )


def found_by(session: Session, word: str) -> list[int]:
    """Numbers of the articles that the index has under a word."""
    full_text = FULL_TEXTS[dialect_of(session)]
    return sorted(session.scalars(full_text.matching([Phrase(terms=(stem(word),))])))


def wording(number: int, **changes: Any) -> AttributedArticle:
    url = f"https://contoh.example/berita/{number}/judul"
    return attributed(**{"url": url, "headline": "Judul", "body_html": body_of("Isi."), **changes})


@pytest.fixture
def has(database: Database) -> Has:
    def has(word: str) -> list[int]:
        with database.session() as session:
            return found_by(session, word)

    return has


# --- following the articles -----------------------------------------------------------------------


def test_a_stored_article_is_found_by_every_text_it_has(database: Database, has: Has) -> None:
    with database.session() as session:
        found = wording(
            1,
            headline="Kepala",
            body_html=body_of("Badan.", "Kaki."),
            tags=("label",),
            section="Rubrik",
            agency="Kantor",
            credits=(Credit(name="Siti Aminah", role=Role.REPORTER),),
        )
        number = hold(session, found)
    for word in "kepala badan kaki label rubrik kantor siti aminah".split():
        assert has(word) == [number]
    assert has("judul") == []


def test_what_is_rolled_back_is_not_found(database: Database, has: Has) -> None:
    with suppress(ZeroDivisionError), database.session() as session:
        hold(session, wording(1, headline="Kepala"))
        raise ZeroDivisionError
    assert has("kepala") == []
    with database.session() as session:
        assert session.scalars(select(SearchWordRow.word)).all() == []


def test_a_revised_article_is_found_by_its_new_words_alone(database: Database, has: Has) -> None:
    with database.session() as session:
        number = hold(session, wording(1, headline="Kepala lama", tags=("usang",)))
        other = hold(session, wording(2, headline="Kepala lain"))
    with database.session() as session:
        revise(session, number, wording(1, headline="Kepala baru", tags=("segar",)))
    assert (has("kepala"), has("baru"), has("segar")) == ([number, other], [number], [number])
    assert has("lama") == has("usang") == []


def test_rewritten_parts_are_found(database: Database, has: Has) -> None:
    with database.session() as session:
        number = hold(session, wording(1, tags=("usang",)))
    with database.session() as session:
        articles.rewrite_parts(session, number, wording(1, tags=("segar",)).article)
    assert (has("usang"), has("segar"), has("judul")) == ([], [number], [number])


def test_topics_alone_change_nothing_in_the_index(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.session() as session:
        number = hold(session, wording(1))
        monkeypatch.setattr(search, "_put", None)
        articles.rewrite_parts(session, number, wording(1, topics=("smk",)).article)


def test_a_forgotten_article_is_not_found_and_can_be_deleted(database: Database, has: Has) -> None:
    with database.session() as session:
        number, other = (hold(session, wording(n)) for n in (1, 2))
    with database.session() as session:
        search.forget(session, number)
        for table in (ArticleUrlRow, RevisionRow, CreditRow, TagRow):
            session.execute(delete(table).where(table.article_id == number))
        session.execute(delete(ArticleRow).where(ArticleRow.id == number))
    assert has("judul") == [other]


def test_an_article_in_the_index_cannot_be_deleted(database: Database) -> None:
    """Whoever deletes is told to forget first, instead of leaving the text behind."""
    with database.session() as session:
        number = hold(session, wording(1))
        for table in (ArticleUrlRow, RevisionRow):
            session.execute(delete(table).where(table.article_id == number))
    with pytest.raises(StorageError, match=r"(?i)foreign key"), database.session() as session:
        session.execute(delete(ArticleRow).where(ArticleRow.id == number))


def test_forgetting_what_is_not_there_is_nothing(database: Database) -> None:
    with database.session() as session:
        search.forget(session, 999)


def test_a_long_body_is_indexed_up_to_a_limit(database: Database, has: Has) -> None:
    words = " ".join(f"kata{n}" for n in range(MAX_WORDS))
    with database.session() as session:
        number = hold(session, wording(1, body_html=body_of(f"{words} lebih")))
    assert has(f"kata{MAX_WORDS - 1}") == [number]
    assert has("lebih") == []


# --- other programs -------------------------------------------------------------------------------


def edited(database: Database) -> int:
    """An article whose headline another program has changed."""
    with database.session() as session:
        number = hold(session, wording(1, headline="Kepala lama"))
    with database.session() as session:
        session.execute(text("UPDATE article SET headline = 'Kepala asing'"))
    return number


def test_an_article_that_was_changed_elsewhere_can_still_be_revised(
    database: Database, has: Has
) -> None:
    number = edited(database)
    with database.session() as session:
        revise(session, number, wording(1, headline="Kepala baru"))
    assert has("baru") == has("kepala") == [number]
    assert has("asing") == []


def test_rebuilding_brings_the_index_to_what_the_tables_say(database: Database, has: Has) -> None:
    number = edited(database)
    with database.session() as session:
        assert search.rebuild(session) == 1
        words = set(session.scalars(select(SearchWordRow.word)))
    assert (has("asing"), has("lama")) == ([number], [])
    assert words == {"kepala", "asing", "isi"}


# --- made anew ------------------------------------------------------------------------------------


def test_filling_indexes_what_is_missing(
    database: Database, has: Has, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "BATCH", 2)
    with database.session() as session:
        numbers = [hold(session, wording(n)) for n in range(5)]
        for number in numbers[:3]:
            search.forget(session, number)
    assert has("judul") == numbers[3:]
    with database.session() as session:
        assert search.fill(session) == 3
        assert search.fill(session) == 0
    assert has("judul") == numbers


def test_the_tables_say_what_the_article_said(database: Database) -> None:
    """Else SQLite could not take out what was put in."""
    credits = (
        Credit(name="Siti Aminah, M.Pd.", role=Role.REPORTER),
        Credit(name="Budi", role=Role.EDITOR),
    )
    with database.session() as session:
        hold(session, wording(1))
        hold(
            session,
            wording(
                2,
                tags=("b", "a"),
                section="Rubrik",
                credits=credits,
                agency="Antara",
                body_html="<p>BALIKPAPAN - Isi &amp; lain.</p><ul><li>satu</li><li>dua</li></ul>",
            ),
        )
        put = dict(
            session.execute(
                select(SearchDocumentRow.article_id, SearchDocumentRow.fingerprint)
            ).all()
        )
        search.rebuild(session)
        again = dict(
            session.execute(
                select(SearchDocumentRow.article_id, SearchDocumentRow.fingerprint)
            ).all()
        )
    assert put == again


WORDS = st.lists(st.sampled_from("satu dua tiga empat lima".split()), min_size=1, max_size=4)
STEPS = st.lists(
    st.tuples(st.sampled_from(("add", "revise", "forget")), st.integers(0, 3), WORDS), max_size=12
)


@given(steps=STEPS)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_happens_the_index_is_what_a_new_one_would_be(
    database: Database, steps: list[tuple[str, int, list[str]]]
) -> None:
    with database.session() as session:
        numbers: dict[int, int] = {}
        forgotten: set[int] = set()
        for step, n, words in steps:
            found = wording(n, headline=" ".join(words))
            if step == "add" and n not in numbers:
                numbers[n] = hold(session, found)
            elif step == "revise" and n in numbers:
                revise(session, numbers[n], found)
                forgotten.discard(n)
            elif step == "forget" and n in numbers:
                search.forget(session, numbers[n])
                forgotten.add(n)
        for n in forgotten:
            revise(session, numbers[n], wording(n, headline="satu"))
        kept = {word: found_by(session, word) for word in "satu dua tiga empat lima isi".split()}
        search.rebuild(session)
        assert {word: found_by(session, word) for word in kept} == kept
        session.rollback()


# --- words ----------------------------------------------------------------------------------------


@pytest.fixture
def vocabulary(database: Database) -> Database:
    with database.session() as session:
        hold(session, wording(1, headline="Pendidikan pendaftaran PENDEK beasiswa zz 9a"))
    return database


@pytest.mark.parametrize(
    ("prefix", "terms"),
    [
        ("pend", ["daftar", "didik", "pendek"]),
        ("didi", ["didik"]),
        ("zz", ["zz"]),
        ("9", ["9a"]),
        ("q", []),
        ("pend_", []),
        ("%", []),
    ],
)
def test_terms_of_a_beginning(vocabulary: Database, prefix: str, terms: list[str]) -> None:
    with vocabulary.session() as session:
        assert search.terms_beginning(session, prefix, 10) == terms


def test_terms_of_a_beginning_are_limited(vocabulary: Database) -> None:
    with vocabulary.session() as session:
        assert len(search.terms_beginning(session, "pend", 2)) == 2


def test_words_like_another_begin_or_are_as_long(vocabulary: Database) -> None:
    with vocabulary.session() as session:
        assert {"pendidikan", "pendek"} <= set(search.words_like(session, "pxx"))
        assert "beasiswa" in search.words_like(session, "aeasiswa")


def test_a_tsvector_keeps_texts_apart() -> None:
    assert tsvector(("a", "b"), ("c",), ("a",)) == "'a':1,20 'b':2 'c':11"
