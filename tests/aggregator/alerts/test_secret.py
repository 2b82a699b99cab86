"""Secrets: where they come from, and that they show nowhere."""

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from aggregator.alerts.secret import Secret, read_secret
from aggregator.config import load
from aggregator.errors import AlertError, ConfigError

TEXT = "sangat-rahasia"


def test_a_secret_comes_from_the_environment() -> None:
    found = read_secret("email", "X", None, {"X": TEXT})
    assert found is not None
    assert found.reveal() == TEXT


def test_a_file_that_is_named_wins_and_is_trimmed(tmp_path: Path) -> None:
    (tmp_path / "kunci").write_text(f"\ufeff{TEXT}\n", encoding="utf-8")
    found = read_secret("email", "X", tmp_path / "kunci", {"X": "lain"})
    assert found is not None
    assert found.reveal() == TEXT


@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff\xfe\xff"])
def test_a_file_without_a_secret_is_an_error(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "kunci").write_bytes(content)
    with pytest.raises(AlertError, match="kunci"):
        read_secret("email", "X", tmp_path / "kunci", {})


def test_without_either_there_is_none() -> None:
    assert read_secret("email", "X", None, {}) is None


@pytest.mark.parametrize("show", [str, repr, "{}".format, "%s".__mod__, lambda s: f"{s!r:>20}"])
def test_a_secret_does_not_show_itself(show: Any) -> None:
    assert TEXT not in show(Secret(TEXT))
    assert TEXT not in show([Secret(TEXT)])


@pytest.mark.parametrize("write", [pickle.dumps, copy.deepcopy, json.dumps])
def test_a_secret_is_not_written_anywhere(write: Any) -> None:
    with pytest.raises(TypeError):
        write(Secret(TEXT))


def test_what_others_say_is_shown_without_it() -> None:
    assert Secret(TEXT).hide_in(f"bad token {TEXT}!") == "bad token ***!"
    assert Secret("").hide_in("x") == "x"


@pytest.mark.parametrize(
    ("table", "name"),
    [("email", "password"), ("telegram", "token"), ("webhook", "secret")],
)
def test_a_secret_in_the_configuration_file_is_refused(
    tmp_path: Path, table: str, name: str
) -> None:
    text = f'[alerts.{table}]\n{name} = "{TEXT}"\n'
    (tmp_path / "aggregator.toml").write_text(text)
    with pytest.raises(ConfigError, match="do not belong") as error:
        load({}, tmp_path)
    assert TEXT not in f"{error.value} {vars(error.value)}"


def test_a_configuration_holds_no_secret(tmp_path: Path) -> None:
    (tmp_path / "aggregator.toml").write_text(
        '[alerts.telegram]\nchat = "1"\ntoken_file = "kunci"\n'
    )
    (tmp_path / "kunci").write_text(TEXT)
    config = load({"AGGREGATOR_TELEGRAM_TOKEN": TEXT}, tmp_path)
    assert TEXT not in f"{config!r} {asdict(config)}"
