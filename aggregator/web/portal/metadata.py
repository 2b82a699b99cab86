"""What machines read of an article: schema.org's ``NewsArticle``, based on the publisher's."""

from __future__ import annotations

from typing import Any

from aggregator.web.portal.moments import for_machines
from aggregator.web.portal.page import Place
from aggregator.web.portal.shown import Shown


def news_article(place: Place, article: Shown) -> dict[str, Any]:
    own, source = place.absolute(article.path), article.source
    publisher = {"@type": "NewsMediaOrganization", "name": source.title}
    published = for_machines(article.published, article.precision)
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "url": own,
        "mainEntityOfPage": source.url,
        "datePublished": published,
        "author": [{"@type": _kind(article), "name": name} for name in article.by],
        "publisher": publisher,
        "creditText": source.credit_line,
        "isBasedOn": {
            "@type": "NewsArticle",
            "url": source.url,
            "headline": article.original_headline or article.headline,
            "publisher": publisher,
        },
        "isAccessibleForFree": True,
    }
    if article.modified:
        found["dateModified"] = article.modified.isoformat(timespec="minutes")
    if article.teaser:
        found["description"] = article.teaser
    if place.config.school:
        found["provider"] = {
            "@type": "EducationalOrganization",
            "name": place.config.school,
            "url": f"{place.base}/",
        }
    if article.language:
        found["inLanguage"] = article.language
    return found


def _kind(article: Shown) -> str:
    """Where nobody is named, the agency or the publisher stands for the author."""
    return "Person" if article.names_people else "Organization"
