"""A post as WordPress's fields, and back. Pure.

WordPress keeps headlines and excerpts as HTML, ours are plain text. What it keeps of a body (asked
for with ``context=edit``, before the filters that print it) is what it was given, as long as that
is no more than an account without the right ``unfiltered_html`` may write.

When it prints a body, ``[gallery]`` becomes a gallery and an address on a line of its own a player
or a foreign page. Texts of publishers are no place for either, so that both are written with
entities, in the very form that WordPress's filter gives them, and read back without.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aggregator.publish.images import photo_words
from aggregator.publish.letters import numbered, undressed
from aggregator.publish.port import Image, Post, PostState, RemotePost

SOURCE_URL = "_agg_source_url"
KEY = "_agg_id"
"""Kept where our plugin has registered them, dropped in silence by a WordPress without it."""

STATUSES: Mapping[str, PostState] = {
    "publish": PostState.PUBLISHED,
    "future": PostState.SCHEDULED,
    "pending": PostState.PENDING,
    "draft": PostState.HIDDEN,
    "private": PostState.HIDDEN,
    "trash": PostState.HIDDEN,
    "auto-draft": PostState.HIDDEN,
}
_STATUS = {
    PostState.PUBLISHED: "publish",
    PostState.SCHEDULED: "future",
    PostState.PENDING: "pending",
    PostState.HIDDEN: "draft",
}
_PHOTO = re.compile(r'<p class="agg-photo">[^\n]*</p>\n')
_TAG = re.compile(r'(<(?:[^<>"]|"[^"]*")*>)')
_ADDRESS = re.compile(r"\b(https?)://", re.IGNORECASE)
_LARGE = re.compile(r"&#x((?:[1-9a-f]|10)[0-9a-f]{4});")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, kw_only=True)
class Account:
    """What the portal lets us do."""

    id: int
    roles: tuple[str, ...]
    may_write: bool
    may_publish: bool
    may_upload: bool
    may_make_categories: bool
    is_unfiltered: bool
    """It may store any HTML; more than we need."""


def account(data: Mapping[str, Any]) -> Account:
    """From ``/users/me?context=edit``."""
    given = data.get("capabilities")
    rights = given if isinstance(given, dict) else {}
    return Account(
        id=int(data.get("id") or 0),
        roles=tuple(map(str, data.get("roles") or ())),
        may_write=bool(rights.get("edit_posts")),
        may_publish=bool(rights.get("publish_posts")),
        may_upload=bool(rights.get("upload_files")),
        may_make_categories=bool(rights.get("manage_categories")),
        is_unfiltered=bool(rights.get("unfiltered_html")),
    )


def status_of(post: Post, *, may_publish: bool, before: PostState | None = None) -> str:
    """``before``: how the post stands there now.

    Whoever may not publish hands in. What an editor of the portal has published stays so: a
    correction that waits would take the article away.
    """
    if post.state is PostState.HIDDEN:
        return "draft"
    if before is PostState.PUBLISHED and post.state is PostState.PENDING:
        return "publish"
    return _STATUS[post.state] if may_publish else "pending"


def fields_of(
    post: Post, *, status: str, categories: list[int], tags: list[int], media: int | None
) -> dict[str, Any]:
    """What a new post and an updated one have in common."""
    return {
        "title": title(post),
        "content": _inert((_photo_line(post.image) if media else "") + undressed(post.body_html)),
        "excerpt": _inert(html.escape(undressed(post.excerpt), quote=False)),
        "status": status,
        "date_gmt": post.shown_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "categories": categories,
        "tags": tags,
        "featured_media": media or 0,
        "meta": {SOURCE_URL: post.source_url, KEY: post.key},
    }


def title(post: Post) -> str:
    headline = _SPACES.sub(" ", undressed(post.headline)).strip()
    return numbered(html.escape(headline, quote=False))


def remote(data: Mapping[str, Any]) -> RemotePost:
    """From an answer in the context ``edit``; without the line that we put beneath the image."""
    state = STATUSES.get(str(data.get("status")), PostState.HIDDEN)
    return RemotePost(
        id=str(data["id"]),
        url=str(data["link"]) if state is PostState.PUBLISHED and data.get("link") else None,
        headline=html.unescape(_raw(data, "title")),
        body_html=_PHOTO.sub("", _as_given(_raw(data, "content")), count=1),
        shown_at=_time(data.get("date_gmt")),
        state=state,
    )


def printed(post: Post) -> tuple[str, str]:
    return html.unescape(title(post)), undressed(post.body_html)


def _photo_line(image: Image | None) -> str:
    """Themes show a featured image without its caption, and a photo needs its credit."""
    said = photo_words(image)
    return f'<p class="agg-photo">Foto: {html.escape(said, quote=False)}</p>\n' if said else ""


def _inert(text: str) -> str:
    """Without shortcodes and addresses that become players, nor what old tables cannot hold."""
    pieces = _TAG.split(text)
    pieces[::2] = [
        _ADDRESS.sub(r"\1&#058;//", piece.replace("[", "&#091;")) for piece in pieces[::2]
    ]
    return numbered("".join(pieces))


def _as_given(kept: str) -> str:
    text = kept.replace("&#091;", "[").replace("&#058;//", "://")
    return _LARGE.sub(lambda found: chr(int(found[1], 16)), text)


def _raw(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    return str(value.get("raw", "")) if isinstance(value, dict) else ""


def _time(stated: object) -> datetime | None:
    if not isinstance(stated, str):
        return None
    try:
        return datetime.fromisoformat(stated).replace(tzinfo=UTC)
    except ValueError:
        return None
