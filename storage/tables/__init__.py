"""The schema: SQLAlchemy 2 typed models, one module for each subject.

The attribution invariant is defended here too (``CHECK`` constraints), since other programs than
ours will write to this database. Names of constraints are part of the contract: errors and tests
refer to them.
"""

from storage.tables.article import (
    ArticleRow,
    ArticleUrlRow,
    CreditRow,
    FlagRow,
    Part,
    RevisionRow,
    TagRow,
    TombstoneRow,
    TopicRow,
)
from storage.tables.base import Base, one_of
from storage.tables.channel import ChannelRow, EntryRow, PublisherRow
from storage.tables.cluster import (
    DecisionPairRow,
    DecisionRow,
    DoctrineRow,
    LinkRow,
    MarkRow,
    MemberRow,
    PendingRow,
    SignatureRow,
)
from storage.tables.run import FetchRow, FieldFillRow, RunRow

__all__ = [
    "ArticleRow",
    "ArticleUrlRow",
    "Base",
    "ChannelRow",
    "CreditRow",
    "DecisionPairRow",
    "DecisionRow",
    "DoctrineRow",
    "EntryRow",
    "FetchRow",
    "FieldFillRow",
    "FlagRow",
    "LinkRow",
    "MarkRow",
    "MemberRow",
    "Part",
    "PendingRow",
    "PublisherRow",
    "RevisionRow",
    "RunRow",
    "SignatureRow",
    "TagRow",
    "TombstoneRow",
    "TopicRow",
    "one_of",
]
