"""An editor's day in a real browser, by keyboard, and whether everybody can use the desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from aggregator import accounts
from aggregator.accounts import Signature
from aggregator.cli.text import Translator
from aggregator.config import Config
from aggregator.model import (
    Channel,
    ChannelKind,
    ChannelRecord,
    ChannelStatus,
    DeskRole,
    EndState,
    Fetch,
    Flag,
    PortalState,
    Review,
    ReviewState,
    RunStatus,
    Stop,
)
from aggregator.publish.fordesk import Outbox
from aggregator.publishconfig import PublishConfig, TargetConfig
from aggregator.query import get_article
from aggregator.web.app import create_app
from aggregator.web.desk.opening import open_desk
from aggregator.webconfig import WebConfig
from pipelines.relate import compare_all_pending
from pipelines.store import store
from storage import channels, clusters, polls, publications, reviews, runs
from storage.database import Database, open_database
from tests.aggregator.publish.test_decide import SENT
from tests.aggregator.test_approval import with_
from tests.aggregator.test_signin import PASSWORDS
from tests.aggregator.web.chromium import barriers, chromium, picture
from tests.aggregator.web.desk.browser import ADMIN, EDITOR, SECRET
from tests.aggregator.web.loopback import serving
from tests.pipelines.builders import NOW, publisher
from tests.pipelines.stories import edited, story
from tests.pipelines.test_relate import _introduce, article

pytestmark = pytest.mark.browser

HEADLINES = (
    "Siswa SMK Negeri 1 Balikpapan Merakit Robot Pemilah Sampah",
    "Kementerian Membuka Pendaftaran Sertifikasi Kompetensi Siswa",
    "Guru Produktif Ikuti Pelatihan Las di Samarinda",
    "Sekolah Kejuruan Panen Perdana Melon Hidroponik",
    "Balai Bahasa Gelar Lomba Pidato Antarsekolah",
    "Dinas Pendidikan Kaltim Salurkan Seribu Buku Bacaan",
    "Kunci Jawaban Matematika Kelas X Halaman 42",
    "Promo Laptop Pelajar Akhir Tahun",
    "Alumni Teknik Mesin Diterima Bekerja di Pabrik Kapal",
    "Pameran Karya Siswa Dibuka untuk Umum",
)


SEKOLAH = TargetConfig(name="sekolah", kind="wordpress", url="https://sekolah.example", user="x")
STANDING: tuple[dict[str, Any] | None, ...] = (
    {},
    {"stop": Stop.CONFLICT},
    {"stop": Stop.REMOVED},
    {"stop": Stop.KEPT},
    {"stop": Stop.DEAD, "attempts": 8, "doing": "update", "last_error": "no answer in time"},
    None,
)


@dataclass(frozen=True)
class World:
    url: str
    database: Database


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def world(tmp_path: Path, migrated_file: Path) -> Iterator[World]:
    """Ten new articles (7 and 8 flagged), one with another print, and two people."""
    path = tmp_path / "news.db"
    path.write_bytes(migrated_file.read_bytes())
    url = f"sqlite:///{path}"
    database = open_database(url, writable=True)
    _fill(database)
    config = Config(
        database_url=url,
        web=WebConfig(rate_limit=0),
        school="SMK Negeri 1 Balikpapan",
        publish=PublishConfig(portals=(SEKOLAH,)),
    )
    reading = open_database(url)
    desk = open_desk(
        config,
        reading,
        Translator("id"),
        passwords=PASSWORDS,
        clock=lambda: NOW + timedelta(hours=9),
        outbox=lambda writing: Outbox(writing, config, lambda _told: None),
    )
    assert desk is not None
    with serving(create_app(config, reading, Translator, desk)) as address:
        yield World(url=address, database=database)
    for opened in (desk.writing, reading, database):
        opened.close()


def _fill(database: Database) -> None:
    _introduce(database)
    flags = {7: "answer-key", 8: "advertorial"}
    for number, headline in enumerate(HEADLINES, start=1):
        source = ("contoh", "lain", "dinas")[number % 3]
        one = article(number, story(number), source, hours=number * 40, headline=headline)
        if number in flags:
            flag = Flag(name=flags[number], rule="headline", found=headline)
            one = with_(one, flags=(flag,), topics=("smk",))
        store(database, one, cause="channel")
    store(
        database,
        article(11, edited(story(9), 0.02), "contoh", hours=440, headline="Lulusan Dikontrak"),
        cause="channel",
    )
    compare_all_pending(database)
    feed = Channel(publisher="contoh", name="rss", kind=ChannelKind.FEED, url="https://c.example/r")
    signed = Signature(by="tes", now=NOW)
    with database.session() as session:
        channels.ensure(session, publisher(), (feed,))
        _crawled(session)
        for name, role in ((ADMIN, DeskRole.ADMIN), (EDITOR, DeskRole.EDITOR)):
            accounts.add(session, PASSWORDS, name, SECRET, role, signed)


def _crawled(session: Session) -> None:
    """One run, in which a quarter of the addresses was refused."""
    run = runs.start_run(session, "live", NOW, ["contoh"])
    polled = ChannelRecord(
        publisher="contoh", channel="rss", status=ChannelStatus.OK, polled_at=NOW, entries=40
    )
    polls.record(session, run, [polled])
    ends = [EndState.BLOCKED if n % 4 == 0 else EndState.STORED for n in range(40)]
    fetches = [
        Fetch(
            publisher="contoh",
            channel="rss",
            url=f"https://contoh.example/{n}",
            key=str(n),
            state=state,
            reason="http 403" if state is EndState.BLOCKED else None,
            ended_at=NOW,
        )
        for n, state in enumerate(ends)
    ]
    runs.record_fetches(session, run, fetches)
    runs.finish_run(session, run, NOW + timedelta(minutes=4), RunStatus.FINISHED)


def _published(database: Database) -> None:
    """One more article for each way in which a post may stand in a portal, and one that waits."""
    for number, changes in enumerate(STANDING, start=21):
        headline = f"Kabar Sekolah Nomor {number}"
        one = article(number, story(number), "dinas", hours=number, headline=headline)
        article_id = store(database, one, cause="channel").article_id
        assert article_id is not None
        with database.session() as session:
            approved = Review(
                article_id=article_id,
                state=ReviewState.APPROVED,
                decided_at=NOW,
                editor=EDITOR,
                revision=1,
            )
            reviews.decide(session, approved, action="approve")
            if changes is not None:
                own: dict[str, Any] = {
                    "remote_id": str(number),
                    "remote_url": f"https://sekolah.example/{number}",
                }
                held = replace(SENT, article_id=article_id, changed_at=NOW, **own, **changes)
                publications.save(session, held)
    with database.session() as session:
        ill = PortalState(name="sekolah", failing_since=NOW, failures=2, detail="no answer in time")
        publications.save_portal_state(session, ill)


def sign_in(page: Page, world: World, name: str = EDITOR, at: str = "/meja/") -> None:
    page.goto(f"{world.url}{at}")
    page.get_by_label("Nama").fill(name)
    page.get_by_label("Kata sandi").fill(SECRET)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Keluar")).to_be_visible()


def decided(world: World) -> dict[int, Review]:
    with world.database.session() as session:
        return reviews.of_articles(session, range(1, 20))


def watched(page: Page) -> list[str]:
    """What the browser complains of: a script that failed, something our policy refused."""
    said: list[str] = []
    page.on(
        "console", lambda message: said.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_an_editors_day(browser: Browser, world: World) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    complaints = watched(page)
    page.goto(f"{world.url}/meja/")
    picture(page, "meja-masuk")
    sign_in(page, world)
    expect(page.locator(".item")).to_have_count(10)
    picture(page, "meja-antrean")

    # Approve five by keyboard: the newest is 10.
    page.keyboard.press("j")
    for left in range(9, 4, -1):
        page.keyboard.press("a")
        expect(page.get_by_role("status")).to_have_text("Disetujui.")
        expect(page.locator(".item")).to_have_count(left)
    assert {i for i, r in decided(world).items() if r.state is ReviewState.APPROVED} == {
        *(10, 9, 8, 7, 6)
    }

    # Reject two with a reason.
    for left in (4, 3):
        page.keyboard.press("r")
        page.keyboard.type("tidak untuk sekolah kami")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_have_text("Ditolak.")
        expect(page.locator(".item")).to_have_count(left)
    rejected = {i: r.reason for i, r in decided(world).items() if r.state is ReviewState.REJECTED}
    assert rejected == {5: "tidak untuk sekolah kami", 4: "tidak untuk sekolah kami"}

    # Edit one; the publisher's words stay beside it.
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADLINES[2])
    page.get_by_label("Judul").fill("Guru Kita Belajar Mengelas")
    page.get_by_label("Rubrik").fill("Guru")
    page.get_by_role("button", name="Simpan dan setujui").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Guru Kita Belajar Mengelas")
    expect(page.locator(".two .headline")).to_have_text(HEADLINES[2])
    assert (decided(world)[3].headline, decided(world)[3].section) == (
        "Guru Kita Belajar Mengelas",
        "Guru",
    )
    picture(page, "meja-artikel")

    # Schedule one.
    page.goto(f"{world.url}/meja/artikel/2")
    page.get_by_label("Tampil mulai").fill("2030-01-02T06:30")
    page.get_by_role("button", name="Simpan dan setujui").click()
    expect(page.get_by_text("tampil mulai 02/01/2030 06:30")).to_be_visible()
    scheduled = decided(world)[2].publish_at
    assert scheduled is not None
    assert scheduled.isoformat() == "2030-01-01T22:30:00+00:00"

    # Join two.
    page.goto(f"{world.url}/meja/artikel/1")
    page.get_by_text("Gabungkan dengan artikel lain…").click()
    form = page.locator("form[action$='/gabung']")
    form.get_by_label("Nomor atau alamat artikel yang lain").fill("3")
    form.get_by_label("Alasan").fill("acara yang sama")
    form.get_by_role("button", name="Gabungkan").click()
    expect(page.locator(".prints").first).to_contain_text(HEADLINES[2])
    with world.database.session() as session:
        assert clusters.mates(session, [1]) == {1, 3}

    # A takedown is one form away.
    page.goto(f"{world.url}/meja/artikel/10")
    form = page.locator("form[action$='/cabut']")
    form.get_by_label("Alasan").fill("diminta orang tua siswa")
    form.get_by_role("button", name="Cabut").click()
    expect(page.get_by_role("status")).to_have_text("Dicabut di semua tempat.")
    with world.database.session() as session:
        assert get_article(session, "10").holding.withdrawn is not None

    page.goto(f"{world.url}/meja/catatan")
    picture(page, "meja-catatan")
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_text("Anda sudah keluar.")).to_be_visible()
    page.go_back()
    page.reload()
    expect(page.get_by_label("Kata sandi")).to_be_visible()
    assert complaints == []
    page.close()


def test_every_key_does_what_the_hint_says(browser: Browser, world: World) -> None:
    page = browser.new_page()
    sign_in(page, world)
    # Down, down, up: the second is held.
    for key in "jjjk":
        page.keyboard.press(key)
    page.keyboard.press("h")
    expect(page.get_by_role("status")).to_have_text("Ditahan.")
    assert {i: r.state for i, r in decided(world).items()} == {9: ReviewState.HELD}
    # The place is kept: the one that followed it is opened, and left alone.
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADLINES[7])
    page.go_back()
    page.goto(f"{world.url}/meja/?tray=held")
    page.keyboard.press("j")
    page.keyboard.press("b")
    expect(page.get_by_role("status")).to_have_text("Kembali menunggu keputusan.")
    assert decided(world) == {}
    # What is written is text until Escape leaves the field.
    page.goto(f"{world.url}/meja/")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.keyboard.type("ah")
    expect(page.locator("#a10 input[name=reason]")).to_have_value("ah")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_have_text("Disetujui.")
    assert {i: r.state for i, r in decided(world).items()} == {10: ReviewState.APPROVED}
    page.close()


PAGES = {
    "masuk": "/meja/masuk",
    "antrean": "/meja/",
    "kosong": "/meja/?tray=rejected",
    "artikel": "/meja/artikel/9",
    "terbitan": "/meja/terbitan",
    "catatan": "/meja/catatan",
    "kesehatan": "/meja/kesehatan",
    "pengguna": "/meja/pengguna",
    "sandi": "/meja/sandi",
    "tidak-ada": "/meja/tidak-ada",
}
SCREENS = {"desktop": (1280, 900), "ponsel": (360, 740)}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_everybody_can_use_every_page(
    browser: Browser, world: World, screen: str, scheme: str
) -> None:
    width, height = SCREENS[screen]
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    complaints = watched(page)
    found = []
    _published(world.database)
    for name, address in PAGES.items():
        if name == "antrean":
            sign_in(page, world, ADMIN)
        page.goto(f"{world.url}{address}")
        for details in page.locator("details").all():
            details.evaluate("element => { element.open = true; }")
        picture(page, f"meja-{name}-{screen}-{scheme}")
        found += [f"{name}: {barrier}" for barrier in barriers(page)]
        # Nothing sticks out sideways.
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    page.close()
    assert found == []
    assert [said for said in complaints if "404" not in said] == []


def test_posts_are_decided_about_by_keyboard(browser: Browser, world: World) -> None:
    _published(world.database)
    page = browser.new_page()
    complaints = watched(page)
    sign_in(page, world, at="/meja/terbitan")
    expect(page.locator(".items .item")).to_have_count(3)
    # The first was changed there, the third was given up.
    page.keyboard.press("j")
    page.keyboard.press("m")
    expect(page.get_by_role("status")).to_have_text("Kini menjadi milik penyunting portal.")
    expect(page.locator(".items .item")).to_have_count(2)
    page.keyboard.press("j")
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_have_text("Sedang dicoba lagi.")
    with world.database.session() as session:
        found = {p.article_id: p.stop for p in publications.listed(session, portals=["sekolah"])}
    assert sorted(stop for stop in found.values() if stop) == [Stop.KEPT, Stop.KEPT, Stop.REMOVED]
    page.keyboard.press("k")
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kabar Sekolah Nomor 23")
    assert complaints == []
    page.close()


def test_the_desk_works_without_scripts(browser: Browser, world: World) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, world)
    page.locator("#a10").get_by_role("button", name="Setujui").click()
    expect(page.get_by_role("status")).to_have_text("Disetujui.")
    reject = page.locator("#a9")
    reject.get_by_text("Tolak…").click()
    reject.get_by_label("Alasan").fill("iklan")
    reject.get_by_role("button", name="Tolak", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Ditolak.")
    states = {number: review.state for number, review in decided(world).items()}
    assert states == {10: ReviewState.APPROVED, 9: ReviewState.REJECTED}
    context.close()


def test_a_hostile_headline_does_nothing_in_a_real_browser(browser: Browser, world: World) -> None:
    hostile = (
        "<img src=x onerror=\"document.title='jahat'\"><script>document.title='jahat'</script>"
    )
    store(world.database, article(12, story(12), headline=hostile), cause="channel")
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sign_in(page, world)
    for address in ("/meja/", "/meja/artikel/12"):
        page.goto(f"{world.url}{address}")
        expect(page.get_by_role("heading").first).to_be_visible()
        assert page.evaluate("window.jahat === undefined")
        assert page.locator("main img").count() == 0
        assert page.locator("main script").count() == 0
    assert {url.split("/")[2] for url in asked} == {world.url.split("/")[2]}
    page.close()
