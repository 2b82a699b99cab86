"""What an article is, beside those that are held: new, the same, a revision or a duplicate."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from aggregator.model import Article, Credit, Evidence, Precision, Role
from pipelines.deduplicate import (
    ANOTHER_ARTICLE,
    NO_ARTICLE,
    OLDER,
    SAME_TEXT,
    Decision,
    Held,
    Kind,
    changed_fields,
    decide,
    is_copy,
)
from pipelines.fingerprint import content_fingerprint
from tests.pipelines.builders import NOW, WIB, normalised

COPY = (Evidence(kind="first_published", text="Artikel ini telah tayang di Kompas.com"),)
OLD = normalised()


def held(article: Article = OLD, **changes: Any) -> Held:
    known = Held(id=7, article=article, content_fingerprint=content_fingerprint(article))
    return replace(known, **changes)


def test_what_nothing_resembles_is_new() -> None:
    assert decide(OLD, same=None, same_text=None) == Decision(kind=Kind.NEW)


def test_the_same_identity_with_the_same_content_is_the_same() -> None:
    found = decide(replace(OLD, fetched_at=NOW + timedelta(days=1)), same=held(), same_text=None)
    assert (found.kind, found.of, found.changed) == (Kind.SAME, 7, ())


@pytest.mark.parametrize(
    ("changes", "changed"),
    [
        ({"headline": "Judul Baru"}, ("headline",)),
        ({"body": ("Isi baru.",)}, ("body",)),
        ({"credits": (Credit(name="Ani", role=Role.REPORTER),)}, ("credits",)),
        ({"published_at": NOW}, ("published_at",)),
        ({"headline": "Judul Baru", "body": ("Isi baru.",)}, ("headline", "body")),
    ],
)
def test_the_same_identity_with_other_content_is_a_revision(
    changes: dict[str, Any], changed: tuple[str, ...]
) -> None:
    found = decide(replace(OLD, **changes), same=held(), same_text=None)
    assert found == Decision(kind=Kind.REVISION, of=7, reason="same identity", changed=changed)


def test_a_fingerprint_of_another_version_alone_is_no_revision() -> None:
    found = decide(OLD, same=held(content_fingerprint="0:abc"), same_text=None)
    assert found.kind is Kind.SAME


def test_white_space_is_no_change() -> None:
    assert changed_fields(OLD, replace(OLD, headline=f" {OLD.headline.replace(' ', '  ')}")) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Siswa SMK ”juara” – lagi", 'Siswa SMK "juara" - lagi'),
        ("Siswa SMK juara", "Siswa SMK juara (Dilihat 18 kali)"),
    ],
)
def test_punctuation_and_counters_are_no_change(old: str, new: str) -> None:
    before, after = replace(OLD, headline=old, body=(old,)), replace(OLD, headline=new, body=(new,))
    assert changed_fields(before, after) == ()
    assert changed_fields(before, replace(after, body=(new, "Dibaca 7 kali"))) == ()


def timed(day: int, hour: int, minute: int, precision: Precision) -> Article:
    moment = datetime(2026, 8, day, hour, minute, tzinfo=WIB)
    return replace(OLD, published_at=moment, published_precision=precision)


EXACT, HOUR, DAY = Precision.MINUTE, Precision.HOUR, Precision.DAY


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        (timed(4, 10, 0, EXACT), timed(4, 10, 0, EXACT), False),
        (timed(4, 10, 0, EXACT), timed(4, 10, 1, EXACT), True),
        (timed(4, 10, 0, EXACT), timed(4, 10, 40, HOUR), False),
        (timed(4, 10, 0, HOUR), timed(4, 11, 0, HOUR), True),
        (timed(4, 0, 0, DAY), timed(4, 23, 59, EXACT), False),
        (timed(4, 23, 59, EXACT), timed(4, 0, 0, DAY), False),
        (timed(4, 0, 0, DAY), timed(5, 0, 0, DAY), True),
        (timed(4, 0, 0, DAY), replace(OLD, published_at=None), True),
        (replace(OLD, published_at=None), replace(OLD, published_at=None), False),
    ],
)
def test_a_time_is_compared_as_exactly_as_both_state_it(
    old: Article, new: Article, changed: bool
) -> None:
    assert ("published_at" in changed_fields(old, new)) is changed


def test_a_day_is_compared_in_the_zone_that_states_it() -> None:
    stated = timed(4, 0, 0, DAY)
    exact = replace(OLD, published_at=datetime(2026, 8, 3, 18, 0, tzinfo=UTC))
    assert "published_at" not in changed_fields(stated, exact)


OTHER_TEXT = tuple(f"Berita lain nomor {n} tentang hal yang berbeda." for n in range(20))
OTHER = {
    "external_id": "x2",
    "canonical_url": "https://contoh.example/berita/2",
    "headline": "Judul Lain",
    "body": OTHER_TEXT,
}
GUESSED = (Evidence(kind="basis", text="fallback"),)
SHELL = {"headline": "Contoh", "body": OTHER_TEXT, "evidence": GUESSED}
SAME = "same identity"


@pytest.mark.parametrize(
    ("known", "changes", "kind", "reason"),
    [
        ({}, OTHER, Kind.ANOTHER, ANOTHER_ARTICLE),
        ({"external_id": "x1"}, OTHER, Kind.ANOTHER, ANOTHER_ARTICLE),
        # one of the two alone: a text with two identifiers, a text that was written anew
        ({"external_id": "x1"}, {**OTHER, "body": OLD.body}, Kind.REVISION, SAME),
        ({"external_id": "x1"}, {**OTHER, "headline": OLD.headline}, Kind.REVISION, SAME),
        ({"external_id": "x2"}, OTHER, Kind.REVISION, SAME),
        ({}, {**OTHER, "canonical_url": OLD.canonical_url}, Kind.REVISION, SAME),
        ({}, SHELL, Kind.ANOTHER, NO_ARTICLE),
        ({}, {**SHELL, "body": OLD.body}, Kind.REVISION, SAME),
        ({"evidence": GUESSED}, SHELL, Kind.REVISION, SAME),
    ],
)  # fmt: skip
def test_something_else_at_its_address_is_not_a_revision(
    known: dict[str, Any], changes: dict[str, Any], kind: Kind, reason: str
) -> None:
    found = decide(replace(OLD, **changes), same=held(replace(OLD, **known)), same_text=None)
    assert (found.kind, found.of, found.reason) == (kind, 7, reason)


def test_an_older_text_never_replaces_a_newer_one() -> None:
    older = replace(OLD, headline="Judul Lama", fetched_at=NOW - timedelta(seconds=1))
    found = decide(older, same=held(said_since=NOW), same_text=None)
    assert found == Decision(kind=Kind.SAME, of=7, reason=OLDER)


@pytest.mark.parametrize("said_since", [None, NOW, NOW - timedelta(days=1)])
def test_a_text_that_is_not_older_is_a_revision(said_since: Any) -> None:
    newer = replace(OLD, headline="Judul Baru", fetched_at=NOW)
    assert decide(newer, same=held(said_since=said_since), same_text=None).kind is Kind.REVISION


def test_the_same_text_under_another_identity_is_a_duplicate() -> None:
    found = decide(replace(OLD, headline="Judul Lain"), same=None, same_text=held())
    assert found == Decision(kind=Kind.DUPLICATE, of=7, reason=SAME_TEXT)


def test_identity_counts_more_than_text() -> None:
    found = decide(OLD, same=held(id=1), same_text=held(id=2))
    assert (found.kind, found.of) == (Kind.SAME, 1)


@pytest.mark.parametrize(
    ("new", "known"),
    [(COPY, ()), ((), COPY), (COPY, COPY)],
    ids=["the new one", "the held one", "both"],
)
def test_copies_that_name_another_original_stay_separate(
    new: tuple[Evidence, ...], known: tuple[Evidence, ...]
) -> None:
    found = decide(
        replace(OLD, evidence=new), same=None, same_text=held(replace(OLD, evidence=known))
    )
    assert found.kind is Kind.NEW


@pytest.mark.parametrize(
    ("evidence", "copy"),
    [
        ((), False),
        (COPY, True),
        ((Evidence(kind="source", text="Sumber: Antara"),), False),
        ((Evidence(kind="original_url", text="(https://contoh.example)"),), False),
    ],
)
def test_only_a_statement_makes_a_copy(evidence: tuple[Evidence, ...], copy: bool) -> None:
    assert is_copy(replace(OLD, evidence=evidence)) is copy


def test_the_order_of_arrival_plays_no_part() -> None:
    one, other = OLD, replace(OLD, url="https://contoh.example/2", headline="Judul Lain")
    first = decide(other, same=None, same_text=held(one))
    second = decide(one, same=None, same_text=held(other))
    assert first == second
