"""Who was told what is remembered, over restarts and failures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from aggregator.alertconfig import AlertConfig, EmailConfig, TelegramConfig, WebhookConfig
from aggregator.alerts.changes import News
from aggregator.alerts.deliver import Outcome, Writer, keep_in_step, tell, transports_of
from aggregator.alerts.message import Message
from aggregator.errors import AlertError
from aggregator.health import Finding, FindingKind
from storage import alerts
from storage.database import Database, open_database

NOW = datetime(2026, 8, 4, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
WITA = ZoneInfo("Asia/Makassar")


@dataclass
class FakeTransport:
    name: str
    got: list[str] = field(default_factory=list)
    fails: bool = False

    def send(self, message: Message) -> None:
        if self.fails:
            raise AlertError(self.name, "tidak terkirim")
        self.got.append(message.subject)


def words(news: News) -> Message:
    opened = ",".join(alert.key for alert in news.opened)
    closed = ",".join(alert.key for alert in news.closed)
    return Message(subject=f"+{opened} -{closed}", lines=())


WRITER = Writer(news=words, digest=lambda: Message(subject="digest", lines=(), event="digest"))


@pytest.fixture
def mail() -> FakeTransport:
    return FakeTransport("email")


@pytest.fixture
def hook() -> FakeTransport:
    return FakeTransport("webhook")


@pytest.fixture
def reopened(database_url: str) -> Iterator[list[Database]]:
    """Databases that a test opened anew, as after a restart."""
    opened: list[Database] = []
    yield opened
    for database in opened:
        database.close()


def gone(channel: str) -> Finding:
    return Finding(kind=FindingKind.CHANNEL_GONE, publisher="a", subject=channel, since=NOW)


def check(
    database: Database,
    transports: Sequence[FakeTransport],
    *channels: str,
    at: datetime = NOW,
    digest_at: str | None = None,
) -> tuple[Outcome, ...]:
    keep_in_step(database, [gone(channel) for channel in channels], at)
    return tell(database, transports, WRITER, at, digest_at=digest_at, zone=WITA)


def test_a_change_is_told_once(database: Database, mail: FakeTransport) -> None:
    for hour in range(4):
        check(database, [mail], "rss", at=NOW + hour * HOUR)
    assert mail.got == ["+channel-gone/a/rss -"]


def test_an_end_is_told_once_and_a_return_again(database: Database, mail: FakeTransport) -> None:
    for channels in ((), ("rss",), (), (), ("rss",), ("rss",)):
        check(database, [mail], *channels)
    key = "channel-gone/a/rss"
    assert mail.got == [f"+{key} -", f"+ -{key}", f"+{key} -"]


def test_a_restart_repeats_nothing(
    database_url: str, reopened: list[Database], mail: FakeTransport
) -> None:
    for _ in range(3):
        reopened.append(open_database(database_url, writable=True))
        check(reopened[-1], [mail], "rss")
    assert len(mail.got) == 1


def test_what_changes_together_is_one_message(database: Database, mail: FakeTransport) -> None:
    check(database, [mail], "rss", "indeks")
    check(database, [mail], "indeks", "lama")
    assert mail.got == [
        "+channel-gone/a/rss,channel-gone/a/indeks -",
        "+channel-gone/a/lama -channel-gone/a/rss",
    ]


def test_one_that_fails_stops_no_other(
    database: Database, mail: FakeTransport, hook: FakeTransport
) -> None:
    mail.fails = True
    told = check(database, [mail, hook], "rss")
    assert hook.got == ["+channel-gone/a/rss -"]
    assert [(one.transport, one.sent, one.problem) for one in told] == [
        ("email", 0, "tidak terkirim"),
        ("webhook", 1, None),
    ]


def test_what_failed_is_told_when_it_can_be(
    database: Database, mail: FakeTransport, hook: FakeTransport
) -> None:
    mail.fails = True
    for hour in range(3):
        check(database, [mail, hook], "rss", at=NOW + hour * HOUR)
    with database.session() as session:
        (email, _) = alerts.transports(session)
        assert (email.failing_since, email.detail) == (NOW, "tidak terkirim")
    mail.fails = False
    check(database, [mail, hook], "rss", at=NOW + 4 * HOUR)
    assert mail.got == hook.got == ["+channel-gone/a/rss -"]
    with database.session() as session:
        assert {state.failing_since for state in alerts.transports(session)} == {None}


def test_what_passed_while_it_failed_is_told_as_over(
    database: Database, mail: FakeTransport
) -> None:
    mail.fails = True
    check(database, [mail], "rss")
    mail.fails = False
    check(database, [mail], at=NOW + HOUR)
    assert mail.got == ["+ -channel-gone/a/rss"]


def test_a_transport_that_is_added_is_told_what_lasts(
    database: Database, mail: FakeTransport, hook: FakeTransport
) -> None:
    check(database, [mail], "rss", "indeks")
    check(database, [mail], "rss")
    check(database, [mail, hook], "rss")
    assert hook.got == ["+channel-gone/a/rss -"]


def test_a_digest_comes_once_a_day(database: Database, mail: FakeTransport) -> None:
    # From 11.00 in Balikpapan on, every hour for two days: today's at once, then two mornings'.
    due = []
    for hour in range(48):
        check(database, [mail], at=NOW + hour * HOUR, digest_at="07:00")
        due += [hour] if len(mail.got) > len(due) else []
    assert due == [0, 20, 44]


def test_news_come_before_the_digest(database: Database, mail: FakeTransport) -> None:
    check(database, [mail], "rss", digest_at="07:00")
    assert mail.got == ["+channel-gone/a/rss -", "digest"]


def test_a_digest_that_failed_comes_later_the_same_day(
    database: Database, mail: FakeTransport
) -> None:
    mail.fails = True
    check(database, [mail], digest_at="07:00")
    mail.fails = False
    check(database, [mail], at=NOW + HOUR, digest_at="07:00")
    assert mail.got == ["digest"]


def test_every_configured_transport_is_used() -> None:
    config = AlertConfig(
        email=EmailConfig(host="x", to=("a@b.example",), sender="a@b.example"),
        telegram=TelegramConfig(chat="1"),
        webhook=WebhookConfig(url="https://x.example"),
    )
    assert [one.name for one in transports_of(config)] == ["email", "telegram", "webhook"]
    assert transports_of(AlertConfig()) == ()
