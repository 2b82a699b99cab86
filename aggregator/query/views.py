"""What questions are answered with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from aggregator.articlejson import Holding, article_json, duplicate_json, public_withdrawal_json
from aggregator.model import Article, AttributedArticle, Attribution, PublishedIn, Withdrawal
from aggregator.reuse import Reuse, reuse_of
from storage import portal, withdrawals
from storage.prints import ALONE, Prints, other_prints
from storage.reading import Held, read_articles

NOTHING: Mapping[str, Any] = {
    "body": [],
    "body_html": "",
    "excerpt": None,
    "summary": None,
    "image": None,
}
"""Of an article's words and picture."""


@dataclass(frozen=True, kw_only=True)
class ArticleView:
    """An article as the database holds it."""

    id: int
    found: AttributedArticle
    holding: Holding

    @property
    def article(self) -> Article:
        return self.found.article

    @property
    def attribution(self) -> Attribution:
        return self.found.attribution

    def to_json(self) -> dict[str, Any]:
        """The JSON article, whole: for the people who run the program."""
        return article_json(self.found, self.holding)

    def to_public_json(self, press: Reuse = Reuse.FULL) -> dict[str, Any]:
        """The JSON article as it may leave: text only where the rights basis and the school's
        switch for the press allow it, and nothing but where it was of one that was withdrawn."""
        found, reuse = self.to_json(), reuse_of(self.attribution.basis, press)
        if self.holding.withdrawn is not None:
            found |= NOTHING
            found["withdrawn"] = public_withdrawal_json(self.holding.withdrawn)
        elif reuse is Reuse.LINK:
            found |= NOTHING
        elif reuse is Reuse.EXCERPT:
            found |= {"body": [], "body_html": ""}
        shown = [d for d in self.holding.duplicates if d.publishable]
        if len(shown) < len(self.holding.duplicates):
            found["duplicates"] = [*map(duplicate_json, shown)]
            found["cluster_id"] = self.holding.cluster_id if shown else None
        return found


@dataclass(frozen=True, kw_only=True)
class ArticlePage:
    articles: tuple[ArticleView, ...]
    next_cursor: str | None
    """``None``: this is the last page."""


def views_of(session: Session, ids: Sequence[int]) -> tuple[ArticleView, ...]:
    """These articles in this order; without those that are not held."""
    found = {held.id: held for held in read_articles(session, ids)}
    locked = [held.id for held in found.values() if held.is_withdrawn]
    withdrawn = withdrawals.of_articles(session, locked) if locked else {}
    published = portal.published_in(session, list(found)) if found else {}
    prints = other_prints(session, found)
    return tuple(
        ArticleView(
            id=article_id,
            found=found[article_id].found,
            holding=_holding(
                found[article_id],
                prints.get(article_id, ALONE),
                withdrawn.get(article_id),
                published.get(article_id, ()),
            ),
        )
        for article_id in ids
        if article_id in found
    )


def _holding(
    held: Held,
    prints: Prints,
    withdrawn: Withdrawal | None,
    published_in: tuple[PublishedIn, ...],
) -> Holding:
    return Holding(
        revision=held.revision,
        first_seen=held.first_seen,
        last_seen=held.last_seen,
        cluster_id=prints.cluster_id,
        duplicates=prints.others,
        withdrawn=withdrawn,
        published_in=published_in,
        text_removed_at=held.text_removed_at,
    )
