"""The URLs of one run: each is discovered once, and ends once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aggregator.model import Discovery, EndState
from pipelines.report import Report, is_unfinished
from pipelines.seen import Memory

STOPPED = "stopped"
"""Why what was under way when the program had to end is left to the next run."""

LEFT = ((EndState.DEFERRED, STOPPED), (EndState.DEFERRED, "limit"))
"""Ends of what this run left to the next one."""


class Ends:
    """Which discovered URLs there are, who listed them, and whether they have ended.

    The ends themselves are the report's. Two channels list the same article under one identity
    (``Discovery.key``); the URL that was discovered first stands for it.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._urls: dict[str, str] = {}
        """Identity -> the discovered URL that stands for it."""
        self._keys: dict[str, str] = {}
        """The other way round."""
        self._listed_by: dict[str, set[str]] = {}
        self._waiting: set[str] = set()
        """URLs that failed a moment ago: known, not asked for, and not done with."""

    # --- discovery --------------------------------------------------------------------------------

    def discovered(self, discovery: Discovery) -> bool:
        """Count a URL; False where this run has discovered the same article already."""
        if discovery.channel:
            self._listed_by.setdefault(discovery.key, set()).add(discovery.channel)
        if discovery.key in self._urls:
            return False
        self._open(discovery)
        return True

    def reopen(self, discovery: Discovery) -> None:
        """Count a URL anew of which this run had found nothing to do."""
        self._report.ends.pop(self._urls.get(discovery.key, ""), None)
        self._open(discovery)

    def _open(self, discovery: Discovery) -> None:
        self._urls[discovery.key] = discovery.url
        self._keys[discovery.url] = discovery.key
        self._report.ends[discovery.url] = None

    def is_met(self, discovery: Discovery) -> bool:
        return discovery.key in self._urls

    def is_known_so_far(self, discovery: Discovery) -> bool:
        """Whether this run has found nothing to do about it; a later channel may see more."""
        end = self._report.ends.get(self._urls[discovery.key])
        return end is not None and end[0] is EndState.KNOWN

    def await_(self, discovery: Discovery, memory: Memory) -> None:
        """Note that a known article which is not asked for now may still be to be had."""
        if memory.held or memory.buried or memory.last_fetch is None:
            return
        if is_unfinished(memory.last_fetch.state, memory.last_fetch.reason):
            self._waiting.add(discovery.url)

    # --- the end ----------------------------------------------------------------------------------

    def is_under_way(self, url: str) -> bool:
        return self._report.ends.get(url, ()) is None

    def end(self, url: str, state: EndState, reason: str | None) -> None:
        self._report.ends[url] = (state, reason)

    def under_way(self) -> list[str]:
        return [url for url, end in self._report.ends.items() if end is None]

    def known(self) -> Iterator[tuple[str, str | None]]:
        """URLs about which nothing was to be done, and why."""
        for url, end in self._report.ends.items():
            if end is not None and end[0] is EndState.KNOWN:
                yield url, end[1]

    # --- what is told of it -----------------------------------------------------------------------

    def key_of(self, url: str) -> str:
        return self._keys[url]

    def channel_of(self, url: str) -> str | None:
        """One of the channels that listed it, always the same."""
        return min(self._listed_by.get(self._keys[url], ()), default=None)

    def unfinished_channels(self) -> set[str]:
        """Channels that listed articles which are worth asking for again."""
        return self._listing(
            url
            for url, end in self._report.ends.items()
            if url in self._waiting or (end is not None and is_unfinished(*end))
        )

    def undone_channels(self) -> set[str]:
        """Channels that listed articles which this run left to the next one."""
        return self._listing(url for url, end in self._report.ends.items() if end in LEFT)

    def _listing(self, urls: Iterable[str]) -> set[str]:
        return {name for url in urls for name in self._listed_by.get(self._keys[url], ())}
