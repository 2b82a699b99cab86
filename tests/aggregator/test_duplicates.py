"""Clusters for people: explained, and corrected by decisions that win for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from aggregator import duplicates
from aggregator.config import Config
from aggregator.duplicates import Signed, explain, list_clusters
from aggregator.errors import ArticleNotFoundError, QueryError
from aggregator.model import DecisionKind, LinkReason
from aggregator.query import ArticleFilter, find_articles, get_article
from pipelines.clusters import Standing
from pipelines.relate import compare_all_pending
from pipelines.verdict import LookAlike
from storage import clusters, withdrawals
from storage.database import Database
from tests.pipelines.builders import NOW
from tests.pipelines.stories import cut, edited, story
from tests.pipelines.test_relate import _introduce, article, put

BY_ANI = Signed(by="Ani", reason="sudah dibaca", now=NOW)
BY_BUDI = Signed(by="Budi", reason="keliru", now=NOW + timedelta(hours=1))

X1, X2, X3, X4 = "contoh:x1", "lain:x2", "dinas:x3", "lain:x4"


@pytest.fixture
def config(database_url: str) -> Config:
    return Config(database_url=database_url)


@pytest.fixture
def held(database: Database) -> Database:
    """Three prints of one text, and another text."""
    _introduce(database)
    text = story(1)
    put(
        database,
        article(1, text, hours=1, headline="Judul Asli"),
        article(2, edited(text, 0.05), "lain", hours=2, headline="Judul Kedua"),
        article(3, cut(text, 0.5), "dinas", hours=3, headline="Judul Ketiga"),
        article(4, story(2), "lain", hours=4, headline="Judul Lain"),
    )
    return database


Clusters = Callable[[], list[list[str]]]


@pytest.fixture
def now(held: Database) -> Clusters:
    """The clusters by their members' names."""

    def found() -> list[list[str]]:
        with held.session() as session:
            views, _ = list_clusters(session, 100)
            return sorted(
                sorted(f"{a.publisher}:{a.key}" for a in view.articles.values()) for view in views
            )

    return found


# --- shown ----------------------------------------------------------------------------------------


def test_every_member_says_which_rule_joined_it_and_what_differs(held: Database) -> None:
    with held.session() as session:
        found = explain(session, X3)
    assert found.article.key == "x3"
    assert found.cluster is not None
    assert found.cluster.standing is Standing.EARLIEST
    assert {j.article.key for j in found.joined} == {"x2", "x3"}
    by_key = {joined.article.key: joined for joined in found.joined}
    assert by_key["x2"].via.reason in (LinkReason.EDITED, LinkReason.REWORKED)
    assert by_key["x3"].via.reason is LinkReason.SHORTENED
    headline, *passages = by_key["x2"].differences
    assert (headline.removed, headline.added) == ("Asli", "Kedua")
    assert len(passages) > 2


def test_an_article_alone_has_no_cluster(held: Database) -> None:
    with held.session() as session:
        found = explain(session, X4)
    assert (found.cluster, found.joined, found.kept_apart) == (None, (), ())


def test_look_alikes_are_shown_by_their_name(database: Database) -> None:
    _introduce(database)
    frame = story("frame")
    put(
        database,
        article(1, frame, headline="Kunci Jawaban Halaman 12"),
        article(2, frame, "lain", headline="Kunci Jawaban Halaman 13"),
    )
    with database.session() as session:
        ((other, look_alike),) = explain(session, X1).kept_apart
    assert (other.key, look_alike) == ("x2", LookAlike.NUMBERED)


def test_an_unknown_article_is_an_error(held: Database) -> None:
    with held.session() as session, pytest.raises(ArticleNotFoundError):
        explain(session, "contoh:x99")


def test_clusters_are_listed_page_by_page(database: Database) -> None:
    _introduce(database)
    for n in range(3):
        put(database, article(2 * n, story(n)), article(2 * n + 1, story(n), "lain"))
    seen, cursor = [], None
    with database.session() as session:
        for _ in range(3):
            (view,), cursor = list_clusters(session, 1, cursor)
            seen.append(view.articles[view.cluster.representative_id].key)
    assert (seen, cursor) == (["x4", "x2", "x0"], None)


@pytest.mark.parametrize("limit", [0, 1001])
def test_an_unusable_limit_is_an_error(held: Database, limit: int) -> None:
    with held.session() as session, pytest.raises(QueryError):
        list_clusters(session, limit)


def test_json_and_filter_know_the_clusters(held: Database) -> None:
    with held.session() as session:
        shown = get_article(session, X2).to_json()
        numbers = {
            wanted: {
                view.article.external_id
                for view in find_articles(session, ArticleFilter(representatives=wanted)).articles
            }
            for wanted in (None, True, False)
        }
        alone = get_article(session, X4).to_json()
    assert shown["cluster_id"] == clusters_number(held)
    assert [d["publisher"] for d in shown["duplicates"]] == ["contoh", "dinas"]
    assert shown["duplicates"][0]["url"] == "https://contoh.example/berita/1/judul"
    assert 0 < shown["duplicates"][0]["score"] <= 1
    assert numbers == {None: {"x1", "x2", "x3", "x4"}, True: {"x1", "x4"}, False: {"x2", "x3"}}
    assert (alone["cluster_id"], alone["duplicates"]) == (None, [])


def clusters_number(database: Database) -> int:
    with database.session() as session:
        ((view,), _) = list_clusters(session, 10)
        return view.cluster.id


# --- decided --------------------------------------------------------------------------------------

TOGETHER = sorted([X1, X2, X3])


