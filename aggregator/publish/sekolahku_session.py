"""Signed in to a CMS Sekolahku as an editor, over the requests that its own pages make.

Its status codes say nothing: whoever is not signed in gets a page with status 200 and a ``Refresh``
header. What counts is the JSON, and in it the field ``status``. Ten sign-ins with an unknown name
ban the address for ten minutes, so that a refused one is not tried again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

from aggregator.alerts.secret import Secret
from aggregator.errors import PortalError, PortalRefusedError, PortalUnavailableError
from aggregator.publish.http import Answer, PortalHTTP

BAN = timedelta(minutes=10)
PER_PAGE = 50
MOST_PAGES = 200

Files = Mapping[str, tuple[str, bytes, str]]
_AJAX = {"X-Requested-With": "XMLHttpRequest"}


class Trouble(StrEnum):
    NOT_SIGNED_IN = (
        "the user name or the password is wrong; a password with < or % may be changed by the "
        "portal's own filter: take letters and digits"
    )
    BANNED = "too many sign-ins with an unknown name: the portal bars this address for ten minutes"
    NOT_ALLOWED = "the account may not write posts: give its group the menu Blog"
    NO_CMS = "no CMS Sekolahku answers at this address"
    CSRF = "the portal asks for a CSRF token: set csrf_protection to FALSE, or use its database"


class Session:
    """Methods raise ``PortalError``."""

    def __init__(self, http: PortalHTTP, user: str, password: Secret) -> None:
        self._http, self._user, self._password = http, user, password
        self._is_signed_in = False
        self._refused: PortalError | None = None

    @property
    def url(self) -> str:
        return self._http.url

    def ask(self, path: str, form: Mapping[str, str], files: Files | None = None) -> Any:
        """The JSON of an answer; signs in before, and again where a session has ended."""
        if not self._is_signed_in:
            self._sign_in()
        answer = self._post(path, form, files)
        if _is_elsewhere(answer):
            self._sign_in()
            answer = self._post(path, form, files)
        return self._read(answer)

    def rows(self, path: str, keyword: str) -> Iterator[dict[str, Any]]:
        """A list of the editor's pages, in no order."""
        for number in range(MOST_PAGES):
            form = {"keyword": keyword, "page_number": str(number), "per_page": str(PER_PAGE)}
            found = self.ask(path, form)
            rows = found.get("rows") if isinstance(found, dict) else None
            if not isinstance(rows, list):
                raise PortalRefusedError(self.url, Trouble.NO_CMS)
            yield from rows
            if number + 1 >= int(found.get("total_page") or 0):
                return

    def _sign_in(self) -> None:
        if self._refused:
            raise self._refused
        form = {"user_name": self._user, "user_password": self._password.reveal()}
        found = self._read(self._post("/login/verify", form))
        if isinstance(found, dict) and found.get("status") == "success":
            self._is_signed_in = True
            return
        self._refused = self._refusal(found)
        raise self._refused

    def _refusal(self, found: Any) -> PortalError:
        if not isinstance(found, dict):
            return PortalRefusedError(self.url, Trouble.NO_CMS)
        if found.get("ip_banned"):
            return PortalUnavailableError(self.url, Trouble.BANNED, BAN)
        return PortalRefusedError(self.url, Trouble.NOT_SIGNED_IN)

    def _post(self, path: str, form: Mapping[str, str], files: Files | None = None) -> Answer:
        return self._http.ask("POST", path, headers=_AJAX, form=form, files=files)

    def _read(self, answer: Answer) -> Any:
        if answer.status == 403:
            raise PortalRefusedError(self.url, Trouble.CSRF)
        if answer.is_redirect or _is_elsewhere(answer):
            raise PortalRefusedError(self.url, Trouble.NOT_ALLOWED)
        try:
            return answer.json_or_error()
        except ValueError:
            raise PortalRefusedError(self.url, Trouble.NO_CMS) from None


def _is_elsewhere(answer: Answer) -> bool:
    """Sent to the page for signing in, or home."""
    return "refresh" in answer.headers
