"""What a page is: one declaration that routes and answers, and what it knows of who asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from urllib.parse import quote, urlencode, urlsplit

from sqlalchemy.orm import Session

from aggregator.config import Config
from aggregator.model import Publisher
from aggregator.query import ArticleView
from aggregator.web.answers import Answer
from aggregator.web.portal.shown import Shown, shown_of
from aggregator.web.problems import Speaker
from storage import publishers, reviews

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a page stands: enough to draw what is around it, also without a database."""

    config: Config
    base: str
    """Public address of the web side, without a slash at the end."""
    language: str
    say: Speaker
    """In the page's language."""
    path: str = "/"
    """From the root of its language."""

    def link(self, path: str, /, **asked: str | None) -> str:
        """An address of ours in the page's language."""
        query = urlencode({name: value for name, value in asked.items() if value})
        own = f"{self.prefix}{self.folder(self.language)}{path}"
        return f"{own}?{query}" if query else own

    def absolute(self, path: str) -> str:
        return f"{self.base}{self.folder(self.language)}{path}"

    @property
    def prefix(self) -> str:
        """The path under which a proxy serves us; mostly none."""
        return urlsplit(self.base).path

    def folder(self, language: str) -> str:
        """``/en``; nothing for the first language."""
        return "" if language == self.config.portal.languages[0] else f"/{language}"


@dataclass(frozen=True, kw_only=True)
class Visit(Place):
    """One request, as a page sees it."""

    session: Session
    now: datetime
    values: Mapping[str, str] = field(default_factory=dict)
    """Of the address."""
    asked: Mapping[str, str] = field(default_factory=dict)
    """Of the query, only what the page listens to."""

    @cached_property
    def publishers(self) -> Mapping[str, Publisher]:
        """By name."""
        return {found.name: found for found in publishers.all_publishers(self.session)}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Publisher -> its title."""
        return {name: found.title for name, found in self.publishers.items()}

    def shown(self, views: Sequence[ArticleView]) -> tuple[Shown, ...]:
        """Articles that were found by a reader's filter, as readers see them."""
        decided = reviews.of_articles(self.session, [view.id for view in views])
        press, zone = self.config.portal.press_reuse, self.config.zone
        return tuple(shown_of(view, decided.get(view.id), zone, press) for view in views)


@dataclass(frozen=True, kw_only=True)
class Page:
    path: str
    """From the root of a language, with ``{parameters}``."""
    respond: Callable[[Visit], Answer]
    hears: Collection[str] = ()
    """Parameters of the query. Others are ignored: links that are shared grow them."""
    every_language: bool = True
    """False: at the root only."""
    counts: bool = False
    """Whether a visit is counted, for the article ``id``."""


class MovedError(Exception):
    """What was asked for has another address."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def quoted(text: str) -> str:
    """As a part of a path."""
    return quote(text, safe="")


def quoted_path(path: str) -> str:
    return "/".join(map(quoted, path.split("/")))
