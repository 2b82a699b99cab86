"""What an editor sees of the school's portals, and decides about posts in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from aggregator.errors import PortalUnavailableError, PostRefusedError
from aggregator.model import Publication, Stop
from aggregator.publishconfig import PublishConfig, TargetConfig
from storage import audit, publications
from storage.database import Database
from tests.aggregator.publish.fakeport import FakePortal
from tests.aggregator.web.desk.browser import EDITOR, Browser, text_of
from tests.aggregator.web.desk.test_pages import press

SEKOLAH = TargetConfig(name="sekolah", kind="wordpress", url="https://sekolah.example", user="x")
PAGE = "/meja/terbitan"
ROBOT = "Siswa Merakit Robot"
DINAS = "Dinas Membuka Pendaftaran"


@pytest.fixture
def app(app_as: Callable[..., Any]) -> Any:
    return app_as(publish=PublishConfig(max_attempts=1, portals=(SEKOLAH,)))


def approve(editor: Browser, number: int) -> None:
    press(editor, f"/meja/artikel/{number}", f"/artikel/{number}/setujui")


def send(editor: Browser) -> None:
    press(editor, PAGE, "/terbitan/sekolah/kirim")


def held(database: Database, number: int) -> Publication:
    with database.session() as session:
        found = publications.get(session, "sekolah", number)
    assert found is not None
    return found


def in_conflict(editor: Browser, portal: FakePortal, number: int) -> None:
    """The portal's editor changed a post, and ours did, too."""
    approve(editor, number)
    send(editor)
    (key,) = portal.posts
    portal.edit(key, headline="Judul mereka")
    press(editor, f"/meja/artikel/{number}", f"/artikel/{number}/sunting", headline="Judul kita")
    send(editor)


def given_up(editor: Browser, portal: FakePortal, number: int) -> None:
    portal.fails = {"create": PostRefusedError("sekolah", "too long")}
    approve(editor, number)
    send(editor)
    portal.fails = {}


def acts(database: Database) -> list[tuple[str, str, int | None]]:
    with database.session() as session:
        return [(e.who, e.action, e.article_id) for e in audit.latest(session, limit=5)]


# --- what is seen ---------------------------------------------------------------------------------


def test_what_waits_is_sent_from_the_desk(
    editor: Browser, filled: Database, portal: FakePortal
) -> None:
    assert "Belum ada yang dikirim." in text_of(editor.get(PAGE))
    approve(editor, 1)
    approve(editor, 3)
    said = text_of(editor.get(PAGE))
    assert "Menunggu dikirim 2" in said
    assert "Kirim 2 sekarang" in said
    answer = press(editor, PAGE, "/terbitan/sekolah/kirim")
    assert answer.headers["location"] == f"{PAGE}?done=send"
    assert sorted(post.headline for post in portal.posts.values()) == [DINAS, ROBOT]
    page = editor.get(PAGE)
    assert "Menunggu dikirim" not in text_of(page)
    assert "terkirim" in text_of(page)
    for post in portal.posts.values():
        assert f'href="{post.url}"' in page.text


def test_what_waits_for_its_time_says_until_when(editor: Browser) -> None:
    fields = {"publish_at": "2030-01-02T06:30", "then": "approve"}
    press(editor, "/meja/artikel/1", "/artikel/1/sunting", **fields)
    said = text_of(editor.get(PAGE))
    assert "belum waktunya" in said
    assert "mulai 02/01/2030 06:30" in said
    assert "Kirim 1" not in said


def test_a_portal_that_takes_nothing_says_since_when_and_why(
    editor: Browser, portal: FakePortal
) -> None:
    portal.fails = {"check": PortalUnavailableError("sekolah", "no answer in time")}
    approve(editor, 1)
    send(editor)
    said = text_of(editor.get(PAGE))
    assert (
        "Tidak ada yang sampai ke sana sejak 01/08/2026 11:00: tidak menjawab tepat waktu" in said
    )
    assert "dicoba lagi 01/08/2026 11:01" in said


def test_an_article_shows_its_own_posts(editor: Browser, portal: FakePortal) -> None:
    assert "Di portal" not in text_of(editor.get("/meja/artikel/1"))
    approve(editor, 1)
    assert "sekolah belum dikirim" in text_of(editor.get("/meja/artikel/1"))
    send(editor)
    page = editor.get("/meja/artikel/1")
    assert "terkirim sekolah" in text_of(page)
    assert f'href="{portal.only.url}"' in page.text


def test_pages_of_what_was_sent_follow_each_other(editor: Browser, filled: Database) -> None:
    approve(editor, 1)
    send(editor)
    assert "start=" not in editor.get(PAGE).text
    assert ROBOT in text_of(editor.get(f"{PAGE}?start=0"))
    assert ROBOT not in text_of(editor.get(f"{PAGE}?start=50"))
    assert editor.get(f"{PAGE}?start=x").status_code == 422


def test_without_a_portal_the_page_says_where_to_write_one(app_as: Callable[..., Any]) -> None:
    editor = Browser(app_as())
    editor.sign_in()
    assert "Belum ada portal yang diatur" in text_of(editor.get(PAGE))
    for word in ("kirim", "ulang", "1/ulang", "1/biarkan", "1/timpa"):
        answer = editor.send(f"{PAGE}/sekolah/{word}")
        assert answer.status_code == 422
        assert "belum ada portal" in text_of(answer)


