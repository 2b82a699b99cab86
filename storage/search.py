"""Keeping articles in the full-text index, and the words that search knows.

Storing, revising and taking out an article call this in their own transaction: the index never says
anything else than the tables.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, func, select, text, union
from sqlalchemy.orm import InstrumentedAttribute, Session

from aggregator.model import Article
from storage.fulltext import FULL_TEXTS, Document, FullText, Texts
from storage.statements import dialect_of, write
from storage.tables import ArticleRow, CreditRow, SearchDocumentRow, SearchWordRow, TagRow

BATCH = 500
"""Articles that are held in memory at once while the index is made anew."""


# --- the index ------------------------------------------------------------------------------------


def add(session: Session, article_id: int, article: Article) -> None:
    """Put a new article into the index."""
    _put(session, {article_id: _texts_of(article).analysed()})


def replace(session: Session, article_id: int, article: Article) -> None:
    """Index what the article will say. To be called *before* its rows are changed."""
    document = _texts_of(article).analysed()
    held = session.scalar(_held, {"article_id": article_id})
    if held != document.fingerprint():
        _take_out(session, article_id, held)
        _put(session, {article_id: document})


def forget(session: Session, article_id: int) -> None:
    """Take an article out of the index. To be called *before* its rows are deleted."""
    _take_out(session, article_id, session.scalar(_held, {"article_id": article_id}))


def fill(session: Session) -> int:
    """Index the articles that are not in the index; returns how many those were."""
    count = 0
    for ids in _missing(session):
        _put(session, {n: texts.analysed() for n, texts in _stored_texts(session, ids)})
        count += len(ids)
    if count:
        _full_text(session).optimize(session.connection())
    return count


def rebuild(session: Session) -> int:
    """Make the index anew from the articles; returns how many there are."""
    for table in (SearchDocumentRow, SearchWordRow):
        session.execute(delete(table))
    _full_text(session).clear(session.connection())
    return fill(session)


# --- words ----------------------------------------------------------------------------------------


def terms_beginning(session: Session, prefix: str, limit: int) -> list[str]:
    """Terms of the words that begin so, and terms that do; at most ``limit``."""
    found = union(
        *(
            select(SearchWordRow.term).where(_begins(column, prefix))
            for column in (SearchWordRow.word, SearchWordRow.term)
        )
    )
    return sorted(session.scalars(found.limit(limit)))


def words_like(session: Session, word: str) -> list[str]:
    """Words that could be meant by a misspelt one: of the same beginning, else of its length."""
    same_letter = session.scalars(
        select(SearchWordRow.word).where(_begins(SearchWordRow.word, word[:1]))
    )
    return [*same_letter, *_of_length(session, len(word))]


def _of_length(session: Session, length: int) -> Iterator[str]:
    between = func.length(SearchWordRow.word).between(length - 1, length + 1)
    yield from session.scalars(select(SearchWordRow.word).where(between))


def _begins(column: InstrumentedAttribute[str], prefix: str) -> ColumnElement[bool]:
    # "{" follows "z" in ASCII, and words are letters and digits.
    return and_(column >= prefix, column < f"{prefix}{{")


# --- steps ----------------------------------------------------------------------------------------


def _put(session: Session, documents: Mapping[int, Document]) -> None:
    _full_text(session).put(session.connection(), documents)
    rows = [{"article_id": n, "fingerprint": d.fingerprint()} for n, d in documents.items()]
    write(session, SearchDocumentRow, rows)
    words = dict(pair for document in documents.values() for pair in document.words.items())
    _learn(session, words)


def _take_out(session: Session, article_id: int, held: str | None) -> None:
    if held is None:
        return
    full_text = _full_text(session)
    _, texts = next(_stored_texts(session, [article_id]))
    document = texts.analysed()
    # Where another program has changed the article, its former words stay until ``rebuild``.
    if not full_text.exact or document.fingerprint() == held:
        full_text.take_out(session.connection(), article_id, document)
    session.execute(delete(SearchDocumentRow).where(SearchDocumentRow.article_id == article_id))


def _learn(session: Session, words: Mapping[str, str]) -> None:
    """Note those that are new. In their order, so that two crawls at once wait, never block.

    One statement: most words are known, and asking for each which it is would take longer.
    """
    pairs = json.dumps(sorted(words.items()))
    session.connection().execute(_LEARNING[dialect_of(session)], {"pairs": pairs})


def _full_text(session: Session) -> FullText:
    return FULL_TEXTS[dialect_of(session)]


def _missing(session: Session) -> Iterator[list[int]]:
    """Numbers of articles that are not in the index, a batch at a time."""
    indexed = select(SearchDocumentRow.article_id)
    last = 0
    while True:
        ids = session.scalars(
            select(ArticleRow.id)
            .where(ArticleRow.id > last, ArticleRow.id.not_in(indexed))
            .order_by(ArticleRow.id)
            .limit(BATCH)
        ).all()
        if not ids:
            return
        yield list(ids)
        last = ids[-1]


# --- what is searched -----------------------------------------------------------------------------


def _texts_of(article: Article) -> Texts:
    """Of an article that is about to be stored."""
    dateline = article.dateline
    place = (dateline.place, dateline.region, dateline.province) if dateline else ()
    names = [credit.name for credit in article.credits]
    about = (*article.tags, article.section, *place, *names, article.agency)
    return _texts(article.headline, about, " ".join(article.body))


def _stored_texts(session: Session, ids: Sequence[int]) -> Iterator[tuple[int, Texts]]:
    """Of articles as they stand in the tables; the same as of the article they were stored from."""
    tags = _by_article(session, TagRow, TagRow.tag, ids)
    names = _by_article(session, CreditRow, CreditRow.name, ids)
    row = ArticleRow
    columns = (
        *(row.id, row.headline, row.body, row.section, row.agency),
        *(row.dateline_place, row.dateline_region, row.dateline_province),
    )
    for n, headline, body, section, agency, *place in session.execute(
        select(*columns).where(row.id.in_(ids))
    ):
        about = (*tags.get(n, ()), section, *place, *names.get(n, ()), agency)
        yield n, _texts(headline, about, body)


def _texts(headline: str, about: Iterable[str | None], body: str) -> Texts:
    return Texts(headline=headline, about=tuple(part for part in about if part), body=body)


def _by_article(
    session: Session,
    part: type[TagRow] | type[CreditRow],
    column: InstrumentedAttribute[str],
    ids: Sequence[int],
) -> dict[int, list[str]]:
    statement: Select[int, str] = (
        select(part.article_id, column)
        .where(part.article_id.in_(ids))
        .order_by(part.article_id, part.position)
    )
    found: dict[int, list[str]] = {}
    for article_id, value in session.execute(statement):
        found.setdefault(article_id, []).append(value)
    return found


# --- statements -----------------------------------------------------------------------------------

_held = select(SearchDocumentRow.fingerprint).where(
    SearchDocumentRow.article_id == bindparam("article_id")
)
_LEARNING = {
    "sqlite": text(
        "INSERT INTO search_word (word, term)"
        " SELECT value ->> 0, value ->> 1 FROM json_each(:pairs) WHERE true"
        " ON CONFLICT DO NOTHING"
    ),
    "postgresql": text(
        "INSERT INTO search_word (word, term)"
        " SELECT value ->> 0, value ->> 1 FROM json_array_elements(CAST(:pairs AS json)) AS value"
        " ON CONFLICT DO NOTHING"
    ),
}
