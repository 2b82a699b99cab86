"""Clusters for people: shown with their reasons, and corrected by decisions that win for ever."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from aggregator.config import Config
from aggregator.errors import QueryError
from aggregator.model import Cluster, Decision, DecisionKind, Link, Printing
from aggregator.query import get_article
from pipelines import relate
from pipelines.alignment import Difference, differences
from pipelines.clusters import Standing, standing
from pipelines.verdict import LookAlike
from storage import clusters, decisions, notes
from storage.database import Database, open_database
from storage.printings import printings

MAX_LIMIT = 1000


@dataclass(frozen=True, kw_only=True)
class ClusterView:
    cluster: Cluster
    articles: dict[int, Printing]
    """The members by number."""
    standing: Standing
    """Why the representative is it."""


@dataclass(frozen=True, kw_only=True)
class Joined:
    """A member, what joined it, and by what it differs from the article at the other end."""

    article: Printing
    via: Link
    other: Printing
    differences: tuple[Difference, ...]


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Everything that was decided about an article, by rules and by people."""

    article: Printing
    cluster: ClusterView | None
    """``None``: no other print of its text is held."""
    joined: tuple[Joined, ...]
    kept_apart: tuple[tuple[Printing, LookAlike], ...]
    """Articles that look alike, and what they are instead."""
    decisions: tuple[Decision, ...]


# --- questions ------------------------------------------------------------------------------------


def list_clusters(
    session: Session, limit: int, cursor: int | None = None, *, publishable: bool = False
) -> tuple[tuple[ClusterView, ...], int | None]:
    """Clusters with the newest first, and where the next page begins. Raises ``QueryError``.

    ``publishable``: only those of which two members or more may leave.
    """
    if not 1 <= limit <= MAX_LIMIT:
        raise QueryError(field="limit", value=limit, detail=f"must be from 1 to {MAX_LIMIT}")
    numbers = clusters.cluster_numbers(session, cursor, limit + 1, publishable=publishable)
    views = _views(session, clusters.clusters_of(session, numbers[:limit]))
    return views[::-1], numbers[limit - 1] if len(numbers) > limit else None


def cluster_of(session: Session, article_id: int) -> ClusterView | None:
    """``None``: no other print of the article's text is held."""
    found = _views(session, clusters.clusters_of(session, [article_id]))
    return found[0] if found else None


def explain(session: Session, key: str) -> Explanation:
    """Raises ``ArticleNotFoundError``."""
    article_id = get_article(session, key).id
    found = _views(session, clusters.clusters_of(session, [article_id]), text=True)
    cluster = found[0] if found else None
    members = cluster.cluster.member_ids if cluster else (article_id,)
    (article,) = printings(session, [article_id], text=True, withdrawn=True)
    return Explanation(
        article=article,
        cluster=cluster,
        joined=tuple(_joined(cluster)) if cluster else (),
        kept_apart=tuple(
            (other, look_alike)
            for other, look_alike in relate.look_alikes(session, article_id)
            if other.id not in members
        ),
        decisions=decisions.about(session, members),
    )


def uncompared(session: Session) -> int:
    """How many articles are held that nothing is said about yet."""
    return notes.count_uncompared(session, relate.DOCTRINE)


def all_decisions(session: Session) -> tuple[Decision, ...]:
    return decisions.everything(session)


def _views(
    session: Session, found: Sequence[Cluster], *, text: bool = False
) -> tuple[ClusterView, ...]:
    ids = [article_id for cluster in found for article_id in cluster.member_ids]
    # A withdrawn article is shown until its note is worked off.
    known = printings(session, ids, text=text, withdrawn=True)
    articles = {article.id: article for article in known}
    return tuple(_view(cluster, articles) for cluster in found)


def _view(cluster: Cluster, articles: dict[int, Printing]) -> ClusterView:
    members = {i: articles[i] for i in cluster.member_ids}
    return ClusterView(
        cluster=cluster, articles=members, standing=standing(tuple(members.values()))
    )


