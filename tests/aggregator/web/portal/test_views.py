"""Counting readers: once a day each, programs never, and nothing remembered of anybody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from aggregator.errors import StorageError
from aggregator.web.portal import responder
from aggregator.web.portal.counting import Readers, is_program
from storage import viewcounts
from storage.database import Database
from storage.tables import ViewCountRow
from tests.aggregator.web.conftest import Ask, Put
from tests.aggregator.web.portal.conftest import Read, words

TODAY = date(2026, 8, 1)
BROWSER = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
PHONE = {"User-Agent": BROWSER}
PAGE = "/berita/1/siswa-smk-merakit-sepeda-listrik"


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "curl/8.5.0",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
        "facebookexternalhit/1.1",
        "WhatsApp/2.23.20.0",
        "Mozilla/5.0 (X11) HeadlessChrome/126.0",
        "python-requests/2.32",
        "Mozilla/5.0 (compatible; YandexBot/3.0)",
        "Feedly/1.0",
    ],
)
def test_programs_do_not_count(agent: str) -> None:
    assert is_program(agent)


@pytest.mark.parametrize(
    "agent",
    [
        BROWSER,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/126.0",
    ],
)
def test_people_count(agent: str) -> None:
    assert not is_program(agent)


def test_a_reload_is_no_further_view_but_the_next_day_is() -> None:
    readers = Readers()
    for day in (TODAY, TODAY, TODAY + timedelta(days=1)):
        readers.note(1, "203.0.113.7", BROWSER, day)
    readers.note(1, "203.0.113.8", BROWSER, TODAY + timedelta(days=1))
    readers.note(2, "203.0.113.7", BROWSER, TODAY + timedelta(days=1))
    assert readers.take() == {1: 3, 2: 1}
    assert readers.take() == {}


def test_yesterdays_salt_is_gone() -> None:
    salts = iter([b"a", b"b"])
    readers = Readers(lambda: next(salts))
    readers.note(1, "203.0.113.7", BROWSER, TODAY)
    before = set(readers._seen)
    readers.note(1, "203.0.113.7", BROWSER, TODAY + timedelta(days=1))
    assert before.isdisjoint(readers._seen)
    assert all(b"203" not in key for key in readers._seen)


def test_what_could_not_be_written_is_written_later() -> None:
    readers = Readers()
    readers.note(1, "203.0.113.7", BROWSER, TODAY)
    readers.give_back(readers.take())
    assert readers.take() == {1: 1}


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(responder, "WRITTEN_EVERY", 0.0)


@pytest.mark.usefixtures("at_once")
def test_a_page_is_counted_when_it_was_read(put: Put, ask: Ask, read: Read) -> None:
    put()
    for address in ("203.0.113.7", "203.0.113.7", "203.0.113.9"):
        ask(PAGE, headers=PHONE, address=address)
    ask(PAGE, headers={"User-Agent": "Googlebot"})
    ask(PAGE, "HEAD", headers=PHONE, address="203.0.113.10")
    ask("/berita/2/apa", headers=PHONE)
    assert "Dilihat 2 kali" in words(read("/berita/1"))
    assert "Dilihat 2 kali" in words(read("/"))


@pytest.mark.usefixtures("at_once")
def test_the_answer_does_not_depend_on_the_count(
    put: Put, ask: Ask, monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    def broken(*_: object) -> None:
        raise StorageError("sqlite:///x", "full")

    put()
    monkeypatch.setattr(viewcounts, "add", broken)
    assert ask(PAGE, headers=PHONE).status_code == 200
    with database.session() as session:
        assert session.scalars(select(ViewCountRow)).all() == []


def test_counts_add_up_and_unknown_articles_are_passed_over(put: Put, database: Database) -> None:
    number = put()
    for _ in range(2):
        with database.session() as session:
            viewcounts.add(session, {number: 3, number + 1: 9})
    with database.session() as session:
        viewcounts.add(session, {})
        assert viewcounts.of_articles(session, [number, number + 1]) == {number: 6, number + 1: 0}
