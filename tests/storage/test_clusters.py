"""Clusters in the database: what the schema refuses, and what readers get."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from aggregator.errors import StorageError
from aggregator.model import Cluster, ClusterMember, Duplicate, Link, LinkReason
from storage import clusters
from storage.database import Database
from storage.prints import ALONE, THROUGH, other_prints
from storage.tables import ArticleRow, MarkRow
from storage.types import listed_in
from tests.pipelines.builders import attributed
from tests.storage.test_articles import _add


@pytest.fixture
def articles(database: Database) -> list[int]:
    found = [
        _add(database, attributed(url=f"https://contoh.example/berita/{number}/judul"))
        for number in range(5)
    ]
    return [number for number in found if number is not None]


def link(first: int, second: int, score: float = 0.75) -> Link:
    return Link(first=first, second=second, reason=LinkReason.EDITED, score=score)


def chain(ids: list[int], *scores: float) -> Cluster:
    """The first is the representative, each joined by the one before it."""
    links = [link(*ids[n : n + 2], score) for n, score in enumerate(scores)]
    ways = [ClusterMember(article_id=ids[n + 1], via=way) for n, way in enumerate(links)]
    return Cluster(
        id=min(ids),
        representative_id=ids[0],
        members=(ClusterMember(article_id=ids[0]), *ways),
    )


def test_a_cluster_comes_back_as_it_was_written(database: Database, articles: list[int]) -> None:
    whole = chain(articles[:3], 0.9, 0.7)
    with database.session() as session:
        clusters.write_clusters(session, articles, [whole])
        assert clusters.clusters_of(session, [articles[2]]) == (whole,)
        assert clusters.clusters_of(session, [articles[4]]) == ()
        assert clusters.mates(session, [articles[1]]) == set(articles[:3])


def test_what_is_in_no_cluster_any_more_leaves(database: Database, articles: list[int]) -> None:
    with database.session() as session:
        clusters.write_clusters(session, articles, [chain(articles[:3], 0.9, 0.7)])
        smaller = chain(articles[1:3], 0.7)
        clusters.write_clusters(session, articles, [smaller])
        assert clusters.clusters_of(session, articles) == (smaller,)


def test_links_are_found_from_both_ends(database: Database, articles: list[int]) -> None:
    a, b, c, *_ = articles
    with database.session() as session:
        clusters.write_links(session, [], [link(a, b), link(b, c)])
        assert set(clusters.links_of(session, [b])) == {(a, b), (b, c)}
        clusters.write_links(session, [(a, b)], [link(a, c)])
        assert set(clusters.links_of(session, [a, b, c])) == {(b, c), (a, c)}


def test_other_prints_are_told_from_each_article(database: Database, articles: list[int]) -> None:
    a, b, c, d, e = articles
    with database.session() as session:
        clusters.write_links(session, [], [link(a, b, 0.9), link(b, c, 0.7)])
        clusters.write_clusters(session, articles, [chain([a, b, c], 0.9, 0.7)])
        found = other_prints(session, [a, c, e])
    assert set(found) == {a, c}
    assert found[a].cluster_id == a
    assert [(o.article_id, o.reason, o.score) for o in found[a].others] == [
        (b, "edited", 0.9),
        (c, THROUGH, 0.7),
    ]
    assert [(o.article_id, o.reason, o.score) for o in found[c].others] == [
        (a, THROUGH, 0.7),
        (b, "edited", 0.7),
    ]
    assert isinstance(found[a].others[0], Duplicate)
    assert found[a].others[0].url == "https://contoh.example/berita/1/judul"
    assert ALONE.others == ()
    assert d not in found


def test_a_persons_link_is_told_as_such(database: Database, articles: list[int]) -> None:
    a, b, *_ = articles
    by_hand = Link(first=a, second=b, reason=LinkReason.PERSON, score=1.0)
    cluster = Cluster(
        id=a,
        representative_id=a,
        members=(ClusterMember(article_id=a), ClusterMember(article_id=b, via=by_hand)),
    )
    with database.session() as session:
        clusters.write_clusters(session, [a, b], [cluster])
        assert other_prints(session, [b])[b].others[0].reason == LinkReason.PERSON


BAD = (
    "INSERT INTO cluster_link (first_id, second_id, reason, score) VALUES (:b, :a, 'edited', 0.5)",
    "INSERT INTO cluster_link (first_id, second_id, reason, score) VALUES (:a, :a, 'edited', 0.5)",
    "INSERT INTO cluster_link (first_id, second_id, reason, score) VALUES (:a, :b, 'maybe', 0.5)",
    "INSERT INTO cluster_link (first_id, second_id, reason, score) VALUES (:a, :b, 'edited', 1.5)",
    "INSERT INTO cluster_link (first_id, second_id, reason, score) VALUES (:a, 999, 'edited', 0.5)",
    "INSERT INTO cluster_member (article_id, cluster_id, via_id) VALUES (:a, :a, :b)",
    "INSERT INTO cluster_member (article_id, cluster_id, reason, score) VALUES (:a, :a, 'x', 1)",
)


@pytest.mark.parametrize("statement", BAD)
def test_the_schema_refuses(database: Database, articles: list[int], statement: str) -> None:
    a, b, *_ = articles
    with pytest.raises(StorageError), database.session() as session:
        session.execute(text(statement), {"a": a, "b": b})


@pytest.mark.parametrize("count", [0, 1, 40_000])
def test_any_number_of_numbers_is_one_parameter(
    database: Database, articles: list[int], count: int
) -> None:
    wanted = [*articles[:2], *range(10**6, 10**6 + count)]
    statement = select(ArticleRow.id).where(listed_in(ArticleRow.id, "ids"))
    with database.session() as session:
        assert set(session.scalars(statement, {"ids": wanted})) == set(articles[:2])
        assert session.scalars(statement, {"ids": []}).all() == []


def test_marks_of_64_bits_are_kept_whole(database: Database) -> None:
    numbers = [2**63 - 1, -(2**63), 0]
    with database.session() as session:
        session.add_all(MarkRow(mark=m, article_id=1, witness=True) for m in numbers)
        session.flush()
        found = select(MarkRow.mark).where(listed_in(MarkRow.mark, "marks"))
        assert set(session.scalars(found, {"marks": numbers})) == set(numbers)
