"""The reference names everything that exists; what exists is asked of the code, never listed."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime

import click
import pytest

from aggregator import errors, settings
from aggregator.alertconfig import AlertConfig, EmailConfig, TelegramConfig, WebhookConfig
from aggregator.approvalrules import ApprovalRule, load_approval_rules
from aggregator.articlejson import article_json
from aggregator.cli.main import cli
from aggregator.config import Config, PublisherConfig
from aggregator.deskconfig import DeskConfig
from aggregator.health import FindingKind
from aggregator.model import (
    Article,
    AttributedArticle,
    Channel,
    ChannelKind,
    Credit,
    Dateline,
    EndState,
    Evidence,
    Image,
    RightsBasis,
    Role,
)
from aggregator.portalconfig import Approval, PortalConfig, Section
from aggregator.publishconfig import PublishConfig, TargetConfig
from aggregator.query import FACETS, PARAMETERS
from aggregator.reuse import Reuse
from aggregator.search.syntax import HEADLINE, OPERATORS
from aggregator.web.portal.page import Page
from aggregator.web.portal.routes import PAGES
from aggregator.webconfig import WebConfig
from pipelines.attribute import attribute
from pipelines.rulebook import Rule, bundled_rules
from spiders.publisher import PublisherSpider
from spiders.registry import publishers
from storage.tables import Base
from tests.docs.pages import REFERENCE, code_words, first_cells, read, section

CLI = read(REFERENCE / "cli.md")
CONFIGURATION = read(REFERENCE / "configuration.md")
DATABASE = read(REFERENCE / "database.md")
PUBLISHERS = read(REFERENCE / "publishers.md")
RULES = read(REFERENCE / "rules.md")
SEARCH = read(REFERENCE / "search.md")


# --- command line -----------------------------------------------------------------------------


def commands(group: click.Group, prefix: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by its full name (``db upgrade``)."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix}{name} ")
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield f"{prefix}{name}", command


COMMANDS = dict(commands(cli))


def of_command(name: str) -> str:
    return section(CLI, f"`aggregator {name}`") or section(CLI, f"`aggregator {name} ")


def options(command: click.Command) -> list[click.Option]:
    return [p for p in command.params if isinstance(p, click.Option) and not p.hidden]


@pytest.mark.parametrize("name", COMMANDS)
def test_command_has_a_section(name: str) -> None:
    assert of_command(name)


def inherited(text: str) -> str:
    """The sections from which a section says that it takes its options."""
    if "same options" not in text and "filters of" not in text:
        return ""
    named = [n for n in COMMANDS if f"`{n}`" in text or f"`{n} " in text]
    return "".join(of_command(name) for name in named)


@pytest.mark.parametrize(
    ("name", "option"),
    [
        pytest.param(name, option, id=f"{name} {option.opts[0]}")
        for name, command in COMMANDS.items()
        for option in options(command)
    ],
)
def test_option_is_described_with_its_command(name: str, option: click.Option) -> None:
    text = of_command(name)
    words = {word.partition(" ")[0] for word in code_words(text + inherited(text))}
    # What every command shares stands once, at the top.
    shared = {word.partition(" ")[0] for word in code_words(CLI.partition("\n## ")[0])}
    assert set(option.opts) & (words | shared)


@pytest.mark.parametrize("option", options(cli), ids=lambda option: option.opts[0])
def test_global_option_is_described(option: click.Option) -> None:
    assert option.opts[0] in CLI.partition("\n## ")[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_reference_names_no_option_that_is_gone(name: str) -> None:
    known = {
        opt for command in [cli, *COMMANDS.values()] for o in options(command) for opt in o.opts
    }
    described = {w.partition(" ")[0] for w in code_words(of_command(name)) if w.startswith("--")}
    assert described <= known


def test_reference_names_no_command_that_is_gone() -> None:
    headings = [line for line in CLI.splitlines() if line.startswith("## `aggregator ")]
    described = [heading.removeprefix("## `aggregator ").rstrip("`") for heading in headings]
    gone = [text for text in described if not any(f"{text} ".startswith(f"{n} ") for n in COMMANDS)]
    assert gone == []


@pytest.mark.parametrize("state", EndState)
def test_end_state_is_described(state: EndState) -> None:
    described = {cell.partition(":")[0] for cell in first_cells(section(CLI, "End states"))}
    assert state in described


# --- settings and configuration ---------------------------------------------------------------

SETTINGS = [name for name in vars(settings) if name.isupper()]


@pytest.mark.parametrize("name", SETTINGS)
def test_setting_is_described(name: str) -> None:
    assert name in first_cells(read(REFERENCE / "settings.md"))


def test_reference_names_no_setting_that_is_gone() -> None:
    named = [c for c in first_cells(read(REFERENCE / "settings.md")) if c.isupper()]
    assert set(named) == set(SETTINGS)
    assert len(named) == len(set(named))


COMPONENTS = [
    path.rpartition(".")[2]
    for name in SETTINGS
    if isinstance(value := getattr(settings, name), dict)
    for path in value
    if "." in path
]


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_is_described(name: str) -> None:
    assert name in first_cells(read(REFERENCE / "settings.md"))


@pytest.mark.parametrize("name", [field.name for field in fields(Config)])
def test_configuration_field_is_described(name: str) -> None:
    assert name in first_cells(CONFIGURATION.partition("\n## ")[0])


TABLES = ("alerts", "desk", "portal", "publish", "publishers", "web")


@pytest.mark.parametrize("name", [f.name for f in fields(Config) if f.name not in TABLES])
def test_environment_variable_is_described(name: str) -> None:
    assert f"AGGREGATOR_{name.upper()}" in code_words(CONFIGURATION)


@pytest.mark.parametrize("name", [field.name for field in fields(PublisherConfig)])
def test_publisher_configuration_is_described(name: str) -> None:
    assert name in first_cells(section(CONFIGURATION, "`[publishers."))


@pytest.mark.parametrize("name", [field.name for field in fields(WebConfig)])
def test_web_configuration_is_described(name: str) -> None:
    text = section(CONFIGURATION, "`[web]`")
    assert name in first_cells(text)
    assert f"AGGREGATOR_WEB_{name.upper()}" in code_words(text)


@pytest.mark.parametrize("name", [field.name for field in fields(PortalConfig)])
def test_configuration_of_the_portal_is_described(name: str) -> None:
    text = section(CONFIGURATION, "`[portal]`")
    assert name in first_cells(text)
    if name != "sections":
        assert f"AGGREGATOR_PORTAL_{name.upper()}" in code_words(text)


@pytest.mark.parametrize("word", [*Approval, *Reuse, *(field.name for field in fields(Section))])
def test_word_of_the_portals_configuration_is_described(word: str) -> None:
    assert word in code_words(section(CONFIGURATION, "`[portal]`"))


@pytest.mark.parametrize("guide", ["portal.md", "menjalankan-portal.md"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_page_of_the_portal_is_described(page: Page, guide: str) -> None:
    beginning = page.path.partition("{")[0]
    named = first_cells(read(REFERENCE.parent / "how-to" / guide))
    assert [address for address in named if address.startswith(beginning)]


@pytest.mark.parametrize(
    ("table", "name"),
    [
        (table, field.name)
        for table, kind in (
            ("`[alerts]`", AlertConfig),
            ("`[desk]`", DeskConfig),
            ("`[alerts.email]`", EmailConfig),
            ("`[alerts.telegram]`", TelegramConfig),
            ("`[alerts.webhook]`", WebhookConfig),
            ("`[publish]`", PublishConfig),
            ("`[[publish.portals]]`", TargetConfig),
        )
        for field in fields(kind)
    ],
)
def test_configuration_of_a_table_is_described(table: str, name: str) -> None:
    assert name in first_cells(section(CONFIGURATION, table))


@pytest.mark.parametrize(
    "word",
    [f.name for f in fields(Channel) if f.name != "publisher"] + [*ChannelKind] + [*RightsBasis],
)
def test_word_of_a_publisher_configuration_is_described(word: str) -> None:
    assert word in code_words(section(CONFIGURATION, "`[publishers."))


# --- publishers -------------------------------------------------------------------------------


def names(spider: type[PublisherSpider]) -> set[str]:
    """What a reader must be told of a publisher by name."""
    channels = {channel.name for channel in spider.channels}
    layouts = {layout.name for layout in spider.layouts}
    unfit = {str(reason) for _, reason in (*spider.unfit, *spider.unfit_marks)}
    about = spider.publisher
    return channels | layouts | unfit | {*about.hosts, *about.former_hosts, about.timezone}


@pytest.mark.parametrize(
    ("publisher", "name"),
    [(key, name) for key, spider in publishers().items() for name in sorted(names(spider))],
)
def test_publisher_is_described(publisher: str, name: str) -> None:
    assert name in code_words(section(PUBLISHERS, f"`{publisher}`"))


@pytest.mark.parametrize("publisher", publishers())
def test_title_and_rights_of_a_publisher_are_described(publisher: str) -> None:
    text, declared = section(PUBLISHERS, f"`{publisher}`"), publishers()[publisher].publisher
    assert f"| title | {declared.title} |" in text
    assert f"| rights basis | `{declared.rights_basis}`" in text
    assert (declared.terms or "not read by a person yet") in text


# --- errors, database, JSON -------------------------------------------------------------------

ERRORS = [
    member
    for _, member in inspect.getmembers(errors, inspect.isclass)
    if issubclass(member, errors.AggregatorError)
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_error_is_described_with_its_exit_code(error: type[errors.AggregatorError]) -> None:
    assert f"| `{error.__name__}` | {error.exit_code} |" in read(REFERENCE / "errors.md")


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_error_is_in_the_tree_of_its_module(error: type[errors.AggregatorError]) -> None:
    assert error.__name__ in (errors.__doc__ or "")


COLUMNS = [(table.name, column.name) for table in Base.metadata.sorted_tables for column in table.c]


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_table_and_column_are_described(table: str, column: str) -> None:
    whole = section(DATABASE, f"`{table}`")
    rows = [line for line in DATABASE.splitlines() if line.startswith(f"| `{table}` |")]
    assert column in code_words(whole or "\n".join(rows))


CONSTRAINTS = sorted(
    str(constraint.name)
    for constraint in Base.metadata.tables["article"].constraints
    if str(constraint.name).startswith(("ck_", "uq_"))
)


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_constraint_of_the_article_is_described(name: str) -> None:
    assert name in first_cells(section(DATABASE, "`article`"))


def example() -> AttributedArticle:
    """An article in which nothing is absent, so that every key of the JSON form shows."""
    spider = publishers()["republika"]
    article = Article(
        publisher=spider.name,
        url="https://republika.co.id/berita/x",
        canonical_url="https://republika.co.id/berita/x",
        headline="Judul",
        fetched_at=datetime(2026, 8, 4, tzinfo=UTC),
        credits=(Credit(name="Rini Contoh", role=Role.REPORTER),),
        dateline=Dateline(
            mark="REPUBLIKA.CO.ID", place="JAKARTA", raw="REPUBLIKA.CO.ID, JAKARTA --"
        ),
        image=Image(url="https://republika.co.id/x.jpg"),
        evidence=(Evidence(kind="byline", text="Rep: Rini Contoh"),),
    )
    return attribute(article, spider.publisher)


ARTICLE = article_json(example())
JSON = read(REFERENCE / "article.md")


@pytest.mark.parametrize("key", ARTICLE)
def test_json_field_is_described(key: str) -> None:
    assert key in first_cells(JSON.partition("\n## ")[0])


@pytest.mark.parametrize("key", ARTICLE["attribution"])
def test_json_field_of_the_attribution_is_described(key: str) -> None:
    assert key in first_cells(section(JSON, "`attribution`"))


@pytest.mark.parametrize(
    ("field", "part"),
    [(field, part) for field in ("dateline", "image") for part in ARTICLE[field]]
    + [("credits", part) for part in ARTICLE["credits"][0]],
)
def test_part_of_a_json_field_is_described(field: str, part: str) -> None:
    row = next(line for line in JSON.splitlines() if line.startswith(f"| `{field}` |"))
    assert part in row


@pytest.mark.parametrize("word", [*Role, *RightsBasis])
def test_word_of_the_json_article_is_described(word: str) -> None:
    assert word in code_words(JSON)


# --- findings -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FindingKind)
def test_finding_is_described(kind: FindingKind) -> None:
    assert kind in first_cells(read(REFERENCE / "findings.md"))


def test_reference_names_no_finding_that_is_gone() -> None:
    assert set(first_cells(read(REFERENCE / "findings.md"))) == set(FindingKind)


# --- search -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*OPERATORS, *HEADLINE])
def test_operator_of_a_query_is_described(name: str) -> None:
    assert f"{name}:" in code_words(section(SEARCH, "Operators"))


@pytest.mark.parametrize("name", [*PARAMETERS, *FACETS])
def test_parameter_and_facet_are_described(name: str) -> None:
    assert name in code_words(read(REFERENCE / "python.md"))


# --- rules ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", bundled_rules().topics, ids=lambda rule: rule.name)
def test_topic_is_described(rule: Rule) -> None:
    assert f"| `{rule.name}` | {rule.title} |" in RULES


@pytest.mark.parametrize("rule", bundled_rules().flags, ids=lambda rule: rule.name)
def test_flag_is_described(rule: Rule) -> None:
    assert f"| `{rule.name}` | {rule.title} |" in RULES


@pytest.mark.parametrize("rule", load_approval_rules(), ids=lambda rule: rule.name)
def test_rule_of_approval_is_described(rule: ApprovalRule) -> None:
    assert f"| `{rule.name}` | {rule.title} |" in RULES
