"""Putting an article into a database, for tests of what comes after."""

from __future__ import annotations

from sqlalchemy.orm import Session

from aggregator.model import AttributedArticle
from pipelines.fingerprint import content_fingerprint
from storage import articles


def hold(session: Session, found: AttributedArticle) -> int:
    """Add an article without looking for duplicates; returns its number."""
    article_id = articles.add(
        session,
        found,
        text_fingerprint=None,
        content_fingerprint=content_fingerprint(found.article),
        cause="channel",
    )
    assert article_id is not None
    return article_id
