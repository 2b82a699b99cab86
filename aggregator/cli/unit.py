"""systemd units for this installation, out of the templates in ``aggregator/systemd``."""

from __future__ import annotations

import getpass
import shlex
import sys
from importlib.resources import files
from pathlib import Path
from string import Template

from aggregator.config import Config

UNITS = ("aggregator.service", "aggregator-once.service", "aggregator-once.timer")


def unit_text(name: str, config: Config) -> str:
    """A unit that runs this program, as this user, in the working folder."""
    template = Template(files("aggregator").joinpath("systemd", name).read_text(encoding="utf-8"))
    folder = Path.cwd()
    writable = dict.fromkeys([folder, _database_folder(config, folder)])
    return template.substitute(
        user=getpass.getuser(),
        folder=_escaped(folder),
        program=" ".join(_quoted(word) for word in _program()),
        writable=" ".join(_quoted(str(path)) for path in writable),
    ).rstrip("\n")


def _program() -> list[str]:
    script = Path(sys.argv[0])
    if script.stem == "aggregator":
        return [str(script.absolute())]
    return [sys.executable, "-m", "aggregator"]


def _database_folder(config: Config, folder: Path) -> Path:
    """SQLite keeps files beside the database."""
    scheme, _, path = config.database_url.partition(":///")
    return (folder / path).parent.resolve() if scheme.startswith("sqlite") else folder


def _escaped(path: Path) -> str:
    """A percent sign is the beginning of a specifier to systemd."""
    return str(path).replace("%", "%%")


def _quoted(word: str) -> str:
    escaped = word.replace("%", "%%").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' if shlex.quote(word) != word else escaped
