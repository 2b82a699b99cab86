"""What was decided by another program is seen, though answers are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from starlette.types import Receive, Scope, Send

from aggregator.errors import StorageError
from aggregator.model import AuditEntry
from aggregator.takedown import take_down
from aggregator.web import decided
from aggregator.web.answers import Answer, KeptAnswers
from aggregator.web.decided import DecidedElsewhere
from aggregator.webconfig import WebConfig
from storage import audit
from storage.database import Database
from tests.aggregator.web.conftest import Ask, Put
from tests.pipelines.builders import NOW

ANSWER = Answer(body=b"an answer", media_type="text/plain")


def act(database: Database) -> None:
    with database.session() as session:
        audit.write(session, AuditEntry(at=NOW, who="Bu Ani", action="approved", article_id=None))


class Seconds:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def nothing(scope: Scope, receive: Receive, send: Send) -> None: ...


def pass_through(app: DecidedElsewhere) -> None:
    async def unheard(*_: object) -> None: ...

    asyncio.run(app({"type": "http", "method": "GET"}, unheard, unheard))  # type: ignore[arg-type]


def test_an_act_of_a_person_ends_what_is_kept(database: Database) -> None:
    seconds, kept = Seconds(), KeptAnswers(60)
    app = DecidedElsewhere(nothing, database=database, kept=[kept], clock=seconds)
    pass_through(app)
    kept.prepare("question", ANSWER)
    seconds.now += 5
    pass_through(app)
    assert kept.find("question")
    act(database)
    seconds.now += 5
    pass_through(app)
    assert not kept.find("question")


def test_it_is_looked_for_once_a_second(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[float] = []
    seconds = Seconds()
    app = DecidedElsewhere(nothing, database=database, kept=[], clock=seconds)
    monkeypatch.setattr(audit, "last_number", lambda _: looked.append(seconds.now))
    for seconds.now in (0.0, 0.1, 0.9, 1.0, 1.5, 2.5):
        pass_through(app)
    assert looked == [0.0, 1.0, 2.5]


def test_a_database_that_cannot_be_asked_leaves_what_is_kept(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_session: object) -> None:
        raise StorageError("sqlite:///news.db", "disk I/O error")

    seconds, kept = Seconds(), KeptAnswers(60)
    app = DecidedElsewhere(nothing, database=database, kept=[kept], clock=seconds)
    pass_through(app)
    kept.prepare("question", ANSWER)
    monkeypatch.setattr(audit, "last_number", fails)
    seconds.now += 5
    pass_through(app)
    assert kept.find("question")


def test_a_takedown_by_command_is_seen_on_pages_and_in_the_api(
    put: Put,
    ask_as: Callable[..., Ask],
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(decided, "EVERY", 0.0)
    number = put(headline="Diminta Penerbit")
    ask = ask_as(web=WebConfig(max_age=60, rate_limit=0))
    paths = ("/", "/api/v1/articles", "/feed.rss")
    for path in paths:
        assert "Diminta Penerbit" in ask(path).text, path
    take_down(database, number, by="Bu Ani", reason="diminta penerbit", now=NOW)
    for path in paths:
        assert "Diminta Penerbit" not in ask(path).text, path
    assert ask(f"/api/v1/articles/{number}").status_code == 410
