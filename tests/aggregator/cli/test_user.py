"""``user`` as it is typed; the password never is an argument."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from aggregator.cli.main import main
from aggregator.passwords import Passwords
from storage import users
from storage.database import open_database
from tests.aggregator.test_signin import SECRET
from tests.e2e.world import run_program

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def url(tmp_path: Path, migrated_file: Path) -> str:
    path = tmp_path / "news.db"
    path.write_bytes(migrated_file.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def run(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Run:
    monkeypatch.chdir(tmp_path)
    for name in ("AGGREGATOR_CONFIG", "AGGREGATOR_LANGUAGE", "AGGREGATOR_RULES"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        code = main(["--database", url, "user", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_somebody_is_let_in(run: Run, url: str) -> None:
    code, out, _ = run("add", "Bu Ani", "--role", "admin", "--by", "Kepala", stdin=f"{SECRET}\n")
    assert (code, out) == (0, "Bu Ani boleh masuk (admin).\n")
    database = open_database(url)
    with database.session() as session:
        held = users.password_hash(session, "Bu Ani")
    database.close()
    assert Passwords().fits(held, SECRET)
    (found,) = json.loads(run("list", "--json")[1])["users"]
    assert (found["name"], found["role"], found["disabled_at"]) == ("Bu Ani", "admin", None)


def test_a_weak_password_is_refused_in_words(run: Run) -> None:
    code, _, err = run("add", "Bu Ani", "--by", "Kepala", stdin="pendek\n")
    assert (code, err) == (2, "Galat: kata sandi sedikitnya 10 karakter\n")
    assert json.loads(run("list", "--json")[1])["users"] == []


def test_somebody_is_kept_out_and_let_in_again(run: Run) -> None:
    run("add", "Kepala", "--role", "admin", "--by", "x1", stdin=f"{SECRET}\n")
    run("add", "Bu Ani", "--by", "Kepala", stdin=f"{SECRET}\n")
    assert run("disable", "Bu Ani", "--by", "Kepala")[:2] == (0, "Bu Ani tidak boleh masuk lagi.\n")
    assert "Nonaktif" in run("list")[1]
    assert run("disable", "Bu Ani", "--undo", "--by", "Kepala")[:2] == (
        0,
        "Bu Ani boleh masuk lagi.\n",
    )
    code, _, err = run("disable", "Kepala", "--by", "Kepala")
    assert (code, "satu-satunya" in err) == (2, True)


def test_a_password_is_exchanged(run: Run) -> None:
    assert run("password", "Bu Ani", "--by", "Kepala", stdin="kunci-baru-sekali\n")[0] == 2
    run("add", "Bu Ani", "--by", "Kepala", stdin=f"{SECRET}\n")
    code, out, _ = run("password", "Bu Ani", "--by", "Kepala", stdin="kunci-baru-sekali\n")
    assert (code, out) == (0, "Bu Ani mempunyai kata sandi baru.\n")


@pytest.mark.parametrize("command", ["add", "password"])
def test_no_option_takes_a_password(run: Run, command: str) -> None:
    assert run(command, "Bu Ani", "--password", SECRET)[0] == 2
    assert run(command, "Bu Ani", SECRET)[0] == 2


@pytest.mark.parametrize("arguments", [("add", "Bu Ani"), ("password", "Bu Ani")])
def test_without_the_web_side_it_says_what_to_install(
    url: str, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    # Another process: what it is not to find, this one has imported long ago.
    program = (
        "import sys; sys.modules['argon2'] = None\nfrom aggregator.cli.main import entry; entry()"
    )
    asked = ("-c", program, "--database", url, "user", *arguments)
    done = run_program(*asked, cwd=tmp_path, stdin="x\n")
    assert (done.code, done.out) == (2, "")
    assert "pip install 'school-news-aggregator[web]'" in done.err
    assert "Traceback" not in done.err
