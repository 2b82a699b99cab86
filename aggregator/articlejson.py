"""The JSON article: the one wire form of ``extract``, ``show --json``, exports and the API.

Keys are snake_case; what is absent is null; lists are never null. The form is the contract in
``docs/reference/article.md``.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from aggregator.model import (
    AttributedArticle,
    Attribution,
    Correction,
    Dateline,
    Duplicate,
    Image,
    PublishedIn,
    Withdrawal,
)


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What the database adds to an article. All absent for one that is not stored."""

    revision: int | None = None
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    cluster_id: int | None = None
    """``None``: no other print of its text is held."""
    duplicates: tuple[Duplicate, ...] = ()
    """The other prints of its text, the representative of all first."""
    withdrawn: Withdrawal | None = None
    """``None``: it may be shown."""
    published_in: tuple[PublishedIn, ...] = ()
    """Posts of the school's portals that it already is."""
    text_removed_at: datetime | None = None
    """When its text was let go. ``None``: it is here."""


NOT_HELD = Holding()


def article_json(found: AttributedArticle, holding: Holding = NOT_HELD) -> dict[str, Any]:
    """The article with all keys of the contract, in their order."""
    article = found.article
    return {
        "publisher": article.publisher,
        "external_id": article.external_id,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "headline": article.headline,
        "summary": article.summary,
        "excerpt": article.excerpt,
        "body": list(article.body),
        "body_html": article.body_html,
        "published_at": _moment(article.published_at),
        "published_raw": article.published_raw,
        "published_precision": _text(article.published_precision),
        "modified_at": _moment(article.modified_at),
        "credits": [{"name": c.name, "role": str(c.role)} for c in article.credits],
        "dateline": _dateline(article.dateline),
        "agency": article.agency,
        "section": article.section,
        "tags": list(article.tags),
        "topics": list(article.topics),
        "flags": [{"name": f.name, "rule": f.rule, "found": f.found} for f in article.flags],
        "image": _image(article.image),
        "language": article.language,
        "pages": article.pages,
        "paywalled": article.paywalled,
        "attribution": attribution_json(found.attribution),
        "cluster_id": holding.cluster_id,
        "duplicates": [duplicate_json(d) for d in holding.duplicates],
        "revision": holding.revision,
        "correction": correction_json(article.correction),
        "withdrawn": withdrawal_json(holding.withdrawn),
        "published_in": [
            {"portal": p.portal, "url": p.url, "at": _moment(p.at)} for p in holding.published_in
        ],
        "first_seen": _moment(holding.first_seen),
        "last_seen": _moment(holding.last_seen),
        "fetched_at": _moment(article.fetched_at),
        "text_removed_at": _moment(holding.text_removed_at),
    }


def attribution_json(attribution: Attribution) -> dict[str, Any]:
    return {
        "credit_line": attribution.credit_line,
        "publisher_title": attribution.publisher_title,
        "url": attribution.url,
        "basis": str(attribution.basis),
        "stated": attribution.stated,
        "evidence": [{"kind": e.kind, "text": e.text} for e in attribution.evidence],
    }


def duplicate_json(found: Duplicate) -> dict[str, Any]:
    return {
        "publisher": found.publisher,
        "url": found.url,
        "reason": found.reason,
        "score": round(found.score, 3),
    }


def withdrawal_json(withdrawal: Withdrawal | None) -> dict[str, str | None] | None:
    if withdrawal is None:
        return None
    return {
        "at": _moment(withdrawal.at),
        "reason": withdrawal.reason,
        "by": withdrawal.by,
    }


def public_withdrawal_json(withdrawal: Withdrawal) -> dict[str, str | None]:
    """The same without the name of the person who did it."""
    at, reason = _moment(withdrawal.at), withdrawal.reason
    return {"at": at, "reason": reason, "by": "school" if withdrawal.by_hand else "publisher"}


def correction_json(correction: Correction | None) -> dict[str, str] | None:
    if correction is None:
        return None
    return {"kind": str(correction.kind), "sentence": correction.sentence}


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _text(value: object) -> str | None:
    return str(value) if value is not None else None


def _dateline(dateline: Dateline | None) -> dict[str, str | None] | None:
    return asdict(dateline) if dateline else None


def _image(image: Image | None) -> dict[str, str | None] | None:
    if image is None:
        return None
    return {"url": image.url, "caption": image.caption, "credit": image.credit}
