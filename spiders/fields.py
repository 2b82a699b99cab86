"""The fields of an article, one method each, best source first; publishers override what differs.

Metadata comes first (JSON-LD, ``<meta>``, microdata), then what the page's own layout prints, then
what the publisher's other layouts would, then what many systems share. Values are *as stated*: raw
strings of which the normaliser makes values.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from aggregator.model import Credit, Entry, Evidence, Image, Publisher, Role
from spiders import jsonld
from spiders.layout import COMMON_NOISE, STANDARD, Layout
from spiders.page import Page
from spiders.printed import byline_of, source_of, time_of
from spiders.text import plain
from spiders.times import best_time, tells_minute

# Looked for first: walking all lines of a page costs more than one look at its text. Of bytes, and
# with letters at the front: one that began with ``\b`` took half of a page's whole time.
_ANY_SOURCE = re.compile(rb"sumber(?:\s|\xc2\xa0|&nbsp;|&#160;|<[^<>]{0,200}>){0,9}:")
SOURCE_LINE = re.compile(r"^sumber\s*:", re.IGNORECASE)

# Which JSON-LD property names whom.
CREDIT_PROPERTIES = (
    ("author", Role.REPORTER),
    ("creator", Role.REPORTER),
    ("editor", Role.EDITOR),
    ("contributor", Role.CONTRIBUTOR),
)
# The same in ``<meta>`` and microdata; the first that is there counts.
CREDIT_METAS = (
    (("content_author", "author", "article:author"), "author", Role.REPORTER),
    (("content_editor", "editor"), "editor", Role.EDITOR),
)
PUBLISHED_METAS = (
    *("article:published_time", "content_publisheddate", "og:article:published_time"),
    *("publishdate", "pubdate", "publish-date", "date", "dc.date.issued", "dcterms.created"),
)
TITLE_METAS = ("og:title", "twitter:title")
LOCKED_TIERS = ("locked", "metered", "premium")
LOCKED_MARKS = ".premium-content, .paywall, .content-paywall, #paywall"

# What JSON-LD calls a text that is no plain news.
GENRES = frozenset(
    """OpinionNewsArticle AnalysisNewsArticle ReviewNewsArticle BackgroundNewsArticle
    AdvertiserContentArticle""".split()
)
TRUNCATED = re.compile(r"\s*(?:\.\.\.|…)$")


class Fields:
    """Mixed into a publisher's parser."""

    publisher: Publisher
    layouts: tuple[Layout, ...] = ()
    brands: tuple[str, ...] = ()
    """Names that stand after a headline in titles (``Headline | Brand``)."""

    def family(self, layout: Layout) -> tuple[Layout, ...]:
        """A page's layout, the publisher's other ones, and what many systems share.

        Pages mix generations: class names change one by one, and old articles are rendered anew.
        """
        return (layout, *(other for other in (*self.layouts, STANDARD) if other is not layout))

    # --- title and text -----------------------------------------------------------------------

    def headline(self, page: Page, layout: Layout) -> str | None:
        """What the page's layout prints, which is what readers see; metadata may be shortened."""
        printed = page.text(*layout.headline) if layout is not STANDARD else None
        return printed or self.stated_headline(page) or self.undescribed_headline(page, layout)

    def stated_headline(self, page: Page) -> str | None:
        """By metadata; completed by the ``<h1>`` that it is the beginning of."""
        stated = (
            jsonld.text(page.news.get("headline")),
            page.meta(*TITLE_METAS),
            *page.microdata("headline"),
        )
        cleaned = (self.without_brand(plain(candidate or "")) for candidate in stated)
        found = next(filter(None, cleaned), None)
        if found is None:
            return None
        whole, beginning = page.text("h1") or "", TRUNCATED.sub("", found)
        return whole if len(whole) > len(found) and whole.startswith(beginning) else found

    def undescribed_headline(self, page: Page, layout: Layout) -> str | None:
        others = (css for other in self.family(layout) for css in other.headline)
        title = self.without_brand(page.title or "")
        if layout is STANDARD and title in page.printed:
            return title  # surer than the first heading of a page that nobody described
        return page.text(*others) or title or page.heading

    def without_brand(self, headline: str) -> str:
        """A title without its "| Brand" ending; empty where nothing else was in it."""
        names = "|".join(map(re.escape, (*self.brands, self.publisher.title)))
        ending = rf"(?:(?:^|\s*[|»]\s*|\s+[-–—]\s+)(?:{names})\s*)+$"
        return re.sub(ending, "", headline, flags=re.IGNORECASE)

    def body_html(self, page: Page, layout: Layout) -> str:
        """What the page's own layout says is the text."""
        noise = (*COMMON_NOISE, *layout.noise)
        return page.carve(layout.body, noise) if layout is not STANDARD else ""

    def undescribed_body(self, page: Page, layout: Layout) -> tuple[str, tuple[Evidence, ...]]:
        """The text where the page's layout finds none, with evidence of how it was found."""
        own = (css for other in self.family(layout) for css in other.noise)
        noise = (*COMMON_NOISE, *dict.fromkeys(own))
        for other in self.family(layout):
            found = page.carve(
                other.body, noise, single=other is STANDARD, trimmed=other is STANDARD
            )
            if found:
                return found, (Evidence(kind="basis", text="standard"),)
        found = _paragraphs(jsonld.text(page.news.get("articleBody"))) or page.carve_densest(noise)
        return found, ((Evidence(kind="basis", text="fallback"),) if found else ())

    def summary(self, page: Page, layout: Layout) -> str | None:
        stated = jsonld.text(page.news.get("description"))
        found = stated or page.meta("og:description", "description") or page.text(*layout.summary)
        return plain(found) or None if found else None

    def genre(self, page: Page) -> tuple[Evidence, ...]:
        """What kind of text the metadata says it is, where it is no plain news."""
        named = GENRES.intersection(jsonld.kinds(page.news))
        return tuple(Evidence(kind="genre", text=name) for name in sorted(named))

    # --- times --------------------------------------------------------------------------------

    def published(
        self, page: Page, layout: Layout, entry: Entry | None
    ) -> tuple[str | None, tuple[Evidence, ...]]:
        """The stated time, with evidence where it is not the page that states it."""
        raw = self.published_raw(page, layout)
        if raw is None and entry is not None and entry.published_raw:
            evidence = Evidence(kind="date_from_channel", text=entry.published_raw)
            return entry.published_raw, (evidence,)
        return raw, ()

    def published_raw(self, page: Page, layout: Layout) -> str | None:
        stated = (
            jsonld.text(page.news.get("datePublished")),
            page.meta(*PUBLISHED_METAS),
            *page.microdata("datepublished"),
        )
        best = best_time(stated, (self.printed_time(page, layout),))
        if best is not None and tells_minute(best):
            return best
        near = time_of(page.printed, self.headline(page, layout) or "")
        return best_time((best,), (near,))

    def printed_time(self, page: Page, layout: Layout) -> str | None:
        return page.text(*(css for one in self.family(layout) for css in one.published))

    def modified_raw(self, page: Page) -> str | None:
        stated = jsonld.text(page.news.get("dateModified"))
        return stated or page.meta("article:modified_time", "og:updated_time")

    # --- people and sources -------------------------------------------------------------------

    def byline(self, page: Page, layout: Layout) -> str | None:
        """Everything printed about who made it."""
        for one in self.family(layout):
            printed = dict.fromkeys(line for css in one.byline for line in page.lines(css))
            found = [line for line in printed if not SOURCE_LINE.match(line)]
            if found:
                return "\n".join(found)
        headline = self.headline(page, layout) or ""
        return "\n".join(byline_of(page.printed, headline)) or None

    def credits(self, page: Page) -> tuple[Credit, ...]:
        """Who made it, where metadata says so by role; printed names are ``byline``."""
        own = {name.casefold() for name in (*self.brands, self.publisher.title)}
        return tuple(
            credit
            for credit in self._jsonld_credits(page) or self._meta_credits(page)
            if credit.name.casefold() not in own and "://" not in credit.name
        )

    def _jsonld_credits(self, page: Page) -> tuple[Credit, ...]:
        return tuple(
            Credit(name=name, role=role)
            for key, role in CREDIT_PROPERTIES
            for name in jsonld.persons(page.news.get(key))
        )

    def _meta_credits(self, page: Page) -> Iterator[Credit]:
        for metas, itemprop, role in CREDIT_METAS:
            found = page.meta(*metas) or next(iter(page.microdata(itemprop)), None)
            if found:
                yield Credit(name=plain(found), role=role)

    def source_raw(self, page: Page, layout: Layout) -> str | None:
        if not _ANY_SOURCE.search(page.utf8.lower()):
            return None
        printed = (line for css in layout.source for line in page.lines(css))
        found = next((line for line in printed if SOURCE_LINE.match(line)), None)
        return found or source_of(page.printed, self.headline(page, layout) or "")

    def stated_publisher(self, page: Page) -> str | None:
        stated = jsonld.text(page.news.get("publisher"))
        return stated or page.meta("og:site_name", "application-name")

    # --- what it is about ---------------------------------------------------------------------

    def section(self, page: Page, layout: Layout) -> str | None:
        stated = jsonld.text(page.news.get("articleSection"))
        return stated or page.meta("article:section") or page.text(*layout.section)

    def tags(self, page: Page, layout: Layout) -> tuple[str, ...]:
        stated = jsonld.keywords(page.news.get("keywords") or page.meta("keywords"))
        return stated or page.texts(*layout.tags)

    def image(self, page: Page, layout: Layout) -> Image | None:
        stated = jsonld.url(page.news.get("image"))
        for found in (stated, page.meta("og:image"), page.text(*layout.image)):
            url = page.absolute(found) if found else None
            if url:
                caption = page.text(*layout.caption)
                return Image(url=url, caption=caption, credit=page.text(*layout.photo_credit))
        return None

    def language(self, page: Page) -> str | None:
        stated = jsonld.text(page.news.get("inLanguage")) or page.meta("og:locale")
        return (stated or page.language or "").lower()[:2] or None

    def paywalled(self, page: Page) -> bool:
        free = page.news.get("isAccessibleForFree")
        locked = str(free).lower() == "false" or page.meta("article:content_tier") in LOCKED_TIERS
        return locked or page.shows(LOCKED_MARKS)


def _paragraphs(text: str | None) -> str:
    """A stated text as HTML, one paragraph a line."""
    lines = (text or "").splitlines()
    return "\n".join(f"<p>{html.escape(line)}</p>" for line in lines if line.strip())
