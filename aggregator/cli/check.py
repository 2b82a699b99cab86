"""``check``: what is wrong, in words; the exit code is the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli.alerts import tell
from aggregator.cli.app import (
    Command,
    Session,
    database_option,
    json_option,
    option,
    pass_session,
)
from aggregator.cli.output import Column, local_time
from aggregator.errors import AlertError, DatabaseMissingError

if TYPE_CHECKING:
    from aggregator.alerts.deliver import Outcome
    from aggregator.health import Finding
    from aggregator.health.examine import Health, PublisherHealth

HEALTHY, CANNOT_TELL, NEEDS_A_PERSON = 0, 1, 2


@click.command(cls=Command)
@option("--alert", is_flag=True, help="Tell what is new to the transports under [alerts].")
@option("--digest", is_flag=True, help="Send today's summary to them, if it was not sent yet.")
@database_option
@json_option
@pass_session
def check(session: Session, alert: bool, digest: bool, database: str | None, as_json: bool) -> int:
    """Say what is wrong. Exit code: 0 healthy, 2 something needs a person, 1 could not tell."""
    session = session.with_database(database)
    try:
        health = examined(session)
    except DatabaseMissingError as error:
        return _without_database(session, error, as_json)
    told = tell(session, health, digest=digest) if alert or digest else ()
    code = verdict(health, told)
    if as_json:
        session.out.json(health_json(health, code, told))
    else:
        _show(session, health, code)
    for outcome in told:
        if outcome.problem is not None:
            said = session.say.error(AlertError(outcome.transport, outcome.problem))
            session.out.note(f"{session.say('Error')}: {said}")
    return code


def examined(session: Session) -> Health:
    """What the database and this machine say now."""
    from aggregator.health.examine import examine
    from storage.database import open_database

    database = open_database(session.config.database_url)
    try:
        return examine(database, session.config, datetime.now(UTC))
    finally:
        database.close()


def _without_database(session: Session, error: DatabaseMissingError, as_json: bool) -> int:
    """Nothing was ever crawled: that is no illness, but no health either."""
    if as_json:
        session.out.json({"healthy": False, "exit_code": CANNOT_TELL, "findings": []})
    session.out.note(session.say("Could not tell: {reason}", reason=session.say.error(error)))
    return CANNOT_TELL


def verdict(health: Health, told: Sequence[Outcome] = ()) -> int:
    if health.findings or any(outcome.problem is not None for outcome in told):
        return NEEDS_A_PERSON
    return HEALTHY if health.has_run else CANNOT_TELL


def _show(session: Session, health: Health, code: int) -> None:
    say, out = session.say, session.out
    for line in finding_lines(session, health.findings, health.titles):
        out.line(line)
    if code == HEALTHY:
        out.line(say("Healthy: nothing needs a person."))
    elif code == CANNOT_TELL:
        out.line(say("Could not tell: no crawl has finished yet."))
    if health.publishers:
        out.line()
        _show_publishers(session, health.publishers)


def finding_lines(session: Session, findings: Sequence[Finding], titles: Any) -> list[str]:
    """Two lines for each: what is wrong since when, and what to do."""
    from aggregator.cli.findings import advice, sentence

    return [
        line
        for finding in findings
        for line in (
            f"! {sentence(session, finding, titles)}",
            f"  {advice(session, finding)}",
        )
    ]


def _show_publishers(session: Session, publishers: Sequence[PublisherHealth]) -> None:
    say, zone = session.say, session.config.zone
    columns = [
        Column(title=say("Publisher")),
        Column(title=say("Channels"), right=True),
        Column(title=say("Last good answer")),
        Column(title=say("Last new article")),
        Column(title=say("Refused"), right=True),
    ]
    rows = [
        (
            p.title,
            p.channels,
            local_time(p.last_success, zone),
            local_time(p.last_article, zone),
            "" if p.blocked_share is None else f"{p.blocked_share:.0%}",
        )
        for p in publishers
    ]
    session.out.table(columns, rows, say("Publishers"))


def health_json(health: Health, code: int, told: Sequence[Outcome] = ()) -> dict[str, Any]:
    """For programs; keys are in ``docs/reference/cli.md``."""
    return {
        "healthy": code == HEALTHY,
        "exit_code": code,
        "findings": [finding.to_json() for finding in health.findings],
        "publishers": [
            {
                "publisher": p.name,
                "title": p.title,
                "channels": p.channels,
                "last_success": p.last_success.isoformat() if p.last_success else None,
                "last_article": p.last_article.isoformat() if p.last_article else None,
                "blocked_share": p.blocked_share,
            }
            for p in health.publishers
        ],
        "alerts": [
            {"transport": one.transport, "sent": one.sent, "problem": one.problem} for one in told
        ],
    }
