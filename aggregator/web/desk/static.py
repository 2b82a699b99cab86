"""Style and script of the desk, as files of their own: no page has any inside."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response


@dataclass(frozen=True)
class StaticFile:
    name: str
    media_type: str

    @cached_property
    def content(self) -> bytes:
        return (files("aggregator.web.desk") / "static" / self.name).read_bytes()

    @cached_property
    def version(self) -> str:
        """Part of its address on pages, so that a browser may keep it."""
        return hashlib.sha256(self.content).hexdigest()[:12]

    async def respond(self, _request: Request) -> Response:
        headers = {
            "Cache-Control": "public, max-age=86400",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        return Response(self.content, media_type=self.media_type, headers=headers)


STATIC = {
    file.name: file
    for file in (
        StaticFile("desk.css", "text/css; charset=utf-8"),
        StaticFile("desk.js", "text/javascript; charset=utf-8"),
        StaticFile("desk.svg", "image/svg+xml"),
    )
}
