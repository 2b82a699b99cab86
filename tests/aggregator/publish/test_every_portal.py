"""The same day of an outbox in each kind of portal: what is sent is read in the portal itself."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from pytest_httpserver import HTTPServer

from aggregator.alerts.secret import Secret
from aggregator.model import PublicationState, Stop
from aggregator.publish.outbox import Outcome, publish
from aggregator.publish.port import PortalPort
from aggregator.publish.sekolahku_http import SekolahkuHTTPPortal
from aggregator.publish.static import StaticPortal
from aggregator.publish.wordpress import WordPressPortal
from storage.database import open_database
from tests.aggregator.publish import wordpress_server
from tests.aggregator.publish.builders import WITA
from tests.aggregator.publish.conftest import School
from tests.aggregator.publish.fakeport import FakePortal
from tests.aggregator.publish.sekolahku_double import PASSWORD, USER, Double


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A portal, and what its people and readers do."""

    open_port: Callable[[], PortalPort]
    page: Callable[[str], str]
    """What readers see at the address of a post; empty: nothing."""
    edit: Callable[[str, str], None]
    """An editor appends words to the post with this number, at this address."""
    count: Callable[[], int]
    """Posts, whatever their state."""


@contextmanager
def real_wordpress(folder: Path) -> Iterator[Kind]:
    with wordpress_server.site(folder) as site, site.serve() as url:

        def edit(number: str, _: str) -> None:
            site.run(
                f"wp_update_post(array('ID' => {number}, 'post_content' => "
                f"get_post({number})->post_content . '<p>Tambahan sekolah</p>'));"
            )

        def count() -> int:
            found = "SELECT COUNT(*) FROM wp_posts WHERE post_name LIKE 'judul-berita%'"
            return int(site.run(f'global $wpdb; echo $wpdb->get_var("{found}");'))

        yield Kind(
            open_port=lambda: WordPressPortal(
                name="sekolah",
                url=url,
                user="author",
                password=Secret(site.passwords["author"]),
                agent="tests",
            ),
            page=lambda address: httpx.get(address).text if _is_shown(address) else "",
            edit=edit,
            count=count,
        )


def _is_shown(address: str) -> bool:
    return httpx.get(address).status_code == 200


@contextmanager
def sekolahku(server: HTTPServer) -> Iterator[Kind]:
    cms = Double()
    server.expect_request(re.compile(".*")).respond_with_handler(cms)

    def page(address: str) -> str:
        row = cms.posts[int(address.rstrip("/").split("/")[-2])]
        is_shown = row["post_status"] == "publish" and row["is_deleted"] == "false"
        return str(row["post_content"]) if is_shown else ""

    def edit(number: str, _: str) -> None:
        cms.posts[int(number)]["post_content"] += "<p>Tambahan sekolah</p>"

    yield Kind(
        open_port=lambda: SekolahkuHTTPPortal(
            name="sekolah",
            url=server.url_for("/"),
            user=USER,
            password=Secret(PASSWORD),
            agent="tests",
            zone=WITA,
        ),
        page=page,
        edit=edit,
        count=lambda: len(cms.posts),
    )


@contextmanager
def folder(path: Path, school: School) -> Iterator[Kind]:
    def file(address: str) -> Path:
        return path / address.removeprefix("https://sekolah.example/") / "index.html"

    def edit(_: str, address: str) -> None:
        text = file(address).read_text("utf-8")
        end = "\n</div><!-- akhir isi -->"
        file(address).write_text(text.replace(end, f"<p>Tambahan sekolah</p>{end}"), "utf-8")

    yield Kind(
        open_port=lambda: StaticPortal(
            name="sekolah",
            folder=path,
            url="https://sekolah.example",
            title="SMK",
            zone=WITA,
            now=lambda: school.now,
        ),
        page=lambda at: file(at).read_text("utf-8") if file(at).exists() else "",
        edit=edit,
        count=lambda: len(list(path.glob("berita/*/index.html"))),
    )


@pytest.fixture
def school(migrated_file: Path, tmp_path: Path) -> Iterator[School]:
    """On SQLite: the outbox itself is tested on both."""
    shutil.copy(migrated_file, tmp_path / "news.db")
    database = open_database(f"sqlite:///{tmp_path / 'news.db'}", writable=True)
    yield School(database, FakePortal())
    database.close()


@pytest.fixture(
    params=[
        pytest.param("wordpress", marks=[pytest.mark.wordpress, pytest.mark.slow]),
        "sekolahku-http",
        "static",
    ]
)
def kind(
    request: pytest.FixtureRequest, tmp_path: Path, school: School, httpserver: HTTPServer
) -> Iterator[Kind]:
    match request.param:
        case "wordpress":
            wordpress_server.need()
            opened = real_wordpress(tmp_path / "wordpress")
        case "static":
            opened = folder(tmp_path / "situs", school)
        case _:
            opened = sekolahku(httpserver)
    with opened as found:
        yield found


def send(school: School, kind: Kind) -> Outcome:
    return publish(
        school.database,
        school.terms,
        kind.open_port,
        school.told.append,
        lambda: school.now,
        patient=False,
    )


def test_a_day(school: School, kind: Kind) -> None:
    article = school.approved(text="Isi pertama.")
    assert send(school, kind).done == 1
    sent = school.held(article)
    assert (sent.state, sent.stop) == (PublicationState.SENT, None)
    assert sent.remote_url is not None
    assert "Isi pertama." in kind.page(sent.remote_url)
    assert "contoh.example/berita/1/judul" in kind.page(sent.remote_url)

    school.later(hours=1)
    assert send(school, kind).done == 0
    assert kind.count() == 1

    school.put(text="Isi yang diralat.")
    school.decide(article, revision=2)
    assert send(school, kind).done == 1
    corrected = school.held(article)
    assert (corrected.remote_id, corrected.remote_url) == (sent.remote_id, sent.remote_url)
    page = kind.page(sent.remote_url)
    assert "Isi yang diralat." in page
    assert "Ralat (" in page
    assert kind.count() == 1

    school.later(hours=1)
    school.withdraw(article)
    assert send(school, kind).done == 1
    assert school.held(article).state is PublicationState.WITHDRAWN
    notice = kind.page(sent.remote_url)
    assert "dicabut oleh" in notice
    assert "Nama anak disebut" in notice
    assert "Isi yang diralat." not in notice
    assert kind.count() == 1


def test_an_editor_of_the_portal_has_the_last_word(school: School, kind: Kind) -> None:
    article = school.approved()
    send(school, kind)
    sent = school.held(article)
    assert sent.remote_id is not None
    assert sent.remote_url is not None
    kind.edit(sent.remote_id, sent.remote_url)
    school.later(hours=1)
    school.put(text="Isi yang diralat.")
    school.decide(article, revision=2)
    send(school, kind)
    assert school.held(article).stop is Stop.CONFLICT
    page = kind.page(sent.remote_url)
    assert "Tambahan sekolah" in page
    assert "Isi yang diralat." not in page

    # Except that what is withdrawn is taken down, whoever wrote it.
    school.withdraw(article)
    send(school, kind)
    assert kind.page(sent.remote_url) == ""
