"""Questions to the database: every filter, the school's days, paging, and what each answers."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from aggregator.errors import ArticleNotFoundError, QueryError
from aggregator.model import Credit, Precision, Role
from aggregator.query import (
    MAX_LIMIT,
    STREAM_BATCH,
    ArticleFilter,
    ArticleView,
    PublisherStats,
    articles_by_id,
    find_articles,
    get_article,
    history,
    iter_articles,
    parse_day,
    stats,
)
from pipelines.attribute import attribute
from pipelines.fingerprint import content_fingerprint
from pipelines.store import store
from storage import articles, channels
from storage.database import Database
from tests.pipelines.builders import (
    LONG_TEXT,
    NOW,
    WIB,
    WIT,
    WITA,
    attributed,
    body_of,
    normalised,
    publisher,
)

Put = Callable[..., int]
Ids = Callable[..., list[int]]

LAST_OF_JULY = date(2026, 7, 31)


@pytest.fixture
def database(database: Database) -> Database:
    with database.session() as session:
        for name in ("contoh", "lain"):
            channels.ensure(session, publisher(name=name), ())
    return database


@pytest.fixture
def put(database: Database) -> Put:
    """``put(headline="…")`` stores one more article and returns its number."""
    numbers = count(1)

    def put(**changes: Any) -> int:
        number = next(numbers)
        own = {
            "url": f"https://contoh.example/berita/{number}/judul",
            "body_html": body_of(f"Isi nomor {number}."),
        }
        outcome = store(database, attributed(**{**own, **changes}), cause="channel")
        assert outcome.article_id is not None
        return outcome.article_id

    return put


@pytest.fixture
def ids(database: Database) -> Ids:
    """``ids(tag="…")``: numbers of the articles that a filter leaves, as they come."""

    def ids(**wanted: Any) -> list[int]:
        return [view.id for view in found(database, **wanted)]

    return ids


def found(database: Database, **wanted: Any) -> tuple[ArticleView, ...]:
    with database.session() as session:
        return find_articles(session, ArticleFilter(**wanted)).articles


def one(database: Database, key: str) -> ArticleView:
    with database.session() as session:
        return get_article(session, key)


# --- filters --------------------------------------------------------------------------------------


def test_without_a_filter_all_articles_come_newest_first(put: Put, ids: Ids) -> None:
    first = put(published_raw="29 Juli 2026 08:00 WIB")
    newest = put(published_raw="31 Juli 2026 08:00 WIB")
    middle = put(published_raw="30 Juli 2026 08:00 WIB")
    assert ids() == [newest, middle, first]


def test_an_article_without_a_time_stands_where_it_was_first_seen(put: Put, ids: Ids) -> None:
    published = put(published_raw="31 Juli 2026 08:00 WIB")
    undated = put(published_raw=None, fetched_at=NOW)
    older = put(published_raw=None, fetched_at=NOW - timedelta(days=3))
    assert ids() == [undated, published, older]


def test_of_two_articles_of_one_moment_the_later_stored_comes_first(put: Put, ids: Ids) -> None:
    first, second = put(), put()
    assert ids() == [second, first]


def test_publisher(database: Database, put: Put, ids: Ids) -> None:
    put()
    other = attribute(normalised(publisher="lain"), publisher(name="lain", title="Harian Lain"))
    wanted = store(database, other, cause="channel").article_id
    assert ids(publisher="lain") == [wanted]


@pytest.mark.parametrize("asked", ["Pendidikan", "pendidikan", "PENDIDIKAN"])
def test_section_in_any_case(put: Put, ids: Ids, asked: str) -> None:
    wanted = put(section="Pendidikan")
    put(section="Pendidikan Tinggi")
    put()
    assert ids(section=asked) == [wanted]


@pytest.mark.parametrize("asked", ["SMK Juara", "smk juara", "SMK JUARA"])
def test_tag_in_any_case(put: Put, ids: Ids, asked: str) -> None:
    wanted = put(tags=("lomba", "SMK Juara"))
    put(tags=("SMK",))
    assert ids(tag=asked) == [wanted]


@pytest.mark.parametrize("name", ["CAFÉ", "Édukasi", "ŞEHIR", "İstanbul"])
def test_a_section_and_a_tag_with_foreign_letters_are_found_as_written(
    put: Put, ids: Ids, name: str
) -> None:
    wanted = put(section=name, tags=(name,))
    assert ids(section=name) == ids(tag=name) == [wanted]


def test_a_tag_of_several_is_no_reason_to_come_twice(put: Put, ids: Ids) -> None:
    wanted = put(tags=("smk", "lomba", "robot"))
    assert ids(tag="lomba") == [wanted]


def test_topic(put: Put, ids: Ids) -> None:
    wanted = put(topics=("vocational", "scholarship"))
    put(topics=("vocational",))
    put()
    assert ids(topic="scholarship") == [wanted]


@pytest.mark.parametrize("asked", ["Siti Aminah", "siti", "MINA", "Aminah, M.Pd"])
def test_author_by_a_part_of_the_name(put: Put, ids: Ids, asked: str) -> None:
    wanted = put(credits=(Credit(name="Siti Aminah, M.Pd.", role=Role.EDITOR),))
    put(credits=(Credit(name="Budi Santoso", role=Role.REPORTER),))
    put()
    assert ids(author=asked) == [wanted]


@pytest.mark.parametrize("asked", ["%", "_", "\\", "S%A"])
def test_signs_in_an_author_mean_themselves(put: Put, ids: Ids, asked: str) -> None:
    put(credits=(Credit(name="Siti Aminah", role=Role.REPORTER),))
    assert ids(author=asked) == []


def test_an_author_with_two_roles_is_no_reason_to_come_twice(put: Put, ids: Ids) -> None:
    roles = (Role.REPORTER, Role.PHOTOGRAPHER)
    wanted = put(credits=tuple(Credit(name="Siti Aminah", role=role) for role in roles))
    assert ids(author="siti") == [wanted]


def test_publishable(put: Put, ids: Ids) -> None:
    dated, undated = put(), put(published_raw=None)
    assert ids(publishable=True) == [dated]
    assert ids(publishable=False) == [undated]
    assert ids(publishable=None) == [undated, dated]


def test_filters_are_combined(put: Put, ids: Ids) -> None:
    wanted = put(section="Pendidikan", tags=("smk",))
    put(section="Pendidikan", tags=("sma",))
    put(section="Nasional", tags=("smk",))
    assert ids(section="Pendidikan", tag="smk") == [wanted]


def test_nothing_found_is_an_empty_last_page(database: Database, put: Put) -> None:
    put()
    with database.session() as session:
        page = find_articles(session, ArticleFilter(tag="tidak ada"))
    assert (page.articles, page.next_cursor) == ((), None)


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "sepeda",
        "SEPEDA LISTRIK",
        "listrik sepeda",
        "  sepeda   bengkel ",  # one in the headline, one in the body
        "bengk*",
        "",
    ],
)
def test_all_words_anywhere_in_headline_or_body(put: Put, ids: Ids, words: str) -> None:
    wanted = put(headline="Sepeda Listrik SMK", body_html=body_of("Dirakit di Bengkel sekolah."))
    assert ids(text=words) == [wanted]


def test_a_word_that_is_missing_rules_an_article_out(put: Put, ids: Ids) -> None:
    put(headline="Sepeda Listrik SMK")
    assert ids(text="sepeda motor") == []


@pytest.mark.parametrize("asked", ["n%k", "na_k", "nai\\k"])
def test_signs_in_a_text_are_no_wildcards(put: Put, ids: Ids, asked: str) -> None:
    put(body_html=body_of("Nilai naik."))
    assert ids(text=asked) == []


@pytest.mark.parametrize(
    "field",
    [
        *("publisher", "channel", "section", "tag", "topic", "author"),
        *("place", "province", "agency", "language"),
    ],
)
@pytest.mark.parametrize("asked", ["smk\0", "\udcff"], ids=ascii)
def test_what_no_database_takes_for_a_text_is_in_no_article(
    put: Put, ids: Ids, field: str, asked: str
) -> None:
    put(section="smk", tags=("smk",), topics=("smk",), body_html=body_of("smk"))
    assert ids(**{field: asked}) == []


# --- days -----------------------------------------------------------------------------------------


def at(moment: datetime) -> dict[str, Any]:
    return {"published_raw": None, "published_at": moment}


MIDNIGHT = datetime(2026, 7, 31, tzinfo=WITA)
NEXT_MIDNIGHT = datetime(2026, 8, 1, tzinfo=WITA)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("moment", "inside"),
    [
        (MIDNIGHT - INSTANT, False),
        (MIDNIGHT, True),
        (NEXT_MIDNIGHT - INSTANT, True),
        (NEXT_MIDNIGHT, False),
        (datetime(2026, 7, 30, 22, 59, tzinfo=WIB), False),
        (datetime(2026, 7, 30, 23, 0, tzinfo=WIB), True),
        (datetime(2026, 7, 31, 22, 59, tzinfo=WIB), True),
        (datetime(2026, 7, 31, 23, 0, tzinfo=WIB), False),
        (datetime(2026, 7, 30, 16, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 31, 1, 0, tzinfo=WIT), True),
        (datetime(2026, 7, 31, 0, 59, tzinfo=WIT), False),
    ],
    ids=str,
)
def test_a_day_is_the_schools(put: Put, ids: Ids, moment: datetime, inside: bool) -> None:
    number = put(**at(moment))
    assert ids(since=LAST_OF_JULY, until=LAST_OF_JULY) == ([number] if inside else [])


def test_since_and_until_stand_alone(put: Put, ids: Ids) -> None:
    before, inside, after = (
        put(**at(moment))
        for moment in (MIDNIGHT - INSTANT, MIDNIGHT + timedelta(hours=9), NEXT_MIDNIGHT)
    )
    assert ids(since=LAST_OF_JULY) == [after, inside]
    assert ids(until=LAST_OF_JULY) == [inside, before]


@pytest.mark.parametrize("zone", [WIB, WITA, WIT], ids=str)
def test_an_article_of_a_day_is_of_that_day_in_every_indonesian_zone(
    database: Database, put: Put, zone: ZoneInfo
) -> None:
    number = put(published_raw="31 Juli 2026")
    (view,) = found(database, since=LAST_OF_JULY, until=LAST_OF_JULY, zone=zone)
    assert (view.id, view.article.published_precision) == (number, Precision.DAY)


def test_an_article_of_a_day_is_of_no_other(put: Put, ids: Ids) -> None:
    put(published_raw="31 Juli 2026")
    assert ids(until=date(2026, 7, 30)) == ids(since=date(2026, 8, 1)) == []


def test_another_zone_has_other_days(put: Put, ids: Ids) -> None:
    number = put(**at(datetime(2026, 7, 31, 15, 0, tzinfo=UTC)))
    assert ids(since=date(2026, 8, 1), zone=WIT) == [number]
    assert ids(since=date(2026, 8, 1), zone=WITA) == []


def test_an_article_without_a_time_counts_by_first_sight(put: Put, ids: Ids) -> None:
    number = put(published_raw=None, fetched_at=NOW)
    assert ids(since=date(2026, 8, 1), until=date(2026, 8, 1)) == [number]
    assert ids(until=LAST_OF_JULY) == []


def test_since_after_until_is_refused(database: Database) -> None:
    with pytest.raises(QueryError) as caught:
        found(database, since=date(2026, 8, 1), until=LAST_OF_JULY)
    assert caught.value.fields["field"] == "since"


def test_the_last_day_of_the_calendar_leaves_everything(put: Put, ids: Ids) -> None:
    number = put()
    assert ids(until=date.max) == [number]
    assert ids(since=date.max) == []


@pytest.mark.parametrize("zone", ["Asia/Makassar", "UTC", "America/Caracas"])
def test_the_last_but_one_day_of_the_calendar_is_a_day(put: Put, ids: Ids, zone: str) -> None:
    number = put()
    day = date.max - timedelta(days=1)
    assert ids(until=day, zone=ZoneInfo(zone)) == [number]
    assert ids(since=day, zone=ZoneInfo(zone)) == []


def test_the_first_day_of_the_calendar_may_begin_before_all_time(put: Put, ids: Ids) -> None:
    put()
    assert ids(until=date.min) == []
    with pytest.raises(QueryError) as caught:
        ids(since=date.min)
    assert caught.value.fields["field"] == "since"


# --- pages ----------------------------------------------------------------------------------------


def fill(put: Put) -> list[int]:
    """Ten articles of four moments, newest first."""
    moments = [0, 0, 5, 5, 5, 5, 7, 9, 9, 9]
    stored = [(days, put(**at(NOW - timedelta(days=days)))) for days in moments]
    return [number for _, number in sorted(stored, key=lambda item: (item[0], -item[1]))]


def walk(database: Database, limit: int, between: Callable[[], object] = lambda: None) -> list[int]:
    """Numbers on all pages; ``between`` happens after each."""
    seen: list[int] = []
    cursor: str | None = None
    while True:
        with database.session() as session:
            page = find_articles(session, ArticleFilter(limit=limit), cursor)
        seen.extend(view.id for view in page.articles)
        assert len(page.articles) <= limit
        cursor = page.next_cursor
        if cursor is None:
            return seen
        between()


def test_pages_of_any_size_hold_everything_once_newest_first(database: Database, put: Put) -> None:
    everything = fill(put)
    assert [walk(database, limit) for limit in range(1, 12)] == [everything] * 11


@pytest.mark.parametrize("days", [-0.5, 0, 5, 7, 8, 30])
def test_articles_arriving_between_pages_neither_repeat_nor_hide_others(
    database: Database, put: Put, days: float
) -> None:
    everything = fill(put)
    arriving = iter(range(4))

    def arrive() -> None:
        if next(arriving, None) is not None:
            put(**at(NOW - timedelta(days=days)))

    seen = walk(database, 2, arrive)
    assert [number for number in seen if number in everything] == everything
    assert len(seen) == len(set(seen))


def test_a_page_that_is_exactly_full_is_the_last(database: Database, put: Put) -> None:
    put()
    put()
    with database.session() as session:
        assert find_articles(session, ArticleFilter(limit=2)).next_cursor is None


def test_a_cursor_continues_within_its_filter(database: Database, put: Put) -> None:
    wanted = [put(tags=("smk",)) for _ in range(3)]
    put()
    with database.session() as session:
        first = find_articles(session, ArticleFilter(tag="smk", limit=2))
        rest = find_articles(session, ArticleFilter(tag="smk", limit=2), first.next_cursor)
    assert [view.id for view in (*first.articles, *rest.articles)] == wanted[::-1]


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


MOMENT = "2026-07-31T01:00:00+00:00"


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "????",
        "kursor-é",
        encoded(1),
        encoded([MOMENT]),
        encoded([MOMENT, 1, 2]),
        encoded([MOMENT, "1"]),
        encoded([MOMENT, 1.5]),
        encoded([MOMENT, True]),
        encoded([MOMENT, None]),
        encoded([MOMENT, 2**70]),
        encoded([MOMENT, -(2**70)]),
        encoded([1, 1]),
        encoded(["kemarin", 1]),
        encoded(["2026-07-31T01:00:00", 1]),
        encoded(["0001-01-01T00:00:00+14:00", 1]),
        encoded(["9999-12-31T23:00:00-12:00", 1]),
        encoded({MOMENT: 1, "x": 2}),
        base64.urlsafe_b64encode(b"[" * 100_000).decode(),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    ],
    ids=count(),
)
def test_a_cursor_that_no_page_gave_is_refused(database: Database, cursor: str) -> None:
    with database.session() as session, pytest.raises(QueryError) as caught:
        find_articles(session, ArticleFilter(), cursor)
    assert caught.value.fields["field"] == "cursor"


@pytest.mark.parametrize("limit", [-1, 0, MAX_LIMIT + 1, None])
def test_a_limit_out_of_range_is_refused(database: Database, limit: int | None) -> None:
    with pytest.raises(QueryError) as caught:
        found(database, limit=limit)
    assert caught.value.fields["field"] == "limit"


@pytest.mark.parametrize("limit", [1, MAX_LIMIT])
def test_a_limit_in_range_is_kept(put: Put, ids: Ids, limit: int) -> None:
    put()
    put()
    assert len(ids(limit=limit)) == min(limit, 2)


# --- streams --------------------------------------------------------------------------------------


def test_a_stream_holds_what_the_pages_hold(database: Database, put: Put) -> None:
    everything = fill(put)
    with database.session() as session:
        assert [view.id for view in iter_articles(session, ArticleFilter())] == everything


def test_a_stream_of_several_batches_holds_everything_once(database: Database) -> None:
    with database.session() as session:
        for number in range(STREAM_BATCH + 3):
            changes = at(NOW - timedelta(hours=number // 3))
            url = f"https://contoh.example/berita/{number}/judul"
            article = attributed(url=url, body_html=body_of("Isi."), **changes)
            fingerprint = content_fingerprint(article.article)
            articles.add(
                session,
                article,
                text_fingerprint=None,
                content_fingerprint=fingerprint,
                cause="channel",
            )
    with database.session() as session:
        page = find_articles(session, ArticleFilter(limit=MAX_LIMIT))
        expected = [view.id for view in page.articles]
        streamed = [view.id for view in iter_articles(session, ArticleFilter())]
    assert streamed == expected
    assert len(set(streamed)) == STREAM_BATCH + 3


def test_a_stream_is_filtered(database: Database, put: Put) -> None:
    wanted = put(tags=("smk",))
    put()
    with database.session() as session:
        views = iter_articles(session, ArticleFilter(tag="smk"))
        assert [view.id for view in views] == [wanted]


# --- one article ----------------------------------------------------------------------------------

ADDRESS = "https://contoh.example/berita/900/judul"


@pytest.mark.parametrize(
    "key",
    [
        "contoh:900",
        "contoh:kaltim/900",
        ADDRESS,
        f"{ADDRESS}/",
        f"{ADDRESS}?utm_source=wa",
        "http://contoh.example/berita/900/judul",
        "https://m.contoh.example/berita/900/judul?page=1",  # as requested
    ],
)
def test_an_article_by_each_of_its_names(database: Database, put: Put, key: str) -> None:
    external_id = key.partition(":")[2] if key.startswith("contoh:") else "900"
    put()
    wanted = put(
        url="https://m.contoh.example/berita/900/judul?page=1",
        canonical_url=ADDRESS,
        external_id=external_id,
    )
    assert one(database, key).id == wanted


def test_an_article_by_its_number(database: Database, put: Put) -> None:
    put()
    wanted = put()
    assert one(database, str(wanted)).id == wanted


def test_an_article_by_the_address_of_its_duplicate(database: Database, put: Put) -> None:
    wanted = put(body_html=body_of(LONG_TEXT))
    assert put(url=ADDRESS, body_html=body_of(LONG_TEXT)) == wanted
    assert one(database, ADDRESS).id == wanted


@pytest.mark.parametrize(
    "key",
    [
        "0",
        "999",
        "9" * 15,
        "9" * 40,
        "-1",
        "",
        " ",
        "tidak ada",
        "contoh:",
        "contoh:999",
        "lain:1",
        ":1",
        "https://contoh.example/berita/999/lain",
        "https://",
        "ftp://contoh.example/berita/1/judul",
        "https://[",
        "Siti: Aminah",
        "contoh:7\0",
        "https://contoh.example/\udcff",
    ],
    ids=ascii,
)
def test_a_key_that_is_nobodys_is_not_found(database: Database, put: Put, key: str) -> None:
    put(external_id="7")
    with pytest.raises(ArticleNotFoundError) as caught:
        one(database, key)
    assert caught.value.fields["key"] == key


def test_a_view_is_the_article_as_stored_with_what_we_know(database: Database, put: Put) -> None:
    changes = {"url": ADDRESS, "tags": ("smk", "robot"), "byline": "Reporter: Siti Aminah"}
    stored, number = attributed(**changes), put(**changes, body_html=body_of(LONG_TEXT))
    view = one(database, str(number))
    assert view.found == stored
    assert (view.article, view.attribution) == (stored.article, stored.attribution)
    known = view.holding
    assert (known.revision, known.first_seen, known.last_seen) == (1, NOW, NOW)


# --- several --------------------------------------------------------------------------------------


def test_articles_by_number_come_newest_first(database: Database, put: Put) -> None:
    older = put(published_raw="29 Juli 2026 08:00 WIB")
    newer = put(published_raw="31 Juli 2026 08:00 WIB")
    put()
    with database.session() as session:
        for asked in ([older, newer], [newer, older, newer, 999]):
            assert [view.id for view in articles_by_id(session, asked)] == [newer, older]


def test_no_numbers_are_no_articles(database: Database, put: Put) -> None:
    put()
    with database.session() as session:
        assert articles_by_id(session, []) == ()


def test_history_is_every_revision_from_the_first(database: Database, put: Put) -> None:
    number = put(url=ADDRESS, headline="Judul Lama")
    later = NOW + timedelta(hours=6)
    assert put(url=ADDRESS, headline="Judul Baru", fetched_at=later) == number
    with database.session() as session:
        first, second = history(session, number)
    assert (first.number, first.headline, first.seen_at) == (1, "Judul Lama", NOW)
    assert (second.number, second.headline, second.seen_at) == (2, "Judul Baru", later)
    assert "headline" in second.changed


def test_nothing_held_has_no_history(database: Database) -> None:
    with database.session() as session:
        assert history(session, 999) == ()


# --- numbers --------------------------------------------------------------------------------------


def test_an_empty_database_has_empty_stats(database: Database) -> None:
    with database.session() as session:
        assert stats(session).to_json() == {
            "articles": 0,
            "publishers": [],
            "months": {},
            "sections": {},
            "tags": {},
            "topics": {},
            "authors": {},
        }


def test_stats_by_publisher(database: Database, put: Put) -> None:
    first, last = (datetime(2026, month, 5, 3, tzinfo=UTC) for month in (6, 7))
    put(**at(last))
    put(**at(first))
    put(published_raw=None)
    with database.session() as session:
        assert stats(session).publishers == (
            PublisherStats(
                publisher="contoh",
                articles=3,
                publishable=2,
                withdrawn=0,
                first_published=first,
                last_published=last,
            ),
        )


def test_stats_by_what_articles_carry(database: Database, put: Put) -> None:
    siti = Credit(name="Siti Aminah", role=Role.REPORTER)
    budi = Credit(name="Budi Santoso", role=Role.EDITOR)
    put(section="Pendidikan", tags=("smk", "robot"), topics=("vocational",), credits=(siti, budi))
    put(section="Pendidikan", tags=("smk",), credits=(siti,))
    put(section="Nasional")
    put()
    with database.session() as session:
        counted = stats(session)
        best = stats(session, top=1)
    assert list(counted.sections.items()) == [("Pendidikan", 2), ("Nasional", 1)]
    assert list(counted.tags.items()) == [("smk", 2), ("robot", 1)]
    assert counted.topics == {"vocational": 1}
    assert list(counted.authors.items()) == [("Siti Aminah", 2), ("Budi Santoso", 1)]
    assert (best.sections, best.tags) == ({"Pendidikan": 2}, {"smk": 2})


@pytest.mark.parametrize("server_zone", ["UTC", "Asia/Jayapura", "America/New_York"])
def test_months_are_those_of_utc_wherever_the_server_is(
    database: Database, put: Put, server_zone: str
) -> None:
    turn = datetime(2026, 7, 1, tzinfo=UTC)
    for moment in (turn - INSTANT, turn, turn + timedelta(days=3)):
        put(**at(moment))
    with database.session() as session:
        if database.engine.dialect.name == "postgresql":
            session.execute(text(f"SET LOCAL TIME ZONE '{server_zone}'"))
        assert list(stats(session).months.items()) == [("2026-06", 1), ("2026-07", 2)]


# --- days as text ---------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["2026-07-31", " 2026-07-31\n"])
def test_a_day_is_read(written: str) -> None:
    assert parse_day(written, "since") == LAST_OF_JULY


@pytest.mark.parametrize(
    "written",
    [
        "",
        "31-07-2026",
        "31/07/2026",
        "2026-7-1",
        "2026-02-30",
        "2026-13-01",
        "2026-07-31T10:00",
        "20260731",
        "2026-W31-5",
        "kemarin",
        "２０２６-07-31",
    ],
)
def test_what_is_no_day_is_refused_by_the_name_of_its_filter(written: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_day(written, "until")
    assert (caught.value.fields["field"], caught.value.fields["value"]) == ("until", written)
