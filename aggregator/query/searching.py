"""A page of a search as a reader is shown it: marks on what was found, and a better spelling."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from aggregator.query.filter import ArticleFilter
from aggregator.query.paging import find_page
from aggregator.query.reading import read
from aggregator.query.views import ArticleView
from aggregator.reuse import Reuse, reuse_of
from aggregator.search.marks import Finder, Marked
from aggregator.search.meaning import meaning
from aggregator.search.parser import parse
from aggregator.search.suggest import nearest, replaced, words_of
from aggregator.search.syntax import Phrase, Search
from aggregator.search.words import fold, stem
from storage.newest import newest_ids
from storage.search import words_like

ENOUGH = 200
"""Articles that a suggested word is known from; more make it no better."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """An article, and where in it the words stand."""

    view: ArticleView
    press: Reuse
    headline: Marked
    snippet: Marked
    """Of the body as held, for the people who run the program."""
    public_snippet: Marked
    """As it may leave: of the excerpt where no more may, and nothing where not even that may."""

    def to_json(self) -> dict[str, Any]:
        return {**self.view.to_json(), **self._marks(self.snippet)}

    def to_public_json(self) -> dict[str, Any]:
        return {**self.view.to_public_json(self.press), **self._marks(self.public_snippet)}

    def _marks(self, snippet: Marked) -> dict[str, Any]:
        return {
            "headline_marks": self.headline.to_json()["marks"],
            "snippet": snippet.to_json(),
        }


@dataclass(frozen=True, kw_only=True)
class SearchPage:
    hits: tuple[Hit, ...]
    next_cursor: str | None
    """``None``: this is the last page."""
    suggestion: str | None = None
    """A query that finds something, where this one finds nothing."""


def search_articles(
    session: Session,
    wanted: ArticleFilter,
    cursor: str | None = None,
    *,
    press: Reuse = Reuse.FULL,
) -> SearchPage:
    """``find_articles`` with marks. ``press``: the school's switch. Raises ``QueryError``."""
    asked = read(session, wanted)
    page = find_page(session, wanted, asked, cursor)
    finder = Finder(asked.search)
    return SearchPage(
        hits=tuple(_hit(finder, view, press) for view in page.articles),
        next_cursor=page.next_cursor,
        suggestion=None if page.articles or cursor else _suggestion(session, wanted),
    )


def _hit(finder: Finder, view: ArticleView, press: Reuse) -> Hit:
    article = view.article
    snippet = finder.snippet(article.body)
    reuse = reuse_of(view.attribution.basis, press)
    excerpt = (article.excerpt,) if article.excerpt and reuse is not Reuse.LINK else ()
    return Hit(
        view=view,
        press=press,
        headline=finder.mark(article.headline, headline=True),
        snippet=snippet,
        public_snippet=snippet if reuse is Reuse.FULL else finder.snippet(excerpt),
    )


# --- did you mean ---------------------------------------------------------------------------------


def _suggestion(session: Session, wanted: ArticleFilter) -> str | None:
    """The query with its unknown words exchanged for known ones, if that finds something."""
    text = typed = wanted.text or ""
    for word in words_of(parse(typed)):
        if not _known(session, wanted, word):
            known = _nearest(session, fold(word))
            if known is None:
                return None
            text = replaced(text, word, known)
    if text == typed:
        return None
    asked = read(session, replace(wanted, text=text))
    return text if newest_ids(session, asked.conditions, asked.search, 1) else None


def _known(session: Session, wanted: ArticleFilter, word: str) -> bool:
    """Whether any article has it, whatever else the filter asks."""
    search = meaning(parse(word), wanted.aliases, lambda _prefix, _limit: ())
    return bool(newest_ids(session, (), search, 1))


def _nearest(session: Session, word: str) -> str | None:
    def frequency(known: str) -> int:
        search = Search(wanted=(Phrase(terms=(stem(known),)),))
        return len(newest_ids(session, (), search, ENOUGH))

    return nearest(word, words_like(session, word), frequency)
