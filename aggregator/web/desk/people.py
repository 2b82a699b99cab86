"""Who may sign in (administrators), and one's own password (everybody)."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response

from aggregator import accounts
from aggregator.accounts import Signature
from aggregator.errors import PasswordError, ReviewValueError, SignInError, TooManyAttemptsError
from aggregator.model import DeskRole
from aggregator.web.desk.page import Page, Visit
from storage import users


def show_people(visit: Visit) -> Response:
    with visit.reading() as session:
        found = users.everybody(session)
    return visit.show("people.html", users=found, roles=tuple(DeskRole))


def add(visit: Visit) -> Response:
    form = visit.form
    with visit.writing() as session:
        accounts.add(
            session,
            visit.desk.passwords,
            form.get("name", ""),
            form.get("password", ""),
            _role(form.get("role", "")),
            _signed(visit),
        )
    return _to_people(visit)


def set_password(visit: Visit) -> Response:
    name, password = str(visit.path["name"]), visit.form.get("password", "")
    with visit.writing() as session:
        accounts.set_password(session, visit.desk.passwords, name, password, _signed(visit))
    return _to_people(visit)


def set_role(visit: Visit) -> Response:
    with visit.writing() as session:
        role = _role(visit.form.get("role", ""))
        accounts.set_role(session, str(visit.path["name"]), role, _signed(visit))
    return _to_people(visit)


def _shutting(do: Callable[..., None]) -> Callable[[Visit], Response]:
    def respond(visit: Visit) -> Response:
        with visit.writing() as session:
            do(session, str(visit.path["name"]), _signed(visit))
        return _to_people(visit)

    return respond


def show_own(visit: Visit) -> Response:
    return visit.show("password.html")


def change_own(visit: Visit) -> Response:
    """Whoever found a browser that was left open does not know the old password."""
    form = visit.form
    if form.get("password", "") != form.get("again", ""):
        raise PasswordError(detail="the two passwords are not the same")
    try:
        visit.desk.door.confirm(visit.name, form.get("old", ""), client=visit.client, now=visit.now)
    except TooManyAttemptsError:
        raise
    except SignInError as error:
        return visit.show("password.html", 422, problem=visit.say.error(error))
    with visit.writing() as session:
        accounts.set_password(
            session, visit.desk.passwords, visit.name, form.get("password", ""), _signed(visit)
        )
    return visit.go(f"{visit.place.root}/masuk", done="password")


def _role(text: str) -> DeskRole:
    try:
        return DeskRole(text)
    except ValueError as error:
        raise ReviewValueError(field="role", detail="there is none") from error


def _signed(visit: Visit) -> Signature:
    return Signature(by=visit.name, now=visit.now)


def _to_people(visit: Visit) -> Response:
    return visit.go(f"{visit.place.root}/pengguna", done="user")


def _for_admins(word: str, respond: Callable[[Visit], Response], method: str = "POST") -> Page:
    path = f"/pengguna/{{name}}/{word}"
    admin, examples = DeskRole.ADMIN, {"name": "Bu Ani"}
    return Page(path=path, respond=respond, method=method, role=admin, examples=examples)


PAGES = (
    Page(path="/pengguna", respond=show_people, role=DeskRole.ADMIN),
    Page(path="/pengguna", respond=add, method="POST", role=DeskRole.ADMIN),
    _for_admins("sandi", set_password),
    _for_admins("peran", set_role),
    _for_admins("nonaktif", _shutting(accounts.disable)),
    _for_admins("aktif", _shutting(accounts.enable)),
    Page(path="/sandi", respond=show_own),
    Page(path="/sandi", respond=change_own, method="POST"),
)
