"""Who may sign in, how long that holds, and what becomes of whoever guesses."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, text

from aggregator import accounts
from aggregator.accounts import Signature
from aggregator.config import Config
from aggregator.errors import (
    LastAdminError,
    PasswordError,
    SignInError,
    TooManyAttemptsError,
    UserExistsError,
    UserNameError,
    UserNotFoundError,
)
from aggregator.model import DeskRole, DeskUser
from aggregator.passwords import Passwords
from aggregator.signin import SignedIn, SignIn, form_token, hash_of
from storage import audit, users
from storage.database import Database
from storage.tables import DeskSessionRow
from tests.pipelines.builders import NOW

# As weak as the library lets: tests sign in often.
PASSWORDS = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
SECRET = "jeruk-nipis-7-botol"
ADMIN, ANI, BUDI = "Kepala", "Bu Ani", "Pak Budi"
SIGNED = Signature(by=ADMIN, now=NOW)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def desk(database: Database) -> Database:
    with database.session() as session:
        for name, role in ((ADMIN, DeskRole.ADMIN), (ANI, DeskRole.EDITOR)):
            accounts.add(session, PASSWORDS, name, SECRET, role, SIGNED)
    return database


@pytest.fixture
def door(desk: Database) -> SignIn:
    return SignIn(desk, desk, Config(), PASSWORDS)


def enter(
    door: SignIn,
    name: str = ANI,
    password: str = SECRET,
    client: str = "203.0.113.7",
    after: timedelta = timedelta(),
) -> SignedIn:
    return door.sign_in(name, password, client=client, now=NOW + after)


def whose(door: SignIn, token: str, after: timedelta = timedelta()) -> str | None:
    found = door.whose(token, NOW + after)
    return found.name if found else None


# --- the door -------------------------------------------------------------------------------------


def test_whoever_knows_the_password_is_let_in(desk: Database, door: SignIn) -> None:
    found = enter(door)
    assert (found.user.name, found.user.role) == (ANI, DeskRole.EDITOR)
    assert whose(door, found.token) == ANI
    with desk.session() as session:
        newest = audit.latest(session)[0]
    assert (newest.who, newest.action) == (ANI, "sign in")


@pytest.mark.parametrize(
    ("name", "password"),
    [(ANI, "salah-sama-sekali"), ("siapa", SECRET), (ANI, ""), ("", ""), (ANI, "x" * 100_000)],
)
def test_whoever_does_not_is_told_nothing(
    desk: Database, door: SignIn, name: str, password: str
) -> None:
    with pytest.raises(SignInError) as refused:
        enter(door, name, password)
    assert str(refused.value) == "the name or the password is wrong"


def test_the_database_holds_no_secret(desk: Database, door: SignIn) -> None:
    token = enter(door).token
    with desk.session() as session:
        held = [str(row) for row in session.execute(text("SELECT * FROM desk_session"))]
        held += [str(row) for row in session.execute(text("SELECT * FROM desk_user"))]
        assert session.scalars(select(DeskSessionRow.token_hash)).all() == [hash_of(token)]
    assert token not in "".join(held)
    assert SECRET not in "".join(held)
    assert form_token(token) not in "".join(held)


def test_every_sign_in_is_a_new_session_and_ends_the_one_before(
    desk: Database, door: SignIn
) -> None:
    first = enter(door).token
    second = door.sign_in(ANI, SECRET, client="x", now=NOW, instead_of=first).token
    assert first != second
    assert whose(door, first) is None
    assert whose(door, second) == ANI


def test_a_token_that_was_made_up_is_never_taken_over(desk: Database, door: SignIn) -> None:
    planted = "a" * 43
    assert door.sign_in(ANI, SECRET, client="x", now=NOW, instead_of=planted).token != planted
    assert whose(door, planted) is None


def test_a_session_ends(desk: Database, door: SignIn) -> None:
    token = enter(door).token
    door.sign_out(token, NOW)
    assert whose(door, token) is None


def test_who_does_nothing_is_signed_out(desk: Database, door: SignIn) -> None:
    token = enter(door).token
    assert whose(door, token, 119 * MINUTE) == ANI
    # That was a use.
    assert whose(door, token, 230 * MINUTE) == ANI
    assert whose(door, token, 351 * MINUTE) is None


def test_no_session_lasts_longer_than_a_day_of_work(desk: Database, door: SignIn) -> None:
    token = enter(door).token
    for hour in range(1, 12):
        assert whose(door, token, hour * HOUR) == ANI
    assert whose(door, token, 12 * HOUR) is None


# --- guessing -------------------------------------------------------------------------------------


def guess(door: SignIn, times: int, name: str = ANI, client: str = "203.0.113.7") -> None:
    for n in range(times):
        with pytest.raises(SignInError):
            enter(door, name.format(n=n), "salah-sama-sekali", client.format(n=n))


def test_a_name_is_guessed_at_five_times_from_anywhere(desk: Database, door: SignIn) -> None:
    guess(door, 5, client="203.0.113.{n}")
    with pytest.raises(TooManyAttemptsError) as refused:
        enter(door, client="198.51.100.1")
    assert (refused.value.fields["seconds"], refused.value.fields["minutes"]) == (900, 15)
    assert enter(door, ADMIN).user.name == ADMIN
    assert enter(door, after=15 * MINUTE).user.name == ANI


def test_an_address_guesses_twenty_times_whatever_the_names(door: SignIn) -> None:
    guess(door, 20, name="orang {n}")
    with pytest.raises(TooManyAttemptsError):
        enter(door)
    assert enter(door, client="198.51.100.1").user.name == ANI


def test_case_and_length_make_no_other_name(door: SignIn) -> None:
    guess(door, 3)
    guess(door, 2, name=ANI.upper())
    with pytest.raises(TooManyAttemptsError):
        enter(door)


def test_a_success_ends_the_count(door: SignIn) -> None:
    guess(door, 4)
    enter(door)
    guess(door, 4)
    enter(door)


def test_many_guesses_at_once_are_no_more_than_five(desk: Database, door: SignIn) -> None:
    def one(_: int) -> bool:
        try:
            enter(door, password="salah-sama-sekali")
        except TooManyAttemptsError:
            return False
        except SignInError:
            return True
        raise AssertionError

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(24))) == 5


def test_a_failure_is_logged_without_what_was_typed(desk: Database, door: SignIn) -> None:
    with pytest.raises(SignInError):
        enter(door, name="jeruk-nipis-7-botol", password="Bu Ani")
    with desk.session() as session:
        newest = audit.latest(session)[0]
    assert (newest.who, newest.action) == ("?", "sign in failed")
    assert newest.detail == {"client": "203.0.113.7"}


# --- people ---------------------------------------------------------------------------------------


def test_whoever_is_disabled_is_out_at_once(desk: Database, door: SignIn) -> None:
    token = enter(door).token
    with desk.session() as session:
        accounts.disable(session, ANI, SIGNED)
    assert whose(door, token) is None
    with pytest.raises(SignInError):
        enter(door)
    with desk.session() as session:
        accounts.enable(session, ANI, SIGNED)
    assert whose(door, token) is None
    assert enter(door).user.name == ANI


def test_a_new_password_ends_what_the_old_one_opened(desk: Database, door: SignIn) -> None:
    token = enter(door).token
    guess(door, 5)
    with desk.session() as session:
        accounts.set_password(session, PASSWORDS, ANI, "kunci-baru-sekali", SIGNED)
    assert whose(door, token) is None
    assert enter(door, password="kunci-baru-sekali").user.name == ANI
    with pytest.raises(SignInError):
        enter(door)


def test_the_last_admin_stays(desk: Database) -> None:
    with pytest.raises(LastAdminError), desk.session() as session:
        accounts.disable(session, ADMIN, SIGNED)
    with pytest.raises(LastAdminError), desk.session() as session:
        accounts.set_role(session, ADMIN, DeskRole.EDITOR, SIGNED)
    with desk.session() as session:
        accounts.set_role(session, ANI, DeskRole.ADMIN, SIGNED)
        accounts.disable(session, ADMIN, SIGNED)
        assert users.find(session, ADMIN) == DeskUser(
            name=ADMIN, role=DeskRole.ADMIN, created_at=NOW, disabled_at=NOW
        )


def test_every_change_is_signed(desk: Database) -> None:
    with desk.session() as session:
        accounts.disable(session, ANI, Signature(by="Operator", now=NOW))
        newest = audit.latest(session)[0]
    assert (newest.who, newest.action, newest.detail) == ("Operator", "user disable", {"user": ANI})


@pytest.mark.parametrize(
    "name", ["", "a", "rule: x", "<b>ani</b>", "ani\x00", "a" * 65, "-ani", "a\nb:"]
)
def test_a_name_is_one_that_a_log_can_show(desk: Database, name: str) -> None:
    with pytest.raises(UserNameError), desk.session() as session:
        accounts.add(session, PASSWORDS, name, SECRET, DeskRole.EDITOR, SIGNED)


def test_a_name_is_given_once(desk: Database) -> None:
    with pytest.raises(UserExistsError), desk.session() as session:
        accounts.add(session, PASSWORDS, "bu  ani", SECRET, DeskRole.EDITOR, SIGNED)


def test_only_who_is_there_is_changed(desk: Database) -> None:
    with pytest.raises(UserNotFoundError), desk.session() as session:
        accounts.set_password(session, PASSWORDS, BUDI, SECRET, SIGNED)


@pytest.mark.parametrize(
    "password",
    [
        "pendek",
        "x" * 201,
        "aaaaaaaaaaaa",
        "Indonesia123",
        "xx-BU ANI-1234",
        "\ud800abcdefghij",
    ],
)
def test_a_password_that_is_guessed_too_easily_is_refused(desk: Database, password: str) -> None:
    with pytest.raises(PasswordError), desk.session() as session:
        accounts.set_password(session, PASSWORDS, ANI, password, SIGNED)


def test_a_hash_of_old_parameters_is_renewed_at_the_next_sign_in(desk: Database) -> None:
    stronger = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    enter(SignIn(desk, desk, Config(), stronger))
    with desk.session() as session:
        found = users.password_hash(session, ANI) or ""
    assert "m=16,t=2,p=1" in found
    assert stronger.fits(found, SECRET)


def test_the_parameters_are_those_of_rfc_9106() -> None:
    assert "$argon2id$v=19$m=65536,t=3,p=4$" in Passwords().hash(ANI, SECRET)
