"""What a portal's web server may do to us, and what is said about it."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from aggregator.errors import PortalError, PortalRefusedError, PortalUnavailableError
from aggregator.publish.http import Answer, PortalHTTP, retry_after

SECRET = "rahasia-sekali"


def portal(server: HTTPServer, **given: float) -> PortalHTTP:
    auth = httpx.BasicAuth("guru", SECRET)
    return PortalHTTP(
        server.url_for("/"),
        agent="tests",
        auth=auth,
        timeout=given.get("timeout", 5.0),
        deadline=given.get("deadline", 5.0),
        max_bytes=int(given.get("max_bytes", 1000)),
    )


def ask(server: HTTPServer, **given: float) -> Answer:
    return portal(server, **given).ask("GET", "/a")


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 521])
def test_what_passes_is_told_with_the_wait_that_was_asked_for(
    httpserver: HTTPServer, status: int
) -> None:
    httpserver.expect_request("/a").respond_with_data(
        "sibuk", status=status, headers={"Retry-After": "120"}
    )
    with pytest.raises(PortalUnavailableError, match=f"http {status}") as caught:
        ask(httpserver)
    assert caught.value.retry_after == timedelta(minutes=2)


@pytest.mark.parametrize("status", [200, 301, 400, 401, 403, 404, 413])
def test_everything_else_is_an_answer(httpserver: HTTPServer, status: int) -> None:
    httpserver.expect_request("/a").respond_with_data("x", status=status)
    assert ask(httpserver).status == status


NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stated", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("Wed, 25 Nov 2026 10:05:00 GMT", timedelta(minutes=5)),
        ("Wed, 25 Nov 2026 09:00:00 GMT", timedelta(0)),
        ("99999999999999999999", timedelta(days=1)),
        ("nanti", None),
        ("-5", None),
        ("٣", None),
        ("", None),
    ],
)
def test_waits_are_read_in_both_forms(stated: str, wait: timedelta | None) -> None:
    assert retry_after({"retry-after": stated}, NOW) == wait


def test_a_password_follows_no_redirect(httpserver: HTTPServer) -> None:
    asked: list[str] = []

    def elsewhere(request: Request) -> Response:
        asked.append(request.path)
        return Response("x")

    httpserver.expect_request("/b").respond_with_handler(elsewhere)
    httpserver.expect_request("/a").respond_with_data(
        "", status=302, headers={"Location": httpserver.url_for("/b")}
    )
    assert ask(httpserver).is_redirect
    assert asked == []


def test_a_large_answer_is_not_read(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data("x" * 2000)
    with pytest.raises(PortalRefusedError, match="too large"):
        ask(httpserver)


def test_silence_passes(httpserver: HTTPServer) -> None:
    def slow(_: Request) -> Response:
        time.sleep(0.5)
        return Response("x")

    httpserver.expect_request("/a").respond_with_handler(slow)
    with pytest.raises(PortalUnavailableError, match="no answer in time"):
        ask(httpserver, timeout=0.1)


def test_a_server_that_drips_is_given_up(httpserver: HTTPServer) -> None:
    def drips(_: Request) -> Response:
        def pieces():  # type: ignore[no-untyped-def]
            for _ in range(20):
                time.sleep(0.05)
                yield b"x"

        return Response(pieces())

    httpserver.expect_request("/a").respond_with_handler(drips)
    with pytest.raises(PortalUnavailableError, match="takes too long"):
        ask(httpserver, deadline=0.2)


def test_nobody_there_passes() -> None:
    nobody = PortalHTTP("http://127.0.0.1:9", agent="tests")
    with pytest.raises(PortalUnavailableError):
        nobody.ask("GET", "/a")


@pytest.mark.parametrize(
    "url",
    [
        "http://sekolah.sch.id",
        "http://192.168.1.2",
        "http://127.0.0.1.evil.example",
        "ftp://127.0.0.1",
        f"https://guru:{SECRET}@sekolah.sch.id",
        f"http://guru:{SECRET}@127.0.0.1",
    ],
)
def test_an_address_that_would_show_the_password_is_refused(url: str) -> None:
    with pytest.raises(PortalRefusedError) as caught:
        PortalHTTP(url, agent="tests")
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["https://sekolah.sch.id", "http://127.0.0.1:8000/", "http://[::1]", "http://localhost"]
)
def test_an_address_that_keeps_it_is_taken(url: str) -> None:
    PortalHTTP(url, agent="tests").close()


def test_neither_errors_nor_logs_hold_a_password(
    httpserver: HTTPServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    httpserver.expect_request("/a").respond_with_data("x", status=503)
    with pytest.raises(PortalError) as caught:
        ask(httpserver)
    told = [str(caught.value), repr(caught.value.__cause__), caplog.text]
    basic = httpx.BasicAuth("guru", SECRET)._auth_header.removeprefix("Basic ")
    assert not any(secret in text for text in told for secret in (SECRET, basic))
