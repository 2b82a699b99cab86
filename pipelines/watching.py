"""The ledger's care for held articles: what is due, what is there, what seems to be gone.

Signs are collected while the crawl runs and judged at its end, since a host that lost most of its
articles at once is in trouble (``pipelines.withdrawal``). A crawl that is killed before has judged
nothing, and the next one looks again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from aggregator.model import Discovery, EndState, Entry, Recheck, Suspicion
from aggregator.urls import host_of
from pipelines.recheck import after_trouble, next_look, within_budget
from pipelines.withdrawal import (
    Sign,
    Verdict,
    believed_from,
    is_layout_in_doubt,
    is_site_in_trouble,
    judge,
    look_to_confirm,
    sign_of,
)
from storage import articles, rechecks, withdrawals
from storage.database import Database
from storage.rechecks import Watched

SAME_ADDRESS = "same address"
"""Reason of a URL that leads to one which this run has asked for."""

# Ends of a look that say nothing about the article, and that waiting may heal.
_TROUBLE = frozenset({EndState.FAILED, EndState.BLOCKED, EndState.DROPPED})

_READ = frozenset({EndState.STORED, EndState.UNCHANGED, EndState.REVISED, EndState.DUPLICATE})

LOOKED_THROUGH = 20
"""Due articles that are read for each one that the budget allows: a publisher has many hosts."""


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """That an article seemed to be gone when it was looked at."""

    url: str
    article_id: int
    sign: Sign
    state: EndState
    """How the URL ends where the sign is not believed."""
    reason: str
    status: int | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What became of a sighting."""

    sighting: Sighting
    state: EndState
    site_in_trouble: bool = False

    @property
    def reason(self) -> str:
        believed = self.state in (EndState.SUSPECTED, EndState.WITHDRAWN)
        return str(self.sighting.sign) if believed else self.sighting.reason


class Watching:
    """One publisher's held articles in one run."""

    def __init__(self, database: Database, budget: int) -> None:
        self.database = database
        self.budget = budget
        self.held: dict[str, int] = {}
        """Requested URL -> the held article that is looked at under it."""
        self.rechecks: set[str] = set()
        """Those of them that our own schedule asked for."""
        self._signs: list[Sighting] = []
        self._read: Counter[str] = Counter()
        """Articles that were read in this run, by host."""

    def due(
        self, publisher: str, now: datetime, only: Container[str] | None
    ) -> tuple[list[Watched], int]:
        """Whom to look at, and how many more are due."""
        with self.database.session() as session:
            found = rechecks.due(session, publisher, now, self.budget * LOOKED_THROUGH)
            count = rechecks.count_due(session, publisher, now)
        askable = [w for w in found if only is None or w.article.url in only]
        chosen = list(within_budget(askable, self.budget, lambda w: host_of(w.article.url)))
        # What an archive does not hold is not waiting for a budget.
        return chosen, (count if only is None else len(askable)) - len(chosen)

    def is_sign(
        self, url: str, state: EndState, reason: str | None, status: int | None, at: datetime
    ) -> bool:
        """Whether a held article seems to be gone: judged later. Whatever else its look came to is
        written down here, unless the article was read: then it is written with it."""
        if state in _READ and status == 200:
            self._read[host_of(url)] += 1
        if url not in self.held:
            return False
        sign = sign_of(state, reason)
        if sign is not None:
            sighting = Sighting(
                url=url,
                article_id=self.held[url],
                sign=sign,
                state=state,
                reason=reason or "",
                status=status,
                at=at,
            )
            self._signs.append(sighting)
        elif state is EndState.UNCHANGED and status == 304:
            self.unchanged(url, at)
        elif state in _TROUBLE or reason == SAME_ADDRESS:
            self.trouble(url, at)
        return sign is not None

    def unchanged(self, url: str, at: datetime) -> None:
        """The publisher's server says that the page is the one that we know."""
        article_id = self.held[url]
        with self.database.session() as session:
            watched = rechecks.find(session, article_id)
            if watched is not None and watched.looked_at < at:
                due = next_look(watched.first_seen, at)
                rechecks.saw_unchanged(session, article_id, at, due)
                articles.touch(session, article_id, at)

    def trouble(self, url: str, at: datetime) -> None:
        """A look brought no answer about the article."""
        with self.database.session() as session:
            watched = rechecks.find(session, self.held[url])
            if watched is None:
                return
            suspicion = watched.suspicion
            again = after_trouble(suspicion.at if suspicion else watched.first_seen, at)
            if suspicion is not None and again is not None:
                again = max(again, believed_from(suspicion, Sign(suspicion.reason)))
            rechecks.look_again_at(session, watched.article_id, again)

    def judgements(self) -> Iterator[Judgement]:
        """What every sign of this run comes to, written down."""
        looks = Counter(map(host_of, self.held))
        signs = Counter(host_of(sighting.url) for sighting in self._signs)
        for sighting in self._signs:
            host = host_of(sighting.url)
            lost = is_site_in_trouble(signs[host], looks[host], self._read[host])
            if lost or is_layout_in_doubt(sighting.sign, self._read[host]):
                self.trouble(sighting.url, sighting.at)
                yield Judgement(sighting=sighting, state=sighting.state, site_in_trouble=lost)
            else:
                with self.database.session() as session:
                    state = _judged(session, sighting)
                yield Judgement(sighting=sighting, state=state)
        self._signs.clear()


def _judged(session: Session, sighting: Sighting) -> EndState:
    watched = rechecks.find(session, sighting.article_id)
    if watched is None:
        # Held since before articles were watched.
        found = Suspicion(at=sighting.at, reason=sighting.sign)
        sight = rechecks.Sight(at=sighting.at, next_look_at=None)
        rechecks.begin(session, sighting.article_id, sight)
        rechecks.suspect(
            session, sighting.article_id, found, look_to_confirm(sighting.sign, found.at)
        )
        return EndState.SUSPECTED
    suspicion = watched.suspicion
    verdict = judge(suspicion, sighting.sign, now=sighting.at, looked_at=watched.looked_at)
    match verdict:
        case Verdict.IGNORE:
            return sighting.state
        case Verdict.SUSPECT:
            found = Suspicion(at=sighting.at, reason=sighting.sign)
            again = look_to_confirm(sighting.sign, sighting.at)
            rechecks.suspect(session, sighting.article_id, found, again)
            return EndState.SUSPECTED
        case Verdict.WAIT:
            assert suspicion is not None, "only what is suspected waits"
            again = believed_from(suspicion, sighting.sign)
            rechecks.look_again_at(session, sighting.article_id, again)
            return EndState.SUSPECTED
    withdrawals.withdraw(
        session,
        sighting.article_id,
        at=sighting.at,
        reason=str(sighting.sign),
        suspected_at=suspicion.at if suspicion else None,
    )
    return EndState.WITHDRAWN


def recheck_of(watched: Watched) -> Recheck:
    """What to ask for, and what the channel once said of it: the page may not state it itself."""
    article = watched.article
    from_channel = any(evidence.kind == "date_from_channel" for evidence in article.evidence)
    stated = article.published_at if from_channel else None
    entry = Entry(
        url=article.url,
        summary=article.summary,
        section=article.section,
        published_raw=stated.isoformat() if stated else None,
    )
    discovery = Discovery(
        url=article.url,
        canonical_url=article.canonical_url,
        external_id=article.external_id,
        channel=None,
        entry=entry,
    )
    return Recheck(discovery=discovery, etag=watched.etag, last_modified=watched.last_modified)
