"""Clusters: what is to be compared, what it is compared by, and what came of it.

All writing here happens under ``lock``: comparing two articles at the same time in two transactions
would miss the pair, since neither sees the other's signature.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    union,
)
from sqlalchemy.orm import Session

from aggregator.model import Cluster, ClusterMember, Link, LinkReason, Printing, RightsBasis
from storage.rows import as_precision, evidence_of
from storage.tables import (
    ArticleRow,
    Base,
    DecisionPairRow,
    DecisionRow,
    DoctrineRow,
    LinkRow,
    MarkRow,
    MemberRow,
    PendingRow,
    SignatureRow,
    TombstoneRow,
)
from storage.types import listed_in

_LOCK = 4_711_003
"""Of PostgreSQL's advisory locks. SQLite has one writer anyway."""


@dataclass(frozen=True, kw_only=True)
class StoredSignature:
    priority: int
    marks: tuple[int, ...]
    minima: bytes


def lock(session: Session) -> None:
    """Be the only one to compare and group until this transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


# --- what is to be compared -----------------------------------------------------------------------


def note(session: Session, article_id: int) -> None:
    """Have an article compared that is new, changed or withdrawn."""
    session.connection().execute(_noting(), [{"article_id": article_id}])


def note_named(session: Session, publisher: str, keys: Sequence[str]) -> None:
    """The same for what is held of the publisher under these identifiers and addresses."""
    named = or_(ArticleRow.external_id.in_(keys), ArticleRow.canonical_url.in_(keys))
    found = select(ArticleRow.id).where(ArticleRow.publisher == publisher, named)
    session.connection().execute(insert(PendingRow).from_select(["article_id"], found))


def adopt(session: Session, doctrine: str) -> None:
    """Have everything compared again that was compared by other rules, or never."""
    if session.connection().scalar(_DOCTRINE) == doctrine:
        return
    session.connection().execute(delete(DoctrineRow))
    session.connection().execute(insert(DoctrineRow), [{"version": doctrine}])
    session.connection().execute(delete(PendingRow))
    session.connection().execute(
        insert(PendingRow).from_select(["article_id"], select(ArticleRow.id))
    )


def pending(session: Session, limit: int) -> list[tuple[int, int]]:
    """(number of the note, article), the newest first."""
    rows = session.connection().execute(_PENDING, {"most": limit}).all()
    return [(note_id, article_id) for note_id, article_id in rows]


def settle(session: Session, notes: Sequence[int]) -> None:
    """Take exactly these notes away: others of the same articles came later."""
    session.connection().execute(_SETTLING, {"notes": list(notes)})


def count_uncompared(session: Session, doctrine: str) -> int:
    """How many articles are still to be compared by these rules."""
    if session.connection().scalar(_DOCTRINE) != doctrine:
        return session.scalar(select(func.count()).select_from(ArticleRow)) or 0
    return session.scalar(select(func.count(PendingRow.article_id.distinct()))) or 0


def forget_all(session: Session) -> None:
    """Everything that comparing found, so that it can be found again. Decisions stay."""
    for table in (MemberRow, LinkRow, MarkRow, SignatureRow, PendingRow, DoctrineRow):
        session.connection().execute(delete(table))


# --- articles -------------------------------------------------------------------------------------


def printings(
    session: Session, ids: Collection[int], *, text: bool, withdrawn: bool = False
) -> list[Printing]:
    """Those of the articles that are held; with their bodies where ``text``, and with those that
    are withdrawn where ``withdrawn``."""
    rows = session.connection().execute(_reading(text, withdrawn), {"ids": list(ids)}).all()
    return [
        Printing(
            id=row.id,
            publisher=row.publisher,
            key=row.external_id or row.canonical_url,
            urls=(row.canonical_url, row.url),
            headline=row.headline,
            body=row.body,
            published_at=row.published_at,
            published_precision=as_precision(row.published_precision),
            basis=RightsBasis(row.rights_basis),
            dateline_mark=row.dateline_mark,
            original_url=row.original_url,
            evidence=evidence_of(row.evidence),
            publishable=row.publishable,
            credit_line=row.credit_line,
        )
        for row in rows
    ]


# --- signatures -----------------------------------------------------------------------------------


def signatures(session: Session, ids: Collection[int]) -> dict[int, StoredSignature]:
    rows = session.connection().execute(_SIGNATURES, {"ids": list(ids)}).all()
    return {
        article_id: StoredSignature(priority=priority, marks=_unpacked(marks), minima=minima)
        for article_id, priority, marks, minima in rows
    }


def write_signatures(session: Session, found: dict[int, StoredSignature]) -> None:
    """Replace these articles' signatures."""
    remove_signatures(session, found)
    values = [
        {
            "article_id": article_id,
            "priority": signature.priority,
            "marks": _packed(signature.marks),
            "minima": signature.minima,
        }
        for article_id, signature in found.items()
    ]
    _insert(session, SignatureRow, values)


def remove_signatures(session: Session, ids: Collection[int]) -> None:
    session.connection().execute(_UNSIGNING, {"ids": list(ids)})


def _packed(marks: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(marks)}q", *marks)


def _unpacked(marks: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(marks) // 8}q", marks)


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
    _insert(session, LinkRow, values)


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
    _insert(session, MemberRow, changed)


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
    for row in _members(session, mates(session, ids)):
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

_DOCTRINE = select(DoctrineRow.version)
_PENDING: Select[int, int] = (
    select(PendingRow.id, PendingRow.article_id)
    .order_by(PendingRow.id.desc())
    .limit(bindparam("most"))
)
_SETTLING = delete(PendingRow).where(listed_in(PendingRow.id, "notes"))
_SIGNATURES = select(
    SignatureRow.article_id, SignatureRow.priority, SignatureRow.marks, SignatureRow.minima
).where(listed_in(SignatureRow.article_id, "ids"))
_UNSIGNING = delete(SignatureRow).where(listed_in(SignatureRow.article_id, "ids"))
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


@cache
def _reading(text: bool, withdrawn: bool) -> Any:
    buried = exists().where(
        and_(
            TombstoneRow.publisher == ArticleRow.publisher,
            or_(
                TombstoneRow.key == ArticleRow.canonical_url,
                TombstoneRow.key == ArticleRow.external_id,
            ),
        )
    )
    found = select(
        ArticleRow.id,
        ArticleRow.publisher,
        ArticleRow.external_id,
        ArticleRow.canonical_url,
        ArticleRow.url,
        ArticleRow.headline,
        ArticleRow.body if text else literal("").label("body"),
        ArticleRow.published_at,
        ArticleRow.published_precision,
        ArticleRow.rights_basis,
        ArticleRow.dateline_mark,
        ArticleRow.original_url,
        ArticleRow.evidence,
        ArticleRow.publishable,
        ArticleRow.credit_line,
    ).where(listed_in(ArticleRow.id, "ids"))
    return found if withdrawn else found.where(~buried)


@cache
def _noting() -> Any:
    return insert(PendingRow)


def _insert(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    if rows:
        session.connection().execute(insert(table), rows)
