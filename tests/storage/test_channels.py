"""Publishers and channels: declared, polled, and what they said of articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from aggregator.model import (
    Channel,
    ChannelKind,
    ChannelState,
    Discovery,
    Entry,
    Publisher,
    RightsBasis,
)
from pipelines.attribute import attribute
from pipelines.store import store
from storage import channels, rights
from storage.database import Database
from storage.tables import ArticleRow, ChannelRow, EntryRow, PublisherRow
from tests.pipelines.builders import NOW, normalised, publisher

LATER = NOW + timedelta(hours=6)
FEED = Channel(
    publisher="contoh", name="rss", kind=ChannelKind.FEED, url="https://contoh.example/rss"
)
LISTING = Channel(
    publisher="contoh",
    name="indeks",
    kind=ChannelKind.LISTING,
    url="https://contoh.example/indeks",
)
POLLED = ChannelState(
    etag='W/"é1"', last_modified="Sat, 01 Aug 2026 03:00:00 GMT", polled_at=NOW, not_before=LATER
)


def _ensure(database: Database, *declared: Channel, of: Publisher | None = None) -> None:
    with database.session() as session:
        channels.ensure(session, of or publisher(), declared)


def _save(database: Database, found: ChannelState, name: str = "rss") -> None:
    with database.session() as session:
        channels.save_state(session, "contoh", name, found)


def _state(database: Database, name: str = "rss", of: str = "contoh") -> ChannelState:
    with database.session() as session:
        return channels.state(session, of, name)


def _discovery(key: str, headline: str | None = "Judul", **entry: Any) -> Discovery:
    url = f"https://contoh.example/{key}"
    return Discovery(
        url=url,
        canonical_url=url,
        external_id=key,
        channel="rss",
        entry=Entry(url=url, headline=headline, **entry),
    )


def _note(
    database: Database,
    *listed: Discovery,
    at: datetime = NOW,
    channel: str = "rss",
    times: dict[str, datetime | None] | None = None,
) -> None:
    with database.session() as session:
        channels.note_entries(session, "contoh", channel, listed, at, times or {})


def _headlines(database: Database, *keys: str, channel: str = "rss") -> dict[str, str]:
    with database.session() as session:
        return channels.listed_headlines(session, "contoh", channel, keys)


# --- declared -------------------------------------------------------------------------------------


def test_publishers_are_known_by_their_titles(database: Database) -> None:
    with database.session() as session:
        assert channels.publisher_titles(session) == {
            "contoh": "Harian Contoh",
            "lain": "Harian Contoh",
        }


def test_a_publisher_says_what_is_declared_now(database: Database) -> None:
    changed = publisher(title="Contoh Baru", rights_basis=RightsBasis.PERMISSION, terms="surat 12")
    _ensure(database, of=changed)
    with database.session() as session:
        row = session.get_one(PublisherRow, "contoh")
    assert (row.title, row.rights_basis, row.terms) == ("Contoh Baru", "izin_tertulis", "surat 12")


def test_a_permission_that_ended_ends_for_what_is_held(database: Database) -> None:
    _ensure(database, of=publisher(rights_basis=RightsBasis.PERMISSION))
    for number, about in enumerate((publisher(), publisher(name="lain")), start=1):
        found = normalised(
            publisher=about.name, url=f"https://contoh.example/berita/{number}/judul"
        )
        permitted = replace(about, rights_basis=RightsBasis.PERMISSION)
        store(database, attribute(found, permitted), cause="channel")
    _ensure(database, of=publisher(rights_basis=RightsBasis.EXCERPT_ONLY))
    assert _grounds(database) == {"contoh": "kutipan_saja", "lain": "izin_tertulis"}
    with database.session() as session:
        changed = rights.settle(
            session, dict.fromkeys(("contoh", "lain"), RightsBasis.EXCERPT_ONLY)
        )
    assert changed == {"lain": 1}  # whatever the publisher's row says
    assert _grounds(database) == dict.fromkeys(("contoh", "lain"), "kutipan_saja")


def test_which_grounds_changed_is_known_by_the_publishers(database: Database) -> None:
    _ensure(database, of=publisher(rights_basis=RightsBasis.PERMISSION))
    wanted = {"contoh": RightsBasis.EXCERPT_ONLY, "baru": RightsBasis.PERMISSION}
    with database.session() as session:
        assert rights.changed(session, wanted) == {"contoh": RightsBasis.EXCERPT_ONLY}
        rights.settle(session, wanted)
        assert rights.changed(session, wanted) == {}


def _grounds(database: Database) -> dict[str, str]:
    with database.session() as session:
        return dict(session.execute(select(ArticleRow.publisher, ArticleRow.rights_basis)).all())


def test_declaring_a_channel_twice_makes_one(database: Database) -> None:
    for _ in range(2):
        _ensure(database, FEED, LISTING)
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(ChannelRow)) == 2


def test_a_channel_that_is_no_longer_declared_keeps_its_state(database: Database) -> None:
    _ensure(database, FEED, LISTING)
    _save(database, POLLED)
    _ensure(database, LISTING)
    assert _state(database) == POLLED


# --- polled ---------------------------------------------------------------------------------------


def test_a_channel_never_polled_has_no_state(database: Database) -> None:
    _ensure(database, FEED)
    assert _state(database) == ChannelState()


def test_an_unknown_channel_has_no_state(database: Database) -> None:
    assert _state(database, "tak dikenal") == ChannelState()


@pytest.mark.parametrize("found", [POLLED, ChannelState(polled_at=NOW), ChannelState()])
def test_the_state_of_the_last_poll_is_kept(database: Database, found: ChannelState) -> None:
    _ensure(database, FEED)
    _save(database, POLLED)
    _save(database, found)
    assert _state(database) == found


def test_the_state_of_an_unknown_channel_is_not_kept(database: Database) -> None:
    _save(database, POLLED, "tak dikenal")
    assert _state(database, "tak dikenal") == ChannelState()


def test_the_state_belongs_to_one_channel(database: Database) -> None:
    _ensure(database, FEED, LISTING)
    _save(database, POLLED)
    assert _state(database, "indeks") == ChannelState()


def test_channels_of_two_publishers_may_share_a_name(database: Database) -> None:
    _ensure(database, FEED)
    _ensure(database, FEED, of=publisher(name="lain"))
    _save(database, POLLED)
    assert _state(database, of="lain") == ChannelState()


def test_declaring_a_channel_again_keeps_its_state(database: Database) -> None:
    for _ in range(2):
        _ensure(database, FEED)
        _save(database, POLLED)
    assert _state(database) == POLLED


def test_a_channel_that_moved_starts_anew(database: Database) -> None:
    _ensure(database, FEED)
    _save(database, POLLED)
    moved = Channel(publisher="contoh", name="rss", kind=ChannelKind.FEED, url="https://b.example")
    _ensure(database, moved)
    assert _state(database) == ChannelState()


# --- listed ---------------------------------------------------------------------------------------


def test_a_channel_remembers_what_it_called_an_article(database: Database) -> None:
    _ensure(database, FEED)
    _note(database, _discovery("x1", "Satu"), _discovery("x2", "Dua"))
    assert _headlines(database, "x1", "x3") == {"x1": "Satu"}


def test_the_last_headline_counts(database: Database) -> None:
    _ensure(database, FEED)
    for headline in ("Satu", "Dua"):
        _note(database, _discovery("x1", headline))
    assert _headlines(database, "x1") == {"x1": "Dua"}


def test_an_article_listed_twice_on_a_page_is_remembered_once(database: Database) -> None:
    _ensure(database, FEED)
    _note(database, _discovery("x1", "Satu"), _discovery("x1", "Dua"))
    assert _headlines(database, "x1") == {"x1": "Dua"}


@pytest.mark.parametrize("headline", [None, ""])
def test_an_entry_without_a_headline_has_none(database: Database, headline: str | None) -> None:
    _ensure(database, FEED)
    _note(database, _discovery("x1", headline))
    assert _headlines(database, "x1") == {}


def test_each_channel_has_its_own_words(database: Database) -> None:
    _ensure(database, FEED, LISTING)
    _note(database, _discovery("x1", "Satu"))
    assert _headlines(database, "x1", channel="indeks") == {}


def test_an_entry_keeps_its_first_and_its_last_sight(database: Database) -> None:
    _ensure(database, FEED)
    for moment, raw in ((NOW, "1 Agustus"), (LATER, "2 Agustus")):
        _note(database, _discovery("x1", published_raw=raw), at=moment)
    with database.session() as session:
        (row,) = session.scalars(select(EntryRow))
    assert (row.first_seen, row.last_seen, row.published_raw) == (NOW, LATER, "2 Agustus")


def test_what_an_unknown_channel_lists_is_not_kept(database: Database) -> None:
    _note(database, _discovery("x1"), channel="tak dikenal")
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(EntryRow)) == 0


def test_the_first_statement_of_a_time_is_kept(database: Database) -> None:
    """ "7 menit yang lalu" is exact when it is first seen, "2 jam yang lalu" is not."""
    _ensure(database, FEED)
    _note(database, _discovery("x1"), times={"x1": NOW})
    _note(database, _discovery("x1"), at=LATER, times={"x1": LATER})
    with database.session() as session:
        assert session.scalars(select(EntryRow.published_at)).all() == [NOW]


@pytest.mark.parametrize("keys", [(), ("x1",)])
def test_a_channel_that_listed_nothing_says_nothing(
    database: Database, keys: tuple[str, ...]
) -> None:
    _ensure(database, FEED)
    _note(database)
    assert _headlines(database, *keys) == {}
