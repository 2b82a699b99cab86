"""``metrics``: numbers for Prometheus, from an endpoint or a file."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import click

from aggregator.cli.app import Command, Session, database_option, option, pass_session
from aggregator.errors import UsageError

ADVICE = "pip install 'school-news-aggregator[metrics]'"


@click.command(cls=Command)
@option("--listen", metavar="HOST:PORT", help="Answer http://HOST:PORT/metrics until stopped.")
@option(
    "--textfile",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write them into this file once, for node_exporter.",
)
@database_option
@pass_session
def metrics(
    session: Session, listen: str | None, textfile: Path | None, database: str | None
) -> int:
    """Give numbers to Prometheus: of publishers, channels, the last run and findings."""
    if (listen is None) == (textfile is None):
        raise UsageError("give either --listen or --textfile")
    session = session.with_database(database)
    try:
        import prometheus_client  # noqa: F401 - an optional part
    except ImportError as error:
        raise UsageError(ADVICE) from error
    if textfile is not None:
        return _write(session, textfile)
    assert listen is not None
    return _serve(session, *_address(listen))


def _write(session: Session, path: Path) -> int:
    from aggregator.metrics import write_textfile

    try:
        write_textfile(session.config, path)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    return 0


def _address(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise UsageError("--listen: write HOST:PORT, such as 127.0.0.1:9464")
    return host.strip("[]"), int(port)


def _serve(session: Session, host: str, port: int) -> int:
    from prometheus_client import start_http_server

    from aggregator.metrics import registry_of

    try:
        server, thread = start_http_server(port, addr=host, registry=registry_of(session.config))
    except OSError as error:
        raise UsageError(f"{host}:{port}: {error.strerror}") from error
    stopped = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopped.set())
    url = f"http://{host}:{server.server_port}/metrics"
    session.out.note(session.say("Metrics are at {url}", url=url))
    stopped.wait()
    server.shutdown()
    server.server_close()
    thread.join()
    return 0
