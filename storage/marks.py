"""Which articles share a mark, with a bound on how many are looked at.

A mark's first ``WITNESSES`` articles by priority are its *witnesses*. Two articles with a mark in
common are candidates if one of them is a witness of it. Priorities are random numbers made of the
articles' identities, so who is a witness depends on which articles are held and on nothing else:
not on their order, their number in one batch or a restart.

Nearly all marks have fewer articles than that, and then every two are candidates. A phrase that
stands in thousands of articles costs every newcomer ``WITNESSES`` looks. Prints of one text all
meet at its witnesses, however many they are. The price: two texts that share nothing but overfull
marks, none of them a witness, are not compared.

A newcomer becomes a witness of an overfull mark with probability ``WITNESSES / n``; it is then
compared with all ``n``, and so is, by its other marks, the article that it displaces. On average
that adds as much again: the cost does not grow with the number of articles.

Rejected: giving up on marks of more than N articles (the text that a hundred papers print would
fall apart at the hundred and first); comparing with the newest N (depends on the order of arrival).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache

from sqlalchemy import Insert, Select, Update, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from storage.tables import MarkRow, SignatureRow
from storage.types import listed_in

WITNESSES = 8
"""Twice that makes a crawl of schedules and prices 1.6 times as slow and finds no pair more of the
20,000 articles of ``benchmarks/duplicates.py``."""


class Buckets:
    """The witnesses of the marks that a batch of articles has, kept up to date while it is
    worked on; ``write`` makes it lasting."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._witnesses: dict[int, list[int]] = {}
        """Mark -> its witnesses."""
        self._priorities: dict[int, int] = {}
        self._new: dict[tuple[int, int], bool] = {}
        """(mark, article) to be inserted -> as a witness."""
        self._moved: dict[tuple[int, int], bool] = {}
        """The same for rows that exist."""

    def load(self, marks: Iterable[int]) -> None:
        missing = [mark for mark in set(marks) if mark not in self._witnesses]
        if not missing:
            return
        self._witnesses.update((mark, []) for mark in missing)
        found = self._session.connection().execute(_WITNESSES, {"marks": missing}).all()
        for mark, article_id in found:
            self._witnesses[mark].append(article_id)

    def add(self, article_id: int, priority: int, marks: Collection[int]) -> set[int]:
        """Needs the marks loaded. Returns the witnesses that were displaced: their candidates are
        others now."""
        self._priorities[article_id] = priority
        displaced = set()
        for mark in marks:
            witnesses = self._witnesses[mark]
            if len(witnesses) == WITNESSES:
                last = self._last(witnesses)
                if self._rank(last) < self._rank(article_id):
                    self._new[mark, article_id] = False
                    continue
                witnesses.remove(last)
                self._demote(mark, last)
                displaced.add(last)
            witnesses.append(article_id)
            self._new[mark, article_id] = True
        return displaced

    def remove(self, article_id: int, marks: Collection[int]) -> set[int]:
        """Needs the marks loaded and all additions written. Returns the articles that became
        witnesses instead."""
        self._session.connection().execute(_REMOVING, {"marks": marks, "article": article_id})
        promoted = set[int]()
        for mark in marks:
            witnesses = self._witnesses[mark]
            was_full = len(witnesses) == WITNESSES
            if article_id in witnesses:
                witnesses.remove(article_id)
                promoted |= self._promote(mark) if was_full else set()
        return promoted

    def partners(self, article_id: int, marks: Collection[int]) -> set[int]:
        """The article's candidates. Needs the marks loaded and everything written."""
        found: set[int] = set()
        overfull = []
        for mark in marks:
            witnesses = self._witnesses[mark]
            found.update(witnesses)
            if article_id in witnesses and len(witnesses) == WITNESSES:
                overfull.append(mark)
        if overfull:
            found.update(self._session.connection().scalars(_OTHERS, {"marks": overfull}))
        found.discard(article_id)
        return found

    def write(self) -> None:
        connection = self._session.connection()
        if self._new:
            connection.execute(_inserting(), _values(self._new, *_INSERTED))
            self._new.clear()
        if self._moved:
            connection.execute(_moving(), _values(self._moved, *_MOVED))
            self._moved.clear()

    def _demote(self, mark: int, article_id: int) -> None:
        rows = self._new if (mark, article_id) in self._new else self._moved
        rows[mark, article_id] = False

    def _promote(self, mark: int) -> set[int]:
        """Make the first of the others a witness, where there is one."""
        found = self._session.connection().scalar(_NEXT, {"mark": mark})
        if found is None:
            return set()
        self._session.connection().execute(_moving(), _values({(mark, found): True}, *_MOVED))
        self._witnesses[mark].append(found)
        return {found}

    def _last(self, witnesses: Collection[int]) -> int:
        unknown = [article_id for article_id in witnesses if article_id not in self._priorities]
        if unknown:
            rows = self._session.connection().execute(_PRIORITIES, {"ids": unknown}).all()
            self._priorities.update((article_id, priority) for article_id, priority in rows)
        return max(witnesses, key=self._rank)

    def _rank(self, article_id: int) -> tuple[int, int]:
        return (self._priorities[article_id], article_id)


_INSERTED = ("mark", "article_id", "witness")
_MOVED = ("of_mark", "of_article", "as_witness")


def _values(
    rows: Mapping[tuple[int, int], bool], mark: str, article: str, witness: str
) -> list[dict[str, int | bool]]:
    # In the order of the index, so that neighbours are written together.
    return [
        {mark: key, article: article_id, witness: is_witness}
        for (key, article_id), is_witness in sorted(rows.items())
    ]


_WITNESSES: Select[int, int] = select(MarkRow.mark, MarkRow.article_id).where(
    listed_in(MarkRow.mark, "marks"), MarkRow.witness
)
_OTHERS: Select[int] = select(MarkRow.article_id).where(
    listed_in(MarkRow.mark, "marks"), ~MarkRow.witness
)
_REMOVING = delete(MarkRow).where(
    listed_in(MarkRow.mark, "marks"), MarkRow.article_id == bindparam("article")
)
_NEXT: Select[int] = (
    select(MarkRow.article_id)
    .join(SignatureRow, SignatureRow.article_id == MarkRow.article_id)
    .where(MarkRow.mark == bindparam("mark"), ~MarkRow.witness)
    .order_by(SignatureRow.priority, SignatureRow.article_id)
    .limit(1)
)
_PRIORITIES: Select[int, int] = select(SignatureRow.article_id, SignatureRow.priority).where(
    listed_in(SignatureRow.article_id, "ids")
)


@cache
def _inserting() -> Insert:
    return insert(MarkRow)


@cache
def _moving() -> Update:
    """The core's update: several rows at once, by names that are none of the columns'."""
    return (
        update(MarkRow)
        .where(MarkRow.mark == bindparam("of_mark"), MarkRow.article_id == bindparam("of_article"))
        .values(witness=bindparam("as_witness"))
    )
