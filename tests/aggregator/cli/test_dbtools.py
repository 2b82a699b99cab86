"""``db copy`` and ``db grant-reader`` as a person types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from aggregator.cli.main import main
from pipelines.store import store
from storage import channels
from storage.database import Database, open_database
from tests.pipelines.builders import attributed, publisher

pytestmark = pytest.mark.own_database

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(database: Database, capsys: pytest.CaptureFixture[str]) -> Say:
    """``say("db", "copy", …)`` runs a command on a database with one article."""
    with database.session() as session:
        channels.ensure(session, publisher(), ())
    store(database, attributed(), cause="channel")
    url = database.engine.url.render_as_string(hide_password=False)

    def say(*arguments: str) -> tuple[int, str, str]:
        code = main(["--language", "en", "--database", url, *arguments])
        done = capsys.readouterr()
        return code, done.out, done.err

    return say


def test_copy_says_what_it_copied(say: Say, tmp_path: Path) -> None:
    code, out, err = say("db", "copy", "--to", f"sqlite:///{tmp_path / 'copy.db'}")
    assert code == 0
    assert "article\t1\n" in out
    assert "rows copied to sqlite:///" in err
    copied = open_database(f"sqlite:///{tmp_path / 'copy.db'}")
    copied.close()


def test_copy_for_programs(say: Say, empty_url: str) -> None:
    code, out, _ = say("db", "copy", "--json", "--to", empty_url)
    assert code == 0
    assert json.loads(out)["tables"]["revision"] == 1


def test_copying_twice_is_refused(say: Say, empty_url: str) -> None:
    assert say("db", "copy", "--to", empty_url)[0] == 0
    code, out, err = say("db", "copy", "--to", empty_url)
    assert (code, out) == (2, "")
    assert "holds rows already" in err


def test_a_copy_needs_a_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "nowhere.db", tmp_path / "copy.db"
    arguments = ["--database", f"sqlite:///{source}", "db", "copy", "--to", f"sqlite:///{target}"]
    assert main(arguments) == 2
    assert not target.exists()
