"""A double of the editor's side of CMS Sekolahku, for tests over loopback.

The CMS itself is not in this repository: its licence forbids it. What is here was written from
what versions 2.4.6 to 2.4.13 were seen to do when they were run:

- JSON with the field ``status``, and status code 200 whatever happened;
- a ``Refresh`` header instead of a refusal for whoever is not signed in;
- ten sign-ins with an unknown name ban the address for ten minutes;
- headlines pass a filter against scripts, texts do not; both are trimmed;
- a save tells no number; the slug is made anew from the headline; ``created_at`` is now;
- tables of three-byte characters, columns of 255: the rest is lost in silence;
- lists in no order; deleting marks a row only.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes

from werkzeug import Request, Response

USER, PASSWORD = "guru", "rahasia123"
NOW = "2026-11-25 18:00:00"

_CALLS = "alert|cmd|passthru|eval|exec|expression|system|fopen|file|readfile|unlink"


@dataclass
class Double:
    """``faults``: what goes wrong once, or while it is set."""

    posts: dict[int, dict[str, Any]] = field(default_factory=dict)
    categories: dict[int, str] = field(default_factory=lambda: {1: "Uncategorized"})
    sessions: set[str] = field(default_factory=set)
    sign_ins: int = 0
    unknown_names: int = 0
    may_blog: bool = True
    asks_token: bool = False
    asked: list[str] = field(default_factory=list)
    cuts_off_after: str | None = None
    """The path of a request that is carried out, but whose answer is lost."""

    def __call__(self, request: Request) -> Response:
        self.asked.append(request.path)
        if self.asks_token:
            return Response("The action you have requested is not allowed.", status=403)
        if request.path == "/login/verify":
            return self._sign_in(request)
        if request.cookies.get("_sessions") not in self.sessions:
            return Response("", headers={"Refresh": "0;url=/login"})
        if not self.may_blog:
            return Response("", status=303, headers={"Location": "/"})
        if request.headers.get("X-Requested-With") != "XMLHttpRequest":
            return Response("")
        found = self._answer(request.path.strip("/").split("/"), request)
        if self.cuts_off_after and request.path.startswith(self.cuts_off_after):
            self.cuts_off_after = None
            return Response("", status=504)
        return _json(found)

    def _sign_in(self, request: Request) -> Response:
        self.sign_ins += 1
        is_banned = self.unknown_names >= 10
        if not is_banned and request.form["user_name"] != USER:
            self.unknown_names += 1
        is_ok = (
            not is_banned
            and request.form["user_name"] == USER
            and xss_clean(request.form["user_password"]) == PASSWORD
        )
        status = "success" if is_ok else "error"
        response = _json({"status": status, "ip_banned": self.unknown_names >= 10})
        if is_ok:
            session = secrets.token_hex(8)
            self.sessions.add(session)
            response.set_cookie("_sessions", session, httponly=True)
        return response

    def _answer(self, path: list[str], request: Request) -> Any:
        form = request.form
        match path:
            case ["blog", "posts", "pagination"]:
                rows = [
                    {name: row[name] for name in ("id", "post_title", "post_status", "created_at")}
                    for row in reversed(self.posts.values())
                    if _like(row, xss_clean(form["keyword"]).strip())
                ]
                return _page(rows, form)
            case ["blog", "post_categories", "pagination"]:
                rows = [{"id": n, "category_name": name} for n, name in self.categories.items()]
                return _page(rows, form)
            case ["blog", "post_categories", "save"]:
                return self._make_category(xss_clean(form["category_name"]).strip()[:255])
            case ["blog", "posts", "find_id"]:
                return self.posts.get(int(form["id"]))
            case ["blog", "posts", "save", *rest]:
                return self._save(int(rest[0]) if rest else None, request)
            case ["blog", "posts", "set_created_at"]:
                self.posts[int(form["id"])]["created_at"] = form["created_at"]
            case ["blog", "posts", "delete" | "restore" as what]:
                self.posts[int(form["id"])]["is_deleted"] = str(what == "delete").lower()
            case _:
                return {"status": "error"}
        return {"status": "success"}

    def _make_category(self, name: str) -> Any:
        if name.casefold() in map(str.casefold, self.categories.values()):
            return {"status": "error", "insert_id": 0, "message": "not_created"}
        number = len(self.categories) + 1
        self.categories[number] = name
        return {"status": "success", "insert_id": number}

    def _save(self, number: int | None, request: Request) -> Any:
        form = {name: value.strip() for name, value in request.form.items()}
        if not form["post_title"] or not form["post_content"]:
            return {"status": "error", "message": "<div>&sdot; The Title field is required.</div>"}
        title = _stored(xss_clean(form["post_title"]))[:255]
        row = {
            "post_title": title,
            "post_content": _stored(form["post_content"]),
            "post_categories": form["post_categories"][:255],
            "post_status": form["post_status"],
            "post_visibility": form["post_visibility"],
            "post_comment_status": form["post_comment_status"],
            "post_tags": _stored(xss_clean(form["post_tags"]))[:255],
            "post_slug": re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-"),
        }
        if "post_image" in request.files:
            row["post_image"] = request.files["post_image"].read()
        if number is not None and number not in self.posts:
            return {"status": "error", "message": "Terjadi kesalahan dalam menyimpan data"}
        if number is None:
            number = len(self.posts) + 1
            fresh = {"id": number, "created_at": NOW, "is_deleted": "false", "post_image": None}
            self.posts[number] = fresh
        self.posts[number].update(row)
        return {"status": "success", "action": "insert"}


def xss_clean(text: str) -> str:
    """What CodeIgniter's filter does to texts such as headlines."""
    if "%" in text:
        text = re.sub(r"%(?:\s*[0-9a-fA-F]){2,}", _decoded, text)
    text = re.sub(r"(?i)javascript\s*:", "[removed]", text)
    text = re.sub(r"(?is)</*(?:script|xss).*?>", "[removed]", text)
    text = re.sub(
        r"(?i)<(/*\s*(?:iframe|form|input|style|title|video)[^><]*)>", r"&lt;\1&gt;", text
    )
    return re.sub(rf"(?is)({_CALLS})(\s*)\((.*?)\)", r"\1\2&#40;\3&#41;", text)


def _decoded(found: re.Match[str]) -> str:
    return unquote_to_bytes(re.sub(r"\s", "", found[0])).decode("utf-8", "replace")


def _stored(text: str) -> str:
    return "".join(char if ord(char) <= 0xFFFF else "????" for char in text)


def _like(row: dict[str, Any], keyword: str) -> bool:
    return any(
        keyword.casefold() in str(row[name]).casefold()
        for name in ("post_title", "post_status", "created_at")
    )


def _page(rows: list[dict[str, Any]], form: Any) -> Any:
    size, number = int(form["per_page"]), int(form["page_number"])
    total = -(-len(rows) // size)
    return {"rows": rows[number * size :][:size], "total_page": total, "total_rows": len(rows)}


def _json(found: Any) -> Response:
    return Response(json.dumps(found, default=len), content_type="application/json")
