"""Record a golden case: a page, its address, and what the parser reads on it today.

What is written is a draft. A person compares ``expected.json`` with the page in a browser and
corrects it; from then on the test suite holds the parser to it. Real pages are not ours to publish:
replace names and sentences by invented ones before a case goes into the project.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from aggregator.articlejson import article_json
from aggregator.config import Config
from aggregator.crawl import CrawlRequest, run
from aggregator.errors import NotArchivedError, UnknownPublisherError, UsageError
from aggregator.extract import attributed_article, read_page
from aggregator.model import Precision
from spiders.page import Page
from spiders.parser import ArticleParser
from spiders.registry import publishers
from storage.archive import ArchiveReader, Exchange

# Ours or of the moment rather than of the page, and what follows from other fields.
LEFT_OUT = frozenset(
    """url attribution body_html excerpt topics flags cluster_id duplicates revision first_seen
    last_seen fetched_at published_precision published_raw""".split()
)


@dataclass(frozen=True, kw_only=True)
class Recording:
    """A page with its further pages, as fetched."""

    url: str
    fetched_at: datetime
    pages: tuple[bytes, ...]


def recorded_files(files: Sequence[Path], url: str, now: datetime) -> Recording:
    """Saved pages: the first and its further ones. Raises ``UsageError``."""
    return Recording(url=url, fetched_at=now, pages=tuple(map(read_page, files)))


def recorded_archive(archive: Path, publisher: str, url: str) -> Recording:
    """A page out of a WARC file.

    Raises ``ArchiveError``, and ``UsageError`` where it holds an error instead of the page.
    """
    reader, parser = ArchiveReader(archive), _parser(publisher)
    first = _answer(reader, url)
    more = parser.next_pages(Page(url, first.body))
    bodies = [_answer(reader, address).body for address in more]
    return Recording(url=url, fetched_at=first.fetched_at, pages=(first.body, *bodies))


def _answer(reader: ArchiveReader, url: str) -> Exchange:
    found = reader.get("GET", url)
    if found.status != HTTPStatus.OK:
        raise UsageError(f"{url}: http {found.status}")
    return found


def recorded_live(config: Config, publisher: str, url: str) -> Recording:
    """A page fetched now, with the manners and limits of every crawl.

    Raises ``UsageError`` with the end state where the page could not be had.
    """
    with TemporaryDirectory() as folder:
        archive = Path(folder) / "page.warc.gz"
        aside = replace(config, database_url=f"sqlite:///{folder}/news.db")
        request = CrawlRequest(publishers=(publisher,), urls=(url,), archive=archive)
        result = run(aside, request)
        try:
            return recorded_archive(archive, publisher, url)
        except (NotArchivedError, UsageError) as error:
            ends = ", ".join(result.states) or "not an article address"
            raise UsageError(f"{url}: {ends}") from error


def record_case(config: Config, publisher: str, recording: Recording, folder: Path) -> Path:
    """Write the case into ``folder/<publisher>/<date>-<slug>`` and return that path.

    Raises ``UsageError`` where the case exists or lacks pages, ``ArticleParseError`` and
    ``UnfitPageError`` for a page that is no article.
    """
    parser = _parser(publisher)
    pages = [Page(recording.url, body) for body in recording.pages]
    found = attributed_article(config, parser, pages, recording.fetched_at)
    whole = 1 + len(parser.next_pages(pages[0]))
    if len(pages) != whole:
        raise UsageError(f"{recording.url}: the article has {whole} pages, not {len(pages)}")
    article = found.article
    name = _case_name(article.canonical_url, article.published_at or recording.fetched_at)
    case = folder / publisher / name
    if case.exists():
        raise UsageError(f"{case}: exists already")
    case.mkdir(parents=True)
    names = ["page.html", *(f"page-{n}.html" for n in range(2, len(pages) + 1))]
    about: dict[str, Any] = {
        "url": recording.url,
        "fetched_at": recording.fetched_at.isoformat(timespec="seconds"),
    }
    if names[1:]:
        about["more_pages"] = names[1:]
    expected = {
        key: value
        for key, value in article_json(found).items()
        if key not in LEFT_OUT and value not in (None, [], False)
    }
    expected["layout"] = article.layout
    if article.published_at and article.published_precision is Precision.DAY:
        expected["published_at"] = article.published_at.date().isoformat()
    if "dateline" in expected:
        expected["dateline"] = {key: expected["dateline"][key] for key in ("mark", "place")}
    for file, body in zip(names, recording.pages, strict=True):
        (case / file).write_bytes(body)
    _write(case / "case.json", about)
    _write(case / "expected.json", expected)
    return case


def _parser(publisher: str) -> ArticleParser:
    known = publishers()
    if publisher not in known:
        raise UnknownPublisherError(name=publisher, known=", ".join(known))
    return known[publisher]()


def _case_name(url: str, moment: datetime) -> str:
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    slug = re.sub(r"[^a-z0-9]+", "-", last.lower()).strip("-")[:40].strip("-")
    return f"{moment.date().isoformat()}-{slug}"


def _write(path: Path, value: dict[str, Any]) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
