"""An editor decides: by name, about what was looked at, and about nothing that may not be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from aggregator import review
from aggregator.errors import (
    AggregatorError,
    ArticleNotFoundError,
    ArticleWithdrawnError,
    ChangedMeanwhileError,
    NotPublishableError,
    ReviewValueError,
)
from aggregator.model import AttributedArticle, Review, ReviewState
from aggregator.query import get_article
from aggregator.review import Act, changed_since
from aggregator.reviewqueue import Tray, Wanted, counted, listed
from pipelines.relate import compare_all_pending
from pipelines.store import store
from storage import audit, clusters, reviews, withdrawals
from storage.database import Database
from storage.tables import ArticleRow
from tests.pipelines.builders import NOW
from tests.pipelines.stories import edited as edited_text
from tests.pipelines.stories import story
from tests.pipelines.test_relate import _introduce, article

BY_ANI = Act(by="Bu Ani", now=NOW)
LATER = NOW + timedelta(hours=1)
BY_BUDI = Act(by="Pak Budi", now=LATER)

Do = Callable[..., Review]
ACTS: dict[str, Do] = {
    "approve": review.approve,
    "hold": review.hold,
    "reject": lambda *a: review.reject(*a, reason="iklan"),
    "reopen": review.reopen,
    "edit": lambda *a: review.edit(*a, headline="Judul kami"),
    "section": lambda *a: review.place(*a, section="Berita"),
    "schedule": lambda *a: review.schedule(*a, publish_at=LATER),
}


@pytest.fixture
def desk(database: Database) -> Database:
    """Articles 1 and 2 print one text, 1 for both; 3 has another."""
    _introduce(database)
    text = story(1)
    put_print(
        database,
        article(1, text, hours=1),
        article(2, edited_text(text, 0.02), "lain", hours=2),
        article(3, story(3), "dinas", hours=3),
    )
    return database


def put_print(database: Database, *found: AttributedArticle) -> None:
    for one in found:
        store(database, one, cause="channel")
    compare_all_pending(database)


def decide(database: Database, name: str, key: int, act: Act = BY_ANI, **given: Any) -> Review:
    with database.session() as session:
        do: Do = getattr(review, name) if given else ACTS[name]
        return do(session, str(key), act, **given)


def tray(database: Database, which: Tray, **wanted: Any) -> list[int]:
    with database.session() as session:
        page = listed(session, which, Wanted(**wanted), NOW)
        return [item.view.id for item in page.items]


def held(database: Database, key: int) -> Review | None:
    with database.session() as session:
        return reviews.of_articles(session, [key]).get(key)


# --- acts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("approve", ReviewState.APPROVED),
        ("hold", ReviewState.HELD),
        ("reject", ReviewState.REJECTED),
        # Somebody is at work on it.
        ("edit", ReviewState.HELD),
        ("section", ReviewState.HELD),
        ("schedule", ReviewState.HELD),
    ],
)
def test_an_act_is_signed_and_logged(desk: Database, name: str, state: ReviewState) -> None:
    done = decide(desk, name, 1)
    assert (done.state, done.editor, done.decided_at, done.revision) == (state, "Bu Ani", NOW, 1)
    assert held(desk, 1) == done
    with desk.session() as session:
        (entry,) = audit.latest(session, article_id=1)
    assert (entry.who, entry.at, entry.action) == ("Bu Ani", NOW, name)


def test_an_edit_stays_when_it_is_approved(desk: Database) -> None:
    decide(desk, "edit", 1, headline=" Judul \n kami ", excerpt="Kutipan kami")
    decide(desk, "place", 1, section="Berita")
    decide(desk, "approve", 1, BY_BUDI, publish_at=LATER)
    found = held(desk, 1)
    assert found is not None
    assert (found.headline, found.excerpt) == ("Judul kami", "Kutipan kami")
    assert (found.section, found.publish_at, found.editor) == ("Berita", LATER, "Pak Budi")


def test_an_edit_changes_what_it_names(desk: Database) -> None:
    decide(desk, "edit", 1, headline="Judul kami", excerpt="Kutipan kami")
    decide(desk, "edit", 1, headline="")
    found = held(desk, 1)
    assert found is not None
    assert (found.headline, found.excerpt) == (None, "Kutipan kami")


def test_the_publishers_own_words_are_no_edit(desk: Database) -> None:
    with desk.session() as session:
        headline = get_article(session, "1").article.headline
    assert decide(desk, "edit", 1, headline=headline).headline is None


def test_the_publishers_text_is_never_changed(desk: Database) -> None:
    with desk.session() as session:
        before = get_article(session, "1").article
    decide(desk, "edit", 1, headline="Judul kami", excerpt="Kutipan kami")
    with desk.session() as session:
        assert get_article(session, "1").article == before


def test_a_rejection_is_taken_back(desk: Database) -> None:
    decide(desk, "reject", 1)
    decide(desk, "reopen", 1, BY_BUDI)
    assert held(desk, 1) is None
    assert 1 in tray(desk, Tray.NEW)


@pytest.mark.parametrize("name", ACTS)
def test_what_is_withdrawn_is_not_decided_about(desk: Database, name: str) -> None:
    with desk.session() as session:
        withdrawals.withdraw(session, 1, at=NOW, reason="diminta", by="Rini")
    with pytest.raises(ArticleWithdrawnError):
        decide(desk, name, 1)


@pytest.mark.parametrize("name", ACTS)
def test_what_is_unknown_is_not_decided_about(desk: Database, name: str) -> None:
    with pytest.raises(ArticleNotFoundError):
        decide(desk, name, 99)


@pytest.mark.parametrize("name", ACTS)
def test_only_what_was_looked_at_is_decided_about(desk: Database, name: str) -> None:
    correct(desk)
    with pytest.raises(ChangedMeanwhileError):
        decide(desk, name, 3, replace(BY_ANI, seen=1))
    assert held(desk, 3) is None
    decide(desk, name, 3, replace(BY_ANI, seen=2))


def test_what_has_no_complete_source_is_not_shown(desk: Database) -> None:
    with desk.session() as session:
        session.execute(update(ArticleRow).where(ArticleRow.id == 1).values(publishable=False))
    with pytest.raises(NotPublishableError):
        decide(desk, "approve", 1)
    decide(desk, "reject", 1)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("reject", {"reason": " \n "}),
        ("reject", {"reason": "x" * 1001}),
        ("edit", {"headline": "x" * 301}),
        ("edit", {"excerpt": "a\x00b"}),
        ("place", {"section": "x" * 65}),
        ("hold", {"note": "\ud800"}),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(
    desk: Database, name: str, given: dict[str, str]
) -> None:
    with pytest.raises(ReviewValueError) as refused:
        decide(desk, name, 1, **given)
    assert refused.value.fields["field"] in (*given, "reason")
    assert held(desk, 1) is None


def test_nothing_is_half_decided(desk: Database) -> None:
    def both() -> None:
        with desk.session() as session:
            review.approve(session, "1", BY_ANI)
            review.reject(session, "3", BY_ANI, reason="")

    with pytest.raises(AggregatorError):
        both()
    assert held(desk, 1) is None


# --- trays ----------------------------------------------------------------------------------------


def test_new_representatives_wait_the_newest_first(desk: Database) -> None:
    assert tray(desk, Tray.NEW) == [3, 1]


def test_a_text_of_which_a_print_was_rejected_does_not_come_back(desk: Database) -> None:
    decide(desk, "reject", 1)
    assert tray(desk, Tray.NEW) == [3]
    # A print that was published earlier stands for the text from now on.
    put_print(desk, article(4, edited_text(story(1), 0.03), "lain", hours=0))
    with desk.session() as session:
        (cluster,) = clusters.clusters_of(session, [1])
    assert cluster.representative_id == 4
    assert tray(desk, Tray.NEW) == [3]


def test_each_decision_has_its_tray(desk: Database) -> None:
    decide(desk, "hold", 1)
    decide(desk, "approve", 3, publish_at=LATER)
    assert tray(desk, Tray.NEW) == []
    assert tray(desk, Tray.HELD) == [1]
    assert tray(desk, Tray.SCHEDULED) == tray(desk, Tray.APPROVED) == [3]
    decide(desk, "reject", 1)
    assert (tray(desk, Tray.HELD), tray(desk, Tray.REJECTED)) == ([], [1])


def correct(database: Database) -> None:
    """The publisher corrects article 3."""
    headline = "Ralat: Judul yang benar"
    put_print(database, article(3, story(3), "dinas", hours=3, headline=headline, at=LATER))


def test_an_approved_article_that_was_corrected_waits_again(desk: Database) -> None:
    decide(desk, "approve", 3)
    assert tray(desk, Tray.CHANGED) == []
    correct(desk)
    with desk.session() as session:
        page = listed(session, Tray.CHANGED, Wanted(), NOW)
        (item,) = page.items
        assert item.has_changed
        assert item.review is not None
        found = {change.field: change for change in changed_since(session, item.view, item.review)}
        assert found["headline"].new == "Ralat: Judul yang benar"
    decide(desk, "approve", 3, BY_BUDI)
    assert tray(desk, Tray.CHANGED) == []


def test_what_was_withdrawn_after_approval_is_followed(desk: Database) -> None:
    decide(desk, "approve", 3)
    with desk.session() as session:
        withdrawals.withdraw(session, 3, at=NOW, reason="dicabut penerbit")
    assert tray(desk, Tray.WITHDRAWN) == [3]
    assert tray(desk, Tray.CHANGED) == []


def test_a_tray_is_filtered(desk: Database) -> None:
    assert tray(desk, Tray.NEW, publisher="dinas") == [3]
    assert tray(desk, Tray.NEW, publisher="lain") == []
    assert tray(desk, Tray.NEW, basis="berita_aktual_43c") == [1]
    assert tray(desk, Tray.NEW, flag="none") == [3, 1]
    assert tray(desk, Tray.NEW, flag="advertorial") == []
    assert tray(desk, Tray.NEW, topic="tidak-ada") == []


def test_pages_follow_each_other(desk: Database) -> None:
    with desk.session() as session:
        first = listed(session, Tray.NEW, Wanted(), NOW, limit=1)
        second = listed(session, Tray.NEW, Wanted(), NOW, limit=1, cursor=first.next_cursor)
    assert [item.view.id for item in (*first.items, *second.items)] == [3, 1]
    assert second.next_cursor is None


def test_what_waits_is_counted(desk: Database) -> None:
    decide(desk, "hold", 1)
    with desk.session() as session:
        found = counted(session, NOW)
    assert (found[Tray.NEW], found[Tray.HELD], found[Tray.CHANGED]) == (1, 1, 0)
