"""Pages in Chromium: accessible by axe-core's rules, usable by keyboard, quiet, and small.

``AGGREGATOR_SCREENSHOTS`` names a folder for pictures of every page.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from aggregator.cli.text import Translator
from aggregator.config import Config
from aggregator.model import (
    Article,
    Correction,
    CorrectionKind,
    Credit,
    Dateline,
    RightsBasis,
    Role,
)
from aggregator.portalconfig import Approval, PortalConfig, Section
from aggregator.web.app import create_app
from aggregator.webconfig import WebConfig
from pipelines.attribute import attribute
from pipelines.relate import compare_all_pending
from pipelines.store import store
from storage import channels, withdrawals
from storage.database import open_database
from tests.aggregator.web.chromium import barriers, chromium, picture
from tests.aggregator.web.loopback import serving
from tests.pipelines.builders import NOW, body_of, normalised, publisher
from tests.pipelines.stories import edited, story

pytestmark = pytest.mark.browser

SIZES = {"phone": (360, 740), "desktop": (1280, 900)}
SCHEMES = ("light", "dark")
LARGEST_PAGE = 60_000
"""Bytes of a page with its style sheet, before compression, without pictures."""

PAGES = {
    "front": "/",
    "article": "/berita/2",
    "excerpt": "/berita/1",
    "withdrawn": "/berita/4",
    "search": "/cari?q=siswa",
    "narrowed": "/cari?q=siswa&penerbit=kementerian&tempat=Kalimantan+Timur",
    "nothing-found": "/cari?q=zzzzzz",
    "corrected": "/berita/5",
    "place": "/tempat/Balikpapan",
    "section": "/rubrik/kejuruan",
    "topic": "/topik/smk",
    "topics": "/topik",
    "publisher": "/penerbit/contoh",
    "places": "/tempat",
    "missing": "/tidak-ada",
    "english": "/en",
}

PORTAL = PortalConfig(
    approval=Approval.NONE,
    motto="Siap Kerja - Santun - Mandiri - Kreatif",
    sections=(
        Section(name="kejuruan", title="Kejuruan", topics=("smk",)),
        Section(name="kementerian", title="Kementerian", publishers=("kementerian",)),
    ),
)


PLACE = Dateline(
    mark="Ditjen Contoh",
    place="Balikpapan",
    raw="Balikpapan, Ditjen Contoh -",
    region="Kota Balikpapan",
    province="Kalimantan Timur",
)
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def fill(url: str) -> None:
    ministry = publisher(
        name="kementerian", title="Kementerian Contoh", rights_basis=RightsBasis.GOVERNMENT
    )
    text = story("panjang", words=400)
    bodies = [text, edited(text, 0.05), *(story(n) for n in range(18))]
    with closing(open_database(url, writable=True)) as database:
        for about in (publisher(), ministry):
            with database.session() as session:
                channels.ensure(session, about, ())
        for number, body in enumerate(bodies, start=1):
            about = ministry if number % 3 == 2 else publisher()
            found = normalised(
                publisher=about.name,
                url=f"https://contoh.example/berita/{number}/judul",
                headline=f"Siswa SMK {number} Merakit Sepeda Listrik untuk Warga di Sekitar",
                published_raw=f"{number} Juli 2026 09:{number:02d} WIB",
                topics=("smk", "lomba")[: number % 3],
                credits=(Credit(name="Rini Contoh", role=Role.REPORTER),),
                body_html=body_of(*_paragraphs(body)),
                dateline=PLACE,
            )
            store(database, attribute(found, about), cause="channel")
            if number == 5:
                store(database, attribute(_corrected(found), about), cause="channel")
        compare_all_pending(database)
        with database.session() as session:
            withdrawals.withdraw(session, 4, at=NOW, reason="permintaan orang tua", by="Rini")


def _corrected(article: Article) -> Article:
    return replace(
        article,
        fetched_at=article.fetched_at + timedelta(days=1),
        body=(*article.body, "Pesertanya 20 siswa."),
        body_html=f"{article.body_html}<p>Pesertanya 20 siswa.</p>",
        correction=Correction(kind=CorrectionKind.RALAT, sentence="Ralat: pesertanya 20 siswa."),
    )


def _paragraphs(text: str) -> Iterator[str]:
    words = text.split()
    for start in range(0, len(words), 60):
        yield " ".join(words[start : start + 60])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[str]:
    path = tmp_path_factory.mktemp("portal") / "news.db"
    path.write_bytes(migrated_file.read_bytes())
    fill(f"sqlite:///{path}")
    logo = path.with_name("logo.svg")
    logo.write_text(LOGO)
    config = Config(
        school="SMK Negeri 1 Contoh",
        portal=replace(PORTAL, logo=logo),
        web=WebConfig(rate_limit=0, max_age=0),
    )
    with (
        closing(open_database(f"sqlite:///{path}")) as database,
        serving(create_app(config, database, Translator)) as address,
    ):
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@contextmanager
def opened(browser: Browser, size: str = "phone", scheme: Any = "light") -> Iterator[Page]:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=False
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing(browser: Browser, site: str, size: str, scheme: str) -> None:
    found = {}
    with opened(browser, size, scheme) as page:
        for name, path in PAGES.items():
            page.goto(site + path)
            found[name] = barriers(page)
            wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
            assert not wide, f"{name} must be scrolled sideways"
            picture(page, f"{name}-{size}-{scheme}")
    assert {name: what for name, what in found.items() if what} == {}


def test_pages_ask_nobody_else_and_run_nothing(browser: Browser, site: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    with opened(browser) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        for path in PAGES.values():
            page.goto(site + path)
    assert [url for url in asked if not url.startswith(site)] == []
    # Of a page that is not there, or no longer, Chromium itself speaks.
    assert [text for text in said if "the server responded with a status of 4" not in text] == []


def test_a_reader_finds_the_way_by_keyboard(browser: Browser, site: str) -> None:
    with opened(browser, "desktop") as page:
        page.goto(site)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        focused = "document.activeElement"
        assert page.evaluate(f"{focused}.closest('main') !== null")
        assert page.evaluate(f"getComputedStyle({focused}).outlineStyle") == "solid"


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", ["front", "excerpt", "narrowed"])
def test_every_stop_of_the_keyboard_is_seen(
    browser: Browser, site: str, name: str, scheme: str
) -> None:
    with opened(browser, "desktop", scheme) as page:
        page.goto(site + PAGES[name])
        stops = page.evaluate("document.querySelectorAll('a[href], button, input').length")
        hidden = []
        for _ in range(stops):
            page.keyboard.press("Tab")
            found = page.evaluate(FOCUSED)
            if not found["seen"]:
                hidden.append((found["html"], found["box"]))
        assert page.evaluate("document.activeElement.closest('footer') !== null")
    assert hidden == []


FOCUSED = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    const seen = style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2
        && box.width > 0 && box.top > -1 && box.bottom < innerHeight + 1;
    return {seen, html: one.outerHTML, box: [box.top, box.bottom]};
}"""


