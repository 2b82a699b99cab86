"""The web side as one ASGI application. Starts without Scrapy and Twisted.

From the outside in: the client's real address, CORS, problems, limits, routes, endpoints. An
endpoint runs in a thread with a session of its own; what it answered is kept for a while.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from aggregator.config import LANGUAGES, Config
from aggregator.errors import (
    ArticleNotFoundError,
    ArticleWithdrawnError,
    QueryError,
    StorageError,
    UnknownPublisherError,
)
from aggregator.model import Withdrawal
from aggregator.web.answers import Answer, KeptAnswers, Prepared
from aggregator.web.api import ENDPOINTS, ROOT
from aggregator.web.decided import DecidedElsewhere, DecidedHere
from aggregator.web.desk.app import desk_app
from aggregator.web.desk.page import Desk
from aggregator.web.desk.place import PATH, place_of
from aggregator.web.endpoint import Ask, Endpoint
from aggregator.web.feeds.endpoints import FEEDS
from aggregator.web.limits import Limits, RateLimit
from aggregator.web.negotiation import accepts, language
from aggregator.web.pages import described
from aggregator.web.params import read_all
from aggregator.web.portal.refusals import is_page, refusal
from aggregator.web.portal.responder import PageResponder
from aggregator.web.portal.routes import portal_routes
from aggregator.web.problems import (
    INTERNAL_ERROR,
    INVALID_PARAMETER,
    METHOD_NOT_ALLOWED,
    NOT_ACCEPTABLE,
    NOT_FOUND,
    UNAVAILABLE,
    WITHDRAWN,
    ProblemError,
    SpeakerOf,
    invalid,
    problem_response,
)
from storage.database import Database

log = logging.getLogger(__name__)

_HOST = re.compile(r"[A-Za-z0-9._-]+(?::\d+)?|\[[0-9A-Fa-f:.]+\](?::\d+)?")

MOST_AT_ONCE = 8
"""Questions to the database at a time; the others wait in line. Fewer than the connections that
SQLAlchemy keeps, so that none waits for one."""

SERVED = (*ENDPOINTS, *FEEDS)
"""What is described."""


def create_app(
    config: Config, database: Database, say: SpeakerOf, desk: Desk | None = None
) -> Starlette:
    """``say`` gives a speaker for a language, so that refusals are understood; ``desk``: the
    editor's, where the database may be written."""
    web, line = config.web, CapacityLimiter(MOST_AT_ONCE)
    shared: dict[str, Any] = {"config": config, "database": database, "line": line, "say": say}
    responder = _Responder(**shared, kept=KeptAnswers(web.max_age))
    pages = PageResponder(**shared, kept=KeptAnswers(web.max_age), base_of=base_of)
    kept = (responder.kept, pages.kept)
    app = Starlette(
        routes=[
            *_api(responder),
            *_desk(desk, kept),
            *portal_routes(pages),
        ],
        lifespan=pages.lifespan,
        exception_handlers={HTTPException: _refused},
        middleware=[
            Middleware(ProxyHeadersMiddleware, trusted_hosts=list(web.trusted_proxies)),
            *_cors(web.cors_origins),
            Middleware(Problems, config=config, say=say, pages=pages),
            Middleware(Limits, rate=RateLimit(web.rate_limit)),
            Middleware(DecidedElsewhere, database=database, kept=kept),
        ],
    )
    # One address for each thing.
    app.router.redirect_slashes = False
    return app


def _api(responder: _Responder) -> Iterator[BaseRoute]:
    """The endpoints, the feeds, and their description where one looks for it first."""
    for endpoint in (*SERVED, *described(SERVED)):
        yield Route(endpoint.path, responder.to(endpoint))

    async def description(request: Request) -> Response:
        return RedirectResponse(f"{base_of(responder.config, request.scope)}{ROOT}/")

    yield Route(ROOT, description)


def _desk(desk: Desk | None, kept: Sequence[KeptAnswers]) -> list[BaseRoute]:
    if desk is None:
        return []

    async def home(request: Request) -> Response:
        return RedirectResponse(place_of(desk.config, request).home)

    decided = Middleware(DecidedHere, kept=kept)
    return [Route(PATH, home), Mount(PATH, desk_app(desk), middleware=[decided])]


def base_of(config: Config, scope: Scope) -> str:
    """The public address: as configured, else as this client wrote it."""
    if config.base_url is not None:
        return config.base_url
    host = Headers(scope=scope).get("host", "")
    return f"{scope['scheme']}://{host if _HOST.fullmatch(host) else 'localhost'}"


