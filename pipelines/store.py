"""The last step: one transaction that inserts, revises or leaves an article.

Candidates are looked up, the decision is taken and the rows are written inside the same
transaction, so that two crawls at once cannot both insert. What was written is then compared with
all other articles (``pipelines.relate``), in a transaction of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from scrapy.crawler import Crawler
from sqlalchemy.orm import Session

from aggregator.articlejson import article_json
from aggregator.errors import StorageError
from aggregator.model import Article, AttributedArticle, Cause, EndState
from pipelines.beginning import opening_key, opening_words
from pipelines.deduplicate import OLDER, SAME_TEXT, Decision, Held, Kind, decide
from pipelines.drops import Buried
from pipelines.fingerprint import content_fingerprint, text_fingerprint
from pipelines.ledger import RunLedger
from pipelines.published import recognise
from pipelines.recheck import next_look
from pipelines.refusals import NotStored
from pipelines.relate import compare_all_pending, compare_pending
from pipelines.version import parser_version
from pipelines.witness import imprint, packed, unpacked
from storage import articles, lookup, notes, portal, rechecks, tombstones
from storage.database import Database
from storage.lookup import DUPLICATE, StoredArticle

A_FEW = 20
"""Articles compared after each that is stored: it, and some of those that were left over."""


class StorePipeline:
    """Stores what arrives and tells the ledger how it ended."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: AttributedArticle) -> dict[str, Any]:
        """Returns the JSON article, which is what ``scrapy crawl -O`` exports."""
        ledger = self.crawler.get_extension(RunLedger)
        assert ledger is not None
        spider: Any = self.crawler.spider
        ledger.report.count_fields(item.article)
        try:
            outcome = store(
                ledger.database,
                item,
                cause=ledger.cause_of(item.article.url),
                parser=parser_version(spider.layouts),
            )
        except StorageError as error:
            raise NotStored(item.article.url, error) from error
        if outcome.article_id is not None and outcome.state in _WRITTEN:
            ledger.stored(
                outcome.article_id, outcome.state, outcome.changed, by_parser=outcome.by_parser
            )
        ledger.ended(
            item.article.url, outcome.state, outcome.reason, 200, article_id=outcome.article_id
        )
        if outcome.state in _WRITTEN:
            self._compare(ledger, lambda: compare_pending(ledger.database, A_FEW))
        return article_json(item)

    def close_spider(self) -> None:
        """Compare what a crawl that was killed, an older version or a change of rules left."""
        ledger = self.crawler.get_extension(RunLedger)
        assert ledger is not None
        self._compare(ledger, lambda: compare_all_pending(ledger.database))

    @staticmethod
    def _compare(ledger: RunLedger, comparing: Callable[[], int]) -> None:
        """What the database refuses stays noted for the next crawl; no article is lost by it."""
        try:
            comparing()
        except StorageError as error:
            ledger.refused(error)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of an article."""

    state: EndState
    article_id: int | None = None
    reason: str | None = None
    changed: tuple[str, ...] = ()
    by_parser: bool = False


OTHER_READING = "same page, other reading"
"""Reason of a revision that is our parsers' doing."""

_WRITTEN = (EndState.STORED, EndState.REVISED)
_STATES = {
    Kind.SAME: EndState.UNCHANGED,
    Kind.REVISION: EndState.REVISED,
    Kind.DUPLICATE: EndState.DUPLICATE,
    Kind.ANOTHER: EndState.FAILED,
}


@dataclass(frozen=True, kw_only=True)
class _Arrival:
    """An article on its way in, with all that is computed of it once."""

    found: AttributedArticle
    cause: str
    parser: str | None
    text: str | None
    content: str
    opening: str
    imprint: bytes | None

    @classmethod
    def of(cls, found: AttributedArticle, cause: str, parser: str | None) -> _Arrival:
        article = found.article
        witness = article.witness
        return cls(
            found=found,
            cause=cause,
            parser=parser,
            text=text_fingerprint(article),
            content=content_fingerprint(article),
            opening=opening_key(opening_words(article.body)),
            imprint=packed(imprint(witness.statements)) if witness else None,
        )

    @property
    def article(self) -> Article:
        return self.found.article

    @property
    def names(self) -> list[str]:
        """Identifier and addresses, and the text itself: under any of them it may be buried."""
        article = self.article
        stated = (article.external_id, article.canonical_url, article.url, self.text)
        return [name for name in stated if name]

    def sight(self, first_seen: datetime) -> rechecks.Sight:
        """That the article was there, for the schedule of re-checks."""
        seen, witness = self.article.fetched_at, self.article.witness
        return rechecks.Sight(
            at=seen,
            next_look_at=next_look(first_seen, seen),
            etag=witness.etag if witness else None,
            last_modified=witness.last_modified if witness else None,
            parser=self.parser,
            imprint=self.imprint,
        )


