"""Channel readers on good, odd and hostile input."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from aggregator import reasons
from aggregator.errors import ChannelError
from aggregator.model import Channel, ChannelKind
from spiders.channels import feed, jsonlisting, listing, newssitemap, reading
from spiders.channels.reading import Reading
from spiders.layout import ListingLayout

BASE = "https://contoh.sch.id/rss"
Read = Callable[[Channel, bytes, str], Reading]


def channel(kind: ChannelKind = ChannelKind.FEED) -> Channel:
    return Channel(publisher="contoh", name="rss", kind=kind, url=BASE)


def rss(*items: str) -> bytes:
    return f"<rss version='2.0'><channel><title>x</title>{''.join(items)}</channel></rss>".encode()


def item(link: str, more: str = "") -> str:
    return f"<item><title>Judul</title><link>{link}</link>{more}</item>"


# --- feeds --------------------------------------------------------------------------------------

RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
 <channel rdf:about="x"><title>x</title></channel>
 <item rdf:about="a"><title>Judul</title><link>https://contoh.sch.id/a</link>
 <dc:date>2026-03-09T10:00:00+07:00</dc:date></item></rdf:RDF>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>
 <entry><title type="html">&lt;b&gt;Judul&lt;/b&gt;</title>
 <link rel="self" href="https://contoh.sch.id/self"/><link href="/a"/>
 <published>2026-03-09T10:00:00+07:00</published><category term="Sekolah"/>
 <author><name>Ratih</name></author></entry></feed>"""
RSS = rss(
    item(
        "https://contoh.sch.id/a",
        "<pubDate>2026-03-09T10:00:00+07:00</pubDate><category>Sekolah</category>",
    )
)


@pytest.mark.parametrize(
    "body",
    [
        RSS,
        RDF,
        ATOM,
        b"\n  \n<?xml version='1.0'?>" + RSS,
        b"\xef\xbb\xbf<?xml version='1.0' encoding='UTF-8'?>" + RSS,
        gzip.compress(RSS),
        RSS.replace(b"<title>x</title>", b"<title>A & B &nbsp;</title>"),
        RSS.replace(b"</rss>", b""),
        RSS.replace(b"<title>x", b"<description><![CDATA[<html>]]></description><title>x"),
        RSS.decode().encode("utf-16"),
    ],
    ids=["rss", "rdf", "atom", "spaces", "bom", "gzip", "entities", "cut", "html-inside", "utf-16"],
)
def test_feeds_of_all_makes(body: bytes) -> None:
    (entry,) = feed.read(channel(), body, BASE).entries
    assert entry.url == "https://contoh.sch.id/a"
    assert entry.headline == "Judul"
    assert entry.published_raw == "2026-03-09T10:00:00+07:00"


def test_feed_details() -> None:
    body = rss(
        item(
            "/a",
            "<description><![CDATA[<img src='x'/>Ringkasan\u00a0&amp; isi]]></description>"
            "<enclosure url='https://contoh.sch.id/a.jpg' type='image/jpeg'/>",
        ),
        "<item><title>Dua</title><guid>https://contoh.sch.id/b</guid></item>",
    )
    first, second = feed.read(channel(), body, BASE).entries
    assert first.summary == "Ringkasan & isi"
    assert first.image_url == "https://contoh.sch.id/a.jpg"
    assert second.url == "https://contoh.sch.id/b"


def test_atom_details() -> None:
    (entry,) = feed.read(channel(), ATOM, BASE).entries
    assert (entry.section, entry.creator) == ("Sekolah", "Ratih")


SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/"
HOUR = timedelta(hours=1)


def period(word: str, frequency: str = "") -> str:
    often = f"<s:updateFrequency>{frequency}</s:updateFrequency>" if frequency else ""
    return f"<s:updatePeriod>{word}</s:updatePeriod>{often}"


