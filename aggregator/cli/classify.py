"""``classify``: today's rules on stored articles."""

from __future__ import annotations

import click

from aggregator.cli.app import Command, Session, database_option, pass_session


@click.command(cls=Command)
@database_option
@pass_session
def classify(session: Session, database: str | None) -> int:
    """Apply today's rules for topics and flags to the stored articles."""
    from aggregator.classify import reclassify

    looked_at, changed = reclassify(session.with_database(database).config)
    session.out.line(session.say("{n} articles, {changed} changed.", n=looked_at, changed=changed))
    return 0
