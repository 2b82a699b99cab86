"""``record-case``: a page becomes a draft of a golden case."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from aggregator.cli.app import Command, Session, option, pass_session
from aggregator.errors import UsageError

FILE = click.Path(path_type=Path)


@click.command("record-case", cls=Command)
@click.argument("publisher")
@click.argument("sources", nargs=-1, required=True, metavar="URL|FILE...")
@option("--url", help="The address that the saved page FILE came from.")
@option("--replay", type=FILE, help="Take URL from this WARC file instead of fetching it.")
@option(
    "--into",
    type=FILE,
    default=Path("tests/publishers"),
    show_default=True,
    help="The folder of the golden cases.",
)
@pass_session
def record_case(
    session: Session,
    publisher: str,
    sources: tuple[str, ...],
    url: str | None,
    replay: Path | None,
    into: Path,
) -> int:
    """Write a page and what is read on it as a draft of a golden case."""
    from aggregator import recordcase as record

    is_url = sources[0].startswith(("http://", "https://"))
    if is_url and replay:
        recording = record.recorded_archive(replay, publisher, sources[0])
    elif is_url:
        recording = record.recorded_live(session.config, publisher, sources[0])
    elif url:
        recording = record.recorded_files([Path(s) for s in sources], url, datetime.now(UTC))
    else:
        raise UsageError("a saved page needs --url")
    case = record.record_case(session.config, publisher, recording, into)
    session.out.line(str(case))
    session.out.note(
        session.say(
            "A draft: compare expected.json with the page, and replace names and sentences by "
            "invented ones before it goes into the project."
        )
    )
    return 0
