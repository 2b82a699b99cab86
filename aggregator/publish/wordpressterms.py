"""WordPress's categories and tags: names to the numbers that its REST API wants."""

from __future__ import annotations

import html
from collections.abc import Iterable

from aggregator.errors import PortalRefusedError
from aggregator.publish.letters import within_three_bytes
from aggregator.publish.wordpressrest import RestAnswer, RestAPI
from aggregator.publish.wordpresswords import Trouble

LONGEST_NAME = 200


class Terms:
    """Asks for each name once."""

    def __init__(self, api: RestAPI) -> None:
        self._api = api
        self._known: dict[tuple[str, str], int] = {}

    def categories(self, names: Iterable[str]) -> list[int]:
        """Raises ``PortalRefusedError`` where one is neither there nor can be made."""
        return [self._number("categories", _plain(name)) for name in names]

    def tags(self, names: Iterable[str]) -> list[int]:
        """Without those that the account may not make: no article waits for a tag."""
        found = []
        for name in filter(None, map(_plain, names)):
            try:
                found.append(self._number("tags", name))
            except PortalRefusedError:
                continue
        return found

    def _number(self, kind: str, name: str) -> int:
        key = (kind, name.casefold())
        if key not in self._known:
            self._known[key] = self._find(kind, name) or self._make(kind, name)
        return self._known[key]

    def _find(self, kind: str, name: str) -> int | None:
        params: dict[str, str | int] = {"search": stored(name), "per_page": 100}
        for term in self._api.taken(self._api.call("GET", f"/{kind}", params)):
            if str(term["name"]).casefold() == stored(name).casefold():
                return int(term["id"])
        return None

    def _make(self, kind: str, name: str) -> int:
        answer = self._api.call("POST", f"/{kind}", None, {"name": stored(name)})
        if answer.code == "term_exists":
            # Made meanwhile, or the same to the database though not to us (Guru, gurú).
            return _existing(answer)
        if answer.status in (401, 403) and answer.code == "rest_cannot_create":
            raise PortalRefusedError(self._api.url, Trouble.NO_CATEGORY, category=name)
        return int(self._api.taken(answer)["id"])


def _plain(name: str) -> str:
    return " ".join(within_three_bytes(name).split())


def stored(name: str) -> str:
    """As WordPress keeps a name: escaped, within its limit. Markup in it would be cut out."""
    while len(escaped := html.escape(name, quote=False)) > LONGEST_NAME:
        name = name[:-1].rstrip()
    return escaped


def _existing(answer: RestAnswer) -> int:
    return int(answer.data["data"]["term_id"])
