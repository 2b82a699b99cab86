"""WordPress, over its REST API and an application password.

A post is known by its number, and before that is noted by its slug, which ends in a hash of the
article: what a cut-off attempt left is found by it, in the bin too, where WordPress appends
``__trashed``. An image is known by the hash of its bytes, so that it is uploaded once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from typing import Any

import httpx

from aggregator.alerts.secret import Secret
from aggregator.errors import PortalRefusedError
from aggregator.publish import wordpressposts as posts
from aggregator.publish.http import TIMEOUT, PortalHTTP
from aggregator.publish.images import ImageFile
from aggregator.publish.port import Image, Post, PostState, RemotePost
from aggregator.publish.wordpressrest import RestAnswer, RestAPI, Trouble
from aggregator.publish.wordpressterms import Terms
from aggregator.publish.wordpressxmlrpc import why_not_signed_in

_EDIT = {"context": "edit"}
_ALIVE = "publish,future,pending,draft,private"
_DOUBLED = re.compile(r"-\d{1,3}")


class WordPressPortal:
    def __init__(
        self,
        *,
        name: str,
        url: str,
        user: str,
        password: Secret,
        agent: str,
        fetch_image: Callable[[str], ImageFile | None] | None = None,
        timeout: float = TIMEOUT,
    ) -> None:
        """``fetch_image``: gives the bytes of an address, ``None`` where there is no usable image.
        ``None``: posts have no images."""
        self._name, self._user, self._password = name, user, password
        auth = httpx.BasicAuth(user, password.reveal())
        self._http = PortalHTTP(url, agent=agent, auth=auth, timeout=timeout)
        self._api = RestAPI(self._http)
        self._terms = Terms(self._api)
        self._fetch_image = fetch_image
        self._known: posts.Account | None = None

    @property
    def name(self) -> str:
        return self._name

    def close(self) -> None:
        self._http.close()

    def check(self) -> tuple[str, ...]:
        self._known = None
        try:
            account = self._account
        except PortalRefusedError as error:
            if error.fields["detail"] != Trouble.NOT_SIGNED_IN:
                raise
            why = why_not_signed_in(self._http, self._user, self._password)
            raise PortalRefusedError(self._api.url, why) from None
        if not account.may_write:
            raise PortalRefusedError(self._api.url, Trouble.ROLE_TOO_LOW)
        return tuple(self._found(account))

    def find(self, post: Post) -> RemotePost | None:
        for slug, status in ((post.slug, _ALIVE), (f"{post.slug}__trashed", "trash")):
            found = self._listed({"slug": slug, "status": status})
            if found:
                return posts.remote(min(found, key=lambda data: int(data["id"])))
        return None if self._account.may_publish else self._find_handed_in(post)

    def read(self, remote_id: str) -> RemotePost | None:
        answer = self._api.call("GET", f"/posts/{int(remote_id)}", _EDIT)
        if answer.status in (404, 410) and answer.code == "rest_post_invalid_id":
            return None
        return posts.remote(self._api.taken(answer))

    def create(self, post: Post) -> RemotePost:
        data = self._save("/posts", post, before=None)
        twin = self._twin(data, post)
        if twin is None:
            return posts.remote(data)
        # Two attempts at once: the later one takes itself back.
        self._delete(data["id"], for_good=True)
        return self.update(twin.id, post)

    def update(self, remote_id: str, post: Post) -> RemotePost:
        now = self._api.taken(self._api.call("GET", f"/posts/{int(remote_id)}", _EDIT))
        before = posts.remote(now).state
        return posts.remote(self._save(f"/posts/{int(remote_id)}", post, before))

    def hide(self, remote_id: str) -> None:
        answer = self._delete(int(remote_id))
        if answer.code == "rest_trash_not_supported":
            # A WordPress without a bin would delete for good, and the address with it.
            answer = self._api.call("POST", f"/posts/{int(remote_id)}", None, {"status": "draft"})
        if answer.code not in ("rest_already_trashed", "rest_post_invalid_id"):
            self._api.taken(answer)

    def printed(self, post: Post) -> tuple[str, str]:
        return posts.printed(post)

    @property
    def _account(self) -> posts.Account:
        if self._known is None:
            answer = self._api.call("GET", "/users/me", _EDIT)
            self._known = posts.account(self._api.taken(answer))
        return self._known

    def _found(self, account: posts.Account) -> Iterable[str]:
        yield "signed in to WordPress"
        if self._api.has_plain_permalinks:
            yield "plain permalinks: the REST API is asked under ?rest_route="
        if not account.may_publish:
            yield "the account hands in only: an editor of the portal publishes"
        if not account.may_upload:
            yield "the account may not upload: posts have no images"
        if not account.may_make_categories:
            yield "the account may not make categories: they must be there already"
        if account.is_unfiltered:
            yield "the account may do more than it needs: the role author is enough"
        if self._keeps_sources():
            yield "the plugin is there: search engines are led to the originals"

    def _keeps_sources(self) -> bool:
        schema = self._api.taken(self._api.call("OPTIONS", "/posts")).get("schema", {})
        meta = schema.get("properties", {}).get("meta", {}).get("properties", {})
        return posts.SOURCE_URL in meta

    def _listed(self, params: dict[str, str | int]) -> list[dict[str, Any]]:
        answer = self._api.call("GET", "/posts", {**_EDIT, **params})
        return [data for data in self._api.taken(answer) if isinstance(data, dict)]

    def _find_handed_in(self, post: Post) -> RemotePost | None:
        """By its text: WordPress keeps no slug of what is handed in for review."""
        params: dict[str, str | int] = {
            "author": self._account.id,
            "status": "pending,draft,trash",
            "search": post.headline,
            "orderby": "id",
            "order": "asc",
        }
        headline, body = posts.printed(post)
        for found in map(posts.remote, self._listed(params)):
            if found.headline == headline and found.body_html == body:
                return found
        return None

    def _twin(self, data: dict[str, Any], post: Post) -> RemotePost | None:
        """The post that has the slug already, where the one just made had to take another."""
        slug = str(data.get("slug", ""))
        if not (slug.startswith(post.slug) and _DOUBLED.fullmatch(slug[len(post.slug) :])):
            return None
        found = self._listed({"slug": post.slug, "status": _ALIVE})
        return posts.remote(found[0]) if found else None

    def _save(self, route: str, post: Post, before: PostState | None) -> dict[str, Any]:
        account = self._account
        fields = posts.fields_of(
            post,
            status=posts.status_of(post, may_publish=account.may_publish, before=before),
            categories=self._terms.categories(post.categories),
            tags=self._terms.tags(post.tags),
            media=self._media(post.image) if post.image and account.may_upload else None,
        )
        if before is None:
            fields["slug"] = post.slug
        data = self._api.taken(self._api.call("POST", route, _EDIT, fields))
        assert isinstance(data, dict)
        return data

    def _delete(self, number: int, *, for_good: bool = False) -> RestAnswer:
        # Many hosts let GET and POST through only.
        params = {"_method": "DELETE", "force": "true" if for_good else "false"}
        return self._api.call("POST", f"/posts/{number}", params)

    def _media(self, image: Image) -> int | None:
        """``None``: the post goes without, as an image is no reason to hold an article back."""
        file = self._fetch_image(image.url) if self._fetch_image else None
        if file is None:
            return None
        name = f"agg-{hashlib.sha256(file.body).hexdigest()[:32]}"
        known = self._api.taken(self._api.call("GET", "/media", {"slug": name}))
        if known:
            return int(known[0]["id"])
        caption = " – ".join(word for word in (image.caption, image.credit) if word)
        params = {"slug": name, "title": name, "caption": caption, "alt_text": image.caption or ""}
        answer = self._api.upload(params, f"{name}.{file.suffix}", file.kind, file.body)
        return int(answer.data["id"]) if answer.is_ok else None