def test_a_reader_searches_and_reads(browser: Browser, site: str) -> None:
    with opened(browser) as page:
        page.goto(site)
        page.get_by_role("searchbox").fill("sepeda listrik")
        page.keyboard.press("Enter")
        page.wait_for_url("**/cari?q=sepeda+listrik")
        assert page.locator("main mark").count() > 3
        page.get_by_role("link", name="Kementerian Contoh").first.click()
        page.wait_for_url("**/cari?q=sepeda+listrik&penerbit=kementerian")
        page.locator("main h2 a").first.click()
        page.wait_for_url("**/berita/**")
        assert page.get_by_text("Sumber: Kementerian Contoh").first.is_visible()


def test_without_scripts_nothing_is_missing(browser: Browser, site: str) -> None:
    with opened(browser) as page:
        page.goto(f"{site}/berita/2")
        with_scripts = page.locator("main").inner_text()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/berita/2")
    without = page.locator("main").inner_text()
    context.close()
    assert _uncounted(without) == _uncounted(with_scripts)


def _uncounted(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if "Dilihat" not in line)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_small(browser: Browser, site: str, name: str) -> None:
    with opened(browser) as page:
        sizes: list[int] = []
        page.on("response", lambda answer: sizes.append(len(answer.body()) if answer.ok else 0))
        answer = page.goto(site + PAGES[name])
        page.wait_for_load_state("networkidle")
        assert answer is not None
        body = answer.body()
    assert len(sizes) >= 2
    assert max(sum(sizes), len(body)) < LARGEST_PAGE
    assert len(gzip.compress(body)) < LARGEST_PAGE / 4


@pytest.mark.parametrize("scheme", SCHEMES)
def test_paper_is_white(browser: Browser, site: str, scheme: Any) -> None:
    with opened(browser, "desktop", scheme) as page:
        page.goto(f"{site}/berita/2")
        page.emulate_media(media="print", color_scheme=scheme)
        colours = "getComputedStyle(document.body)"
        assert page.evaluate(f"{colours}.backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate(f"{colours}.color") == "rgb(27, 31, 36)"
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_paper_shows_the_article_and_its_source_alone(browser: Browser, site: str) -> None:
    with opened(browser, "desktop") as page:
        page.goto(f"{site}/berita/2")
        page.emulate_media(media="print")
        for gone in ("form.search", ".related", "header nav"):
            assert page.locator(gone).first.is_hidden()
        assert page.locator("footer .credit").first.is_visible()
