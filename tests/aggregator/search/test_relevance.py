"""Scores: where a word stands, and how long ago."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from aggregator.search.aliases import bundled_aliases
from aggregator.search.meaning import meaning
from aggregator.search.parser import parse
from aggregator.search.relevance import (
    ELSEWHERE,
    HALF_LIFE,
    IN_HEADLINE,
    IN_OPENING,
    IN_TAGS,
    OLD,
    SCALE,
    Candidate,
    Scale,
)

NOW = datetime(2026, 8, 1, tzinfo=UTC)


def score(
    query: str,
    headline: str = "",
    tags: Sequence[str] = (),
    opening: str = "",
    age: timedelta = timedelta(0),
) -> float:
    search = meaning(parse(query), bundled_aliases(), lambda _prefix, _limit: ())
    candidate = Candidate(id=1, sort_at=NOW - age, headline=headline, tags=tags, opening=opening)
    return Scale(search, NOW).score(candidate) / SCALE


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"headline": "Guru"}, IN_HEADLINE),
        ({"tags": ("lain", "guru baru")}, IN_TAGS),
        ({"opening": "Para guru."}, IN_OPENING),
        ({}, ELSEWHERE),
        ({"headline": "Guru", "tags": ("guru",), "opening": "guru"}, IN_HEADLINE),
        ({"tags": ("guru",), "opening": "guru"}, IN_TAGS),
    ],
)
def test_the_most_prominent_place_counts(found: dict[str, str], expected: float) -> None:
    assert score("guru", **found) == expected  # type: ignore[arg-type]


def test_each_part_of_a_search_counts_alike() -> None:
    assert score("guru honorer", headline="Guru") == (IN_HEADLINE + ELSEWHERE) / 2
    assert score("guru honorer", "Guru", opening="honorer") == (IN_HEADLINE + IN_OPENING) / 2


def test_another_name_is_as_good() -> None:
    assert score("kemdikbud", headline="Kemendikdasmen") == IN_HEADLINE
    assert score("sekolah menengah kejuruan", headline="SMK") == IN_HEADLINE


def test_a_phrase_must_stand_whole() -> None:
    assert score('"guru honorer"', headline="Guru", opening="honorer") == ELSEWHERE
    assert score('"guru honorer"', tags=("guru", "honorer")) == ELSEWHERE


def test_age_halves_the_rest() -> None:
    assert score("guru", "Guru", age=HALF_LIFE) == pytest.approx(OLD + (1 - OLD) / 2)
    assert score("guru", "Guru", age=10_000 * HALF_LIFE) == OLD
    assert score("guru", "Guru", age=-HALF_LIFE) == IN_HEADLINE


def test_an_old_headline_comes_before_a_mention_of_today() -> None:
    assert score("guru", "Guru", age=1000 * HALF_LIFE) > score("guru")
    assert score("guru", "Guru", age=1000 * HALF_LIFE) < score("guru", opening="guru")
