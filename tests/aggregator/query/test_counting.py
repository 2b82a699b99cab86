"""Totals, facets, and articles over time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.errors import QueryChoiceError
from aggregator.query import (
    FACETS,
    ArticleFilter,
    Bucket,
    Interval,
    Total,
    count_articles,
    count_facets,
    count_over_time,
    count_with_facets,
)
from aggregator.query.counting import count_asked
from aggregator.query.reading import read
from aggregator.query.timeline import _spans
from storage import channels
from storage.database import Database
from tests.aggregator.query.conftest import Collection
from tests.aggregator.query.corpus import ARTICLES
from tests.pipelines.builders import WIB, WIT, WITA, attributed, body_of, publisher
from tests.storage.holding import hold

Put = Callable[..., None]

CARACAS = ZoneInfo("America/Caracas")
"""Half an hour back on 9 December 2007, and forth on 1 May 2016."""
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def put(database: Database) -> Put:
    """``put(moment, …)`` stores one article of each moment."""
    numbers = iter(range(1000))
    with database.session() as session:
        channels.ensure(session, publisher(), ())

    def put(*moments: datetime, **changes: Any) -> None:
        with database.session() as session:
            for moment in moments:
                url = f"https://contoh.example/berita/{next(numbers)}/judul"
                stated = {"url": url, "published_raw": None, "published_at": moment}
                stated["fetched_at"] = moment
                own = {**stated, "body_html": body_of("Isi."), **changes}
                hold(session, attributed(**own))

    return put


# --- totals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "articles"),
    [
        ({}, len(ARTICLES)),
        ({"text": "guru"}, 3),
        ({"text": "guru", "limit": 1}, 3),
        ({"publisher": "lain"}, 2),
        ({"text": "tidakada"}, 0),
    ],
)
def test_a_total_is_exact(held: Collection, wanted: dict[str, Any], articles: int) -> None:
    with held.database.session() as session:
        total = count_articles(session, ArticleFilter(**wanted))
    assert total == Total(articles=articles, exact=True)


def estimated(database: Database, cap: int, **wanted: Any) -> Total:
    with database.session() as session:
        return count_asked(session, read(session, ArticleFilter(**wanted)), cap=cap)


def test_beyond_the_cap_a_total_is_estimated_by_how_far_the_counted_reach(
    database: Database, put: Put
) -> None:
    noon = datetime(2026, 7, 1, 4, tzinfo=UTC)
    for day in range(40):
        kind = "genap" if day % 2 == 0 else "ganjil"
        put(noon + timedelta(days=day), headline=f"Semua {kind}")
    assert estimated(database, 10) == Total(articles=40, exact=False)
    assert estimated(database, 40) == Total(articles=40, exact=True)
    half = estimated(database, 10, text="genap", publisher="contoh")
    assert not half.exact
    assert 17 <= half.articles <= 23


# --- facets ---------------------------------------------------------------------------------------


def facets(held: Collection, *names: str, top: int = 10, cap: int = 100, **wanted: Any) -> Any:
    with held.database.session() as session:
        found = count_facets(session, ArticleFilter(**wanted), names or FACETS, top=top, cap=cap)
    return found.to_json()


def test_facets_of_everything(held: Collection) -> None:
    found = facets(held)
    assert (found["articles"], found["exact"]) == (len(ARTICLES), True)
    assert list(found["counts"]) == list(FACETS)
    assert found["counts"]["publisher"] == {"contoh": 14, "dinas": 2, "lain": 2}
    assert found["counts"]["province"] == {"Kalimantan Timur": 2, "Jawa Barat": 1}
    assert found["counts"]["topic"] == {"magang": 1, "penerimaan": 1, "smk": 1}
    assert found["counts"]["month"] == {"2026-07": 17, "2026-08": 1}


def test_spellings_of_a_section_are_one(held: Collection) -> None:
    assert facets(held, "section")["counts"] == {"section": {"Pendidikan": 3, "Nasional": 1}}


def test_facets_of_a_search(held: Collection) -> None:
    found = facets(held, "publisher", "tag", text="smk")
    assert found["counts"] == {
        "publisher": {"contoh": 2},
        "tag": {"KIP Kuliah": 1, "SMK Juara": 1, "beasiswa": 1},
    }


def test_the_most_frequent_are_kept(held: Collection) -> None:
    assert facets(held, "publisher", top=1)["counts"] == {"publisher": {"contoh": 14}}
    assert len(facets(held, "month", top=1)["counts"]["month"]) == 2


def test_beyond_the_cap_the_newest_are_counted(held: Collection) -> None:
    found = facets(held, "month", cap=2)
    assert found == {
        "counts": {"month": {"2026-07": 1, "2026-08": 1}},
        "articles": 2,
        "exact": False,
    }


def test_facets_of_nothing_are_empty(held: Collection) -> None:
    found = facets(held, text="tidakada")
    assert found["counts"] == {name: {} for name in FACETS}


@pytest.mark.parametrize("cap", [1, 2, 100])
@pytest.mark.parametrize(
    "wanted", [{}, {"text": "guru"}, {"text": "guru", "publisher": "contoh"}, {"text": "tidakada"}]
)
def test_together_they_say_what_each_says_alone(
    held: Collection, wanted: dict[str, Any], cap: int
) -> None:
    with held.database.session() as session:
        total, found = count_with_facets(session, ArticleFilter(**wanted), FACETS, cap=cap)
    assert total == estimated(held.database, cap, **wanted)
    assert found.to_json() == facets(held, cap=cap, **wanted)


def test_an_unknown_facet_is_refused(held: Collection) -> None:
    with pytest.raises(QueryChoiceError) as caught:
        facets(held, "author")
    assert caught.value.fields["field"] == "facet"


# --- over time ------------------------------------------------------------------------------------


def over_time(database: Database, by: Interval, **wanted: Any) -> dict[str, int]:
    with database.session() as session:
        buckets = count_over_time(session, ArticleFilter(**wanted), by)
    return {bucket.start.isoformat(): bucket.articles for bucket in buckets}


def test_days_are_the_schools_and_gaps_are_zero(database: Database, put: Put) -> None:
    midnight = datetime(2026, 7, 31, tzinfo=WITA)
    put(midnight - timedelta(seconds=1), midnight, midnight + timedelta(days=2, hours=23))
    assert over_time(database, Interval.DAY, zone=WITA) == {
        "2026-07-30": 1,
        "2026-07-31": 1,
        "2026-08-01": 0,
        "2026-08-02": 1,
    }
    assert list(over_time(database, Interval.DAY, zone=WIT).values()) == [2, 0, 0, 1]
    assert list(over_time(database, Interval.DAY, zone=WIB).values()) == [2, 0, 0, 1]


def test_weeks_begin_on_monday(database: Database, put: Put) -> None:
    sunday = datetime(2026, 8, 2, 23, 59, tzinfo=WITA)
    put(sunday, sunday + timedelta(minutes=1), sunday + timedelta(days=15))
    assert over_time(database, Interval.WEEK) == {
        "2026-07-27": 1,
        "2026-08-03": 1,
        "2026-08-10": 0,
        "2026-08-17": 1,
    }


def test_months(database: Database, put: Put) -> None:
    turn = datetime(2026, 1, 1, tzinfo=WITA)
    put(turn - timedelta(minutes=1), turn, datetime(2026, 3, 31, 23, 59, tzinfo=WITA))
    assert over_time(database, Interval.MONTH) == {
        "2025-12-01": 1,
        "2026-01-01": 1,
        "2026-02-01": 0,
        "2026-03-01": 1,
    }


def test_a_window_begins_and_ends_with_its_days(database: Database, put: Put) -> None:
    put(datetime(2026, 7, 3, 12, tzinfo=WITA))
    window = {"since": date(2026, 7, 2), "until": date(2026, 7, 4)}
    assert list(over_time(database, Interval.DAY, **window).values()) == [0, 1, 0]


def test_what_is_counted_is_filtered(held: Collection) -> None:
    found = over_time(held.database, Interval.DAY, text="guru")
    assert {day: n for day, n in found.items() if n} == {
        "2026-07-21": 1,
        "2026-07-22": 1,
        "2026-07-30": 1,
    }
    assert len(found) == 10


def test_nothing_has_no_time(held: Collection) -> None:
    assert over_time(held.database, Interval.DAY, text="tidakada") == {}


def test_a_bucket_as_json() -> None:
    assert Bucket(start=date(2026, 8, 1), articles=2).to_json() == {
        "start": "2026-08-01",
        "articles": 2,
    }


@pytest.mark.parametrize("zone", [CARACAS, BERLIN], ids=str)
def test_days_of_a_zone_that_changes_its_clock(
    database: Database, put: Put, zone: ZoneInfo
) -> None:
    first = datetime(2007, 3, 1, 0, 30, tzinfo=zone)
    moments = [first + timedelta(days=n) for n in range(0, 400, 7)]
    moments += [moment - timedelta(hours=1) for moment in moments]
    put(*moments)
    expected: dict[str, int] = {}
    for moment in moments:
        day = moment.astimezone(UTC).astimezone(zone).date().isoformat()
        expected[day] = expected.get(day, 0) + 1
    found = over_time(database, Interval.DAY, zone=zone)
    assert {day: n for day, n in found.items() if n} == expected


MOMENTS = st.integers(0, 40 * 365 * 24 * 60).map(
    lambda minutes: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(one=MOMENTS, other=MOMENTS, zone=st.sampled_from([WITA, CARACAS, BERLIN]))
def test_spans_cover_the_time_and_have_one_offset_each(
    one: datetime, other: datetime, zone: ZoneInfo
) -> None:
    first, last = sorted((one, other))
    spans = list(_spans(first, last, zone))
    assert spans[0][0] == first
    assert spans[-1][1] > last
    for (begin, end, offset), following in zip(spans, [*spans[1:], None], strict=True):
        assert begin < end
        for moment in (begin, begin + (end - begin) / 2, end - timedelta(seconds=1)):
            assert moment.astimezone(zone).utcoffset() == offset
        if following is not None:
            assert following[0] == end
            assert following[2] != offset
