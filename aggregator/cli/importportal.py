"""``import-portal``: remember what the school's portal has published already."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli.app import (
    Command,
    Session,
    database_option,
    json_option,
    option,
    pass_session,
)

if TYPE_CHECKING:
    from aggregator.portal.importing import Imported

FORMS = ("auto", "feed", "wxr", "csv", "cms-sekolahku")


@click.command("import-portal", cls=Command)
@click.argument("source", metavar="FILE|URL")
@option("--portal", "name", help="What to call the portal; else its host or the file's name.")
@option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="auto",
    show_default=True,
    help="Form of the file or page.",
)
@database_option
@json_option
@pass_session
def import_portal(
    session: Session, source: str, name: str | None, form: str, database: str | None, as_json: bool
) -> int:
    """Remember the posts of the school's portal, so that nothing is proposed twice."""
    from aggregator.portal.formats import Form
    from aggregator.portal.importing import import_portal as do

    session = session.with_database(database)
    done = do(session.config, source, name=name, form=Form(form), now=datetime.now(UTC))
    if as_json:
        session.out.json(imported_json(done))
    else:
        _show(session, done)
    return 0


def _show(session: Session, done: Imported) -> None:
    say, out = session.say, session.out
    out.line(
        say(
            "Portal {portal} ({form}): {read} posts read, {new} new, {updated} changed, "
            "{unchanged} known.",
            portal=done.portal,
            form=done.form,
            read=done.read,
            new=done.new,
            updated=done.updated,
            unchanged=done.unchanged,
        )
    )
    for reason, count in sorted(done.skipped.items()):
        out.line(say("{n} rows skipped: {reason}", n=count, reason=say(reason)))
    for problem in done.unfetched:
        out.note(say("Only the beginning was taken: {problem}", problem=problem))
    if done.left:
        out.line(
            say(
                "{n} posts are known by their beginning only; import again for the rest.",
                n=done.left,
            )
        )
    out.line(
        say(
            "{posts} posts of this portal are known; {articles} held articles are among them.",
            posts=done.posts,
            articles=done.articles,
        )
    )


def imported_json(done: Imported) -> dict[str, Any]:
    """For programs; keys are in ``docs/reference/cli.md``."""
    return {
        "portal": done.portal,
        "format": str(done.form),
        "read": done.read,
        "new": done.new,
        "updated": done.updated,
        "unchanged": done.unchanged,
        "skipped": dict(sorted(done.skipped.items())),
        "unfetched": done.unfetched,
        "left": done.left,
        "posts": done.posts,
        "articles": done.articles,
    }
