"""The other prints of an article's text, as readers of the database see them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from aggregator.model import THROUGH, Cluster, Duplicate, Link
from storage.clusters import clusters_of, links_of
from storage.tables import ArticleRow
from storage.types import listed_in

Tree = Mapping[int, list[tuple[int, Link]]]
"""Article -> (other end, link) for all links that hold a cluster together."""


@dataclass(frozen=True, kw_only=True)
class Prints:
    cluster_id: int | None
    others: tuple[Duplicate, ...]


ALONE = Prints(cluster_id=None, others=())


def other_prints(session: Session, ids: Collection[int]) -> dict[int, Prints]:
    """For those of the articles that have any."""
    clusters = clusters_of(session, ids)
    members = [i for cluster in clusters for i in cluster.member_ids]
    if not members:
        return {}
    links = links_of(session, members)
    articles = _articles(session, members)
    wanted = set(ids)
    return {
        article_id: Prints(
            cluster_id=cluster.id, others=_others(cluster, article_id, links, articles)
        )
        for cluster in clusters
        for article_id in cluster.member_ids
        if article_id in wanted
    }


def _articles(session: Session, ids: Collection[int]) -> dict[int, Row[int, str, str, bool]]:
    return {row.id: row for row in session.execute(_ARTICLES, {"ids": list(ids)}).all()}


def _others(
    cluster: Cluster,
    article_id: int,
    links: Mapping[tuple[int, int], Link],
    articles: Mapping[int, Row[int, str, str, bool]],
) -> tuple[Duplicate, ...]:
    weakest = _weakest(_tree(cluster), article_id)
    return tuple(
        Duplicate(
            article_id=other,
            publisher=articles[other].publisher,
            url=articles[other].canonical_url,
            reason=reason,
            score=score,
            publishable=articles[other].publishable,
        )
        for other in cluster.member_ids
        if other != article_id
        for reason, score in [_relation(article_id, other, links, weakest[other])]
    )


def _relation(
    one: int, other: int, links: Mapping[tuple[int, int], Link], on_the_way: tuple[Link, bool]
) -> tuple[str, float]:
    direct = links.get((min(one, other), max(one, other)))
    weakest, is_direct = on_the_way
    if direct is None and is_direct:  # a person's
        direct = weakest
    return (direct.reason, direct.score) if direct else (THROUGH, weakest.score)


def _tree(cluster: Cluster) -> Tree:
    tree: dict[int, list[tuple[int, Link]]] = {i: [] for i in cluster.member_ids}
    for member in cluster.members:
        if member.via is not None:
            first, second = member.via.first, member.via.second
            tree[first].append((second, member.via))
            tree[second].append((first, member.via))
    return tree


def _weakest(tree: Tree, start: int) -> dict[int, tuple[Link, bool]]:
    """For every other member the weakest link on the way to it, and whether it is the only one."""
    found: dict[int, tuple[Link, bool]] = {}
    left = [start]
    while left:
        here = left.pop()
        for other, link in tree[here]:
            if other == start or other in found:
                continue
            before = found[here][0] if here in found else link
            found[other] = (min(before, link, key=lambda k: k.score), here == start)
            left.append(other)
    return found


_ARTICLES = select(
    ArticleRow.id, ArticleRow.publisher, ArticleRow.canonical_url, ArticleRow.publishable
).where(listed_in(ArticleRow.id, "ids"))
