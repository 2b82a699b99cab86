"""Two texts side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.alignment import Difference, Gap, Run, align, differences, gaps

WORDS = st.lists(st.sampled_from("a b c d e".split()), max_size=20)


def test_shared_runs_and_what_stands_between_them() -> None:
    one, other = "a b c d e f".split(), "a b x d e f g".split()
    runs = align(one, other)
    assert runs == [Run(first=0, second=0, size=2), Run(first=3, second=3, size=3)]
    assert list(gaps(runs, len(one), len(other))) == [
        Gap(first=(2, 3), second=(2, 3)),
        Gap(first=(6, 6), second=(6, 7)),
    ]


@given(WORDS, WORDS)
def test_runs_and_gaps_together_are_both_texts(one: list[str], other: list[str]) -> None:
    runs = align(one, other)
    for run in runs:
        shared = one[run.first : run.first + run.size]
        assert shared == other[run.second : run.second + run.size]
    between = list(gaps(runs, len(one), len(other)))
    words = sum(run.size for run in runs)
    assert words + sum(b - a for a, b in (gap.first for gap in between)) == len(one)
    assert words + sum(b - a for a, b in (gap.second for gap in between)) == len(other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Siswa datang.", "siswa  DATANG", []),
        ("Siswa — datang", "Siswa datang", []),
        (
            "Lab dibuka hingga pukul 18.00 WIB.",
            "Lab dibuka hingga pukul 17.00 WIB.",
            [Difference(before="Lab dibuka hingga pukul", removed="18.00", added="17.00",
                        after="WIB.")],
        ),
        (
            "Siswa datang.",
            "Siswa datang pagi ini.",
            [Difference(before="Siswa datang.", removed="", added="pagi ini.", after="")],
        ),
        ("", "Siswa", [Difference(before="", removed="", added="Siswa", after="")]),
        ("", "", []),
    ],
)  # fmt: skip
def test_differences_are_shown_in_words_as_printed(
    one: str, other: str, expected: list[Difference]
) -> None:
    assert differences(one, other) == expected


def test_a_difference_turned_round_is_the_same_passages() -> None:
    one, other = "Ajakan disampaikan Senin pagi.", "Ajakan itu disampaikan Selasa pagi."
    forth, back = differences(one, other), differences(other, one)
    assert [(d.removed, d.added) for d in forth] == [(d.added, d.removed) for d in back]
