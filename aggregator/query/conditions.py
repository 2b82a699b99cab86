"""What can be asked of an article, each question in one function, however it was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, exists, false, func, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from aggregator.errors import QueryError
from aggregator.model import Role
from aggregator.query.days import day_after, midnight
from aggregator.query.filter import ArticleFilter
from pipelines.places import find_place
from storage import portal, reviews
from storage.tables import (
    ArticleRow,
    ArticleUrlRow,
    ChannelRow,
    CreditRow,
    EntryRow,
    MemberRow,
    TagRow,
    TopicRow,
    WithdrawalRow,
)

Found = ColumnElement[bool]

# By the few numbers of what is withdrawn: the article's own column lies behind its text, and SQLite
# would read the text of every article that it passes.
_GONE = select(WithdrawalRow.article_id).where(
    WithdrawalRow.article_id.is_not(None), WithdrawalRow.undone_at.is_(None)
)
WITHDRAWN: Found = ArticleRow.id.in_(_GONE)
SHOWN: Found = ArticleRow.id.not_in(_GONE)


def shown_among(article_id: InstrumentedAttribute[int]) -> Found:
    """The same of what refers to articles."""
    return article_id.not_in(_GONE)


# In no article: PostgreSQL refuses a NUL in a text, and no database takes half a surrogate pair.
NO_TEXT = re.compile(r"[\x00\ud800-\udfff]")


def conditions(wanted: ArticleFilter) -> Iterator[Found]:
    """All fields of the filter but ``text``. Raises ``QueryError``."""
    for value, condition in (
        (wanted.channel, channel_is),
        (wanted.section, section_is),
        (wanted.tag, tag_is),
        (wanted.topic, topic_is),
        (wanted.place, place_is),
        (wanted.province, province_is),
        (wanted.agency, agency_is),
        (wanted.language, language_is),
    ):
        if value is not None:
            yield condition(value)
    if wanted.publisher is not None:
        yield publisher_is(wanted.publishers)
    if wanted.author is not None or wanted.role is not None:
        yield author_is(wanted.author or "", wanted.role)
    yield from _known(wanted)
    yield from _days(wanted)
    # What may be published is not withdrawn: the schema sees to it.
    if wanted.withdrawn is not None and wanted.publishable is not True:
        yield WITHDRAWN if wanted.withdrawn else SHOWN
    yield from wanted.also


def _known(wanted: ArticleFilter) -> Iterator[Found]:
    if wanted.first_seen_since is not None:
        yield ArticleRow.first_seen >= wanted.first_seen_since
    for asked, condition in (
        (wanted.publishable, ArticleRow.publishable.is_(True)),
        (wanted.revised, ArticleRow.revision > 1),
        (wanted.has_image, ArticleRow.image_url.is_not(None)),
        (wanted.representatives, stands_for_itself()),
        (wanted.unpublished, not_(portal.is_published())),
    ):
        if asked is not None:
            yield condition if asked else not_(condition)
    if wanted.review is not None:
        yield reviews.state_is([wanted.review])


def _days(wanted: ArticleFilter) -> Iterator[Found]:
    if wanted.since is not None and wanted.until is not None and wanted.since > wanted.until:
        raise QueryError(field="since", value=str(wanted.since), detail="is after 'until'")
    if wanted.since is not None:
        yield from_day(wanted.since, wanted.zone, "since")
    if wanted.until is not None:
        yield from up_to_day(wanted.until, wanted.zone, "until")


# --- questions ------------------------------------------------------------------------------------


def publisher_is(names: Sequence[str]) -> Found:
    return ArticleRow.publisher.in_([name for name in names if not NO_TEXT.search(name)])


def channel_is(name: str) -> Found:
    """A channel of the article's publisher listed it, by its identifier or any of its addresses."""
    if NO_TEXT.search(name):
        return false()
    of_article = ArticleUrlRow.article_id == ArticleRow.id
    addresses = select(ArticleUrlRow.url).where(of_article).correlate(ArticleRow)
    return exists().where(
        ChannelRow.publisher == ArticleRow.publisher,
        ChannelRow.name == name,
        EntryRow.channel_id == ChannelRow.id,
        or_(EntryRow.key == ArticleRow.external_id, EntryRow.key.in_(addresses)),
    )


def section_is(name: str) -> Found:
    return _equals(ArticleRow.section, name)


def tag_is(tag: str) -> Found:
    # Not EXISTS: SQLite would look through all articles with the tag for every article.
    return ArticleRow.id.in_(select(TagRow.article_id).where(_equals(TagRow.tag, tag)))


def topic_is(name: str) -> Found:
    if NO_TEXT.search(name):
        return false()
    return exists().where(TopicRow.article_id == ArticleRow.id, TopicRow.topic == name)


def stands_for_itself() -> Found:
    """No other print of its text represents it."""
    of_article = MemberRow.article_id == ArticleRow.id
    return ~exists().where(of_article, MemberRow.via_id.is_not(None))


def author_is(part: str, role: Role | None = None) -> Found:
    """Somebody is credited whose name contains this, for ``role`` if it is given."""
    if NO_TEXT.search(part):
        return false()
    credited = exists().where(
        CreditRow.article_id == ArticleRow.id,
        CreditRow.name.icontains(part, autoescape=True),
    )
    return credited.where(CreditRow.role == role) if role is not None else credited


def place_is(name: str) -> Found:
    """Of the dateline, by any name that the gazetteer knows; else as printed."""
    printed = _equals(ArticleRow.dateline_place, name)
    found = find_place(name)
    if found is None:
        return printed
    if found.kind == "provinsi":
        return or_(ArticleRow.dateline_province == found.name, printed)
    # A city and a regency of one name: who asks for Bogor means both.
    titles = [f"{kind} {found.name}" for kind in ("Kota", "Kabupaten")]
    return or_(ArticleRow.dateline_region.in_(titles), printed)


def province_is(name: str) -> Found:
    found = find_place(name)
    known = found is not None and found.kind == "provinsi"
    return _equals(ArticleRow.dateline_province, found.name if found and known else name)


def agency_is(name: str) -> Found:
    return _equals(ArticleRow.agency, name)


def language_is(code: str) -> Found:
    return _equals(ArticleRow.language, code)


def from_day(day: date, zone: ZoneInfo, name: str) -> Found:
    return ArticleRow.sort_at >= midnight(day, zone, name)


def up_to_day(day: date, zone: ZoneInfo, name: str) -> Iterator[Found]:
    """Nothing for the last day of the calendar: everything is before its end."""
    following = day_after(day)
    if following is not None:
        yield ArticleRow.sort_at < midnight(following, zone, name)


def _equals(
    column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None], value: str
) -> Found:
    """Upper or lower case (of ASCII letters on SQLite)."""
    return false() if NO_TEXT.search(value) else func.lower(column) == func.lower(value)
