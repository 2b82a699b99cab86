"""Pictures of articles, fetched by us: readers' browsers ask nobody but the school.

The address of a picture is the article's number, so nobody can make us ask for something else.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from aggregator.config import Config
from aggregator.identity import user_agent
from aggregator.pictures import Fetcher, NoPictureError
from aggregator.web.answers import Answer, KeptAnswers
from aggregator.web.portal.headers import HEADERS
from aggregator.web.portal.page import Visit
from aggregator.web.portal.shown import Shown
from aggregator.web.problems import NOT_FOUND, ProblemError

log = logging.getLogger(__name__)

KEPT = 3600
"""Seconds for which we do not ask a publisher again for a picture."""
BROWSERS_KEEP = "private, max-age=86400"
"""What was taken down stands in no shared cache."""
AT_ONCE = 3
"""Pictures fetched at a time, apart from the pages' own line: a slow host holds up no page."""

# A picture that is opened on its own can do nothing at all.
PICTURE_HEADERS = {**HEADERS, "Content-Security-Policy": "default-src 'none'; sandbox"}


def fetcher(config: Config) -> Fetcher:
    return Fetcher(
        hosts=config.portal.image_hosts,
        agent=user_agent(config.contact),
        allow_private=config.allow_private_network,
    )


def picture_path(config: Config, article: Shown) -> str | None:
    """``None``: none is shown."""
    if not config.portal.images or article.image is None:
        return None
    return f"/gambar/{article.id}" if fetcher(config).may_ask(article.image.url) else None


@dataclass(frozen=True, kw_only=True)
class Pictures:
    config: Config
    find: Callable[[Request], Awaitable[str | None]]
    """The address of the picture of the article in the request's path, if it is shown."""
    kept: KeptAnswers = field(default_factory=lambda: KeptAnswers(KEPT))
    line: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(AT_ONCE))

    async def respond(self, request: Request) -> Response:
        url = await self.find(request)
        if url is None:
            raise ProblemError(kind=NOT_FOUND)
        kept = self.kept.find(url)
        if kept is None:
            answer = await to_thread.run_sync(self._fetch, url, limiter=self.line)
            kept = self.kept.prepare(url, answer), 0
        response = kept[0].response(request.method, request.headers, max_age=KEPT, age=kept[1])
        response.headers.update({**PICTURE_HEADERS, "Cache-Control": BROWSERS_KEEP})
        return response

    def _fetch(self, url: str) -> Answer:
        try:
            found = fetcher(self.config).fetch(url)
        except NoPictureError as error:
            log.info("no picture from %s: %s", url, error)
            raise ProblemError(kind=NOT_FOUND) from error
        return Answer(body=found.body, media_type=found.media_type)


def picture_of(visit: Visit, article: Shown) -> str | None:
    path = picture_path(visit.config, article)
    return f"{visit.prefix}{path}" if path else None
