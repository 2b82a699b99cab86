"""What hosts asked of us."""

from __future__ import annotations

from datetime import timedelta

from aggregator.model import HostWish
from storage import hosts
from storage.database import Database
from tests.pipelines.builders import NOW

HOST = "www.contoh.example"
LATER = NOW + timedelta(hours=6)


def _wishes(database: Database) -> dict[str, HostWish]:
    with database.session() as session:
        return hosts.wishes(session)


def test_a_host_that_asked_for_nothing_is_not_there(database: Database) -> None:
    with database.session() as session:
        hosts.note_crawl_delay(session, HOST, None)
    assert _wishes(database) == {}


def test_the_last_wish_counts(database: Database) -> None:
    for moment in (LATER, NOW):
        with database.session() as session:
            hosts.note_wait(session, HOST, moment)
    assert _wishes(database) == {HOST: HostWish(not_before=NOW)}


def test_wishes_stand_beside_each_other(database: Database) -> None:
    with database.session() as session:
        hosts.note_wait(session, HOST, NOW)
        hosts.note_crawl_delay(session, HOST, timedelta(seconds=10))
    with database.session() as session:
        hosts.note_crawl_delay(session, "lain.example", timedelta(seconds=0.2))
    assert _wishes(database) == {
        HOST: HostWish(not_before=NOW, crawl_delay=timedelta(seconds=10)),
        "lain.example": HostWish(crawl_delay=timedelta(seconds=1)),
    }


def test_a_host_may_take_back_its_delay(database: Database) -> None:
    for delay in (timedelta(seconds=10), None):
        with database.session() as session:
            hosts.note_crawl_delay(session, HOST, delay)
    assert _wishes(database) == {HOST: HostWish()}
