"""Which articles are prints of one text: what was compared, what was found, what people decided."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from aggregator.model import DecisionKind, LinkReason
from storage.tables.base import Base, one_of


class SignatureRow(Base):
    """What an article that was compared is found by."""

    __tablename__ = "article_signature"

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    priority: Mapped[int] = mapped_column(BigInteger)
    """The lowest become a mark's witnesses."""
    marks: Mapped[bytes]
    """Eight bytes for each."""
    minima: Mapped[bytes]
    """One byte for each permutation."""


class MarkRow(Base):
    """A mark of a text. No foreign key: checking twelve rows for each article would cost more than
    writing them, and nobody but this program writes here."""

    __tablename__ = "cluster_mark"

    mark: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    witness: Mapped[bool] = mapped_column(primary_key=True)
    """Whether everything with this mark is compared with the article."""
    article_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)

    # The index is the table: half the size, and one place to write to.
    __table_args__ = ({"sqlite_with_rowid": False},)


class PendingRow(Base):
    """An article that is new or changed and not compared yet.

    A row for each change and never an update, so that a change that comes while the article is
    being compared is not lost. No foreign key: it may be gone by then.
    """

    __tablename__ = "cluster_pending"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int]


class DoctrineRow(Base):
    """The version of the rules by which everything was compared: one row."""

    __tablename__ = "cluster_doctrine"

    version: Mapped[str] = mapped_column(String(16), primary_key=True)


class LinkRow(Base):
    """Two articles that the rules hold for prints of one text."""

    __tablename__ = "cluster_link"

    first_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True, index=True)
    reason: Mapped[str] = mapped_column(String(32))
    score: Mapped[float]

    __table_args__ = (
        CheckConstraint("first_id < second_id", name="order"),
        CheckConstraint("score BETWEEN 0 AND 1", name="score"),
        CheckConstraint(one_of("reason", LinkReason), name="reason"),
    )


class MemberRow(Base):
    """An article in a cluster. Articles without duplicates have no row."""

    __tablename__ = "cluster_member"

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    cluster_id: Mapped[int] = mapped_column(index=True)
    """The lowest ``article_id`` of the cluster."""
    representative_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    """The member that stands for all."""
    via_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"))
    """The member whose link joined it. Null: it is the representative."""
    reason: Mapped[str | None] = mapped_column(String(32))
    score: Mapped[float | None]

    __table_args__ = (
        CheckConstraint("(via_id IS NULL) = (reason IS NULL)", name="reason_of_link"),
        CheckConstraint("(via_id IS NULL) = (score IS NULL)", name="score_of_link"),
        CheckConstraint(
            "(via_id IS NULL) = (article_id = representative_id)", name="representative"
        ),
    )


class DecisionRow(Base):
    """A person's decision; it is undone, never deleted."""

    __tablename__ = "cluster_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    reason: Mapped[str]
    undone_by: Mapped[str | None]
    undone_at: Mapped[datetime | None]
    undone_reason: Mapped[str | None]

    __table_args__ = (
        CheckConstraint(one_of("kind", DecisionKind), name="kind"),
        CheckConstraint("made_by <> ''", name="made_by"),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("undone_by <> '' AND undone_reason <> ''", name="undone"),
        CheckConstraint(
            "(undone_at IS NULL) = (undone_by IS NULL) AND "
            "(undone_at IS NULL) = (undone_reason IS NULL)",
            name="undone_whole",
        ),
    )


class DecisionPairRow(Base):
    """Two articles that a decision speaks of."""

    __tablename__ = "cluster_decision_pair"

    decision_id: Mapped[int] = mapped_column(ForeignKey("cluster_decision.id"), primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True, index=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True, index=True)

    __table_args__ = (CheckConstraint("first_id < second_id", name="order"),)
