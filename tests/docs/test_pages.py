"""Pages can be found, their links lead somewhere, and what they tell a reader to type exists."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import click
import pytest
from sqlalchemy import text

from aggregator.cli.main import cli, main
from storage.database import open_database
from tests.docs.pages import (
    DOCS,
    PROJECT,
    REFERENCE,
    all_pages,
    anchors,
    blocks,
    internal_links,
    name_of,
    read,
    shell_commands,
)

PAGES = all_pages()
GUIDES = (DOCS / "how-to" / "panduan-operator.md", DOCS / "how-to" / "operators-guide.md")
ALERTS = (DOCS / "how-to" / "peringatan.md", DOCS / "how-to" / "alerts.md")
SCHEDULING = (DOCS / "how-to" / "menjadwalkan.md", DOCS / "how-to" / "schedule.md")
PORTAL = (DOCS / "how-to" / "menjalankan-portal.md", DOCS / "how-to" / "portal.md")
WORDPRESS = (
    DOCS / "how-to" / "menerbitkan-wordpress.md",
    DOCS / "how-to" / "publish-wordpress.md",
)
ELSEWHERE = (DOCS / "how-to" / "menerbitkan-lainnya.md", DOCS / "how-to" / "publish-elsewhere.md")
READMES = (PROJECT / "README.id.md", PROJECT / "README.md")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_internal_links_lead_somewhere(page: Path) -> None:
    broken = [
        link
        for link, target, anchor in internal_links(page)
        if not target.exists()
        or not target.is_relative_to(PROJECT)
        or (anchor and anchor not in anchors(target))
    ]
    assert broken == []


def test_every_page_of_the_docs_can_be_reached() -> None:
    todo, seen = [PROJECT / "README.md", DOCS / "README.md"], set[Path]()
    while todo:
        page = todo.pop()
        if page.suffix == ".md" and page.exists() and page not in seen:
            seen.add(page)
            todo.extend(target for _, target, _ in internal_links(page))
    assert sorted(map(name_of, set(DOCS.rglob("*.md")) - seen)) == []


def commands_in(page: Path) -> list[list[str]]:
    return shell_commands(read(page))


WITH_COMMANDS = [page for page in PAGES if commands_in(page)]


@pytest.mark.parametrize(
    "page", [*READMES, *GUIDES, *SCHEDULING, DOCS / "tutorial" / "first-crawl.md"]
)
def test_pages_for_operators_show_commands(page: Path) -> None:
    assert page in WITH_COMMANDS


@pytest.mark.parametrize(
    ("page", "call"),
    [
        pytest.param(page, call, id=f"{name_of(page)}-{' '.join(call)}")
        for page in WITH_COMMANDS
        for call in commands_in(page)
    ],
)
def test_command_parses(page: Path, call: list[str]) -> None:
    """Against the real tree of commands: every name, option and argument is taken."""
    command: click.Command = cli
    parent: click.Context | None = None
    name, args = "aggregator", list(call)
    while True:
        context = command.make_context(name, args, parent=parent)
        if not isinstance(command, click.Group):
            return
        words = context._protected_args + context.args
        if not words and command.invoke_without_command:
            return
        found, sub, rest = command.resolve_command(context, words)
        assert found, f"no command {call}"
        command, parent, name, args = sub, context, str(found), rest


def named(call: list[str]) -> tuple[str, ...]:
    """A call's command and options without values: what both languages must agree on."""
    return tuple(word for word in call if word.startswith("--") or word in cli.commands)


@pytest.mark.parametrize(
    ("indonesian", "english"), [GUIDES, ALERTS, SCHEDULING, PORTAL, WORDPRESS, ELSEWHERE]
)
def test_both_guides_name_the_same_commands(indonesian: Path, english: Path) -> None:
    ours, theirs = commands_in(indonesian), commands_in(english)
    assert [named(call) for call in ours] == [named(call) for call in theirs]
    assert {w for call in ours for w in call if w in cli.commands}


def test_both_readmes_name_the_same_commands() -> None:
    indonesian, english = ([named(call) for call in commands_in(page)] for page in READMES)
    assert indonesian == english


QUERIES = [
    block.text for block in blocks(read(REFERENCE / "database.md")) if block.language == "sql"
]
EXAMPLES = [b.text for b in blocks(read(REFERENCE / "python.md")) if b.language == "python"]


@pytest.mark.parametrize("query", QUERIES)
def test_sql_of_the_reference_runs(query: str, demo_database: str) -> None:
    database = open_database(demo_database)
    try:
        with database.session() as session:
            rows = session.execute(text(query)).all()
    finally:
        database.close()
    # The demo's first day holds something for each, except corrections.
    assert rows or "r.number > 1" in query


@pytest.mark.parametrize("example", EXAMPLES)
def test_python_of_the_reference_runs(example: str, demo_database: str, demo_address: str) -> None:
    here = {"sqlite:///news.db": demo_database, "http://127.0.0.1:8000": demo_address}
    for written, real in here.items():
        example = example.replace(written, real)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(example, "python.md", "exec"), {})
    assert "Sumber: " in printed.getvalue()


def test_the_tutorial_shows_what_the_program_prints(
    demo_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The article that the tutorial shows is printed today as it stands there."""
    tutorial = read(DOCS / "tutorial" / "first-crawl.md")
    assert (
        main(["--database", demo_database, "--language", "en", "show", "republika:tbm4gw436"]) == 0
    )
    said = capsys.readouterr().out
    shown = next(b.text for b in blocks(tutorial) if "Rights basis:" in b.text)
    assert shown.strip() == said.strip()
