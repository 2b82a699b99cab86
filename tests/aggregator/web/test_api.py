"""The JSON API: what each endpoint answers, and that it is what the description says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from jsonschema_rs import Draft202012Validator

from aggregator.model import Credit, RightsBasis, Role
from aggregator.web.app import SERVED
from aggregator.web.endpoint import Endpoint
from aggregator.web.examples import examples
from aggregator.web.schemas import SCHEMAS
from pipelines.store import store
from storage.database import Database
from tests.aggregator.web.conftest import OPEN, Ask, Put
from tests.pipelines.builders import NOW, attributed, body_of

ARTICLES = "/api/v1/articles"


def valid(schema: str, found: object) -> list[str]:
    """What is wrong with an answer, by the schema of that name."""
    whole = {**SCHEMAS[schema], "components": {"schemas": dict(SCHEMAS)}}
    checker = Draft202012Validator(whole, validate_formats=True)
    return [str(error.message) for error in checker.iter_errors(found)]


# --- articles -------------------------------------------------------------------------------------


def test_articles_come_newest_first(put: Put, ask: Ask) -> None:
    old = put(published_raw="29 Juli 2026 08:00 WIB")
    new = put(published_raw="31 Juli 2026 08:00 WIB")
    found = ask(ARTICLES).json()
    assert [article["id"] for article in found["articles"]] == [new, old]
    assert found["next_cursor"] is None


def test_pages_lead_to_each_other(put: Put, ask: Ask) -> None:
    ids = [put(published_raw=f"{day} Juli 2026 08:00 WIB") for day in range(1, 6)]
    seen: list[int] = []
    address = f"{ARTICLES}?limit=2&publisher=contoh"
    while address:
        answer = ask(address)
        seen += [article["id"] for article in answer.json()["articles"]]
        address = answer.links["next"]["url"] if "next" in answer.links else ""
        assert bool(address) == bool(answer.json()["next_cursor"])
    assert seen == ids[::-1]


FILTERS = {
    "publisher": "lain",
    "section": "pendidikan",
    "tag": "smk",
    "topic": "vokasi",
    "author": "rini",
    "since": "2026-07-31",
    "until": "2026-07-31",
    "text": "bengkel",
}


@pytest.mark.parametrize(("name", "value"), FILTERS.items())
def test_a_filter_leaves_only_what_it_asks_for(put: Put, ask: Ask, name: str, value: str) -> None:
    wanted = put(
        name="lain" if name == "publisher" else "contoh",
        section="Pendidikan",
        tags=("SMK",),
        topics=("vokasi",),
        credits=(Credit(name="Rini Contoh", role=Role.REPORTER),),
        published_raw="31 Juli 2026 08:00 WIB",
        body_html=body_of("Siswa di bengkel sekolah."),
    )
    put(published_raw="30 Juli 2026 08:00 WIB" if name != "until" else "1 Agustus 2026 08:00 WIB")
    found = ask(ARTICLES, params={name: value}).json()
    assert [article["id"] for article in found["articles"]] == [wanted]


def test_the_days_are_the_schools(put: Put, ask_as: Callable[..., Ask]) -> None:
    wanted = put(published_raw="31 Juli 2026 23:30 WIB")  # half past midnight WITA
    for zone, day in (("Asia/Makassar", "2026-08-01"), ("Asia/Jakarta", "2026-07-31")):
        found = ask_as(timezone=zone)(ARTICLES, params={"since": day, "until": day}).json()
        assert [article["id"] for article in found["articles"]] == [wanted]


def test_what_is_not_publishable_does_not_leave(put: Put, ask: Ask) -> None:
    hidden = put(published_raw=None)
    assert ask(ARTICLES).json()["articles"] == []
    assert ask(f"{ARTICLES}/{hidden}").status_code == 404
    assert ask("/api/v1/search?q=berita").json()["articles"] == []
    assert ask("/api/v1/counts").json()["counts"] == {}
    assert ask("/api/v1/facets?by=publisher").json()["counts"] == {}
    assert ask("/api/v1/publishers").json()["publishers"][0]["articles"] == 0


@pytest.mark.parametrize("basis", RightsBasis)
def test_text_leaves_only_where_the_rights_allow_it(put: Put, ask: Ask, basis: RightsBasis) -> None:
    number = put(basis=basis)
    one = ask(f"{ARTICLES}/{number}").json()
    (listed,) = ask(ARTICLES).json()["articles"]
    full = basis.allows_full_text
    assert bool(one["body"]) == bool(one["body_html"]) == bool(listed["body"]) == full
    assert [bool(revision["body"]) for revision in one["history"]] == [full]
    assert one["excerpt"]
    assert one["attribution"]["credit_line"]


def test_an_article_comes_with_its_history(database: Database, put: Put, ask: Ask) -> None:
    number = put(basis=OPEN)
    url = "https://contoh.example/berita/1/judul"
    corrected = attributed(
        url=url, body_html=body_of("Ralat."), fetched_at=NOW + timedelta(hours=1)
    )
    store(database, corrected, cause="channel")
    found = ask(f"{ARTICLES}/{number}").json()
    assert found["revision"] == 2
    assert [r["number"] for r in found["history"]] == [1, 2]
    assert "body" in found["history"][1]["changed"]


@pytest.mark.parametrize(
    "key",
    [
        "1",
        "contoh:k1",
        "https://contoh.example/berita/1/judul",
        "http://contoh.example/berita/1/judul?utm_source=x",
    ],
)
def test_an_article_is_found_under_all_its_names(put: Put, ask: Ask, key: str) -> None:
    number = put(external_id="k1", canonical_url="https://contoh.example/berita/1/judul")
    answer = ask("/api/v1/lookup", params={"key": key})
    assert answer.json()["id"] == number
    assert answer.links["canonical"]["url"] == f"http://berita.example{ARTICLES}/{number}"


def test_what_is_not_held_is_not_found(ask: Ask) -> None:
    for path in (f"{ARTICLES}/1", "/api/v1/lookup?key=contoh:k1", "/api/v1/lookup?key=http:///"):
        assert ask(path).status_code == 404, path


def test_search_finds_words(put: Put, ask: Ask) -> None:
    wanted = put(headline="Beasiswa Magang untuk Siswa")
    put(headline="Beasiswa Kuliah")
    answer = ask("/api/v1/search", params={"q": "magang beasiswa", "limit": "1"})
    assert [article["id"] for article in answer.json()["articles"]] == [wanted]
    assert answer.links["alternate"]["url"].endswith("/feed.atom?text=magang+beasiswa")


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "counts"),
    [
        ("day", {"2026-07-31": 1, "2026-08-01": 2}),
        ("month", {"2026-07-01": 1, "2026-08-01": 2}),
    ],
)
def test_counts_over_time_by_the_schools_clock(
    put: Put, ask: Ask, period: str, counts: dict[str, int]
) -> None:
    for moment in ("31 Juli 2026 22:59", "31 Juli 2026 23:00", "1 Agustus 2026 22:59"):
        put(published_raw=f"{moment} WIB")
    found = ask("/api/v1/counts", params={"period": period}).json()
    assert found == {"period": period, "timezone": "Asia/Makassar", "counts": counts}


def test_counts_take_the_filters(put: Put, ask: Ask) -> None:
    put(tags=("SMK",))
    put()
    assert ask("/api/v1/counts?period=month&tag=smk").json()["counts"] == {"2026-07-01": 1}


@pytest.mark.parametrize(
    ("by", "counts"),
    [
        ("publisher", {"contoh": 2, "lain": 1}),
        ("section", {"Pendidikan": 2}),
        ("tag", {"SMK": 2, "guru": 1}),
        ("topic", {"vokasi": 1}),
    ],
)
def test_facets(put: Put, ask: Ask, by: str, counts: dict[str, int]) -> None:
    put(section="Pendidikan", tags=("SMK", "guru"), topics=("vokasi",))
    put(section="Pendidikan", tags=("SMK",))
    put(name="lain")
    found = ask("/api/v1/facets", params={"by": by}).json()
    assert found == {"by": by, "counts": counts}
    assert list(found["counts"].items()) == list(counts.items())


def test_facets_take_the_filters(put: Put, ask: Ask) -> None:
    put(tags=("SMK", "guru"))
    put(tags=("SMA",))
    assert ask("/api/v1/facets?by=tag&tag=smk").json()["counts"] == {"SMK": 1, "guru": 1}


def test_publishers_come_with_their_feeds(put: Put, ask: Ask) -> None:
    put()
    (found,) = ask("/api/v1/publishers").json()["publishers"]
    assert (found["name"], found["articles"]) == ("contoh", 1)
    assert found["feeds"]["rss"] == "http://berita.example/feed.rss?publisher=contoh"
    assert ask(found["feeds"]["json"]).json()["title"].endswith("Harian Contoh")


def test_stats_are_those_of_the_command_line(put: Put, ask: Ask) -> None:
    put()
    assert ask("/api/v1/stats").json()["articles"] == 1


def test_health_is_one_word_and_never_kept(ask: Ask) -> None:
    answer = ask("/api/v1/health")
    assert answer.json() == {"status": "unknown", "findings": 0, "last_seen": None}
    assert answer.headers["cache-control"] == "no-cache"


# --- as described ---------------------------------------------------------------------------------

WITH_SCHEMA = [endpoint for endpoint in SERVED if endpoint.schema]


@pytest.mark.parametrize("endpoint", WITH_SCHEMA, ids=lambda endpoint: endpoint.name)
def test_an_answer_is_what_the_description_says(
    prints: Callable[..., list[int]], ask: Ask, endpoint: Endpoint
) -> None:
    credited = {"credits": (Credit(name="Rini", role=Role.REPORTER),), "external_id": "k1"}
    number, _ = prints({"basis": OPEN, **credited}, {"name": "lain"})
    known = {"id": number, "key": "contoh:k1", "q": "berita", "by": "tag", "period": "day"}
    path = endpoint.path.format(**known)
    needed = {p.name: known[p.name] for p in endpoint.parameters if p.required and not p.in_path}
    answer = ask(path, params=needed)
    assert answer.status_code == 200
    assert valid(endpoint.schema or "", answer.json()) == []


@pytest.mark.parametrize("name", examples())
def test_an_example_is_what_the_schema_says(name: str) -> None:
    assert valid(name, examples()[name]) == []


def test_every_answer_has_an_example() -> None:
    assert {endpoint.schema for endpoint in WITH_SCHEMA} | {"Problem"} == set(examples())


def test_the_description_names_what_is_served_and_nothing_else(ask: Ask) -> None:
    """Both come from one declaration; what is served is asked of the router."""
    described = ask("/api/v1/openapi.json").json()
    assert described["openapi"] == "3.1.0"
    assert set(described["paths"]) == {endpoint.path for endpoint in SERVED}
    for path, methods in described["paths"].items():
        answer = ask(path.replace("{id}", "1"), "DELETE")
        assert answer.status_code == 405, path
        assert set(methods) == {"get"}
        assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.parametrize("endpoint", SERVED, ids=lambda endpoint: endpoint.name)
def test_every_described_parameter_is_taken(put: Put, ask: Ask, endpoint: Endpoint) -> None:
    put()
    described = ask("/api/v1/openapi.json").json()["paths"][endpoint.path]["get"]
    given = {p["name"]: p["example"] for p in described["parameters"] if p["in"] == "query"}
    given.pop("cursor", None)  # an invented one belongs to no page
    answer = ask(endpoint.path.replace("{id}", "1"), params=given)
    assert answer.status_code in (200, 404), answer.text


def test_the_page_for_people_names_every_endpoint_and_the_feeds(ask: Ask) -> None:
    page = ask("/api/v1/")
    assert page.headers["content-type"].startswith("text/html")
    for endpoint in SERVED:
        assert f"GET {endpoint.path}" in page.text
    assert page.text.count('rel="alternate"') == 3


def test_the_page_for_people_is_where_one_looks_first(ask: Ask) -> None:
    answer = ask("/api/v1")
    assert (answer.status_code, answer.headers["location"]) == (
        307,
        "http://berita.example/api/v1/",
    )
