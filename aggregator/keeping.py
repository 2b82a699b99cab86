"""What is kept how long: ledgers, texts and archived pages, by publisher.

Articles with their attribution, tombstones and the audit log are kept for ever; nothing here
touches them. Everything is bounded, so that it may end every run.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from aggregator.config import Config
from aggregator.errors import ArchiveError
from aggregator.health import HISTORY
from storage import texts
from storage.database import Database
from storage.publishers import all_publishers
from storage.retention import Ages, prune

SUFFIX = ".warc.gz"
_DATED = "%Y%m%dT%H%M%SZ"


def forget_old(database: Database, config: Config, now: datetime) -> None:
    """Let go what the school no longer keeps."""
    with database.session() as session:
        names = tuple(publisher.name for publisher in all_publishers(session))
    prune(database, _ages(config, names, now), now)
    texts.forget(database, _before(config, "text_days", names, now), now)
    if config.archive_folder is not None:
        for name, before in _before(config, "archive_days", names, now).items():
            _forget_archives(config.archive_folder / name, before)


def archive_path(folder: Path, publisher: str, run_id: int, now: datetime) -> Path:
    """Where a run writes its exchanges with a publisher; its folder is made.

    Raises ``ArchiveError``."""
    place = folder / publisher
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(place, error.strerror or str(error)) from error
    return place / f"{now:{_DATED}}-run{run_id}{SUFFIX}"


def _ages(config: Config, names: tuple[str, ...], now: datetime) -> Ages:
    usual = timedelta(days=config.ledger_days)
    ledgers = {name: timedelta(days=config.days("ledger_days", name)) for name in names}
    return Ages(
        ledger=now - usual,
        fills=now - max(usual, HISTORY, *ledgers.values()),
        own={name: now - span for name, span in ledgers.items() if span != usual},
    )


def _before(
    config: Config, days: str, names: tuple[str, ...], now: datetime
) -> dict[str, datetime]:
    """Of each publisher the moment before which it may go; without those that keep for ever."""
    spans = {name: config.days(days, name) for name in names}
    return {name: now - timedelta(days=span) for name, span in spans.items() if span}


def _forget_archives(folder: Path, before: datetime) -> None:
    """Delete files of ours that were begun before. Any other file is none of our business."""
    for path in sorted(folder.glob(f"*-run*{SUFFIX}")):
        begun = _begun(path)
        if begun is not None and begun < before:
            path.unlink(missing_ok=True)


def _begun(path: Path) -> datetime | None:
    try:
        return datetime.strptime(path.name.partition("-")[0] + "+0000", f"{_DATED}%z")
    except ValueError:
        return None
