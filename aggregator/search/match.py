"""``Search`` -> the string that a database's own index is asked. Both mean the same.

Terms are ASCII letters and digits (``words.fold``), so nothing in them can end a quotation.
"""

from __future__ import annotations

from collections.abc import Iterable

from aggregator.search.syntax import AllOf, AnyOf, Meant, Phrase


def fts5(wanted: Iterable[Meant], unwanted: Iterable[Meant] = ()) -> str:
    """For ``MATCH`` of SQLite. ``wanted`` must not be empty: FTS5 knows no bare NOT."""
    found = " AND ".join(map(_fts5, wanted))
    without = " OR ".join(map(_fts5, unwanted))
    return f"({found}) NOT ({without})" if without else found


def tsquery(wanted: Iterable[Meant]) -> str:
    """For ``CAST(… AS tsquery)`` of PostgreSQL, whatever column it is asked of."""
    return " & ".join(map(_tsquery, wanted))


def _fts5(meant: Meant) -> str:
    match meant:
        case Phrase(terms=terms, headline=headline):
            row = " ".join(terms)
            phrase = f'"{row}"'
            return f"headline : {phrase}" if headline else phrase
        case AllOf(parts=parts):
            return f"({' AND '.join(map(_fts5, parts))})"
        case AnyOf(parts=parts):
            return f"({' OR '.join(map(_fts5, parts))})"


def _tsquery(meant: Meant) -> str:
    match meant:
        case Phrase(terms=terms):
            row = " <-> ".join(f"'{term}'" for term in terms)
            return f"({row})"
        case AllOf(parts=parts):
            return f"({' & '.join(map(_tsquery, parts))})"
        case AnyOf(parts=parts):
            return f"({' | '.join(map(_tsquery, parts))})"
