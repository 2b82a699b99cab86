"""``schedule --explain``: every rule in words, and the options that exclude each other."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from aggregator.cli.app import Session
from aggregator.cli.main import main
from aggregator.cli.output import Output
from aggregator.cli.schedule import RULES, exit_code, span_words, why
from aggregator.cli.text import Translator
from aggregator.config import Config
from aggregator.loop import Tally
from aggregator.model import Channel, ChannelKind, ChannelPace, FailureKind
from aggregator.schedule.decision import Decision, Rule, Step
from aggregator.schedule.timetable import Planned
from spiders.registry import publishers

NOW = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)  # 10.00 in Balikpapan
MINUTE = timedelta(minutes=1)
RSS = Channel(publisher="contoh", name="rss", kind=ChannelKind.FEED, url="https://contoh.example")


def session(language: str) -> Session:
    return Session(config=Config(), say=Translator(language), out=Output())


def planned(*steps: Step, waits: int = 0) -> Planned:
    due_at = NOW + 30 * MINUTE
    return Planned(
        channel=RSS,
        pace=ChannelPace(failures=2, failure_kind=FailureKind.FAILED, failure="timeout"),
        decision=Decision(due_at=due_at, steps=steps),
        starts_at=due_at + waits * MINUTE,
        pause=timedelta(0),
    )


SAID: dict[Rule, tuple[Step, str, str]] = {
    Rule.FIRST: (Step(rule=Rule.FIRST), "belum pernah dibaca", "never asked before"),
    Rule.RHYTHM: (
        Step(rule=Rule.RHYTHM, interval=40 * MINUTE, number=5.97),
        "saat itu diperkirakan ada sekitar 6 entri baru",
        "about 6 new entries are expected by then",
    ),
    Rule.UNKNOWN: (
        Step(rule=Rule.UNKNOWN, interval=30 * MINUTE),
        "iramanya belum diketahui: 30 menit",
        "its rhythm is not known yet: 30 min",
    ),
    Rule.SURGE: (
        Step(rule=Rule.SURGE, interval=12 * MINUTE, number=15),
        "15 entrinya baru, jadi lebih cepat: 12 menit",
        "15 of its entries were new, so sooner: 12 min",
    ),
    Rule.LULL: (
        Step(rule=Rule.LULL, interval=90 * MINUTE, number=3),
        "3 kali berturut-turut tanpa yang baru, jadi lebih lambat: 1 jam 30 menit",
        "nothing new 3 times in a row, so later: 1 h 30 min",
    ),
    Rule.TTL: (
        Step(rule=Rule.TTL, interval=60 * MINUTE),
        "umpan menyatakan tidak perlu dibaca selama 1 jam",
        "the feed says that it need not be read for 1 h",
    ),
    Rule.MAX_AGE: (
        Step(rule=Rule.MAX_AGE, interval=5 * MINUTE),
        "server menyatakan jawabannya berlaku 5 menit",
        "the server says that its answer holds for 5 min",
    ),
    Rule.SHORTEST: (
        Step(rule=Rule.SHORTEST, interval=10 * MINUTE),
        "tidak ada yang dibaca lebih sering dari tiap 10 menit",
        "nobody is asked more often than every 10 min",
    ),
    Rule.LONGEST: (
        Step(rule=Rule.LONGEST, interval=120 * MINUTE),
        "semua dibaca sedikitnya tiap 2 jam",
        "everybody is asked at least every 2 h",
    ),
    Rule.BACK_OFF: (
        Step(rule=Rule.BACK_OFF, interval=60 * MINUTE, number=2),
        "2 kali gagal (tidak ada jawaban), jadi dibiarkan selama 1 jam",
        "failed 2 times (timeout), so left alone for 1 h",
    ),
    Rule.UNFINISHED: (
        Step(rule=Rule.UNFINISHED, interval=MINUTE),
        "pembacaan terakhir terhenti di tengah",
        "the last poll was stopped in the middle",
    ),
    Rule.RETRY_AFTER: (
        Step(rule=Rule.RETRY_AFTER, until=NOW),
        "penerbit minta menunggu sampai 2026-08-03 10:00",
        "the publisher asked us to wait until 2026-08-03 10:00",
    ),
    Rule.QUIET: (
        Step(rule=Rule.QUIET, until=NOW),
        "jam tenang sampai 2026-08-03 10:00",
        "quiet hours until 2026-08-03 10:00",
    ),
    Rule.CLOCK: (
        Step(rule=Rule.CLOCK),
        "dibaca di masa depan: jam komputer pernah dimundurkan",
        "asked in the future: the clock was set back",
    ),
    Rule.PAUSED: (Step(rule=Rule.PAUSED), "dijeda di meja redaksi", "paused at the desk"),
    Rule.ASKED: (
        Step(rule=Rule.ASKED),
        "diminta dibaca sekarang di meja redaksi",
        "somebody at the desk wants it read now",
    ),
}


def test_every_rule_has_words() -> None:
    assert set(RULES) == set(Rule) == set(SAID)


@pytest.mark.parametrize("rule", SAID)
def test_a_rule_in_both_languages(rule: Rule) -> None:
    step, indonesian, english = SAID[rule]
    assert why(session("id"), planned(step), NOW) == indonesian
    assert why(session("en"), planned(step), NOW) == english


def test_rules_are_told_in_their_order() -> None:
    steps = (SAID[Rule.LULL][0], SAID[Rule.LONGEST][0])
    assert why(session("en"), planned(*steps, waits=2), NOW) == (
        "nothing new 3 times in a row, so later: 1 h 30 min; "
        "everybody is asked at least every 2 h; "
        "another channel of the publisher comes first"
    )


SPANS = {
    timedelta(seconds=5): "5 detik",
    timedelta(seconds=59): "1 menit",
    59 * MINUTE: "59 menit",
    60 * MINUTE: "1 jam",
    1501 * MINUTE: "25 jam 1 menit",
}


@pytest.mark.parametrize("span", SPANS)
def test_spans_in_words(span: timedelta) -> None:
    assert span_words(Translator("id"), span) == SPANS[span]


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_before_the_first_crawl_everything_is_due(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schedule", "--explain", "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    declared = {(name, c.name) for name, s in publishers().items() for c in s.channels}
    assert {(one["publisher"], one["channel"]) for one in plan} == declared
    assert all(one["is_due"] for one in plan)
    assert {step["rule"] for one in plan for step in one["steps"]} == {"first"}
    assert list(folder.iterdir()) == []


def test_the_plan_of_one_publisher(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "en", "schedule", "--explain", "--publisher", "republika"]) == 0
    header, *rows = capsys.readouterr().out.splitlines()
    assert header == "Due\tPublisher\tChannel\tLast asked\tWhy"
    assert rows[0] == "now\trepublika\trss\tnever\tnever asked before"
    assert [row.split("\t")[1] for row in rows] == ["republika"] * 3


@pytest.mark.parametrize(
    "options",
    [
        ("--once", "--explain"),
        ("--once", "--print-unit", "aggregator.service"),
        ("--explain", "--publisher", "kompas"),
        ("--once",),  # a contact is needed
    ],
)
def test_what_cannot_be_done_is_one_line(
    options: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schedule", *options]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)


def test_a_unit_is_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schedule", "--print-unit", "aggregator.service"]) == 0
    assert f"WorkingDirectory={folder}\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("tally", "code"),
    [
        (Tally(), 0),
        (Tally(needs_a_person=True), 1),
        (Tally(busy={"contoh"}), 3),
        (Tally(needs_a_person=True, busy={"contoh"}), 1),
    ],
)
def test_the_exit_code_says_what_came_of_it(tally: Tally, code: int) -> None:
    assert exit_code(tally, once=True) == code
    assert exit_code(tally, once=False) == 0
