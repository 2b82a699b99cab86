"""``withdraw``: take an article out of sight at once, and keep it out."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from typing import Any

import click

from aggregator.articlejson import withdrawal_json
from aggregator.cli.app import (
    Command,
    Session,
    database_option,
    json_option,
    option,
    pass_session,
)
from aggregator.cli.pushing import push_one
from aggregator.cli.withdrawals import show_portals
from aggregator.errors import UsageError


@click.command(cls=Command)
@click.argument("key", metavar="ID|URL")
@option("--reason", required=True, help="Why: shown with the article, and kept for ever.")
@option("--by", help="Who decides it; else the name of the user of this computer.")
@option("--undo", is_flag=True, help="Take a withdrawal back that was a mistake.")
@database_option
@json_option
@pass_session
def withdraw(
    session: Session,
    key: str,
    reason: str,
    by: str | None,
    undo: bool,
    database: str | None,
    as_json: bool,
) -> int:
    """Take an article out of sight at once, and keep it out under every address (takedown)."""
    session = session.with_database(database)
    said = reason.strip()
    if not said:
        raise UsageError("--reason must say something")
    person = (by or "").strip() or _user()
    if undo:
        return _undo(session, key, said, person, as_json)
    return _withdraw(session, key, said, person, as_json)


def _withdraw(session: Session, key: str, reason: str, by: str, as_json: bool) -> int:
    from aggregator.withdraw import withdraw as do

    done = do(session.config, key, reason=reason, by=by, now=datetime.now(UTC))
    article = done.article
    pushed = push_one(session, article.id if article else None)
    if as_json:
        session.out.json(
            {
                "id": article.id if article else None,
                "url": done.url,
                "withdrawn": withdrawal_json(article.holding.withdrawn) if article else None,
                "kept_out": list(done.names),
                "already": not done.names,
                "portals": pushed.to_json(),
            }
        )
        return pushed.exit_code
    said: dict[str, Any] = {"url": done.url, "n": len(done.names)}
    if not done.names:
        session.out.line(session.say("Withdrawn already: {url}", **said))
    elif article is None:
        session.out.line(session.say("Nothing is held of {url}; it will be kept out.", **said))
    else:
        said["id"] = article.id
        session.out.line(
            session.say("Withdrawn: article {id}, kept out under {n} names. {url}", **said)
        )
        show_portals(session, [article.id])
    pushed.show(session)
    return pushed.exit_code


def _undo(session: Session, key: str, reason: str, by: str, as_json: bool) -> int:
    from aggregator.withdraw import undo

    article = undo(session.config, key, reason=reason, by=by, now=datetime.now(UTC))
    pushed = push_one(session, article.id if article else None)
    if as_json:
        session.out.json(
            {
                "id": article.id if article else None,
                "withdrawn": None,
                "portals": pushed.to_json(),
            }
        )
    elif article is None:
        session.out.line(session.say("{key} is no longer kept out.", key=key))
    else:
        session.out.line(session.say("Article {id} may be shown again.", id=article.id))
    if not as_json:
        pushed.show(session)
    return pushed.exit_code


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no account behind the process (some containers)
        return "operator"
