"""How often articles were read on the school's pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.statements import dialect_of, insert_into
from storage.tables import ArticleRow, ViewCountRow


def add(session: Session, views: Mapping[int, int]) -> None:
    """Count further views. Articles that are not held are passed over."""
    held = session.scalars(select(ArticleRow.id).where(ArticleRow.id.in_(views)))
    rows = [{"article_id": number, "views": views[number]} for number in sorted(held)]
    if not rows:
        return
    # One statement: two processes that count at once lose nothing.
    insert = insert_into(dialect_of(session), ViewCountRow)
    added = ViewCountRow.views + insert.excluded.views
    session.execute(
        insert.on_conflict_do_update(index_elements=["article_id"], set_={"views": added}), rows
    )


def of_articles(session: Session, ids: Collection[int]) -> dict[int, int]:
    """0 for those that nobody has read yet."""
    columns = (ViewCountRow.article_id, ViewCountRow.views)
    rows = session.execute(select(*columns).where(ViewCountRow.article_id.in_(ids)))
    return dict.fromkeys(ids, 0) | dict(rows.all())
