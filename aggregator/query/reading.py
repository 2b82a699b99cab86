"""A filter, read: its fields and the operators typed in its text as one list of conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, func, not_, select
from sqlalchemy.orm import Session

from aggregator.errors import UnknownPublisherError
from aggregator.query import conditions as ask
from aggregator.query.days import parse_period
from aggregator.query.filter import ArticleFilter
from aggregator.search.meaning import meaning
from aggregator.search.parser import parse
from aggregator.search.syntax import Condition, Operator, Search
from storage.newest import has_words
from storage.search import terms_beginning
from storage.tables import ArticleRow, PublisherRow


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What must hold of an article, and which words it must have."""

    conditions: tuple[ColumnElement[bool], ...]
    search: Search

    @property
    def is_words_alone(self) -> bool:
        """Whether nothing else is asked of an article than that it may be shown."""
        return all(condition is ask.SHOWN for condition in self.conditions)

    def all(self, session: Session) -> tuple[ColumnElement[bool], ...]:
        """Both as conditions."""
        return (*self.conditions, *has_words(session, self.search))


def read(session: Session, wanted: ArticleFilter) -> Asked:
    """Raises ``QueryError`` for what cannot be meant."""
    query = parse(wanted.text or "")
    search = meaning(query, wanted.aliases, lambda p, n: terms_beginning(session, p, n))
    typed = _typed(session, query.conditions, wanted.zone)
    return Asked(conditions=(*ask.conditions(wanted), *typed), search=search)


def matching(session: Session, wanted: ArticleFilter) -> Select[int]:
    """A statement for the numbers of all articles that the filter leaves, to count them with."""
    return select(ArticleRow.id).where(*read(session, wanted).all(session))


def _typed(
    session: Session, typed: Iterable[Condition], zone: ZoneInfo
) -> Iterator[ColumnElement[bool]]:
    publishers: list[str] = []
    for condition in typed:
        if condition.operator is Operator.PUBLISHER:
            name = _publisher(session, condition.value)
            if condition.negated:
                yield not_(ask.publisher_is([name]))
            else:
                publishers.append(name)
        else:
            found = _asked(condition, zone)
            # A column without a value is no reason to leave an article out.
            yield not_(func.coalesce(found, False)) if condition.negated else found
    if publishers:
        # An article has one publisher, so several can only mean any of them.
        yield ask.publisher_is(publishers)


def _asked(condition: Condition, zone: ZoneInfo) -> ColumnElement[bool]:
    value = condition.value
    match condition.operator:
        case Operator.AUTHOR:
            return ask.author_is(value)
        case Operator.SECTION:
            return ask.section_is(value)
        case Operator.TAG:
            return ask.tag_is(value)
        case Operator.TOPIC:
            return ask.topic_is(value.casefold())
        case Operator.PLACE:
            return ask.place_is(value)
        case operator:
            return _of_days(operator, value, zone)


def _of_days(operator: Operator, value: str, zone: ZoneInfo) -> ColumnElement[bool]:
    period, name = parse_period(value, str(operator)), str(operator)
    match operator:
        case Operator.SINCE:
            return ask.from_day(period.first, zone, name)
        case Operator.BEFORE:
            return not_(ask.from_day(period.first, zone, name))
        case Operator.UNTIL:
            return and_(True, *ask.up_to_day(period.last, zone, name))
        case _:
            return not_(and_(True, *ask.up_to_day(period.last, zone, name)))


def _publisher(session: Session, value: str) -> str:
    """By name or title. Raises ``UnknownPublisherError``."""
    wanted = value.casefold()
    known = session.execute(select(PublisherRow.name, PublisherRow.title)).all()
    for name, title in known:
        if wanted in (name.casefold(), title.casefold()):
            return name
    raise UnknownPublisherError(name=value, known=", ".join(sorted(name for name, _ in known)))
