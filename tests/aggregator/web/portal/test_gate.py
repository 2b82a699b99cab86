"""Which articles readers are shown, on pages and in feeds; and how much of each, everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from aggregator.model import ReviewState, RightsBasis
from aggregator.portalconfig import PortalConfig, Section
from aggregator.reuse import Reuse
from tests.aggregator.web.conftest import OPEN, OPENED, Ask, Put
from tests.aggregator.web.portal.conftest import Decide, headlines, reader, words
from tests.pipelines.builders import body_of

AskAs = Callable[..., Ask]
APPROVING = PortalConfig()
FEEDS = ("/feed.rss", "/feed.atom", "/feed.json")


def test_an_article_waits_for_approval(put: Put, decide: Decide, ask_as: AskAs) -> None:
    ask = ask_as(portal=APPROVING)
    number = put(headline="Baru Saja Tiba")
    shown = ["/", "/penerbit/contoh", "/cari?q=tiba", *FEEDS, "/sitemap-2026-07.xml"]
    assert not [path for path in shown if "Baru Saja Tiba" in ask(path).text]
    assert ask(f"/berita/{number}").status_code == 404
    decide(number)
    assert not [path for path in shown if "Baru Saja Tiba" not in without_marks(ask(path).text)]
    assert ask(f"/berita/{number}/baru-saja-tiba").status_code == 200


def without_marks(text: str) -> str:
    return text.replace("<mark>", "").replace("</mark>", "")


def test_an_empty_front_page_says_how_many_wait_and_where(put: Put, ask_as: AskAs) -> None:
    for _ in range(3):
        put()
    said = words(reader(ask_as(portal=APPROVING))("/"))
    assert "3 artikel menunggu persetujuan redaksi." in said
    assert "masuklah di /" in said


def test_a_front_page_before_the_first_crawl_says_so(ask_as: AskAs) -> None:
    assert "Belum ada berita" in words(reader(ask_as(portal=APPROVING))("/"))


def test_an_approval_with_a_time_waits_for_it(put: Put, decide: Decide, ask_as: AskAs) -> None:
    now, ask = datetime.now(UTC), ask_as(portal=APPROVING)
    early, due = put(headline="Nanti"), put(headline="Sekarang")
    decide(early, publish_at=now + timedelta(hours=1))
    decide(due, publish_at=now - timedelta(hours=1))
    assert headlines(reader(ask)("/")) == ["Sekarang"]


@pytest.mark.parametrize("state", [ReviewState.HELD, ReviewState.REJECTED])
def test_without_approvals_a_decision_against_still_holds(
    put: Put, decide: Decide, ask: Ask, state: ReviewState
) -> None:
    put(headline="Boleh")
    number = put(headline="Tidak Boleh")
    decide(number, state, reason="iklan")
    assert headlines(reader(ask)("/")) == ["Boleh"]
    assert ask(f"/berita/{number}").status_code == 404
    assert "Tidak Boleh" not in ask("/feed.rss").text


def test_the_editors_words_are_shown_with_the_publishers_headline(
    put: Put, decide: Decide, ask: Ask
) -> None:
    number = put(headline="Judul Penerbit")
    decide(number, headline="Judul Sekolah", excerpt="Kutipan redaksi.")
    page = words(reader(ask)(f"/berita/{number}"))
    assert "Judul Sekolah" in page
    assert "Judul di Harian Contoh: “Judul Penerbit”" in page
    assert "Kutipan redaksi." in page
    for feed in FEEDS:
        assert "Judul Sekolah" in ask(feed).text
        assert "Kutipan redaksi." in ask(feed).text
        assert "“Judul Penerbit”" in ask(feed).text  # its credit line


def test_the_api_reads_the_database_whatever_is_approved(put: Put, ask_as: AskAs) -> None:
    put()
    assert len(ask_as(portal=APPROVING)("/api/v1/articles").json()["articles"]) == 1


# --- sections -------------------------------------------------------------------------------------


def test_a_section_is_what_it_is_about_unless_an_editor_says_otherwise(
    put: Put, decide: Decide, ask_as: AskAs
) -> None:
    sections = (
        Section(name="kejuruan", title="Kejuruan", topics=("smk",)),
        Section(name="pilihan", title="Pilihan"),
    )
    read = reader(ask_as(portal=PortalConfig(approval=OPENED.approval, sections=sections)))
    put(headline="Tentang SMK", topics=("smk",))
    moved = put(headline="Dipindah", topics=("smk",))
    put(headline="Lain", topics=("guru",))
    decide(moved, section="pilihan")
    assert headlines(read("/rubrik/kejuruan")) == ["Tentang SMK"]
    assert headlines(read("/rubrik/pilihan")) == ["Dipindah"]
    assert read("/rubrik/kejuruan").xpath("//nav//a[@aria-current]/text()") == ["Kejuruan"]


def test_topics_and_publishers_of_a_section_must_both_fit(put: Put, ask_as: AskAs) -> None:
    both = Section(name="a", title="A", topics=("smk", "guru"), publishers=("contoh",))
    read = reader(ask_as(portal=PortalConfig(approval=OPENED.approval, sections=(both,))))
    put(headline="Ya", topics=("guru",))
    put(headline="Penerbit Lain", topics=("guru",), name="lain")
    put(headline="Topik Lain", topics=("lomba",))
    assert headlines(read("/rubrik/a")) == ["Ya"]


def test_a_section_that_is_not_configured_is_no_page(ask: Ask) -> None:
    assert ask("/rubrik/apa").status_code == 404


# --- representatives ------------------------------------------------------------------------------


def test_of_the_prints_of_a_text_one_is_listed(prints: Any, ask: Ask) -> None:
    first, second = prints({"headline": "Teks Satu"}, {"headline": "Teks Satu Lagi", "name": "b"})
    found = headlines(reader(ask)("/"))
    assert len(found) == 1
    page = words(reader(ask)(f"/berita/{first}"))
    assert "Juga diberitakan oleh" in page
    assert "Sumber: Harian Contoh" in page.partition("Juga diberitakan oleh")[2]
    assert first != second


def test_a_print_stands_in_for_a_representative_that_is_not_shown(
    prints: Any, decide: Decide, ask_as: AskAs
) -> None:
    numbers = prints({"headline": "Satu"}, {"headline": "Dua", "name": "b"}, {"name": "c"})
    read = reader(ask_as(portal=APPROVING))
    for number in numbers:
        decide(number)
    (representative,) = {int(a.split("/")[2]) for a in read("/").xpath("//main//h2/a/@href")}
    decide(representative, ReviewState.REJECTED, reason="salah")
    left = sorted(set(numbers) - {representative})
    assert [a.split("/")[2] for a in read("/").xpath("//main//h2/a/@href")] == [str(left[0])]
    # The rejected print is not named beside it either.
    also = words(read(f"/berita/{left[0]}")).partition("Juga diberitakan oleh")[2]
    assert also.count("Sumber:") == 1


# --- the one switch -------------------------------------------------------------------------------

OUTPUTS = ("/", "/feed.rss", "/feed.atom", "/feed.json", "/api/v1/articles", "/api/v1/articles/1")


@pytest.mark.parametrize(
    ("basis", "press", "shows"),
    [
        (OPEN, Reuse.FULL, ("kalimatpertama", "kalimatkedua")),
        (OPEN, Reuse.LINK, ("kalimatpertama", "kalimatkedua")),
        (RightsBasis.PERMISSION, Reuse.FULL, ("kalimatpertama", "kalimatkedua")),
        (RightsBasis.PERMISSION, Reuse.EXCERPT, ("kalimatpertama",)),
        (RightsBasis.PERMISSION, Reuse.LINK, ()),
        (RightsBasis.CURRENT_NEWS, Reuse.FULL, ("kalimatpertama",)),
        (RightsBasis.CURRENT_NEWS, Reuse.LINK, ()),
        (RightsBasis.EXCERPT_ONLY, Reuse.EXCERPT, ("kalimatpertama",)),
    ],
)
def test_one_switch_decides_about_the_press_everywhere(
    put: Put, ask_as: AskAs, basis: RightsBasis, press: Reuse, shows: tuple[str, ...]
) -> None:
    ask = ask_as(portal=PortalConfig(approval=OPENED.approval, press_reuse=press))
    opening = "kalimatpertama " + "kata " * 60
    put(basis=basis, body_html=body_of(opening, "kalimatkedua di akhir"), summary="kalimatpertama")
    page = f"/berita/1/{ask('/berita/1').headers['location'].rsplit('/', 1)[1]}"
    found = {w for w in ("kalimatpertama", "kalimatkedua") if w in ask(page).text}
    assert found == set(shows)
    for output in OUTPUTS:
        said = {w for w in ("kalimatpertama", "kalimatkedua") if w in ask(output).text}
        assert said <= set(shows), output
        assert "Sumber: Harian Contoh" in ask(output).text
    about = words(reader(ask)("/penerbit/contoh"))
    assert ("Beritanya ditampilkan utuh" in about) == ("kalimatkedua" in shows)
    assert "https://contoh.example" in about
    if "kalimatkedua" not in shows:
        assert "Baca selengkapnya di Harian Contoh" in ask(page).text
