"""What publishers declare: page layouts and listing layouts, as tables of CSS selectors.

Layouts are versioned by what a page shows, not by its date: publishers re-render old articles in
new templates. Several selectors of one field are tried in order.
"""

from __future__ import annotations

from dataclasses import dataclass

Css = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One generation of a publisher's article pages."""

    name: str
    """Stored with the article (``republika-2015``)."""
    shows: str | None = None
    """Selector that must match. ``None``: any page."""
    headline: Css = ()
    summary: Css = ()
    published: Css = ()
    byline: Css = ()
    """Everything printed about who made it; a line that begins with "Sumber" is left to
    ``source``."""
    source: Css = ()
    """Where a "Sumber: …" line is printed."""
    section: Css = ()
    tags: Css = ()
    image: Css = ()
    caption: Css = ()
    photo_credit: Css = ()
    body: Css = ()
    noise: Css = ()
    """What stands inside the body and is none of it."""


COMMON_NOISE = (
    # captions, and what readers do not see
    *("figcaption", "[class*='caption']", "[hidden]"),
    *("[style*='display:none']", "[style*='display: none']"),
    # pointers to other articles
    *("[class*='related']", "[class*='terkait']", "[class*='baca-juga']", "[class*='bacajuga']"),
    # sharing, tags, paging, comments
    *("[class*='share']", "[class*='sharing']", "[class*='social']", "[class*='addthis']"),
    *(".tags", ".tagcloud", ".tag-list", ".breadcrumb", ".pagination", ".paging", "#comments"),
    # advertising
    *("[class*='advert']", "[id*='gpt-ad']", "[class*='ads-']", ".ads", ".iklan"),
    # posts of social networks, which readers see in a frame
    *("blockquote.instagram-media", "blockquote.twitter-tweet", "blockquote.tiktok-embed"),
    ".fb-post",
)
"""Names that many systems give to what stands inside a body and is none of it."""

STANDARD = Layout(
    name="standard",
    headline=("h1[itemprop='headline']", "article h1", "h1"),
    published=(
        "[itemprop='datePublished']::attr(content)",
        "[itemprop='datePublished']::attr(datetime)",
        "article time::attr(datetime)",
        "time::attr(datetime)",
        "time",
    ),
    body=("[itemprop='articleBody']", "div.entry-content", "div.article-content", "article"),
    noise=("nav", "aside", "header", "footer", "h1"),
)
"""Metadata and the containers that many systems share: for a template nobody described yet."""


@dataclass(frozen=True, kw_only=True)
class ListingLayout:
    """One generation of a publisher's listing pages; selectors are meant inside ``item``."""

    name: str
    item: str
    link: str = "a::attr(href)"
    headline: Css = ()
    date: Css = ()
    summary: Css = ()
    section: Css = ()
    image: Css = ()