TTLS: dict[str, timedelta | None] = {
    "": None,
    "<ttl>30</ttl>": timedelta(minutes=30),
    "<ttl> 60 </ttl>": HOUR,
    "<ttl>0</ttl>": None,
    "<ttl>-1</ttl>": None,
    "<ttl>sejam</ttl>": None,
    f"<ttl>{'9' * 30}</ttl>": timedelta(days=365),
    period("hourly"): HOUR,
    period(" Hourly ", "2"): timedelta(minutes=30),
    period("daily", "0"): timedelta(days=1),
    period("weekly", "banyak"): timedelta(weeks=1),
    period("sometimes"): None,
    f"<ttl>15</ttl>{period('daily')}": timedelta(minutes=15),
}


@pytest.mark.parametrize("about", TTLS)
@pytest.mark.parametrize("broken", [False, True], ids=["well-formed", "broken"])
def test_how_long_a_feed_need_not_be_read_again(about: str, broken: bool) -> None:
    body = rss(about, item("/a")).replace(b"<rss", f'<rss xmlns:s="{SYNDICATION}"'.encode())
    body = body.replace(b"</rss>", b"") if broken else body
    assert feed.read(channel(), body, BASE).ttl == TTLS[about]


def test_what_an_entry_says_is_not_said_of_the_feed() -> None:
    assert feed.read(channel(), rss(item("/a", "<ttl>5</ttl>")), BASE).ttl is None


def test_how_long_an_atom_or_rdf_feed_need_not_be_read_again() -> None:
    syndication = f'<u:updatePeriod xmlns:u="{SYNDICATION}">daily</u:updatePeriod>'.encode()
    for body in (ATOM, RDF):
        said = body.replace(b"<title>x</title>", b"<title>x</title>" + syndication)
        assert feed.read(channel(), said, BASE).ttl == timedelta(days=1)


def test_an_honestly_empty_feed_is_empty() -> None:
    assert feed.read(channel(), rss(), BASE) == Reading()


def test_bad_entries_are_skipped_and_counted() -> None:
    body = rss(
        item("https://contoh.sch.id/a"),
        item(""),
        item("javascript:void(0)"),
        item("http://[::1"),
        item("https://contoh.sch.id/a"),
    )
    result = feed.read(channel(), body, BASE)
    assert [entry.url for entry in result.entries] == ["https://contoh.sch.id/a"]
    assert sorted(result.skipped) == sorted(
        [reading.NO_LINK, reading.BAD_LINK, reading.BAD_LINK, reading.REPEATED]
    )


HOME = item("https://contoh.sch.id/")
LAUGHS = b"""<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>""" + RSS
OUTSIDE = b"""<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>""" + RSS


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (rss(HOME, HOME, HOME), reasons.ONE_LINK),
        (rss(item(""), item("")), reasons.ALL_BAD),
        (b"<!DOCTYPE html><html><title>403</title></html>", reasons.HTML_INSTEAD),
        (b"<?xml version='1.0'?><html xmlns='x'></html>", reasons.HTML_INSTEAD),
        (b"", reasons.UNPARSEABLE),
        (b"tidak ada", reasons.UNPARSEABLE),
        (b"/etc/passwd", reasons.UNPARSEABLE),
        (b"https://contoh.sch.id/rss", reasons.UNPARSEABLE),
        (b"\x1f\x8brusak", reasons.UNPARSEABLE),
        (b"<urlset></urlset>", reasons.UNEXPECTED),
        (LAUGHS, reasons.UNPARSEABLE),
        (OUTSIDE, reasons.UNPARSEABLE),
    ],
)
def test_broken_feeds_fail_aloud(body: bytes, reason: str) -> None:
    started = time.perf_counter()
    with pytest.raises(ChannelError) as caught:
        feed.read(channel(), body, BASE)
    assert caught.value.reason == reason
    assert time.perf_counter() - started < 5


def test_two_entries_with_one_link_may_be_chance() -> None:
    assert len(feed.read(channel(), rss(HOME, HOME), BASE).entries) == 1


# --- sitemaps -----------------------------------------------------------------------------------


