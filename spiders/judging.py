"""What an answer to a request for an article means: the article, or how its URL ends without one.

Every answer ends in exactly one way, and the reason says which: a refusal is not a missing page, a
missing page is not a changed layout.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from scrapy.http import Response

from aggregator.errors import ArticleParseError, UnfitPageError
from aggregator.model import Article, EndState, Entry, Witness
from spiders.answers import GONE, fetched_at, refusal_of
from spiders.blocks import LOGIN
from spiders.headers import text_header
from spiders.middlewares import is_conditional
from spiders.missing import emptiness_reason, missing_reason, notice_in
from spiders.page import Page
from spiders.parser import ArticleParser

HOME = "redirected to the home page"
AWAY = "redirected away"
TO_TROUBLE = "redirected to an error page"

# Where systems send everybody while they are not well; says nothing about one article.
TROUBLE_PATHS = re.compile(
    r"/(?:error|errors|maintenance|pemeliharaan|offline|login|masuk|signin|captcha|challenge|"
    r"blocked|50[0-9]|403|429)(?:[/.]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class End:
    """How a URL ends without an article."""

    state: EndState
    reason: str | None = None


def judge(
    parser: ArticleParser, response: Response, page: Page, entry: Entry | None
) -> Article | End:
    """The article of an answer, as stated, or how its URL ends without one."""
    end = _by_status(response, page)
    if end is not None:
        return end
    elsewhere = end_by_address(parser, response.url)
    if elsewhere is not None:
        return _unless_barred(response, page, elsewhere)
    missing = missing_reason(page, parser)
    if missing is not None:
        return _unless_refused(response, page, EndState.FAILED, missing)
    try:
        article = parser.parse_page(page, fetched_at=fetched_at(response), entry=entry)
    except UnfitPageError as error:
        return _unless_refused(response, page, EndState.DROPPED, error.reason)
    except ArticleParseError as error:
        said = emptiness_reason(page) if page.is_html else None
        return _unless_refused(response, page, EndState.FAILED, said or f"no {error.field}")
    notice = notice_in(article.body_html)
    return End(state=EndState.FAILED, reason=notice) if notice else article


def with_witness(article: Article, response: Response, pages: tuple[Page, ...]) -> Article:
    """The article with what all of its pages say besides it.

    Validators speak for the first page only, so an article of several pages has none.
    """
    alone = len(pages) == 1
    witness = Witness(
        statements=tuple(text for page in pages for text in page.statements()),
        etag=text_header(response, "ETag") if alone else None,
        last_modified=text_header(response, "Last-Modified") if alone else None,
    )
    return replace(article, witness=witness)


def _by_status(response: Response, page: Page) -> End | None:
    status = response.status
    if status == 304 and response.request is not None and is_conditional(response.request):
        return End(state=EndState.UNCHANGED)
    if status in GONE:
        gone = End(state=EndState.FAILED, reason=GONE[status])
        return _unless_barred(response, page, gone)
    if status >= 300:
        refused = refusal_of(response, page)
        state = EndState.BLOCKED if refused else EndState.FAILED
        return End(state=state, reason=refused or f"http {status}")
    return None


def end_by_address(parser: ArticleParser, url: str) -> End | None:
    """How a URL ends that was redirected there; ``None`` for an article's address."""
    if parser.is_article_url(parser.canonical(url)):
        return None
    path = urlsplit(url).path
    if TROUBLE_PATHS.search(path):
        return End(state=EndState.FAILED, reason=TO_TROUBLE)
    return End(state=EndState.FAILED, reason=AWAY if path.strip("/") else HOME)


def _unless_barred(response: Response, page: Page, end: End) -> End:
    """Firewalls, filters and hosters answer with any status and send anywhere. Forms to log in
    stand on home pages and pages of errors that are meant as such."""
    refused = refusal_of(response, page)
    barred = refused is not None and refused != LOGIN
    return End(state=EndState.BLOCKED, reason=refused) if barred else end


def _unless_refused(response: Response, page: Page, state: EndState, reason: str) -> End:
    refused = refusal_of(response, page)
    return End(state=EndState.BLOCKED if refused else state, reason=refused or reason)
