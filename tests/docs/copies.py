"""A copy of the project in which a test may write, and programs that import the copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.docs.pages import PROJECT

PACKAGES = ("aggregator", "spiders", "pipelines", "storage")


def copy_project(target: Path, *more: str) -> Path:
    """The four packages, the project's file, and what else is named."""
    for name in (*PACKAGES, "pyproject.toml", *more):
        source = PROJECT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, target / name, ignore=ignored)
        else:
            shutil.copy(source, target / name)
    return target


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program that finds the copy in ``cwd`` before any installed one."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("AGGREGATOR_", "PYTEST_"))}
    clean |= {"PYTHONPATH": str(cwd), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=clean,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def python(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, *args, cwd=cwd)
