"""Withdrawing locks an article under every name that it had, and both is on record."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text

from aggregator.errors import StorageError
from aggregator.model import EndState, Withdrawal
from pipelines.drops import Buried
from pipelines.store import Outcome, store
from storage import articles, lookup, tombstones, withdrawals
from storage.database import Database
from storage.tables import ArticleRow, ArticleUrlRow, TombstoneRow, WithdrawalRow
from tests.pipelines.builders import LONG_TEXT, NOW, attributed, body_of

URL = "https://contoh.example/berita/1/judul"
OTHER = "https://contoh.example/berita/2/lain"
LATER = NOW + timedelta(days=1)


def _put(database: Database, **changes: Any) -> Outcome:
    return store(database, attributed(**{"external_id": "x1", **changes}), cause="channel")


def _withdraw(database: Database, article_id: int | None, by: str = "Bu Rini") -> tuple[str, ...]:
    assert article_id is not None
    with database.session() as session:
        return withdrawals.withdraw(session, article_id, at=LATER, reason="permintaan", by=by)


def _row(database: Database, article_id: int | None) -> ArticleRow:
    assert article_id is not None
    with database.session() as session:
        return session.get_one(ArticleRow, article_id)


@pytest.fixture
def held(database: Database) -> int:
    """An article that was also met under a second identifier."""
    outcome = _put(database)
    copy = _put(database, external_id="x2", url=OTHER)
    assert copy.state is EndState.DUPLICATE
    assert outcome.article_id is not None
    return outcome.article_id


def test_a_withdrawn_article_stays_and_is_locked(database: Database, held: int) -> None:
    _withdraw(database, held)
    row = _row(database, held)
    assert (row.withdrawn_at, row.publishable, row.headline != "") == (LATER, False, True)
    with database.session() as session:
        found = withdrawals.of_articles(session, [held, 99])
    assert found == {held: Withdrawal(at=LATER, reason="permintaan", by="Bu Rini", by_hand=True)}


def test_by_hand_every_name_and_the_text_are_kept_out(database: Database, held: int) -> None:
    fingerprint = _row(database, held).text_fingerprint
    assert set(_withdraw(database, held)) == {"x1", URL, OTHER, fingerprint}


def test_a_publisher_takes_back_the_address_not_the_text(database: Database, held: int) -> None:
    assert set(_withdraw(database, held, withdrawals.PUBLISHER)) == {"x1", URL}


def test_withdrawing_again_changes_nothing(database: Database, held: int) -> None:
    _withdraw(database, held)
    assert _withdraw(database, held, "Pak Adi") == ()
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(WithdrawalRow)) == 1


AGAIN = {
    "the identifier at another address": {"url": f"{URL}-baru"},
    "the address with another identifier": {"external_id": "x9"},
    "the address of the copy": {"external_id": "x9", "url": OTHER},
    "the same text": {"external_id": "x9", "url": "https://contoh.example/berita/9"},
}


@pytest.mark.parametrize("name", AGAIN)
def test_after_a_takedown_nothing_of_it_is_stored(database: Database, held: int, name: str) -> None:
    _withdraw(database, held)
    before = _row(database, held).fetched_at
    with pytest.raises(Buried):
        _put(database, fetched_at=LATER, **AGAIN[name])
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(ArticleRow)) == 1
    assert _row(database, held).fetched_at == before


def test_what_brings_the_text_back_is_kept_out_by_name_from_then_on(
    database: Database, held: int
) -> None:
    _withdraw(database, held)
    again = AGAIN["the same text"]
    with pytest.raises(Buried):
        _put(database, **again)
    with database.session() as session:
        assert tombstones.buried(session, "contoh", ["x9", again["url"]]) == {"x9", again["url"]}


def test_undoing_takes_every_tombstone_away(database: Database, held: int) -> None:
    _withdraw(database, held)
    with pytest.raises(Buried):
        _put(database, **AGAIN["the same text"])
    with database.session() as session:
        row = withdrawals.current(session, held)
        assert row is not None
        withdrawals.undo(session, row.id, at=LATER, by="Pak Adi", reason="keliru")
        assert withdrawals.current(session, held) is None
        assert session.scalar(select(func.count()).select_from(TombstoneRow)) == 0
    row = _row(database, held)
    assert (row.withdrawn_at, row.publishable) == (None, True)
    assert _put(database, fetched_at=LATER).state is EndState.UNCHANGED


def test_what_was_undone_stays_on_record_and_can_be_withdrawn_again(
    database: Database, held: int
) -> None:
    for by in ("Bu Rini", "Pak Adi"):
        _withdraw(database, held, by)
        with database.session() as session:
            row = withdrawals.current(session, held)
            assert row is not None
            withdrawals.undo(session, row.id, at=LATER, by="Bu Ani", reason="keliru")
    with database.session() as session:
        rows = session.scalars(select(WithdrawalRow).order_by(WithdrawalRow.id)).all()
    assert [(r.withdrawn_by, r.undone_by, r.undone_reason) for r in rows] == [
        ("Bu Rini", "Bu Ani", "keliru"),
        ("Pak Adi", "Bu Ani", "keliru"),
    ]


def test_a_text_without_a_time_is_not_publishable_when_it_is_shown_again(
    database: Database,
) -> None:
    held = _put(database, published_raw=None).article_id
    _withdraw(database, held)
    with database.session() as session:
        row = withdrawals.current(session, held or 0)
        assert row is not None
        withdrawals.undo(session, row.id, at=LATER, by="Pak Adi", reason="keliru")
    assert _row(database, held).publishable is False


def test_an_address_is_kept_out_before_anything_is_held(database: Database) -> None:
    with database.session() as session:
        withdrawals.keep_out(
            session, "contoh", ["x1", URL], URL, at=NOW, reason="permintaan", by="Bu Rini"
        )
    with pytest.raises(Buried):
        _put(database)
    with database.session() as session:
        row = withdrawals.current_of_keys(session, "contoh", ["x1"])
        assert row is not None
        withdrawals.undo(session, row.id, at=NOW, by="Bu Rini", reason="keliru")
    assert _put(database).state is EndState.STORED


def test_of_texts_a_publisher_withdrew_the_other_address_is_stored_anew(
    database: Database, held: int
) -> None:
    _withdraw(database, held, withdrawals.PUBLISHER)
    outcome = _put(database, external_id="x2", url=OTHER, fetched_at=LATER)
    assert outcome.state is EndState.STORED
    with database.session() as session:
        leads_to = session.scalar(
            select(ArticleUrlRow.article_id).where(ArticleUrlRow.url == OTHER)
        )
    assert leads_to == outcome.article_id


BAD = {
    "ck_withdrawal_reason": "UPDATE withdrawal SET reason = ''",
    "ck_withdrawal_withdrawn_by": "UPDATE withdrawal SET withdrawn_by = ''",
    "ck_withdrawal_undone": "UPDATE withdrawal SET undone_reason = 'keliru'",
    "ck_article_withdrawn": "UPDATE article SET publishable = true",
    "ck_article_watch_suspicion": "UPDATE article_watch SET suspicion = 'gone'",
    "uq_withdrawal_current|withdrawal.article_id": (
        "INSERT INTO withdrawal (publisher, article_id, url, withdrawn_at, reason, withdrawn_by, "
        "by_hand) SELECT publisher, article_id, url, withdrawn_at, reason, withdrawn_by, by_hand "
        "FROM withdrawal"
    ),
}


@pytest.mark.parametrize("constraint", BAD)
def test_the_schema_itself_refuses_half_a_withdrawal(
    database: Database, held: int, constraint: str
) -> None:
    _withdraw(database, held)
    with pytest.raises(StorageError, match=constraint), database.session() as session:
        session.execute(text(BAD[constraint]))


# --- at the same moment ---------------------------------------------------------------------------


def _at_once(*calls: Callable[[], Any]) -> list[Any]:
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return call()
        except Buried:
            return "buried"

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.parametrize("round_", range(5))
def test_a_takedown_beside_a_revision_wins(database: Database, held: int, round_: int) -> None:
    changed = {"headline": "Judul Baru", "fetched_at": LATER}
    _at_once(lambda: _withdraw(database, held), lambda: _put(database, **changed))
    row = _row(database, held)
    assert (row.withdrawn_at, row.publishable) == (LATER, False)


@pytest.mark.parametrize("round_", range(5))
def test_a_takedown_beside_the_first_insert_leaves_nothing_to_show(
    database: Database, round_: int
) -> None:
    """Whoever is first: the article is not stored, or it is stored and withdrawn."""
    names = ["x7", "https://contoh.example/berita/7"]

    def take_down() -> None:
        with database.session() as session:
            withdrawals.lock(session, "contoh")
            found = lookup.find_many(session, "contoh", [("x7", names[1])])
            if found:
                article_id = found["x7"].article_id
                withdrawals.withdraw(session, article_id, at=LATER, reason="p", by="Bu Rini")
            else:
                withdrawals.keep_out(
                    session, "contoh", names, names[1], at=LATER, reason="p", by="Bu Rini"
                )

    _at_once(
        take_down,
        lambda: _put(
            database, external_id="x7", url=names[1], body_html=body_of(f"Tujuh {LONG_TEXT}")
        ),
    )
    with database.session() as session:
        shown = session.scalars(
            select(ArticleRow.id).where(ArticleRow.withdrawn_at.is_(None))
        ).all()
        kept_out = tombstones.buried(session, "contoh", names)
    assert kept_out == set(names)
    assert shown == []


def test_a_withdrawn_article_is_never_the_same_text(database: Database, held: int) -> None:
    fingerprint = _row(database, held).text_fingerprint
    with database.session() as session:
        assert lookup.find_same_text(session, "contoh", fingerprint) is not None
    _withdraw(database, held, withdrawals.PUBLISHER)
    with database.session() as session:
        assert lookup.find_same_text(session, "contoh", fingerprint) is None
        articles.touch(session, held, LATER)
