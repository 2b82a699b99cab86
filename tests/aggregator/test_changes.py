"""Differences between revisions: readable, and nothing is lost in them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.changes import Difference, Op, changes, shortened, word_diff
from aggregator.model import Cause, Credit, Revision, Role
from tests.pipelines.builders import NOW

ANI, BUDI = (Credit(name=name, role=Role.REPORTER) for name in ("Ani", "Budi"))


def revision(**stated: Any) -> Revision:
    usual = {
        "number": 1,
        "seen_at": NOW,
        "cause": Cause.CHANNEL,
        "headline": "Lab Bahasa Buka",
        "body": ("Lab bahasa buka hingga petang.", "Tercatat 140 kunjungan.", "Siswa senang."),
        "credits": (ANI,),
        "published_at": NOW,
    }
    return Revision(**{**usual, **stated})


def marked(difference: Difference) -> str:
    marks = {Op.SAME: "{}", Op.REMOVED: "[-{}-]", Op.ADDED: "{{+{}+}}"}
    return "".join(marks[span.op].format(span.text) for span in difference)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Ada 140 kunjungan.", "Ada 104 kunjungan.", "Ada [-140 -]{+104 +}kunjungan."),
        ("Lab buka.", "Ralat: Lab buka.", "{+Ralat: +}Lab buka."),
        ("Lab buka hari ini.", "Lab buka.", "Lab [-buka hari ini.-]{+buka.+}"),
        ("a b c", "a b c", "a b c"),
        ("satu dan dua", "tiga dan empat", "[-satu dan dua-]{+tiga dan empat+}"),
        ("", "baru", "{+baru+}"),
    ],
)  # fmt: skip
def test_words_that_changed_are_marked(old: str, new: str, shown: str) -> None:
    assert marked(word_diff(old, new)) == shown


TEXT = st.text("ab c\n", max_size=30) | st.text(max_size=30)


@given(TEXT, TEXT)
def test_nothing_is_lost_in_a_difference(old: str, new: str) -> None:
    found = word_diff(old, new)
    assert "".join(s.text for s in found if s.op is not Op.ADDED) == old
    assert "".join(s.text for s in found if s.op is not Op.REMOVED) == new


@given(TEXT)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(span.op is Op.SAME for span in word_diff(text, text))


def test_only_paragraphs_that_changed_are_shown() -> None:
    corrected = ("Lab bahasa buka hingga petang.", "Tercatat 104 kunjungan.", "Siswa senang.")
    (change,) = changes(revision(), revision(body=corrected))
    assert (change.field, change.old, change.new) == (
        "body",
        list(revision().body),
        list(corrected),
    )
    assert [marked(p) for p in change.paragraphs] == ["Tercatat [-140 -]{+104 +}kunjungan."]


def test_a_paragraph_that_was_added_is_shown_whole() -> None:
    (change,) = changes(revision(), revision(body=(*revision().body, "Berita ini dikoreksi.")))
    assert "Berita ini dikoreksi." in "".join(marked(p) for p in change.paragraphs)


@pytest.mark.parametrize(
    ("stated", "field", "old", "new"),
    [
        (
            {"credits": (BUDI,)},
            "credits",
            [{"name": "Ani", "role": "reporter"}],
            [{"name": "Budi", "role": "reporter"}],
        ),
        ({"published_at": None}, "published_at", NOW.isoformat(), None),
        (
            {"published_at": NOW + timedelta(hours=1)},
            "published_at",
            NOW.isoformat(),
            (NOW + timedelta(hours=1)).isoformat(),
        ),
    ],
)
def test_names_and_times_are_shown_before_and_after(
    stated: dict[str, Any], field: str, old: Any, new: Any
) -> None:
    (change,) = changes(revision(), revision(**stated))
    assert (change.field, change.old, change.new, change.paragraphs) == (field, old, new, ())


def test_equal_revisions_have_no_changes() -> None:
    assert changes(revision(), revision(number=2, cause=Cause.PARSER)) == ()


def test_what_stays_is_shortened_around_a_change() -> None:
    words = " ".join(f"k{n}" for n in range(30))
    found = shortened(word_diff(f"{words} lama {words}", f"{words} baru {words}"), 2)
    assert marked(found) == "… k28 k29 [-lama -]{+baru +}k0 k1 … "


def test_what_is_short_stays_whole() -> None:
    found = word_diff("satu dua lama tiga", "satu dua baru tiga")
    assert shortened(found, 5) == found
