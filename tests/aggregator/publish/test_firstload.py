"""What a first load holds, and ``publish wxr`` as it is typed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from aggregator.cli.main import main
from aggregator.portal.wxr import read
from aggregator.publish.firstload import first_load
from storage.database import open_database
from tests.aggregator.publish.conftest import School
from tests.aggregator.publish.fakeport import FakePortal

SETTINGS = """
school = "SMK Negeri 1"
[[publish.portals]]
name = "sekolah"
kind = "wordpress"
url = "https://sekolah.example"
user = "redaksi"
[[publish.portals]]
name = "situs"
kind = "static"
url = "https://situs.example"
folder = "situs"
"""


@pytest.fixture
def school(migrated_file: Path, tmp_path: Path) -> Iterator[School]:
    shutil.copy(migrated_file, tmp_path / "news.db")
    database = open_database(f"sqlite:///{tmp_path / 'news.db'}", writable=True)
    yield School(database, FakePortal())
    database.close()


def slugs(school: School) -> list[str]:
    with school.database.session() as session:
        return [post.slug for post in first_load(session, school.terms, school.now)]


def test_it_holds_what_was_approved_and_never_sent(school: School) -> None:
    sent = school.approved(1)
    school.publish()
    waiting, withdrawn = school.approved(2), school.approved(3)
    school.withdraw(withdrawn)
    school.put(4)
    (slug,) = slugs(school)
    assert slug.startswith("judul-berita-2-")
    # It is the address under which the outbox looks for it afterwards.
    school.publish()
    assert school.held(waiting).slug == slug
    assert school.held(sent).slug != slug
    assert slugs(school) == []


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "aggregator.toml").write_text(SETTINGS, "utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("AGGREGATOR_CONFIG", "AGGREGATOR_LANGUAGE", "AGGREGATOR_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("typed")
def test_the_file_is_written(
    school: School, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school.approved(1)
    school.approved(2)
    assert main(["publish", "wxr", "sekolah", "muat.xml"]) == 0
    assert capsys.readouterr().out == "2 tulisan ditulis ke muat.xml.\n"
    posts = read((tmp_path / "muat.xml").read_bytes()).posts
    assert sorted(post.headline for post in posts) == ["Judul Berita 1", "Judul Berita 2"]
    assert all("contoh.example/berita/" in post.html for post in posts)


@pytest.mark.usefixtures("typed")
def test_other_portals_read_no_such_file(
    school: School, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", "wxr", "situs", "muat.xml"]) == 2
    assert "hanya portal jenis wordpress" in capsys.readouterr().err
    assert not (tmp_path / "muat.xml").exists()
