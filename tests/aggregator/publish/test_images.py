"""Images from publishers' servers: nothing but images, and nothing of one's own network."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from pytest_httpserver import HTTPServer

from aggregator.publish.images import MAX_BYTES, ImageFetcher, image_file

JPEG = b"\xff\xd8\xff\xe0" + b"x" * 100


def at_loopback(host: str, port: int) -> Sequence[str]:
    return ["127.0.0.1"]


def fetch(server: HTTPServer, path: str = "/a.jpg", host: str = "foto.example") -> bytes | None:
    fetcher = ImageFetcher("tests", at_loopback, private=True)
    found = fetcher(f"http://{host}:{server.port}{path}")
    return found.body if found else None


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (JPEG, "image/jpeg"),
        (b"\x89PNG\r\n\x1a\nx", "image/png"),
        (b"GIF89a", "image/gif"),
        (b"RIFF0000WEBPVP8 ", "image/webp"),
        (b"<svg onload=alert(1)>", None),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_images_are_known_by_their_bytes(body: bytes, kind: str | None) -> None:
    found = image_file(body)
    assert (found.kind if found else None) == kind


def test_the_server_that_was_looked_up_is_asked_by_its_name(httpserver: HTTPServer) -> None:
    httpserver.expect_request(
        "/a.jpg", headers={"Host": f"foto.example:{httpserver.port}"}
    ).respond_with_data(JPEG)
    assert fetch(httpserver) == JPEG


def test_redirects_are_followed_a_few_times(httpserver: HTTPServer) -> None:
    for number in range(6):
        httpserver.expect_request(f"/{number}").respond_with_data(
            "", status=302, headers={"Location": f"/{number + 1}" if number < 5 else "/a.jpg"}
        )
    httpserver.expect_request("/a.jpg").respond_with_data(JPEG)
    assert fetch(httpserver, "/3") == JPEG
    assert fetch(httpserver, "/0") is None


@pytest.mark.parametrize("status", [403, 404, 500])
def test_what_is_refused_is_no_image(httpserver: HTTPServer, status: int) -> None:
    httpserver.expect_request("/a.jpg").respond_with_data(JPEG, status=status)
    assert fetch(httpserver) is None


def test_a_page_in_its_place_is_none(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a.jpg").respond_with_data("<html>", content_type="image/jpeg")
    assert fetch(httpserver) is None


def test_a_huge_one_is_left(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a.jpg").respond_with_data(JPEG + b"x" * MAX_BYTES)
    assert fetch(httpserver) is None


INSIDE = [
    *("127.0.0.1", "10.0.0.5", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1"),
    *("0.0.0.0", "::1", "fe80::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "224.0.0.1"),
]


@pytest.mark.parametrize("address", INSIDE)
def test_ones_own_network_is_not_asked(httpserver: HTTPServer, address: str) -> None:
    httpserver.expect_request("/a.jpg").respond_with_data(JPEG)
    for addresses in ([address], ["93.184.216.34", address]):
        fetcher = ImageFetcher("tests", lambda _host, _port, found=addresses: found)
        assert fetcher(f"http://foto.example:{httpserver.port}/a.jpg") is None
    assert ImageFetcher("tests")(httpserver.url_for("/a.jpg")) is None
    assert httpserver.log == []


def test_a_redirect_into_it_is_not_followed(httpserver: HTTPServer) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if host == "foto.example" else []

    httpserver.expect_request("/a.jpg").respond_with_data(
        "", status=302, headers={"Location": "http://dalam.example/"}
    )
    fetcher = ImageFetcher("tests", resolve, private=True)
    assert fetcher(f"http://foto.example:{httpserver.port}/a.jpg") is None
    assert asked == ["foto.example", "dalam.example"]


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a/b", "//x", "http://", "x", ""])
def test_other_addresses_are_none(url: str) -> None:
    assert ImageFetcher("tests", at_loopback, private=True)(url) is None


def test_an_unknown_host_is_none() -> None:
    def unknown(host: str, port: int) -> Sequence[str]:
        raise OSError

    assert ImageFetcher("tests", unknown)("https://foto.example/a.jpg") is None
