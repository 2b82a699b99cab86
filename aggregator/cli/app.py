"""Click classes that show help in the operator's language, and what commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from aggregator.cli.output import Output
from aggregator.cli.text import Translator
from aggregator.config import Config
from aggregator.errors import UsageError

INTERRUPTED = 130
"""Exit code of what a signal ended before its end."""

if TYPE_CHECKING:
    from sqlalchemy.orm import Session as DatabaseSession

    from storage.database import Database

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, kw_only=True)
class Session:
    """What every command is given as ``ctx.obj``."""

    config: Config
    say: Translator
    out: Output

    def with_database(self, url: str | None) -> Session:
        return replace(self, config=replace(self.config, database_url=url)) if url else self


def translator(ctx: click.Context) -> Translator:
    session = ctx.find_object(Session)
    return session.say if session else Translator()


class Option(click.Option):
    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        if record is None or not self.help:
            return record
        return record[0], record[1].replace(self.help, translator(ctx)(self.help))


class Command(click.Command):
    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with _translated(self, ctx):
            super().format_help_text(ctx, formatter)


class Group(click.Group):
    command_class = Command

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with _translated(self, ctx):
            super().format_help_text(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        say = translator(ctx)
        rows = [
            (name, say(command.help or "").partition("\n")[0])
            for name, command in sorted(self.commands.items())
        ]
        if rows:
            with formatter.section(say("Commands")):
                formatter.write_dl(rows)


class _translated:  # noqa: N801 - reads as a verb where it is used
    """Shows a command's help in the operator's language while click formats it."""

    def __init__(self, command: click.Command, ctx: click.Context) -> None:
        self.command, self.english = command, command.help
        self.shown = translator(ctx)(command.help) if command.help else None

    def __enter__(self) -> None:
        self.command.help = self.shown

    def __exit__(self, *_: object) -> None:
        self.command.help = self.english


def option(*names: str, **attributes: Any) -> Callable[[F], F]:
    return click.option(*names, cls=Option, **attributes)


def database_option(command: F) -> F:
    return option(
        "--database",
        metavar="URL",
        help="Database address; else AGGREGATOR_DATABASE_URL, else sqlite:///news.db.",
    )(command)


def json_option(command: F) -> F:
    return option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


pass_session = click.make_pass_decorator(Session)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """What goes wrong with a file that the operator named is one clear line."""
    try:
        yield
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error


@contextmanager
def writing(session: Session) -> Iterator[Database]:
    """The database, for changes."""
    from storage.database import open_database

    database = open_database(session.config.database_url, writable=True)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def opened(session: Session) -> Iterator[DatabaseSession]:
    """A read-only look into the database."""
    from storage.database import open_database

    database = open_database(session.config.database_url)
    try:
        with database.session() as db:
            yield db
    finally:
        database.close()
