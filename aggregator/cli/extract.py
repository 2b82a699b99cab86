"""``extract``: one saved page, one JSON article."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from aggregator.cli.app import Command, Session, option, pass_session

FILE = click.Path(path_type=Path)


@click.command(cls=Command)
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@option("--url", required=True, help="The address that the page was saved from.")
@pass_session
def extract(session: Session, files: tuple[Path, ...], url: str) -> int:
    """Read a saved page (and its further pages) and print the article as JSON; store nothing."""
    from aggregator.articlejson import article_json
    from aggregator.extract import extract_file

    first, *more = files
    found = extract_file(session.config, first, url, more=more, now=datetime.now(UTC))
    session.out.json(article_json(found))
    return 0
