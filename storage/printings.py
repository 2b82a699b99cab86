"""Articles as comparing, grouping and naming see them."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from aggregator.model import Printing, RightsBasis
from storage.rows import as_precision, as_stated, evidence_of
from storage.tables import ArticleRow
from storage.types import listed_in


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
            published_at=as_stated(row.published_at, row.published_offset),
            published_precision=as_precision(row.published_precision),
            basis=RightsBasis(row.rights_basis),
            dateline_mark=row.dateline_mark,
            original_url=row.original_url,
            evidence=evidence_of(row.evidence),
            publishable=row.publishable,
            credit_line=row.credit_line,
            text_removed=row.text_removed_at is not None,
        )
        for row in rows
    ]


@cache
def _reading(text: bool, withdrawn: bool) -> Any:
    found = select(
        ArticleRow.id,
        ArticleRow.publisher,
        ArticleRow.external_id,
        ArticleRow.canonical_url,
        ArticleRow.url,
        ArticleRow.headline,
        ArticleRow.body if text else literal("").label("body"),
        ArticleRow.published_at,
        ArticleRow.published_offset,
        ArticleRow.published_precision,
        ArticleRow.rights_basis,
        ArticleRow.dateline_mark,
        ArticleRow.original_url,
        ArticleRow.evidence,
        ArticleRow.publishable,
        ArticleRow.credit_line,
        ArticleRow.text_removed_at,
    ).where(listed_in(ArticleRow.id, "ids"))
    return found if withdrawn else found.where(ArticleRow.withdrawn_at.is_(None))
