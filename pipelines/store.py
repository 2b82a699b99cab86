"""The last step: one transaction that inserts, revises or leaves an article.

Candidates are looked up, the decision is taken and the rows are written inside the same
transaction, so that two crawls at once cannot both insert. What was written is then compared with
all other articles (``pipelines.relate``), in a transaction of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from scrapy.crawler import Crawler
from sqlalchemy.orm import Session

from aggregator.articlejson import article_json
from aggregator.model import Article, AttributedArticle, EndState
from pipelines.deduplicate import OLDER, SAME_TEXT, Decision, Held, Kind, decide
from pipelines.drops import Buried
from pipelines.fingerprint import content_fingerprint, text_fingerprint
from pipelines.ledger import RunLedger
from pipelines.relate import compare_all_pending, compare_pending
from storage import articles, notes, tombstones
from storage.database import Database

A_FEW = 20
"""Articles compared after each that is stored: it, and some of those that were left over."""


class StorePipeline:
    """Stores what arrives and tells the ledger how it ended."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.cause: str = crawler.settings["AGGREGATOR_CAUSE"]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: AttributedArticle) -> dict[str, Any]:
        """Returns the JSON article, which is what ``scrapy crawl -O`` exports."""
        ledger = self.crawler.get_extension(RunLedger)
        assert ledger is not None
        ledger.report.count_fields(item.article)
        outcome = store(ledger.database, item, cause=self.cause)
        if outcome.article_id is not None and outcome.state in _WRITTEN:
            ledger.stored(outcome.article_id, outcome.state, outcome.changed)
        ledger.ended(
            item.article.url, outcome.state, outcome.reason, 200, article_id=outcome.article_id
        )
        if outcome.state in _WRITTEN:
            compare_pending(ledger.database, A_FEW)
        return article_json(item)

    def close_spider(self) -> None:
        """Compare what a crawl that was killed, an older version or a change of rules left."""
        ledger = self.crawler.get_extension(RunLedger)
        assert ledger is not None
        compare_all_pending(ledger.database)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of an article."""

    state: EndState
    article_id: int | None = None
    reason: str | None = None
    changed: tuple[str, ...] = ()


_WRITTEN = (EndState.STORED, EndState.REVISED)
_STATES = {
    Kind.SAME: EndState.UNCHANGED,
    Kind.REVISION: EndState.REVISED,
    Kind.DUPLICATE: EndState.DUPLICATE,
}


def store(database: Database, found: AttributedArticle, *, cause: str) -> Outcome:
    """Insert, revise or leave, in one transaction."""
    article = found.article
    text = text_fingerprint(article)
    with database.session() as session:
        if tombstones.buried(session, article.publisher, _keys(article)):
            raise Buried(article.url)
        decision = _decide(session, article, text)
        if decision.of is None:
            article_id = articles.add(
                session,
                found,
                text_fingerprint=text,
                content_fingerprint=content_fingerprint(article),
                cause=cause,
            )
            if article_id is not None:
                notes.note(session, article_id)
                return Outcome(state=EndState.STORED, article_id=article_id)
            # Another crawl was faster by a moment: what it stored is now what we compare with.
            decision = _decide(session, article, text)
        return _apply(session, found, decision, text, cause)


def _decide(session: Session, article: Article, text: str | None) -> Decision:
    same = articles.find_same(session, article)
    other = articles.find_same_text(session, article.publisher, text) if same is None else None
    if other is not None:
        # Between the two looks another crawl may have stored this very article.
        same = articles.find_same(session, article)
    return decide(article, same=_held(same), same_text=_held(other))


def _apply(
    session: Session,
    found: AttributedArticle,
    decision: Decision,
    text: str | None,
    cause: str,
) -> Outcome:
    article, of = found.article, decision.of
    assert of is not None, "only an article that we hold can be the same, revised or duplicated"
    if decision.kind is Kind.REVISION:
        articles.revise(
            session,
            of,
            found,
            text_fingerprint=text,
            content_fingerprint=content_fingerprint(article),
            changed=decision.changed,
            cause=cause,
        )
        notes.note(session, of)
    elif decision.reason != OLDER:
        articles.touch(session, of, article.fetched_at)
    reason = articles.DUPLICATE if decision.kind is Kind.DUPLICATE else "requested"
    addresses = dict.fromkeys((article.canonical_url, article.url), reason)
    articles.note_urls(session, article.publisher, addresses, of, article.fetched_at)
    # "Same identity" goes without saying; what else was decided on does not.
    said = decision.reason if decision.reason in (SAME_TEXT, OLDER) else None
    return Outcome(
        state=_STATES[decision.kind], article_id=of, reason=said, changed=decision.changed
    )


def _keys(article: Article) -> list[str]:
    return [key for key in (article.external_id, article.canonical_url, article.url) if key]


def _held(found: articles.StoredArticle | None) -> Held | None:
    if found is None:
        return None
    return Held(
        id=found.id,
        article=found.article,
        content_fingerprint=found.content_fingerprint,
        said_since=found.said_since,
    )
