"""The desk over a database, made ready."""

from __future__ import annotations

from collections.abc import Callable

from aggregator.config import Config
from aggregator.deskoutbox import DeskOutbox
from aggregator.errors import DatabaseReadOnlyError
from aggregator.passwords import Passwords
from aggregator.signin import SignIn
from aggregator.times import Clock, system_clock
from aggregator.web.desk.page import Desk
from aggregator.web.desk.render import renderer
from aggregator.web.problems import Speaker
from storage.database import Database, open_database


def open_desk(
    config: Config,
    reading: Database,
    say: Speaker,
    *,
    passwords: Passwords | None = None,
    clock: Clock = system_clock,
    push: Callable[[int], object] = lambda _article_id: None,
    outbox: Callable[[Database], DeskOutbox] | None = None,
) -> Desk | None:
    """``None`` where the database cannot be written: the rest of the web side needs no more than
    reading. ``outbox``: of a database that can be written. ``Desk.writing`` is to be closed."""
    try:
        writing = open_database(config.database_url, writable=True)
    except DatabaseReadOnlyError:
        return None
    checked = passwords or Passwords()
    return Desk(
        config=config,
        reading=reading,
        writing=writing,
        passwords=checked,
        door=SignIn(writing, reading, config, checked),
        say=say,
        clock=clock,
        render=renderer(config, say),
        push=push,
        outbox=outbox(writing) if outbox and config.publish.portals else None,
    )
