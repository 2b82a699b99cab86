"""Clusters and people's decisions for programs; keys are in ``docs/reference/cli.md``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aggregator.clusterjson import cluster_json, printing_json

if TYPE_CHECKING:
    from aggregator.duplicates import Explanation, Joined
    from aggregator.model import AuditEntry, Decision, Review
    from aggregator.reviewqueue import Item


def explanation_json(found: Explanation) -> dict[str, Any]:
    return {
        "article": printing_json(found.article),
        "cluster": cluster_json(found.cluster) if found.cluster else None,
        "joined": [*map(_joined, found.joined)],
        "kept_apart": [
            {**printing_json(article), "look_alike": str(name)}
            for article, name in found.kept_apart
        ],
        "decisions": [*map(decision_json, found.decisions)],
    }


def decision_json(decision: Decision) -> dict[str, Any]:
    undone_at = decision.undone_at
    return {
        "id": decision.id,
        "kind": str(decision.kind),
        "pairs": [list(pair) for pair in decision.pairs],
        "made_by": decision.made_by,
        "made_at": decision.made_at.isoformat(),
        "reason": decision.reason,
        "undone_by": decision.undone_by,
        "undone_at": undone_at.isoformat() if undone_at else None,
        "undone_reason": decision.undone_reason,
    }


def _joined(joined: Joined) -> dict[str, Any]:
    return {
        "id": joined.article.id,
        "via": joined.other.id,
        "reason": str(joined.via.reason),
        "score": round(joined.via.score, 3),
        "differences": [
            {"before": d.before, "removed": d.removed, "added": d.added, "after": d.after}
            for d in joined.differences
        ],
    }


def item_json(item: Item) -> dict[str, Any]:
    """An article on the desk."""
    return {
        "id": item.view.id,
        "changed": item.has_changed,
        "review": review_json(item.review) if item.review else None,
        "article": item.view.to_json(),
    }


def review_json(review: Review) -> dict[str, Any]:
    publish_at = review.publish_at
    return {
        "article_id": review.article_id,
        "state": str(review.state),
        "decided_at": review.decided_at.isoformat(),
        "editor": review.editor,
        "revision": review.revision,
        "reason": review.reason,
        "headline": review.headline,
        "excerpt": review.excerpt,
        "section": review.section,
        "publish_at": publish_at.isoformat() if publish_at else None,
    }


def audit_json(entry: AuditEntry) -> dict[str, Any]:
    return {
        "at": entry.at.isoformat(),
        "who": entry.who,
        "action": entry.action,
        "article_id": entry.article_id,
        "detail": dict(entry.detail),
    }
