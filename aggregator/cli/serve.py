"""``serve``: answer over HTTP until stopped."""

from __future__ import annotations

import socket
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli.app import (
    INTERRUPTED,
    Command,
    Session,
    database_option,
    option,
    pass_session,
)
from aggregator.cli.output import Output
from aggregator.cli.pushing import desk_outbox, push_one
from aggregator.cli.text import Translator
from aggregator.config import Config
from aggregator.errors import UsageError

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from aggregator.web.desk.page import Desk
    from storage.database import Database

KEEP_ALIVE = 15
"""Seconds that an idle connection is kept."""
LARGEST_HEAD = 16 * 1024
"""Bytes of address and headers after which a request that is still incomplete is refused."""


@click.command(cls=Command)
@option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port to listen on; 0: any that is free.",
)
@option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="How many processes answer, for a machine with several cores.",
)
@database_option
@pass_session
def serve(session: Session, host: str, port: int, workers: int, database: str | None) -> int:
    """Answer over HTTP: public pages, the editor's desk, feeds and JSON API, until stopped."""
    try:
        import uvicorn

        import aggregator.web.app
        import aggregator.web.desk.opening  # noqa: F401 - all of the web side is there
    except ModuleNotFoundError as error:
        raise UsageError(
            "the web side is not installed: pip install 'school-news-aggregator[web]'"
        ) from error

    session = session.with_database(database)
    site = Site(config=session.config, say=session.say)
    with closing(site.open()) as opened:
        if opened.desk is None:
            session.out.note(
                session.say("The database cannot be written here: there is no editor's desk.")
            )
        else:
            _settle_rights(session, opened.desk.writing)
        with _listening(host, port) as listening:
            session.out.note(
                session.say("Listening on {url}; stop with Ctrl-C.", url=_address(listening))
            )
            if workers > 1:
                return _share(site, listening, workers)
            uvicorn.Server(uvicorn.Config(opened.app, **_MANNERS)).run(sockets=[listening])
    return 0


@dataclass(frozen=True, kw_only=True)
class Opened:
    app: Starlette
    database: Database
    desk: Desk | None

    def close(self) -> None:
        if self.desk is not None:
            self.desk.writing.close()
        self.database.close()


@dataclass(frozen=True, kw_only=True)
class Site:
    """What answers. Each process makes its own of it."""

    config: Config
    say: Translator

    def open(self) -> Opened:
        from aggregator.web.app import create_app
        from aggregator.web.desk.opening import open_desk
        from storage.database import open_database

        session = Session(config=self.config, say=self.say, out=Output())
        database = open_database(self.config.database_url)
        desk = open_desk(
            self.config,
            database,
            self.say,
            push=lambda article_id: push_one(session, article_id).show(session),
            outbox=lambda writing: desk_outbox(session, writing),
        )
        app = create_app(self.config, database, Translator, desk)
        return Opened(app=app, database=database, desk=desk)

    def __call__(self) -> Starlette:
        """For a process that ends with its answering."""
        return self.open().app


def _share(site: Site, listening: socket.socket, workers: int) -> int:
    """Several processes at one address, until a signal; one that dies is replaced."""
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    config = uvicorn.Config(site, factory=True, workers=workers, **_MANNERS)
    Multiprocess(config, sockets=[listening]).run()
    return INTERRUPTED


def _settle_rights(session: Session, writing: Database) -> None:
    """What the school says of a publisher's rights holds from the first page on."""
    from storage import rights

    grounds = session.config.grounds
    with writing.session() as open_session:
        changed = rights.settle(open_session, grounds)
    for name, count in changed.items():
        session.out.note(
            session.say(
                "{publisher}: {count} stored articles now stand on {basis}.",
                publisher=name,
                count=count,
                basis=grounds[name],
            )
        )


_MANNERS: dict[str, Any] = {
    # The application knows whom to believe (``trusted_proxies``).
    "proxy_headers": False,
    "server_header": False,
    "access_log": False,
    "log_level": "warning",
    "timeout_keep_alive": KEEP_ALIVE,
    # Its parser has a limit; the faster one takes headers without end.
    "http": "h11",
    "h11_max_incomplete_event_size": LARGEST_HEAD,
}


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise UsageError(f"{host}:{port}: {error.strerror or error}") from error


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
