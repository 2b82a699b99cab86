"""Signatures: small, stable, and shared by texts that share enough."""

from __future__ import annotations

import pytest

from pipelines.hashwords import read_words
from pipelines.signature import (
    LEAST_ESTIMATE,
    MARK_SHINGLE,
    MARKS,
    PERMUTATIONS,
    Signature,
    estimate,
    rows,
    sign,
)
from tests.pipelines.stories import cut, edited, story

PINNED_MARKS = (
    226977471002334610,
    391481009310880627,
    466112420665267671,
    964409713283157415,
    1066163132665565872,
    1270654882369524475,
    1512217750851655364,
    1609065451727084197,
    1847048477716641490,
    1913673545656198386,
    2098037415215437755,
    2261141400327696919,
)
PINNED_MINIMA = (
    "9f16a3f0ff644fc0a01807785c060f8f3973023e2c36434b987b18b20f203810"
    "a80b3d1cc908fbae27a6d6128d7be2f774487fdacc6f72e1c3498ef84713aec7"
)

SEEDS = range(60)


def signature(text: str) -> Signature:
    (words,) = read_words([text])
    return sign(words)


def similarity(one: str, other: str) -> float:
    first, second = rows([signature(one).minima]), rows([signature(other).minima])
    return float(estimate(first, second)[0])


def are_candidates(one: str, other: str) -> bool:
    marks = set(signature(one).marks) & set(signature(other).marks)
    return bool(marks) and similarity(one, other) >= LEAST_ESTIMATE


def test_a_signature_is_small() -> None:
    found = signature(story(1))
    assert (len(found.marks), len(found.minima)) == (MARKS, PERMUTATIONS)
    assert all(-(2**63) <= mark < 2**63 for mark in found.marks)


def test_case_and_punctuation_do_not_matter() -> None:
    assert signature(story(1)) == signature(story(1).upper().replace(" ", ", "))


@pytest.mark.parametrize("words", [0, 1, 2, 3, MARK_SHINGLE - 1])
def test_a_text_without_a_shingle_has_no_marks(words: int) -> None:
    found = signature(" ".join(f"kata{n}" for n in range(words)))
    assert found.marks == ()
    assert len(found.minima) == (PERMUTATIONS if words >= 3 else 0)


def test_a_text_of_few_shingles_has_fewer_marks() -> None:
    assert len(signature("satu dua tiga empat lima enam").marks) == 2


def test_a_text_that_repeats_itself_has_each_mark_once() -> None:
    found = signature("satu dua tiga empat lima enam " * 50)
    assert len(set(found.marks)) == len(found.marks) == 6


@pytest.mark.parametrize(
    "change",
    [
        lambda text, _: text,
        lambda text, n: edited(text, 0.1, n),
        lambda text, _: cut(text, 0.7),
        lambda text, _: cut(text, 0.5),
        lambda text, n: f"{text} {story(f'more {n}')}",
        lambda text, _: f"JAKARTA, Contoh -- {text} Ikuti kami di saluran resmi setiap hari.",
    ],
    ids=["same", "edited", "cut to 70 %", "cut to 50 %", "joined", "as printed"],
)
def test_prints_of_one_text_become_candidates(change: object) -> None:
    assert callable(change)
    assert all(are_candidates(story(n), change(story(n), n)) for n in SEEDS)


def test_other_texts_become_no_candidates() -> None:
    texts = [story(n) for n in SEEDS]
    pairs = [(a, b) for a in texts for b in texts if a < b]
    assert not any(are_candidates(*pair) for pair in pairs)


def test_the_estimate_is_near_the_truth() -> None:
    differences = []
    for n in SEEDS:
        one, other = story(n), edited(story(n), 0.1, n)
        first, second = (set(read_words([t])[0].shingles(3).tolist()) for t in (one, other))
        differences.append(similarity(one, other) - len(first & second) / len(first | second))
    assert abs(sum(differences) / len(differences)) < 0.03


def test_signatures_are_the_same_in_every_version() -> None:
    """A changed signature needs another ``VERSION``, or articles would not find each other."""
    found = signature(story("pinned", 60))
    assert found.marks == PINNED_MARKS
    assert found.minima.hex() == PINNED_MINIMA
