"""Turns a request for a page into its response, from what was kept where that is young enough."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.background import BackgroundTask
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

from aggregator.config import Config
from aggregator.errors import StorageError
from aggregator.web.answers import KeptAnswers, Prepared
from aggregator.web.limits import client_of
from aggregator.web.portal.counting import Readers
from aggregator.web.portal.headers import HEADERS
from aggregator.web.portal.page import MovedError, Page, Place, Visit
from aggregator.web.problems import NOT_FOUND, ProblemError, SpeakerOf
from storage import viewcounts
from storage.database import Database

log = logging.getLogger(__name__)

T = TypeVar("T")

WRITTEN_EVERY = 5.0
"""Seconds between two writings of views: one for many readers, and soon enough for one."""
LONGEST_VALUE = 500
"""Characters of what is asked; a search of more is no search."""


@dataclass(kw_only=True)
class PageResponder:
    config: Config
    database: Database
    kept: KeptAnswers
    line: CapacityLimiter
    say: SpeakerOf
    base_of: Callable[[Config, Scope], str]
    readers: Readers = field(default_factory=Readers)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    _written_at: float = 0.0
    _asking: dict[tuple[Any, ...], asyncio.Future[Prepared]] = field(default_factory=dict)
    """Questions that are being answered: a page that a whole school opens at once is made once."""

    def to(self, page: Page, language: str) -> Callable[[Request], Awaitable[Response]]:
        async def respond(request: Request) -> Response:
            place = self.place(request.scope, language)
            asked = _heard(page, request)
            try:
                prepared, age = await self._find(page, place, request.path_params, asked)
            except MovedError as moved:
                return RedirectResponse(moved.address, 301, HEADERS)
            max_age = self.config.web.max_age
            response = prepared.response(request.method, request.headers, max_age=max_age, age=age)
            response.headers.update({**HEADERS, "Content-Language": language})
            if page.counts and prepared.answer.status == 200 and request.method == "GET":
                response.background = self._counting(request)
            return response

        return respond

    async def in_thread(self, request: Request, ask: Callable[[Visit], T]) -> T:
        """What a question about a request's address is answered with."""
        place = self.place(request.scope, self.config.portal.languages[0])
        values = request.path_params
        return await to_thread.run_sync(self._visit, ask, place, values, {}, limiter=self.line)

    def place(self, scope: Scope, language: str) -> Place:
        path: str = scope["path"]
        folder = f"/{language}"
        if language != self.config.portal.languages[0] and f"{path}/".startswith(f"{folder}/"):
            path = path.removeprefix(folder) or "/"
        return Place(
            config=self.config,
            base=self.base_of(self.config, scope),
            language=language,
            say=self.say(language),
            path=path,
        )

    def language(self, path: str) -> str:
        """Of the page at an address."""
        first, *others = self.config.portal.languages
        return next((one for one in others if f"{path}/".startswith(f"/{one}/")), first)

    async def _find(
        self, page: Page, place: Place, values: dict[str, Any], asked: dict[str, str]
    ) -> tuple[Prepared, int]:
        # Only what the page listens to: whatever else an address has makes no other question.
        question = (place.base, place.language, place.path, *sorted(asked.items()))
        kept = self.kept.find(question)
        if kept is not None:
            return kept
        # Not together with those who asked before something was decided otherwise.
        key = (self.kept.era, *question)
        asking = self._asking.get(key)
        if asking is None or not self.config.web.max_age:
            asking = asyncio.ensure_future(self._fresh(question, page, place, values, asked))
            self._asking[key] = asking
            asking.add_done_callback(lambda _: self._asking.pop(key, None))
        # Who turns away does not take the answer from the others.
        return await asyncio.shield(asking), 0

    async def _fresh(
        self,
        question: tuple[Any, ...],
        page: Page,
        place: Place,
        values: dict[str, Any],
        asked: dict[str, str],
    ) -> Prepared:
        era = self.kept.era
        answer = await to_thread.run_sync(
            self._visit, page.respond, place, values, asked, limiter=self.line
        )
        return self.kept.prepare(question, answer, era)

    def _visit(
        self,
        ask: Callable[[Visit], T],
        place: Place,
        values: dict[str, Any],
        asked: dict[str, str],
    ) -> T:
        with self.database.session() as session:
            return ask(
                Visit(
                    config=place.config,
                    base=place.base,
                    language=place.language,
                    say=place.say,
                    path=place.path,
                    session=session,
                    now=self.clock(),
                    values=values,
                    asked=asked,
                )
            )

    @asynccontextmanager
    async def lifespan(self, _app: object) -> AsyncIterator[None]:
        yield
        await to_thread.run_sync(self.write_views)

    # --- views ------------------------------------------------------------------------------------

    def _counting(self, request: Request) -> BackgroundTask:
        """Runs after the answer is sent."""
        client = client_of(request.client.host if request.client else "")
        agent = Headers(scope=request.scope).get("user-agent", "")
        return BackgroundTask(self._count, int(request.path_params["id"]), client, agent)

    def _count(self, article_id: int, client: str, agent: str) -> None:
        today = self.clock().astimezone(self.config.zone).date()
        self.readers.note(article_id, client, agent, today)
        if time.monotonic() - self._written_at >= WRITTEN_EVERY:
            self._written_at = time.monotonic()
            self.write_views()

    def write_views(self) -> None:
        taken = self.readers.take()
        if not taken:
            return
        try:
            with self.database.writing().session() as session:
                viewcounts.add(session, taken)
        except StorageError as error:
            # Nobody's reading depends on it.
            self.readers.give_back(taken)
            log.warning("views could not be counted: %s", error)


def _heard(page: Page, request: Request) -> dict[str, str]:
    given = request.query_params
    heard = {name: given[name].strip() for name in page.hears if given.get(name, "").strip()}
    if any(len(value) > LONGEST_VALUE for value in heard.values()):
        raise ProblemError(kind=NOT_FOUND)
    return heard