class Problems:
    """Whatever goes wrong inside becomes a problem document, or for a page's reader a page; what
    was not foreseen is logged."""

    def __init__(
        self, app: ASGIApp, *, config: Config, say: SpeakerOf, pages: PageResponder
    ) -> None:
        self.app, self._config, self._say, self._pages = app, config, say, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = True
            if message["type"] == "http.response.start":
                message["headers"].append((b"x-content-type-options", b"nosniff"))
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception as error:
            if started:
                raise
            await self._response(scope, _problem(error))(scope, receive, noting)

    def _response(self, scope: Scope, problem: ProblemError) -> Response:
        if is_page(scope["path"]):
            return refusal(problem, self._pages.place(scope, self._pages.language(scope["path"])))
        asked = Headers(scope=scope)
        spoken = language(asked.get("accept-language"), LANGUAGES, self._config.language)
        return problem_response(
            problem,
            self._say(spoken),
            language=spoken,
            base=base_of(self._config, scope),
            instance=quote(scope["path"]),
        )


def _problem(error: Exception) -> ProblemError:
    match error:
        case ProblemError():
            return error
        case QueryError():
            return invalid(error)
        case UnknownPublisherError():
            # Typed into a search.
            return ProblemError(kind=INVALID_PARAMETER, cause=error)
        case ArticleNotFoundError():
            return ProblemError(kind=NOT_FOUND, cause=error)
        case ArticleWithdrawnError():
            withdrawal = error.fields["withdrawal"]
            assert isinstance(withdrawal, Withdrawal)
            return ProblemError(kind=WITHDRAWN, cause=error, withdrawal=withdrawal)
        case StorageError():
            # Its text names the database: for the log, not for the world.
            log.error("%s", error)
            return ProblemError(kind=UNAVAILABLE, headers={"Retry-After": "30"})
        case _:
            log.error("unforeseen", exc_info=error)
            return ProblemError(kind=INTERNAL_ERROR)


async def _refused(_request: Request, error: Exception) -> Response:
    """What Starlette itself refuses: no such route, another method than reading."""
    if isinstance(error, HTTPException) and error.status_code == METHOD_NOT_ALLOWED.status:
        raise ProblemError(kind=METHOD_NOT_ALLOWED, headers=dict(error.headers or {}))
    raise ProblemError(kind=NOT_FOUND)


class _Cors(CORSMiddleware):
    def preflight_response(self, request_headers: Headers) -> Response:
        found = super().preflight_response(request_headers)
        # Refused by saying nothing, which is what a browser looks for; not by a line of text.
        return found if found.status_code == 200 else Response(None, 204, {"Vary": "Origin"})


def _cors(origins: Sequence[str]) -> list[Middleware]:
    if not origins:
        return []
    return [
        Middleware(
            _Cors,
            allow_origins=list(origins),
            allow_methods=["GET", "HEAD"],
            allow_headers=["If-None-Match", "If-Modified-Since"],
            expose_headers=["ETag", "Link", "Retry-After", "Age"],
            max_age=86400,
        )
    ]


@dataclass(frozen=True, kw_only=True)
class _Responder:
    """Turns a request to an endpoint into its response."""

    config: Config
    database: Database
    kept: KeptAnswers
    line: CapacityLimiter
    say: SpeakerOf

    def to(self, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
        async def respond(request: Request) -> Response:
            accept = request.headers.get("accept")
            if endpoint.negotiates and not accepts(accept, endpoint.media_type):
                raise ProblemError(kind=NOT_ACCEPTABLE)
            prepared, age = await self._find(endpoint, request)
            max_age = self.config.web.max_age
            return prepared.response(request.method, request.headers, max_age=max_age, age=age)

        return respond

    async def _find(self, endpoint: Endpoint, request: Request) -> tuple[Prepared, int]:
        base = base_of(self.config, request.scope)
        question = (base, request.url.path, request.url.query)
        kept = self.kept.find(question)
        if kept is not None:
            return kept
        era = self.kept.era
        fresh = await to_thread.run_sync(self._ask, endpoint, request, base, limiter=self.line)
        return self.kept.prepare(question, fresh, era), 0

    def _ask(self, endpoint: Endpoint, request: Request, base: str) -> Answer:
        given = request.query_params.multi_items()
        values = read_all(endpoint.parameters, [*request.path_params.items(), *given])
        with self.database.session() as session:
            return endpoint.respond(
                Ask(
                    session=session,
                    config=self.config,
                    base=base,
                    path=request.url.path,
                    values=values,
                    given=given,
                    say=self.say(self.config.language),
                )
            )
