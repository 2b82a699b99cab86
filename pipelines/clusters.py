"""From links to clusters: pure, and the same for the same articles, links and decisions.

People's decisions come first, the newest before all, since a later word replaces an earlier one:
a *merge* puts two articles together, a *split* or a *never* keeps two apart. Then the links, the
strongest first and equals by the articles' identities; a link that would bring together what a
person keeps apart is passed over. What hangs together in the end is a cluster. No step knows when
an article arrived.

The representative is what portals show and everything is explained from. In this order: one that
may be published (those without a time may not); the article that another member names as the
original; one that does not say of itself that it first stood elsewhere; the ministry's own release;
the earliest; the lowest identity. A day without an hour counts as the end of that day, the latest
that it can mean.

Rejected: every two members linked (a shortened and a retitled copy of one text may have too little
in common with each other, but both are it); the first arrival as representative (an original often
comes late); the longest text (joined pages and added boilerplate would win over their original).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from aggregator.model import (
    Cluster,
    ClusterMember,
    Decision,
    Link,
    LinkReason,
    Precision,
    Printing,
    RightsBasis,
)
from pipelines.originals import is_stated_copy, names

_NEVER = datetime.max.replace(tzinfo=UTC)


def group(
    articles: Collection[Printing], links: Iterable[Link], decisions: Iterable[Decision]
) -> tuple[Cluster, ...]:
    """The clusters of two articles or more, by their numbers.

    Links and decisions about other articles play no part.
    """
    known = {article.id: article for article in articles}
    merged, groups = [], _Groups(known)
    for decision in sorted(decisions, key=lambda d: -d.id):
        for first, second in decision.pairs:
            if not (first in known and second in known):
                continue
            if not decision.kind.joins:
                groups.keep_apart(first, second)
            elif groups.join(first, second):
                merged.append(_by_a_person(first, second))
    found = [link for link in links if link.first in known and link.second in known]
    for link in sorted(found, key=lambda link: (-link.score, _identities(link, known))):
        groups.join(link.first, link.second)
    clusters = (_cluster(known, members, [*merged, *found]) for members in groups.found())
    return tuple(sorted(clusters, key=lambda cluster: cluster.id))


def _by_a_person(first: int, second: int) -> Link:
    return Link(first=first, second=second, reason=LinkReason.PERSON, score=1.0)


def _identities(link: Link, known: Mapping[int, Printing]) -> list[tuple[str, str]]:
    return sorted(known[end].identity for end in (link.first, link.second))


class _Groups:
    """Articles that are together, and those that may never be."""

    def __init__(self, ids: Iterable[int]) -> None:
        self._group = {article_id: [article_id] for article_id in ids}
        """Article -> all articles of its group; one list for each group."""
        self._apart: dict[int, set[int]] = {}

    def join(self, first: int, second: int) -> bool:
        """Whether they are together now."""
        one, other = self._group[first], self._group[second]
        if one is not other:
            if self._are_apart(one, other):
                return False
            one, other = sorted((one, other), key=len)
            other.extend(one)
            self._group.update(dict.fromkeys(one, other))
        return True

    def keep_apart(self, first: int, second: int) -> None:
        """Without effect where a newer decision has put them together."""
        if self._group[first] is not self._group[second]:
            self._apart.setdefault(first, set()).add(second)
            self._apart.setdefault(second, set()).add(first)

    def found(self) -> list[list[int]]:
        """The groups of two articles or more."""
        return [g for g in {id(g): g for g in self._group.values()}.values() if len(g) > 1]

    def _are_apart(self, one: Collection[int], other: Collection[int]) -> bool:
        return any(not self._apart.get(article_id, set()).isdisjoint(other) for article_id in one)


def _cluster(known: Mapping[int, Printing], ids: Collection[int], links: Iterable[Link]) -> Cluster:
    """With every member joined by as few links to the representative as there are, and by the
    strongest of those; a person's merge before all."""
    neighbours: dict[int, list[Link]] = {article_id: [] for article_id in ids}
    for link in links:
        if link.first in neighbours and link.second in neighbours:
            neighbours[link.first].append(link)
            neighbours[link.second].append(link)
    first = representative([known[article_id] for article_id in ids]).id
    ways: dict[int, Link | None] = {first: None}
    ring = [first]
    while ring:
        steps = [link for article_id in ring for link in neighbours[article_id]]
        steps.sort(
            key=lambda k: (k.reason is not LinkReason.PERSON, -k.score, _identities(k, known))
        )
        ring = []
        for link in steps:
            for end in (link.first, link.second):
                if end not in ways:
                    ways[end] = link
                    ring.append(end)
    others = sorted(article_id for article_id in ways if article_id != first)
    return Cluster(
        id=min(ways),
        representative_id=first,
        members=tuple(ClusterMember(article_id=i, via=ways[i]) for i in (first, *others)),
    )


class Standing(StrEnum):
    """Why a member stands for all, the strongest reason first."""

    PUBLISHABLE = "the only one that may be published"
    ORIGINAL = "another one names it as the original"
    NO_COPY = "the others say that they first stood elsewhere"
    OWN_RELEASE = "the ministry's own release"
    EARLIEST = "published first"
    LOWEST = "chosen by its address"


def representative(members: Collection[Printing]) -> Printing:
    """The member that stands for all; see the top of this module."""
    return min(members, key=_ranking(members))


def standing(members: Collection[Printing]) -> Standing:
    """By what the representative of two members or more comes before the next one."""
    rank = _ranking(members)
    first, second = sorted(map(rank, members))[:2]
    pairs = zip(Standing, first, second, strict=True)
    return next(reason for reason, one, other in pairs if one != other)


def _ranking(
    members: Collection[Printing],
) -> Callable[[Printing], tuple[bool, bool, bool, bool, datetime, tuple[str, str]]]:
    """The lowest comes first: one item for each ``Standing``."""
    originals = {other.id for copy in members for other in members if names(copy, other)}
    return lambda member: (
        not member.publishable,
        member.id not in originals,
        is_stated_copy(member),
        not is_own_release(member),
        _moment(member),
        member.identity,
    )


def is_own_release(article: Printing) -> bool:
    """Whether a government's article is its own: it has a release number or an office's mark."""
    if article.basis is not RightsBasis.GOVERNMENT:
        return False
    numbered = any(evidence.kind == "press_release_number" for evidence in article.evidence)
    return numbered or article.dateline_mark is not None


def _moment(article: Printing) -> datetime:
    """The latest moment that the stated publication can mean. Nothing stated: after all others."""
    moment = article.published_at
    if moment is None:
        return _NEVER
    if article.published_precision is Precision.DAY:
        return moment + timedelta(days=1)
    if article.published_precision is Precision.HOUR:
        return moment + timedelta(hours=1)
    return moment
