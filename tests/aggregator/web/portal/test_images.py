"""Pictures: from listed hosts, within limits, where the rights basis covers them, through us."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from aggregator import pictures
from aggregator.model import Image, RightsBasis
from aggregator.pictures import Fetcher, NoPictureError, kind_of
from aggregator.portalconfig import PortalConfig
from tests.aggregator.web.conftest import OPEN, OPENED, Ask, Put
from tests.aggregator.web.portal.conftest import reader

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
PUBLIC = Fetcher(hosts=("kemdikbud.go.id",), agent="x")
LOCAL = Fetcher(hosts=("localhost", "127.0.0.1"), agent="sekolah/1", allow_private=True)


@pytest.mark.parametrize(
    "url",
    [
        "https://kemdikbud.go.id/a.jpg",
        "http://www.kemdikbud.go.id/a.jpg",
        "https://vokasi.kemdikbud.go.id:443/File/x",
    ],
)
def test_a_listed_host_may_be_asked(url: str) -> None:
    assert PUBLIC.may_ask(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/a.jpg",
        "https://kemdikbud.go.id.evil.example/a.jpg",
        "https://xkemdikbud.go.id/a.jpg",
        "https://kemdikbud.go.id@evil.example/a.jpg",
        "https://evil.example\\@kemdikbud.go.id/a.jpg",
        "https://user@kemdikbud.go.id/a.jpg",
        "https://kemdikbud.go.id:22/a.jpg",
        "https://kemdikbud.go.id:x/a.jpg",
        "ftp://kemdikbud.go.id/a.jpg",
        "file:///etc/passwd",
        "//kemdikbud.go.id/a.jpg",
        "http://127.0.0.1/a.jpg",
        "http://2130706433/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "",
        "gopher://kemdikbud.go.id/",
        "http://[kemdikbud.go.id/",
    ],
)
def test_nobody_else_may_be(url: str) -> None:
    assert not PUBLIC.may_ask(url)
    with pytest.raises(NoPictureError):
        PUBLIC.fetch(url)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.5", "192.168.1.1", "169.254.169.254", "::1", "fe80::1", "0.0.0.0"],
)
def test_a_listed_name_that_leads_inside_is_not_followed(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    asked = []

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(pictures.socket, "getaddrinfo", resolve)
    with pytest.raises(NoPictureError, match="private network"):
        PUBLIC.fetch("http://gambar.kemdikbud.go.id/a.png")
    assert asked == ["gambar.kemdikbud.go.id"]


def test_one_public_address_among_private_ones_is_no_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))
        for address in ("103.0.0.1", "127.0.0.1")
    ]
    monkeypatch.setattr(pictures.socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(NoPictureError, match="private network"):
        PUBLIC.fetch("http://gambar.kemdikbud.go.id/a.png")


def test_a_picture_is_fetched_under_our_name(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a", headers={"User-Agent": "sekolah/1"}).respond_with_data(
        PNG, content_type="text/html"
    )
    found = LOCAL.fetch(httpserver.url_for("/a"))
    assert (found.body, found.media_type) == (PNG, "image/png")


def test_a_redirect_within_the_list_is_followed(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data("", 302, {"Location": "/b"})
    httpserver.expect_request("/b").respond_with_data(PNG)
    assert LOCAL.fetch(httpserver.url_for("/a")).body == PNG


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://evil.example/a.png", "not a listed host"),
        ("//evil.example/a.png", "not a listed host"),
        ("file:///etc/passwd", "not a listed host"),
        ("/a", "too many redirects"),
    ],
)
def test_a_redirect_off_the_list_is_not(httpserver: HTTPServer, target: str, reason: str) -> None:
    httpserver.expect_request("/a").respond_with_data("", 302, {"Location": target})
    with pytest.raises(NoPictureError, match=reason):
        LOCAL.fetch(httpserver.url_for("/a"))


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", 200, "not a picture"),
        (b"<html>", 200, "not a picture"),
        (b"", 200, "not a picture"),
        (PNG, 404, "status 404"),
        (PNG + b"\0" * pictures.LARGEST, 200, "too large"),
    ],
)
def test_what_is_no_picture_is_left_out(
    httpserver: HTTPServer, body: bytes, status: int, reason: str
) -> None:
    httpserver.expect_request("/a").respond_with_data(body, status, content_type="image/png")
    with pytest.raises(NoPictureError, match=reason):
        LOCAL.fetch(httpserver.url_for("/a"))


def test_a_host_that_drips_is_given_up(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "DEADLINE", 0.3)

    def drip(_request: Request) -> Response:
        def pieces() -> Iterator[bytes]:
            yield PNG
            for _ in range(20):
                time.sleep(0.1)
                yield b"\0"

        return Response(pieces())

    httpserver.expect_request("/a").respond_with_handler(drip)
    with pytest.raises(NoPictureError, match="too slow"):
        LOCAL.fetch(httpserver.url_for("/a"))


def test_nobody_there_is_no_picture() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(NoPictureError):
        LOCAL.fetch(f"http://127.0.0.1:{port}/a")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (PNG, "image/png"),
        (b"GIF89a...", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\0\0\0\0AVI ", None),
        (b"%PDF-1.7", None),
    ],
)
def test_a_picture_is_known_by_its_first_bytes(body: bytes, kind: str | None) -> None:
    assert kind_of(body) == kind


# --- on pages -------------------------------------------------------------------------------------


@pytest.fixture
def with_pictures(ask_as: Callable[..., Ask]) -> Ask:
    portal = replace(OPENED, images=True, image_hosts=("127.0.0.1", "localhost"))
    return ask_as(portal=portal, allow_private_network=True)


def test_an_articles_picture_comes_through_us(
    put: Put, with_pictures: Ask, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/a").respond_with_data(PNG)
    picture = Image(url=httpserver.url_for("/a"), caption="Siswa merakit", credit="Dok. Sekolah")
    put(basis=OPEN, image=picture)
    (shown,) = reader(with_pictures)("/berita/1").xpath("//figure/img")
    assert (shown.get("src"), shown.get("alt")) == ("/gambar/1", "Siswa merakit")
    answer = with_pictures("/gambar/1")
    assert (answer.content, answer.headers["content-type"]) == (PNG, "image/png")
    assert "sandbox" in answer.headers["content-security-policy"]
    # What is taken down must not stand in somebody else's cache.
    assert answer.headers["cache-control"].startswith("private, ")
    with_pictures("/gambar/1")
    assert len(httpserver.log) == 1


@pytest.mark.parametrize(
    ("basis", "url"),
    [
        (RightsBasis.PERMISSION, "http://127.0.0.1/a"),
        (RightsBasis.EXCERPT_ONLY, "http://127.0.0.1/a"),
        (OPEN, "http://evil.example/a"),
    ],
)
def test_what_is_not_covered_or_not_listed_is_left_out(
    put: Put, with_pictures: Ask, basis: RightsBasis, url: str
) -> None:
    put(basis=basis, image=Image(url=url))
    assert reader(with_pictures)("/berita/1").xpath("//img") == []
    assert with_pictures("/gambar/1").status_code == 404


def test_pictures_are_off_unless_they_are_wanted(put: Put, ask: Ask) -> None:
    put(basis=OPEN, image=Image(url="https://kemdikbud.go.id/a.jpg"))
    assert reader(ask)("/berita/1").xpath("//img") == []
    assert ask("/gambar/1").status_code == 404


def test_the_picture_of_an_article_that_is_not_shown_is_not(
    put: Put, ask_as: Callable[..., Ask], httpserver: HTTPServer
) -> None:
    put(basis=OPEN, image=Image(url=httpserver.url_for("/a")))
    portal = PortalConfig(images=True, image_hosts=("127.0.0.1", "localhost"))
    ask = ask_as(portal=portal, allow_private_network=True)
    assert ask("/gambar/1").status_code == 404
    assert httpserver.log == []


@pytest.mark.parametrize("number", ["0", "x", "1/..", "..%2f1", "99"])
def test_a_picture_is_named_by_an_articles_number_alone(
    put: Put, with_pictures: Ask, number: str
) -> None:
    put()
    assert with_pictures(f"/gambar/{number}").status_code == 404
