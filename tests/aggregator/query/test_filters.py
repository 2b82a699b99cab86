"""Every field of the filter, and the same fields as text parameters."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.errors import QueryChoiceError, QueryError, QueryRangeError, UsageError
from aggregator.model import Channel, ChannelKind, Discovery, Entry, Role
from aggregator.query import (
    PARAMETERS,
    ArticleFilter,
    Sort,
    filter_from_params,
    find_articles,
    iter_articles,
)
from aggregator.search.aliases import aliases_of
from storage import articles, channels
from storage.database import Database
from tests.aggregator.query.conftest import Collection
from tests.aggregator.query.corpus import ARTICLES
from tests.pipelines.builders import NOW, WITA, attributed, body_of, publisher
from tests.storage.holding import hold

ALL = " ".join(ARTICLES)

FILTERS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"publisher": "lain"}, "ministry-new spmb"),
    ({"publisher": ("lain", "dinas")}, "ministry-new ministry-long spmb prakerin"),
    ({"publisher": ()}, ""),
    ({"publisher": "kompas"}, ""),
    ({"section": "PENDIDIKAN"}, "beasiswa sma child"),
    ({"tag": "smk juara"}, "smkn"),
    ({"topic": "smk"}, "pkl"),
    ({"author": "siti"}, "beasiswa smkn"),
    ({"author": "budi", "role": Role.EDITOR}, "smkn"),
    ({"author": "budi", "role": Role.REPORTER}, ""),
    ({"role": Role.EDITOR}, "smkn"),
    ({"representatives": True}, ALL),
    ({"representatives": False}, ""),
    ({"withdrawn": True}, ""),  # more of it in test_withdrawn
    ({"unpublished": False}, ""),
    ({"place": "Balikpapan"}, "smkn spmb"),
    ({"place": "kota balikpapan"}, "smkn spmb"),
    ({"place": "Kaltim"}, "smkn spmb"),
    ({"place": "bogor"}, "ppdb"),
    ({"place": "Singapura"}, "training"),
    ({"place": "tidak ada"}, ""),
    ({"province": "Kalimantan Timur"}, "smkn spmb"),
    ({"province": "kaltim"}, "smkn spmb"),
    ({"province": "JAWA BARAT"}, "ppdb"),
    ({"province": "Balikpapan"}, ""),
    ({"agency": "antara"}, "ppdb civil"),
    ({"language": "en"}, "foreign"),
    ({"since": date(2026, 7, 31)}, "beasiswa smkn"),
    ({"until": date(2026, 7, 15)}, "ordinary"),
    ({"has_image": True}, "sma"),
    ({"has_image": False, "section": "pendidikan"}, "beasiswa child"),
    ({"revised": True}, ""),
    ({"revised": False}, ALL),
    ({"publishable": True}, ALL),
    ({"publishable": False}, ""),
    ({"text": "guru", "section": "pendidikan"}, "sma"),
    ({"text": "penerbit:lain", "publisher": "dinas"}, ""),
    ({"text": "sekolah", "place": "balikpapan", "sort": Sort.RELEVANCE}, "smkn spmb"),
    ({"text": "  "}, ALL),
    ({"sort": Sort.RELEVANCE}, ALL),
)


@pytest.mark.parametrize(("wanted", "found"), FILTERS, ids=lambda value: str(value)[:50])
def test_filter(held: Collection, wanted: dict[str, Any], found: str) -> None:
    assert held.find(**wanted) == found


def test_no_field_of_the_filter_is_untested() -> None:
    tested = {name for wanted, _ in FILTERS for name in wanted}
    elsewhere = {"channel", "first_seen_since", "zone", "aliases", "also", "limit"}
    assert {field.name for field in fields(ArticleFilter)} == tested | elsewhere


@pytest.mark.parametrize(("wanted", "found"), FILTERS, ids=lambda value: str(value)[:50])
def test_a_stream_is_filtered_alike(held: Collection, wanted: dict[str, Any], found: str) -> None:
    with held.database.session() as session:
        streamed = [view.id for view in iter_articles(session, ArticleFilter(**wanted))]
    assert held.names(sorted(streamed, reverse=True)) == " ".join(
        sorted(found.split(), key=ALL.split().index)
    )


def test_other_names_are_those_of_the_filter(held: Collection) -> None:
    own = aliases_of({"sport": {"any": ["ekskul", "ekstrakurikuler"]}})
    assert held.find("ekskul") == ""
    assert held.find("ekskul", aliases=own) == "sport"
    assert held.find("kemdikbud", aliases=own) == "ministry-old"


# --- what the small collection does not have ------------------------------------------------------


@pytest.fixture
def filled(database: Database) -> Database:
    with database.session() as session:
        for name in ("contoh", "lain"):
            channels.ensure(session, publisher(name=name), ())
    return database


def put(database: Database, number: int, **changes: Any) -> int:
    url = f"https://contoh.example/berita/{number}/judul"
    found = attributed(**{"url": url, "body_html": body_of("Isi."), **changes})
    with database.session() as session:
        return hold(session, found)


def ids(database: Database, **wanted: Any) -> list[int]:
    with database.session() as session:
        return [view.id for view in find_articles(session, ArticleFilter(**wanted)).articles]


def test_first_seen_since_counts_when_we_stored_it(filled: Database) -> None:
    put(filled, 1, fetched_at=NOW - timedelta(days=2))
    new = put(filled, 2, fetched_at=NOW, published_raw="1 Januari 2020 08:00 WIB")
    assert ids(filled, first_seen_since=NOW) == [new]
    assert ids(filled, first_seen_since=NOW + timedelta(seconds=1)) == []


def test_a_revised_article(filled: Database) -> None:
    number = put(filled, 1)
    put(filled, 2)
    with filled.session() as session:
        articles.revise(
            session,
            number,
            attributed(headline="Lain"),
            text_fingerprint=None,
            content_fingerprint="1:y",
            changed=("headline",),
            cause="channel",
        )
    assert ids(filled, revised=True) == [number]


def test_a_channel_that_listed_the_article(filled: Database) -> None:
    by_id, by_url = put(filled, 1, external_id="x1"), put(filled, 2)
    put(filled, 3)
    feed = Channel(publisher="contoh", name="rss", kind=ChannelKind.FEED, url="https://a.example")
    with filled.session() as session:
        for name in ("contoh", "lain"):
            channels.ensure(session, publisher(name=name), [replace(feed, publisher=name)])
    listed(filled, "contoh", "x1", "https://contoh.example/berita/2/judul")
    # Another publisher's channel of the same name, and the same key by chance.
    listed(filled, "lain", "https://contoh.example/berita/3/judul")
    assert ids(filled, channel="rss") == [by_url, by_id]
    assert ids(filled, channel="lain") == []


def listed(database: Database, by: str, *keys: str) -> None:
    found = [
        Discovery(url=key, canonical_url=key, external_id=None, channel="rss", entry=Entry(url=key))
        for key in keys
    ]
    with database.session() as session:
        channels.note_entries(session, by, "rss", found, NOW, {})


# --- text parameters ------------------------------------------------------------------------------

READ: tuple[tuple[str, str, Any], ...] = (
    ("publisher", "tribun", ("tribun",)),
    ("publisher", "tribun, republika,", ("tribun", "republika")),
    ("channel", "rss", "rss"),
    ("section", "Pendidikan", "Pendidikan"),
    ("tag", " SMK Juara ", "SMK Juara"),
    ("topic", "smk", "smk"),
    ("author", "siti", "siti"),
    ("role", "Editor", Role.EDITOR),
    ("place", "Balikpapan", "Balikpapan"),
    ("province", "Kaltim", "Kaltim"),
    ("agency", "Antara", "Antara"),
    ("language", "id", "id"),
    ("unpublished", "ya", True),
    ("withdrawn", "true", True),
    ("since", "2026-08-01", date(2026, 8, 1)),
    ("until", "2026-08-01", date(2026, 8, 1)),
    ("first_seen_since", "2026-08-01", datetime(2026, 8, 1, tzinfo=WITA)),
    ("first_seen_since", "2026-08-01T10:00:00+07:00", datetime(2026, 8, 1, 3, tzinfo=UTC)),
    ("first_seen_since", "2026-08-01T10:00:00Z", datetime(2026, 8, 1, 10, tzinfo=UTC)),
    ("revised", "true", True),
    ("revised", "0", False),
    ("has_image", "ya", True),
    ("has_image", "Tidak", False),
    ("publishable", "1", True),
    ("representatives", "ya", True),
    ("text", 'guru "honorer"', 'guru "honorer"'),
    ("sort", "relevance", Sort.RELEVANCE),
    ("limit", "50", 50),
)


@pytest.mark.parametrize(("name", "text", "value"), READ)
def test_a_parameter_is_read(name: str, text: str, value: object) -> None:
    assert getattr(filter_from_params({name: text}), name) == value


def test_every_field_that_is_asked_for_has_a_parameter() -> None:
    assert {name for name, _, _ in READ} == set(PARAMETERS)
    assert set(PARAMETERS) == {f.name for f in fields(ArticleFilter)} - {"zone", "aliases", "also"}


@pytest.mark.parametrize("name", PARAMETERS)
def test_an_empty_parameter_was_not_given(name: str) -> None:
    assert filter_from_params({name: " "}) == filter_from_params({})


def test_no_parameters_are_the_usual_filter_in_the_schools_zone() -> None:
    zone = ZoneInfo("Asia/Jayapura")
    assert filter_from_params({}, zone=zone) == ArticleFilter(zone=zone)


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("publishers", "tribun", QueryChoiceError),
        ("cursor", "x", QueryChoiceError),
        ("sort", "oldest", QueryChoiceError),
        ("role", "boss", QueryChoiceError),
        ("limit", "0", QueryRangeError),
        ("limit", "1001", QueryRangeError),
        ("limit", "-1", QueryError),
        ("limit", "1.5", QueryError),
        ("limit", "٣", QueryError),
        ("limit", "9" * 30, QueryError),
        ("since", "kemarin", QueryError),
        ("until", "2026-02-30", QueryError),
        ("first_seen_since", "2026-08-01T10:00:00", QueryError),
        ("first_seen_since", "0001-01-01", QueryError),
        ("first_seen_since", "0001-01-01T00:00:00+14:00", QueryError),
        ("first_seen_since", "x", QueryError),
        ("revised", "2", QueryError),
        ("has_image", "maybe", QueryError),
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(
    name: str, text: str, kind: type[QueryError]
) -> None:
    with pytest.raises(kind) as caught:
        filter_from_params({name: text})
    assert name in (caught.value.fields["field"], caught.value.fields["value"])


def test_an_own_limit_may_be_lower() -> None:
    assert filter_from_params({"limit": "100"}, max_limit=100).limit == 100
    with pytest.raises(QueryRangeError) as caught:
        filter_from_params({"limit": "101"}, max_limit=100)
    assert caught.value.fields["most"] == 100


@given(st.dictionaries(st.sampled_from([*PARAMETERS, "x"]), st.text(max_size=30)))
def test_whatever_is_given_is_read_or_refused(params: dict[str, str]) -> None:
    with suppress(UsageError):
        assert isinstance(filter_from_params(params), ArticleFilter)
