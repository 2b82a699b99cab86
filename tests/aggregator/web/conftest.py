"""The web side in one process, over a database of each kind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import httpx
import pytest

from aggregator.cli.text import Translator
from aggregator.config import Config
from aggregator.model import RightsBasis
from aggregator.portalconfig import Approval, PortalConfig
from aggregator.web.app import create_app
from aggregator.webconfig import WebConfig
from pipelines.attribute import attribute
from pipelines.relate import compare_all_pending
from pipelines.store import store
from storage import channels
from storage.database import Database, open_database
from tests.pipelines.builders import body_of, normalised, publisher
from tests.pipelines.stories import story

OPENED = PortalConfig(approval=Approval.NONE)

Put = Callable[..., int]
Ask = Callable[..., httpx.Response]

OPEN = RightsBasis.GOVERNMENT
"""A ground on which text may leave."""


@pytest.fixture
def put(database: Database) -> Put:
    """``put(basis=…, headline="…")`` stores one more article and returns its number."""
    numbers = count(1)

    def put(
        *, basis: RightsBasis = RightsBasis.EXCERPT_ONLY, name: str = "contoh", **changes: Any
    ) -> int:
        number = next(numbers)
        about = publisher(name=name, rights_basis=basis)
        with database.session() as session:
            channels.ensure(session, about, ())
        own = {
            "publisher": name,
            "url": f"https://contoh.example/berita/{number}/judul",
            "body_html": body_of(f"Isi berita nomor {number}."),
        }
        found = attribute(normalised(**{**own, **changes}), about)
        outcome = store(database, found, cause="channel")
        assert outcome.article_id is not None
        return outcome.article_id

    return put


@pytest.fixture
def prints(put: Put, database: Database) -> Callable[..., list[int]]:
    """``prints({…}, {…})`` stores one print of a text for each, compares them, and returns their
    numbers."""

    def prints(*changes: dict[str, Any], text: str = "text") -> list[int]:
        numbers = [put(**{"body_html": body_of(story(text)), **own}) for own in changes]
        compare_all_pending(database)
        return numbers

    return prints


@pytest.fixture
def reading(database: Database) -> Iterator[Database]:
    """The same database as the web process opens it."""
    opened = open_database(database.engine.url.render_as_string(hide_password=False))
    yield opened
    opened.close()


@pytest.fixture
def ask_as(reading: Database) -> Callable[..., Ask]:
    """``ask_as(web=WebConfig(…))`` is a client of the web side with this configuration."""

    def ask_as(**settings: Any) -> Ask:
        # Unless a test is about them: nothing kept, no limit, and nobody has to approve.
        own = {"web": WebConfig(max_age=0, rate_limit=0), "portal": OPENED, **settings}
        return client(create_app(Config(**own), reading, Translator))

    return ask_as


@pytest.fixture
def ask(ask_as: Callable[..., Ask]) -> Ask:
    """``ask("/api/v1/articles", headers={…})``"""
    return ask_as()


def client(app: Any, address: str = "203.0.113.7") -> Ask:
    def ask(path: str, method: str = "GET", **options: Any) -> httpx.Response:
        async def asking() -> httpx.Response:
            # As a server hands it on: raw, with the address of whoever asks.
            transport = httpx.ASGITransport(app, client=(options.pop("address", address), 5000))
            base = options.pop("base", "http://berita.example")
            async with httpx.AsyncClient(transport=transport, base_url=base) as asked:
                return await asked.request(method, path, **options)

        return asyncio.run(asking())

    return ask
