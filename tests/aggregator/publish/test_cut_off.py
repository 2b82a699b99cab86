"""Killed between any two steps, then started again: one post, and the right one.

Every call to the portal and every note in the database is a step; before each of them, and after
each that changes the portal, the process may be gone.
"""

from __future__ import annotations

import pytest

from aggregator.model import PublicationState
from aggregator.publish.port import PostState
from storage import publications
from storage.database import Database
from tests.aggregator.publish.conftest import School
from tests.aggregator.publish.fakeport import CutOff, FakePortal

MOST_STEPS = 13
"""One more than any of these has."""


@pytest.fixture(autouse=True)
def notes_are_steps(monkeypatch: pytest.MonkeyPatch, portal: FakePortal) -> None:
    """The process may be killed around a commit too, which no hand-written seam would show."""
    save = publications.save

    def step(session: object, publication: object) -> None:
        portal.killer.before()
        save(session, publication)  # type: ignore[arg-type]

    monkeypatch.setattr(publications, "save", step)


@pytest.fixture(params=["sqlite"])
def database_url(database_url: str) -> str:
    return database_url


def cut_off(school: School, portal: FakePortal, step: int) -> bool:
    """Whether the run was killed before its end."""
    killer = portal.killer
    killer.steps, killer.at = 0, step
    try:
        school.publish()
    except CutOff:
        return True
    finally:
        killer.at = None
    return False


def go_on(school: School) -> None:
    school.publish()
    school.later(hours=1)
    school.publish()


def is_right(school: School, portal: FakePortal, state: PublicationState) -> None:
    held = school.held()
    assert (held.state, held.stop, held.doing, held.intended_hash) == (state, None, None, None)
    assert held.remote_id == portal.only.id


@pytest.mark.parametrize("step", range(1, MOST_STEPS))
def test_first_sending(school: School, portal: FakePortal, step: int) -> None:
    school.approved()
    assert cut_off(school, portal, step) is (step <= 7)
    go_on(school)
    is_right(school, portal, PublicationState.SENT)
    assert "Isi pertama." in portal.only.body_html


@pytest.mark.parametrize("step", range(1, MOST_STEPS))
def test_first_sending_then_a_correction(school: School, portal: FakePortal, step: int) -> None:
    number = school.approved()
    cut_off(school, portal, step)
    school.put(1, "Isi yang benar.")
    school.decide(number, revision=2)
    go_on(school)
    is_right(school, portal, PublicationState.SENT)
    assert "Isi yang benar." in portal.only.body_html


@pytest.mark.parametrize("step", range(1, MOST_STEPS))
def test_correction(school: School, portal: FakePortal, step: int) -> None:
    number = school.approved()
    school.publish()
    school.put(1, "Isi yang benar.")
    school.decide(number, revision=2)
    cut_off(school, portal, step)
    go_on(school)
    is_right(school, portal, PublicationState.SENT)
    assert portal.only.body_html.count("Ralat (") == 1


@pytest.mark.parametrize("step", range(1, MOST_STEPS))
def test_two_corrections(school: School, portal: FakePortal, step: int) -> None:
    number = school.approved()
    school.publish()
    for revision, text in enumerate(("Isi kedua.", "Isi ketiga."), 2):
        school.put(1, text)
        school.decide(number, revision=revision)
        cut_off(school, portal, step)
    go_on(school)
    is_right(school, portal, PublicationState.SENT)
    assert "Isi ketiga." in portal.only.body_html


@pytest.mark.parametrize("step", range(1, MOST_STEPS))
def test_takedown(school: School, portal: FakePortal, step: int) -> None:
    number = school.approved()
    school.publish()
    school.withdraw(number)
    assert cut_off(school, portal, step) is (step <= 11)
    go_on(school)
    is_right(school, portal, PublicationState.WITHDRAWN)
    assert "dicabut oleh" in portal.only.body_html
    assert portal.only.state is PostState.PUBLISHED


@pytest.mark.parametrize("step", range(1, MOST_STEPS))
def test_takedown_of_what_was_just_being_sent(
    school: School, portal: FakePortal, step: int
) -> None:
    number = school.approved()
    cut_off(school, portal, step)
    school.withdraw(number)
    go_on(school)
    for post in portal.posts.values():
        assert "Isi pertama." not in post.body_html or post.state is PostState.HIDDEN
    assert len(portal.posts) <= 1


@pytest.mark.parametrize("step", range(1, MOST_STEPS))
def test_approval_taken_back(school: School, portal: FakePortal, step: int) -> None:
    number = school.approved()
    school.publish()
    school.decide(number, state="held")
    cut_off(school, portal, step)
    go_on(school)
    is_right(school, portal, PublicationState.HIDDEN)
    assert portal.only.state is PostState.HIDDEN


def test_nothing_is_lost_with_the_database(
    school: School, portal: FakePortal, database: Database
) -> None:
    """A backup from before the sending was brought back."""
    school.approved()
    school.publish()
    with database.session() as session:
        from storage.tables import PublicationRow

        session.delete(session.get_one(PublicationRow, (1, "sekolah")))
    school.publish()
    is_right(school, portal, PublicationState.SENT)
