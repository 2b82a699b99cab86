"""Each import contract of ``pyproject.toml`` fails when it is broken, and by its name."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from spiders.registry import publishers
from tests.docs.copies import copy_project, run
from tests.docs.pages import PROJECT

SETTINGS: dict[str, Any] = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
CONTRACTS: list[dict[str, Any]] = SETTINGS["tool"]["importlinter"]["contracts"]


def breach(contract: dict[str, Any]) -> tuple[str, str]:
    """(module, what it must not import): one import that breaks the contract."""
    match contract["type"]:
        case "layers":
            low, high = contract["layers"][-1], contract["layers"][0]
            return members(low)[0], members(high)[0]
        case "forbidden":
            return contract["source_modules"][0], contract["forbidden_modules"][0]
        case "independence":
            return contract["modules"][0], contract["modules"][1]
        case other:
            raise AssertionError(f"say here how a contract of type {other!r} is broken")


def members(layer: str) -> list[str]:
    return re.findall(r"[\w.]+", layer)


def file_of(project: Path, module: str) -> Path:
    path = project.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def lint(project: Path) -> tuple[int, dict[str, str]]:
    """Exit code, and what is said of each contract (``KEPT`` or ``BROKEN``)."""
    program = Path(sys.executable).with_name("lint-imports")
    done = run(program, "--no-cache", cwd=project)
    verdicts = re.findall(r"^(.+?) (KEPT|BROKEN)\b", done.stdout, re.MULTILINE)
    assert verdicts, done.stdout + done.stderr
    return done.returncode, dict(verdicts)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("project"))


@pytest.fixture
def broken(project: Path, contract: dict[str, Any]) -> Iterator[Path]:
    module, forbidden = breach(contract)
    path = file_of(project, module)
    before = path.read_bytes()
    path.write_bytes(before + f"\nimport {forbidden}  # forbidden\n".encode())
    yield project
    path.write_bytes(before)


def test_all_contracts_hold(project: Path) -> None:
    code, verdicts = lint(project)
    assert code == 0
    assert verdicts == {contract["name"]: "KEPT" for contract in CONTRACTS}


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract["name"])
def test_a_forbidden_import_breaks_its_contract(broken: Path, contract: dict[str, Any]) -> None:
    code, verdicts = lint(broken)
    assert code != 0
    assert verdicts[contract["name"]] == "BROKEN"


MODULES = {spider.__module__ for spider in publishers().values()}


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_publisher_that_no_contract_names_is_independent_too(module: str) -> None:
    tree = ast.parse(file_of(PROJECT, module).read_text(encoding="utf-8"))
    imported = {
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    }
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not imported & (MODULES - {module})


def test_the_architecture_shows_the_layers_as_they_are() -> None:
    page = (PROJECT / "docs" / "explanation" / "architecture.md").read_text("utf-8")
    shown = page.partition("## Who may import whom")[2].split("```")[1].strip().splitlines()
    (layers,) = (contract["layers"] for contract in CONTRACTS if contract["type"] == "layers")
    assert shown == layers
