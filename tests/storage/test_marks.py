"""Witnesses: the same whatever order marks came and went in, and bounded."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.database import Database
from storage.marks import WITNESSES, Buckets
from storage.signatures import StoredSignature, remove_signatures, write_signatures
from storage.tables import MarkRow, SignatureRow
from tests.pipelines.builders import attributed
from tests.storage.test_articles import _add

ARTICLES = 3 * WITNESSES
COMMON, RARE = 7, 100
"""A mark that all have, and the first of those that one has alone."""


def signature(article_id: int) -> StoredSignature:
    return StoredSignature(
        priority=random.Random(article_id).getrandbits(63) - 2**62,
        marks=(COMMON, RARE + article_id // 2),
        minima=b"",
    )


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A transaction in a database whose articles exist."""
    for number in range(1, ARTICLES + 1):
        _add(database, attributed(url=f"https://contoh.example/berita/{number}/judul"))
    with database.session() as session:
        yield session


def put(session: Session, ids: list[int]) -> set[int]:
    buckets = Buckets(session)
    found = {article_id: signature(article_id) for article_id in ids}
    buckets.load(mark for signed in found.values() for mark in signed.marks)
    displaced: set[int] = set()
    for article_id, signed in found.items():
        displaced |= buckets.add(article_id, signed.priority, signed.marks)
    write_signatures(session, found)
    buckets.write()
    return displaced


def take(session: Session, article_id: int) -> set[int]:
    buckets = Buckets(session)
    buckets.load(signature(article_id).marks)
    promoted = buckets.remove(article_id, signature(article_id).marks)
    remove_signatures(session, [article_id])
    return promoted


def witnesses(session: Session) -> set[int]:
    found = select(MarkRow.article_id).where(MarkRow.mark == COMMON, MarkRow.witness)
    return set(session.scalars(found))


def first(ids: set[int]) -> set[int]:
    """What should be the witnesses."""
    return set(sorted(ids, key=lambda i: signature(i).priority)[:WITNESSES])


def partners(session: Session, article_id: int) -> set[int]:
    buckets = Buckets(session)
    buckets.load(signature(article_id).marks)
    return buckets.partners(article_id, signature(article_id).marks)


def test_up_to_a_bound_all_are_witnesses(session: Session) -> None:
    ids = list(range(1, WITNESSES + 1))
    assert put(session, ids) == set()
    assert witnesses(session) == set(ids)
    assert all(partners(session, i) == set(ids) - {i} for i in ids)


def test_of_more_the_first_by_priority_are_witnesses(session: Session) -> None:
    everything = set(range(1, ARTICLES + 1))
    for article_id in everything:
        before = witnesses(session)
        displaced = put(session, [article_id])
        assert displaced == before - witnesses(session)
    assert witnesses(session) == first(everything)
    for article_id in everything:
        mate = {article_id ^ 1} & everything
        expected = everything if article_id in first(everything) else first(everything)
        assert partners(session, article_id) == (expected | mate) - {article_id}


def test_candidates_are_mutual(session: Session) -> None:
    everything = list(range(1, ARTICLES + 1))
    put(session, everything)
    pairs = {(a, b) for a in everything for b in partners(session, a)}
    assert pairs == {(b, a) for a, b in pairs}


def test_who_leaves_makes_room_for_the_next(session: Session) -> None:
    everything = set(range(1, ARTICLES + 1))
    put(session, list(everything))
    for gone in sorted(everything)[: ARTICLES - WITNESSES]:
        before = witnesses(session)
        promoted = take(session, gone)
        everything.discard(gone)
        assert witnesses(session) == first(everything)
        assert promoted == witnesses(session) - before
    assert take(session, min(everything)) == set()


@pytest.mark.slow
def test_coming_and_going_in_any_order_leaves_the_same_witnesses(session: Session) -> None:
    numbers = st.lists(st.integers(1, ARTICLES), max_size=40)

    @settings(max_examples=15, deadline=None)
    @given(numbers)
    def check(drawn: list[int]) -> None:
        for table in (MarkRow, SignatureRow):
            session.execute(delete(table))
        there: set[int] = set()
        for number in drawn:
            if number in there:
                take(session, number)
            else:
                put(session, [number])
            there ^= {number}
            assert witnesses(session) == first(there)

    check()
