"""A browser for tests: it keeps cookies as browsers do, and sends forms that pages showed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

import httpx
from lxml import html

ADMIN, EDITOR = "Kepala", "Bu Ani"
SECRET = "jeruk-nipis-7-botol"

_TOKEN = re.compile(r'name="form_token" value="([0-9a-f]+)"')


@dataclass
class Browser:
    app: Any
    base: str = "https://berita.example"
    address: str = "203.0.113.7"
    cookies: dict[str, str] = field(default_factory=dict)
    set_cookies: list[str] = field(default_factory=list)
    """As they were sent, of the last answer."""

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.ask("GET", path, **options)

    def post(
        self, path: str, fields: Mapping[str, str] | None = None, **options: Any
    ) -> httpx.Response:
        """A form with what is given and nothing else."""
        return self.ask("POST", path, data=dict(fields or {}), **options)

    def send(self, path: str, on: str = "/meja/sandi", **fields: str) -> httpx.Response:
        """A form with the token that our page shows."""
        return self.post(path, {"form_token": self.token(on), **fields})

    def token(self, page: str = "/meja/sandi") -> str:
        found = _TOKEN.search(self.get(page).text)
        assert found is not None, f"no form on {page}"
        return found[1]

    def sign_in(self, name: str = EDITOR, password: str = SECRET, **more: str) -> httpx.Response:
        return self.send("/meja/masuk", on="/meja/masuk", name=name, password=password, **more)

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        async def asking() -> httpx.Response:
            transport = httpx.ASGITransport(
                self.app, client=(self.address, 5000), raise_app_exceptions=False
            )
            headers = {**dict(options.pop("headers", {}))}
            if self.cookies:
                headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
            async with httpx.AsyncClient(transport=transport, base_url=self.base) as client:
                return await client.request(method, path, headers=headers, **options)

        answer = asyncio.run(asking())
        self.set_cookies = answer.headers.get_list("set-cookie")
        for line in self.set_cookies:
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
        return answer


def forms(answer: httpx.Response) -> list[Any]:
    return list(html.fromstring(answer.content).forms)


def text_of(answer: httpx.Response) -> str:
    return " ".join(html.fromstring(answer.content).text_content().split())
