"""Which images portals are given. How one is fetched is tested beside the public pages."""

from __future__ import annotations

from dataclasses import replace

from pytest_httpserver import HTTPServer

from aggregator.config import Config
from aggregator.pictures import Picture
from aggregator.portalconfig import PortalConfig
from aggregator.publish.images import digest_of, fetch_of, photo_words, suffix_of
from aggregator.publish.port import Image

GIF = b"GIF89a" + b"x" * 40
SHOWN = Config(
    portal=PortalConfig(images=True, image_hosts=("localhost",)), allow_private_network=True
)


def test_a_school_that_shows_none_fetches_none() -> None:
    assert fetch_of(Config()) is None


def test_a_listed_host_is_asked_under_our_name(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a.gif").respond_with_data(GIF)
    fetch = fetch_of(SHOWN)
    assert fetch is not None
    found = fetch(httpserver.url_for("/a.gif"))
    assert found == Picture(body=GIF, media_type="image/gif")
    assert (digest_of(found), suffix_of(found)) == (digest_of(found), "gif")
    ((request, _),) = httpserver.log
    assert request.headers["User-Agent"].startswith("school-news-aggregator/")


def test_another_is_not(httpserver: HTTPServer) -> None:
    elsewhere = replace(SHOWN, portal=replace(SHOWN.portal, image_hosts=("kemdikbud.go.id",)))
    fetch = fetch_of(elsewhere)
    assert fetch is not None
    assert fetch(httpserver.url_for("/a.gif")) is None
    assert httpserver.log == []


def test_a_photo_is_printed_with_its_credit() -> None:
    image = Image(url="https://x", caption=" Siswa\njuara ", credit="Budi")
    assert photo_words(image) == "Siswa juara – Budi"
    assert photo_words(replace(image, caption=None)) == "Budi"
    assert photo_words(None) == photo_words(replace(image, caption=None, credit=None)) == ""
