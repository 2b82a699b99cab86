"""How answers travel: validators, caching, compression, CORS, refusals, limits, proxies."""

from __future__ import annotations

import gzip
import json
import logging
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from aggregator.errors import StorageError
from aggregator.web import api, questions
from aggregator.web.params import LONGEST_TEXT
from aggregator.web.problems import KINDS
from aggregator.webconfig import WebConfig
from pipelines.store import store
from storage import tombstones
from storage.database import Database
from tests.aggregator.web.conftest import OPEN, Ask, Put
from tests.aggregator.web.test_api import ARTICLES, valid
from tests.pipelines.builders import NOW, attributed, body_of

AskAs = Callable[..., Ask]


@pytest.fixture
def database_url(migrated_file: Path, tmp_path: Path) -> str:
    """HTTP is the same over every database."""
    shutil.copy(migrated_file, tmp_path / "news.db")
    return f"sqlite:///{tmp_path / 'news.db'}"


PATHS = [ARTICLES, f"{ARTICLES}/1", "/api/v1/publishers", "/feed.rss", "/feed.atom", "/feed.json"]


# --- validators -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PATHS)
def test_what_is_current_is_not_sent_again(put: Put, ask: Ask, path: str) -> None:
    put()
    tag = ask(path).headers["etag"]
    again = ask(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)


@pytest.mark.parametrize("path", PATHS)
def test_what_changed_is_sent(database: Database, put: Put, ask: Ask, path: str) -> None:
    put(basis=OPEN)
    tag = ask(path).headers["etag"]
    url = "https://contoh.example/berita/1/judul"
    store(database, attributed(url=url, body_html=body_of("Ralat.")), cause="channel")
    put(name="lain")
    again = ask(path, headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert again.headers["etag"] != tag


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("{tag}", 304),
        ("W/{tag}", 304),
        ('"other", {tag}', 304),
        ("*", 304),
        ('"other"', 200),
        ("", 200),
        ("nonsense", 200),
    ],
)
def test_tags_are_compared_as_http_says(put: Put, ask: Ask, sent: str, status: int) -> None:
    put()
    identity = {"Accept-Encoding": "identity"}
    tag = ask(ARTICLES, headers=identity).headers["etag"]
    headers = {"If-None-Match": sent.format(tag=tag), **identity}
    assert ask(ARTICLES, headers=headers).status_code == status


@pytest.mark.parametrize("path", [p for p in PATHS if "publishers" not in p])
def test_the_time_of_a_change_is_a_validator_too(put: Put, ask: Ask, path: str) -> None:
    put()
    modified = ask(path).headers["last-modified"]
    assert modified == "Sat, 01 Aug 2026 03:00:00 GMT"
    assert ask(path, headers={"If-Modified-Since": modified}).status_code == 304
    for other in ("Sat, 01 Aug 2026 02:59:59 GMT", "Sun, 02 Aug 2026 03:00:00 GMT", "gestern"):
        assert ask(path, headers={"If-Modified-Since": other}).status_code == 200
    wins = {"If-None-Match": '"other"', "If-Modified-Since": modified}
    assert ask(path, headers=wins).status_code == 200


def test_a_list_from_which_something_was_taken_has_changed(
    database: Database, put: Put, ask: Ask
) -> None:
    put()
    modified = ask(ARTICLES).headers["last-modified"]
    with database.session() as session:
        later = NOW.replace(hour=9)
        tombstones.bury(session, "contoh", ["https://contoh.example/x"], "diminta", later)
    assert ask(ARTICLES, headers={"If-Modified-Since": modified}).status_code == 200


# --- caching --------------------------------------------------------------------------------------


def test_an_answer_says_how_long_it_keeps(put: Put, ask_as: AskAs) -> None:
    answer = ask_as(web=WebConfig(max_age=30))(ARTICLES)
    assert answer.headers["cache-control"] == "public, max-age=30"
    assert ask_as()(ARTICLES).headers["cache-control"] == "no-cache"