def _joined(view: ClusterView) -> Iterable[Joined]:
    for member in view.cluster.members:
        if member.via is None:
            continue
        ends = (member.via.first, member.via.second)
        other = view.articles[ends[0] if ends[1] == member.article_id else ends[1]]
        article = view.articles[member.article_id]
        texts = () if article.text_removed or other.text_removed else (other.body, article.body)
        yield Joined(
            article=article,
            via=member.via,
            other=other,
            differences=(
                *differences(other.headline, article.headline),
                *(differences(*texts) if texts else ()),
            ),
        )


# --- decisions ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Signed:
    """Who decides, why and when: no decision is without."""

    by: str
    reason: str
    now: datetime


def merge(config: Config, key: str, other: str, signed: Signed) -> Decision:
    """These two articles are one text, for ever."""
    return _decide(config, DecisionKind.MERGE, signed, lambda db: [_pair(db, key, other)])


def never(config: Config, key: str, other: str, signed: Signed) -> Decision:
    """These two articles are different texts, for ever."""
    return _decide(config, DecisionKind.NEVER, signed, lambda db: [_pair(db, key, other)])


def split(config: Config, key: str, signed: Signed) -> Decision:
    """This article is none of the texts that it is grouped with now, for ever."""
    return _decide(config, DecisionKind.SPLIT, signed, lambda db: _from_its_cluster(db, key))


def undo(config: Config, number: int, signed: Signed) -> Decision:
    """The decision never was. Raises ``QueryError`` where there is none to undo."""
    with _deciding(config) as session:
        found = decisions.find(session, number)
        if found is None:
            raise QueryError(field="decision", value=number, detail="there is none")
        if found.undone_at is not None:
            raise QueryError(field="decision", value=number, detail="is undone already")
        decisions.undo(session, number, by=signed.by, reason=signed.reason, now=signed.now)
        return _applied(session, number)


def _decide(
    config: Config,
    kind: DecisionKind,
    signed: Signed,
    pairs: Callable[[Session], Collection[tuple[int, int]]],
) -> Decision:
    with _deciding(config) as session:
        number = decisions.add(
            session, kind, pairs(session), by=signed.by, reason=signed.reason, now=signed.now
        )
        return _applied(session, number)


def _applied(session: Session, number: int) -> Decision:
    decision = decisions.find(session, number)
    assert decision is not None
    relate.regroup(session, {article_id for pair in decision.pairs for article_id in pair})
    return decision


def _pair(session: Session, key: str, other: str) -> tuple[int, int]:
    first, second = sorted(get_article(session, k).id for k in (key, other))
    if first == second:
        raise QueryError(field="article", value=other, detail="is the same article")
    return first, second


def _from_its_cluster(session: Session, key: str) -> list[tuple[int, int]]:
    article_id = get_article(session, key).id
    mates = clusters.mates(session, [article_id]) - {article_id}
    if not mates:
        raise QueryError(field="article", value=key, detail="is in no cluster")
    return [(min(article_id, mate), max(article_id, mate)) for mate in sorted(mates)]


@contextmanager
def _deciding(config: Config) -> Iterator[Session]:
    """A transaction in which nobody else compares or groups, with everything compared."""
    with _opened(config) as database:
        relate.compare_all_pending(database)
        with database.session() as session:
            clusters.lock(session)
            yield session


def rebuild(config: Config, progress: Callable[[int], None] | None = None) -> int:
    """Compare every article anew and group all; people's decisions stay. Returns how many."""
    with _opened(config) as database:
        with database.session() as session:
            clusters.lock(session)
            clusters.forget_all(session)
        compared = 0
        while batch := relate.compare_pending(database):
            compared += batch
            if progress is not None:
                progress(compared)
        return compared


@contextmanager
def _opened(config: Config) -> Iterator[Database]:
    database = open_database(config.database_url, writable=True)
    try:
        yield database
    finally:
        database.close()
