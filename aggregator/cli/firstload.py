"""``publish wxr``: a file for WordPress's own importer."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from aggregator.cli.app import (
    Command,
    Session,
    database_option,
    json_option,
    naming,
    opened,
    pass_session,
)
from aggregator.errors import UsageError


@click.command(cls=Command)
@click.argument("portal")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@database_option
@json_option
@pass_session
def wxr(session: Session, portal: str, file: Path, database: str | None, as_json: bool) -> int:
    """Write what was never sent as a file for WordPress's importer: for a first load."""
    from aggregator.publish.firstload import first_load
    from aggregator.publish.run import portals_of, terms_of
    from aggregator.publish.wxr import write_wxr
    from aggregator.publishconfig import PortalKind

    session = session.with_database(database)
    (configured,) = portals_of(session.config, [portal])
    if configured.kind != PortalKind.WORDPRESS:
        raise UsageError("only a portal of kind wordpress reads such a file")
    with opened(session) as db, naming(file), file.open("wb") as target:
        count = write_wxr(
            first_load(db, terms_of(session.config, configured), datetime.now(UTC)),
            target,
            title=session.config.school or configured.name,
            url=configured.url or "",
            zone=session.config.zone,
        )
    if as_json:
        session.out.json({"portal": portal, "posts": count})
    else:
        session.out.line(session.say("{n} posts written to {file}.", n=count, file=file))
    return 0
