"""The full-text index of each database: what goes in, what comes out, and how it is asked.

Both hold the same terms (``aggregator.search.words``) and understand them as they are: SQLite with
the tokenizer ``ascii``, PostgreSQL without any dictionary. Its own ``indonesian`` stems differently
(``seko`` for sekolah), and two databases would find two things.

SQLite: contentless, because the text stands in ``article`` already; half of the bytes are saved.
The row number is the article's. Before 3.43 a row of such a table is taken out by naming exactly
what was put in, which is the text before the change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from types import MappingProxyType
from typing import Protocol

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Connection,
    Integer,
    Select,
    column,
    literal,
    literal_column,
    not_,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from aggregator.search.match import fts5, tsquery
from aggregator.search.syntax import AnyOf, Meant, phrases
from aggregator.search.words import MAX_TERM, words

MAX_WORDS = 16_000
"""Terms of a body that are indexed. PostgreSQL counts places up to 16,383; the longest real article
at hand has 3,900."""

# Longer than any term, so that nothing is looked for across it.
_BREAK = ("x" * (MAX_TERM + 1),) * 2
_GAP = 8


@dataclass(frozen=True, kw_only=True)
class Texts:
    """What is searched of an article."""

    headline: str
    about: tuple[str, ...]
    """Tags, section, names and places; each a text of its own."""
    body: str

    def analysed(self) -> Document:
        headline = words(self.headline)
        about = list(chain.from_iterable((*words(text), _BREAK) for text in self.about))
        body = words(self.body)[:MAX_WORDS]
        vocabulary = dict(chain(headline, about, body))
        vocabulary.pop(_BREAK[0], None)
        return Document(
            headline=tuple(term for _, term in headline),
            about=tuple(term for _, term in about),
            body=tuple(term for _, term in body),
            words=vocabulary,
        )


@dataclass(frozen=True, kw_only=True)
class Document:
    """The terms of an article, as they are indexed."""

    headline: tuple[str, ...]
    about: tuple[str, ...]
    body: tuple[str, ...]
    words: Mapping[str, str]
    """Each word and its term."""

    def fingerprint(self) -> str:
        columns = "\n".join(map(" ".join, (self.headline, self.about, self.body)))
        return blake2b(columns.encode(), digest_size=8).hexdigest()


class FullText(Protocol):
    """The index of one kind of database."""

    exact: bool
    """Whether an article can only be taken out with exactly the terms that were put in."""
    ids: ColumnClause[int]
    """The column of ``matching``."""

    def put(self, connection: Connection, documents: Mapping[int, Document]) -> None:
        """Articles by number. None of them is in the index."""

    def take_out(self, connection: Connection, article_id: int, document: Document) -> None: ...

    def clear(self, connection: Connection) -> None: ...

    def optimize(self, connection: Connection) -> None:
        """After many changes at once."""

    def matching(self, wanted: Sequence[Meant], unwanted: Sequence[Meant] = ()) -> Select[int]:
        """Numbers of the articles that have it; ``wanted`` is not empty."""


class Fts5:
    """SQLite."""

    _put = text(
        "INSERT INTO article_search (rowid, headline, about, body)"
        " VALUES (:id, :headline, :about, :body)"
    )
    _take_out = text(
        "INSERT INTO article_search (article_search, rowid, headline, about, body)"
        " VALUES ('delete', :id, :headline, :about, :body)"
    )
    _command = text("INSERT INTO article_search (article_search) VALUES (:command)")

    exact = True
    ids = column("rowid", Integer())

    def put(self, connection: Connection, documents: Mapping[int, Document]) -> None:
        connection.execute(self._put, [_columns(n, d) for n, d in documents.items()])

    def take_out(self, connection: Connection, article_id: int, document: Document) -> None:
        connection.execute(self._take_out, _columns(article_id, document))

    def clear(self, connection: Connection) -> None:
        connection.execute(self._command, {"command": "delete-all"})

    def optimize(self, connection: Connection) -> None:
        connection.execute(self._command, {"command": "optimize"})

    def matching(self, wanted: Sequence[Meant], unwanted: Sequence[Meant] = ()) -> Select[int]:
        asked = literal(fts5(wanted, unwanted))
        found = literal_column("article_search").op("MATCH", is_comparison=True)(asked)
        return select(self.ids).select_from(table("article_search")).where(found)


class TsVector:
    """PostgreSQL.

    Headlines have a column of their own: an index of all terms with weights would have to look into
    every article that has a word anywhere to find those that have it in the headline.
    """

    _put = text(
        "INSERT INTO article_search (article_id, headline, terms)"
        " VALUES (:id, CAST(:headline AS tsvector), CAST(:terms AS tsvector))"
    )
    _take_out = text("DELETE FROM article_search WHERE article_id = :id")
    _clear = text("DELETE FROM article_search")
    # The planner walks by time or asks the index, by how often the terms occur.
    _analyze = text("ANALYZE article_search")

    exact = False
    ids = column("article_id", Integer())
    _headline, _terms = column("headline", TSVECTOR()), column("terms", TSVECTOR())

    def put(self, connection: Connection, documents: Mapping[int, Document]) -> None:
        rows = [
            {
                "id": n,
                "headline": tsvector(d.headline),
                "terms": tsvector(d.headline, d.about, d.body),
            }
            for n, d in documents.items()
        ]
        connection.execute(self._put, rows)

    def take_out(self, connection: Connection, article_id: int, document: Document) -> None:  # noqa: ARG002
        connection.execute(self._take_out, {"id": article_id})

    def clear(self, connection: Connection) -> None:
        connection.execute(self._clear)

    def optimize(self, connection: Connection) -> None:
        connection.execute(self._analyze)

    def matching(self, wanted: Sequence[Meant], unwanted: Sequence[Meant] = ()) -> Select[int]:
        anywhere = [meant for meant in wanted if _places(meant) == {False}]
        found = [self._has(meant) for meant in wanted if _places(meant) != {False}]
        if anywhere:  # as one question, which the index answers without looking at the articles
            found.append(_asked(self._terms, anywhere))
        found += [not_(self._has(meant)) for meant in unwanted]
        return select(self.ids).select_from(table("article_search")).where(*found)

    def _has(self, meant: Meant) -> ColumnElement[bool]:
        places = _places(meant)
        if places == {True, False} and isinstance(meant, AnyOf):
            return or_(*map(self._has, meant.parts))
        return _asked(self._headline if places == {True} else self._terms, [meant])


def _asked(vector: ColumnClause[str], wanted: Sequence[Meant]) -> ColumnElement[bool]:
    # A parameter of this type, not a text that is cast: that would be parsed again for every row.
    return vector.op("@@", is_comparison=True)(literal(tsquery(wanted), TSQUERY()))


def _places(meant: Meant) -> set[bool]:
    """Whether its phrases are looked for in headlines alone."""
    return {phrase.headline for phrase in phrases(meant)}


FULL_TEXTS: Mapping[str, FullText] = MappingProxyType({"sqlite": Fts5(), "postgresql": TsVector()})
"""By the name of SQLAlchemy's dialect."""


def tsvector(*rows: Sequence[str]) -> str:
    """Terms with their places; gaps keep phrases from going from one row to the next."""
    places: dict[str, list[str]] = {}
    first = 1
    for row in rows:
        for position, term in enumerate(row, first):
            places.setdefault(term, []).append(str(position))
        first += len(row) + _GAP
    return " ".join(f"'{term}':{','.join(found)}" for term, found in places.items())


def _columns(article_id: int, document: Document) -> dict[str, object]:
    return {
        "id": article_id,
        "headline": " ".join(document.headline),
        "about": " ".join(document.about),
        "body": " ".join(document.body),
    }
