"""The JSON API: what each endpoint answers, and that it is what the description says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jsonschema_rs import Draft202012Validator

from aggregator.model import (
    Channel,
    ChannelKind,
    Credit,
    Discovery,
    Entry,
    Image,
    Review,
    ReviewState,
    RightsBasis,
    Role,
)
from aggregator.portalconfig import PortalConfig
from aggregator.web.app import SERVED
from aggregator.web.endpoint import Endpoint
from aggregator.web.examples import examples
from aggregator.web.schemas import SCHEMAS
from pipelines.store import store
from storage import channels, reviews
from storage.database import Database
from tests.aggregator.web.conftest import OPEN, Ask, Put
from tests.pipelines.builders import NOW, attributed, body_of, publisher

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
    "role": "reporter",
    "place": "balikpapan",
    "province": "kalimantan timur",
    "agency": "antara",
    "language": "id",
    "has_image": "yes",
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
        body_html=body_of("BALIKPAPAN - Siswa di bengkel sekolah."),
        agency="Antara",
        language="id",
        image=Image(url="https://contoh.example/1.jpg", caption=None, credit=None),
    )
    put(published_raw="30 Juli 2026 08:00 WIB" if name != "until" else "1 Agustus 2026 08:00 WIB")
    found = ask(ARTICLES, params={name: value}).json()
    assert [article["id"] for article in found["articles"]] == [wanted]


def test_several_publishers_are_any_of_them(put: Put, ask: Ask) -> None:
    wanted = {put(name="lain"), put(name="ketiga")}
    put()
    found = ask(ARTICLES, params={"publisher": "lain,ketiga"}).json()["articles"]
    assert {article["id"] for article in found} == wanted


def test_what_was_stored_since_a_day(put: Put, ask: Ask) -> None:
    then = NOW - timedelta(days=3)
    put(fetched_at=then, published_raw=None, published_at=then)
    late = put(fetched_at=NOW)
    day = NOW.astimezone(ZoneInfo("Asia/Makassar")).date().isoformat()
    found = ask(ARTICLES, params={"first_seen_since": day}).json()["articles"]
    assert [article["id"] for article in found] == [late]


@pytest.mark.parametrize("is_revised", [True, False])
def test_what_was_revised(database: Database, put: Put, ask: Ask, is_revised: bool) -> None:
    numbers = {True: put(), False: put()}
    url = "https://contoh.example/berita/1/judul"
    later = attributed(url=url, body_html=body_of("Ralat."), fetched_at=NOW + timedelta(hours=1))
    store(database, later, cause="channel")
    found = ask(ARTICLES, params={"revised": "yes" if is_revised else "no"}).json()["articles"]
    assert [article["id"] for article in found] == [numbers[is_revised]]


def test_what_a_channel_listed(database: Database, put: Put, ask: Ask) -> None:
    wanted, _ = put(), put()
    url = "https://contoh.example/berita/1/judul"
    rss = Channel(publisher="contoh", name="rss", kind=ChannelKind.FEED, url=f"{url}/rss")
    listed = Discovery(
        url=url, canonical_url=url, external_id=None, channel="rss", entry=Entry(url=url)
    )
    with database.session() as session:
        channels.ensure(session, publisher(), (rss,))
        channels.note_entries(session, "contoh", "rss", [listed], NOW, {})
    found = ask(ARTICLES, params={"channel": "rss"}).json()["articles"]
    assert [article["id"] for article in found] == [wanted]


def test_what_readers_are_shown(database: Database, put: Put, ask_as: Callable[..., Ask]) -> None:
    shown, hidden = put(), put()
    decided = Review(
        article_id=shown, state=ReviewState.APPROVED, decided_at=NOW, editor="Rini", revision=1
    )
    with database.session() as session:
        reviews.decide(session, decided, action="approve")
    ask = ask_as(portal=PortalConfig())
    for asked, ids in (({}, {shown, hidden}), ({"approved": "yes"}, {shown}), (NO, {hidden})):
        found = ask(ARTICLES, params=asked).json()["articles"]
        assert {article["id"] for article in found} == ids


NO = {"approved": "no"}


@pytest.mark.parametrize("path", [f"{ARTICLES}?", "/api/v1/search?q=nomor&"])
def test_a_total_is_counted_when_it_is_asked_for(put: Put, ask: Ask, path: str) -> None:
    for _ in range(3):
        put()
    assert ask(f"{path}limit=1").json()["total"] is None
    found = ask(f"{path}limit=1&total=yes").json()
    assert (len(found["articles"]), found["total"]) == (1, {"articles": 3, "exact": True})


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


def test_search_understands_the_language_of_queries(put: Put, ask: Ask) -> None:
    wanted = put(headline="Pembelajaran di SMK")
    put(headline="Pembelajaran di SMA")
    found = ask("/api/v1/search", params={"q": 'belajar -"SMA"'}).json()
    assert [article["id"] for article in found["articles"]] == [wanted]


def test_search_says_where_the_words_stand(put: Put, ask: Ask) -> None:
    put(headline="Beasiswa Magang", body_html=body_of("Siswa mendapat beasiswa penuh."), basis=OPEN)
    (found,) = ask("/api/v1/search", params={"q": "beasiswa"}).json()["articles"]
    assert found["headline_marks"] == [[0, 8]]
    (mark,) = found["snippet"]["marks"]
    assert found["snippet"]["text"][slice(*mark)] == "beasiswa"


def test_a_snippet_shows_no_more_than_may_leave(put: Put, ask: Ask) -> None:
    put(body_html=body_of(*["Paragraf pembuka yang panjang." * 9] * 3, "Kata rahasia di akhir."))
    (found,) = ask("/api/v1/search", params={"q": "rahasia"}).json()["articles"]
    assert "rahasia" not in found["snippet"]["text"]


def test_search_knows_better_spellings(put: Put, ask: Ask) -> None:
    put(headline="Beasiswa Magang untuk Siswa")
    found = ask("/api/v1/search", params={"q": "beasiswaa"}).json()
    assert (found["articles"], found["suggestion"]) == ([], "beasiswa")


def test_search_by_relevance(put: Put, ask: Ask) -> None:
    about = put(headline="Beasiswa", published_raw="1 Juli 2026 08:00 WIB")
    beside = put(
        headline="Kantin Sekolah",
        body_html=body_of("Ada beasiswa. " + "Menu kantin sekolah bertambah. " * 40),
    )
    for sort, ids in (("newest", [beside, about]), ("relevance", [about, beside])):
        found = ask("/api/v1/search", params={"q": "beasiswa", "sort": sort}).json()["articles"]
        assert [article["id"] for article in found] == ids


def test_a_school_has_other_names_of_its_own(
    put: Put, ask_as: Callable[..., Ask], tmp_path: Path
) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(OTHER_NAMES, encoding="utf-8")
    wanted = put(headline="Bengkel Otomotif Dibuka")
    found = ask_as(rules=rules)("/api/v1/search", params={"q": "TKRO"}).json()["articles"]
    assert [article["id"] for article in found] == [wanted]


OTHER_NAMES = """
[aliases.otomotif]
any = ["TKRO", "bengkel otomotif"]
"""


def test_a_query_that_cannot_be_meant_is_explained(ask: Ask) -> None:
    answer = ask("/api/v1/search", params={"q": "sebelum:kemarin"})
    assert answer.status_code == 422
    assert "kemarin" in answer.json()["errors"][0]["detail"]


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "counts"),
    [
        ("day", {"2026-07-31": 1, "2026-08-01": 2}),
        ("week", {"2026-07-27": 3}),
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
        ("month", {"2026-07": 3}),
    ],
)
def test_facets(put: Put, ask: Ask, by: str, counts: dict[str, int]) -> None:
    put(section="Pendidikan", tags=("SMK", "guru"), topics=("vokasi",))
    put(section="Pendidikan", tags=("SMK",))
    put(name="lain")
    found = ask("/api/v1/facets", params={"by": by}).json()
    assert found == {"by": by, "counts": counts, "articles": 3, "exact": True}
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
