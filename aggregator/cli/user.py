"""``user``: who may work at the editor's desk."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from aggregator.cli.app import (
    Group,
    Session,
    database_option,
    json_option,
    opened,
    option,
    pass_session,
    writing,
)
from aggregator.cli.output import Column, local_time
from aggregator.cli.signing import signer
from aggregator.errors import UsageError
from aggregator.model import DeskRole, DeskUser

if TYPE_CHECKING:
    from aggregator.accounts import Signature
    from aggregator.passwords import Passwords

by_option = option("--by", metavar="NAME", help="Who decides; else the login name.")


@click.group(cls=Group)
def user() -> None:
    """Who may work at the editor's desk."""


@user.command()
@click.argument("name")
@option(
    "--role",
    type=click.Choice([*map(str, DeskRole)]),
    default="editor",
    show_default=True,
    help="Role.",
)
@by_option
@database_option
@pass_session
def add(session: Session, name: str, role: str, by: str | None, database: str | None) -> int:
    """Let somebody in; the password is asked for, or read from standard input."""
    from aggregator import accounts

    passwords, signed = _passwords(), _signed(by)
    with writing(session.with_database(database)) as store, store.session() as db:
        made = accounts.add(db, passwords, name, _password(session), DeskRole(role), signed)
    session.out.line(session.say("{name} may sign in ({role}).", name=made.name, role=made.role))
    return 0


@user.command()
@click.argument("name")
@by_option
@database_option
@pass_session
def password(session: Session, name: str, by: str | None, database: str | None) -> int:
    """Set a new password; ends the sessions with the old one, and a wait after wrong ones."""
    from aggregator import accounts

    passwords, signed = _passwords(), _signed(by)
    with writing(session.with_database(database)) as store, store.session() as db:
        accounts.find(db, name)
        accounts.set_password(db, passwords, name, _password(session), signed)
    session.out.line(session.say("{name} has a new password.", name=name))
    return 0


@user.command()
@click.argument("name")
@option("--undo", is_flag=True, help="Let them in again.")
@by_option
@database_option
@pass_session
def disable(session: Session, name: str, undo: bool, by: str | None, database: str | None) -> int:
    """Keep somebody out from now on."""
    from aggregator import accounts

    _passwords()
    with writing(session.with_database(database)) as store, store.session() as db:
        (accounts.enable if undo else accounts.disable)(db, name, _signed(by))
    if undo:
        session.out.line(session.say("{name} may sign in again.", name=name))
    else:
        session.out.line(session.say("{name} may not sign in any more.", name=name))
    return 0


@user.command("list")
@database_option
@json_option
@pass_session
def list_users(session: Session, database: str | None, as_json: bool) -> int:
    """List who may sign in, and who may no longer."""
    from storage import users

    session = session.with_database(database)
    with opened(session) as db:
        found = users.everybody(db)
    if as_json:
        session.out.json({"users": [*map(_user_json, found)]})
        return 0
    say, zone = session.say, session.config.zone
    columns = [
        Column(title=say("Name")),
        Column(title=say("Role")),
        Column(title=say("Since")),
        Column(title=say("Disabled"), optional=True),
    ]
    rows = [
        (u.name, u.role, local_time(u.created_at, zone), local_time(u.disabled_at, zone))
        for u in found
    ]
    session.out.table(columns, rows)
    return 0


def _user_json(one: DeskUser) -> dict[str, str | None]:
    return {
        "name": one.name,
        "role": str(one.role),
        "created_at": one.created_at.isoformat(),
        "disabled_at": one.disabled_at.isoformat() if one.disabled_at else None,
    }


def _password(session: Session) -> str:
    """Never an argument: those are seen by every user of the machine, and kept by shells."""
    if sys.stdin.isatty():
        given: str = click.prompt(
            session.say("Password"), hide_input=True, confirmation_prompt=True, err=True
        )
        return given
    return sys.stdin.readline().rstrip("\r\n")


def _passwords() -> Passwords:
    try:
        from aggregator.passwords import Passwords
    except ModuleNotFoundError as error:
        raise UsageError(
            "the web side is not installed: pip install 'school-news-aggregator[web]'"
        ) from error
    return Passwords()


def _signed(by: str | None) -> Signature:
    from aggregator.accounts import Signature

    return Signature(by=signer(by), now=datetime.now(UTC))
