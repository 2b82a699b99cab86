"""``schedule``: crawl what is due, once or for ever, and say why what is due when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli.app import (
    Command,
    Session,
    database_option,
    json_option,
    option,
    pass_session,
)
from aggregator.cli.crawl import MISSED, gap_json, gap_words, state_words
from aggregator.cli.output import Column, local_time
from aggregator.cli.publishing import delivered_json, delivered_words
from aggregator.cli.text import Translator
from aggregator.cli.unit import UNITS, unit_text
from aggregator.errors import UsageError

if TYPE_CHECKING:
    from aggregator.loop import Polled, Tally, Trouble
    from aggregator.publish.outbox import Delivered
    from aggregator.schedule.decision import Step
    from aggregator.schedule.timetable import Planned
    from storage.database import Database

NEEDS_A_PERSON, BUSY = 1, 3


@click.command(cls=Command)
@option("--once", is_flag=True, help="Crawl what is due now and end.")
@option("--explain", is_flag=True, help="Say when each channel is due, and why; crawl nothing.")
@option("--publisher", "publishers", multiple=True, help="Only this publisher; may be repeated.")
@option("--print-unit", type=click.Choice(UNITS), help="Print a systemd unit for this folder.")
@option("--verbose", is_flag=True, help="Show the crawler's log on standard error.")
@database_option
@json_option
@pass_session
def schedule(
    session: Session,
    once: bool,
    explain: bool,
    publishers: tuple[str, ...],
    print_unit: str | None,
    verbose: bool,
    database: str | None,
    as_json: bool,
) -> int:
    """Crawl what is due, for ever."""
    if once + explain + bool(print_unit) > 1:
        raise UsageError("--once, --explain and --print-unit exclude each other")
    session = session.with_database(database)
    if print_unit:
        session.out.line(unit_text(print_unit, session.config))
        return 0
    if explain:
        return _explain(session, publishers, as_json)
    tally = _crawl(session, publishers, once=once, verbose=verbose, as_json=as_json)
    if once and not as_json:
        session.out.line(session.say("{n} channels polled.", n=tally.polls))
    return exit_code(tally, once=once)


def exit_code(tally: Tally, *, once: bool) -> int:
    """Being told to stop is how a crawl for ever ends well."""
    if not once:
        return 0
    if tally.needs_a_person:
        return NEEDS_A_PERSON
    return BUSY if tally.busy else 0


# --- crawling -------------------------------------------------------------------------------------


def _crawl(
    session: Session, publishers: tuple[str, ...], *, once: bool, verbose: bool, as_json: bool
) -> Tally:
    from aggregator.loop import Polled
    from aggregator.loop import schedule as run

    def tell(event: Polled | Trouble) -> None:
        if as_json:
            session.out.json_line(event_json(event))
        elif isinstance(event, Polled):
            session.out.line(polled_words(session, event))
        else:
            session.out.note(trouble_words(session, event))
        # Whoever reads over a pipe (journald, a log file) shall see it now.
        session.out.console.file.flush()

    return run(
        session.config,
        publishers,
        tell,
        once=once,
        verbose=verbose,
        between=_publishing(session, as_json=as_json),
    )


def _publishing(session: Session, *, as_json: bool) -> Callable[[], object] | None:
    """What brings decisions and takedowns to the portals; ``None``: there are none."""
    if not session.config.publish.portals:
        return None
    from aggregator.publish.run import publish_all

    def told(one: Delivered) -> None:
        if as_json:
            session.out.json_line(delivered_json(one))
        else:
            session.out.line(delivered_words(session, one))
        session.out.console.file.flush()

    return lambda: publish_all(session.config, (), told, patient=True)


def polled_words(session: Session, event: Polled) -> str:
    """``2026-08-03 10:05 republika/rss: 4 disimpan, 11 sudah dikenal``."""
    say, result = session.say, event.result
    answers = [
        ": ".join([say(channel.status), *map(say, channel.reasons)])
        for report in result.reports
        for channel in report.channels()
        if channel.status != "ok"
    ]
    states = [f"{n} {state_words(session, state)}" for state, n in sorted(result.states.items())]
    gaps = [
        gap_words(session, MISSED, report.publisher, gap)
        for report in result.reports
        for gap in report.gaps
    ]
    said = ", ".join([*answers, *states, *gaps]) or say("nothing listed")
    return f"{_where(session, event)}: {said}"


def trouble_words(session: Session, event: Trouble) -> str:
    return f"{_where(session, event)}: {session.say.error(event.error)}"


def _where(session: Session, event: Polled | Trouble) -> str:
    moment = local_time(event.at, session.config.zone)
    channel = event.channel
    return f"{moment} {channel.publisher}/{channel.name}" if channel else moment


def event_json(event: Polled | Trouble) -> dict[str, Any]:
    """One line for programs; keys are in ``docs/reference/cli.md``."""
    channel = event.channel
    told: dict[str, Any] = {
        "at": event.at.isoformat(timespec="seconds"),
        "publisher": channel.publisher if channel else None,
        "channel": channel.name if channel else None,
    }
    result = getattr(event, "result", None)
    if result is None:
        return told | {"error": str(getattr(event, "error", ""))}
    polled = [channel for report in result.reports for channel in report.channels()]
    return told | {
        "run": result.run_id,
        "channels": {c.name: {"status": str(c.status), "reasons": c.reasons} for c in polled},
        "states": dict(sorted(result.states.items())),
        "gaps": [gap_json(gap) for report in result.reports for gap in report.gaps],
        "needs_a_person": result.needs_a_person,
        "stopped": result.stopped,
    }


# --- explaining -----------------------------------------------------------------------------------


def _explain(session: Session, publishers: tuple[str, ...], as_json: bool) -> int:
    from aggregator.crawl import CrawlRequest, chosen
    from aggregator.schedule.timetable import Timetable
    from spiders.registry import publishers as registered

    spiders = chosen(session.config, CrawlRequest(publishers=publishers), registered())
    channels = {name: s.channels_for(session.config) for name, s in spiders.items()}
    now = datetime.now(UTC)
    with _known(session) as database, database.session() as db:
        plan = Timetable(session.config, channels).plan(db, now)
    if as_json:
        session.out.json([planned_json(one, now) for one in plan])
        return 0
    say, zone = session.say, session.config.zone
    columns = [
        Column(title=say("Due")),
        Column(title=say("Publisher")),
        Column(title=say("Channel")),
        Column(title=say("Last asked")),
        Column(title=say("Why"), wrap=True),
    ]
    rows = [
        (
            say("now") if one.starts_at <= now else local_time(one.starts_at, zone),
            one.channel.publisher,
            one.channel.name,
            local_time(one.pace.attempted_at, zone) or say("never"),
            why(session, one, now),
        )
        for one in plan
    ]
    session.out.table(columns, rows, say("Schedule"))
    return 0


@contextmanager
def _known(session: Session) -> Iterator[Database]:
    """The database; an empty one where there is none yet: then every channel is due."""
    from aggregator.errors import DatabaseMissingError
    from storage.database import open_database

    try:
        database = open_database(session.config.database_url)
    except DatabaseMissingError:
        database = open_database("sqlite:///:memory:", writable=True)
    try:
        yield database
    finally:
        database.close()


RULES = {
    "first": "never asked before",
    "rhythm": "about {number} new entries are expected by then",
    "unknown-rhythm": "its rhythm is not known yet: {interval}",
    "surge": "{number} of its entries were new, so sooner: {interval}",
    "lull": "nothing new {number} times in a row, so later: {interval}",
    "ttl": "the feed says that it need not be read for {interval}",
    "max-age": "the server says that its answer holds for {interval}",
    "shortest": "nobody is asked more often than every {interval}",
    "longest": "everybody is asked at least every {interval}",
    "back-off": "failed {number} times ({failure}), so left alone for {interval}",
    "unfinished": "the last poll was stopped in the middle",
    "retry-after": "the publisher asked us to wait until {until}",
    "quiet-hours": "quiet hours until {until}",
    "clock": "asked in the future: the clock was set back",
    "paused": "paused at the desk",
    "asked": "somebody at the desk wants it read now",
}
"""What each rule of ``aggregator.schedule.decision`` says."""


def why(session: Session, one: Planned, now: datetime) -> str:
    """All rules that had a say, in their order; the last one decided."""
    said = [_rule_words(session, step, one) for step in one.decision.steps]
    if one.starts_at > max(one.decision.due_at, now):
        said.append(session.say("another channel of the publisher comes first"))
    return "; ".join(said)


def _rule_words(session: Session, step: Step, one: Planned) -> str:
    say = session.say
    return say(
        RULES[step.rule],
        number=f"{step.number or 0:.2g}" if step.rule == "rhythm" else round(step.number or 0),
        interval=span_words(say, step.interval or timedelta(0)),
        until=local_time(step.until, session.config.zone),
        failure=say(one.pace.failure or ""),
    )


def span_words(say: Translator, span: timedelta) -> str:
    """``1 h 20 min``; less than a minute in seconds."""
    minutes = round(span.total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    if not minutes:
        return say("{seconds} s", seconds=round(span.total_seconds()))
    if not hours:
        return say("{minutes} min", minutes=rest)
    if not rest:
        return say("{hours} h", hours=hours)
    return say("{hours} h {minutes} min", hours=hours, minutes=rest)


def planned_json(one: Planned, now: datetime) -> dict[str, Any]:
    """For programs; keys are in ``docs/reference/cli.md``."""
    interval = one.decision.interval
    return {
        "publisher": one.channel.publisher,
        "channel": one.channel.name,
        "url": one.channel.url,
        "due_at": _rfc3339(one.decision.due_at),
        "starts_at": _rfc3339(one.starts_at),
        "is_due": one.decision.due_at <= now,
        "interval_seconds": round(interval.total_seconds()) if interval else None,
        "steps": [_step_json(step) for step in one.decision.steps],
        "attempted_at": _rfc3339(one.pace.attempted_at),
        "succeeded_at": _rfc3339(one.pace.succeeded_at),
        "failures": one.pace.failures,
        "failure": one.pace.failure,
    }


def _step_json(step: Step) -> dict[str, Any]:
    return {
        "rule": str(step.rule),
        "interval_seconds": round(step.interval.total_seconds()) if step.interval else None,
        "until": _rfc3339(step.until),
        "number": round(step.number, 2) if step.number is not None else None,
    }


def _rfc3339(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
