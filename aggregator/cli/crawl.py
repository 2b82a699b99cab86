"""``crawl`` and ``reparse``: fill the database, and say how every URL ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli.app import (
    INTERRUPTED,
    Command,
    Session,
    database_option,
    json_option,
    option,
    pass_session,
)
from aggregator.cli.articles import article_columns, article_views, view_rows
from aggregator.cli.output import Column, local_time
from aggregator.cli.text import Translator
from aggregator.cli.withdrawals import show_watch, watch_json
from aggregator.errors import UsageError

if TYPE_CHECKING:
    from aggregator.crawl import CrawlRequest, CrawlResult, Progress
    from aggregator.model import Gap
    from pipelines.report import ChannelSummary

FILE = click.Path(path_type=Path)


@click.command(cls=Command)
@click.argument("publishers", nargs=-1, metavar="[PUBLISHER]...")
@option("--limit", type=click.IntRange(min=1), help="Take at most N articles per publisher.")
@option("--channel", "channels", multiple=True, help="Only this channel; may be repeated.")
@option("--demo", is_flag=True, help="Crawl the bundled demo archive; needs no network.")
@option("--replay", type=FILE, help="Answer every request from this WARC file, never a socket.")
@option("--archive", type=FILE, help="Write every exchange to this WARC file.")
@option("--recheck", is_flag=True, help="Look again at every listed article that is held.")
@option("--verbose", is_flag=True, help="Show the crawler's log on standard error.")
@database_option
@json_option
@pass_session
def crawl(
    session: Session,
    publishers: tuple[str, ...],
    limit: int | None,
    channels: tuple[str, ...],
    demo: bool,
    replay: Path | None,
    archive: Path | None,
    recheck: bool,
    verbose: bool,
    database: str | None,
    as_json: bool,
) -> int:
    """Crawl publishers (all, or those named) and store their articles."""
    from aggregator.crawl import CrawlRequest

    if demo and replay:
        raise UsageError("--demo and --replay exclude each other")
    request = CrawlRequest(
        publishers=publishers,
        channels=channels,
        limit=limit or 0,
        demo=demo,
        replay=replay,
        archive=archive,
        recheck=recheck,
        verbose=verbose,
    )
    return _run(session.with_database(database), request, as_json)


@click.command(cls=Command)
@click.argument("file", type=FILE)
@option("--verbose", is_flag=True, help="Show the crawler's log on standard error.")
@database_option
@json_option
@pass_session
def reparse(
    session: Session, file: Path, verbose: bool, database: str | None, as_json: bool
) -> int:
    """Put the articles of a WARC file through today's parsers."""
    from aggregator.crawl import CrawlRequest

    request = CrawlRequest(replay=file, reparse=True, verbose=verbose)
    return _run(session.with_database(database), request, as_json)


def _run(session: Session, request: CrawlRequest, as_json: bool) -> int:
    from aggregator.crawl import run

    with _progress(session) as progress:
        result = run(session.config, request, progress)
    if as_json:
        session.out.json(result_json(result))
    else:
        _show(session, result)
    for told in dict.fromkeys(session.say.error(r.refusal) for r in result.reports if r.refusal):
        session.out.note(f"{session.say('Error')}: {told}")
    return exit_code(result)


def exit_code(result: CrawlResult) -> int:
    if result.stopped:
        return INTERRUPTED
    return 1 if result.needs_a_person else 0


@contextmanager
def _progress(session: Session) -> Iterator[Progress | None]:
    """A running count on a terminal; nothing anywhere else."""
    if not session.out.notes.is_terminal:
        yield None
        return
    count = 0
    text = session.say("Crawling")
    with session.out.notes.status(f"{text} …") as status:

        def tick() -> None:
            nonlocal count
            count += 1
            status.update(f"{text} … {count}")

        yield tick


def _show(session: Session, result: CrawlResult) -> None:
    say, out = session.say, session.out
    views = article_views(session, tuple(result.articles)) if result.articles else ()
    if views:
        rows = view_rows(session, views)
        out.table(article_columns(say), rows, say("Articles stored or revised in this run"))
        out.line()
    _show_channels(session, result)
    _show_gaps(session, result)
    _show_states(session, result)
    _show_revisions(session, result)
    show_watch(session, result)
    shared = sum(view.holding.cluster_id is not None for view in views)
    if shared:
        out.line(
            say("{n} of them print a text that others print: aggregator duplicates list", n=shared)
        )
    out.line(_verdict(session, result))


