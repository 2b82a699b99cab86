"""``serve``: answer over HTTP until stopped."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli.app import Command, Session, database_option, option, pass_session
from aggregator.cli.pushing import push_one
from aggregator.cli.text import Translator
from aggregator.errors import UsageError

if TYPE_CHECKING:
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
@database_option
@pass_session
def serve(session: Session, host: str, port: int, database: str | None) -> int:
    """Answer over HTTP: public pages, the editor's desk, feeds and JSON API, until stopped."""
    try:
        import uvicorn

        from aggregator.web.app import create_app
        from aggregator.web.desk.opening import open_desk
    except ModuleNotFoundError as error:
        raise UsageError(
            "the web side is not installed: pip install 'school-news-aggregator[web]'"
        ) from error
    from storage.database import open_database

    session = session.with_database(database)
    config = session.config
    opened = open_database(config.database_url)
    desk = open_desk(config, opened, session.say, push=lambda i: push_one(session, i).show(session))
    if desk is None:
        session.out.note(
            session.say("The database cannot be written here: there is no editor's desk.")
        )
    else:
        _settle_rights(session, desk.writing)
    try:
        with _listening(host, port) as listening:
            app = create_app(config, opened, Translator, desk)
            server = uvicorn.Server(uvicorn.Config(app, **_MANNERS))
            session.out.note(
                session.say("Listening on {url}; stop with Ctrl-C.", url=_address(listening))
            )
            server.run(sockets=[listening])
    finally:
        if desk is not None:
            desk.writing.close()
        opened.close()
    return 0


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
