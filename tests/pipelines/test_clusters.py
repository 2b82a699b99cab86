"""Clusters: from links and people's decisions, whatever the order."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model import (
    Cluster,
    Decision,
    DecisionKind,
    Evidence,
    Link,
    LinkReason,
    Precision,
    Printing,
    RightsBasis,
)
from pipelines.clusters import Standing, group, representative, standing
from tests.pipelines.builders import NOW
from tests.pipelines.stories import printing

MORNING = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
SIX = [printing(n, published_at=MORNING + timedelta(hours=n)) for n in range(1, 7)]


def link(first: int, second: int, score: float = 0.8) -> Link:
    return Link(first=first, second=second, reason=LinkReason.EDITED, score=score)


def decision(number: int, kind: DecisionKind, *pairs: tuple[int, int]) -> Decision:
    return Decision(id=number, kind=kind, pairs=pairs, made_by="Ani", made_at=NOW, reason="dilihat")


def members(found: tuple[Cluster, ...]) -> list[tuple[int, ...]]:
    return [tuple(sorted(cluster.member_ids)) for cluster in found]


MERGE, SPLIT, NEVER = DecisionKind.MERGE, DecisionKind.SPLIT, DecisionKind.NEVER


@pytest.mark.parametrize(
    ("links", "decisions", "expected"),
    [
        ([], [], []),
        ([link(1, 2)], [], [(1, 2)]),
        ([link(1, 2), link(2, 3), link(4, 5)], [], [(1, 2, 3), (4, 5)]),
        ([link(1, 9)], [], []),
        # a person joins
        ([], [decision(1, MERGE, (1, 2))], [(1, 2)]),
        ([link(1, 2), link(3, 4)], [decision(1, MERGE, (2, 3))], [(1, 2, 3, 4)]),
        # a person parts
        ([link(1, 2)], [decision(1, NEVER, (1, 2))], []),
        ([link(1, 2, 0.9), link(2, 3, 0.7)], [decision(1, NEVER, (1, 3))], [(1, 2)]),
        ([link(1, 2, 0.7), link(2, 3, 0.9)], [decision(1, NEVER, (1, 3))], [(2, 3)]),
        ([link(1, 2), link(1, 3), link(2, 3)], [decision(1, SPLIT, (1, 2), (1, 3))], [(2, 3)]),
        # a later word replaces an earlier one
        ([], [decision(1, NEVER, (1, 2)), decision(2, MERGE, (1, 2))], [(1, 2)]),
        ([link(1, 2)], [decision(1, MERGE, (1, 2)), decision(2, NEVER, (1, 2))], []),
        (
            [],
            [decision(1, MERGE, (1, 2)), decision(2, MERGE, (2, 3)), decision(3, NEVER, (1, 3))],
            [(2, 3)],
        ),
        # about an article that is not there
        ([link(1, 2)], [decision(1, MERGE, (2, 9)), decision(2, NEVER, (1, 9))], [(1, 2)]),
    ],
)
def test_clusters(
    links: list[Link], decisions: list[Decision], expected: list[tuple[int, ...]]
) -> None:
    assert members(group(SIX, links, decisions)) == expected


def test_a_new_print_of_a_text_that_was_split_off_goes_where_it_is_nearest() -> None:
    split = decision(1, SPLIT, (1, 2), (1, 3))
    near_the_others = [link(2, 3), link(2, 4, 0.95), link(1, 4, 0.7)]
    near_the_one = [link(2, 3), link(2, 4, 0.7), link(1, 4, 0.95)]
    assert members(group(SIX, near_the_others, [split])) == [(2, 3, 4)]
    assert members(group(SIX, near_the_one, [split])) == [(1, 4), (2, 3)]


def test_every_member_knows_its_way_to_the_representative() -> None:
    (found,) = group(SIX, [link(2, 3), link(1, 2), link(3, 4, 0.5)], [])
    assert (found.id, found.representative_id) == (1, 1)
    ways = {m.article_id: m.via and (m.via.first, m.via.second) for m in found.members}
    assert ways == {1: None, 2: (1, 2), 3: (2, 3), 4: (3, 4)}


def test_a_member_is_joined_on_the_shortest_way_by_its_strongest_link() -> None:
    links = [link(1, 2, 0.6), link(2, 3, 0.9), link(1, 3, 0.8), link(2, 4, 0.7), link(3, 4, 0.75)]
    (found,) = group(SIX[:4], links, [])
    ways = {m.article_id: m.via and (m.via.first, m.via.second) for m in found.members}
    assert ways == {1: None, 2: (1, 2), 3: (1, 3), 4: (3, 4)}


def test_a_persons_merge_is_the_reason_that_is_shown() -> None:
    (found,) = group(SIX, [link(1, 2)], [decision(1, MERGE, (1, 2))])
    assert [m.via.reason for m in found.members if m.via] == [LinkReason.PERSON]


LINKS = st.lists(
    st.builds(
        lambda ends, score: link(*sorted(ends), score),
        st.lists(st.integers(1, 6), min_size=2, max_size=2, unique=True),
        st.sampled_from([0.4, 0.6, 0.8, 1.0]),
    ),
    max_size=12,
)
PAIRS = st.lists(st.integers(1, 6), min_size=2, max_size=2, unique=True).map(
    lambda ends: (min(ends), max(ends))
)
DECISIONS = st.lists(st.tuples(st.sampled_from(DecisionKind), PAIRS), max_size=5).map(
    lambda made: [decision(n, kind, pair) for n, (kind, pair) in enumerate(made)]
)


@given(LINKS, DECISIONS, st.randoms(use_true_random=False))
def test_the_order_of_everything_plays_no_part(
    links: list[Link], decisions: list[Decision], chance: random.Random
) -> None:
    shuffled = [chance.sample(things, len(things)) for things in (SIX, links, decisions)]
    # Of two links between the same articles the table keeps one.
    links = list({(k.first, k.second): k for k in links}.values())
    again = [k for k in shuffled[1] if k in links]
    assert group(SIX, links, decisions) == group(shuffled[0], again, shuffled[2])


@given(LINKS, DECISIONS)
def test_no_cluster_breaks_the_last_word_of_a_person(
    links: list[Link], decisions: list[Decision]
) -> None:
    found = members(group(SIX, links, decisions))
    if decisions:
        ((first, second),) = decisions[-1].pairs
        together = any(first in cluster and second in cluster for cluster in found)
        assert together == decisions[-1].kind.joins


@given(LINKS)
def test_without_decisions_what_hangs_together_is_a_cluster(links: list[Link]) -> None:
    found = members(group(SIX, links, []))
    together = [set(cluster) for cluster in found]
    assert all(any({k.first, k.second} <= cluster for cluster in together) for k in links)
    assert sum(map(len, found)) == len(set().union(*together)) if found else not links


# --- the representative ---------------------------------------------------------------------------

RELEASE = (Evidence(kind="press_release_number", text="240/sipres/A6/IX/2020"),)
COPY = (Evidence(kind="first_published", text="Artikel ini telah tayang di Kompas.com"),)
OF_THIRD = (
    Evidence(kind="first_published", text="Artikel ini telah tayang di X.com dengan judul Asal"),
)


def at(hour: int, number: int = 0, **changes: object) -> Printing:
    return printing(number or hour, published_at=MORNING + timedelta(hours=hour), **changes)


@pytest.mark.parametrize(
    ("cluster", "expected", "why"),
    [
        ([at(2), at(1)], 1, Standing.EARLIEST),
        ([at(1), at(2, original_url="https://x.example"), at(3, evidence=OF_THIRD),
          at(4, headline="Asal")], 4, Standing.ORIGINAL),
        ([at(1, evidence=COPY), at(2)], 2, Standing.NO_COPY),
        ([at(1), at(2, evidence=RELEASE, basis=RightsBasis.GOVERNMENT)], 2, Standing.OWN_RELEASE),
        ([at(1), at(2, dateline_mark="Ditjen Diksi", basis=RightsBasis.GOVERNMENT)], 2,
         Standing.OWN_RELEASE),
        # a paper's print of a release, and what the ministry took from elsewhere
        ([at(1), at(2, evidence=RELEASE)], 1, Standing.EARLIEST),
        ([at(1), at(2, basis=RightsBasis.GOVERNMENT)], 1, Standing.EARLIEST),
        # a day without an hour counts as its end
        ([at(2), at(0, 9, published_precision=Precision.DAY)], 2, Standing.EARLIEST),
        ([at(30), at(0, 9, published_precision=Precision.DAY)], 9, Standing.EARLIEST),
        ([at(2), at(1, 9, published_precision=Precision.HOUR)], 2, Standing.LOWEST),
        ([printing(1, published_at=None), at(9)], 9, Standing.EARLIEST),
        # equal in everything: the lowest identity, not the lowest number
        ([at(1, 5, key="b"), at(1, 7, key="a")], 7, Standing.LOWEST),
        ([at(1, 5, publisher="b"), at(1, 7, publisher="a")], 7, Standing.LOWEST),
    ],
)  # fmt: skip
def test_representative(cluster: list[Printing], expected: int, why: Standing) -> None:
    assert representative(cluster).id == representative(cluster[::-1]).id == expected
    assert standing(cluster) == why


def test_copies_that_name_each_other_are_settled_by_time() -> None:
    def naming(number: int, hour: int, title: str, headline: str) -> Printing:
        text = f"Artikel ini telah tayang di X.com dengan judul {title}"
        evidence = (Evidence(kind="first_published", text=text),)
        return at(hour, number, evidence=evidence, headline=headline)

    assert representative([naming(1, 5, "B", "A"), naming(2, 3, "A", "B")]).id == 2
