"""Who must be named, in the words that must be shown, and what that finding rests on.

The credit line names its source completely (UU 28/2014, article 43 c): publisher, headline, people,
time with zone, address. It is in Indonesian, since it is what readers of the portal see.
"""

from __future__ import annotations

from datetime import datetime

from aggregator.errors import AttributionError
from aggregator.model import (
    Article,
    AttributedArticle,
    Attribution,
    Credit,
    Evidence,
    Precision,
    Publisher,
    Role,
    utc_offset_minutes,
)

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
ZONES = {420: "WIB", 480: "WITA", 540: "WIT"}
ROLES = {
    Role.REPORTER: "reporter",
    Role.EDITOR: "redaktur",
    Role.CONTRIBUTOR: "kontributor",
    Role.PHOTOGRAPHER: "fotografer",
}


def attribute(article: Article, publisher: Publisher) -> AttributedArticle:
    """The article with its attribution. Raises ``AttributionError`` where a part is missing."""
    for name, value in (
        ("publisher", publisher.title.strip()),
        ("headline", article.headline.strip()),
        ("url", article.canonical_url.strip()),
    ):
        if not value:
            raise AttributionError(article.url, name)
    stated = article.stated_publisher is not None
    evidence = article.evidence
    if article.stated_publisher:
        named = Evidence(kind="publisher", text=article.stated_publisher)
        evidence = tuple(dict.fromkeys((*evidence, named)))
    attribution = Attribution(
        publisher=publisher.name,
        publisher_title=publisher.title,
        url=article.canonical_url,
        credit_line=credit_line(article, publisher),
        basis=publisher.rights_basis,
        stated=stated,
        credits=article.credits,
        agency=article.agency,
        original_url=article.original_url,
        evidence=evidence,
    )
    return AttributedArticle(
        article=article,
        attribution=attribution,
        publishable=article.published_at is not None,
    )


def credit_line(article: Article, publisher: Publisher) -> str:
    """``Sumber: Antara via Republika — "Judul", Nama (reporter), Kamis, 5 November 2015 15.07 WIB
    — https://…``"""
    via = f"{article.agency} via " if article.agency else ""
    parts = [f"Sumber: {via}{publisher.title} — “{article.headline}”"]
    parts.extend(_credit(credit) for credit in article.credits)
    if article.published_at is not None:
        parts.append(indonesian_time(article.published_at, article.published_precision))
    return f"{', '.join(parts)} — {article.canonical_url}"


def indonesian_time(moment: datetime, precision: Precision | None = Precision.MINUTE) -> str:
    """``Jumat, 7 Agustus 2020 10.11 WITA``, in the zone that the moment states."""
    day = f"{DAYS[moment.weekday()]}, {moment.day} {MONTHS[moment.month - 1]} {moment.year}"
    if precision is Precision.DAY:
        return day
    return f"{day} {moment:%H.%M} {_zone(moment)}"


def _zone(moment: datetime) -> str:
    minutes = utc_offset_minutes(moment)
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return ZONES.get(minutes, f"UTC{sign}{hours:02d}.{rest:02d}")


def _credit(credit: Credit) -> str:
    return f"{credit.name} ({ROLES[credit.role]})"
