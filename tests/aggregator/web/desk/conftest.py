"""A desk over a database of each kind, with an administrator, an editor and articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from aggregator import accounts
from aggregator.accounts import Signature
from aggregator.cli.text import Translator
from aggregator.config import Config
from aggregator.model import AttributedArticle, DeskRole
from aggregator.publish.fordesk import Outbox
from aggregator.web.app import create_app
from aggregator.web.desk.opening import open_desk
from aggregator.webconfig import WebConfig
from pipelines.relate import compare_all_pending
from pipelines.store import store
from storage.database import Database
from tests.aggregator.publish.fakeport import FakePort, FakePortal
from tests.aggregator.test_signin import PASSWORDS
from tests.aggregator.web.desk.browser import ADMIN, EDITOR, SECRET, Browser
from tests.pipelines.builders import NOW
from tests.pipelines.stories import edited, story
from tests.pipelines.test_relate import _introduce, article


@dataclass
class Watch:
    """A clock that tests set."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at

    def forward(self, span: timedelta) -> None:
        self.at += span


Put = Callable[..., None]


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def put_all(database: Database) -> Put:
    def put_all(*found: AttributedArticle) -> None:
        for one in found:
            store(database, one, cause="channel")
        compare_all_pending(database)

    return put_all


@pytest.fixture
def filled(database: Database, put_all: Put) -> Database:
    """1 and 2 print one text, 1 for both; 3 is of the government."""
    _introduce(database)
    put_all(
        article(1, story(1), hours=1, headline="Siswa Merakit Robot"),
        article(2, edited(story(1), 0.02), "lain", hours=2, headline="Robot Buatan Siswa"),
        article(3, story(3), "dinas", hours=3, headline="Dinas Membuka Pendaftaran"),
    )
    with database.session() as session:
        for name, role in ((ADMIN, DeskRole.ADMIN), (EDITOR, DeskRole.EDITOR)):
            signed = Signature(by="tes", now=NOW)
            accounts.add(session, PASSWORDS, name, SECRET, role, signed)
    return database


@pytest.fixture
def pushed() -> list[int]:
    """The articles that were brought to the portals."""
    return []


@pytest.fixture
def portal() -> FakePortal:
    """The school's, where one is configured."""
    return FakePortal()


@pytest.fixture
def app_as(
    filled: Database, reading: Database, watch: Watch, pushed: list[int], portal: FakePortal
) -> Iterator[Callable[..., Any]]:
    """``app_as(web=WebConfig(…))`` is the web side with this configuration."""
    opened = []

    def app_as(**settings: Any) -> Any:
        url = filled.engine.url.render_as_string(hide_password=False)
        own = {"web": WebConfig(rate_limit=0), "database_url": url, **settings}
        config = Config(**own)
        desk = open_desk(
            config,
            reading,
            Translator(config.language),
            passwords=PASSWORDS,
            clock=watch,
            push=pushed.append,
            outbox=lambda writing: Outbox(
                writing,
                config,
                lambda _told: None,
                opener=lambda *_: FakePort(portal),
                clock=watch,
            ),
        )
        assert desk is not None
        opened.append(desk)
        return create_app(config, reading, Translator, desk)

    yield app_as
    for desk in opened:
        desk.writing.close()


@pytest.fixture
def app(app_as: Callable[..., Any]) -> Any:
    return app_as()


@pytest.fixture
def browser(app: Any) -> Browser:
    """Of somebody who has not signed in."""
    return Browser(app)


@pytest.fixture
def editor(browser: Browser) -> Browser:
    browser.sign_in()
    return browser


@pytest.fixture
def admin(app: Any) -> Browser:
    own = Browser(app)
    own.sign_in(ADMIN)
    return own
