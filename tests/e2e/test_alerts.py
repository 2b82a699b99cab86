"""``aggregator check --alert``: a fault, its alert, its end; and no secret anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from tests.e2e.rawserver import RawServer, http, raw_server
from tests.e2e.test_manners import ALLOWED, articles, crawl
from tests.e2e.world import Finished

Aggregator = Callable[..., Finished]

TOKEN, KEY, PASSWORD = "123:token-rahasia", "kunci-rahasia", "sandi-rahasia"
SECRETS = {"AGGREGATOR_TELEGRAM_TOKEN": TOKEN, "AGGREGATOR_SMTP_PASSWORD": PASSWORD}


@pytest.fixture
def publisher() -> Iterator[RawServer]:
    with raw_server() as found:
        found.serve("/robots.txt", ALLOWED)
        articles(found, 1)
        yield found


@pytest.fixture
def receiver(httpserver: HTTPServer) -> HTTPServer:
    httpserver.expect_request("/masuk").respond_with_data("")
    httpserver.expect_request(f"/bot{TOKEN}/sendMessage").respond_with_json({"ok": True})
    return httpserver


@pytest.fixture
def configured(tmp_path: Path, receiver: HTTPServer) -> Path:
    (tmp_path / "kunci").write_text(KEY)
    (tmp_path / "aggregator.toml").write_text(
        f"""
[alerts.telegram]
chat = "-100"
url = "{receiver.url_for("/")}"
[alerts.webhook]
url = "{receiver.url_for("/masuk")}"
secret_file = "kunci"
[alerts.email]
host = "127.0.0.1"
port = 1
user = "aggregator"
sender = "a@sekolah.example"
to = ["guru@sekolah.example"]
"""
    )
    return tmp_path


def taken(receiver: HTTPServer, path: str) -> list[Any]:
    return [request.json for request, _ in receiver.log if request.path.endswith(path)]


def test_a_fault_is_told_when_it_shows_and_when_it_is_over(
    publisher: RawServer, receiver: HTTPServer, configured: Path, aggregator: Aggregator
) -> None:
    shown = []
    crawl(publisher, configured, "--feed", "/rss", "--feed", "/indeks")
    for _ in range(2):
        shown.append(aggregator("check", "--alert", env=SECRETS))
    feed = http("<rss><channel/></rss>", kind="text/xml")
    publisher.serve("/indeks", feed)
    crawl(publisher, configured, "--feed", "/rss", "--feed", "/indeks")
    for _ in range(2):
        shown.append(aggregator("check", "--alert", "--json", env=SECRETS))

    began, undelivered, ended = taken(receiver, "/masuk")
    assert [one["kind"] for one in began["opened"]] == ["channel-gone"]
    assert "kanal indeks: alamatnya hilang sejak" in began["text"]
    assert "Cari alamat kanal yang baru" in began["text"]
    assert [one["subject"] for one in ended["closed"]] == ["indeks"]
    assert "Sudah pulih:" in ended["text"]
    texts = [one["text"] for one in taken(receiver, "sendMessage")]
    messages = (began, undelivered, ended)
    assert texts == [f"{one['subject']}\n\n{one['text']}" for one in messages]

    # Mail does not get through: that stops no other, and is a finding itself.
    assert [one["kind"] for one in undelivered["opened"]] == ["alert-undelivered"]
    assert {done.code for done in shown} == {2}
    assert "peringatan lewat email" in shown[0].err
    assert "Peringatan lewat email tidak terkirim" in shown[1].out
    assert [one["problem"] is None for one in shown[3].json["alerts"]] == [False, True, True]

    everything = "".join(done.out + done.err for done in shown)
    everything += (configured / "news.db").read_bytes().decode("latin-1")
    assert not any(secret in everything for secret in (TOKEN, KEY, PASSWORD, "rahasia"))


def test_a_digest_is_sent_when_it_is_asked_for(
    publisher: RawServer, receiver: HTTPServer, configured: Path, aggregator: Aggregator
) -> None:
    crawl(publisher, configured)
    for _ in range(2):
        aggregator("check", "--digest", env=SECRETS)
    digests = [one for one in taken(receiver, "/masuk") if one["event"] == "digest"]
    assert len(digests) == 1
    assert "Harian Contoh: jawaban baik terakhir" in digests[0]["text"]


def test_without_a_transport_nothing_can_be_told(
    publisher: RawServer, tmp_path: Path, aggregator: Aggregator
) -> None:
    crawl(publisher, tmp_path)
    done = aggregator("check", "--alert")
    assert done.code == 2
    assert "belum ada saluran peringatan" in done.err
