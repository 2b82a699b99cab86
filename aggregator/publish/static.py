"""A static site: a folder of pages and feeds, for any host that serves files.

Articles and what they were made from are kept beside the folder, in ``<folder>.aggregator``, which
is not to be uploaded: it may hold what readers are not to see. A page that somebody edited by hand
is that person's; style sheets too. Lists and feeds are made anew.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aggregator.config import Config
from aggregator.errors import PortalRefusedError, PortalUnavailableError, PostRefusedError
from aggregator.publish import staticpages
from aggregator.publish.images import Fetch, digest_of, fetch_of, suffix_of
from aggregator.publish.port import Image, Post, PostState, RemotePost
from aggregator.publish.staticfolder import OurFiles, replace_text
from aggregator.publish.staticpages import Page, StaticSite
from aggregator.publishconfig import TargetConfig
from aggregator.times import system_clock

STYLE = "gaya.css"
WRITES = "the folder can be written"

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,150}")


TITLE = "Berita Pendidikan"
"""Of a school that has not written its name."""


def open_port(portal: TargetConfig, config: Config) -> StaticPortal:
    assert portal.url is not None
    assert portal.folder is not None
    return StaticPortal(
        name=portal.name,
        folder=portal.folder,
        url=portal.url,
        title=config.school or TITLE,
        zone=ZoneInfo(portal.timezone or config.timezone),
        fetch_image=fetch_of(config),
    )


class StaticPortal:
    def __init__(
        self,
        *,
        name: str,
        folder: Path,
        url: str,
        title: str,
        zone: ZoneInfo,
        fetch_image: Fetch | None = None,
        now: Callable[[], datetime] = system_clock,
    ) -> None:
        """``url``: where the folder is served. ``fetch_image``: as WordPress's."""
        self._name, self._folder = name, folder
        self._site = StaticSite(title=title, url=url.rstrip("/"), zone=zone)
        self._fetch_image, self._now = fetch_image, now
        self._state = folder.with_name(f"{folder.name}.aggregator")
        self._read: dict[str, Page] | None = None
        self._opened: OurFiles | None = None

    @property
    def name(self) -> str:
        return self._name

    def close(self) -> None:
        pass

    def check(self) -> tuple[str, ...]:
        try:
            self._require_ours(staticpages.lists(self._site, self._shown()))
            self._folder.mkdir(parents=True, exist_ok=True)
            self._state.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise self._unusable(error) from error
        for folder in (self._folder, self._state):
            if not os.access(folder, os.W_OK | os.X_OK):
                raise PortalRefusedError(self._name, "{path} cannot be written", path=folder)
        return (WRITES,)

    def find(self, post: Post) -> RemotePost | None:
        return self.read(post.key)

    def read(self, remote_id: str) -> RemotePost | None:
        page = self._pages.get(remote_id)
        if page is None:
            return None
        post = page.post
        body = self._files.read(staticpages.path_of(post))
        is_hidden = post.state is PostState.HIDDEN or self._is_early(post)
        if body is None and not is_hidden:
            return None  # somebody deleted it
        headline, text = staticpages.read_article(body) if body else (post.headline, post.body_html)
        return RemotePost(
            id=post.key,
            url=self._site.address(staticpages.path_of(post)) if body else None,
            headline=headline,
            body_html=text,
            shown_at=post.shown_at,
            state=PostState.SCHEDULED if self._is_early(post) else post.state,
        )

    def create(self, post: Post) -> RemotePost:
        return self._put(post)

    def update(self, remote_id: str, post: Post) -> RemotePost:
        known = self._pages.get(remote_id)
        slug = known.post.slug if known else post.slug
        return self._put(replace(post, key=remote_id, slug=slug))

    def hide(self, remote_id: str) -> None:
        page = self._pages.get(remote_id)
        if page is None:
            return
        try:
            hidden = replace(page.post, state=PostState.HIDDEN)
            self._store(replace(page, post=hidden))
            self._files.remove(staticpages.path_of(page.post))
            self._build()
        except OSError as error:
            raise self._unusable(error) from error

    def printed(self, post: Post) -> tuple[str, str]:
        return " ".join(post.headline.split()), post.body_html

    @property
    def _pages(self) -> dict[str, Page]:
        if self._read is None:
            files = sorted((self._state / "posts").glob("*.json"))
            found = [_loaded(file.read_text("utf-8")) for file in files]
            self._read = {page.post.key: page for page in found}
        return self._read

    @property
    def _files(self) -> OurFiles:
        if self._opened is None:
            self._opened = OurFiles(self._folder, self._state / "files.json")
        return self._opened

    def _is_early(self, post: Post) -> bool:
        return post.state is not PostState.HIDDEN and post.shown_at > self._now()

    def _put(self, post: Post) -> RemotePost:
        self._require(post)
        try:
            page = Page(post=post, image=self._image(post))
            path = staticpages.path_of(post)
            if self._files.is_foreign(path):
                raise PortalRefusedError(self._name, "{path} is not ours: move it away", path=path)
            self._store(page)
            if not self._is_early(post):
                self._files.write({path: staticpages.article(self._site, page)})
            self._build()
        except OSError as error:
            raise self._unusable(error) from error
        found = self.read(post.key)
        assert found is not None
        return found

    def _require(self, post: Post) -> None:
        if post.state is PostState.PENDING:
            raise PortalRefusedError(
                self._name, "a static site has no editor to wait for: set state = 'published'"
            )
        if not (_NAME.fullmatch(post.slug) and _NAME.fullmatch(post.key)):
            raise PostRefusedError(self._name, "its address cannot be a file's name")

    def _store(self, page: Page) -> None:
        self._state.mkdir(mode=0o700, parents=True, exist_ok=True)
        text = json.dumps({**asdict(page)}, default=_plain, ensure_ascii=False, indent=1)
        replace_text(self._state / "posts" / f"{page.post.key}.json", text)
        self._pages[page.post.key] = page

    def _image(self, post: Post) -> str | None:
        """What it shows already stays where the image cannot be had today."""
        if post.image is None:
            return None
        file = self._fetch_image(post.image.url) if self._fetch_image else None
        before = self._pages.get(post.key)
        if file is None:
            kept = before.image if before else None
            return kept if kept and self._files.knows(f"gambar/{kept}") else None
        name = f"{digest_of(file)}.{suffix_of(file)}"
        self._files.write({f"gambar/{name}": file.body})
        return name

    def _shown(self) -> list[Page]:
        return [
            page
            for page in self._pages.values()
            if page.post.state is not PostState.HIDDEN and not self._is_early(page.post)
        ]

    def _require_ours(self, lists: Iterable[str]) -> None:
        for path in sorted([*lists, STYLE]):
            if self._files.is_foreign(path):
                raise PortalRefusedError(self._name, "{path} is not ours: move it away", path=path)

    def _build(self) -> None:
        """Lists and feeds, articles whose time has come, and what is there no more."""
        shown = self._shown()
        lists = staticpages.lists(self._site, shown)
        self._require_ours(lists)
        due = dict(self._missing(shown))
        self._files.write(
            {path: staticpages.article(self._site, page) for path, page in due.items()}
        )
        self._files.write(lists)
        if not self._files.is_edited(STYLE):
            self._files.write({STYLE: _style()})
        self._files.remove_all_but(lists, "arsip/")
        self._files.remove_all_but(lists, "kategori/")
        images = {f"gambar/{page.image}": None for page in shown if page.image}
        self._files.remove_all_but(images, "gambar/")

    def _missing(self, shown: list[Page]) -> Iterator[tuple[str, Page]]:
        """Those that waited for their time; one that a person deleted stays away."""
        for page in shown:
            path = staticpages.path_of(page.post)
            if not self._files.knows(path):
                yield path, page

    def _unusable(self, error: OSError) -> PortalUnavailableError:
        return PortalUnavailableError(self._name, error.strerror or type(error).__name__)


def _style() -> bytes:
    return (Path(__file__).parent / "templates" / STYLE).read_bytes()


def _plain(value: object) -> str:
    assert isinstance(value, datetime)
    return value.isoformat()


def _loaded(text: str) -> Page:
    data: dict[str, Any] = json.loads(text)
    post = data["post"]
    return Page(
        image=data["image"],
        post=Post(
            **{
                **post,
                "categories": tuple(post["categories"]),
                "tags": tuple(post["tags"]),
                "shown_at": datetime.fromisoformat(post["shown_at"]),
                "state": PostState(post["state"]),
                "image": Image(**post["image"]) if post["image"] else None,
            }
        ),
    )
