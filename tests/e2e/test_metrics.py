"""``aggregator metrics`` as Prometheus meets it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.aggregator.test_metrics import parsed
from tests.e2e.world import PROJECT, Finished

Aggregator = Callable[..., Finished]


@pytest.fixture
def crawled(aggregator: Aggregator) -> None:
    assert aggregator("crawl", "--demo").code == 0


@pytest.mark.usefixtures("crawled")
def test_a_file_for_node_exporter(tmp_path: Path, aggregator: Aggregator) -> None:
    done = aggregator("metrics", "--textfile", "aggregator.prom")
    assert (done.code, done.out) == (0, ""), done.err
    found = parsed((tmp_path / "aggregator.prom").read_text())
    assert found["aggregator_articles,publisher=republika"] == 10


@pytest.mark.usefixtures("crawled")
def test_an_endpoint_answers_until_it_is_stopped(tmp_path: Path) -> None:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("AGGREGATOR_")}
    command = ("-m", "aggregator", "--language", "en", "metrics", "--listen", "127.0.0.1:0")
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=tmp_path,
        env=clean | {"PYTHONPATH": str(PROJECT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stderr is not None
        url = process.stderr.readline().split()[-1]
        for _ in range(2):
            with urllib.request.urlopen(url, timeout=30) as answer:
                found = parsed(answer.read().decode())
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    assert (found["aggregator_up"], found["aggregator_articles,publisher=tribun"]) == (1, 7)


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--listen", "127.0.0.1:9464", "--textfile", "x.prom"],
        ["--listen", "9464"],
        ["--listen", "127.0.0.1:viele"],
        ["--listen", "127.0.0.1:99999"],
        ["--textfile", "tidak/ada.prom"],
    ],
)
def test_what_cannot_be_used_is_one_line(aggregator: Aggregator, options: list[str]) -> None:
    done = aggregator("metrics", *options)
    assert done.code == 2
    assert done.err.startswith("Galat: ")
    assert done.err.count("\n") == 1
