"""Images in WordPress's media library: each once, and gone with the last post that shows it.

An image is known by the hash of its bytes, which is its slug. Its description names the articles
that show it; a withdrawn article's image must not stay at its own address.
"""

from __future__ import annotations

import html
from typing import Any

from aggregator.pictures import Picture
from aggregator.publish.images import Fetch, digest_of, photo_words, suffix_of
from aggregator.publish.port import Image
from aggregator.publish.wordpressrest import RestAPI

PREFIX = "agg-"
_SHOWN_BY = "agg:"
_EDIT = {"context": "edit"}


class Media:
    def __init__(self, api: RestAPI, fetch: Fetch | None) -> None:
        self._api = api
        self._fetch = fetch

    def use(self, image: Image, key: str) -> int | None:
        """The image's number there. ``None``: the post goes without, as an image is no reason to
        hold an article back."""
        file = self._fetch(image.url) if self._fetch else None
        if file is None:
            return None
        name = f"{PREFIX}{digest_of(file)}"
        params: dict[str, str | int] = {**_EDIT, "slug": name}
        known = self._api.taken(self._api.call("GET", "/media", params))
        if known:
            self._note(known[0], _keys(known[0]) | {key})
            return int(known[0]["id"])
        return self._upload(image, file, name, key)

    def release(self, number: int, key: str) -> None:
        """The article does not show it any more. What the portal's people uploaded stays."""
        answer = self._api.call("GET", f"/media/{number}", _EDIT)
        if not answer.is_ok or not str(answer.data.get("slug", "")).startswith(PREFIX):
            return
        keys = _keys(answer.data) - {key}
        if keys:
            self._note(answer.data, keys)
        else:
            params = {"_method": "DELETE", "force": "true"}
            self._api.taken(self._api.call("POST", f"/media/{number}", params))

    def _note(self, data: dict[str, Any], keys: set[str]) -> None:
        if keys != _keys(data):
            fields = {"description": _description(keys)}
            self._api.taken(self._api.call("POST", f"/media/{data['id']}", None, fields))

    def _upload(self, image: Image, file: Picture, name: str, key: str) -> int | None:
        params = {
            "slug": name,
            "title": name,
            "caption": html.escape(photo_words(image), quote=False),
            "alt_text": image.caption or "",
            "description": _description({key}),
        }
        answer = self._api.upload(params, f"{name}.{suffix_of(file)}", file.media_type, file.body)
        return int(answer.data["id"]) if answer.is_ok else None


def _description(keys: set[str]) -> str:
    return " ".join([_SHOWN_BY, *sorted(keys)])


def _keys(data: dict[str, Any]) -> set[str]:
    raw = str((data.get("description") or {}).get("raw", ""))
    return set(raw.split()[1:]) if raw.startswith(_SHOWN_BY) else set()