# --- what is decided ------------------------------------------------------------------------------


def test_theirs_is_kept(
    editor: Browser, filled: Database, portal: FakePortal, pushed: list[int]
) -> None:
    in_conflict(editor, portal, 1)
    said = text_of(editor.get(PAGE))
    assert "Yang perlu ditangani 1" in said
    assert "diubah di portal" in said
    answer = press(editor, PAGE, "/terbitan/sekolah/1/biarkan")
    assert answer.headers["location"] == f"{PAGE}?done=keep"
    assert held(filled, 1).stop is Stop.KEPT
    assert acts(filled)[0] == (EDITOR, "publish.keep-theirs", 1)
    assert "Yang perlu ditangani" not in text_of(editor.get(PAGE))
    assert (portal.only.headline, pushed) == ("Judul mereka", [])


def test_what_they_changed_is_seen_before_it_is_decided_about(
    editor: Browser, portal: FakePortal
) -> None:
    in_conflict(editor, portal, 1)
    assert f'href="{PAGE}/sekolah/1/beda"' in editor.get(PAGE).text
    page = editor.get(f"{PAGE}/sekolah/1/beda")
    assert "<del>mereka\n</del><ins>kita\n</ins>" in page.text
    press(editor, f"{PAGE}/sekolah/1/beda", "/terbitan/sekolah/1/biarkan")
    assert portal.only.headline == "Judul mereka"


def test_there_is_no_difference_to_what_was_never_sent(editor: Browser, portal: FakePortal) -> None:
    in_conflict(editor, portal, 3)
    approve(editor, 1)
    assert editor.get(f"{PAGE}/sekolah/1/beda").status_code == 404
    assert editor.get(f"{PAGE}/lain/3/beda").status_code == 404
    portal.fails = {"read": PortalUnavailableError("sekolah", "no answer in time")}
    assert editor.get(f"{PAGE}/sekolah/3/beda").status_code == 502


def test_ours_is_put_over_theirs_and_brought_there_at_once(
    editor: Browser, filled: Database, portal: FakePortal, pushed: list[int]
) -> None:
    in_conflict(editor, portal, 1)
    press(editor, "/meja/artikel/1", "/terbitan/sekolah/1/timpa")
    assert pushed == [1]
    assert acts(filled)[0] == (EDITOR, "publish.overwrite", 1)
    send(editor)
    assert portal.only.headline == "Judul kita"
    assert held(filled, 1).stop is None


def test_a_portal_that_does_not_answer_is_said_and_nothing_is_decided(
    editor: Browser, filled: Database, portal: FakePortal, pushed: list[int]
) -> None:
    in_conflict(editor, portal, 1)
    portal.fails = {"read": PortalUnavailableError("sekolah", "no answer in time")}
    answer = press(editor, PAGE, "/terbitan/sekolah/1/timpa")
    assert answer.status_code == 502
    assert "tidak menjawab tepat waktu" in text_of(answer)
    assert (held(filled, 1).stop, pushed) == (Stop.CONFLICT, [])


def test_what_was_given_up_is_tried_again(
    editor: Browser, filled: Database, portal: FakePortal, pushed: list[int]
) -> None:
    given_up(editor, portal, 1)
    said = text_of(editor.get(PAGE))
    assert "dihentikan" in said
    assert "too long" in said
    press(editor, PAGE, "/terbitan/sekolah/1/ulang")
    assert (held(filled, 1).stop, pushed) == (None, [1])
    assert acts(filled)[0] == (EDITOR, "publish.retry", 1)


def test_all_that_was_given_up_is_tried_again(
    editor: Browser, filled: Database, portal: FakePortal
) -> None:
    given_up(editor, portal, 1)
    given_up(editor, portal, 3)
    assert "Coba lagi semua (2)" in text_of(editor.get(PAGE))
    press(editor, PAGE, "/terbitan/sekolah/ulang")
    assert len(portal.posts) == 2


def test_there_must_be_something_to_decide(editor: Browser, portal: FakePortal) -> None:
    approve(editor, 1)
    send(editor)
    assert editor.send(f"{PAGE}/sekolah/1/biarkan").status_code == 422
    for number in ("99", "99999999999999999999"):
        for word in ("ulang", "biarkan", "timpa"):
            assert editor.send(f"{PAGE}/sekolah/{number}/{word}").status_code == 404
    for word in ("kirim", "ulang", "1/ulang", "1/biarkan", "1/timpa"):
        assert editor.send(f"{PAGE}/lain/{word}").status_code == 404


def test_the_log_says_what_was_done_in_a_portal(editor: Browser, portal: FakePortal) -> None:
    in_conflict(editor, portal, 1)
    press(editor, PAGE, "/terbitan/sekolah/1/timpa")
    said = text_of(editor.get("/meja/catatan?article=1"))
    assert "mengirim ke portal" in said
    assert "menemukan perubahan di portal" in said
    assert "menimpa teks portal" in said
    assert "remote_id" not in said


def test_health_leads_to_where_posts_are_decided_about(editor: Browser, portal: FakePortal) -> None:
    portal.fails = {"create": PostRefusedError("sekolah", "no answer in time")}
    approve(editor, 1)
    send(editor)
    page = editor.get("/meja/kesehatan")
    assert "tidak menjawab tepat waktu" in text_of(page)
    assert '<a href="/meja/terbitan">Putuskan di sini</a>' in page.text
