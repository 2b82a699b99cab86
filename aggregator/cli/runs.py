"""``runs``: what the crawls did, and how every URL ended in one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
from aggregator.cli.output import Column, local_time
from aggregator.cli.text import Translator
from aggregator.model import ChannelRecord, EndState, Fetch, RobotsVisit, Run

if TYPE_CHECKING:
    from storage.runlist import Ends

SHOWN_STATES = (
    *(EndState.STORED, EndState.REVISED, EndState.BLOCKED, EndState.FAILED, EndState.DROPPED),
)


@click.group(cls=Group, invoke_without_command=True)
@option("--limit", type=click.IntRange(min=1), default=20, help="At most N runs.")
@database_option
@json_option
@click.pass_context
def runs(ctx: click.Context, limit: int, database: str | None, as_json: bool) -> int | None:
    """List the runs, newest first; ``runs show N`` shows one."""
    session = ctx.ensure_object(Session).with_database(database)
    ctx.obj = session
    if ctx.invoked_subcommand is not None:
        return None
    from storage import runlist

    with opened(session) as db:
        found = runlist.recent(db, limit)
        ends = runlist.ends(db, [run.id for run in found])
    if as_json:
        session.out.json([{**run_json(run), "states": states(ends[run.id])} for run in found])
    else:
        _list(session, found, ends)
    return 0


def _list(session: Session, found: Sequence[Run], ends: dict[int, tuple[Ends, ...]]) -> None:
    say, zone = session.say, session.config.zone
    columns = [
        Column(title=say("Run"), right=True),
        Column(title=say("Mode")),
        Column(title=say("Started")),
        Column(title=say("Ended")),
        Column(title=say("Status")),
        *(Column(title=say(state), right=True) for state in SHOWN_STATES),
        Column(title=say("URLs"), right=True),
    ]
    rows = []
    for run in found:
        counts = Counter[EndState]()
        for end in ends[run.id]:
            counts[end.state] += end.urls
        rows.append(
            (
                *(run.id, run.mode, local_time(run.started_at, zone)),
                *(local_time(run.finished_at, zone), say(run.status)),
                *(counts[state] for state in SHOWN_STATES),
                counts.total(),
            )
        )
    session.out.table(columns, rows, say("Runs"))


@dataclass(frozen=True, kw_only=True)
class _Shown:
    """All that is known of a run."""

    run: Run
    channels: tuple[ChannelRecord, ...]
    ends: tuple[Ends, ...]
    robots: tuple[RobotsVisit, ...]
    urls: tuple[Fetch, ...] | None
    """Only where a state was asked for."""


@runs.command(cls=Command)
@click.argument("number", metavar="N", type=click.IntRange(min=1))
@option(
    "--state",
    type=click.Choice([str(state) for state in EndState]),
    help="List the URLs that ended in this state.",
)
@database_option
@json_option
@pass_session
def show(
    session: Session, number: int, state: str | None, database: str | None, as_json: bool
) -> int:
    """Show how channels answered, how URLs ended and what robots.txt said in a run."""
    session = session.with_database(database)
    shown = _look(session, number, EndState(state) if state else None)
    if as_json:
        session.out.json(shown_json(shown))
    elif shown.urls is not None:
        _show_urls(session, shown.urls)
    else:
        _show(session, shown)
    return 0


def _look(session: Session, number: int, state: EndState | None) -> _Shown:
    from storage import polls, robots, runlist

    with opened(session) as db:
        return _Shown(
            run=runlist.get(db, number),
            channels=polls.of_run(db, number),
            ends=runlist.ends(db, [number])[number],
            robots=robots.of_run(db, number),
            urls=runlist.urls(db, number, state) if state else None,
        )


def _show(session: Session, shown: _Shown) -> None:
    say, out, zone = session.say, session.out, session.config.zone
    out.line(
        say(
            "Run {number} ({mode}): {status}, {started} – {ended}",
            number=shown.run.id,
            mode=shown.run.mode,
            status=say(shown.run.status),
            started=local_time(shown.run.started_at, zone),
            ended=local_time(shown.run.finished_at, zone) or "…",
        )
    )
    if shown.run.pruned_at:
        day = local_time(shown.run.pruned_at, zone)
        out.line(say("Most of its ledger was deleted on {day}, after its time.", day=day))
    out.line()
    _show_channels(session, shown.channels)
    _show_ends(session, shown.ends)
    _show_robots(session, shown.robots)


def _show_channels(session: Session, channels: Sequence[ChannelRecord]) -> None:
    say = session.say
    columns = [
        Column(title=say("Publisher")),
        Column(title=say("Channel")),
        Column(title=say("Answer")),
        Column(title=say("Entries"), right=True),
        Column(title=say("New entries"), right=True),
        Column(title=say("Note"), wrap=True),
    ]
    rows = [
        (c.publisher, c.channel, say(c.status), c.entries, c.fresh, _note(say, c)) for c in channels
    ]
    session.out.table(columns, rows, say("Channels"))
    session.out.line()


def _note(say: Translator, channel: ChannelRecord) -> str:
    skipped = [
        say("{n} entries skipped: {reason}", n=count, reason=say(reason))
        for reason, count in channel.skipped.items()
    ]
    return "; ".join([*map(say, channel.reasons), *skipped])


def _show_ends(session: Session, ends: Sequence[Ends]) -> None:
    say = session.say
    columns = [
        Column(title=say("Publisher")),
        Column(title=say("End state")),
        Column(title=say("Reason"), wrap=True),
        Column(title=say("URLs"), right=True),
    ]
    rows: list[Sequence[object]] = [
        (end.publisher, say(end.state), say(end.reason) if end.reason else "", end.urls)
        for end in ends
    ]
    rows.append((say("total"), "", "", sum(end.urls for end in ends)))
    session.out.table(columns, rows, say("How every discovered URL ended"))
    session.out.line()


def _show_robots(session: Session, visits: Sequence[RobotsVisit]) -> None:
    say = session.say
    columns = [
        Column(title=say("Host")),
        Column(title="robots.txt"),
        Column(title=say("Read")),
        Column(title=say("Allowed"), right=True),
        Column(title=say("Refused"), right=True),
        Column(title=say("Note"), wrap=True),
    ]
    rows = [
        (
            *(visit.answer.host, say(visit.answer.decision)),
            local_time(visit.answer.fetched_at, session.config.zone),
            *(visit.allowed, visit.refused),
            say(visit.answer.reason) if visit.answer.reason else "",
        )
        for visit in visits
    ]
    session.out.table(columns, rows, "robots.txt")


def _show_urls(session: Session, urls: Sequence[Fetch]) -> None:
    say = session.say
    columns = [
        Column(title=say("Publisher")),
        Column(title=say("Channel")),
        Column(title=say("Reason")),
        Column(title="URL", wrap=True),
    ]
    rows = [
        (fetch.publisher, fetch.channel, say(fetch.reason) if fetch.reason else "", fetch.url)
        for fetch in urls
    ]
    session.out.table(columns, rows)


def states(ends: Sequence[Ends]) -> dict[str, int]:
    """``dropped:photo page`` -> number of URLs."""
    counted = Counter[str]()
    for end in ends:
        counted[end.words] += end.urls
    return dict(sorted(counted.items()))


def run_json(run: Run) -> dict[str, Any]:
    return {
        "run": run.id,
        "mode": run.mode,
        "status": str(run.status),
        "started_at": run.started_at.isoformat(),
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
        "pruned_at": run.pruned_at.isoformat() if run.pruned_at else None,
    }


def shown_json(shown: _Shown) -> dict[str, Any]:
    """For programs; keys are in ``docs/reference/cli.md``."""
    found = {
        **run_json(shown.run),
        "states": states(shown.ends),
        "channels": [channel_json(channel) for channel in shown.channels],
        "robots": [robots_json(visit) for visit in shown.robots],
    }
    if shown.urls is not None:
        found["urls"] = [
            {
                "publisher": fetch.publisher,
                "channel": fetch.channel,
                "url": fetch.url,
                "state": str(fetch.state),
                "reason": fetch.reason,
                "http_status": fetch.http_status,
                "article": fetch.article_id,
                "ended_at": fetch.ended_at.isoformat(),
            }
            for fetch in shown.urls
        ]
    return found


def channel_json(channel: ChannelRecord) -> dict[str, Any]:
    skew = channel.clock_skew
    return {
        "publisher": channel.publisher,
        "name": channel.channel,
        "status": str(channel.status),
        "reasons": list(channel.reasons),
        "pages": channel.pages,
        "entries": channel.entries,
        "skipped": dict(channel.skipped),
        "ends": dict(channel.ends),
        "fresh": channel.fresh,
        "future": channel.future,
        "newest_at": channel.newest_at.isoformat() if channel.newest_at else None,
        "clock_skew": None if skew is None else skew.total_seconds(),
        "polled_at": channel.polled_at.isoformat(),
    }


def robots_json(visit: RobotsVisit) -> dict[str, Any]:
    answer = visit.answer
    return {
        "publisher": visit.publisher,
        "host": answer.host,
        "decision": str(answer.decision),
        "http_status": answer.http_status,
        "reason": answer.reason,
        "fetched_at": answer.fetched_at.isoformat(),
        "allowed": visit.allowed,
        "refused": visit.refused,
        "text": answer.text,
    }