def _show_channels(session: Session, result: CrawlResult) -> None:
    say = session.say
    rows = [
        (report.publisher, channel.name, say(channel.status), channel.entries, _note(say, channel))
        for report in result.reports
        for channel in report.channels()
    ]
    if not rows:
        return
    columns = [
        Column(title=say("Publisher")),
        Column(title=say("Channel")),
        Column(title=say("Answer")),
        Column(title=say("Entries"), right=True),
        Column(title=say("Note"), wrap=True),
    ]
    session.out.table(columns, rows, say("Channels"))
    session.out.line()


def _show_gaps(session: Session, result: CrawlResult) -> None:
    for report in result.reports:
        for gap in report.caught_up:
            session.out.line(gap_words(session, CAUGHT_UP, report.publisher, gap))
        for gap in report.gaps:
            session.out.line(gap_words(session, MISSED, report.publisher, gap))


CAUGHT_UP = "{publisher}/{channel}: read deeper, back to {since}; nothing was missed."
MISSED = (
    "{publisher}/{channel}: articles of {since} to {until} may be missing; "
    "the publisher no longer lists them."
)


def gap_words(session: Session, said: str, publisher: str, gap: Gap) -> str:
    zone = session.config.zone
    since, until = local_time(gap.since, zone), local_time(gap.until, zone)
    return session.say(said, publisher=publisher, channel=gap.channel, since=since, until=until)


def _note(say: Translator, channel: ChannelSummary) -> str:
    skipped = [
        say("{n} entries skipped: {reason}", n=count, reason=say(reason))
        for reason, count in channel.skipped.items()
    ]
    return "; ".join([*map(say, channel.reasons), *skipped])


def _show_states(session: Session, result: CrawlResult) -> None:
    say = session.say
    columns = [
        Column(title=say("Publisher")),
        Column(title=say("End state")),
        Column(title=say("URLs"), right=True),
    ]
    rows = [
        (report.publisher, state_words(session, state), count)
        for report in result.reports
        for state, count in sorted(report.states().items())
    ]
    rows.append((say("total"), say("discovered"), sum(r.discovered for r in result.reports)))
    session.out.table(columns, rows, say("How every discovered URL ended"))
    session.out.line()


def state_words(session: Session, state: str) -> str:
    """``dropped:photo page`` in the operator's language."""
    name, colon, reason = state.partition(":")
    return session.say(name) + (f": {session.say(reason)}" if colon else "")


def _show_revisions(session: Session, result: CrawlResult) -> None:
    for report in result.reports:
        for article_id, changed in report.revised.items():
            session.out.line(
                session.say(
                    "Article {id} was revised: {fields}. See: aggregator show {id} --history",
                    id=article_id,
                    fields=", ".join(changed),
                )
            )


def _verdict(session: Session, result: CrawlResult) -> str:
    say = session.say
    stored, revised = result.states["stored"], result.states["revised"]
    if result.other_records:
        session.out.line(say("{n} archived answers are no article pages.", n=result.other_records))
    if not stored and not revised:
        text = say(
            "Nothing new: {requests} requests, no article stored or revised.",
            requests=sum(report.requests for report in result.reports),
        )
    else:
        text = say("{stored} articles stored, {revised} revised.", stored=stored, revised=revised)
    if result.stopped:
        text += " " + say("Stopped; the rest is left to the next run.")
    if result.needs_a_person:
        text += " " + say("Something needs a person: see channels and end states above.")
    return text


def result_json(result: CrawlResult) -> dict[str, Any]:
    """The report for programs; keys are in ``docs/reference/cli.md``."""
    return {
        "run": result.run_id,
        "mode": result.mode,
        "discovered": sum(report.discovered for report in result.reports),
        "states": dict(sorted(result.states.items())),
        "requests": sum(report.requests for report in result.reports),
        "needs_a_person": result.needs_a_person,
        "stopped": result.stopped,
        "other_records": result.other_records,
        "publishers": [_report_json(report) for report in result.reports],
    }


def gap_json(gap: Gap) -> dict[str, str]:
    return {
        "channel": gap.channel,
        "since": gap.since.isoformat(),
        "until": gap.until.isoformat(),
    }


def _report_json(report: Any) -> dict[str, Any]:
    return {
        "publisher": report.publisher,
        "discovered": report.discovered,
        "states": dict(sorted(report.states().items())),
        "channels": [
            {
                "name": channel.name,
                "status": str(channel.status),
                "entries": channel.entries,
                "reasons": list(channel.reasons),
                "skipped": dict(channel.skipped),
            }
            for channel in report.channels()
        ],
        "gaps": [gap_json(gap) for gap in report.gaps],
        "caught_up": [gap_json(gap) for gap in report.caught_up],
        "ends": report.ends_in_words(),
        "articles": {str(id_): str(state) for id_, state in report.articles.items()},
        "revised": {str(id_): list(changed) for id_, changed in report.revised.items()},
        **watch_json(report),
        "errors": list(report.errors),
    }
