"""Our own database said no: what that is called, and what a crawl does about it."""

from __future__ import annotations

from scrapy.exceptions import DropItem

from aggregator import reasons
from aggregator.errors import DatabaseFullError, DatabaseReadOnlyError, StorageError

LASTING = (DatabaseFullError, DatabaseReadOnlyError)
"""Nothing of this crawl can be stored any more, so nothing more is asked of the publisher."""


class NotStored(DropItem):
    """An article that is fit and could not be written. The next run asks for it at once."""

    def __init__(self, url: str, error: StorageError) -> None:
        super().__init__(f"{url}: {error}", log_level="DEBUG")  # the ledger says it once
        self.error = error


def reason_of(error: BaseException | None) -> str:
    """The constant words for the ledger; for what is no refusal of the database, its type."""
    match error:
        case DatabaseFullError():
            return reasons.DISK_FULL
        case DatabaseReadOnlyError():
            return reasons.READ_ONLY
        case StorageError():
            return reasons.NOT_STORED
        case _:
            return type(error).__name__
