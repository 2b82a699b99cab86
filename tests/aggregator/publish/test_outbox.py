"""The outbox: whatever happens in between, one article is one post, and the right one."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from aggregator.errors import (
    PortalBusyError,
    PortalRefusedError,
    PortalUnavailableError,
    PostRefusedError,
)
from aggregator.model import PublicationState, ReviewState, RightsBasis, Stop
from aggregator.publish.courier import DROPPED
from aggregator.publish.decide import Action
from aggregator.publish.port import PostState
from aggregator.reuse import Reuse
from storage import audit, locks, publications
from storage.tables import ArticleRow
from tests.aggregator.publish.builders import settings
from tests.aggregator.publish.conftest import School
from tests.aggregator.publish.fakeport import FakePortal

BUSY = PortalUnavailableError("sekolah", "too busy")


def test_approved_article_becomes_a_post_once(school: School, portal: FakePortal) -> None:
    number = school.approved()
    school.put(2)
    assert school.publish().done == 1
    assert portal.only.headline == "Judul Berita 1"
    assert "Sumber: Harian Contoh" in portal.only.body_html
    held = school.held(number)
    assert (held.state, held.remote_id, held.public) == (PublicationState.SENT, "1", True)
    portal.calls.clear()
    assert school.publish().done == 0
    assert portal.calls == []


def test_what_was_sent_is_in_the_audit_log(school: School) -> None:
    number = school.approved()
    school.publish()
    with school.database.session() as session:
        (entry, *_) = audit.latest(session, article_id=number)
    assert (entry.who, entry.action) == ("publish", "publish.create")
    assert entry.detail["hash"] == school.held(number).sent_hash
    assert (entry.detail["approved_by"], entry.detail["basis"]) == ("Bu Rina", "pemerintah_43b")


def test_scheduled_article_waits_for_its_time(school: School, portal: FakePortal) -> None:
    number = school.put()
    school.decide(number, publish_at=school.now + timedelta(hours=2))
    school.publish()
    assert not portal.posts
    school.later(hours=2)
    school.publish()
    assert portal.only.shown_at == school.now


def test_without_approval_young_articles_go_by_themselves(
    school: School, portal: FakePortal
) -> None:
    young = school.put(1)
    old = school.put(2)
    with school.database.session() as session:
        session.get_one(ArticleRow, old).sort_at = school.now - timedelta(days=8)
    school.set_terms(approval=False)
    school.publish()
    assert [one.article_id for one in school.told] == [young]


# --- corrections ----------------------------------------------------------------------------------


def test_correction_waits_for_the_editor_then_updates_the_same_post(
    school: School, portal: FakePortal
) -> None:
    number = school.approved()
    school.publish()
    address = portal.only.url
    school.later(hours=3)
    school.put(1, "Isi yang sudah diperbaiki.")
    assert school.publish().done == 0
    school.decide(number, revision=2)
    assert school.publish().done == 1
    assert (portal.only.url, len(portal.posts)) == (address, 1)
    assert "Isi yang sudah diperbaiki." in portal.only.body_html
    assert "<strong>Ralat (Minggu, 2 Agustus 2026 14.00 WITA):</strong>" in portal.only.body_html


def test_new_text_of_what_never_arrived_is_no_correction(
    school: School, portal: FakePortal
) -> None:
    number = school.approved()
    portal.fails = {"create": BUSY}
    school.publish()
    portal.fails = {}
    school.put(1, "Isi yang sudah diperbaiki.")
    school.decide(number, revision=2)
    school.later(hours=1)
    # The attempt was cut off in the middle as far as we know: found nothing, so nothing arrived.
    with school.database.session() as session:
        publications.save(session, replace(school.held(number), intended_hash=None))
    school.publish()
    assert "Ralat" not in portal.only.body_html


def test_editor_s_headline_and_the_switch_for_the_press_update_the_post(
    school: School, portal: FakePortal
) -> None:
    number = school.put(basis=RightsBasis.PERMISSION)
    school.decide(number)
    school.publish()
    assert "Isi pertama" in portal.only.body_html
    school.decide(number, headline="Judul Kami")
    school.set_terms(composing=settings(press=Reuse.LINK))
    school.publish()
    assert portal.only.headline == "Judul Kami"
    assert "Isi pertama" not in portal.only.body_html


# --- takedowns ------------------------------------------------------------------------------------


def test_withdrawal_hides_at_once_then_leaves_a_notice_at_the_same_address(
    school: School, portal: FakePortal
) -> None:
    number = school.approved()
    school.publish()
    address = portal.only.url
    school.withdraw(number)
    portal.calls.clear()
    school.publish()
    assert portal.calls == ["check", "read", "hide", "update", "read", "close"]
    assert (portal.only.url, portal.only.state) == (address, PostState.PUBLISHED)
    assert "dicabut oleh Harian Contoh" in portal.only.body_html
    assert "Isi pertama" not in portal.only.body_html
    assert school.held(number).state is PublicationState.WITHDRAWN
    portal.calls.clear()
    school.publish()
    assert portal.calls == []


def test_takedowns_go_before_all_else(school: School) -> None:
    first = school.approved(1)
    school.publish()
    school.approved(2)
    school.withdraw(first)
    school.publish()
    assert [one.action for one in school.told[1:]] == [Action.WITHDRAW, Action.CREATE]


def test_withdrawal_of_a_post_that_still_waits_leaves_no_notice(
    school: School, portal: FakePortal
) -> None:
    school.set_terms(composing=settings(state="pending"))
    number = school.approved()
    school.publish()
    assert portal.only.state is PostState.PENDING
    school.withdraw(number)
    school.publish()
    assert portal.only.state is PostState.HIDDEN
    assert "dicabut" not in portal.only.body_html
    assert school.held(number).state is PublicationState.WITHDRAWN


def test_takedown_hides_even_what_the_portal_s_editor_changed(
    school: School, portal: FakePortal
) -> None:
    number = school.approved()
    school.publish()
    portal.edit("1", body_html="<p>Kata mereka</p>")
    school.withdraw(number)
    school.publish()
    assert (portal.only.state, portal.only.body_html) == (PostState.HIDDEN, "<p>Kata mereka</p>")
    assert school.held(number).stop is Stop.CONFLICT
    portal.calls.clear()
    school.publish()
    assert portal.calls == []


def test_approval_taken_back_hides_and_given_again_brings_back(
    school: School, portal: FakePortal
) -> None:
    number = school.approved()
    school.publish()
    school.decide(number, state=ReviewState.HELD, decided_at=school.now)
    school.publish()
    assert portal.only.state is PostState.HIDDEN
    school.decide(number)
    school.publish()
    assert portal.only.state is PostState.PUBLISHED


def test_takedown_is_tried_for_ever(school: School, portal: FakePortal) -> None:
    number = school.approved()
    school.publish()
    school.withdraw(number)
    refusal = PostRefusedError("sekolah", "no right to hide")
    portal.fails = {"hide": refusal}
    for _ in range(20):
        school.later(hours=1)
        school.publish()
    held = school.held(number)
    assert (held.stop, held.attempts) == (None, 20)
    portal.fails = {}
    school.later(minutes=5)
    school.publish()
    assert school.held(number).state is PublicationState.WITHDRAWN


# --- the portal's editor --------------------------------------------------------------------------


def test_portal_editor_s_text_is_reported_and_never_overwritten(
    school: School, portal: FakePortal
) -> None:
    number = school.approved()
    school.publish()
    portal.edit("1", headline="Judul mereka")
    school.decide(number, headline="Judul kita")
    assert school.publish().stopped == 1
    assert portal.only.headline == "Judul mereka"
    assert school.held(number).stop is Stop.CONFLICT
    school.publish()
    assert portal.only.headline == "Judul mereka"


def test_deleted_post_is_reported_and_not_made_anew(school: School, portal: FakePortal) -> None:
    number = school.approved()
    school.publish()
    portal.posts.clear()
    school.decide(number, headline="Judul kita")
    school.publish()
    school.publish()
    assert (portal.posts, school.held(number).stop) == ({}, Stop.REMOVED)


def test_post_without_its_credit_line_is_hidden(school: School, portal: FakePortal) -> None:
    number = school.approved()
    portal.drops = "Sumber: "
    school.publish()
    held = school.held(number)
    assert portal.only.state is PostState.HIDDEN
    assert (held.stop, held.last_error) == (Stop.DEAD, DROPPED)


def test_imported_article_is_not_sent_again(school: School, portal: FakePortal) -> None:
    from storage.tables import PortalMatchRow, PortalPostRow

    number = school.approved()
    with school.database.session() as session:
        session.add(
            PortalPostRow(
                id=1,
                portal="sekolah.example",
                key="x",
                headline="x",
                opening="",
                is_cut=False,
                first_imported=school.now,
                last_imported=school.now,
            )
        )
        session.flush()
        session.add(
            PortalMatchRow(post_id=1, article_id=number, reason="address", matched_at=school.now)
        )
    assert school.publish().done == 0
    assert not portal.posts


# --- trouble --------------------------------------------------------------------------------------


def test_failures_pause_longer_then_wait_for_a_person(school: School, portal: FakePortal) -> None:
    number = school.approved()
    school.set_terms(max_attempts=3)
    refusal = PostRefusedError("sekolah", "too long")
    portal.fails = {"create": refusal}
    school.publish()
    held = school.held(number)
    assert (held.attempts, held.next_attempt_at) == (1, school.now + timedelta(minutes=1))
    school.later(seconds=30)
    school.publish()
    assert school.held(number).attempts == 1
    for _ in range(2):
        school.later(hours=1)
        school.publish()
    held = school.held(number)
    assert (held.attempts, held.stop, held.last_error) == (3, Stop.DEAD, "too long")
    portal.calls.clear()
    school.later(days=1)
    school.publish()
    assert portal.calls == []


def test_one_bad_article_does_not_hold_up_the_others(school: School, portal: FakePortal) -> None:
    for number in (1, 2, 3):
        school.approved(number)
    portal.fails = {"create Judul Berita 2": PostRefusedError("sekolah", "no")}
    outcome = school.publish()
    assert (outcome.done, outcome.failed, len(portal.posts)) == (2, 1, 2)


@pytest.mark.parametrize("call", ["check", "find"])
def test_trouble_of_the_portal_counts_against_no_article(
    school: School, portal: FakePortal, call: str
) -> None:
    number = school.approved()
    refusal = PortalRefusedError("sekolah", "wrong password")
    portal.fails = {call: refusal}
    assert school.publish().trouble is refusal
    with school.database.session() as session:
        state = publications.portal_state(session, "sekolah")
        assert publications.get(session, "sekolah", number) is None
    assert (state.detail, state.failures) == ("wrong password", 1)
    assert portal.calls[-1] == "close"


def test_retry_after_is_honoured(school: School, portal: FakePortal) -> None:
    school.approved()
    asked = PortalUnavailableError("sekolah", "too many", retry_after=timedelta(minutes=20))
    portal.fails = {"create": asked}
    school.publish()
    portal.fails = {}
    school.later(minutes=19)
    assert school.publish(patient=True).put_off == school.now + timedelta(minutes=1)
    school.later(minutes=1)
    assert school.publish(patient=True).done == 1


def test_a_success_ends_the_trouble(school: School, portal: FakePortal) -> None:
    school.approved()
    portal.fails = {"check": BUSY}
    school.publish()
    portal.fails = {}
    school.publish()
    with school.database.session() as session:
        state = publications.portal_state(session, "sekolah")
    assert (state.failing_since, state.succeeded_at) == (None, school.now)


def test_portal_without_answers_is_left_alone_after_three(
    school: School, portal: FakePortal
) -> None:
    for number in range(1, 7):
        school.approved(number)
    portal.fails = {"create": BUSY}
    outcome = school.publish()
    assert (outcome.failed, outcome.trouble) == (2, BUSY)
    assert portal.calls.count("create") == 3


def test_two_publishers_do_not_send_at_once(school: School, portal: FakePortal) -> None:
    school.approved()
    release = locks.acquire(school.database, "publish-sekolah")
    assert release is not None
    with pytest.raises(PortalBusyError):
        school.publish()
    release()
    assert school.publish().done == 1


def test_a_takedown_waits_for_the_other_s_pass_to_end(school: School, portal: FakePortal) -> None:
    number = school.approved()
    release = locks.acquire(school.database, "publish-sekolah")
    assert release is not None
    timer = threading.Timer(0.3, release)
    timer.start()
    assert school.publish(only=number, wait=10).done == 1
    timer.join()


def test_one_article_alone_is_sent(school: School, portal: FakePortal) -> None:
    school.approved(1)
    second = school.approved(2)
    school.publish(only=second)
    assert portal.only.headline == "Judul Berita 2"


def test_article_that_is_not_whole_waits_for_a_person(school: School, portal: FakePortal) -> None:
    number = school.approved()
    with school.database.session() as session:
        row = session.get_one(ArticleRow, number)
        row.credit_line = row.credit_line.replace(row.attribution_url, "http://a b/")
        row.attribution_url = "http://a b/"
    school.publish()
    assert (portal.posts, school.held(number).stop) == ({}, Stop.DEAD)
    assert "url is missing" in str(school.told[0].error)
    school.publish()
    assert len(school.told) == 1
