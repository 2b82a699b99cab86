"""CMS Sekolahku, over the requests that its editor's own pages make.

For hosts that let nobody at the database. A post is made as a draft, found again by its headline
(no request tells a new one's number), given its date, and only then published: what is cut off
before leaves a draft that no reader sees. The number is what its address rests on; the slug, made
anew from each headline, is not looked at.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aggregator.alerts.secret import Secret
from aggregator.config import Config
from aggregator.errors import PortalRefusedError, PostRefusedError
from aggregator.identity import user_agent
from aggregator.pictures import Picture
from aggregator.publish import sekolahku_text
from aggregator.publish.http import TIMEOUT, PortalHTTP
from aggregator.publish.images import Fetch, fetch_of, photo_words, suffix_of
from aggregator.publish.placeholder import PLACEHOLDER
from aggregator.publish.port import Post, PostState, RemotePost
from aggregator.publish.secret import password_of
from aggregator.publish.sekolahku_session import Files, Session, Trouble
from aggregator.publishconfig import TargetConfig

FOUND = "signed in to CMS Sekolahku"
_SECONDS = "%Y-%m-%d %H:%M:%S"
_IMAGES = ("image/jpeg", "image/png", "image/gif")
_PHOTO = re.compile(r'\n<p class="agg-photo">[^\n]*</p>$')
# Its filter takes "15% dari" for an encoded character.
_PERCENT = re.compile(r"\s*%")


def open_port(portal: TargetConfig, config: Config) -> SekolahkuHTTPPortal:
    """Raises ``PortalError``."""
    assert portal.url is not None
    assert portal.user is not None
    return SekolahkuHTTPPortal(
        name=portal.name,
        url=portal.url,
        user=portal.user,
        password=password_of(portal),
        agent=user_agent(config.contact),
        zone=ZoneInfo(portal.timezone or config.timezone),
        fetch_image=fetch_of(config),
    )


class SekolahkuHTTPPortal:
    def __init__(
        self,
        *,
        name: str,
        url: str,
        user: str,
        password: Secret,
        agent: str,
        zone: ZoneInfo,
        fetch_image: Fetch | None = None,
        timeout: float = TIMEOUT,
    ) -> None:
        """``zone``: the portal's, whose times have none. ``fetch_image``: as WordPress's."""
        self._name, self._zone, self._fetch_image = name, zone, fetch_image
        self._http = PortalHTTP(url, agent=agent, timeout=timeout)
        self._session = Session(self._http, user, password)
        self._categories: dict[str, int] | None = None

    @property
    def name(self) -> str:
        return self._name

    def close(self) -> None:
        self._http.close()

    def check(self) -> tuple[str, ...]:
        next(self._session.rows("/blog/posts/pagination", ""), None)
        return (FOUND,)

    def find(self, post: Post) -> RemotePost | None:
        """By its headline, else by its date; it is the one that names the original."""
        for keyword in (headline(post), self._local(post.shown_at)):
            for listed in self._session.rows("/blog/posts/pagination", keyword):
                row = self._row(str(listed["id"]))
                if row is not None and _names(row, post):
                    return self._remote(row)
        return None

    def read(self, remote_id: str) -> RemotePost | None:
        row = self._row(remote_id)
        return self._remote(row) if row is not None else None

    def create(self, post: Post) -> RemotePost:
        self._require(post)
        file = self._image(post)
        fields = self._fields(post, has_photo=file is not PLACEHOLDER)
        self._save("/blog/posts/save", {**fields, "post_status": "draft"}, _upload(file))
        made = self.find(post)
        if made is None:
            raise PostRefusedError(self._http.url, "the portal took the post and does not show it")
        return self._finish(made.id, post, fields)

    def update(self, remote_id: str, post: Post) -> RemotePost:
        self._require(post)
        row = self._row(remote_id)
        if row is None:
            raise PostRefusedError(self._http.url, "the post was deleted in the portal")
        # Of a withdrawn article nothing stays, its image least of all; others keep theirs.
        file = PLACEHOLDER if post.source_url not in post.body_html else None
        had_photo = _PHOTO.search(str(row["post_content"] or "")) is not None
        fields = self._fields(post, has_photo=had_photo and post.image is not None)
        if post.state is PostState.PENDING and row["post_status"] == "publish":
            fields["post_status"] = "publish"  # an editor of the portal published it
        self._save(f"/blog/posts/save/{int(remote_id)}", fields, _upload(file) if file else {})
        return self._finish(remote_id, post, fields)

    def hide(self, remote_id: str) -> None:
        if self._row(remote_id) is not None:
            self._done("/blog/posts/delete", {"id": str(int(remote_id))})

    def printed(self, post: Post) -> tuple[str, str]:
        return html.unescape(headline(post)), sekolahku_text.body(post.body_html)

    def _require(self, post: Post) -> None:
        if post.state is PostState.SCHEDULED:
            # It prints future posts at once.
            raise PostRefusedError(
                self._http.url, "this portal cannot wait: send it when its time has come"
            )

    def _finish(self, remote_id: str, post: Post, fields: Mapping[str, str]) -> RemotePost:
        number = str(int(remote_id))
        row = self._row(number)
        local = self._local(post.shown_at)
        if row is not None and row["created_at"] != local:
            self._done("/blog/posts/set_created_at", {"id": number, "created_at": local})
        if row is not None and row["is_deleted"] == "true":
            self._done("/blog/posts/restore", {"id": number})
        if row is not None and row["post_status"] != fields["post_status"]:
            self._save(f"/blog/posts/save/{number}", fields, {})
        found = self.read(number)
        if found is None:
            raise PostRefusedError(self._http.url, "the post was deleted in the portal")
        return found

    def _fields(self, post: Post, *, has_photo: bool) -> dict[str, str]:
        numbers = [self._category(name) for name in post.categories]
        return {
            "post_title": headline(post),
            "post_content": sekolahku_text.body(post.body_html)
            + (photo_line(post) if has_photo else ""),
            "post_categories": ",".join(f"+{number}+" for number in numbers),
            "post_status": "publish" if post.state is PostState.PUBLISHED else "draft",
            "post_visibility": "public",
            "post_comment_status": "close",
            "post_tags": _PERCENT.sub(" persen", sekolahku_text.tags(post.tags)),
        }

    def _category(self, name: str) -> int:
        name = _PERCENT.sub(" persen", sekolahku_text.category(name))
        if self._categories is None:
            self._categories = dict(self._known_categories())
        key = name.casefold()
        if key not in self._categories:
            form = {"category_name": name, "category_description": ""}
            found = self._done("/blog/post_categories/save", form)
            self._categories[key] = int(found["insert_id"])
        return self._categories[key]

    def _known_categories(self) -> Iterator[tuple[str, int]]:
        for row in self._session.rows("/blog/post_categories/pagination", ""):
            yield html.unescape(str(row["category_name"])).casefold(), int(row["id"])

    def _image(self, post: Post) -> Picture:
        """A neutral one where there is none: themes print a broken one instead."""
        file = None
        if post.image is not None and self._fetch_image is not None:
            file = self._fetch_image(post.image.url)
        return file if file is not None and file.media_type in _IMAGES else PLACEHOLDER

    def _row(self, remote_id: str) -> dict[str, Any] | None:
        found = self._session.ask("/blog/posts/find_id", {"id": str(int(remote_id))})
        if not isinstance(found, dict):
            return None
        if not {"id", "post_title", "post_content", "post_status", "is_deleted"} <= set(found):
            raise PortalRefusedError(self._http.url, Trouble.NO_CMS)
        return found

    def _remote(self, row: Mapping[str, Any]) -> RemotePost:
        state = _state(row)
        url = f"{self._http.url}/read/{row['id']}/{row.get('post_slug') or ''}"
        return RemotePost(
            id=str(row["id"]),
            url=url if state is PostState.PUBLISHED else None,
            headline=html.unescape(str(row["post_title"] or "")),
            body_html=_PHOTO.sub("", str(row["post_content"] or "")),
            shown_at=self._time(row.get("created_at")),
            state=state,
        )

    def _save(self, path: str, fields: Mapping[str, str], files: Files) -> None:
        self._done(path, fields, files)

    def _done(self, path: str, form: Mapping[str, str], files: Files | None = None) -> Any:
        found = self._session.ask(path, form, files)
        if not isinstance(found, dict) or found.get("status") != "success":
            said = found.get("message") if isinstance(found, dict) else None
            raise PostRefusedError(self._http.url, _words(said))
        return found

    def _local(self, moment: datetime) -> str:
        return moment.astimezone(self._zone).strftime(_SECONDS)

    def _time(self, stated: object) -> datetime | None:
        try:
            return datetime.strptime(str(stated), _SECONDS).replace(tzinfo=self._zone)
        except ValueError:
            return None


def headline(post: Post) -> str:
    return sekolahku_text.cut(
        _PERCENT.sub(" persen", sekolahku_text.headline(post.headline)), sekolahku_text.LONGEST
    )


def photo_line(post: Post) -> str:
    """At the end, where no teaser reaches; in letters that may be cut anywhere."""
    said = html.escape(photo_words(post.image), quote=False)
    return sekolahku_text.ascii_only(f'\n<p class="agg-photo">Foto: {said}</p>') if said else ""


def _upload(file: Picture) -> Files:
    return {"post_image": (f"gambar.{suffix_of(file)}", file.body, file.media_type)}


def _names(row: Mapping[str, Any], post: Post) -> bool:
    """A post is the article's that links to its original."""
    return f'href="{html.escape(post.source_url)}"' in str(row["post_content"] or "")


def _state(row: Mapping[str, Any]) -> PostState:
    if row["is_deleted"] == "true" or row.get("post_visibility") == "private":
        return PostState.HIDDEN
    return PostState.PUBLISHED if row["post_status"] == "publish" else PostState.PENDING


def _words(said: object) -> str:
    text = " ".join(re.sub(r"<[^>]*>|&\w+;", " ", str(said or "")).split())
    return text[:200] or "the portal did not save it"
