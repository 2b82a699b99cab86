"""Pages of CMS Sekolahku: lists, articles with "Tulisan Lainnya", or the text of such a page.

Every theme prints the same line below a post: ``07/08/2020 10:24 - Oleh Editor - Dilihat 18 kali``
(2020), before that ``07/08/2020 10:24 WIB - Editor``. Teasers are the first 165 or 185 *bytes* of
the text without its tags: they end in the middle of a word, of a letter (invalid UTF-8) or of an
entity. Found by these lines instead of by any theme's classes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree

from aggregator.portal.posts import RawPost, Reading
from pipelines.body import read_blocks, write_html
from pipelines.paragraphs import Block, Run
from spiders.page import Page
from spiders.text import Element

META = re.compile(
    r"(?P<moment>\d{2}/\d{2}/\d{4} \d{2}:\d{2})(?: (?:WIB|WITA|WIT))?\s*[-–]\s*"
    r"(?:(?:Oleh\s*)?(?P<author>.{0,80}?))(?:\s*[-–]\s*Dilihat\s+(?P<views>[\d.,]+)\s+kali)?"
)
MORE = re.compile(r"(?:Tulisan|Halaman|Berita|Artikel) Lainnya|Berita Terkait", re.IGNORECASE)
# What follows a post where there is no list of others.
AFTER = re.compile(
    r"(?:Komentar|Kirim Komentar|Tinggalkan Komentar|Bagikan|Kategori|Arsip|Tautan)\b.*",
    re.IGNORECASE,
)
PARAGRAPH = 150
"""Characters from which a line is taken for prose: no heading or menu of a school's portal is so
long."""

READ_PATH = re.compile(r"^(?P<post>https?://[^/]+(?:/index\.php)?/read/\d+)(?:/|$)")
_MARKUP = re.compile(r"<(?:!doctype|html|body|div|p|h\d|a)\b", re.IGNORECASE)
_CUT_ENTITY = re.compile(r"&#?\w{0,8}$")


@dataclass(frozen=True, kw_only=True)
class _Line:
    block: Block

    @property
    def text(self) -> str:
        return self.block.text.strip()

    @property
    def address(self) -> str | None:
        """The post that a heading links to."""
        links = (value for run in self.block.runs for name, value in run.marks if name == "a")
        return next((link for link in links if READ_PATH.match(link)), None)


@dataclass(frozen=True, kw_only=True)
class _Page:
    lines: tuple[_Line, ...]
    url: str | None
    title: str | None = None
    """``None``: a text, or a page that states none."""


def looks_like(body: bytes) -> bool:
    """Whether a page or text has a line that only this system prints."""
    text = body.decode("utf-8", "replace")
    return "Dilihat" in text and any(META.search(line) for line in text.splitlines())


def post_key(url: str) -> str:
    """The part of an address that names a post; the slug behind its number is ignored."""
    found = READ_PATH.match(url)
    return found["post"] if found else url


def read(body: bytes, url: str | None = None) -> Reading:
    """The posts of a list or article page, or of its saved text. ``url``: where it was."""
    page = _page(body, url)
    more = next((n for n, line in enumerate(page.lines) if MORE.fullmatch(line.text)), None)
    reading = Reading()
    if more is not None:
        reading.add(_article(page, page.lines[:more]))
        reading.add(_teasers(page.lines[more + 1 :]))
    elif page.url is not None and READ_PATH.match(page.url):
        reading.add(_article(page, page.lines))
    else:
        reading.add(_teasers(page.lines))
    return reading


def _article(page: _Page, lines: Sequence[_Line]) -> Iterator[RawPost]:
    """The post of an article page: a heading, its line of facts, and prose."""
    heading = _heading(page, lines)
    if heading is None:
        return
    below = lines[heading + 1 :]
    end = next((n for n, line in enumerate(below) if AFTER.fullmatch(line.text)), len(below))
    facts = next(filter(None, (META.fullmatch(line.text) for line in below[:end])), None)
    text = [line.block for line in below[:end] if not META.fullmatch(line.text)]
    url = page.url if page.url and READ_PATH.match(page.url) else None
    if text:
        yield RawPost(
            headline=lines[heading].text,
            html=write_html(text),
            url=url,
            key=post_key(url) if url else None,
            published_raw=facts["moment"] if facts else None,
        )


def _heading(page: _Page, lines: Sequence[_Line]) -> int | None:
    """Where the page's own title stands, else what stands above the first prose."""
    titled = [n for n, line in enumerate(lines) if page.title and line.text == page.title]
    if titled:
        return titled[-1]
    prose = next((n for n, line in enumerate(lines) if len(line.text) >= PARAGRAPH), 0)
    while prose > 0 and META.fullmatch(lines[prose - 1].text):
        prose -= 1
    return prose - 1 if prose > 0 else None


def _teasers(lines: Sequence[_Line]) -> Iterator[RawPost]:
    """The posts of a list: each ends with its line of facts."""
    pending: list[_Line] = []
    first = True
    for line in lines:
        facts = META.fullmatch(line.text)
        if facts is None:
            pending.append(line)
            continue
        if pending:
            yield _teaser(pending, facts["moment"], below_page=first)
        pending, first = [], False


def _teaser(lines: Sequence[_Line], moment: str, *, below_page: bool) -> RawPost:
    """Heading and beginning of the text above a line of facts.

    ``below_page``: above the first post of a list stands the top of the page as well.
    """
    linked = [n for n, line in enumerate(lines) if line.address]
    if linked:
        own = lines[linked[-1]].address
        # The same link once more, around a picture or below the text, is no other post.
        heading = next(n for n in linked if lines[n].address == own)
    else:
        heading = max(0, len(lines) - 2) if below_page else 0
    url, text = lines[heading].address, [line.text for line in lines[heading + 1 :]]
    return RawPost(
        headline=lines[heading].text,
        html="".join(f"<p>{html.escape(line)}</p>" for line in map(_uncut, text) if line),
        url=url,
        key=post_key(url) if url else None,
        published_raw=moment,
        is_cut=True,
    )


def _uncut(text: str) -> str:
    """A teaser without the pieces of an entity or letter that it was cut in."""
    return html.unescape(_CUT_ENTITY.sub("", text.rstrip("\ufffd ")).rstrip("\ufffd "))


def _page(body: bytes, url: str | None) -> _Page:
    # A teaser that was cut inside a letter makes the whole page invalid UTF-8.
    text = body.decode("utf-8", "replace").replace("\x00", "")
    if not _MARKUP.search(text):
        lines = (line.strip() for line in text.splitlines())
        blocks = tuple(Block("p", (Run(line),)) for line in lines if line)
        return _Page(lines=tuple(_Line(block=block) for block in blocks), url=url)
    page = Page(url or "", text)
    address, title = url or page.canonical or page.meta("og:url"), page.meta("og:title")
    if address:
        _make_links_absolute(page.root, address)
    found = read_blocks(str(etree.tostring(page.root, encoding="unicode", method="html")))
    return _Page(
        lines=tuple(_Line(block=block) for block in found if block.text.strip()),
        url=address,
        title=title,
    )


def _make_links_absolute(root: Element, address: str) -> None:
    for link in root.iter("a"):
        href = link.get("href")
        if href is None:
            continue
        with suppress(ValueError):  # no address at all: it stays as it is
            link.set("href", urljoin(address, href.strip()))