def store(
    database: Database, found: AttributedArticle, *, cause: str, parser: str | None = None
) -> Outcome:
    """Insert, revise or leave, in one transaction. Raises ``Buried``.

    ``parser``: version of the parsers that read the article, where that is known.
    """
    arrival = _Arrival.of(found, cause, parser)
    with database.session() as session:
        outcome = _stored(session, arrival)
    if outcome is None:
        raise Buried(found.article.url)
    return outcome


def _stored(session: Session, arrival: _Arrival) -> Outcome | None:
    """``None``: a tombstone keeps it out, from now on under every name that it came by."""
    if _is_buried(session, arrival):
        return None
    decision, same = _decide(session, arrival)
    if decision is not None and decision.of is None:
        article_id = _add(session, arrival)
        if article_id is not None:
            _recognise(session, arrival, article_id)
            if _is_buried(session, arrival):
                raise Buried(arrival.article.url)  # withdrawn in this moment, by somebody else
            return Outcome(state=EndState.STORED, article_id=article_id)
        # Another crawl was faster by a moment: what it stored is now what we compare with.
        decision, same = _decide(session, arrival)
    if decision is None or same is None:
        return None
    return _apply(session, arrival, decision, same)


def _is_buried(session: Session, arrival: _Arrival) -> bool:
    publisher, names = arrival.article.publisher, arrival.names
    found = tombstones.buried(session, publisher, names)
    if found:
        met = [name for name in names if name != arrival.text]
        tombstones.spread(session, publisher, min(found), met)
    return bool(found)


def _decide(session: Session, arrival: _Arrival) -> tuple[Decision | None, StoredArticle | None]:
    """What the article is and of which held one; no decision for one that was withdrawn."""
    article = arrival.article
    same = lookup.find_same(session, article)
    if same is not None and same.withdrawn:
        return None, same
    other = None
    if same is None:
        other = lookup.find_same_text(session, article.publisher, arrival.text)
    if other is not None:
        # Between the two looks another crawl may have stored this very article.
        same = lookup.find_same(session, article)
    decision = decide(article, same=_held(same), same_text=_held(other), parser=arrival.parser)
    return decision, same or other


def _add(session: Session, arrival: _Arrival) -> int | None:
    article_id = articles.add(
        session,
        arrival.found,
        text_fingerprint=arrival.text,
        content_fingerprint=arrival.content,
        cause=arrival.cause,
        opening_key=arrival.opening,
        parser=arrival.parser,
    )
    if article_id is not None:
        notes.note(session, article_id)
        rechecks.begin(session, article_id, arrival.sight(arrival.article.fetched_at))
    return article_id


def _apply(session: Session, arrival: _Arrival, decision: Decision, held: StoredArticle) -> Outcome:
    article, of = arrival.article, held.id
    if decision.kind is Kind.ANOTHER:
        return Outcome(state=EndState.FAILED, article_id=of, reason=decision.reason)
    if decision.kind is Kind.REVISION:
        articles.revise(
            session,
            of,
            arrival.found,
            text_fingerprint=arrival.text,
            content_fingerprint=arrival.content,
            changed=decision.changed,
            cause=Cause.PARSER if decision.by_parser else arrival.cause,
            opening_key=arrival.opening,
            parser=arrival.parser,
        )
        rechecks.read_anew(session, of, arrival.parser, arrival.imprint)
        _recognise(session, arrival, of)
        notes.note(session, of)
    elif decision.reason != OLDER:
        articles.touch(session, of, article.fetched_at)
    if decision.kind is not Kind.DUPLICATE:
        _note_sight(session, arrival, held)
    reason = DUPLICATE if decision.kind is Kind.DUPLICATE else "requested"
    addresses = dict.fromkeys((article.canonical_url, article.url), reason)
    articles.note_urls(session, article.publisher, addresses, of, article.fetched_at)
    return Outcome(
        state=_STATES[decision.kind],
        article_id=of,
        reason=OTHER_READING if decision.by_parser else _worth_saying(decision.reason),
        changed=decision.changed,
        by_parser=decision.by_parser,
    )


def _note_sight(session: Session, arrival: _Arrival, held: StoredArticle) -> None:
    """The article is there, and was read on this page."""
    if arrival.cause != Cause.REPARSE:  # an archive says nothing about today
        rechecks.saw(session, held.id, arrival.sight(held.first_seen))


def _recognise(session: Session, arrival: _Arrival, article_id: int) -> None:
    """What stands on the school's portal already is known as such from the moment it arrives."""
    if portal.has_posts(session):
        recognise(session, article_id, arrival.article.fetched_at)


def _worth_saying(reason: str | None) -> str | None:
    """ "Same identity" goes without saying; what else was decided on does not."""
    return reason if reason in (SAME_TEXT, OLDER) else None


def _held(found: StoredArticle | None) -> Held | None:
    if found is None:
        return None
    return Held(
        id=found.id,
        article=found.article,
        content_fingerprint=found.content_fingerprint,
        said_since=found.said_since,
        parser=found.parser,
        imprint=unpacked(found.imprint) if found.imprint is not None else None,
    )
