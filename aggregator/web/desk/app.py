"""The desk as an ASGI application to mount. Everything that protects it is here, in one place:
who may open a page, whether a form came from that person, what a browser is told.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl, quote

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from aggregator.errors import (
    AggregatorError,
    ArticleNotFoundError,
    ArticleWithdrawnError,
    ChangedMeanwhileError,
    NotPublishedError,
    PortalError,
    StorageError,
    TooManyAttemptsError,
    UnknownChannelError,
    UnknownPortalError,
    UsageError,
    UserNotFoundError,
)
from aggregator.model import DeskUser
from aggregator.signin import form_token
from aggregator.web.desk import article, door, health, log, people, publications, queue
from aggregator.web.desk.headers import security_headers
from aggregator.web.desk.page import Desk, Page, Visit
from aggregator.web.desk.place import Place, is_from_us, place_of
from aggregator.web.desk.static import STATIC
from aggregator.web.limits import client_of

logger = logging.getLogger(__name__)

PAGES: tuple[Page, ...] = (
    *door.PAGES,
    *queue.PAGES,
    *article.PAGES,
    *publications.PAGES,
    *log.PAGES,
    *health.PAGES,
    *people.PAGES,
)

MOST_AT_ONCE = 4
"""Pages at a time: each holds a connection, and signing in 64 MB."""

LARGEST_FORM = 64 * 1024
"""Bytes. The longest text that an editor writes is 2,000 characters."""

_FORM = "application/x-www-form-urlencoded"

_STATUS: tuple[tuple[type[AggregatorError], int], ...] = (
    (TooManyAttemptsError, 429),
    (ArticleNotFoundError, 404),
    (UserNotFoundError, 404),
    (UnknownChannelError, 404),
    (UnknownPortalError, 404),
    (NotPublishedError, 404),
    (ArticleWithdrawnError, 410),
    (ChangedMeanwhileError, 409),
    (UsageError, 422),
    (PortalError, 502),
    (StorageError, 503),
)


def desk_app(desk: Desk) -> Starlette:
    """``PAGES`` behind the door."""
    line = CapacityLimiter(MOST_AT_ONCE)
    app = Starlette(
        routes=[
            *(
                Route(page.path, _responder(desk, page, line), methods=[page.method])
                for page in PAGES
            ),
            *(Route(f"/berkas/{name}", file.respond) for name, file in STATIC.items()),
        ],
        exception_handlers={HTTPException: _nothing_there(desk, line)},
    )
    app.router.redirect_slashes = False
    return app


def _responder(
    desk: Desk, page: Page, line: CapacityLimiter
) -> Callable[[Request], Awaitable[Response]]:
    async def respond(request: Request) -> Response:
        place = place_of(desk.config, request)
        form = await _form(request) if page.method == "POST" else {}
        guard = _Guard(desk, page, place, request, form)
        response = await to_thread.run_sync(guard.respond, limiter=line)
        response.headers.update(security_headers(secure=place.secure))
        return response

    return respond


def _nothing_there(
    desk: Desk, line: CapacityLimiter
) -> Callable[[Request, Exception], Awaitable[Response]]:
    """No such page, or not with this method."""

    async def refuse(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        page = Page(path="", respond=lambda visit: _refusal(visit, status), role=None)
        guard = _Guard(desk, page, place_of(desk.config, request), request, {})
        response = await to_thread.run_sync(guard.respond, limiter=line)
        response.headers.update(security_headers(secure=guard.place.secure))
        if isinstance(error, HTTPException) and error.headers:
            response.headers.update(error.headers)
        return response

    return refuse


async def _form(request: Request) -> dict[str, str] | None:
    """The fields of a form, each once; ``None`` for anything that is none of ours."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != _FORM:
        return None
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            return None
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=50)
    except (UnicodeDecodeError, ValueError):
        return None
    return dict(pairs)


class _Guard:
    """One request on its way to its page, and the answer on its way back."""

    def __init__(
        self,
        desk: Desk,
        page: Page,
        place: Place,
        request: Request,
        form: dict[str, str] | None,
    ) -> None:
        self.desk, self.page, self.place, self.request = desk, page, place, request
        self.form, self.now = form, desk.clock()

    def respond(self) -> Response:
        session = self.request.cookies.get(door.session_cookie(self.place))
        guest = self.request.cookies.get(door.guest_cookie(self.place))
        try:
            user = self.desk.door.whose(session, self.now) if session else None
        except StorageError as error:
            return self._failed(self._visit(None, guest or ""), error)
        if user is not None and session and not self.page.path.startswith("/masuk"):
            return self._answer(self._visit(user, session))
        # A guest gets a secret as well: signing in is a form that only our page may send.
        secret = guest or secrets.token_urlsafe(32)
        response = self._answer(self._visit(user, secret))
        if guest is None:
            door.set_guest(response, self.place, secret)
        return response

    def _visit(self, user: DeskUser | None, token: str) -> Visit:
        client = self.request.client
        return Visit(
            desk=self.desk,
            place=self.place,
            path=self.request.path_params,
            query=dict(self.request.query_params),
            form=self.form or {},
            user=user,
            token=token,
            form_token=form_token(token),
            session=self.request.cookies.get(door.session_cookie(self.place)),
            client=client_of(client.host if client else ""),
            now=self.now,
        )

    def _answer(self, visit: Visit) -> Response:
        page = self.page
        try:
            if page.path and not self.place.may_hold_secrets:
                return visit.show("needs-https.html", 403)
            if page.role is not None and visit.user is None:
                return self._to_the_door()
            if not page.admits(visit.user):
                return _refusal(visit, 403)
            if page.method == "POST" and not self._is_own_form(visit):
                return visit.show("stale-form.html", 403)
            return page.respond(visit)
        except AggregatorError as error:
            return self._failed(visit, error)
        except Exception:
            logger.exception("page of the desk failed path=%s", self.page.path)
            return _refusal(visit, 500)

    def _failed(self, visit: Visit, error: AggregatorError) -> Response:
        status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
        if isinstance(error, StorageError):
            # Its text names the database: for the log, not for the browser.
            logger.error("%s", error)
            return _refusal(visit, status)
        response = visit.show("refused.html", status, reason=self.desk.say.error(error))
        if isinstance(error, TooManyAttemptsError):
            response.headers["Retry-After"] = str(error.fields["seconds"])
        return response

    def _is_own_form(self, visit: Visit) -> bool:
        if self.form is None or not is_from_us(self.place, self.request.headers):
            return False
        given = self.form.get("form_token", "").encode()
        return bool(visit.token) and secrets.compare_digest(given, visit.form_token.encode())

    def _to_the_door(self) -> Response:
        wanted = self.request.url.path
        if self.request.url.query:
            wanted = f"{wanted}?{self.request.url.query}"
        back = self.place.inside(wanted) if self.page.method == "GET" else self.place.root
        return RedirectResponse(f"{self.place.root}/masuk?next={quote(back, safe='')}", 303)


def _refusal(visit: Visit, status: int) -> Response:
    return visit.show(
        "refused.html", status, reason=visit.say(_REFUSALS.get(status, _REFUSALS[500]))
    )


_REFUSALS = {
    403: "This page is for administrators.",
    404: "There is nothing at this address.",
    405: "This address is only for forms.",
    500: "Something went wrong here; it has been noted.",
    503: "The database cannot be asked at the moment.",
}
