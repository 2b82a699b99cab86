"""The publishers that were ever read, as they were declared last."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from aggregator.model import Publisher, RightsBasis
from storage.tables import PublisherRow


def all_publishers(session: Session) -> tuple[Publisher, ...]:
    """By name; without their hosts, which only the crawl knows."""
    rows = session.scalars(select(PublisherRow).order_by(PublisherRow.name))
    return tuple(
        Publisher(
            name=row.name,
            title=row.title,
            homepage=row.homepage,
            timezone=row.timezone,
            rights_basis=RightsBasis(row.rights_basis),
            terms=row.terms,
        )
        for row in rows
    )
