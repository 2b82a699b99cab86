"""What a person decides about the outbox, and what a look at the portal notes."""

from __future__ import annotations

import pytest

from aggregator.errors import NotPublishedError, PostRefusedError, UsageError
from aggregator.model import Publication, PublicationState, ReviewState, Stop
from aggregator.publish import manual
from aggregator.publish.jobs import jobs
from aggregator.publish.port import PostState
from aggregator.publish.preview import Preview, previews
from aggregator.publish.verify import Verified, verify
from storage import audit
from tests.aggregator.publish.conftest import School
from tests.aggregator.publish.fakeport import FakePort, FakePortal

RINA = "Bu Rina"


@pytest.fixture
def number(school: School) -> int:
    """An article whose post stands in the portal."""
    number = school.approved()
    school.publish()
    return number


def keep(school: School, number: int) -> Publication:
    with school.database.session() as session:
        return manual.keep_theirs(session, "sekolah", number, by=RINA, now=school.now)


def overwrite(school: School, number: int) -> Publication:
    port = FakePort(school.portal)
    return manual.overwrite(school.database, port, "sekolah", number, by=RINA, now=school.now)


def retry(school: School, number: int | None = None) -> tuple[Publication, ...]:
    with school.database.session() as session:
        return manual.retry(session, "sekolah", number, by=RINA, now=school.now)


def in_conflict(school: School, number: int, **edited: object) -> None:
    school.portal.edit("1", **(edited or {"headline": "Judul mereka"}))
    school.decide(number, headline="Judul kita")
    school.publish()
    assert school.held(number).stop is Stop.CONFLICT


# --- resolve --------------------------------------------------------------------------------------


def test_theirs_is_kept_for_ever_but_for_a_takedown(
    school: School, portal: FakePortal, number: int
) -> None:
    in_conflict(school, number)
    keep(school, number)
    school.decide(number, headline="Judul kita lagi")
    school.publish()
    assert portal.only.headline == "Judul mereka"
    school.withdraw(number)
    school.publish()
    assert portal.only.state is PostState.HIDDEN


def test_ours_is_put_over_theirs_once(school: School, portal: FakePortal, number: int) -> None:
    in_conflict(school, number)
    overwrite(school, number)
    portal.edit("1", headline="Judul mereka, lagi")
    school.publish()
    assert portal.only.headline == "Judul mereka, lagi"
    overwrite(school, number)
    school.publish()
    assert portal.only.headline == "Judul kita"
    assert school.held(number).stop is None


def test_post_that_they_hid_is_brought_back_by_overwriting(
    school: School, portal: FakePortal, number: int
) -> None:
    in_conflict(school, number, state=PostState.HIDDEN)
    overwrite(school, number)
    school.publish()
    assert portal.only.state is PostState.PUBLISHED


def test_post_that_they_deleted_is_sent_again_by_overwriting(
    school: School, portal: FakePortal, number: int
) -> None:
    portal.posts.clear()
    school.decide(number, headline="Judul kita")
    school.publish()
    assert school.held(number).stop is Stop.REMOVED
    overwrite(school, number)
    school.publish()
    assert (portal.only.id, school.held(number).remote_id) == ("2", "2")


def test_who_resolved_what_is_in_the_audit_log(school: School, number: int) -> None:
    in_conflict(school, number)
    keep(school, number)
    with school.database.session() as session:
        (entry, *_) = audit.latest(session, article_id=number)
    assert (entry.who, entry.action) == (RINA, "publish.keep-theirs")


def test_there_must_be_something_to_resolve(school: School, number: int) -> None:
    with pytest.raises(UsageError, match="nothing to resolve"):
        keep(school, number)
    for unknown in (99, 2**31, 10**20):
        with pytest.raises(NotPublishedError):
            keep(school, unknown)


# --- retry ----------------------------------------------------------------------------------------


def test_what_was_given_up_is_tried_again(school: School, portal: FakePortal) -> None:
    school.set_terms(max_attempts=1)
    number = school.approved()
    portal.fails = {"create": PostRefusedError("sekolah", "too long")}
    school.publish()
    assert school.held(number).stop is Stop.DEAD
    portal.fails = {}
    assert [one.article_id for one in retry(school)] == [number]
    assert school.publish().done == 1


def test_one_article_is_tried_before_its_time(school: School, portal: FakePortal) -> None:
    number = school.approved()
    portal.fails = {"create": PostRefusedError("sekolah", "busy")}
    school.publish()
    portal.fails = {}
    assert school.publish().done == 0
    retry(school, number)
    assert school.publish().done == 1


def test_a_conflict_is_not_solved_by_trying_again(school: School, number: int) -> None:
    in_conflict(school, number)
    assert retry(school) == ()
    retry(school, number)
    assert school.held(number).stop is Stop.CONFLICT


# --- a look at the portal -------------------------------------------------------------------------


def look(school: School) -> Verified:
    return verify(school.database, FakePort(school.portal), school.now)


def test_nothing_changed(school: School, portal: FakePortal, number: int) -> None:
    portal.calls.clear()
    assert (look(school).posts, look(school).changed) == (1, ())
    assert set(portal.calls) == {"check", "read"}


@pytest.mark.parametrize(
    ("edit", "stop"),
    [
        ({"headline": "Judul mereka"}, Stop.CONFLICT),
        ({"state": PostState.HIDDEN}, Stop.CONFLICT),
        (None, Stop.REMOVED),
    ],
)
def test_changes_are_noted(
    school: School, portal: FakePortal, number: int, edit: dict[str, object] | None, stop: Stop
) -> None:
    if edit is None:
        portal.posts.clear()
    else:
        portal.edit("1", **edit)
    (changed,) = look(school).changed
    assert changed.stop is stop
    assert school.held(number) == changed


def test_withdrawn_text_that_was_put_back_is_taken_down_again(
    school: School, portal: FakePortal, number: int
) -> None:
    before = portal.only
    school.withdraw(number)
    school.publish()
    portal.edit("1", headline=before.headline, body_html=before.body_html)
    look(school)
    school.publish()
    assert portal.only.state is PostState.HIDDEN


def test_hidden_post_that_was_put_back_is_reported(
    school: School, portal: FakePortal, number: int
) -> None:
    school.decide(number, state=ReviewState.HELD)
    school.publish()
    portal.edit("1", state=PostState.PUBLISHED)
    (changed,) = look(school).changed
    assert (changed.state, changed.stop) == (PublicationState.HIDDEN, Stop.CONFLICT)


# --- before anything is sent ----------------------------------------------------------------------


def preview(school: School, *, diff: bool = True) -> list[Preview]:
    with school.database.session() as session:
        todo = jobs(session, school.terms, school.now)
        port = FakePort(school.portal) if diff else None
        return list(previews(session, school.terms, todo, port))


def test_preview_shows_what_would_change_and_changes_nothing(
    school: School, portal: FakePortal, number: int
) -> None:
    school.decide(number, headline="Judul kita")
    school.approved(2)
    held, posts = school.held(number), dict(portal.posts)
    changed, new = preview(school)
    assert ("added", "kita\n") in [(span.op, span.text) for span in changed.difference]
    assert [span.op for span in new.difference] == ["added"]
    assert (school.held(number), portal.posts) == (held, posts)


def test_preview_without_a_portal_asks_none(school: School, portal: FakePortal) -> None:
    school.approved()
    (one,) = preview(school, diff=False)
    assert (one.headline, one.difference, portal.calls) == ("Judul Berita 1", (), [])
