"""Comparing and grouping in the database: the same clusters whatever happened on the way."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from aggregator.model import AttributedArticle, EndState, LinkReason, RightsBasis
from pipelines.attribute import attribute
from pipelines.relate import DOCTRINE, compare_all_pending, compare_pending, regroup
from pipelines.store import store
from storage import channels, clusters, notes, signatures, texts, withdrawals
from storage.database import Database, open_database
from storage.marks import WITNESSES
from storage.tables import (
    ArticleRow,
    DoctrineRow,
    LinkRow,
    MarkRow,
    MemberRow,
    PendingRow,
    SignatureRow,
)
from tests.pipelines.builders import NOW, body_of, normalised, publisher
from tests.pipelines.stories import cut, edited, story

PUBLISHERS = {
    "contoh": publisher(),
    "lain": publisher(name="lain", title="Harian Lain", hosts=("lain.example",)),
    "dinas": publisher(
        name="dinas", title="Dinas", hosts=("dinas.example",), rights_basis=RightsBasis.GOVERNMENT
    ),
}


def article(
    number: int,
    text: str,
    source: str = "contoh",
    *,
    hours: int = 0,
    headline: str = "Siswa SMK Merakit Sepeda Listrik",
    line: str = "",
    at: datetime = NOW,
) -> AttributedArticle:
    url = f"https://{source}.example/berita/{number}/judul"
    found = normalised(
        publisher=source,
        url=url,
        external_id=f"x{number}",
        headline=headline,
        body_html=body_of(text, *filter(None, [line])),
        published_raw=None,
        published_at=NOW - timedelta(days=20) + timedelta(hours=hours),
        fetched_at=at,
    )
    return attribute(found, PUBLISHERS[source])


@pytest.fixture
def database(database: Database) -> Database:
    _introduce(database)
    return database


def _introduce(database: Database) -> None:
    with database.session() as session:
        for declared in PUBLISHERS.values():
            channels.ensure(session, declared, ())


def put(database: Database, *found: AttributedArticle) -> list[int]:
    """Store and compare; returns the articles' numbers."""
    numbers = [store(database, one, cause="crawl").article_id for one in found]
    compare_all_pending(database)
    return [number for number in numbers if number is not None]


State = tuple[frozenset[tuple[str, tuple[str, ...]]], frozenset[tuple[str, str, str, float]]]


def state(database: Database) -> State:
    """Clusters (representative and members) and links, by names that every database shares."""
    with database.session() as session:
        rows = session.execute(select(ArticleRow.id, ArticleRow.external_id))
        names = {number: str(external_id) for number, external_id in rows}
        found = clusters.clusters_of(session, list(names))
        links = clusters.links_of(session, list(names)).values()
        return (
            frozenset(
                (
                    str(names[c.representative_id]),
                    tuple(sorted(str(names[i]) for i in c.member_ids)),
                )
                for c in found
            ),
            frozenset(
                (*sorted((str(names[k.first]), str(names[k.second]))), str(k.reason), k.score)
                for k in links
            ),
        )


def members(database: Database) -> set[tuple[str, ...]]:
    return {names for _, names in state(database)[0]}


def representatives(database: Database) -> set[str]:
    return {name for name, _ in state(database)[0]}


# --- what belongs together ------------------------------------------------------------------------


def test_prints_of_one_text_are_a_cluster_and_others_are_none(database: Database) -> None:
    text = story(1)
    put(
        database,
        article(1, text, hours=1),
        article(2, edited(text, 0.05), "lain", hours=2, headline="Judul Lain"),
        article(3, cut(text, 0.5), "dinas", hours=3),
        article(4, story(2), "lain"),
    )
    assert state(database)[0] == {("x1", ("x1", "x2", "x3"))}


def test_a_link_keeps_its_rule_and_its_score(database: Database) -> None:
    put(database, article(1, story(1)), article(2, cut(story(1), 0.5), "lain"))
    ((_, _, reason, score),) = state(database)[1]
    assert reason == LinkReason.SHORTENED
    assert 0.98 < score <= 1


def test_articles_without_duplicates_take_no_rows_but_their_signature(database: Database) -> None:
    put(database, article(1, story(1)), article(2, story(2)))
    with database.session() as session:
        counts = {
            table: session.scalar(select(func.count()).select_from(table))
            for table in (SignatureRow, MemberRow, LinkRow, PendingRow)
        }
    assert counts == {SignatureRow: 2, MemberRow: 0, LinkRow: 0, PendingRow: 0}


