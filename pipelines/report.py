"""What one publisher's crawl came to, counted while it runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from aggregator.errors import StorageError
from aggregator.model import Article, ChannelPoll, ChannelStatus, EndState, Gap
from pipelines.fill import filled_fields

_SEVERITY = (
    ChannelStatus.FAILED,
    ChannelStatus.BLOCKED,
    ChannelStatus.NOT_ARCHIVED,
    ChannelStatus.DEFERRED,
    ChannelStatus.OK,
    ChannelStatus.UNCHANGED,
)

# Ends after which the same URL is worth asking for again, so that the channel that lists it must
# not be answered "unchanged" next time.
UNFINISHED = frozenset(
    {EndState.FAILED, EndState.BLOCKED, EndState.DEFERRED, EndState.NOT_ARCHIVED}
)

# Failures that waiting does not heal.
FINAL_FAILURES = frozenset({"gone", "not found", "not-found page", "says that it was withdrawn"})


def is_unfinished(state: EndState, reason: str | None) -> bool:
    """Whether a URL that ended this way is worth asking for again."""
    return state in UNFINISHED and reason not in FINAL_FAILURES


@dataclass(frozen=True, kw_only=True)
class ChannelSummary:
    """How a channel answered; one of several pages is as bad as its worst page."""

    name: str
    status: ChannelStatus
    entries: int
    reasons: tuple[str, ...]
    """Why pages of it could not be read."""
    skipped: Mapping[str, int]
    """Why entries could not be used -> how many."""


@dataclass(kw_only=True)
class Report:
    """Mutable on purpose: the ledger adds to it as the crawl goes."""

    publisher: str
    ends: dict[str, tuple[EndState, str | None] | None] = field(default_factory=dict)
    """Discovered URL -> how it ended; ``None`` while it is under way."""
    polls: list[ChannelPoll] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    """Times of which channels may have listed articles that nobody saw."""
    caught_up: list[Gap] = field(default_factory=list)
    """The same, but closed by reading deeper than usual."""
    articles: dict[int, EndState] = field(default_factory=dict)
    """Stored and revised articles by id, in order."""
    revised: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Names of the fields that changed, by article id."""
    read_anew: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """The same for pages that say what they said and are read otherwise by today's parsers."""
    rechecked: int = 0
    """Articles that our own schedule looked at."""
    due_later: int = 0
    """Articles whose turn it was as well, and that the budget left for the next run."""
    suspected: dict[int, str] = field(default_factory=dict)
    """Why held articles seem to be gone, by article id."""
    withdrawn: dict[int, str] = field(default_factory=dict)
    """Why they are no longer shown: seen to be gone a second time."""
    sites_in_trouble: set[str] = field(default_factory=set)
    """Hosts that seemed to have lost most of their articles at once; none of that was believed."""
    filled: Counter[str] = field(default_factory=Counter)
    """In how many of the articles that were read a field was filled (``pipelines.fill``)."""
    read: int = 0
    """Articles that were read, whatever became of them then."""
    requests: int = 0
    """Answers taken, without robots.txt."""
    refusal: StorageError | None = None
    """The first word of the database that something could not be read or written."""
    errors: list[str] = field(default_factory=list)
    """What went wrong in the program or the database rather than at the publisher."""

    @property
    def discovered(self) -> int:
        return len(self.ends)

    def count_fields(self, article: Article) -> None:
        self.read += 1
        self.filled.update(filled_fields(article))

    def count_judgement(
        self, host_in_trouble: str | None, state: EndState, article_id: int, reason: str
    ) -> None:
        """What a held article that seemed to be gone came to."""
        if host_in_trouble is not None:
            self.sites_in_trouble.add(host_in_trouble)
        elif state is EndState.SUSPECTED:
            self.suspected[article_id] = reason
        elif state is EndState.WITHDRAWN:
            self.withdrawn[article_id] = reason

    def states(self) -> Counter[str]:
        """``dropped:photo page`` -> number of URLs. The sum is ``discovered``."""
        return Counter(self.ends_in_words().values())

    def ends_in_words(self) -> dict[str, str]:
        """Discovered URL -> ``dropped:photo page``, in the order of discovery."""
        return {url: _words(end) for url, end in self.ends.items()}

    def channels(self) -> Iterator[ChannelSummary]:
        """Every polled channel, its pages taken together."""
        by_channel: dict[str, list[ChannelPoll]] = {}
        for poll in self.polls:
            by_channel.setdefault(poll.channel.name, []).append(poll)
        for name, polls in by_channel.items():
            yield ChannelSummary(
                name=name,
                status=min((poll.status for poll in polls), key=_SEVERITY.index),
                entries=sum(poll.entries for poll in polls),
                reasons=tuple(dict.fromkeys(poll.reason for poll in polls if poll.reason)),
                skipped=Counter(reason for poll in polls for reason in poll.skipped),
            )


def _words(end: tuple[EndState, str | None] | None) -> str:
    if end is None:
        return "under way"
    state, reason = end
    return f"{state}:{reason}" if reason else str(state)
