"""What headers say about when to come back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Response

from aggregator.times import LONGEST_WAIT
from spiders.headers import (
    DEFAULT_RETRY_AFTER,
    LONGEST_MAX_AGE,
    max_age,
    retry_after,
)
from tests.pipelines.builders import NOW

NOON = "Sat, 01 Aug 2026 04:00:00 GMT"  # an hour after NOW


def answer(**headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response("https://contoh.example/rss", headers=named)


WAITS: dict[str, timedelta] = {
    "120": timedelta(minutes=2),
    " 0 ": timedelta(0),
    NOON: timedelta(hours=1),
    "Sat, 01 Aug 2026 11:00:00 +0700": timedelta(hours=1),
    "": DEFAULT_RETRY_AFTER,
    "nanti": DEFAULT_RETRY_AFTER,
    "-5": DEFAULT_RETRY_AFTER,
    "9" * 40: LONGEST_WAIT,
    "Fri, 01 Aug 2036 04:00:00 GMT": LONGEST_WAIT,
}


@pytest.mark.parametrize("stated", WAITS)
def test_when_a_host_may_be_asked_again(stated: str) -> None:
    assert retry_after(answer(Retry_After=stated), NOW) == NOW + WAITS[stated]


AGES: list[tuple[dict[str, str], timedelta | None]] = [
    ({}, None),
    ({"Cache_Control": "max-age=300"}, timedelta(minutes=5)),
    ({"Cache_Control": 'public, Max-Age="300"'}, timedelta(minutes=5)),
    ({"Cache_Control": "max-age=300", "Age": "100"}, timedelta(seconds=200)),
    ({"Cache_Control": "max-age=300", "Age": "300"}, None),
    ({"Cache_Control": "max-age=300", "Age": "baru"}, timedelta(minutes=5)),
    ({"Cache_Control": "max-age=0, must-revalidate"}, None),
    ({"Cache_Control": "no-cache, max-age=300"}, None),
    ({"Cache_Control": "no-store"}, None),
    ({"Cache_Control": "max-age=-1"}, None),
    ({"Cache_Control": "s-maxage=300"}, None),
    ({"Cache_Control": "max-age=" + "9" * 30}, LONGEST_MAX_AGE),
    ({"Expires": NOON}, timedelta(hours=1)),
    ({"Expires": NOON, "Date": "Sat, 01 Aug 2026 03:30:00 GMT"}, timedelta(minutes=30)),
    ({"Expires": "0"}, None),
    ({"Expires": "Thu, 19 Nov 1981 08:52:00 GMT"}, None),
    ({"Cache_Control": "max-age=60", "Expires": NOON}, timedelta(minutes=1)),
]


@pytest.mark.parametrize(("headers", "age"), AGES)
def test_for_how_long_an_answer_is_fresh(headers: dict[str, str], age: timedelta | None) -> None:
    assert max_age(answer(**headers), NOW) == age


@given(st.text(max_size=40).filter(lambda text: text.isprintable() and text.isascii()))
def test_no_header_is_too_odd(text: str) -> None:
    odd = answer(Retry_After=text, Cache_Control=f"max-age={text}", Expires=text, Age=text)
    until: datetime = retry_after(odd, NOW)
    assert until <= NOW + LONGEST_WAIT
    found = max_age(odd, NOW)
    assert found is None or timedelta(0) < found <= LONGEST_MAX_AGE
