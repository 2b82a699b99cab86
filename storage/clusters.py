"""Links and clusters: what came of comparing.

All writing here happens under ``lock``: comparing two articles at the same time in two transactions
would miss the pair, since neither sees the other's signature.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import (
    Select,
    bindparam,
    delete,
    func,
    select,
    union,
)
from sqlalchemy.orm import Session

from aggregator.model import Cluster, ClusterMember, Link, LinkReason
from storage.statements import write
from storage.tables import (
    ArticleRow,
    DecisionPairRow,
    DecisionRow,
    DoctrineRow,
    LinkRow,
    MarkRow,
    MemberRow,
    PendingRow,
    SignatureRow,
)
from storage.types import listed_in

_LOCK = 4_711_003
"""Of PostgreSQL's advisory locks. SQLite has one writer anyway."""


def lock(session: Session) -> None:
    """Be the only one to compare and group until this transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def forget_all(session: Session) -> None:
    """Everything that comparing found, so that it can be found again. Decisions stay."""
    for table in (MemberRow, LinkRow, MarkRow, SignatureRow, PendingRow, DoctrineRow):
        session.connection().execute(delete(table))


# --- links ----------------------------------------------------------------------------------------


def links_of(session: Session, ids: Collection[int]) -> dict[tuple[int, int], Link]:
    """All links that lead to one of the articles, by their two ends."""
    rows = session.connection().execute(_LINKS, {"ids": list(ids)}).all()
    return {(link.first, link.second): link for link in map(_link, rows)}


def write_links(
    session: Session, gone: Collection[tuple[int, int]], found: Collection[Link]
) -> None:
    for first, second in gone:
        session.connection().execute(_UNLINKING, {"first": first, "second": second})
    values = [
        {"first_id": k.first, "second_id": k.second, "reason": k.reason, "score": k.score}
        for k in found
    ]
    write(session, LinkRow, values)


def _link(row: Any) -> Link:
    first, second, reason, score = row
    return Link(first=first, second=second, reason=LinkReason(reason), score=score)


# --- clusters -------------------------------------------------------------------------------------


def component(session: Session, seeds: Collection[int]) -> set[int]:
    """All articles whose cluster may depend on these: what hangs together by links and merges,
    and what shares a cluster so far."""
    found: set[int] = set()
    left = set(seeds) | mates(session, seeds)
    while left:
        found |= left
        rows = session.connection().scalars(_NEIGHBOURS, {"ids": list(left)})
        left = set(rows.all()) - found
    return found


def mates(session: Session, ids: Collection[int]) -> set[int]:
    """The members of these articles' clusters."""
    return set(session.connection().scalars(_MATES, {"ids": list(ids)}).all())


def write_clusters(session: Session, ids: Collection[int], found: Iterable[Cluster]) -> None:
    """These articles are in these clusters now, or in none. Only what changed is written."""
    before = {row.article_id: tuple(row) for row in _members(session, ids)}
    now = {values["article_id"]: values for cluster in found for values in _member_values(cluster)}
    gone = [i for i, row in before.items() if i not in now or tuple(now[i].values()) != row]
    if gone:
        session.connection().execute(_LEAVING, {"ids": gone})
    changed = [v for i, v in now.items() if before.get(i) != tuple(v.values())]
    write(session, MemberRow, changed)


def _members(session: Session, ids: Collection[int]) -> list[Any]:
    return list(session.connection().execute(_MEMBERS, {"ids": list(ids)}).all())


def _member_values(cluster: Cluster) -> list[dict[str, Any]]:
    """In the order of the columns."""
    return [
        {
            "article_id": member.article_id,
            "cluster_id": cluster.id,
            "representative_id": cluster.representative_id,
            "via_id": _other_end(member),
            "reason": str(member.via.reason) if member.via else None,
            "score": member.via.score if member.via else None,
        }
        for member in cluster.members
    ]


