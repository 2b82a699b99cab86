"""From an article as stated to an article as we hold it: pure, idempotent, one step per field.

``normalise(normalise(x)) == normalise(x)``: every step leaves alone what it has done already, and
what it takes out of the body it keeps as evidence. The clock is the article's ``fetched_at``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from aggregator.model import Article, Credit, Evidence, Publisher, Role
from pipelines.body import is_oversized, read_blocks, write_html
from pipelines.boilerplate import Cleaned, clean
from pipelines.corrections import find_correction
from pipelines.credits import merge_credits, parse_byline, split_names
from pipelines.dates import parse_time
from pipelines.drops import EmptyBody, EmptyHeadline, FutureArticle, OversizedBody
from pipelines.excerpt import excerpt
from pipelines.opening import open_text
from pipelines.organisations import is_organisation, is_site
from pipelines.owntables import BUNDLED, OwnTables
from pipelines.paragraphs import tidy

Step = Callable[[Article, Publisher, OwnTables], Article]

FUTURE_TOLERANCE = timedelta(days=1)
"""A stated publication later than this after the fetch is a misread date."""

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_SOURCE_LABEL = re.compile(r"^sumber(?: berita)?\s*:\s*", re.IGNORECASE)


def normalise(article: Article, publisher: Publisher, own: OwnTables = BUNDLED) -> Article:
    """The article with parsed values and clean text. ``own``: the school's entries in our tables.

    Raises a ``Drop`` for what is no article: no headline, no body, published in the future.
    """
    for step in STEPS:
        article = step(article, publisher, own)
    return article


def _texts(article: Article, _: Publisher, __: OwnTables) -> Article:
    """Short texts first: the evidence and credits found later are compared with them."""
    headline = _plain(article.headline)
    if not headline:
        raise EmptyHeadline(article.url)
    return replace(
        article,
        headline=headline,
        summary=_optional(article.summary),
        section=_optional(article.section),
        stated_publisher=_optional(article.stated_publisher),
        source_raw=_optional(article.source_raw),
        published_raw=_optional(article.published_raw),
        modified_raw=_optional(article.modified_raw),
        byline=_lines(article.byline),
        tags=_tags(article.tags),
    )


def _body(article: Article, _: Publisher, own: OwnTables) -> Article:
    """Blocks, boilerplate, dateline; what is taken out becomes evidence."""
    if is_oversized(article.body_html):
        raise OversizedBody(article.url)
    cleaned = clean(read_blocks(article.body_html), told_by=own.what_is)
    dateline, found, before = article.dateline, [], None
    # Until nothing changes: what stands above the text may hide boilerplate, and the other way.
    while cleaned.blocks and cleaned.blocks != before:
        before = cleaned.blocks
        opened = open_text(cleaned.blocks, article.headline, dateline, own.place)
        dateline = opened.dateline
        found.extend(opened.evidence)
        cleaned = clean(opened.blocks, cleaned)
    if not cleaned.blocks:
        raise EmptyBody(article.url)
    article = _with_findings(article, cleaned)
    return replace(
        article,
        body=tuple(tidy(block.text) for block in cleaned.blocks),
        body_html=write_html(cleaned.blocks),
        dateline=dateline,
        evidence=_united(article.evidence, found),
    )


def _with_findings(article: Article, cleaned: Cleaned) -> Article:
    byline = "\n".join(dict.fromkeys([*(article.byline or "").splitlines(), *cleaned.byline]))
    return replace(
        article,
        byline=byline or None,
        original_url=article.original_url or cleaned.original_url,
        source_raw=article.source_raw or next(iter(cleaned.sources), None),
        evidence=_united(article.evidence, cleaned.evidence),
    )


def _place(article: Article, _: Publisher, own: OwnTables) -> Article:
    """What the gazetteer knows of the dateline's place."""
    line = article.dateline
    place = own.place(line.place) if line and line.place else None
    if line is None or place is None:
        return article
    known = replace(line, region=place.title, province=place.province, zone=place.zone)
    return replace(article, dateline=known)


def _source(article: Article, _: Publisher, own: OwnTables) -> Article:
    """A printed source is an agency, or evidence."""
    if article.source_raw is None:
        return article
    named = _SOURCE_LABEL.sub("", article.source_raw)
    found = [Evidence(kind="source", text=article.source_raw)]
    return replace(
        article,
        agency=article.agency or own.agency(named),
        evidence=_united(article.evidence, found),
    )


