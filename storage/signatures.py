"""What articles that were compared are found by."""

from __future__ import annotations

import struct
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.statements import write
from storage.tables import SignatureRow
from storage.types import listed_in


@dataclass(frozen=True, kw_only=True)
class StoredSignature:
    priority: int
    marks: tuple[int, ...]
    minima: bytes


def signatures(session: Session, ids: Collection[int]) -> dict[int, StoredSignature]:
    rows = session.connection().execute(_SIGNATURES, {"ids": list(ids)}).all()
    return {
        article_id: StoredSignature(priority=priority, marks=_unpacked(marks), minima=minima)
        for article_id, priority, marks, minima in rows
    }


def write_signatures(session: Session, found: Mapping[int, StoredSignature]) -> None:
    """Replace these articles' signatures."""
    remove_signatures(session, found)
    values = [
        {
            "article_id": article_id,
            "priority": signature.priority,
            "marks": _packed(signature.marks),
            "minima": signature.minima,
        }
        for article_id, signature in found.items()
    ]
    write(session, SignatureRow, values)


def remove_signatures(session: Session, ids: Collection[int]) -> None:
    session.connection().execute(_UNSIGNING, {"ids": list(ids)})


def _packed(marks: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(marks)}q", *marks)


def _unpacked(marks: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(marks) // 8}q", marks)


# --- statements: built once -----------------------------------------------------------------------

_SIGNATURES = select(
    SignatureRow.article_id, SignatureRow.priority, SignatureRow.marks, SignatureRow.minima
).where(listed_in(SignatureRow.article_id, "ids"))
_UNSIGNING = delete(SignatureRow).where(listed_in(SignatureRow.article_id, "ids"))
