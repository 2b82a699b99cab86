"""``aggregator publish`` from the shell, into the database of a CMS Sekolahku."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from aggregator.cli.main import main
from aggregator.health.portals import TAKEDOWN
from aggregator.model import Publication, PublicationState
from storage import publications
from storage.database import Database
from tests.aggregator.publish.conftest import School
from tests.aggregator.publish.fakeport import FakePortal
from tests.aggregator.publish.sekolahku import ACCOUNT, PASSWORD, Sekolahku, sekolahku
from tests.aggregator.publish.test_decide import SENT

Run = Callable[..., tuple[int, str, str]]

CONFIG = """
language = "en"
database_url = "{database}"

[[publish.portals]]
name = "sekolah"
kind = "sekolahku-db"
url = "https://sekolah.example"
database = "{address}"
user = "{user}"
author = "editor"
"""


@pytest.fixture(params=["sqlite"])
def database_url(database_url: str) -> str:
    return database_url


@pytest.fixture
def run(
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """``run("status", address=…)``: exit code, output, notes."""
    monkeypatch.setenv("AGGREGATOR_PUBLISH_SEKOLAH_PASSWORD", PASSWORD)
    monkeypatch.setenv("AGGREGATOR_CONFIG", str(tmp_path / "aggregator.toml"))

    def run(*args: str, address: str = "127.0.0.1:1/cms") -> tuple[int, str, str]:
        user = f"{ACCOUNT}_{os.getpid()}"
        config = CONFIG.format(database=database_url, address=address, user=user)
        (tmp_path / "aggregator.toml").write_text(config, encoding="utf-8")
        code = main(args)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture
def school(database: Database) -> School:
    school = School(database, FakePortal())
    # The commands go by the clock on the wall.
    school.now = datetime.now(UTC) - timedelta(hours=2)
    return school


# --- without a portal that answers ----------------------------------------------------------------


def test_no_portal_is_configured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.toml").write_text('language = "en"', encoding="utf-8")
    monkeypatch.setenv("AGGREGATOR_CONFIG", str(tmp_path / "empty.toml"))
    assert main(["publish"]) == 2
    assert "[[publish.portals]]" in capsys.readouterr().err


def test_unknown_portal_is_named_beside_those_that_are_known(run: Run) -> None:
    code, _, said = run("publish", "blog")
    assert (code, "'blog'" in said, "sekolah" in said) == (2, True, True)


def test_dry_run_says_what_and_why_and_asks_nobody(run: Run, school: School) -> None:
    school.approved()
    later = school.put(2)
    school.decide(later, publish_at=datetime.now(UTC) + timedelta(days=1))
    code, out, _ = run("publish", "--dry-run")
    assert code == 0
    assert "sekolah: to be sent: 1 Judul Berita 1: approved" in out
    assert "sekolah: waits: 2 Judul Berita 2: not due yet" in out


def test_portal_that_does_not_answer_is_told_and_kept(run: Run, school: School) -> None:
    school.approved()
    code, out, said = run("publish")
    assert (code, "0 done" in out) == (1, True)
    assert "portal sekolah: 2003" in said
    code, out, said = run("publish", "status")
    assert (code, "sekolah: fails since" in said) == (0, True)


def test_withdrawal_holds_though_the_portal_does_not_answer(run: Run, school: School) -> None:
    number = school.approved()
    held = _sent(number)
    with school.database.session() as session:
        publications.save(session, held)
    code, out, said = run("withdraw", str(number), "--reason", "Nama anak disebut")
    assert (code, "Withdrawn: article 1" in out) == (1, True)
    assert "Not everywhere" in said


def _sent(number: int) -> Publication:
    return replace(SENT, article_id=number, changed_at=datetime.now(UTC))


def test_check_tells_that_a_withdrawn_article_still_stands(run: Run, school: School) -> None:
    number = school.approved()
    with school.database.session() as session:
        publications.save(session, _sent(number))
    school.withdraw(number, at=datetime.now(UTC) - TAKEDOWN)
    _, out, _ = run("check", "--json")
    (finding,) = json.loads(out)["findings"]
    assert (finding["kind"], finding["articles"]) == ("withdrawn-standing", [number])
    assert "Portal sekolah: 1 withdrawn articles can still be read there" in run("check")[1]


@pytest.mark.parametrize(
    "args", [("resolve", "sekolah", "1"), ("resolve", "sekolah", "1", "--keep-theirs"), ("retry",)]
)
def test_what_cannot_be_done_is_refused(run: Run, school: School, args: tuple[str, ...]) -> None:
    assert run("publish", *args)[0] == 2


# --- into a portal --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator[Sekolahku]:
    with sekolahku() as found:
        yield found


@pytest.fixture
def cms(server: Sekolahku) -> Sekolahku:
    server.make()
    return server


@pytest.mark.mariadb
def test_an_editor_s_day(run: Run, school: School, cms: Sekolahku) -> None:
    """Looked at, sent, seen, changed by both sides, resolved, and taken down."""
    number = str(school.approved())

    def there(*args: str) -> tuple[int, str, str]:
        return run(*args, address=cms.address)

    code, out, _ = there("publish", "check")
    assert (code, "sekolah: is in order (CMS Sekolahku" in out) == (0, True)
    code, out, _ = there("publish", "--diff")
    assert "{+Judul Berita 1" in out
    assert cms.run("SELECT * FROM posts") == []
    code, out, _ = there("publish", "sekolah")
    assert (code, out.splitlines()) == (
        0,
        [
            "sekolah: sent: 1 Judul Berita 1 (https://sekolah.example/read/1/"
            f"{cms.post('post_slug')})",
            "sekolah: 1 done, 0 failed, 0 wait for a person",
        ],
    )
    code, out, _ = there("publish", "status", "--all", "--json")
    (held,) = json.loads(out)["publications"]
    assert (held["state"], held["public"], held["stop"]) == ("sent", True, None)

    cms.run("UPDATE posts SET post_title = 'Judul mereka'")
    code, out, _ = there("publish", "check")
    assert (code, "sekolah: changed in the portal: 1" in out) == (1, True)
    assert "changed in the portal" in there("publish", "status")[1]
    assert there("publish", "resolve", "sekolah", number, "--overwrite", "--by", "Rina")[0] == 0
    assert there("publish")[0] == 0
    assert cms.post("post_title") == "Judul Berita 1"

    code, out, _ = there("withdraw", number, "--reason", "Nama anak disebut", "--json")
    (done,) = json.loads(out)["portals"]
    assert (code, done["action"], done["error"]) == (0, "withdraw", None)
    assert "Alasan: Nama anak disebut." in cms.post("post_content")
    assert school.held(1).state is PublicationState.WITHDRAWN
    assert there("withdraw", number, "--undo", "--reason", "Salah")[0] == 0
    assert "Isi pertama." in cms.post("post_content")