def test_a_merge_joins_what_the_rules_did_not(config: Config, now: Clusters) -> None:
    decided = duplicates.merge(config, X4, X2, BY_ANI)
    assert (decided.kind, decided.made_by, decided.reason) == (
        DecisionKind.MERGE, "Ani", "sudah dibaca",
    )  # fmt: skip
    assert now() == [sorted([X1, X2, X3, X4])]


def test_a_split_takes_an_article_out(config: Config, now: Clusters) -> None:
    assert len(duplicates.split(config, X3, BY_ANI).pairs) == 2
    assert now() == [sorted([X1, X2])]


def test_never_parts_two_and_the_third_stays_with_the_nearer(config: Config, now: Clusters) -> None:
    duplicates.never(config, X1, X2, BY_ANI)
    ((first, second),) = now()
    assert {X1, X2} & {first, second} != {X1, X2}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_decisions_win_over_everything_that_comes_later(
    held: Database, config: Config, now: Clusters, order: tuple[int, int]
) -> None:
    decisions = (
        lambda: duplicates.split(config, X3, BY_ANI),
        lambda: duplicates.merge(config, X4, X1, BY_ANI),
    )
    for number in order:
        decisions[number]()
    expected = [sorted([X1, X2, X4])]
    assert now() == expected or order == (1, 0)
    later = NOW + timedelta(hours=2)
    # A revision that makes them alike again, a late print that bridges, and all compared anew.
    put(held, article(3, story(1), "dinas", hours=3, at=later))
    bridge = put(held, article(5, story(1), "contoh", hours=9, line="Ditambah satu kalimat lagi."))
    duplicates.rebuild(config)
    together = [cluster for cluster in now() if X1 in cluster]
    assert [X3 in cluster for cluster in together] == [False]
    assert [X4 in cluster for cluster in together] == [True]
    assert bridge


def test_a_later_decision_replaces_an_earlier_one(config: Config, now: Clusters) -> None:
    duplicates.never(config, X4, X1, BY_ANI)
    duplicates.merge(config, X1, X4, BY_BUDI)
    assert now() == [sorted([X1, X2, X3, X4])]
    last = duplicates.never(config, X4, X1, BY_ANI)
    assert not any({X1, X4} <= set(cluster) for cluster in now())
    duplicates.undo(config, last.id, BY_BUDI)
    assert now() == [sorted([X1, X2, X3, X4])]


@pytest.mark.parametrize(
    "decide",
    [
        lambda config: duplicates.split(config, X2, BY_ANI),
        lambda config: duplicates.never(config, X1, X3, BY_ANI),
        lambda config: duplicates.merge(config, X1, X4, BY_ANI),
    ],
    ids=["split", "never", "merge"],
)
def test_an_undone_decision_leaves_all_as_it_was(
    config: Config, now: Clusters, decide: Callable[[Config], object]
) -> None:
    before = now()
    made = decide(config)
    assert now() != before
    undone = duplicates.undo(config, made.id, BY_BUDI)  # type: ignore[attr-defined]
    assert now() == before
    assert (undone.undone_by, undone.undone_reason) == ("Budi", "keliru")


def test_decisions_are_on_record_with_the_article(
    held: Database, config: Config, now: Clusters
) -> None:
    first = duplicates.never(config, X1, X4, BY_ANI)
    duplicates.undo(config, first.id, BY_BUDI)
    second = duplicates.split(config, X3, BY_ANI)
    with held.session() as session:
        assert [d.id for d in duplicates.all_decisions(session)] == [first.id, second.id]
        assert [d.id for d in explain(session, X4).decisions] == [first.id]
        assert [d.id for d in explain(session, X2).decisions] == [first.id, second.id]


@pytest.mark.parametrize(
    ("decide", "field"),
    [
        (lambda config: duplicates.merge(config, X1, X1, BY_ANI), "article"),
        (lambda config: duplicates.never(config, X2, X2, BY_ANI), "article"),
        (lambda config: duplicates.split(config, X4, BY_ANI), "article"),
        (lambda config: duplicates.undo(config, 99, BY_ANI), "decision"),
    ],
)
def test_what_cannot_be_decided_is_an_error_and_changes_nothing(
    config: Config, now: Clusters, decide: Callable[[Config], object], field: str
) -> None:
    before = now()
    with pytest.raises(QueryError) as caught:
        decide(config)
    assert caught.value.fields["field"] == field
    assert now() == before


def test_a_decision_is_undone_once(config: Config, now: Clusters) -> None:
    made = duplicates.split(config, X3, BY_ANI)
    duplicates.undo(config, made.id, BY_BUDI)
    with pytest.raises(QueryError):
        duplicates.undo(config, made.id, BY_BUDI)


# --- rebuilt --------------------------------------------------------------------------------------


def test_a_rebuild_gives_the_same_clusters(config: Config, now: Clusters) -> None:
    duplicates.merge(config, X4, X2, BY_ANI)
    before, counted = now(), list[int]()
    assert duplicates.rebuild(config, counted.append) == 4
    assert now() == before
    assert counted == [4]


def test_what_is_not_compared_yet_is_counted(held: Database, config: Config) -> None:
    with held.session() as session:
        assert duplicates.uncompared(session) == 0
        clusters.forget_all(session)
        assert duplicates.uncompared(session) == 4


def test_a_withdrawn_article_that_waits_to_leave_can_still_be_shown(held: Database) -> None:
    with held.session() as session:
        withdrawals.withdraw(session, get_article(session, X1).id, at=NOW, reason="dicabut")
        assert explain(session, X2).cluster is not None
    compare_all_pending(held)
    with held.session() as session:
        found = explain(session, X2).cluster
        assert found is not None
        assert {article.key for article in found.articles.values()} == {"x2", "x3"}
