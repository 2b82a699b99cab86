"""From the crawl to the school's own WordPress and back: an editor approves in a browser, readers
read it there, and what is withdrawn leaves it. Every part is a process of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.aggregator.publish import wordpress_server
from tests.aggregator.web.chromium import chromium, picture
from tests.e2e.test_serve import serving
from tests.e2e.world import Finished

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.wordpress]

SECRET = "kata-sandi-yang-panjang"
OWN_HEADLINE = "Kabar dari SMK Kita"
REASON = "diminta narasumber"

PORTAL = """
[[publish.portals]]
name = "sekolah"
kind = "wordpress"
url = "{url}"
user = "author"
"""

Aggregator = Callable[..., Finished]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[wordpress_server.Site]:
    wordpress_server.need()
    with wordpress_server.site(tmp_path / "wordpress") as found:
        yield found


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}meja/")
    page.get_by_label("Nama").fill("Bu Ani")
    page.get_by_label("Kata sandi").fill(SECRET)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Keluar")).to_be_visible()


def approve(page: Page, address: str, number: int, headline: str) -> None:
    page.goto(f"{address}meja/artikel/{number}")
    page.get_by_label("Judul").fill(headline)
    page.get_by_role("button", name="Simpan dan setujui").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(headline)


def withdraw(page: Page, address: str, number: int) -> None:
    page.goto(f"{address}meja/artikel/{number}")
    form = page.locator("form[action$='/cabut']")
    form.get_by_label("Alasan").fill(REASON)
    form.get_by_role("button", name="Cabut").click()
    expect(page.get_by_role("status")).to_have_text("Dicabut di semua tempat.")


def posts(aggregator: Aggregator, secret: dict[str, str]) -> dict[int, dict[str, Any]]:
    """What stands in the portal, by the article's number."""
    found = aggregator("publish", "status", "--all", "--json", env=secret).json
    return {post["article_id"]: post for post in found["publications"]}


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for what happens beside the page."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.5)


@pytest.fixture
def school(
    site: wordpress_server.Site, aggregator: Aggregator, tmp_path: Path
) -> Iterator[tuple[str, dict[str, str]]]:
    """The portal's address, and the secret with which we publish there: all is crawled, nothing is
    approved."""
    with site.serve() as wordpress:
        (tmp_path / "aggregator.toml").write_text(
            f"[desk]\nauto_approve = false\n{PORTAL.format(url=wordpress)}", encoding="utf-8"
        )
        assert aggregator("crawl", "--demo").code == 0
        assert aggregator("user", "add", "Bu Ani", stdin=f"{SECRET}\n").code == 0
        yield wordpress, {"AGGREGATOR_PUBLISH_SEKOLAH_PASSWORD": site.passwords["author"]}


def queued(page: Page) -> list[int]:
    """The articles of a list, as it is shown."""
    return [int((item.get_attribute("id") or "")[1:]) for item in page.locator(".item").all()]


def edit(page: Page, address: str, number: int, headline: str) -> None:
    page.goto(f"{address}meja/artikel/{number}")
    page.get_by_label("Judul").fill(headline)
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(headline)


def send(page: Page, address: str, articles: int) -> None:
    page.goto(f"{address}meja/terbitan")
    page.get_by_role("button", name=f"Kirim {articles} sekarang").click()
    expect(page.get_by_role("status")).to_contain_text("Sedang dikirim")


