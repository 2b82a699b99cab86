"""``publish status``, ``retry``, ``resolve`` and ``check``: how posts fare, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli.app import (
    Command,
    Session,
    database_option,
    json_option,
    opened,
    option,
    pass_session,
    writing,
)
from aggregator.cli.publishing import (
    portal_json,
    publication_json,
    show_portals,
    show_publications,
    state_words,
)
from aggregator.cli.signing import signer
from aggregator.errors import PortalError, UsageError

if TYPE_CHECKING:
    from aggregator.publish.port import PortalPort
    from aggregator.publishconfig import TargetConfig
    from storage.database import Database

NEEDS_A_PERSON = 1

portals_argument = click.argument("portals", metavar="[PORTAL]...", nargs=-1)
by_option = option("--by", metavar="NAME", help="Who decides; else the login name.")


@click.command(cls=Command)
@portals_argument
@option("--all", "everything", is_flag=True, help="Also what was sent and is well.")
@database_option
@json_option
@pass_session
def status(
    session: Session,
    portals: tuple[str, ...],
    everything: bool,
    database: str | None,
    as_json: bool,
) -> int:
    """Show how the portals fare, and what in their outbox waits for a person or another try."""
    from aggregator.publish.run import portals_of
    from storage import publications

    session = session.with_database(database)
    names = [portal.name for portal in portals_of(session.config, portals)]
    with opened(session) as db:
        states = [publications.portal_state(db, name) for name in names]
        found = [
            held
            for held in publications.listed(db, portals=names)
            if everything or held.stop is not None or held.doing is not None
        ]
    if as_json:
        session.out.json(
            {
                "portals": [*map(portal_json, states)],
                "publications": [*map(publication_json, found)],
            }
        )
        return 0
    show_portals(session, states)
    if found:
        show_publications(session, found)
    return 0


@click.command(cls=Command)
@click.argument("portal")
@click.argument("article", required=False, type=int)
@by_option
@database_option
@json_option
@pass_session
def retry(
    session: Session,
    portal: str,
    article: int | None,
    by: str | None,
    database: str | None,
    as_json: bool,
) -> int:
    """Try again what was given up (all of it, or one article)."""
    from aggregator.publish.manual import retry as do
    from aggregator.publish.run import portals_of

    session = session.with_database(database)
    portals_of(session.config, [portal])
    with writing(session) as store, store.session() as db:
        found = do(db, portal, article, by=signer(by), now=datetime.now(UTC))
    if as_json:
        session.out.json([*map(publication_json, found)])
    else:
        session.out.line(
            session.say("{n} are tried again by the next 'aggregator publish'.", n=len(found))
        )
    return 0


@click.command(cls=Command)
@click.argument("portal")
@click.argument("article", type=int)
@option("--keep-theirs", is_flag=True, help="Leave the post to the portal's editor for ever.")
@option("--overwrite", is_flag=True, help="Put ours in place of what stands there now.")
@by_option
@database_option
@json_option
@pass_session
def resolve(
    session: Session,
    portal: str,
    article: int,
    keep_theirs: bool,
    overwrite: bool,
    by: str | None,
    database: str | None,
    as_json: bool,
) -> int:
    """Decide about a post that was changed or deleted in the portal."""
    from aggregator.publish import manual
    from aggregator.publish.run import portals_of

    if keep_theirs == overwrite:
        raise UsageError("say either --keep-theirs or --overwrite")
    session = session.with_database(database)
    (configured,) = portals_of(session.config, [portal])
    decided: dict[str, Any] = {"by": signer(by), "now": datetime.now(UTC)}
    with writing(session) as store:
        if keep_theirs:
            with store.session() as db:
                held = manual.keep_theirs(db, portal, article, **decided)
        else:
            with opened_port(session, configured) as port:
                held = manual.overwrite(store, port, portal, article, **decided)
    if as_json:
        session.out.json(publication_json(held))
    else:
        session.out.line(f"{portal}: {article}: {state_words(session, held)}")
    return 0


@click.command(cls=Command)
@portals_argument
@database_option
@json_option
@pass_session
def check(session: Session, portals: tuple[str, ...], database: str | None, as_json: bool) -> int:
    """Sign in to portals, and look whether their posts are as they were sent; change nothing."""
    from aggregator.publish.run import portals_of

    session = session.with_database(database)
    wrong = False
    with writing(session) as store:
        for portal in portals_of(session.config, portals):
            wrong |= _check_one(session, store, portal, as_json)
    return NEEDS_A_PERSON if wrong else 0


def _check_one(session: Session, store: Database, portal: TargetConfig, as_json: bool) -> bool:
    """Whether something is wrong with it."""
    from aggregator.publish.verify import verify

    try:
        with opened_port(session, portal) as port:
            found = verify(store, port, datetime.now(UTC))
    except PortalError as error:
        if as_json:
            session.out.json_line({"portal": portal.name, "trouble": error.said})
        else:
            session.out.line(session.say.error(error))
        return True
    stopped = [held for held in found.changed if held.stop is not None]
    if as_json:
        session.out.json_line(
            {
                "portal": portal.name,
                "trouble": None,
                "said": list(found.said),
                "posts": found.posts,
                "changed": [*map(publication_json, found.changed)],
            }
        )
        return bool(stopped)
    session.out.line(
        session.say(
            "{portal}: is in order ({said}); {posts} posts looked at",
            portal=portal.name,
            said=", ".join(found.said),
            posts=found.posts,
        )
    )
    for held in found.changed:
        words = state_words(session, held)
        session.out.line(f"{portal.name}: {words}: {held.article_id} ({held.remote_url or ''})")
    return bool(stopped)


@contextmanager
def opened_port(session: Session, portal: TargetConfig) -> Iterator[PortalPort]:
    """Signed in. Raises ``PortalError``."""
    from aggregator.publish.ports import open_port

    port = open_port(portal, session.config)
    try:
        yield port
    finally:
        port.close()
