"""WordPress, over its REST API and an application password.

A post is known by its number, and before that is noted by its slug, which ends in a hash of the
article: what a cut-off attempt left is found by it, in the bin too, where WordPress appends
``__trashed``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import httpx

from aggregator.alerts.secret import Secret
from aggregator.config import Config
from aggregator.errors import PortalRefusedError
from aggregator.identity import user_agent
from aggregator.publish import wordpressposts as posts
from aggregator.publish.http import TIMEOUT, PortalHTTP
from aggregator.publish.images import Fetch, fetch_of
from aggregator.publish.port import Post, RemotePost
from aggregator.publish.secret import password_of
from aggregator.publish.wordpressmedia import Media
from aggregator.publish.wordpressrest import RestAnswer, RestAPI
from aggregator.publish.wordpressterms import Terms
from aggregator.publish.wordpresswords import Found, Trouble
from aggregator.publish.wordpressxmlrpc import why_not_signed_in
from aggregator.publishconfig import TargetConfig

_EDIT = {"context": "edit"}
_ALIVE = "publish,future,pending,draft,private"
_DOUBLED = re.compile(r"-\d{1,3}")


def open_port(portal: TargetConfig, config: Config) -> WordPressPortal:
    """Raises ``PortalError``."""
    assert portal.url is not None
    assert portal.user is not None
    return WordPressPortal(
        name=portal.name,
        url=portal.url,
        user=portal.user,
        password=password_of(portal),
        agent=user_agent(config.contact),
        fetch_image=fetch_of(config),
    )


class WordPressPortal:
    def __init__(
        self,
        *,
        name: str,
        url: str,
        user: str,
        password: Secret,
        agent: str,
        fetch_image: Fetch | None = None,
        timeout: float = TIMEOUT,
    ) -> None:
        """``fetch_image``: ``None``: posts have no images."""
        self._name, self._user, self._password = name, user, password
        auth = httpx.BasicAuth(user, password.reveal())
        self._http = PortalHTTP(url, agent=agent, auth=auth, timeout=timeout)
        self._api = RestAPI(self._http)
        self._terms = Terms(self._api)
        self._media = Media(self._api, fetch_image)
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
        fields = {**self._fields(post, None), "slug": post.slug}
        data = self._saved("/posts", fields)
        twin = self._twin(data, post)
        if twin is None:
            return posts.remote(data)
        # Two attempts at once: the later one takes itself back.
        self._api.taken(self._delete(int(data["id"]), for_good=True))
        return self.update(twin.id, post)

    def update(self, remote_id: str, post: Post) -> RemotePost:
        route = f"/posts/{int(remote_id)}"
        now = self._api.taken(self._api.call("GET", route, _EDIT))
        fields = self._fields(post, now)
        saved = posts.remote(self._saved(route, fields))
        shown_before = int(now.get("featured_media") or 0)
        if shown_before and not fields["featured_media"]:
            self._media.release(shown_before, post.key)
        return saved

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
        yield Found.SIGNED_IN
        if self._api.has_plain_permalinks:
            yield Found.PLAIN_PERMALINKS
        if not account.may_publish:
            yield Found.HANDS_IN
        if not account.may_upload:
            yield Found.NO_UPLOADS
        if not account.may_make_categories:
            yield Found.NO_NEW_CATEGORIES
        if account.is_unfiltered:
            yield Found.MORE_THAN_NEEDED
        if self._keeps_sources():
            yield Found.KEEPS_SOURCES

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

    def _fields(self, post: Post, now: Mapping[str, Any] | None) -> dict[str, Any]:
        """``now``: the post as it stands there; ``None``: it does not yet."""
        account = self._account
        before = posts.remote(now).state if now else None
        return posts.fields_of(
            post,
            status=posts.status_of(post, may_publish=account.may_publish, before=before),
            categories=self._terms.categories(post.categories),
            tags=self._terms.tags(post.tags),
            media=self._image(post, now) if post.image and account.may_upload else None,
        )

    def _image(self, post: Post, now: Mapping[str, Any] | None) -> int | None:
        """What it shows already stays where the image cannot be had today."""
        assert post.image is not None
        found = self._media.use(post.image, post.key)
        return found or int((now or {}).get("featured_media") or 0) or None

    def _saved(self, route: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        data = self._api.taken(self._api.call("POST", route, _EDIT, fields))
        assert isinstance(data, dict)
        return data

    def _delete(self, number: int, *, for_good: bool = False) -> RestAnswer:
        # Many hosts let GET and POST through only.
        params = {"_method": "DELETE", "force": "true" if for_good else "false"}
        return self._api.call("POST", f"/posts/{number}", params)