def test_an_editors_day(
    school: tuple[str, dict[str, str]],
    site: wordpress_server.Site,
    browser: Browser,
    aggregator: Aggregator,
    tmp_path: Path,
) -> None:
    wordpress, secret = school
    with serving(tmp_path, env=secret) as (_, address):
        desk, reader = browser.new_page(), browser.new_page()
        sign_in(desk, address)
        queue = queued(desk)
        approved, rejected, other = queue[:5], queue[5:7], queue[7]
        headlines = {
            number: aggregator("show", str(number), "--json").json["headline"]
            for number in queue[:8]
        }

        # Approve five and reject two, by keyboard.
        desk.keyboard.press("j")
        for number in approved:
            desk.keyboard.press("a")
            expect(desk.locator(f"#a{number}")).to_have_count(0)
            expect(desk.get_by_role("status")).to_have_text("Disetujui.")
        for number in rejected:
            desk.keyboard.press("r")
            desk.keyboard.type("tidak untuk sekolah kami")
            desk.keyboard.press("Enter")
            expect(desk.locator(f"#a{number}")).to_have_count(0)
            expect(desk.get_by_role("status")).to_have_text("Ditolak.")

        # Edit one, and join it with one that waits.
        first, second, third = approved[:3]
        edit(desk, address, first, OWN_HEADLINE)
        desk.get_by_text("Gabungkan dengan artikel lain…").click()
        form = desk.locator("form[action$='/gabung']")
        form.get_by_label("Nomor atau alamat artikel yang lain").fill(str(other))
        form.get_by_label("Alasan").fill("acara yang sama")
        form.get_by_role("button", name="Gabungkan").click()
        expect(desk.locator(".prints").first).to_contain_text(headlines[other])

        # Publish: what was approved and nothing else.
        send(desk, address, 5)
        until(lambda: len(posts(aggregator, secret)) == 5)
        sent = posts(aggregator, secret)
        assert set(sent) == set(approved)
        desk.goto(f"{address}meja/terbitan")
        expect(desk.locator(".posts").get_by_text("terkirim", exact=True)).to_have_count(5)
        picture(desk, "meja-terbitan")

        # See it live.
        headlines[first] = OWN_HEADLINE
        for number in approved:
            desk.goto(f"{address}meja/artikel/{number}")
            there = desk.get_by_role("link", name="Buka di sana").get_attribute("href")
            assert there == sent[number]["url"]
            reader.goto(sent[number]["url"])
            expect(reader.get_by_role("heading", name=headlines[number]).first).to_be_visible()
            credit = aggregator("show", str(number), "--json").json["attribution"]["credit_line"]
            expect(reader.locator("body")).to_contain_text(credit)
        reader.goto(wordpress)
        front = reader.locator("body")
        for number in approved:
            expect(front).to_contain_text(headlines[number])
        for number in (*rejected, other):
            expect(front).not_to_contain_text(headlines[number])
        picture(reader, "wordpress-depan")

        # The portal's editor changed two of them; one is left to them, ours goes over the other.
        for number in (second, third):
            post = sent[number]["remote_id"]
            site.run(f'wp_update_post(["ID" => {post}, "post_title" => "Judul Mereka {number}"]);')
            edit(desk, address, number, f"Judul Kita {number}")
        send(desk, address, 2)
        until(
            lambda: {posts(aggregator, secret)[n]["stop"] for n in (second, third)} == {"conflict"}
        )
        desk.goto(f"{address}meja/terbitan")
        expect(desk.locator(".items .item")).to_have_count(2)
        picture(desk, "meja-terbitan-bentrok")
        desk.locator(f"#t-sekolah-{second}").focus()
        desk.keyboard.press("l")
        expect(desk.locator(".difference del").first).to_contain_text("Mereka")
        expect(desk.locator(".difference ins").first).to_contain_text("Kita")
        desk.go_back()
        desk.locator(f"#t-sekolah-{second}").focus()
        desk.keyboard.press("m")
        expect(desk.get_by_role("status")).to_contain_text("milik penyunting portal")
        desk.locator(f"#t-sekolah-{third}").focus()
        desk.keyboard.press("Shift+T")
        expect(desk.get_by_role("status")).to_contain_text("Milik kita sedang dikirim")
        expect(desk.locator(".items .item")).to_have_count(0)
        for number, headline in (
            (second, f"Judul Mereka {second}"),
            (third, f"Judul Kita {third}"),
        ):
            until(lambda n=number, h=headline: h in _page(reader, sent[n]["url"]))  # type: ignore[misc]


def _page(reader: Page, url: str) -> str:
    reader.goto(url)
    return reader.locator("body").inner_text()


def test_an_approved_article_is_read_in_the_schools_wordpress(
    site: wordpress_server.Site, browser: Browser, aggregator: Aggregator, tmp_path: Path
) -> None:
    with site.serve() as wordpress:
        (tmp_path / "aggregator.toml").write_text(PORTAL.format(url=wordpress), encoding="utf-8")
        secret = {"AGGREGATOR_PUBLISH_SEKOLAH_PASSWORD": site.passwords["author"]}
        assert aggregator("crawl", "--demo").code == 0
        assert aggregator("user", "add", "Bu Ani", stdin=f"{SECRET}\n").code == 0
        queue = aggregator("review", "list", "--json").json["items"]
        number, other = queue[0]["id"], queue[1]["id"]

        with serving(tmp_path, env=secret) as (_, address):
            desk = browser.new_page()
            sign_in(desk, address)
            approve(desk, address, number, OWN_HEADLINE)
            approve(desk, address, other, "Kabar Kedua")

            assert aggregator("publish", env=secret).code == 0
            sent = posts(aggregator, secret)
            assert {number, other} <= set(sent)

            # As readers read it there.
            article = aggregator("show", str(number), "--json").json
            reader = browser.new_page()
            reader.goto(sent[number]["url"])
            expect(reader.get_by_role("heading", name=OWN_HEADLINE).first).to_be_visible()
            expect(reader.locator("body")).to_contain_text(article["attribution"]["credit_line"])
            original = article["attribution"]["url"]
            expect(reader.locator(f'a[href="{original}"]').first).to_be_visible()
            picture(reader, "wordpress-artikel")

            # And on our own pages.
            reader.goto(f"{address}berita/{number}")
            expect(reader.get_by_role("heading", level=1)).to_have_text(OWN_HEADLINE)

            withdraw(desk, address, number)
            until(lambda: posts(aggregator, secret)[number]["state"] == "withdrawn")
            reader.goto(sent[number]["url"])
            expect(reader.locator("body")).to_contain_text(REASON)
            for paragraph in article["body"]:
                expect(reader.locator("body")).not_to_contain_text(paragraph)
            picture(reader, "wordpress-dicabut")
            gone = browser.new_context().new_page().goto(f"{address}berita/{number}")
            assert gone is not None
            assert gone.status == 410
            assert REASON in gone.text()

            # What was not withdrawn stands.
            reader.goto(sent[other]["url"])
            expect(reader.get_by_role("heading", name="Kabar Kedua").first).to_be_visible()
