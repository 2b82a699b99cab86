"""Withdrawing by hand: a request for a takedown is followed at once, and can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from aggregator.config import Config
from aggregator.errors import ArticleNotFoundError, NotWithdrawnError
from aggregator.model import Publisher
from aggregator.query import ArticleView, get_article
from aggregator.takedown import bring_back, take_down
from spiders.registry import publisher_for
from storage import channels, lookup, withdrawals
from storage.database import open_database


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """What a withdrawal by hand came to."""

    article: ArticleView | None
    """``None``: nothing was held under that address."""
    url: str
    names: tuple[str, ...]
    """Under which it is kept out from now on. Empty: it was withdrawn already."""


@dataclass(frozen=True, kw_only=True)
class _Address:
    """What a publisher's rules make of an address, in any of its spellings."""

    publisher: Publisher
    canonical_url: str
    external_id: str | None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name in (self.external_id, self.canonical_url) if name)


def withdraw(config: Config, key: str, *, reason: str, by: str, now: datetime) -> Withdrawn:
    """Lock an article and keep it out for ever, under every name that it has.

    ``key``: as for ``get_article``, or any address of a publisher that we read; one of which
    nothing is held is kept out as well. Raises ``ArticleNotFoundError``, ``StorageError``.
    """
    database = open_database(config.database_url, writable=True)
    try:
        with database.session() as session:
            found, address = _find(session, config, key)
            if found is None:
                assert address is not None, "what is neither held nor an address was not found"
                return _keep_out(session, address, reason, by, now)
        names = take_down(database, found.id, reason=reason, by=by, now=now)
        with database.session() as session:
            view = get_article(session, str(found.id))
        return Withdrawn(article=view, url=view.article.canonical_url, names=names)
    finally:
        database.close()


def undo(config: Config, key: str, *, reason: str, by: str, now: datetime) -> ArticleView | None:
    """Take back the withdrawal of an article, or of an address of which nothing is held.

    Raises ``NotWithdrawnError``, ``ArticleNotFoundError``, ``StorageError``.
    """
    database = open_database(config.database_url, writable=True)
    try:
        with database.session() as session:
            found, address = _find(session, config, key)
            if found is None:
                assert address is not None, "what is neither held nor an address was not found"
                _let_in(session, key, address, reason, by, now)
                return None
        bring_back(database, found.id, reason=reason, by=by, now=now)
        with database.session() as session:
            return get_article(session, str(found.id))
    finally:
        database.close()


def _find(session: Session, config: Config, key: str) -> tuple[ArticleView | None, _Address | None]:
    try:
        return get_article(session, key), None
    except ArticleNotFoundError:
        address = _address(key)
        if address is None:
            raise
    # What is not held must not arrive between this look and what comes of it.
    channels.ensure(session, config.apply(address.publisher), ())
    withdrawals.lock(session, address.publisher.name)
    wanted = [(address.external_id, address.canonical_url)]
    held = lookup.find_many(session, address.publisher.name, wanted)
    glimpse = next(iter(held.values()), None)
    return (get_article(session, str(glimpse.article_id)) if glimpse else None), address


def _address(key: str) -> _Address | None:
    spider = publisher_for(key) if "://" in key else None
    if spider is None:
        return None
    parser = spider()
    canonical = parser.canonical(key)
    return _Address(
        publisher=parser.publisher,
        canonical_url=canonical,
        external_id=parser.identity(canonical),
    )


def _let_in(
    session: Session, key: str, address: _Address, reason: str, by: str, now: datetime
) -> None:
    row = withdrawals.current_of_keys(session, address.publisher.name, address.names)
    if row is None:
        raise NotWithdrawnError(key=key)
    withdrawals.undo(session, row.id, at=now, by=by, reason=reason)


def _keep_out(
    session: Session, address: _Address, reason: str, by: str, now: datetime
) -> Withdrawn:
    publisher, url = address.publisher, address.canonical_url
    if withdrawals.current_of_keys(session, publisher.name, address.names) is not None:
        return Withdrawn(article=None, url=url, names=())
    withdrawals.keep_out(session, publisher.name, address.names, url, at=now, reason=reason, by=by)
    return Withdrawn(article=None, url=url, names=address.names)
