"""The JSON article: every key of the contract, in its order, whatever is known."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from aggregator.articlejson import Holding, article_json
from aggregator.model import (
    AttributedArticle,
    Correction,
    CorrectionKind,
    Credit,
    Dateline,
    Evidence,
    Flag,
    Image,
    MatchReason,
    Precision,
    PublishedIn,
    RightsBasis,
    Role,
    Withdrawal,
)
from pipelines.attribute import attribute
from tests.docs import pages
from tests.docs.pages import first_cells, read, section
from tests.pipelines.builders import NOW, WIB, WIT, WITA, attributed, normalised, publisher

REFERENCE = read(pages.REFERENCE / "article.md")

LISTS = ("body", "credits", "tags", "topics", "flags", "duplicates", "published_in")
NULL_WHEN_ABSENT = (
    "external_id",
    "summary",
    "excerpt",
    "published_at",
    "published_raw",
    "published_precision",
    "modified_at",
    "dateline",
    "agency",
    "section",
    "image",
    "language",
    "cluster_id",
    "revision",
    "correction",
    "withdrawn",
    "first_seen",
    "last_seen",
    "text_removed_at",
)


def bare() -> AttributedArticle:
    """Nothing but what an article cannot be without."""
    article = replace(normalised(published_raw=None), excerpt=None, body=(), body_html="")
    return attribute(article, publisher())


def whole() -> AttributedArticle:
    """Nothing is absent."""
    article = replace(
        normalised(),
        external_id="900",
        summary="Ringkasan.",
        modified_at=datetime(2026, 7, 31, 12, 0, tzinfo=WITA),
        credits=(Credit(name="Siti Aminah", role=Role.REPORTER),),
        dateline=Dateline(mark="CONTOH", place="BALIKPAPAN", raw="CONTOH, BALIKPAPAN --"),
        agency="Antara",
        section="Pendidikan",
        tags=("smk",),
        topics=("vocational",),
        flags=(Flag(name="answer-key", rule="headline", found="kunci jawaban"),),
        image=Image(url="https://contoh.example/1.jpg"),
        language="id",
        pages=2,
        paywalled=True,
        stated_publisher="Harian Contoh",
        evidence=(Evidence(kind="byline", text="Oleh: Siti Aminah"),),
        correction=Correction(kind=CorrectionKind.HAK_JAWAB, sentence="Hak jawab: …"),
    )
    return attribute(article, publisher())


HELD = Holding(
    revision=3,
    first_seen=NOW,
    last_seen=NOW + timedelta(hours=1),
    cluster_id=5,
    withdrawn=Withdrawal(at=NOW, reason="permintaan", by="Rini", by_hand=True),
    published_in=(
        PublishedIn(portal="smk", url="https://smk.example/1", at=NOW, reason=MatchReason.TEXT),
    ),
    text_removed_at=NOW,
)


@pytest.mark.parametrize("article", [bare(), whole()], ids=["bare", "whole"])
@pytest.mark.parametrize("holding", [Holding(), HELD], ids=["not held", "held"])
def test_it_has_the_documented_keys_in_their_order(
    article: AttributedArticle, holding: Holding
) -> None:
    found = article_json(article, holding)
    assert list(found) == first_cells(REFERENCE.partition("\n## ")[0])
    assert list(found["attribution"]) == first_cells(section(REFERENCE, "`attribution`"))


def test_what_is_absent_is_null() -> None:
    found = article_json(bare())
    assert [key for key, value in found.items() if value is None] == list(NULL_WHEN_ABSENT)


def test_of_a_whole_article_nothing_is_null() -> None:
    found = article_json(whole(), HELD)
    assert [key for key, value in found.items() if value is None] == []


@pytest.mark.parametrize("article", [bare(), whole()], ids=["bare", "whole"])
def test_a_list_is_a_list(article: AttributedArticle) -> None:
    found = article_json(article)
    assert {key for key, value in found.items() if isinstance(value, list)} == set(LISTS)
    assert isinstance(found["attribution"]["evidence"], list)


@pytest.mark.parametrize("article", [bare(), whole()], ids=["bare", "whole"])
def test_it_survives_json(article: AttributedArticle) -> None:
    found = article_json(article, HELD)
    assert json.loads(json.dumps(found)) == found


def test_parts_have_their_documented_keys() -> None:
    found = article_json(whole(), HELD)
    assert found["credits"] == [{"name": "Siti Aminah", "role": "reporter"}]
    assert found["dateline"] == {
        "mark": "CONTOH",
        "place": "BALIKPAPAN",
        "raw": "CONTOH, BALIKPAPAN --",
        "region": None,
        "province": None,
        "zone": None,
    }
    assert found["image"] == {
        "url": "https://contoh.example/1.jpg",
        "caption": None,
        "credit": None,
    }
    assert found["flags"] == [{"name": "answer-key", "rule": "headline", "found": "kunci jawaban"}]
    assert found["correction"] == {"kind": "hak jawab", "sentence": "Hak jawab: …"}
    moment = "2026-08-01T03:00:00+00:00"
    assert found["withdrawn"] == {"at": moment, "reason": "permintaan", "by": "Rini"}
    assert found["published_in"] == [
        {"portal": "smk", "url": "https://smk.example/1", "at": moment}
    ]


def test_the_attribution_is_whole() -> None:
    article = whole()
    assert article_json(article)["attribution"] == {
        "credit_line": article.attribution.credit_line,
        "publisher_title": "Harian Contoh",
        "url": "https://contoh.example/berita/1/judul",
        "basis": "berita_aktual_43c",
        "stated": True,
        "evidence": [
            {"kind": "byline", "text": "Oleh: Siti Aminah"},
            {"kind": "publisher", "text": "Harian Contoh"},
        ],
    }


@pytest.mark.parametrize("basis", RightsBasis)
def test_the_rights_basis_is_a_plain_word(basis: RightsBasis) -> None:
    found = attribute(normalised(), publisher(rights_basis=basis))
    word = article_json(found)["attribution"]["basis"]
    assert (type(word), word) == (str, basis.value)


@pytest.mark.parametrize("precision", Precision)
def test_the_precision_is_a_plain_word(precision: Precision) -> None:
    moment = datetime(2026, 7, 31, tzinfo=WIB)
    word = article_json(attributed(published_at=moment, published_precision=precision))
    assert type(word["published_precision"]) is str
    assert word["published_precision"] == precision.value


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        (WIB, "2026-07-31T09:15:00+07:00"),
        (WITA, "2026-07-31T09:15:00+08:00"),
        (WIT, "2026-07-31T09:15:00+09:00"),
        (UTC, "2026-07-31T09:15:00+00:00"),
        (timezone(timedelta(hours=-3, minutes=-30)), "2026-07-31T09:15:00-03:30"),
    ],
    ids=str,
)
@pytest.mark.parametrize("field", ["published_at", "modified_at"])
def test_a_time_keeps_the_offset_that_was_stated(field: str, zone: Any, written: str) -> None:
    moment = {field: datetime(2026, 7, 31, 9, 15, tzinfo=zone)}
    assert article_json(attributed(published_raw=None, **moment))[field] == written


def test_what_we_know_is_beside_what_was_stated() -> None:
    found = article_json(whole(), HELD)
    assert (found["revision"], found["cluster_id"]) == (3, 5)
    assert found["first_seen"] == found["fetched_at"] == "2026-08-01T03:00:00+00:00"
    assert found["last_seen"] == "2026-08-01T04:00:00+00:00"
