"""The schema: SQLAlchemy 2 typed models, one module for each subject.

The attribution invariant is defended here too (``CHECK`` constraints), since other programs than
ours will write to this database. Names of constraints are part of the contract: errors and tests
refer to them.
"""

from storage.tables.alert import AlertNoteRow, AlertRow, AlertTransportRow
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
from storage.tables.backup import BackupRow
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
from storage.tables.desk import ChannelWishRow, DeskFailureRow, DeskSessionRow, DeskUserRow
from storage.tables.portal import PortalMatchRow, PortalPostRow, PortalSourceRow
from storage.tables.publication import PortalStateRow, PublicationRow
from storage.tables.review import AuditRow, ReviewRow
from storage.tables.run import FetchRow, FieldFillRow, RunRow
from storage.tables.runfacts import ChannelPollRow, RobotsTextRow, RobotsVisitRow
from storage.tables.schedule import ChannelGapRow, ChannelPaceRow, HostRow, RunPublisherRow
from storage.tables.search import SearchDocumentRow, SearchWordRow
from storage.tables.viewcount import ViewCountRow
from storage.tables.withdrawal import WatchRow, WithdrawalRow

__all__ = [
    "AlertNoteRow",
    "AlertRow",
    "AlertTransportRow",
    "ArticleRow",
    "ArticleUrlRow",
    "AuditRow",
    "BackupRow",
    "Base",
    "ChannelGapRow",
    "ChannelPaceRow",
    "ChannelPollRow",
    "ChannelRow",
    "ChannelWishRow",
    "CreditRow",
    "DecisionPairRow",
    "DecisionRow",
    "DeskFailureRow",
    "DeskSessionRow",
    "DeskUserRow",
    "DoctrineRow",
    "EntryRow",
    "FetchRow",
    "FieldFillRow",
    "FlagRow",
    "HostRow",
    "LinkRow",
    "MarkRow",
    "MemberRow",
    "Part",
    "PendingRow",
    "PortalMatchRow",
    "PortalPostRow",
    "PortalSourceRow",
    "PortalStateRow",
    "PublicationRow",
    "PublisherRow",
    "ReviewRow",
    "RevisionRow",
    "RobotsTextRow",
    "RobotsVisitRow",
    "RunPublisherRow",
    "RunRow",
    "SearchDocumentRow",
    "SearchWordRow",
    "SignatureRow",
    "TagRow",
    "TombstoneRow",
    "TopicRow",
    "ViewCountRow",
    "WatchRow",
    "WithdrawalRow",
    "one_of",
]
