"""The record of copies that were made of this database."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from aggregator.model import Backup
from storage.tables import BackupRow


def record(session: Session, made: Backup) -> None:
    session.add(
        BackupRow(
            path=made.path,
            made_at=made.made_at,
            bytes=made.bytes,
            schema_version=made.schema_version,
            articles=made.articles,
        )
    )


def newest(session: Session) -> Backup | None:
    row = session.scalars(select(BackupRow).order_by(BackupRow.id.desc()).limit(1)).first()
    if row is None:
        return None
    return Backup(
        path=row.path,
        made_at=row.made_at,
        bytes=row.bytes,
        schema_version=row.schema_version,
        articles=row.articles,
    )
