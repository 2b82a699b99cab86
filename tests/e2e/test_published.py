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


def test_an_approved_article_is_read_in_the_schools_wordpress(
    site: wordpress_server.Site, browser: Browser, aggregator: Aggregator, tmp_path: Path
) -> None:
    with site.serve() as wordpress:
        (tmp_path / "aggregator.toml").write_text(
            '[[publish.portals]]\nname = "sekolah"\nkind = "wordpress"\n'
            f'url = "{wordpress}"\nuser = "author"\n',
            encoding="utf-8",
        )
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
