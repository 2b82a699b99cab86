"""``publish``: send what was approved to the school's portals."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from aggregator.cli.app import (
    Command,
    Group,
    Session,
    database_option,
    json_option,
    opened,
    option,
    pass_session,
)
from aggregator.cli.firstload import wxr
from aggregator.cli.outbox import (
    NEEDS_A_PERSON,
    check,
    opened_port,
    portals_argument,
    resolve,
    retry,
    status,
)
from aggregator.cli.publishing import (
    delivered_json,
    delivered_words,
    outcome_json,
    outcome_words,
    preview_json,
    preview_lines,
)

if TYPE_CHECKING:
    from aggregator.publish.outbox import Delivered, Outcome
    from aggregator.publish.run import Busy

BUSY = 3


class SendUnlessNamed(Group):
    """``publish sekolah`` is ``publish send sekolah``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["send", *args]
        return super().parse_args(ctx, args)


@click.group(cls=SendUnlessNamed)
def publish() -> None:
    """Send what was approved to the school's portals, and take down what was withdrawn."""


for command in (status, retry, resolve, check, wxr):
    publish.add_command(command)


@publish.command(cls=Command)
@portals_argument
@option("--dry-run", is_flag=True, help="Say what would be done; send nothing.")
@option("--diff", is_flag=True, help="Also show what would change in each post; send nothing.")
@database_option
@json_option
@pass_session
def send(
    session: Session,
    portals: tuple[str, ...],
    dry_run: bool,
    diff: bool,
    database: str | None,
    as_json: bool,
) -> int:
    """Send, change, hide or withdraw posts, as the editors decided."""
    session = session.with_database(database)
    if dry_run or diff:
        return _preview(session, portals, diff=diff, as_json=as_json)
    return exit_code(push(session, portals, as_json=as_json))


def push(session: Session, names: tuple[str, ...], *, as_json: bool) -> tuple[Outcome | Busy, ...]:
    """One pass over each portal, told as it goes."""
    from aggregator.publish.run import Busy, publish_all

    def tell(one: Delivered) -> None:
        if as_json:
            session.out.json_line(delivered_json(one))
        else:
            session.out.line(delivered_words(session, one))

    outcomes = publish_all(session.config, names, tell)
    for outcome in outcomes:
        if as_json:
            session.out.json_line(outcome_json(outcome))
        elif isinstance(outcome, Busy):
            session.out.note(session.say.error(outcome.error))
        else:
            for line in outcome_words(session, outcome):
                session.out.line(line)
            if outcome.trouble is not None:
                session.out.note(session.say.error(outcome.trouble))
    return outcomes


def exit_code(outcomes: tuple[Outcome | Busy, ...]) -> int:
    from aggregator.publish.run import Busy

    passes = [found for found in outcomes if not isinstance(found, Busy)]
    if any(found.trouble or found.failed or found.stopped for found in passes):
        return NEEDS_A_PERSON
    return 0 if len(passes) == len(outcomes) else BUSY


def _preview(session: Session, names: tuple[str, ...], *, diff: bool, as_json: bool) -> int:
    from aggregator.publish.jobs import jobs
    from aggregator.publish.preview import previews
    from aggregator.publish.run import portals_of, terms_of

    now = datetime.now(UTC)
    for portal in portals_of(session.config, names):
        terms = terms_of(session.config, portal)
        with opened(session) as db, ExitStack() as stack:
            todo = jobs(db, terms, now)
            port = stack.enter_context(opened_port(session, portal)) if diff else None
            for one in previews(db, terms, todo, port):
                if as_json:
                    session.out.json_line(preview_json(portal.name, one))
                    continue
                for line in preview_lines(session, portal.name, one):
                    session.out.line(line)
    return 0
