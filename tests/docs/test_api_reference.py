"""The pages on API and feeds name everything that is served, and their examples run."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess

import pytest

from aggregator.query import FACETS
from aggregator.web.app import SERVED
from aggregator.web.feeds.addresses import FORMATS
from aggregator.web.problems import KINDS, Kind
from aggregator.web.questions import CONDITIONS, PERIODS
from tests.docs.pages import REFERENCE, blocks, code_words, first_cells, read, section

API = read(REFERENCE / "api.md")
FEEDS = read(REFERENCE / "feeds.md")

PATHS = [endpoint.path for endpoint in SERVED]
PARAMETERS = sorted({p.name for endpoint in SERVED for p in endpoint.parameters})


def test_every_endpoint_is_described_and_no_other() -> None:
    described = {*first_cells(section(API, "Endpoints")), *first_cells(FEEDS.partition("\n## ")[0])}
    assert described == set(PATHS)


@pytest.mark.parametrize("name", PARAMETERS)
def test_parameter_is_described(name: str) -> None:
    assert name in first_cells(section(API, "Parameters"))


def test_no_parameter_is_described_that_is_gone() -> None:
    assert set(first_cells(section(API, "Parameters"))) == set(PARAMETERS)


@pytest.mark.parametrize("word", [*PERIODS, *FACETS, *CONDITIONS])
def test_word_of_a_parameter_or_answer_is_described(word: str) -> None:
    assert word in code_words(API)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_problem_is_described(kind: Kind) -> None:
    assert f"| `{kind.name}` | {kind.status} |" in API


@pytest.mark.parametrize("form", FORMATS)
def test_format_of_feeds_is_described(form: str) -> None:
    assert f"/feed.{form}" in code_words(FEEDS)


EXAMPLES = [
    line
    for block in blocks(API)
    if block.language == "sh"
    for line in block.text.splitlines()
    if line.startswith("curl ")
]


def test_there_is_an_example_of_every_endpoint_of_the_api() -> None:
    text = "\n".join(EXAMPLES)
    for path in PATHS:
        if path.startswith("/api/"):
            assert path.replace("{id}", "1") in text


@pytest.mark.parametrize("example", EXAMPLES)
def test_example_runs(example: str, demo_address: str) -> None:
    if shutil.which("curl") is None:
        assert not os.environ.get("CI"), "curl is needed: apt-get install curl"
        pytest.skip("needs curl")
    command = shlex.split(example.replace("http://127.0.0.1:8000", demo_address))
    done = subprocess.run(command, capture_output=True, check=True, timeout=30)
    found = json.loads(done.stdout)
    assert ("errors" in found) == ("yesterday" in example)
    assert found.get("articles") != []
