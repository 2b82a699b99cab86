"""What an article is, beside those that are held: new, the same, a revision or a duplicate."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from aggregator.model import Article, Credit, Evidence, Role
from pipelines.deduplicate import (
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
from tests.pipelines.builders import NOW, normalised

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