def test_an_answer_is_shown_again_while_it_keeps(put: Put, ask_as: AskAs) -> None:
    keeping, asking = ask_as(web=WebConfig(max_age=300)), ask_as()
    for ask in (keeping, asking):
        assert ask(ARTICLES).json()["articles"] == []
    put()
    assert keeping(ARTICLES).json()["articles"] == []
    assert len(keeping(f"{ARTICLES}?limit=5").json()["articles"]) == 1  # another question
    assert len(asking(ARTICLES).json()["articles"]) == 1


def test_health_is_asked_anew_each_time(put: Put, ask_as: AskAs) -> None:
    ask = ask_as(web=WebConfig(max_age=300))
    assert ask("/api/v1/health").json()["last_seen"] is None
    put()
    assert ask("/api/v1/health").json()["last_seen"] is not None


# --- compression ----------------------------------------------------------------------------------


def test_a_long_answer_is_compressed_for_who_takes_it(put: Put, ask: Ask) -> None:
    put()
    plain = ask(ARTICLES, headers={"Accept-Encoding": "identity"})
    small = ask(ARTICLES, headers={"Accept-Encoding": "br;q=1, gzip;q=0.5"})
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    assert small.content == plain.content  # httpx unpacks
    assert int(small.headers["content-length"]) == len(gzip.compress(plain.content, 5, mtime=0))
    assert small.headers["etag"] == f"W/{plain.headers['etag']}"
    for answer in (plain, small):
        assert "Accept-Encoding" in answer.headers["vary"]


@pytest.mark.parametrize("accepted", ["gzip;q=0", "", "br", "gzip;q=x", "identity, *;q=0"])
def test_who_takes_no_gzip_gets_none(put: Put, ask: Ask, accepted: str) -> None:
    put()
    assert "content-encoding" not in ask(ARTICLES, headers={"Accept-Encoding": accepted}).headers


# --- HEAD -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PATHS)
def test_head_is_get_without_the_body(put: Put, ask: Ask, path: str) -> None:
    put()
    headers = {"Accept-Encoding": "identity"}
    got, head = ask(path, headers=headers), ask(path, "HEAD", headers=headers)
    assert head.content == b""
    assert dict(head.headers) == dict(got.headers)
    assert int(head.headers["content-length"]) == len(got.content)


# --- refusals -------------------------------------------------------------------------------------

REFUSALS: list[tuple[str, str, dict[str, str], int]] = [
    ("GET", "/api/v1/nowhere", {}, 404),
    ("GET", f"{ARTICLES}/", {}, 404),
    ("GET", f"{ARTICLES}/4711", {}, 404),
    ("GET", "/api/v2/articles", {}, 404),
    ("POST", ARTICLES, {}, 405),
    ("DELETE", "/feed.rss", {}, 405),
    ("OPTIONS", ARTICLES, {}, 405),
    ("GET", ARTICLES, {"Accept": "text/html"}, 406),
    ("GET", ARTICLES, {"Accept": "application/json;q=0, */*;q=0"}, 406),
    ("GET", f"{ARTICLES}?text={'x' * 5000}", {}, 414),
    ("GET", f"{ARTICLES}/x", {}, 422),
    ("GET", f"{ARTICLES}/0", {}, 422),
    ("GET", f"{ARTICLES}/2147483648", {}, 422),
    ("GET", f"{ARTICLES}?limit=0", {}, 422),
    ("GET", f"{ARTICLES}?limit=101", {}, 422),
    ("GET", f"{ARTICLES}?limit=1_0", {}, 422),
    ("GET", f"{ARTICLES}?limit=%D9%A1", {}, 422),
    ("GET", f"{ARTICLES}?cursor=x", {}, 422),
    ("GET", f"{ARTICLES}?since=kemarin", {}, 422),
    ("GET", f"{ARTICLES}?since=2026-02-30", {}, 422),
    ("GET", f"{ARTICLES}?since=%202026-02-03", {}, 422),
    ("GET", f"{ARTICLES}?since=2026-08-02&until=2026-08-01", {}, 422),
    ("GET", f"{ARTICLES}?publisher=", {}, 422),
    ("GET", f"{ARTICLES}?publisher=%20", {}, 422),
    ("GET", f"{ARTICLES}?publisher=%1D%09", {}, 422),
    ("GET", f"{ARTICLES}?text={'x' * (LONGEST_TEXT + 1)}", {}, 422),
    ("GET", f"{ARTICLES}?publisher=a&publisher=a", {}, 422),
    ("GET", f"{ARTICLES}?penerbit=republika", {}, 422),
    ("GET", "/api/v1/search", {}, 422),
    ("GET", "/api/v1/facets?by=nothing", {}, 422),
    ("GET", "/api/v1/stats?x=1", {}, 422),
    ("GET", "/feed.rss?cursor=x", {}, 422),
]


