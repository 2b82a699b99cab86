"""A static site's pages from its posts. Pure: the same posts give the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from html import escape, unescape
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from feedgenerator import Atom1Feed, Rss201rev2Feed
from jinja2 import Environment

from aggregator.publish.port import Post
from aggregator.slugs import slug
from aggregator.templating import environment
from pipelines.attribute import MONTHS, indonesian_time

ON_FRONT = 30
"""Posts on the front page and in feeds."""
ON_CATEGORY = 100
CSP = "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'"

_BEGIN, _END = '<div class="isi">\n', "\n</div><!-- akhir isi -->"
_HEADLINE = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A post and the file of its image."""

    post: Post
    image: str | None = None
    """Name below ``gambar/``."""


@dataclass(frozen=True, kw_only=True)
class StaticSite:
    title: str
    url: str
    """Public, without a slash at its end."""
    zone: ZoneInfo
    """Of the times that readers see."""

    def address(self, path: str) -> str:
        return f"{self.url}/{path.removesuffix('index.html')}"


@dataclass(frozen=True, kw_only=True)
class _Listing:
    path: str
    title: str
    pages: Sequence[Page] = ()
    links: Sequence[tuple[str, str]] = field(default_factory=tuple)


def path_of(post: Post) -> str:
    return f"berita/{post.slug}/index.html"


def article(site: StaticSite, page: Page) -> bytes:
    return _render(
        site, "article.html", page=page, at=_shown(site, page), begin=_BEGIN, end=_END
    ).encode()


def read_article(body: bytes) -> tuple[str, str]:
    """Headline and text of a page that ``article`` wrote and anybody may have edited."""
    text = body.decode("utf-8", "replace")
    headline = _HEADLINE.search(text)
    inner = text.partition(_BEGIN)[2].rpartition(_END)[0]
    return unescape(headline[1]).strip() if headline else "", inner


def lists(site: StaticSite, pages: Iterable[Page]) -> dict[str, bytes]:
    """Everything but the articles: name to content. ``pages``: those that readers may see."""
    ordered = sorted(pages, key=lambda page: (page.post.shown_at, page.post.key), reverse=True)
    made = {
        listing.path: _render(
            site, "list.html", listing=listing, times={p.post.key: _shown(site, p) for p in ordered}
        ).encode()
        for listing in _listings(site, ordered)
    }
    newest = ordered[:ON_FRONT]
    made["feed.xml"] = _xml_feed(Rss201rev2Feed, site, newest, "feed.xml")
    made["atom.xml"] = _xml_feed(Atom1Feed, site, newest, "atom.xml")
    made["feed.json"] = _json_feed(site, newest)
    made["sitemap.xml"] = _sitemap(site, ordered, made)
    return made


def _listings(site: StaticSite, ordered: Sequence[Page]) -> Iterable[_Listing]:
    """Months have a page each, so that a new post changes a few files, however many there are."""
    months = [
        _Listing(path=f"arsip/{year}/{month:02d}/index.html", title=f"{MONTHS[month - 1]} {year}",
                 pages=tuple(group))
        for (year, month), group in groupby(ordered, key=lambda page: _month(site, page))
    ]  # fmt: skip
    categories: dict[str, tuple[str, list[Page]]] = {}
    for page in ordered:
        for name in page.post.categories:
            categories.setdefault(_part(name), (name, []))[1].append(page)
    sections = [
        _Listing(path=f"kategori/{part}/index.html", title=name, pages=found[:ON_CATEGORY])
        for part, (name, found) in sorted(categories.items())
    ]
    links = [(section.title, site.address(section.path)) for section in sections]
    archive = [(month.title, site.address(month.path)) for month in months]
    yield _Listing(
        path="index.html",
        title=site.title,
        pages=ordered[:ON_FRONT],
        links=[*links, ("Arsip", site.address("arsip/index.html"))],
    )
    yield _Listing(path="arsip/index.html", title="Arsip", links=archive)
    yield from months
    yield from sections


def _part(category: str) -> str:
    return slug(category) or "lain"


def _month(site: StaticSite, page: Page) -> tuple[int, int]:
    local = page.post.shown_at.astimezone(site.zone)
    return local.year, local.month


def _shown(site: StaticSite, page: Page) -> str:
    return indonesian_time(page.post.shown_at.astimezone(site.zone))


def _render(site: StaticSite, name: str, **given: object) -> str:
    return _templates().get_template(name).render(site=site, csp=CSP, path_of=path_of, **given)


@cache
def _templates() -> Environment:
    return environment("aggregator.publish")


def _xml_feed(kind: Any, site: StaticSite, pages: Sequence[Page], name: str) -> bytes:
    feed = kind(
        title=site.title,
        link=f"{site.url}/",
        description=site.title,
        language="id",
        feed_url=site.address(name),
        feed_guid=site.address(name),
    )
    # Else it is the time of writing where there is no post.
    feed.latest_post_date = lambda: max((p.post.shown_at for p in pages), default=_NEVER)
    for page in pages:
        post = page.post
        feed.add_item(
            title=post.headline,
            link=site.address(path_of(post)),
            description=f"{escape(post.excerpt)}<p>{escape(post.credit_line)}</p>",
            content=post.body_html,
            pubdate=post.shown_at,
            updateddate=post.shown_at,
            unique_id=post.key,
            unique_id_is_permalink=False,
            categories=post.categories,
            item_copyright=post.credit_line,
        )
    written: str = feed.writeString("utf-8")
    return written.encode()


def _json_feed(site: StaticSite, pages: Sequence[Page]) -> bytes:
    found = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.title,
        "home_page_url": f"{site.url}/",
        "feed_url": site.address("feed.json"),
        "language": "id",
        "items": [_item(site, page.post) for page in pages],
    }
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def _item(site: StaticSite, post: Post) -> Mapping[str, object]:
    return {
        "id": post.key,
        "url": site.address(path_of(post)),
        "external_url": post.source_url,
        "title": post.headline,
        "content_html": post.body_html,
        "summary": post.excerpt,
        "date_published": post.shown_at.isoformat(),
        "tags": list(post.tags),
        "_attribution": {"credit_line": post.credit_line},
    }


def _sitemap(site: StaticSite, pages: Sequence[Page], made: Mapping[str, bytes]) -> bytes:
    paths = [name for name in made if name.endswith("index.html")]
    found = sorted([*paths, *(path_of(page.post) for page in pages)])
    lines = "".join(f"<url><loc>{escape(site.address(path))}</loc></url>\n" for path in found)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n'
    ).encode()
