"""Everything that operators read exists in Indonesian, with the same fields filled in."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from jinja2 import Environment, nodes

from aggregator import errors
from aggregator import reasons as channel_reasons
from aggregator import words as nouns
from aggregator.cli import crawl, decisions, schedule, search
from aggregator.cli import main as cli_main
from aggregator.cli.indonesian import MESSAGES
from aggregator.cli.text import Translator
from aggregator.health import FindingKind
from aggregator.health import words as findings
from aggregator.model import (
    ChannelStatus,
    EndState,
    LinkReason,
    RobotsDecision,
    RunStatus,
)
from aggregator.portal import posts
from aggregator.publish import (
    courier,
    ports,
    sekolahku_http,
    sekolahku_session,
    static,
    wordpresswords,
)
from aggregator.publish.decide import Action, Why
from aggregator.web import problems
from aggregator.web.desk import app as desk_app
from aggregator.web.desk import words as desk_words
from pipelines import deduplicate, drops, store
from pipelines.clusters import Standing
from pipelines.verdict import LookAlike
from pipelines.withdrawal import Sign
from spiders import answers, blocks, judging, robots
from spiders.channels import reading
from storage.prints import THROUGH

CLI = Path(cli_main.__file__).parent


def said() -> Iterator[str]:
    """Every literal sentence that the command line hands to the translator."""
    for path in CLI.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            first = node.args[0]
            if name == "say" and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def helps(command: click.Command) -> Iterator[str]:
    if command.help:
        yield command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help and parameter.is_eager is False:
            yield parameter.help
    if isinstance(command, click.Group):
        for child in command.commands.values():
            yield from helps(child)


def templates() -> Iterator[str]:
    for kind in vars(errors).values():
        if (
            isinstance(kind, type)
            and issubclass(kind, errors.AggregatorError)
            and kind.template != "{detail}"
        ):
            yield kind.template


def web() -> Iterator[str]:
    """What the web side says: titles of problems, and words in feeds."""
    yield from (kind.title for kind in problems.KINDS)
    for path in Path(problems.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "say":
                yield from (a.value for a in node.args if isinstance(a, ast.Constant))


def pages() -> Iterator[str]:
    """What templates of pages say."""
    for path in Path(problems.__file__).parent.rglob("*.html"):
        for call in Environment().parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            if getattr(call.node, "name", "") == "say":
                yield from (a.value for a in call.args if isinstance(a, nodes.Const))


def desk() -> Iterator[str]:
    """What the desk calls things."""
    for table in desk_words.ALL:
        yield from table.values()
    yield from desk_app._REFUSALS.values()


def usage() -> Iterator[str]:
    yield from cli_main._USAGE.values()


PACKAGES = ("aggregator", "pipelines", "storage")
# Errors whose second argument is a detail.
WITH_DETAIL = (
    *("AlertError", "ArchiveError", "BackupError", "DatabaseUnusableError", "PortalError"),
    *("PortalRefusedError", "PortalUnavailableError", "PostRefusedError"),
)


def details() -> Iterator[str]:
    """What is said inside an error: constant ``detail`` arguments, and plain usage errors."""
    root = CLI.parents[1]
    for path in (p for name in PACKAGES for p in root.glob(f"{name}/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", "")
                arguments = [k.value for k in node.keywords if k.arg == "detail"]
                arguments += node.args[:1] if name == "UsageError" else []
                arguments += node.args[1:2] if name in WITH_DETAIL else []
                yield from (a.value for a in arguments if isinstance(a, ast.Constant))


# Said by the operating system.
SYSTEM = ("No such file or directory", "Permission denied")


def reasons() -> Iterator[str]:
    """Why URLs end as they do."""
    yield from map(str, errors.UnfitReason)
    yield from (drop.reason for drop in [drops.Drop, *drops.Drop.__subclasses__()])
    yield from (reason for _, reason in answers.FAILURES)
    yield from answers.GONE.values()
    yield answers.TOO_LARGE_UNPACKED
    yield from (robots.BARRED, robots.UNREACHABLE)
    yield from (
        value for name, value in vars(blocks).items() if name.isupper() and isinstance(value, str)
    )
    yield from (
        value
        for name, value in (*vars(reading).items(), *vars(channel_reasons).items())
        if name.isupper() and isinstance(value, str)
    )
    yield from (deduplicate.OLDER, deduplicate.SAME_TEXT, store.OTHER_READING)
    yield from map(str, Sign)
    yield judging.TO_TROUBLE
    yield from posts.SKIPPED
    yield from REASONS


def portal_words() -> Iterator[str]:
    for kind in (wordpresswords.Trouble, wordpresswords.Found, sekolahku_session.Trouble):
        yield from map(str, kind)
    yield from (sekolahku_http.FOUND, static.WRITES)


def finding_words() -> Iterator[str]:
    yield from findings.FIELD_WORDS.values()
    for words in (*findings.WORDS.values(), findings.UNKNOWN_LAYOUT):
        yield from (words.what, words.to_do)


def test_every_kind_of_finding_has_words() -> None:
    assert set(findings.WORDS) == set(FindingKind)


def gap_words() -> Iterator[str]:
    yield from (crawl.CAUGHT_UP, crawl.MISSED)


def schedule_words() -> Iterator[str]:
    yield from schedule.RULES.values()
    yield from search.FACET_TITLES.values()


def clusters() -> Iterator[str]:
    """What joins articles, what they are instead, and why one stands for all."""
    for words in (LinkReason, Standing, LookAlike):
        yield from map(str, words)
    yield from decisions.KIND_WORDS.values()
    yield from nouns.STATES.values()
    yield THROUGH


def history_words() -> Iterator[str]:
    yield from nouns.CORRECTIONS.values()
    yield from nouns.FIELDS.values()
    yield from nouns.CAUSES.values()


def publishing_words() -> Iterator[str]:
    for words in (
        nouns.ACTIONS,
        nouns.POSTS,
        nouns.STOPS,
        nouns.WHYS,
    ):
        yield from words.values()
    yield from (courier.DROPPED, courier.LOST, ports.ADVICE)


def test_every_reason_of_a_pass_has_words() -> None:
    assert set(nouns.WHYS) >= {*Why} - {Why.SAME, Why.STOPPED, Why.THERE_ALREADY}
    assert set(nouns.ACTIONS) == {*Action} - {Action.LEAVE}


# Written where they happen: spiders.publisher, spiders.middlewares, pipelines.ledger.
REASONS = (
    *("asked to wait", "bad address", "limit", "no body", "no headline", "not an article address"),
    *("outside host", "private network", "redirect loop", "robots.txt"),
    *("redirected to an outside host", "redirected to no web address", "same address", "stopped"),
    "too many redirects",
)

EVERYTHING = sorted(
    {
        *said(),
        *helps(cli_main.cli),
        *templates(),
        *usage(),
        *map(str, EndState),
        *map(str, ChannelStatus),
        *map(str, RunStatus),
        *map(str, RobotsDecision),
        *details(),
        *SYSTEM,
        *reasons(),
        *web(),
        *pages(),
        *desk(),
        *finding_words(),
        *portal_words(),
        *gap_words(),
        *schedule_words(),
        *clusters(),
        *history_words(),
        *publishing_words(),
    }
)


@pytest.mark.parametrize("message", EVERYTHING)
def test_is_translated(message: str) -> None:
    assert message in MESSAGES


@pytest.mark.parametrize("message", sorted(MESSAGES))
def test_translation_fills_in_the_same_fields(message: str) -> None:
    assert fields(MESSAGES[message]) == fields(message)


def test_no_translation_is_left_over() -> None:
    assert set(MESSAGES) <= set(EVERYTHING)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_english_is_the_text_itself() -> None:
    assert Translator("en")("Crawling") == "Crawling"
    assert Translator("id")("Crawling") == "Merayapi"


def test_facts_of_a_portal_s_trouble_are_filled_in_after_its_translation() -> None:
    trouble = errors.PortalError("berita", "too large: {mb} MB at most", mb=5)
    assert str(trouble) == "portal berita: too large: 5 MB at most"
    foreign = errors.PortalError("berita", "{not ours}")
    assert str(foreign) == Translator("id").error(foreign) == "portal berita: {not ours}"
