"""Feeds out: valid, attributed, with identifiers that outlive corrections.

What is checked of the W3C validator's rules is listed in ``docs/reference/feeds.md``.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest
from jsonschema_rs import Draft202012Validator
from lxml import etree

from aggregator.model import Credit, Flag, RightsBasis, Role
from aggregator.web.feeds.addresses import FORMATS, feed_address
from aggregator.web.feeds.feed import title_of
from pipelines.store import store
from storage.database import Database
from storage.tables import ArticleRow
from tests.aggregator.web.conftest import OPEN, Ask, Put
from tests.pipelines.builders import NOW, attributed, body_of

SCHEMAS = Path(__file__).with_name("schemas")
ATOM = "{http://www.w3.org/2005/Atom}"
URN = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")

XML = ("rss", "atom")
WORDS = "Isi “kutipan” & <tanda> lebih dari satu."


@pytest.fixture
def database_url(migrated_file: Path, tmp_path: Path) -> str:
    """What feeds ask of a database is tested on both kinds in ``tests/storage``."""
    shutil.copy(migrated_file, tmp_path / "news.db")
    return f"sqlite:///{tmp_path / 'news.db'}"


@pytest.fixture
def full(put: Put) -> int:
    """An article with everything that a feed can say, whose text may leave."""
    return put(
        basis=OPEN,
        headline="Guru & Siswa <SMK> “Juara”",
        summary="Ringkasan penerbit.",
        tags=("SMK", "R&D", "smk"),
        topics=("smk",),
        credits=(
            Credit(name="Rini Contoh", role=Role.REPORTER),
            Credit(name="Budi Contoh", role=Role.CONTRIBUTOR),
            Credit(name="Sari Contoh", role=Role.EDITOR),
        ),
        body_html=body_of("Isi “kutipan” &amp; &lt;tanda&gt; lebih dari satu.", "Alinea kedua."),
        flags=(Flag(name="answer-key", rule="headline", found="kunci"),),
        language="id",
    )


def parsed(ask: Ask, form: str, query: str = "") -> Any:
    answer = ask(f"/feed.{form}{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FORMATS[form]
    return feedparser.parse(answer.content)


def items(ask: Ask, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(f"/feed.json{query}").json()["items"]
    return found


# --- valid ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", XML)
def test_a_strict_reader_has_no_complaint(full: int, put: Put, ask: Ask, form: str) -> None:
    put()
    found = parsed(ask, form)
    assert found.bozo == 0
    assert found.version == {"rss": "rss20", "atom": "atom10"}[form]
    assert len(found.entries) == 2


@pytest.mark.parametrize("empty", [True, False])
def test_atom_is_what_rfc_4287_describes(put: Put, ask: Ask, empty: bool) -> None:
    if not empty:
        put(basis=OPEN, credits=(Credit(name="Sari", role=Role.EDITOR),), tags=("a", "b"))
        put(agency="Antara")
    schema = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
    document = etree.fromstring(ask("/feed.atom").content)
    assert schema.validate(document), schema.error_log


@pytest.mark.parametrize(
    "spoiled",
    [
        ("<title>", "<titel>"),
        ('rel="self"', 'rel="self" wrong="1"'),
        ("urn:uuid:", ""),
        ("<published>", "<published>x"),
        ("<author>.*?</author>", ""),
    ],
)
def test_the_schema_notices_what_is_wrong(full: int, ask: Ask, spoiled: tuple[str, str]) -> None:
    schema = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
    pattern, replacement = spoiled
    text = re.sub(pattern, replacement, ask("/feed.atom").text)
    text = text.replace("</title>", "</titel>") if replacement == "<titel>" else text
    assert not schema.validate(etree.fromstring(text.encode()))


def test_atom_keeps_the_rules_that_a_grammar_cannot_say(full: int, put: Put, ask: Ask) -> None:
    put()
    feed = etree.fromstring(ask("/feed.atom").content)
    for part in (feed, *feed.findall(f"{ATOM}entry")):
        links = [
            (link.get("rel", "alternate"), link.get("type"), link.get("hreflang"))
            for link in part.findall(f"{ATOM}link")
        ]
        assert len(links) == len(set(links)), "two alternates of one kind (4.1.1, 4.1.2)"
    for entry in feed.findall(f"{ATOM}entry"):
        rels = {link.get("rel") for link in entry.findall(f"{ATOM}link")}
        assert entry.find(f"{ATOM}content") is not None or "alternate" in rels
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids) == 2


def test_rss_keeps_the_rules_of_its_specification(full: int, put: Put, ask: Ask) -> None:
    put()
    channel = etree.fromstring(ask("/feed.rss").content).find("channel")
    assert channel is not None
    for needed in ("title", "link", "description"):
        assert channel.findtext(needed)
    dates = [e.text or "" for e in (*channel.iter("pubDate"), *channel.iter("lastBuildDate"))]
    assert all(parsedate_to_datetime(date).tzinfo for date in dates)
    for item in channel.findall("item"):
        names = [str(child.tag) for child in item]
        repeatable = ("category", "{http://purl.org/dc/elements/1.1/}creator")
        once = [name for name in names if name not in repeatable]
        assert len(once) == len(set(once)), "an element twice"
        guid, source = item.find("guid"), item.find("source")
        assert guid is not None
        assert guid.get("isPermaLink") == "false"
        assert source is not None
        assert (source.text, source.get("url")) == ("Harian Contoh", "https://contoh.example")
        assert urlsplit(item.findtext("link") or "").scheme == "https"


def test_json_feed_is_what_its_specification_describes(full: int, put: Put, ask: Ask) -> None:
    put()
    schema = json.loads((SCHEMAS / "jsonfeed.json").read_text("utf-8"))
    checker = Draft202012Validator(schema, validate_formats=True)
    for query in ("", "?tag=nothing"):
        assert list(checker.iter_errors(ask(f"/feed.json{query}").json())) == []
    assert list(checker.iter_errors({"version": "1", "items": [{}]}))


@pytest.mark.parametrize("form", FORMATS)
def test_text_with_what_xml_cannot_hold_spoils_no_feed(
    put: Put, ask: Ask, database: Database, form: str
) -> None:
    number = put(basis=OPEN)
    with database.session() as session:
        # Past normalisation, as another program may write it.
        row = session.get_one(ArticleRow, number)
        row.headline, row.body_html = "Judul\x0b\ufffe baru", "<p>Isi\x08</p>"
    answer = ask(f"/feed.{form}")
    assert answer.status_code == 200
    found = feedparser.parse(answer.content)
    assert form == "json" or (found.bozo, found.entries[0].title) == (0, "Judul baru")


# --- what a reader is told ------------------------------------------------------------------------


@pytest.mark.parametrize("form", XML)
def test_everything_said_of_an_article_comes_back(full: int, ask: Ask, form: str) -> None:
    (entry,) = parsed(ask, form).entries
    assert entry.title_detail.value in ("Guru & Siswa <SMK> “Juara”", "Guru & Siswa “Juara”")
    assert entry.link == "https://contoh.example/berita/1/judul"
    assert URN.fullmatch(entry.id)
    assert {author["name"] for author in entry.authors} >= {"Rini Contoh", "Budi Contoh"}
    assert {tag["term"] for tag in entry.tags} == {"smk", "SMK", "R&D"}
    assert entry.published_parsed[:5] == (2026, 7, 31, 2, 15)
    assert entry.source["title"] == "Harian Contoh"
    assert WORDS.replace("<", "&lt;").replace(">", "&gt;").replace("&", "&amp;", 1) in (
        entry.content[0].value
    )
    assert "Sumber: Harian Contoh" in entry.content[0].value
    assert "Sumber: Harian Contoh" in entry.summary
    assert "Sumber: Harian Contoh" in entry.rights


def test_editors_are_contributors_not_authors(full: int, ask: Ask) -> None:
    (entry,) = parsed(ask, "atom").entries
    assert [c["name"] for c in entry.contributors] == ["Sari Contoh"]
    assert "Sari Contoh" not in {author["name"] for author in entry.authors}


@pytest.mark.parametrize(("agency", "author"), [("Antara", "Antara"), (None, "Harian Contoh")])
def test_where_no_person_is_named_the_agency_or_the_publisher_is_the_author(
    put: Put, ask: Ask, agency: str | None, author: str
) -> None:
    put(source_raw=f"Sumber: {agency}" if agency else None, agency=agency)
    assert items(ask)[0]["authors"] == [{"name": author}]


@pytest.mark.parametrize("basis", RightsBasis)
@pytest.mark.parametrize("form", FORMATS)
def test_text_leaves_only_where_the_rights_allow_it(
    put: Put, ask: Ask, form: str, basis: RightsBasis
) -> None:
    long = " ".join(f"Kalimat ke-{n} menceritakan kegiatan." for n in range(30))
    put(basis=basis, body_html=body_of(long, "Kalimat rahasia penutup."))
    text = ask(f"/feed.{form}").text
    assert ("Kalimat rahasia penutup." in text) == basis.allows_full_text
    assert "Kalimat ke-0" in text
    assert "Sumber: Harian Contoh" in text


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_not_publishable_is_in_no_feed(put: Put, ask: Ask, form: str) -> None:
    put(published_raw=None)
    assert "Siswa SMK" not in ask(f"/feed.{form}").text


# --- corrections ----------------------------------------------------------------------------------


def test_an_identifier_outlives_every_correction(database: Database, put: Put, ask: Ask) -> None:
    url = "https://contoh.example/berita/1/judul"
    put(external_id="k1")
    (before,) = items(ask)
    corrected = attributed(
        external_id="k1",
        url="https://contoh.example/berita/1/judul-baru",
        headline="Ralat: Judul Baru",
        body_html=body_of("Isi yang diralat."),
        fetched_at=NOW + timedelta(hours=5),
    )
    store(database, corrected, cause="channel")
    (after,) = items(ask)
    assert (after["title"], after["url"]) == ("Ralat: Judul Baru", f"{url}-baru")
    assert after["id"] == before["id"]
    assert after["date_published"] == before["date_published"]
    assert datetime.fromisoformat(after["date_modified"]) == NOW + timedelta(hours=5)
    for form in XML:
        (entry,) = parsed(ask, form).entries
        assert entry.id == before["id"]
        assert entry.updated_parsed[:4] == (2026, 8, 1, 8)


def test_looking_again_is_no_update(database: Database, put: Put, ask: Ask) -> None:
    put()
    (before,) = items(ask)
    again = attributed(
        url="https://contoh.example/berita/1/judul",
        body_html=body_of("Isi berita nomor 1."),
        fetched_at=NOW + timedelta(days=1),
    )
    store(database, again, cause="channel")
    assert items(ask) == [before]


def test_two_articles_are_two_entries_and_a_copy_of_the_database_has_the_same(
    put: Put, ask: Ask, ask_as: Callable[..., Ask]
) -> None:
    put()
    put()
    ids = [item["id"] for item in items(ask)]
    assert len(set(ids)) == 2
    # Neither the address of the web side nor the school's name is in them.
    other = ask_as(base_url="https://lain.example", school="SMK Lain")
    assert [item["id"] for item in items(other)] == ids


def test_a_feed_is_as_new_as_its_newest_entry(put: Put, ask: Ask) -> None:
    assert parsed(ask, "atom").feed.updated == "1970-01-01T00:00:00+00:00"
    put(published_raw="30 Juli 2026 08:00 WIB")
    put(published_raw="31 Juli 2026 08:00 WIB")
    assert parsed(ask, "atom").feed.updated == "2026-07-31T08:00:00+07:00"
    assert parsed(ask, "rss").feed.updated == "Fri, 31 Jul 2026 08:00:00 +0700"


# --- which feed -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["?publisher=lain", "?topic=vokasi", "?tag=smk", "?text=magang", "?author=rini"]
)
@pytest.mark.parametrize("form", FORMATS)
def test_a_feed_of_a_publisher_topic_tag_or_search(
    put: Put, ask: Ask, form: str, query: str
) -> None:
    put(
        name="lain" if "publisher" in query else "contoh",
        headline="Magang di Industri",
        topics=("vokasi",),
        tags=("SMK",),
        credits=(Credit(name="Rini", role=Role.REPORTER),),
    )
    put(headline="Yang lain sama sekali")
    text = ask(f"/feed.{form}{query}").text
    assert "Magang di Industri" in text
    assert "Yang lain sama sekali" not in text


@pytest.mark.parametrize("form", FORMATS)
def test_a_feed_has_one_address_however_it_is_asked_for(put: Put, ask: Ask, form: str) -> None:
    put()
    text = ask(f"/feed.{form}?limit=5&text=a%20b&publisher=contoh").text
    found = re.search(rf"http://berita\.example/feed\.{form}\?[^\"<]+", text)
    assert found is not None
    assert parse_qs(urlsplit(found[0].replace("&amp;", "&")).query) == {
        "publisher": ["contoh"],
        "text": ["a b"],
    }


def test_a_feed_is_titled_for_its_readers(put: Put, ask_as: Callable[..., Ask]) -> None:
    put()
    ask = ask_as(school="SMK Negeri 1 Contoh")
    title = parsed(ask, "rss", "?publisher=contoh&topic=smk").feed.title
    assert title == "Berita pendidikan: Harian Contoh, smk — SMK Negeri 1 Contoh"
    assert (
        ask("/feed.json?publisher=nobody").json()["title"].startswith("Berita pendidikan: nobody")
    )


def test_the_number_of_entries_can_be_chosen(put: Put, ask: Ask) -> None:
    for _ in range(3):
        put()
    assert len(items(ask, "?limit=2")) == 2


def test_titles_and_addresses_by_themselves() -> None:
    assert title_of("Berita", {}, None) == "Berita"
    assert title_of("Berita", {"tag": "a\x00b"}, "SMK") == "Berita: ab — SMK"
    assert feed_address("http://x", {"tag": "a&b", "limit": 5, "topic": None}, "rss") == (
        "http://x/feed.rss?tag=a%26b"
    )


@pytest.mark.parametrize("accept", ["application/rss+xml", "text/html", "image/png"])
def test_a_feed_reader_gets_what_it_came_for(ask: Ask, accept: str) -> None:
    assert ask("/feed.rss", headers={"Accept": accept}).status_code == 200
