"""What articles said, one text after the other."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from aggregator.model import AttributedArticle, Cause, Credit, Revision, Role
from storage.rows import PARAGRAPH_BREAK, correction_of, correction_values, paragraphs
from storage.tables import RevisionRow


def revisions(session: Session, article_id: int) -> tuple[Revision, ...]:
    """All revisions, the first one first."""
    rows = session.scalars(
        select(RevisionRow).where(RevisionRow.article_id == article_id).order_by(RevisionRow.number)
    )
    return tuple(
        Revision(
            number=row.number,
            seen_at=row.seen_at,
            cause=Cause(row.cause),
            headline=row.headline,
            body=paragraphs(row.body),
            credits=tuple(Credit(name=c["name"], role=Role(c["role"])) for c in row.credits),
            published_at=row.published_at,
            changed=tuple(row.changed),
            correction=correction_of(row),
            parser=row.parser,
        )
        for row in rows
    )


def revision_values(
    article_id: int,
    number: int,
    found: AttributedArticle,
    *,
    cause: str,
    parser: str | None = None,
    changed: tuple[str, ...] = (),
) -> dict[str, object]:
    """The column values of a revision that says what ``found`` says."""
    article = found.article
    return {
        "article_id": article_id,
        "number": number,
        "seen_at": article.fetched_at,
        "cause": cause,
        "headline": article.headline,
        "body": PARAGRAPH_BREAK.join(article.body),
        "body_html": article.body_html,
        "credits": [{"name": c.name, "role": str(c.role)} for c in article.credits],
        "published_at": article.published_at,
        "credit_line": found.attribution.credit_line,
        "changed": list(changed),
        "parser": parser,
        **correction_values(article),
    }