def test_a_sitemap_without_news_states_no_publication_date() -> None:
    body = (
        b"<urlset><url><loc> https://contoh.sch.id/a </loc><lastmod>2026</lastmod></url></urlset>"
    )
    (entry,) = newssitemap.read(channel(), body, BASE).entries
    assert entry.url == "https://contoh.sch.id/a"
    assert entry.published_raw is None


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html></html>", reasons.HTML_INSTEAD),
        (b"<urlset>", reasons.UNPARSEABLE),
        (RSS, reasons.UNEXPECTED),
        (b"<urlset><url/></urlset>", reasons.ALL_BAD),
        (b"<sitemapindex><sitemap/></sitemapindex>", reasons.ALL_BAD),
    ],
)
def test_broken_sitemaps_fail_aloud(body: bytes, reason: str) -> None:
    with pytest.raises(ChannelError) as caught:
        newssitemap.read(channel(ChannelKind.NEWS_SITEMAP), body, BASE)
    assert caught.value.reason == reason


# --- listings -----------------------------------------------------------------------------------

LAYOUTS = (
    ListingLayout(name="new", item="li.baru", headline=("h3",), date=("time",)),
    ListingLayout(name="old", item="li.lama", headline=("b",)),
)


def listed(body: str) -> Reading:
    return listing.read(channel(ChannelKind.LISTING), body.encode(), BASE, LAYOUTS)


def test_the_first_layout_that_yields_entries_wins() -> None:
    result = listed("<li class=baru>iklan</li><li class=lama><a href='/a'><b>Judul</b></a></li>")
    assert [(entry.url, entry.headline) for entry in result.entries] == [
        ("https://contoh.sch.id/a", "Judul")
    ]


def test_template_code_is_no_listing() -> None:
    template = "<li class='baru'><a href='\"+val.url+\"'>x</a></li>"
    result = listed(
        f"<script>var t = \"{template}\"</script>{template}<li class=baru><a href='/a'>y</a></li>"
    )
    assert [entry.url for entry in result.entries] == ["https://contoh.sch.id/a"]
    assert result.skipped == (reading.BAD_LINK,)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<title>Tata letak baru</title><p>x</p>", reasons.UNEXPECTED),
        ("", reasons.UNEXPECTED),
        ("<li class=baru>x</li>", reasons.ALL_BAD),
    ],
)
def test_unknown_listings_fail_aloud(body: str, reason: str) -> None:
    with pytest.raises(ChannelError) as caught:
        listed(body)
    assert caught.value.reason == reason


# --- JSON ---------------------------------------------------------------------------------------


def answered(answer: object) -> Reading:
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    return jsonlisting.read(channel(ChannelKind.JSON_LISTING), body, BASE)


def test_json_entries() -> None:
    result = answered(
        {"result": {"results": [{"url": "/berita/1-a", "name": "<b>A</b>", "tgl_rilis": False}, 3]}}
    )
    (entry,) = result.entries
    assert (entry.url, entry.headline) == ("https://contoh.sch.id/berita/1-a", "A")
    assert entry.published_raw is None
    assert result.skipped == ("no object",)


def test_no_results_are_an_honest_answer() -> None:
    assert answered({"result": {"results": [], "total_count": 0}}) == Reading()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"error": {"message": "Session expired"}}, reasons.SAYS_ERROR),
        ({"result": {"html": ""}}, reasons.UNEXPECTED),
        ({"result": None}, reasons.UNEXPECTED),
        (b"<html></html>", reasons.HTML_INSTEAD),
        (b"{", reasons.UNPARSEABLE),
        (b"[" * 100_000, reasons.UNPARSEABLE),
        ({"result": {"results": [{"name": "x"}]}}, reasons.ALL_BAD),
    ],
)
def test_broken_json_fails_aloud(answer: object, reason: str) -> None:
    with pytest.raises(ChannelError) as caught:
        answered(answer)
    assert caught.value.reason == reason
