"""The ``aggregator`` command: finds language and configuration, then hands over to a command.

Exit codes: 0 done; 1 done, but something needs a person (or: could not tell); 2 the request
cannot be carried out as given; 3 another process is crawling the publisher; 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from aggregator import __version__
from aggregator.cli.app import INTERRUPTED, Group, Session, option
from aggregator.cli.check import check
from aggregator.cli.classify import classify
from aggregator.cli.crawl import crawl, reparse
from aggregator.cli.db import db
from aggregator.cli.duplicates import duplicates
from aggregator.cli.extract import extract
from aggregator.cli.importportal import import_portal
from aggregator.cli.metrics import metrics
from aggregator.cli.output import Output
from aggregator.cli.publish import publish
from aggregator.cli.publishers import publishers
from aggregator.cli.read import export, list_articles, stats
from aggregator.cli.recordcase import record_case
from aggregator.cli.review import review
from aggregator.cli.runs import runs
from aggregator.cli.schedule import schedule
from aggregator.cli.search import search
from aggregator.cli.serve import serve
from aggregator.cli.show import show
from aggregator.cli.text import CATALOGUES, Translator
from aggregator.cli.user import user
from aggregator.cli.withdraw import withdraw
from aggregator.config import Config, load
from aggregator.errors import AggregatorError


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aggregator", message="%(prog)s %(version)s")
@option(
    "--language",
    type=click.Choice(sorted(CATALOGUES)),
    help="Language of messages; else AGGREGATOR_LANGUAGE, else Indonesian.",
)
@option(
    "--database",
    metavar="URL",
    help="Database address; else AGGREGATOR_DATABASE_URL, else sqlite:///news.db.",
)
@click.pass_context
def cli(ctx: click.Context, language: str | None, database: str | None) -> None:  # noqa: ARG001
    """Education news for a school portal, always with its attribution."""
    ctx.obj = ctx.ensure_object(Session).with_database(database)


for command in (
    crawl,
    schedule,
    reparse,
    extract,
    list_articles,
    search,
    show,
    export,
    stats,
    publishers,
    check,
    runs,
    metrics,
    classify,
    duplicates,
    record_case,
    serve,
    withdraw,
    review,
    publish,
    user,
    import_portal,
    db,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. The ``aggregator`` script exits with it."""
    args = list(sys.argv[1:] if arguments is None else arguments)
    out = Output()
    say = Translator(_language(args, os.environ.get("AGGREGATOR_LANGUAGE")))
    try:
        config = load()
        if "--language" not in " ".join(args):
            say = Translator(config.language)
        session = Session(config=config, say=say, out=out)
        code = cli.main(args, prog_name="aggregator", standalone_mode=False, obj=session)
        return code if isinstance(code, int) else 0
    except AggregatorError as error:
        out.note(f"{say('Error')}: {say.error(error)}")
        return error.exit_code
    except click.ClickException as error:
        out.note(f"{say('Error')}: {_usage(say, error)}")
        return 2
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has seen enough; closing stdout again would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _language(args: Sequence[str], environment: str | None) -> str:
    """Needed before click parses anything, since help and errors are shown in it."""
    for position, arg in enumerate(args):
        name, _, value = arg.partition("=")
        if name == "--language":
            wanted = value or "".join(args[position + 1 : position + 2])
            return wanted if wanted in CATALOGUES else Config.language
    return environment if environment and environment in CATALOGUES else Config.language


# Click's own complaints, by class. What is not here is shown in click's English.
_USAGE: dict[type[click.ClickException], str] = {
    click.NoSuchOption: "no such option: {option_name}",
    click.MissingParameter: "missing argument: {param_hint}",
}


def _usage(say: Translator, error: click.ClickException) -> str:
    template = _USAGE.get(type(error))
    if template is None:
        return error.format_message()
    fields = {
        "option_name": getattr(error, "option_name", ""),
        "param_hint": getattr(getattr(error, "param", None), "name", ""),
    }
    return say(template, **fields)


def entry() -> None:
    """The console script."""
    sys.exit(main())
