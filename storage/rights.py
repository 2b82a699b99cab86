"""On which ground texts may be reused: the publisher's of today, also for what is held already."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from aggregator.model import RightsBasis
from storage.tables import ArticleRow, PublisherRow


def change(session: Session, publisher: str, basis: RightsBasis) -> int:
    """How many articles stood on another ground. A permission that ended ends for all of them."""
    session.execute(
        update(PublisherRow).where(PublisherRow.name == publisher).values(rights_basis=basis)
    )
    changed = session.execute(
        update(ArticleRow)
        .where(ArticleRow.publisher == publisher, ArticleRow.rights_basis != basis)
        .values(rights_basis=basis)
    )
    assert isinstance(changed, CursorResult)
    return changed.rowcount


def settle(session: Session, grounds: Mapping[str, RightsBasis]) -> Mapping[str, int]:
    """``grounds``: publisher -> the school's own. Where something changed: how many articles."""
    changed = {name: change(session, name, basis) for name, basis in grounds.items()}
    return {name: count for name, count in changed.items() if count}


def changed(session: Session, grounds: Mapping[str, RightsBasis]) -> Mapping[str, RightsBasis]:
    """Those of which the publisher's own row says otherwise: for whoever asks each minute, without
    a look at every article."""
    columns = (PublisherRow.name, PublisherRow.rights_basis)
    held = session.execute(select(*columns).where(PublisherRow.name.in_(grounds)))
    return {name: grounds[name] for name, basis in held.all() if basis != grounds[name]}
