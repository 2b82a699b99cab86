"""What people decide is shown soon: what was kept of the answers before it is thrown away.

At the desk, at once. In any other program that shares the database, a command or a second server,
within ``EVERY``: each act of a person is in the audit log, so its last entry says whether there was
one.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence

from anyio import to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aggregator.errors import StorageError
from aggregator.web.answers import KeptAnswers
from storage import audit
from storage.database import Database

log = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds between two looks into the audit log."""


class DecidedHere:
    """Around the desk."""

    def __init__(self, app: ASGIApp, *, kept: Sequence[KeptAnswers]) -> None:
        self.app, self._kept = app, kept

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and scope["method"] == "POST":
                _forget(self._kept)
            await send(message)

        await self.app(scope, receive, sending)


class DecidedElsewhere:
    """Around everything that is kept."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        database: Database,
        kept: Sequence[KeptAnswers],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.app, self._database, self._kept, self._clock = app, database, kept, clock
        self._look_at = clock()
        self._last: int | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._clock() >= self._look_at:
            # Whoever asks meanwhile does not wait for it.
            self._look_at = self._clock() + EVERY
            if await to_thread.run_sync(self._is_decided):
                _forget(self._kept)
        await self.app(scope, receive, send)

    def _is_decided(self) -> bool:
        """Whether anything was since this was last asked."""
        try:
            with self._database.session() as session:
                last = audit.last_number(session)
        except StorageError as error:
            # The answer itself says so, where it has to ask.
            log.warning("what was decided elsewhere could not be seen: %s", error)
            return False
        before, self._last = self._last, last
        return last != before


def _forget(kept: Sequence[KeptAnswers]) -> None:
    for answers in kept:
        answers.forget()