def test_a_late_original_takes_over(database: Database) -> None:
    text = story(1)
    put(database, article(2, text, "lain", hours=5), article(3, edited(text, 0.03), hours=9))
    assert representatives(database) == {"x2"}
    put(database, article(1, text, hours=1))
    assert representatives(database) == {"x1"}


def test_the_original_that_a_copy_names_stands_for_all(database: Database) -> None:
    line = "Artikel ini telah tayang di Lain.example dengan judul Asal Mula"
    put(
        database,
        article(1, story(1), hours=1, line=line),
        article(2, edited(story(1), 0.03), "lain", hours=9, headline="Asal Mula"),
    )
    assert representatives(database) == {"x2"}


# --- the same in every order, batch and life ------------------------------------------------------

TEXTS = [story(f"base {n}") for n in range(4)]


def prints(number: int) -> AttributedArticle:
    """One of 24 articles of four texts, with bridges between near and far relatives."""
    text = TEXTS[number % 4]
    changed = (
        text,
        edited(text, 0.05, "a"),
        cut(text, 0.5),
        cut(edited(text, 0.05, "a"), 0.6),
        edited(edited(text, 0.08, "b"), 0.08, "c"),
        f"{text} {story('joined')}",
    )[number // 4]
    source = ("contoh", "lain", "dinas")[number % 3]
    return article(
        number, changed, source, hours=(number * 7) % 24, headline=f"Judul {number // 8} Sekolah"
    )


def lives(url: str, order: Sequence[int], cuts: Sequence[int]) -> None:
    """Store in this order; at every cut a process ends, sometimes with little or nothing compared,
    and another goes on."""
    for life, (start, end) in enumerate(pairwise((0, *cuts, len(order)))):
        with closing(open_database(url, writable=True)) as database:
            for number in order[start:end]:
                store(database, prints(number), cause="crawl")
            compare_pending(database, life % 5) if life % 2 else compare_all_pending(database)
    with closing(open_database(url, writable=True)) as database:
        compare_all_pending(database)


@pytest.fixture
def empty(database: Database) -> Callable[[], None]:
    """Takes everything out of the database again."""

    def clear() -> None:
        with database.session() as session:
            clusters.forget_all(session)
            for table in reversed(ArticleRow.metadata.sorted_tables):
                if table.name != "publisher":
                    session.execute(delete(table))

    return clear


@pytest.mark.slow
def test_every_order_batch_and_restart_gives_the_same_clusters(
    database: Database, database_url: str, empty: Callable[[], None]
) -> None:
    numbers = st.lists(st.sampled_from(range(24)), min_size=8, unique=True)

    @settings(max_examples=8, deadline=None)
    @given(numbers, st.randoms(use_true_random=False), st.sets(st.integers(1, 7)))
    def check(order: list[int], chance: random.Random, cuts: set[int]) -> None:
        states = set()
        for numbers, stops in ((order, sorted(cuts)), (chance.sample(order, len(order)), [])):
            empty()
            lives(database_url, numbers, stops)
            states.add(state(database))
        assert len(states) == 1

    check()


FAMILY = 3 * WITNESSES


def member_of_a_family(number: int) -> AttributedArticle:
    """Articles that share so much that they have all marks in common, and too many to compare."""
    text = story("family")
    return article(number, text, ("contoh", "lain", "dinas")[number % 3], line=f"Nomor {number}.")


@pytest.mark.parametrize("seed", range(3))
def test_more_prints_than_witnesses_are_one_cluster_in_every_order(
    database: Database, empty: Callable[[], None], seed: int
) -> None:
    numbers = list(range(FAMILY))
    states = set()
    for shuffled in (numbers, random.Random(seed).sample(numbers, FAMILY)):
        empty()
        for batch in (shuffled[: FAMILY // 2], shuffled[FAMILY // 2 :]):
            put(database, *map(member_of_a_family, batch))
        states.add(state(database))
    ((found, links),) = states
    assert {len(names) for _, names in found} == {FAMILY}
    assert len(links) < FAMILY * (FAMILY - 1) / 2
    with database.session() as session:
        witnesses = select(func.count()).where(MarkRow.witness).group_by(MarkRow.mark)
        assert max(session.scalars(witnesses)) == WITNESSES


# --- changes --------------------------------------------------------------------------------------


def test_a_revised_article_is_compared_again(database: Database) -> None:
    put(database, article(1, story(1)), article(2, story(2), "lain"))
    assert members(database) == set()
    later = NOW + timedelta(hours=1)
    (number,) = put(database, article(2, edited(story(1), 0.03), "lain", at=later))
    assert members(database) == {("x1", "x2")}
    put(database, article(2, story(2), "lain", at=later + timedelta(hours=1)))
    assert members(database) == set()
    with database.session() as session:
        marks = set(session.scalars(select(MarkRow.mark).where(MarkRow.article_id == number)))
        assert marks == set(signatures.signatures(session, [number])[number].marks)


def test_a_bridge_that_is_revised_away_parts_what_it_held_together(database: Database) -> None:
    """Both halves are in the whole and have nothing in common with each other."""
    first, second = story("a", 80), story("b", 80)
    put(database, article(1, f"{first} {second}"), article(2, first, "lain"))
    put(database, article(3, f"{first} {second} {story('c', 80)}", "dinas"))
    assert members(database) == {("x1", "x2", "x3")}
    put(database, article(1, story("d"), at=NOW + timedelta(hours=1)))
    assert members(database) == {("x2", "x3")} or members(database) == set()


def test_a_withdrawn_article_leaves_its_cluster(database: Database) -> None:
    text = story(1)
    first, *_ = put(
        database,
        article(1, text, hours=1),
        article(2, text, "lain", hours=2),
        article(3, text, "dinas", hours=3),
    )
    with database.session() as session:
        withdrawals.withdraw(session, first, at=NOW, reason="dicabut")
    compare_all_pending(database)
    assert state(database)[0] == {("x2", ("x2", "x3"))}
    with database.session() as session:
        assert first not in session.scalars(select(SignatureRow.article_id)).all()
        assert first not in session.scalars(select(MarkRow.article_id)).all()


def test_withdrawn_witnesses_are_replaced(database: Database, empty: Callable[[], None]) -> None:
    """Those that come after them step in, as if the withdrawn had never been there."""
    numbers = put(database, *map(member_of_a_family, range(FAMILY)))
    gone = set(range(0, FAMILY, 3))  # of one publisher
    with database.session() as session:
        for number in gone:
            withdrawals.withdraw(session, numbers[number], at=NOW, reason="dicabut")
    compare_all_pending(database)
    after = state(database)
    empty()
    put(database, *(member_of_a_family(n) for n in range(FAMILY) if n not in gone))
    assert after == state(database)


def test_a_withdrawn_article_that_waits_to_leave_is_compared_with_nothing(
    database: Database,
) -> None:
    (first,) = put(database, article(1, story(1)))
    with database.session() as session:
        withdrawals.withdraw(session, first, at=NOW, reason="dicabut")
        session.execute(delete(PendingRow))
    put(database, article(2, story(1), "lain"))
    assert members(database) == set()


def test_a_withdrawal_that_is_taken_back_joins_it_again(database: Database) -> None:
    first, _ = put(database, article(1, story(1), hours=1), article(2, story(1), "lain", hours=2))
    before = state(database)
    with database.session() as session:
        withdrawals.withdraw(session, first, at=NOW, reason="dicabut")
    compare_all_pending(database)
    assert members(database) == set()
    with database.session() as session:
        row = withdrawals.current(session, first)
        assert row is not None
        withdrawals.undo(session, row.id, at=NOW, by="Ani", reason="keliru")
    compare_all_pending(database)
    assert state(database) == before


def test_a_change_of_publication_alone_may_change_the_representative(database: Database) -> None:
    put(database, article(1, story(1), hours=1), article(2, story(1), "lain", hours=2))
    assert representatives(database) == {"x1"}
    put(database, article(1, story(1), hours=3, at=NOW + timedelta(hours=1)))
    assert representatives(database) == {"x2"}


# --- what is left over ----------------------------------------------------------------------------


def test_what_a_killed_crawl_left_is_compared_by_the_next(database: Database) -> None:
    for found in (article(1, story(1)), article(2, story(1), "lain")):
        store(database, found, cause="crawl")
    assert members(database) == set()
    assert compare_pending(database) == 2
    assert members(database) == {("x1", "x2")}
    assert compare_pending(database) == 0


def test_an_upgraded_database_is_compared_whole(database: Database) -> None:
    put(database, article(1, story(1)), article(2, story(1), "lain"))
    with database.session() as session:
        clusters.forget_all(session)  # as the migration leaves it
        assert notes.count_uncompared(session, DOCTRINE) == 2
    assert compare_all_pending(database) == 2
    assert members(database) == {("x1", "x2")}


def test_other_rules_compare_everything_anew(database: Database) -> None:
    put(database, article(1, story(1)), article(2, story(1), "lain"))
    with database.session() as session:
        session.execute(delete(DoctrineRow))
        session.add(DoctrineRow(version="0.0"))
    assert compare_all_pending(database) == 2
    assert compare_all_pending(database) == 0
    assert members(database) == {("x1", "x2")}


def test_a_change_while_it_is_compared_is_not_lost(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The note of the change has a number of its own, so that settling the first leaves it."""
    (number, _) = put(database, article(1, story(1)), article(2, story(2), "lain"))
    with database.session() as session:
        notes.note(session, number)
        noted = notes.pending(session, 10)
        notes.note(session, number)
        notes.settle(session, [note for note, _ in noted])
        assert [article_id for _, article_id in notes.pending(session, 10)] == [number]


def test_regrouping_changes_nothing_that_is_right(database: Database) -> None:
    numbers = put(database, *map(prints, range(24)))
    before = state(database)
    with database.session() as session:
        clusters.lock(session)
        regroup(session, numbers)
    assert state(database) == before


# --- two at once ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_crawlers_at_the_same_time_miss_no_pair(database: Database, database_url: str) -> None:
    """Each stores one print of every text; each pair meets only in the database."""
    texts = 12
    barrier = threading.Barrier(3)

    def crawl(source: str) -> list[EndState]:
        own = open_database(database_url, writable=True)
        try:
            ends = []
            for number in range(texts):
                barrier.wait(timeout=60)
                offset = 1000 * list(PUBLISHERS).index(source)
                found = article(offset + number, edited(story(number), 0.03, source), source)
                ends.append(store(own, found, cause="crawl").state)
                compare_pending(own, 3)
            return ends
        finally:
            own.close()

    with ThreadPoolExecutor(3) as pool:
        for ends in pool.map(crawl, PUBLISHERS):
            assert set(ends) == {EndState.STORED}
    assert compare_all_pending(database) == 0
    assert members(database) == {
        tuple(sorted(f"x{offset + n}" for offset in (0, 1000, 2000))) for n in range(texts)
    }


@pytest.mark.slow
def test_revising_and_comparing_at_the_same_time_ends_well(
    database: Database, database_url: str
) -> None:
    """No deadlock between a revision's lock on its article and the links that refer to it."""
    numbers = range(6)
    put(database, *(article(n, story(1), "contoh", line=f"Nomor {n}.") for n in numbers))
    barrier = threading.Barrier(2)

    def revise(which: int) -> None:
        own = open_database(database_url, writable=True)
        try:
            for turn in range(8):
                barrier.wait(timeout=60)
                for n in numbers:
                    line = f"Nomor {n}, putaran {turn} {which}."
                    at = NOW + timedelta(hours=1 + 2 * turn + which)
                    store(own, article(n, story(1), line=line, at=at), cause="crawl")
                    compare_pending(own)
        finally:
            own.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(revise, range(2)))
    compare_all_pending(database)
    assert members(database) == {tuple(f"x{n}" for n in numbers)}


# --- texts that were let go -----------------------------------------------------------------------


@pytest.mark.parametrize("gone", [("contoh",), ("lain",), ("contoh", "lain")])
def test_what_was_found_stands_when_the_texts_are_gone(
    database: Database, gone: tuple[str, ...]
) -> None:
    text = story(1)
    put(database, article(1, text), article(2, edited(text, 0.05), "lain"))
    before = state(database)
    assert before[1]
    texts.forget(database, dict.fromkeys(gone, NOW + timedelta(days=1)), NOW)
    with database.session() as session:
        session.execute(delete(DoctrineRow))
    # Everything is compared anew, and a third print of it comes.
    put(database, article(3, text, "dinas"))
    _, links = state(database)
    assert before[1] <= links
    with_text = {"contoh": "x1", "lain": "x2"}
    joined = {one for one, other, *_ in links if other == "x3"}
    assert joined == {name for source, name in with_text.items() if source not in gone}


def test_a_withdrawn_article_leaves_its_cluster_without_its_text_too(database: Database) -> None:
    text = story(1)
    first, _ = put(database, article(1, text), article(2, edited(text, 0.05), "lain"))
    texts.forget(database, {"contoh": NOW + timedelta(days=1)}, NOW)
    with database.session() as session:
        withdrawals.withdraw(session, first, at=NOW, reason="diminta", by="Rini")
    compare_all_pending(database)
    assert state(database) == (frozenset(), frozenset())
