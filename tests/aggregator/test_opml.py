"""The channels as OPML: read back by an XML parser, none missing."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

from lxml import etree

from aggregator.model import Channel, ChannelKind
from aggregator.opml import opml
from tests.pipelines.builders import NOW, publisher

FEED = Channel(
    publisher="contoh",
    name="rss",
    kind=ChannelKind.FEED,
    url="https://contoh.example/rss?a=1&b=<2>",
)
INDEX = Channel(
    publisher="contoh",
    name="indeks",
    kind=ChannelKind.LISTING,
    url="https://contoh.example/indeks",
)


def read() -> etree._Element:
    return etree.fromstring(opml({publisher(): (FEED, INDEX)}, "Berita SMK & SMA", NOW))


def test_it_says_whose_it_is_and_of_when() -> None:
    found = read()
    assert (found.tag, found.get("version")) == ("opml", "2.0")
    assert found.findtext("head/title") == "Berita SMK & SMA"
    assert parsedate_to_datetime(str(found.findtext("head/dateCreated"))) == NOW


def test_every_channel_is_there_under_its_publisher() -> None:
    (about,) = read().findall("body/outline")
    assert about.get("text") == "Harian Contoh"
    feed, index = about
    assert dict(feed.attrib) == {
        "type": "rss",
        "text": "Harian Contoh: rss",
        "title": "Harian Contoh: rss",
        "xmlUrl": FEED.url,
        "htmlUrl": "https://contoh.example",
    }
    assert dict(index.attrib) == {
        "type": "link",
        "text": "Harian Contoh: indeks",
        "url": INDEX.url,
    }