def _credits(article: Article, _: Publisher, own: OwnTables) -> Article:
    """Printed names and those of metadata, together; an agency or a desk is no person.

    Whom a page prints in one role is not taken in another from its metadata, which often names the
    editor as author.
    """
    printed = parse_byline(article.byline or "")
    people = {credit.name.casefold() for credit in printed}
    stated = [
        Credit(name=name, role=credit.role)
        for credit in article.credits
        for name in split_names(tidy(credit.name))
        if name.casefold() not in people or Credit(name=name, role=credit.role) in printed
    ]
    agency = article.agency or _desk_agency(article.evidence, own)
    kept: list[Credit] = []
    for credit in merge_credits(stated, printed, _desk_credits(article.evidence)):
        named = own.agency(credit.name)
        agency = agency or named
        if named is None and not is_organisation(credit.name):
            kept.append(credit)
    return replace(article, credits=tuple(kept), agency=agency)


_PERSON = re.compile(r"[A-Z][a-z'’]+(?: [A-Z][\w.'’]*)+")
_PERSON_OF_AN_OUTLET = re.compile(r"[A-Z][\w.'’]{2,}(?: [A-Z][\w.'’]*)*")


def _desk_credits(evidence: tuple[Evidence, ...]) -> Iterator[Credit]:
    """``(Desliana Maulipaksi)`` and ``(Tribunnews.com/Linda)`` name the writer; initials such as
    ``(Diksi/RA/AP)`` nobody in particular, so they stay evidence."""
    for parts in _desk_codes(evidence):
        has_outlet = any(is_site(part) or is_organisation(part) for part in parts)
        person = _PERSON_OF_AN_OUTLET if has_outlet else _PERSON
        yield from (
            Credit(name=part, role=Role.REPORTER) for part in parts if person.fullmatch(part)
        )


def _desk_agency(evidence: tuple[Evidence, ...], own: OwnTables) -> str | None:
    """``(Antara)``, ``(ant)``; initials of three letters that an agency shares are a person's.

    Unless the school says that they are the agency's.
    """
    words = (
        part
        for parts in _desk_codes(evidence)
        for part in parts
        if len(part) > 3 or parts == [part.lower()] or part.casefold() in own.agencies
    )
    return next(filter(None, map(own.agency, words)), None)


def _desk_codes(evidence: tuple[Evidence, ...]) -> Iterator[list[str]]:
    for found in evidence:
        if found.kind == "desk_code":
            yield [part.strip() for part in re.split(r"[/,;&]| dan ", found.text.strip("(). "))]


def _times(article: Article, publisher: Publisher, _: OwnTables) -> Article:
    zone, now = ZoneInfo(publisher.timezone), article.fetched_at
    if article.published_at is None:
        stated = parse_time(article.published_raw, zone=zone, now=now)
        if stated is None:
            stated = parse_time(_stated_date(article.evidence), zone=zone, now=now)
        if stated is not None:
            guessed = [Evidence(kind="inferred_year", text=str(stated.moment.year))]
            article = replace(
                article,
                published_at=stated.moment,
                published_precision=stated.precision,
                evidence=_united(article.evidence, guessed if stated.year_is_inferred else []),
            )
    if article.modified_at is None:
        modified = parse_time(article.modified_raw, zone=zone, now=now)
        # A correction that is still to come is a misread date; the article is none the worse.
        if modified is not None and not _is_future(modified.moment, now):
            article = replace(article, modified_at=modified.moment)
    if article.published_at is not None and _is_future(article.published_at, now):
        raise FutureArticle(article.url)
    return article


def _is_future(moment: datetime, now: datetime) -> bool:
    return moment - now > FUTURE_TOLERANCE


def _stated_date(evidence: tuple[Evidence, ...]) -> str | None:
    return next((e.text for e in evidence if e.kind == "stated_date"), None)


def _excerpt(article: Article, _: Publisher, __: OwnTables) -> Article:
    return replace(article, excerpt=excerpt(article.body))


def _correction(article: Article, _: Publisher, __: OwnTables) -> Article:
    return replace(article, correction=find_correction(article))


STEPS: tuple[Step, ...] = (
    _texts,
    _body,  # finds bylines, sources and dates that the next steps read
    _place,
    _source,
    _credits,
    _times,
    _excerpt,
    _correction,
)


def _plain(text: str) -> str:
    """Stray tags and entities out, however often they were escaped; white space folded."""
    left = None
    while left != text:
        left, text = text, tidy(_TAG.sub("", html.unescape(text)))
    return text


def _optional(text: str | None) -> str | None:
    return (_plain(text) or None) if text else None


def _lines(text: str | None) -> str | None:
    lines = [tidy(line) for line in (text or "").splitlines()]
    return "\n".join(line for line in lines if line) or None


def _tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    folded: dict[str, str] = {}
    for tag in map(_plain, tags):
        folded.setdefault(tag.casefold(), tag)
    return tuple(tag for tag in folded.values() if tag)


def _united(first: tuple[Evidence, ...], more: list[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys((*first, *more)))
