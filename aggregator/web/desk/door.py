"""Signing in and out."""

from __future__ import annotations

from starlette.responses import Response

from aggregator.errors import SignInError, TooManyAttemptsError
from aggregator.web.desk.page import Page, Visit
from aggregator.web.desk.place import Place


def session_cookie(place: Place) -> str:
    # With this prefix a browser takes it from nobody but this host, over https.
    return "__Host-meja" if place.secure else "meja"


def guest_cookie(place: Place) -> str:
    return f"{session_cookie(place)}-tamu"


def set_guest(response: Response, place: Place, secret: str) -> None:
    _set(response, place, guest_cookie(place), secret)


def _set(response: Response, place: Place, name: str, value: str) -> None:
    response.set_cookie(name, value, path="/", secure=place.secure, httponly=True, samesite="lax")


def _forget(response: Response, place: Place, name: str) -> None:
    response.delete_cookie(name, path="/", secure=place.secure, httponly=True, samesite="lax")


def show_door(visit: Visit) -> Response:
    if visit.user is not None:
        return visit.go(visit.query.get("next", ""))
    return _door(visit, 200, next_=visit.query.get("next", ""))


def enter(visit: Visit) -> Response:
    name, wanted = visit.form.get("name", ""), visit.form.get("next", "")
    try:
        found = visit.desk.door.sign_in(
            " ".join(name.split()),
            visit.form.get("password", ""),
            client=visit.client,
            now=visit.now,
            instead_of=visit.session,
        )
    except SignInError as error:
        status = 429 if isinstance(error, TooManyAttemptsError) else 401
        response = _door(visit, status, next_=wanted, problem=visit.say.error(error))
        if isinstance(error, TooManyAttemptsError):
            response.headers["Retry-After"] = str(error.fields["seconds"])
        return response
    response = visit.go(wanted)
    _set(response, visit.place, session_cookie(visit.place), found.token)
    _forget(response, visit.place, guest_cookie(visit.place))
    return response


def leave(visit: Visit) -> Response:
    visit.desk.door.sign_out(visit.token, visit.now)
    response = visit.go(f"{visit.place.root}/masuk", done="left")
    _forget(response, visit.place, session_cookie(visit.place))
    return response


def _door(visit: Visit, status: int, *, next_: str, problem: str = "") -> Response:
    back = visit.place.inside(next_)
    return visit.show("door.html", status, next=back, problem=problem)


PAGES = (
    Page(path="/masuk", respond=show_door, role=None),
    Page(path="/masuk", respond=enter, method="POST", role=None),
    Page(path="/keluar", respond=leave, method="POST"),
)
