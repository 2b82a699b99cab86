"""How the crawls fare: what ``check`` says, runs, channels, and what people ask of channels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session
from starlette.responses import Response

from aggregator.health.examine import Health, examine
from aggregator.health.finding import FindingKind
from aggregator.health.words import said_of, words_of
from aggregator.model import AuditEntry, ChannelPace, ChannelWish
from aggregator.query import ArticleFilter, Interval, count_over_time
from aggregator.web.desk.charts import Bar, Columns, Series, columns
from aggregator.web.desk.page import Page, Visit
from storage import audit, pace, runlist, wishes

DAYS = 14
"""Shown in the chart."""
RUNS = 15
OF_PORTALS = (
    FindingKind.PORTAL_FAILING,
    FindingKind.POST_GIVEN_UP,
    FindingKind.POST_CHANGED,
    FindingKind.POST_DELETED,
)
STALE = timedelta(days=2)
"""A bar of freshness is as long as this."""


@dataclass(frozen=True, kw_only=True)
class ChannelShown:
    publisher: str
    name: str
    pace: ChannelPace
    wish: ChannelWish

    @property
    def is_asked(self) -> bool:
        """Somebody asked for it, and it was not read since."""
        asked, attempted = self.wish.asked_at, self.pace.attempted_at
        return asked is not None and (attempted is None or attempted < asked)


@dataclass(frozen=True, kw_only=True)
class FindingShown:
    what: str
    to_do: str
    of_portal: bool
    """It is decided on the page of publications."""


def show_health(visit: Visit) -> Response:
    found = examine(visit.desk.reading, visit.config, visit.now)
    with visit.reading() as session:
        shown = _channels(session)
        recent = runlist.recent(session, RUNS)
        ends = runlist.ends(session, [run.id for run in recent])
        arrivals = _arrivals(session, visit, found)
    return visit.show(
        "health.html",
        health=found,
        findings=_findings(visit, found),
        channels=shown,
        runs=recent,
        ends=ends,
        arrivals=arrivals,
        freshness=_freshness(visit, found),
        blocked=_blocked(found),
    )


def _findings(visit: Visit, health: Health) -> list[FindingShown]:
    shown = []
    for finding in health.findings:
        since = _moment(visit, finding.since)
        said = said_of(finding, health.titles, since, visit.say)
        words = words_of(finding)
        what = visit.desk.say(words.what, **said)
        to_do = visit.desk.say(words.to_do, subject=finding.subject)
        of_portal = finding.kind in OF_PORTALS
        shown.append(FindingShown(what=what, to_do=to_do, of_portal=of_portal))
    return shown


def _moment(visit: Visit, moment: datetime | None) -> str:
    return moment.astimezone(visit.config.zone).strftime("%d/%m/%Y %H:%M") if moment else "?"


def _channels(session: Session) -> list[ChannelShown]:
    asked = wishes.wishes(session)
    polled = pace.polled_channels(session)
    return [
        ChannelShown(
            publisher=publisher,
            name=name,
            pace=polled[publisher, name].pace,
            wish=asked.get((publisher, name), ChannelWish()),
        )
        for publisher, name in sorted(polled)
    ]


# --- charts ---------------------------------------------------------------------------------------


def _arrivals(session: Session, visit: Visit, health: Health) -> Columns:
    """Articles by the day of their publication."""
    today = visit.now.astimezone(visit.config.zone).date()
    days = [today - timedelta(days=n) for n in range(DAYS - 1, -1, -1)]
    series = []
    for name, title in sorted(health.titles.items()):
        wanted = ArticleFilter(
            publisher=name, since=days[0], until=days[-1], zone=visit.config.zone
        )
        by_day = {b.start: b.articles for b in count_over_time(session, wanted, Interval.DAY)}
        series.append(Series(title=title, values=[by_day.get(day, 0) for day in days]))
    return columns(days, series)


def _freshness(visit: Visit, health: Health) -> list[Bar]:
    bars = []
    for publisher in health.publishers:
        if publisher.last_article is None:
            continue
        age = visit.now - publisher.last_article
        hours = round(age / timedelta(hours=1))
        bars.append(
            Bar(
                title=publisher.title,
                share=min(max(age / STALE, 0.0), 1.0),
                words=visit.say("{n} hours ago", n=hours),
            )
        )
    return bars


def _blocked(health: Health) -> list[Bar]:
    return [
        Bar(title=p.title, share=p.blocked_share, words=f"{p.blocked_share:.0%}")
        for p in health.publishers
        if p.blocked_share is not None
    ]


# --- what people ask of channels ------------------------------------------------------------------


def _asking(
    name: str, do: Callable[[Session, str, str, str, datetime], None]
) -> Callable[[Visit], Response]:
    def respond(visit: Visit) -> Response:
        publisher, channel = str(visit.path["publisher"]), str(visit.path["channel"])
        with visit.writing() as session:
            do(session, publisher, channel, visit.name, visit.now)
            entry = AuditEntry(
                at=visit.now,
                who=visit.name,
                action=f"channel {name}",
                detail={"publisher": publisher, "channel": channel},
            )
            audit.write(session, entry)
        return visit.go(f"{visit.place.root}/kesehatan", done=name)

    return respond


def _pause(session: Session, publisher: str, channel: str, by: str, now: datetime) -> None:
    wishes.pause(session, publisher, channel, by=by, now=now)


def _resume(session: Session, publisher: str, channel: str, by: str, now: datetime) -> None:  # noqa: ARG001
    wishes.resume(session, publisher, channel)


def _ask(session: Session, publisher: str, channel: str, by: str, now: datetime) -> None:
    wishes.ask(session, publisher, channel, by=by, now=now)


_ACTS: Mapping[str, tuple[str, Callable[[Session, str, str, str, datetime], None]]] = {
    "jeda": ("pause", _pause),
    "lanjut": ("resume", _resume),
    "baca": ("ask", _ask),
}

PAGES: Sequence[Page] = (
    Page(path="/kesehatan", respond=show_health),
    *(
        Page(
            path=f"/kanal/{{publisher}}/{{channel}}/{word}",
            respond=_asking(name, do),
            method="POST",
            examples={"publisher": "contoh", "channel": "rss"},
        )
        for word, (name, do) in _ACTS.items()
    ),
)
