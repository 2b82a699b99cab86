"""Publishing into the database of CMS Sekolahku, on a real MariaDB in strict mode.

Each trap that its tables and templates hold has a test of its own; what the templates do is in
``tests/aggregator/publish/sekolahku.py``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pymysql
import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from aggregator.config import Config
from aggregator.errors import PortalRefusedError, PortalUnavailableError, PostRefusedError
from aggregator.publish.courier import words
from aggregator.publish.jobs import Terms
from aggregator.publish.outbox import publish
from aggregator.publish.port import Post, PostState
from aggregator.publish.ports import open_port
from aggregator.publish.sekolahku_db import NO_IMAGE, SekolahkuDatabase
from aggregator.publishconfig import PortalKind, TargetConfig
from storage.database import Database
from tests.aggregator.publish import builders
from tests.aggregator.publish.conftest import School
from tests.aggregator.publish.fakeport import FakePortal
from tests.aggregator.publish.sekolahku import ACCOUNT, PASSWORD, Sekolahku, sekolahku

pytestmark = pytest.mark.mariadb

Open = Callable[..., SekolahkuDatabase]

URL = "https://contoh.example/berita/1/judul"
CREDIT = "Sumber: Harian Contoh — “Judul”, Jumat, 31 Juli 2026 09.15 WIB — " + URL


@pytest.fixture(scope="module")
def server() -> Iterator[Sekolahku]:
    with sekolahku() as found:
        yield found


@pytest.fixture
def cms(server: Sekolahku) -> Sekolahku:
    server.make()
    return server


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(timezone="Asia/Jakarta")


@pytest.fixture
def opened(cms: Sekolahku, config: Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    monkeypatch.setenv("AGGREGATOR_PUBLISH_SEKOLAH_PASSWORD", PASSWORD)
    ports: list[SekolahkuDatabase] = []

    def opened(**changes: Any) -> SekolahkuDatabase:
        port = open_port(portal(cms, **changes), config)
        assert isinstance(port, SekolahkuDatabase)
        ports.append(port)
        return port

    yield opened
    for port in ports:
        port.close()


def portal(cms: Sekolahku, **changes: Any) -> TargetConfig:
    known = {
        "name": "sekolah",
        "kind": PortalKind.SEKOLAHKU_DB,
        "url": "https://sekolah.example",
        "database": cms.address,
        "user": f"{ACCOUNT}_{os.getpid()}",
        "author": "editor",
    }
    return TargetConfig(**{**known, **changes})


def a_post(**changes: Any) -> Post:
    body = changes.pop("text", "Siswa merakit sepeda listrik.")
    known: dict[str, Any] = {
        "key": "contoh-0123456789",
        "headline": "Siswa Merakit Sepeda Listrik",
        "body_html": (
            f'<p>{body}</p>\n<p>{CREDIT}</p>\n<p>(<a href="{URL}" rel="noopener">{URL}</a>)</p>'
        ),
        "excerpt": body,
        "slug": "siswa-merakit-sepeda-listrik-0123456789",
        "categories": ("Kejuruan",),
        "tags": ("SMK", "vokasi"),
        "shown_at": datetime(2026, 8, 1, 3, 0, tzinfo=UTC),
        "state": PostState.PUBLISHED,
        "credit_line": CREDIT,
        "source_url": URL,
        "image": None,
    }
    return Post(**{**known, **changes})


# --- the thirteen traps ---------------------------------------------------------------------------


def test_trap_1_characters_of_four_bytes_are_not_refused(cms: Sekolahku, opened: Open) -> None:
    with pytest.raises(pymysql.MySQLError, match="1366"):
        cms.run("INSERT INTO posts (post_content) VALUES ('🎉')")
    made = opened().create(a_post(headline="Selamat 🎉 untuk 𝗦𝗠𝗞", text="Hore 🎉 semua"))
    assert made.headline == "Selamat untuk SMK"
    assert "Hore" in words(made.body_html)
    assert "?" not in made.headline + words(made.body_html)


def test_trap_2_what_is_too_long_is_cut_by_us(cms: Sekolahku, opened: Open) -> None:
    with pytest.raises(pymysql.MySQLError, match="1406"):
        cms.run("INSERT INTO posts (post_title) VALUES (REPEAT('x', 256))")
    many = a_post(
        headline="kata " * 80,
        slug="x" * 300 + "-0123456789",
        tags=tuple(f"kata kunci {n}" for n in range(60)),
        categories=tuple(f"Kategori {n}" for n in range(60)),
    )
    made = opened().create(many)
    assert len(made.headline) <= 255
    assert made.headline.endswith("kata…")
    slug, tags, categories = cms.run("SELECT post_slug, post_tags, post_categories FROM posts")[0]
    assert slug.endswith("-0123456789")
    assert tags.split(", ")[-1] in many.tags
    assert categories.endswith("+")


_text = st.text(
    st.sampled_from("aéñ中文“”—… .,عر")
    | st.characters(exclude_categories=["C"], exclude_characters="<>&"),
    min_size=1,
    max_size=400,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=_text)
@example(text="中" * 100)
@example(text="é" * 200)
@example(text="a" * 164 + "中" * 30)
def test_trap_3_no_list_cuts_a_character(cms: Sekolahku, opened: Open, text: str) -> None:
    cms.run("TRUNCATE posts")
    opened().create(a_post(text=text))
    cms.home_page().decode()
    cms.page().decode()


def test_trap_4_paragraphs_are_not_glued_in_teasers(cms: Sekolahku, opened: Open) -> None:
    opened().create(a_post(text="Akhir.</p><p>Paragraf</p><ul><li>satu</li><li>dua</li></ul><p>."))
    assert "Akhir.\nParagraf" in cms.home_page().decode()
    assert "satu\ndua" in cms.home_page().decode()


@pytest.mark.parametrize(
    "headline",
    [
        'Menteri: "SMK Bisa" & Maju',
        '"><script>alert(1)</script>',
        "<b>Tebal</b>",
        "' onmouseover=alert(1) x='",
        '" onmouseover="alert(1)',
    ],
)
def test_trap_5_headline_is_harmless_where_it_is_printed_raw(
    cms: Sekolahku, opened: Open, headline: str
) -> None:
    opened().create(a_post(headline=headline))
    page = BeautifulSoup(cms.page(), "lxml")
    meta = page.find("meta")
    assert meta is not None
    assert set(meta.attrs) == {"property", "content"}
    assert page.find(["script", "b"]) is None


def test_trap_6_nothing_that_was_not_sanitised_gets_in(cms: Sekolahku, opened: Open) -> None:
    """It prints text raw; quotes of a text that become straight ones must not end an attribute."""
    link = '<a href="https://contoh.example/“onclick=“alert(1)">x</a>'
    opened().create(a_post(text=f"Lihat {link}"))
    page = BeautifulSoup(cms.page(), "lxml")
    assert all(set(a.attrs) <= {"href", "rel"} for a in page.find_all("a"))


def test_trap_7_no_picture_has_a_name(cms: Sekolahku, opened: Open) -> None:
    opened().create(a_post())
    assert cms.post("post_image") == NO_IMAGE


@pytest.mark.parametrize(
    ("accounts", "author"),
    [
        ((), "siapa"),
        (((8, "kembar", "false"), (9, "kembar", "false")), "kembar"),
        (((8, "keluar", "true"),), "keluar"),
    ],
)
def test_trap_8_author_must_be_exactly_one_account(
    cms: Sekolahku, opened: Open, accounts: tuple[tuple[int, str, str], ...], author: str
) -> None:
    for account in accounts:
        cms.run(
            "INSERT INTO users (id, user_name, is_deleted, user_password) VALUES (%s, %s, %s, '-')",
            *account,
        )
    with pytest.raises(PortalRefusedError, match="accounts are called"):
        opened(author=author)


def test_trap_8_author_is_printed_by_name(cms: Sekolahku, opened: Open) -> None:
    opened().create(a_post())
    assert b"- Oleh Editor" in cms.page()


def test_trap_9_withdrawn_post_answers_with_a_notice_at_its_address(
    cms: Sekolahku, opened: Open
) -> None:
    """Out of sight it would be a redirect without a word."""
    port = opened()
    made = port.create(a_post())
    cms.run("UPDATE posts SET post_image = 'foto.jpg'")
    port.hide(made.id)
    assert cms.home_page() == b""
    notice = a_post(body_html="<p>Berita dari Harian Contoh ini dicabut.</p>")
    back = port.update(made.id, notice)
    assert (back.url, back.state) == (made.url, PostState.PUBLISHED)
    assert cms.home_page() == b"Berita dari Harian Contoh ini dicabut."
    assert cms.post("post_image") == NO_IMAGE


def test_trap_10_dates_are_by_the_portal_s_clock(cms: Sekolahku, opened: Open) -> None:
    made = opened().create(a_post())
    assert cms.post("created_at") == datetime(2026, 8, 1, 11, 0)  # noqa: DTZ001 - it has no zone
    assert made.shown_at == datetime(2026, 8, 1, 3, 0, tzinfo=UTC)
    cms.run("UPDATE settings SET setting_value = ''")
    assert opened().zone.key == "Asia/Jakarta"
    cms.run("DELETE FROM settings")
    assert opened(timezone="Asia/Jayapura").zone.key == "Asia/Jayapura"
    cms.run("INSERT INTO settings VALUES (1, 'general', 'timezone', 'Waktu/Sekolah', NULL)")
    with pytest.raises(PortalRefusedError, match="no time zone: Waktu/Sekolah"):
        opened()


def test_trap_11_a_post_is_always_in_a_category(cms: Sekolahku, opened: Open) -> None:
    port = opened()
    port.create(a_post())
    assert cms.post("post_categories") == "+4+"
    cms.run("TRUNCATE posts")
    port.create(a_post(categories=("Beasiswa", "Kejuruan")))
    (made,) = cms.run("SELECT id, category_slug FROM categories WHERE category_name = 'Beasiswa'")
    assert cms.post("post_categories") == f"+{made[0]}+,+4+"
    assert made[1] == "beasiswa"


def test_trap_11_deleted_category_is_not_brought_back(cms: Sekolahku, opened: Open) -> None:
    cms.run("UPDATE categories SET is_deleted = 'true'")
    with pytest.raises(PostRefusedError, match="'Kejuruan' was deleted there"):
        opened().create(a_post())
    assert cms.run("SELECT * FROM posts") == []


def test_trap_12_views_are_no_edits_and_edits_are_seen(
    cms: Sekolahku, opened: Open, database: Database
) -> None:
    school = School(database, FakePortal())
    number = school.approved()
    _publish(school, opened)
    cms.run("UPDATE posts SET post_counter = post_counter + 18, updated_at = NOW()")
    school.decide(number, headline="Judul kita")
    assert _publish(school, opened).done == 1
    assert cms.run("SELECT post_title, post_counter FROM posts") == [("Judul kita", 18)]
    cms.run("UPDATE posts SET post_title = 'Judul mereka'")
    school.decide(number, headline="Judul kita lagi")
    assert _publish(school, opened).stopped == 1
    assert cms.post("post_title") == "Judul mereka"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("ALTER TABLE posts CHANGE post_slug slug VARCHAR(255)", "table posts lacks post_slug"),
        ("DROP TABLE tags", "table tags lacks id, tag, slug"),
        (
            "ALTER TABLE posts MODIFY post_status ENUM('published', 'draft')",
            "column posts.post_status is enum",
        ),
    ],
)
def test_trap_13_other_tables_are_refused_by_name(
    cms: Sekolahku, opened: Open, change: str, said: str
) -> None:
    cms.run(change)
    with pytest.raises(PortalRefusedError, match=said):
        opened()


def test_trap_13_shorter_columns_of_a_fork_are_kept_to(cms: Sekolahku, opened: Open) -> None:
    cms.run("ALTER TABLE posts MODIFY post_title VARCHAR(40), MODIFY post_tags VARCHAR(10)")
    made = opened().create(a_post(headline="kata " * 20))
    assert len(made.headline) <= 40
    assert cms.post("post_tags") == "SMK"


def test_trap_13_missing_rights_are_named(cms: Sekolahku, opened: Open) -> None:
    cms.grant((("SELECT", "posts"), *[(r, t) for r, t in _others() if t != "posts"]))
    with pytest.raises(PortalRefusedError, match="may not INSERT in table posts"):
        opened()


def _others() -> tuple[tuple[str, str], ...]:
    from tests.aggregator.publish.sekolahku import RIGHTS

    return RIGHTS


# --- the port -------------------------------------------------------------------------------------


def test_what_was_created_reads_back_as_foretold(opened: Open) -> None:
    port = opened()
    post = a_post(headline='Judul "baru" 🎉', text="“Kata” — dua… tiga " * 20)
    made = port.create(post)
    assert (made.headline, made.body_html) == port.printed(post)
    assert made == port.read(made.id)
    assert made.url == f"https://sekolah.example/read/{made.id}/{post.slug}"


def test_post_is_found_by_its_address_s_end_and_by_its_source(cms: Sekolahku, opened: Open) -> None:
    port = opened()
    assert port.find(a_post()) is None
    made = port.create(a_post())
    renamed = a_post(slug="judul-lain-0123456789")
    found = port.find(renamed)
    assert found is not None
    assert found.id == made.id
    cms.run("UPDATE posts SET post_slug = 'judul-dari-penyunting'")
    assert port.find(renamed) == port.read(made.id)
    assert port.find(a_post(slug="x-9999999999", source_url=f"{URL}2")) is None


def test_pages_of_other_kinds_are_not_touched(cms: Sekolahku, opened: Open) -> None:
    cms.run("INSERT INTO posts (id, post_title, post_type) VALUES (5, 'Sambutan', 'page')")
    port = opened()
    assert port.read("5") is None
    port.hide("5")
    assert cms.post("is_deleted") == "false"


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ("post_status = 'draft'", PostState.PENDING),
        ("is_deleted = 'true'", PostState.HIDDEN),
        ("post_visibility = 'private'", PostState.HIDDEN),
    ],
)
def test_states(cms: Sekolahku, opened: Open, change: str, state: PostState) -> None:
    port = opened()
    made = port.create(a_post())
    cms.run(f"UPDATE posts SET {change}")
    found = port.read(made.id)
    assert found is not None
    assert found.state is state


def test_pending_portal_gets_drafts(opened: Open) -> None:
    assert opened().create(a_post(state=PostState.PENDING)).state is PostState.PENDING


def test_update_leaves_what_is_the_portal_s(cms: Sekolahku, opened: Open) -> None:
    port = opened()
    made = port.create(a_post())
    cms.run("UPDATE posts SET post_image = 'foto.jpg', created_at = '2026-08-02 08:00:00'")
    port.update(made.id, replace(a_post(), headline="Judul lain"))
    kept = cms.run("SELECT post_image, created_at, post_slug FROM posts")[0]
    assert (kept[0], kept[1].day, kept[2]) == ("foto.jpg", 2, a_post().slug)


def test_tags_are_known_to_the_portal_once(cms: Sekolahku, opened: Open) -> None:
    port = opened()
    port.create(a_post())
    port.create(a_post(slug="lain-1", tags=("smk", "baru")))
    tags = [tag for (tag,) in cms.run("SELECT tag FROM tags ORDER BY id")]
    assert tags == ["SMK", "vokasi", "baru"]


def test_half_a_post_is_never_there(cms: Sekolahku, opened: Open) -> None:
    port = opened()
    cms.run("UPDATE categories SET is_deleted = 'true' WHERE id = 4")
    with pytest.raises(PostRefusedError):
        port.create(a_post(categories=("Baru", "Kejuruan")))
    assert cms.run("SELECT id FROM categories WHERE category_name = 'Baru'") == []


# --- trouble --------------------------------------------------------------------------------------


def test_nobody_answers(opened: Open) -> None:
    with pytest.raises(PortalUnavailableError):
        opened(database="127.0.0.1:1/cms")


def test_wrong_password_is_no_passing_trouble_and_is_not_shown(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGGREGATOR_PUBLISH_SEKOLAH_PASSWORD", "salah-sekali")
    with pytest.raises(PortalRefusedError, match="1045") as caught:
        opened()
    assert "salah-sekali" not in str(caught.value)


def test_no_password(cms: Sekolahku, config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AGGREGATOR_PUBLISH_SEKOLAH_PASSWORD", raising=False)
    with pytest.raises(PortalRefusedError, match="set AGGREGATOR_PUBLISH_SEKOLAH_PASSWORD"):
        open_port(portal(cms), config)


@pytest.mark.parametrize("address", ["127.0.0.1", "/cms", "127.0.0.1:x/cms"])
def test_address_of_the_database_is_checked(opened: Open, address: str) -> None:
    with pytest.raises(PortalRefusedError, match="HOST/NAME"):
        opened(database=address)


def test_connection_that_was_cut_is_passing_trouble(cms: Sekolahku, opened: Open) -> None:
    port = opened()
    (number,) = cms.run(
        "SELECT id FROM information_schema.processlist WHERE user LIKE %s", f"{ACCOUNT}%"
    )[0]
    cms.run(f"KILL {number}")
    for _ in range(2):
        with pytest.raises(PortalUnavailableError):
            port.create(a_post())


def test_row_that_somebody_holds_is_tried_later(cms: Sekolahku, opened: Open) -> None:
    port = opened()
    made = port.create(a_post())
    with port.connection.cursor() as cursor:
        cursor.execute("SET SESSION innodb_lock_wait_timeout = 1")
    cms.run("BEGIN")
    cms.run("SELECT * FROM posts FOR UPDATE")
    try:
        with pytest.raises(PortalUnavailableError, match="1205"):
            port.hide(made.id)
    finally:
        cms.run("ROLLBACK")


# --- through the outbox ---------------------------------------------------------------------------


def _publish(school: School, opened: Open) -> Any:
    terms = Terms(
        composing=builders.settings(name="sekolah", url="https://sekolah.example"), approval=True
    )
    return publish(
        school.database, terms, opened, school.told.append, lambda: school.now, patient=False
    )


def test_life_of_an_article(cms: Sekolahku, opened: Open, database: Database) -> None:
    school = School(database, FakePortal())
    number = school.approved(text="Isi “pertama” — sekali. " * 12)
    assert _publish(school, opened).done == 1
    assert "Sumber: Harian Contoh" in cms.post("post_content")
    school.later(hours=3)
    school.put(1, "Isi yang sudah diperbaiki. " * 12)
    school.decide(number, revision=2)
    assert _publish(school, opened).done == 1
    assert "Ralat (" in cms.post("post_content")
    school.withdraw(number)
    school.later(minutes=1)
    assert _publish(school, opened).done == 1
    assert "dicabut oleh Harian Contoh" in cms.post("post_content")
    assert cms.run("SELECT COUNT(*) FROM posts") == [(1,)]
    assert school.now - builders.NOW == timedelta(hours=3, minutes=1)
