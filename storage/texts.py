"""Letting the texts of old articles go. All else of them stays: headline, excerpt, attribution,
addresses, fingerprints, clusters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage import search
from storage.database import Database
from storage.rows import article_of
from storage.tables import ArticleRow, RevisionRow

BATCH = 200
"""Articles of one transaction: another writer waits for some tens of milliseconds."""

MOST = 5_000
"""Articles of a publisher in one go. What is left is let go by the next."""


def forget(database: Database, before: Mapping[str, datetime], now: datetime) -> int:
    """Remove the text of articles that were first seen before their publisher's moment, from all
    their revisions and from the search index. Returns of how many."""
    return sum(_forget(database, name, moment, now) for name, moment in before.items())


def _forget(database: Database, publisher: str, before: datetime, now: datetime) -> int:
    count = 0
    while count < MOST:
        with database.session() as session:
            found = _some(session, publisher, before)
            for row in found:
                _let_go(session, row, now)
        count += len(found)
        if len(found) < BATCH:
            break
    return count


def _some(session: Session, publisher: str, before: datetime) -> list[ArticleRow]:
    return list(
        session.scalars(
            select(ArticleRow)
            .where(
                ArticleRow.publisher == publisher,
                ArticleRow.first_seen < before,
                ArticleRow.text_removed_at.is_(None),
            )
            .order_by(ArticleRow.id)
            .limit(BATCH)
            .with_for_update()
        )
    )


def _let_go(session: Session, row: ArticleRow, now: datetime) -> None:
    search.replace(session, row.id, replace(article_of(row), body=(), body_html=""))
    row.body, row.body_html, row.text_removed_at = "", "", now
    revisions = update(RevisionRow).where(RevisionRow.article_id == row.id)
    session.execute(revisions.values(body="", body_html=""))
    session.flush()
