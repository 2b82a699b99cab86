"""A cluster for programs: the command line and the API print the same keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aggregator.model import THROUGH

if TYPE_CHECKING:
    from aggregator.duplicates import ClusterView
    from aggregator.model import ClusterMember, Printing


def cluster_json(view: ClusterView, *, public: bool = False) -> dict[str, Any]:
    """``public``: without members that may not leave."""
    shown = {i for i, article in view.articles.items() if article.publishable or not public}
    return {
        "cluster_id": view.cluster.id,
        "representative": view.cluster.representative_id,
        "standing": str(view.standing),
        "members": [
            {**printing_json(view.articles[member.article_id]), **_joined(member, shown)}
            for member in view.cluster.members
            if member.article_id in shown
        ],
    }


def printing_json(article: Printing) -> dict[str, Any]:
    published = article.published_at
    return {
        "id": article.id,
        "publisher": article.publisher,
        "url": article.urls[0],
        "headline": article.headline,
        "published_at": published.isoformat() if published else None,
        "credit_line": article.credit_line,
    }


def _joined(member: ClusterMember, shown: set[int]) -> dict[str, Any]:
    """What joined it; null for the representative."""
    if member.via is None:
        return {"via": None, "reason": None, "score": None}
    ends = {member.via.first, member.via.second}
    (other,) = ends - {member.article_id}
    is_shown = other in shown
    return {
        "via": other if is_shown else None,
        # A link to an article that may not be shown.
        "reason": str(member.via.reason) if is_shown else THROUGH,
        "score": round(member.via.score, 3),
    }
