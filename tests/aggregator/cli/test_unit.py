"""systemd units: printed for this installation, and what systemd itself says of them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from aggregator.cli.unit import UNITS, unit_text
from aggregator.config import Config

ANALYZE = shutil.which("systemd-analyze")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose name systemd might misunderstand, and a program of that name in it."""
    place = tmp_path / "ruang guru 100%"
    place.mkdir()
    program = place / "aggregator"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.chdir(place)
    monkeypatch.setattr(sys, "argv", [str(program)])
    return place


def settings(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed (Debian: systemd)")
def test_systemd_finds_no_fault(folder: Path) -> None:
    """All together: the timer names a service that must be there."""
    units = folder.parent / "units"
    units.mkdir()
    for name in UNITS:
        (units / name).write_text(unit_text(name, Config()), encoding="utf-8")
    done = subprocess.run(
        [str(ANALYZE), "verify", "--man=no", *(str(units / name) for name in UNITS)],
        capture_output=True,
        text=True,
        env={"SYSTEMD_UNIT_PATH": f"{units}:", "PATH": "/usr/bin:/bin"},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_service_runs_this_program_in_this_folder(folder: Path) -> None:
    found = settings(unit_text("aggregator.service", Config()))
    escaped = str(folder).replace("%", "%%")
    assert found["WorkingDirectory"] == [escaped]
    assert found["ExecStart"] == [f'"{escaped}/aggregator" schedule']
    assert found["ReadWritePaths"] == [f'"{escaped}"']


def test_the_folder_of_the_database_can_be_written(folder: Path) -> None:
    config = Config(database_url="sqlite:////var/lib/agregator/news.db")
    found = settings(unit_text("aggregator.service", config))
    assert found["ReadWritePaths"][0].endswith(" /var/lib/agregator")


def test_a_server_needs_no_folder_of_its_own(folder: Path) -> None:
    config = Config(database_url="postgresql://portal@localhost/news")
    assert len(settings(unit_text("aggregator.service", config))["ReadWritePaths"]) == 1


def test_python_itself_may_be_what_runs_the_program(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["/somewhere/aggregator/__main__.py"])
    found = settings(unit_text("aggregator-once.service", Config()))
    assert found["ExecStart"] == [f"{sys.executable} -m aggregator schedule --once"]


def test_the_program_has_more_time_to_end_than_it_needs(folder: Path) -> None:
    for name in ("aggregator.service", "aggregator-once.service"):
        assert settings(unit_text(name, Config()))["TimeoutStopSec"] == ["20"]
