"""WordPress's REST API: where it is, and what its refusals mean.

The API answers under ``/wp-json/…``, or with plain permalinks under ``/?rest_route=/…``; which of
them is found by asking.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aggregator.errors import PortalError, PortalRefusedError, PostRefusedError
from aggregator.publish.http import Answer, PortalHTTP
from aggregator.publish.wordpresswords import Trouble

_FORMS = ("/wp-json", "/?rest_route=")
_CODE = re.compile(r"[\w-]{1,60}")


# What WordPress itself says about a password.
_CODES: Mapping[str, Trouble] = {
    "incorrect_password": Trouble.WRONG_PASSWORD,
    "invalid_username": Trouble.WRONG_PASSWORD,
    "invalid_email": Trouble.WRONG_PASSWORD,
    "application_passwords_disabled": Trouble.PASSWORDS_OFF,
    "application_passwords_disabled_for_user": Trouble.PASSWORDS_OFF,
}
# Said to whoever is not signed in: we are sure to have given a password.
_NOT_SIGNED_IN = frozenset({"rest_not_logged_in", "rest_cannot_create", "rest_forbidden_context"})
_OF_ONE_POST = frozenset(
    {"rest_cannot_edit", "rest_cannot_delete", "rest_cannot_read", "rest_forbidden_context"}
)


@dataclass(frozen=True, kw_only=True)
class RestAnswer:
    """What the API answered."""

    status: int
    data: Any
    """``None``: no JSON, so that it was not WordPress who answered."""
    asks_password: bool = False
    """The web server wants one of its own."""

    @property
    def is_ok(self) -> bool:
        return 200 <= self.status < 300 and self.data is not None

    @property
    def code(self) -> str:
        """WordPress's own word for what is wrong; empty where it is not WordPress's."""
        code = self.data.get("code") if isinstance(self.data, dict) else None
        return code if isinstance(code, str) and _CODE.fullmatch(code) else ""


class RestAPI:
    """Methods raise ``PortalError`` where nothing usable comes back."""

    def __init__(self, http: PortalHTTP) -> None:
        self._http = http
        self._form: str | None = None
        self.index: Mapping[str, Any] = {}
        """What the API says of itself; empty where it says nothing to us."""

    @property
    def url(self) -> str:
        return self._http.url

    @property
    def has_plain_permalinks(self) -> bool:
        return self._found() == _FORMS[1]

    def call(
        self,
        method: str,
        route: str,
        params: Mapping[str, str | int] | None = None,
        fields: Mapping[str, Any] | None = None,
    ) -> RestAnswer:
        """``route`` below ``/wp/v2``."""
        body = json.dumps(fields).encode() if fields is not None else None
        headers = {"Content-Type": "application/json"} if body is not None else {}
        return self._ask(method, f"/wp/v2{route}", params, body, headers)

    def upload(self, params: Mapping[str, str | int], name: str, kind: str, body: bytes) -> Any:
        headers = {"Content-Type": kind, "Content-Disposition": f'attachment; filename="{name}"'}
        return self._ask("POST", "/wp/v2/media", params, body, headers)

    def taken(self, answer: RestAnswer) -> Any:
        """The data of an answer that says yes. Raises for one that says no."""
        if answer.is_ok:
            return answer.data
        raise self.refusal(answer)

    def refusal(self, answer: RestAnswer) -> PortalError:
        if answer.status == 400 or answer.code == "rest_post_invalid_id":
            return PostRefusedError(self.url, answer.code or f"http {answer.status}")
        if answer.status == 403 and answer.code in _OF_ONE_POST:
            return PostRefusedError(self.url, Trouble.NOT_ITS_POST)
        return PortalRefusedError(self.url, trouble(answer, self.index))

    def _ask(
        self,
        method: str,
        route: str,
        params: Mapping[str, str | int] | None,
        body: bytes | None,
        headers: Mapping[str, str],
    ) -> RestAnswer:
        path = f"{self._found()}{route}"
        return read(self._http.ask(method, path, params=params, headers=headers, content=body))

    def _found(self) -> str:
        if self._form is None:
            self._form = self._find()
        return self._form

    def _find(self) -> str:
        answers = []
        for form in _FORMS:
            answer = self._http.ask("GET", f"{form}/")
            found = read(answer)
            if found.is_ok and "namespaces" in found.data:
                self.index = found.data
                return form
            if found.code and found.code != "rest_no_route":
                # It is the API, and it says no: whoever asks next is told why.
                return form
            answers.append(answer)
        raise PortalRefusedError(self.url, _why_none(answers, self.url))


def read(answer: Answer) -> RestAnswer:
    data = answer.json()
    return RestAnswer(
        status=answer.status,
        data=data if isinstance(data, dict | list) else None,
        asks_password=answer.status == 401 and "www-authenticate" in answer.headers,
    )


def trouble(answer: RestAnswer, index: Mapping[str, Any]) -> str:
    """Which of the known ones it is, else what was said."""
    if answer.code in _CODES:
        return _CODES[answer.code]
    if answer.status == 401 and answer.code in _NOT_SIGNED_IN:
        # Older ones say that a password is wrong; since 6.3.2 it is as if none were given.
        has_passwords = "application-passwords" in (index.get("authentication") or {})
        return Trouble.NOT_SIGNED_IN if has_passwords else Trouble.PASSWORDS_OFF
    if answer.asks_password and not answer.code:
        return Trouble.SERVER_PASSWORD
    if answer.status == 403 and answer.code.startswith("rest_cannot_"):
        return Trouble.ROLE_TOO_LOW
    if answer.status in (401, 403, 406, 451):
        return Trouble.BARRED
    return f"http {answer.status} {answer.code}".strip()


def _why_none(answers: list[Answer], url: str) -> str:
    if all(answer.is_redirect and _leaves(answer, url) for answer in answers):
        return Trouble.MOVED
    refused = [read(answer) for answer in answers if answer.status in (401, 403, 406, 451)]
    return trouble(refused[0], {}) if refused else Trouble.NO_REST


def _leaves(answer: Answer, url: str) -> bool:
    there, here = urlsplit(answer.headers["location"]), urlsplit(url)
    return bool(there.netloc) and (there.scheme, there.netloc) != (here.scheme, here.netloc)
