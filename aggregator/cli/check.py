"""``check``: what is wrong, in words; the exit code is the verdict."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli.app import (
    Command,
    Session,
    database_option,
    json_option,
    opened,
    pass_session,
)
from aggregator.cli.output import spoken_day

if TYPE_CHECKING:
    from aggregator.health import Drift, Health

HEALTHY, CANNOT_TELL, NEEDS_A_PERSON = 0, 1, 2

FIELD_WORDS = {
    "published_at": "time of publication",
    "credits": "names",
    "dateline": "dateline",
    "body": "text",
    "summary": "summary",
    "section": "section",
    "tags": "tags",
    "image": "image",
}


@click.command(cls=Command)
@database_option
@json_option
@pass_session
def check(session: Session, database: str | None, as_json: bool) -> int:
    """Say what is wrong. Exit code: 0 healthy, 2 something needs a person, 1 could not tell."""
    from aggregator.health import examine

    session = session.with_database(database)
    with opened(session) as db:
        health = examine(db, datetime.now(UTC))
    code = _verdict(health)
    if as_json:
        session.out.json(health_json(health, code))
        return code
    for drift in health.drifts:
        session.out.line(drift_words(session, drift, health.titles))
    if code == HEALTHY:
        session.out.line(session.say("Healthy: nothing needs a person."))
    elif code == CANNOT_TELL:
        session.out.line(session.say("Could not tell: no crawl has finished yet."))
    return code


def _verdict(health: Health) -> int:
    if health.drifts:
        return NEEDS_A_PERSON
    return HEALTHY if health.has_run else CANNOT_TELL


def drift_words(session: Session, drift: Drift, titles: dict[str, str]) -> str:
    say = session.say
    said: dict[str, Any] = {
        "publisher": titles.get(drift.publisher, drift.publisher),
        "empty": drift.empty,
        "articles": drift.articles,
        "day": spoken_day(drift.since, session.config.zone, say.language),
    }
    if drift.field in FIELD_WORDS:
        return say(
            "{publisher}: {field} empty in {empty} of {articles} articles since {day}; "
            "the page layout has probably changed",
            field=say(FIELD_WORDS[drift.field]),
            **said,
        )
    return say(
        "{publisher}: {empty} of {articles} articles since {day} fit no known page layout; "
        "the parser needs a new one",
        **said,
    )


def health_json(health: Health, code: int) -> dict[str, Any]:
    """For programs; keys are in ``docs/reference/cli.md``."""
    return {
        "healthy": code == HEALTHY,
        "exit_code": code,
        "findings": [
            {
                "kind": "drift",
                "publisher": drift.publisher,
                "field": drift.field,
                "empty": drift.empty,
                "articles": drift.articles,
                "usual": round(drift.usual, 3),
                "since": drift.since.isoformat(),
            }
            for drift in health.drifts
        ],
    }
