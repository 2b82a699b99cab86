"""What the operator asked for, and the Scrapy settings that it means."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scrapy.settings import Settings

from aggregator import settings as project_settings
from aggregator.config import Config
from aggregator.model import Cause
from aggregator.times import Clock

DEMO_ARCHIVE = Path(__file__).parent / "demo" / "demo.warc.gz"
"""Synthetic pages of the three publishers, bundled so that a first run shows something real."""


@dataclass(frozen=True, kw_only=True)
class CrawlRequest:
    """What the operator asked for."""

    publishers: tuple[str, ...] = ()
    """Empty: all."""
    channels: tuple[str, ...] = ()
    """Poll only these channels of theirs. Empty: all."""
    demo: bool = False
    urls: tuple[str, ...] = ()
    """Look at these articles of the one publisher named instead of polling its channels."""
    replay: Path | None = None
    archive: Path | None = None
    limit: int = 0
    recheck: bool = False
    reparse: bool = False
    """Look at the archive's articles instead of polling channels."""
    verbose: bool = False

    @property
    def archive_to_read(self) -> Path | None:
        return DEMO_ARCHIVE if self.demo else self.replay

    @property
    def mode(self) -> str:
        if self.demo:
            return "demo"
        if self.reparse:
            return "reparse"
        return "replay" if self.replay else "live"


def base_settings(config: Config, *, verbose: bool) -> Settings:
    """The project's settings, as every crawl of the command line begins with."""
    settings = Settings()
    settings.setmodule(project_settings, priority="project")
    settings.set("AGGREGATOR_CONFIG", config, priority="cmdline")
    settings.set("LOG_LEVEL", "INFO" if verbose else "WARNING", priority="cmdline")
    return settings


def settings_of(config: Config, request: CrawlRequest, run_id: int, clock: Clock) -> Settings:
    """Those of one run."""
    settings = base_settings(config, verbose=request.verbose)
    own: dict[str, Any] = {
        "AGGREGATOR_CHANNELS": list(request.channels),
        # A function is the same one in every copy of the settings; an object would be copied.
        "AGGREGATOR_CLOCK": lambda: clock(),
        "AGGREGATOR_RUN_ID": run_id,
        "AGGREGATOR_LIMIT": request.limit,
        "AGGREGATOR_RECHECK": request.recheck or request.reparse,
        "AGGREGATOR_CAUSE": str(Cause.REPARSE if request.reparse else Cause.CHANNEL),
        "AGGREGATOR_ARCHIVE": str(request.archive) if request.archive else None,
    }
    if request.archive_to_read is not None:
        own["AGGREGATOR_REPLAY"] = str(request.archive_to_read)
        own |= REPLAY_SETTINGS
    settings.setdict(own, priority="cmdline")
    return settings


REPLAY_SETTINGS: dict[str, Any] = {
    # Nobody is asked, so nobody needs a pause.
    "DOWNLOAD_DELAY": 0,
    # One after the other: the same archive is then read in the same order every time.
    "CONCURRENT_REQUESTS": 1,
    # What the archive says is final: the same answer would come again.
    "RETRY_ENABLED": False,
    # A second lock on the door: without handlers not even a bug could open a socket.
    "DOWNLOAD_HANDLERS": {"http": None, "https": None, "ftp": None, "s3": None, "file": None},
}