@pytest.mark.parametrize(("method", "path", "headers", "status"), REFUSALS)
def test_every_refusal_is_a_problem_document(
    ask: Ask, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = ask(path, method, headers=headers)
    found = answer.json()
    assert answer.status_code == found["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert valid("Problem", found) == []
    assert found["type"].startswith("http://berita.example/api/v1/#")


def test_all_that_is_wrong_is_said_at_once(ask: Ask) -> None:
    found = ask(f"{ARTICLES}?limit=x&since=y&zzz=1").json()
    assert [error["parameter"] for error in found["errors"]] == ["limit", "since", "zzz"]


@pytest.mark.parametrize(
    ("asked", "spoken", "title"),
    [
        ("id", "id", "Tidak ada apa-apa di alamat ini."),
        ("en-GB, id;q=0.5", "en", "There is nothing at this address."),
        ("fr, de;q=0.9", "id", "Tidak ada apa-apa di alamat ini."),
        ("en;q=0", "id", "Tidak ada apa-apa di alamat ini."),
        ("", "id", "Tidak ada apa-apa di alamat ini."),
    ],
)
def test_refusals_speak_the_clients_language(ask: Ask, asked: str, spoken: str, title: str) -> None:
    answer = ask("/api/v1/nowhere", headers={"Accept-Language": asked})
    assert (answer.headers["content-language"], answer.json()["title"]) == (spoken, title)
    assert "Accept-Language" in answer.headers["vary"]


def test_the_schools_language_is_spoken_to_who_names_none(ask_as: AskAs) -> None:
    assert ask_as(language="en")("/api/v1/nowhere").headers["content-language"] == "en"


def test_what_is_wrong_with_a_parameter_is_said_in_that_language_too(ask: Ask) -> None:
    for spoken, words in (("en", "write a day as"), ("id", "tulis hari sebagai")):
        found = ask(f"{ARTICLES}?since=x", headers={"Accept-Language": spoken}).json()
        assert words in found["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("error", "status"),
    [(RuntimeError("rahasia"), 500), (StorageError("sqlite:///rahasia", "rahasia"), 503)],
)
def test_our_insides_are_for_the_log(
    ask: Ask,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    status: int,
) -> None:
    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(questions, "articles", fail)
    with caplog.at_level(logging.ERROR):
        answer = ask(ARTICLES)
    assert answer.status_code == status
    assert "rahasia" not in answer.text
    assert "Traceback" not in answer.text
    assert "rahasia" in caplog.text


def test_a_database_that_is_gone_is_a_problem_not_an_end(
    database: Database, put: Put, ask: Ask
) -> None:
    put()
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE article_topic"))
    answer = ask(ARTICLES)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert ask("/api/v1/publishers").status_code == 200


def test_every_kind_of_problem_is_refused_somewhere() -> None:
    """The table above, the limit below, ``test_withdrawn``, and the two that are nobody's wish."""
    others = {410, 429, 500, 503}
    assert {kind.status for kind in KINDS} == {status for *_, status in REFUSALS} | others


# --- limits and proxies ---------------------------------------------------------------------------


def test_who_asks_too_much_waits(ask_as: AskAs) -> None:
    ask = ask_as(web=WebConfig(rate_limit=3))
    answers = [ask("/api/v1/nowhere") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 429, 429]
    assert answers[-1].headers["retry-after"] == "20"
    assert valid("Problem", answers[-1].json()) == []
    assert ask("/api/v1/nowhere", address="203.0.113.8").status_code == 404


def test_a_proxy_that_is_not_trusted_cannot_name_a_client(ask_as: AskAs) -> None:
    ask = ask_as(web=WebConfig(rate_limit=1))
    answers = [ask("/x", headers={"X-Forwarded-For": f"203.0.113.{n}"}) for n in range(2)]
    assert [answer.status_code for answer in answers] == [404, 429]


def test_behind_a_trusted_proxy_clients_are_told_apart(ask_as: AskAs) -> None:
    ask = ask_as(web=WebConfig(rate_limit=1, trusted_proxies=("10.0.0.0/8",)))

    def status(*chain: str) -> int:
        headers = {"X-Forwarded-For": ", ".join(chain)}
        return ask("/api/x", address="10.1.2.3", headers=headers).status_code

    assert [status("203.0.113.1"), status("203.0.113.2")] == [404, 404]
    # What the client itself claims to have come through is not believed.
    assert status("203.0.113.99", "203.0.113.1") == 429


def test_a_trusted_proxy_says_by_which_scheme_it_was_asked(ask_as: AskAs) -> None:
    ask = ask_as(web=WebConfig(max_age=0, rate_limit=0, trusted_proxies=("10.1.2.3",)))
    headers = {"X-Forwarded-Proto": "https"}
    assert ask("/api/x", address="10.1.2.3", headers=headers).json()["type"].startswith("https://")
    assert ask("/api/x", headers=headers).json()["type"].startswith("http://")


def test_the_configured_address_is_in_every_link(put: Put, ask_as: AskAs) -> None:
    put()
    put()
    ask = ask_as(base_url="https://berita.smkn1.example/aggregator")
    answer = ask(f"{ARTICLES}?limit=1")
    for link in ("next", "alternate"):
        assert answer.links[link]["url"].startswith("https://berita.smkn1.example/aggregator/")


@pytest.mark.parametrize("host", ['evil"><script>', "a/b", "a b", ""])
def test_an_impossible_host_is_in_no_link(put: Put, ask: Ask, host: str) -> None:
    put()
    answer = ask(ARTICLES, headers={"Host": host})
    assert answer.links["alternate"]["url"] == "http://localhost/feed.atom"


# --- CORS -----------------------------------------------------------------------------------------

PORTAL = "https://portal.example"
ASKED = {"Origin": PORTAL, "Access-Control-Request-Method": "GET"}


def test_scripts_of_other_sites_read_nothing_unless_allowed(ask: Ask) -> None:
    assert "access-control-allow-origin" not in ask(ARTICLES, headers={"Origin": PORTAL}).headers


def test_scripts_of_an_allowed_site_read_answers_and_problems(ask_as: AskAs) -> None:
    ask = ask_as(web=WebConfig(max_age=0, rate_limit=0, cors_origins=(PORTAL,)))
    for path in (ARTICLES, "/api/v1/nowhere"):
        allowed = ask(path, headers={"Origin": PORTAL})
        assert allowed.headers["access-control-allow-origin"] == PORTAL
        assert "Origin" in allowed.headers["vary"]
        other = ask(path, headers={"Origin": "https://evil.example"})
        assert "access-control-allow-origin" not in other.headers


def test_a_browser_may_ask_first(ask_as: AskAs) -> None:
    ask = ask_as(web=WebConfig(cors_origins=(PORTAL,)))
    allowed = ask(ARTICLES, "OPTIONS", headers=ASKED)
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (200, PORTAL)
    refused = ask(ARTICLES, "OPTIONS", headers={**ASKED, "Origin": "https://evil.example"})
    assert (refused.status_code, refused.content) == (204, b"")
    assert "access-control-allow-origin" not in refused.headers


# --- the process ----------------------------------------------------------------------------------


def test_the_web_side_starts_without_the_crawler() -> None:
    program = (
        "import json, sys, aggregator.web.app, aggregator.client; "
        "print(json.dumps([name for name in ('scrapy', 'twisted') if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert json.loads(done.stdout) == []


def test_no_endpoint_answers_twice_under_one_name() -> None:
    names = [endpoint.name for endpoint in api.ENDPOINTS]
    assert len(names) == len(set(names))


def test_answers_are_not_guessed_at_by_browsers(ask: Ask) -> None:
    for path in (ARTICLES, "/api/v1/nowhere"):
        assert ask(path).headers["x-content-type-options"] == "nosniff"