def _other_end(member: ClusterMember) -> int | None:
    if member.via is None:
        return None
    return member.via.second if member.via.first == member.article_id else member.via.first


def clusters_of(session: Session, ids: Collection[int]) -> tuple[Cluster, ...]:
    """The clusters that these articles are in, whole."""
    by_cluster: dict[int, list[ClusterMember]] = {}
    representatives: dict[int, int] = {}
    together = mates(session, ids)
    if not together:
        return ()
    for row in _members(session, together):
        representatives[row.cluster_id] = row.representative_id
        by_cluster.setdefault(row.cluster_id, []).append(_member(row))
    return tuple(
        Cluster(
            id=number,
            representative_id=representatives[number],
            members=tuple(sorted(members, key=lambda m: (m.via is not None, m.article_id))),
        )
        for number, members in sorted(by_cluster.items())
    )


def _member(row: Any) -> ClusterMember:
    if row.via_id is None:
        return ClusterMember(article_id=row.article_id)
    first, second = sorted((row.article_id, row.via_id))
    via = Link(first=first, second=second, reason=LinkReason(row.reason), score=row.score)
    return ClusterMember(article_id=row.article_id, via=via)


def cluster_numbers(
    session: Session, below: int | None, limit: int, *, publishable: bool = False
) -> list[int]:
    """Numbers of the next clusters, the highest first. ``below`` ``None``: from the top.

    ``publishable``: only those of which two members or more may leave.
    """
    found = (
        select(MemberRow.cluster_id)
        .group_by(MemberRow.cluster_id)
        .order_by(MemberRow.cluster_id.desc())
    )
    if publishable:
        member = ArticleRow.id == MemberRow.article_id
        found = found.join(ArticleRow, member).where(ArticleRow.publishable)
        found = found.having(func.count() > 1)
    if below is not None:
        found = found.where(MemberRow.cluster_id < below)
    return list(session.scalars(found.limit(limit)))


# --- statements: built once -----------------------------------------------------------------------

_LINK_COLUMNS = (LinkRow.first_id, LinkRow.second_id, LinkRow.reason, LinkRow.score)
# One index for each way: a database walks the whole table for an OR over two of them.
_LINKS = union(
    select(*_LINK_COLUMNS).where(listed_in(LinkRow.first_id, "ids")),
    select(*_LINK_COLUMNS).where(listed_in(LinkRow.second_id, "ids")),
)
_UNLINKING = delete(LinkRow).where(
    LinkRow.first_id == bindparam("first"), LinkRow.second_id == bindparam("second")
)
_MEMBERS = select(
    MemberRow.article_id,
    MemberRow.cluster_id,
    MemberRow.representative_id,
    MemberRow.via_id,
    MemberRow.reason,
    MemberRow.score,
).where(listed_in(MemberRow.article_id, "ids"))
_LEAVING = delete(MemberRow).where(listed_in(MemberRow.article_id, "ids"))
_MATES: Select[int] = select(MemberRow.article_id).where(
    MemberRow.cluster_id.in_(
        select(MemberRow.cluster_id).where(listed_in(MemberRow.article_id, "ids")).scalar_subquery()
    )
)


def _merged(one: Any, other: Any) -> Select[int]:
    """The other ends of merges that hold."""
    return (
        select(other)
        .join(DecisionRow, DecisionRow.id == DecisionPairRow.decision_id)
        .where(listed_in(one, "ids"), DecisionRow.kind == "merge", DecisionRow.undone_at.is_(None))
    )


_NEIGHBOURS = union(
    select(LinkRow.second_id).where(listed_in(LinkRow.first_id, "ids")),
    select(LinkRow.first_id).where(listed_in(LinkRow.second_id, "ids")),
    _merged(DecisionPairRow.first_id, DecisionPairRow.second_id),
    _merged(DecisionPairRow.second_id, DecisionPairRow.first_id),
)
