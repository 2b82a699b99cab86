"""Who comes in, with what, and what a guest can do: nothing but sign in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from aggregator.model import DeskRole, DeskUser
from aggregator.web.desk.app import LARGEST_FORM, PAGES
from aggregator.web.desk.page import Page
from tests.aggregator.web.desk.browser import ADMIN, EDITOR, SECRET, Browser
from tests.aggregator.web.desk.conftest import Watch
from tests.pipelines.builders import NOW

GUESTS = {("GET", "/masuk"), ("POST", "/masuk")}
"""The only pages for those who have not signed in. Another one is to be a decision."""
FOR_ADMINS = "/pengguna"


def address(page: Page) -> str:
    path = page.path
    for name, value in page.examples.items():
        for spelling in (f"{{{name}:int}}", f"{{{name}}}"):
            path = path.replace(spelling, value)
    return f"/meja{path}"


def named(page: Page) -> str:
    return f"{page.method} {page.path}"


every_page = pytest.mark.parametrize("page", PAGES, ids=named)


# --- who may --------------------------------------------------------------------------------------


def test_every_page_says_who_may() -> None:
    assert {(p.method, p.path) for p in PAGES if p.role is None} == GUESTS
    for page in PAGES:
        is_admins = page.path.startswith(FOR_ADMINS)
        assert page.role is None or (page.role is DeskRole.ADMIN) == is_admins
        assert "{" not in address(page), "give examples for the page's parameters"
    assert len({(p.method, p.path) for p in PAGES}) == len(PAGES)


def test_every_route_is_one_of_the_pages(app: Any) -> None:
    (mounted,) = [r for r in app.routes if r.path == "/meja" and hasattr(r, "routes")]
    routes = {(m, r.path) for r in mounted.routes for m in r.methods - {"HEAD"}}
    files = {("GET", f"/berkas/desk.{kind}") for kind in ("css", "js", "svg")}
    assert routes == {(p.method, p.path) for p in PAGES} | files


@every_page
def test_a_guest_is_sent_to_the_door(browser: Browser, page: Page) -> None:
    if (page.method, page.path) in GUESTS:
        return
    answer = browser.ask(page.method, address(page))
    assert answer.status_code == 303
    assert urlsplit(answer.headers["location"]).path == "/meja/masuk"
    assert answer.content == b""


@every_page
def test_an_editor_may_not_administer(editor: Browser, page: Page) -> None:
    if (page.method, page.path) in GUESTS:
        return
    options: dict[str, Any] = {}
    if page.method == "POST":
        options["data"] = {"form_token": editor.token(), "next": "/meja/"}
    answer = editor.ask(page.method, address(page), **options)
    assert (answer.status_code == 403) == (page.role is DeskRole.ADMIN), answer.text


@every_page
def test_a_form_without_its_token_does_nothing(admin: Browser, page: Page) -> None:
    if page.method != "POST":
        return
    stranger = Browser(admin.app)
    stranger.sign_in(EDITOR)
    tokens = ("", "0" * 64, stranger.token(), admin.cookies["__Host-meja"])
    for token in tokens:
        answer = admin.post(address(page), {"form_token": token, "reason": "x", "name": "x"})
        assert answer.status_code == 403
        assert "Tidak ada yang diubah" in answer.text
    assert admin.post(address(page)).status_code == 403


@every_page
def test_a_form_from_another_site_does_nothing(admin: Browser, page: Page) -> None:
    if page.method != "POST":
        return
    on = "/meja/masuk" if page.role is None else "/meja/sandi"
    browser = Browser(admin.app) if page.role is None else admin
    fields = {"form_token": browser.token(on)}
    for said in (
        {"Origin": "https://jahat.example"},
        {"Origin": "null"},
        {"Origin": "http://berita.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        assert browser.post(address(page), fields, headers=said).status_code == 403


@every_page
def test_another_method_is_refused_and_tells_nothing(browser: Browser, page: Page) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        answer = browser.ask(method, address(page))
        assert answer.status_code == 405
        assert answer.headers["cache-control"] == "no-store"


@every_page
def test_every_answer_is_guarded(admin: Browser, page: Page) -> None:
    for browser in (Browser(admin.app), admin):
        answer = browser.ask(page.method, address(page))
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "max-age" in answer.headers["strict-transport-security"]


def test_what_is_not_there_is_guarded_too(browser: Browser) -> None:
    answer = browser.get("/meja/tidak-ada/<script>")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-store"
    assert "<script>" not in answer.text.replace("<script src=", "")


@pytest.mark.parametrize("name", ["desk.css", "desk.js", "desk.svg"])
def test_style_and_script_are_files(browser: Browser, name: str) -> None:
    answer = browser.get(f"/meja/berkas/{name}")
    assert answer.status_code == 200
    assert "nosniff" in answer.headers["x-content-type-options"]
    assert browser.get("/meja/berkas/../app.py").status_code == 404
    assert browser.get("/meja/berkas/..%2fapp.py").status_code == 404


def test_no_page_has_script_or_style_inside(admin: Browser) -> None:
    for page in PAGES:
        if page.method == "GET" and page.path != "/masuk":
            text = admin.get(address(page)).text
            assert text.count("<script") == text.count("<script src=") == 1
            assert "<style" not in text
            assert " style=" not in text
            assert not re.search(r"<[^>]* on[a-z]+=", text)


# --- in and out -----------------------------------------------------------------------------------


def test_signing_in_leads_to_where_one_wanted(browser: Browser) -> None:
    sent = browser.get("/meja/?tray=held&flag=none")
    wanted = parse_qs(urlsplit(sent.headers["location"]).query)["next"][0]
    assert wanted == "/meja/?tray=held&flag=none"
    answer = browser.sign_in(next=wanted)
    assert (answer.status_code, answer.headers["location"]) == (303, wanted)
    assert browser.get("/meja/").status_code == 200


def test_signing_out_ends_the_session(editor: Browser) -> None:
    before = dict(editor.cookies)
    answer = editor.send("/meja/keluar")
    assert answer.headers["location"] == "/meja/masuk?done=left"
    editor.cookies = before
    assert editor.get("/meja/").status_code == 303


def test_cookies_are_out_of_reach(browser: Browser) -> None:
    browser.get("/meja/masuk")
    (guest,) = browser.set_cookies
    browser.sign_in()
    session = next(c for c in browser.set_cookies if c.startswith("__Host-meja="))
    for cookie in (guest, session):
        assert cookie.startswith("__Host-meja")
        attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"httponly", "secure", "path=/", "samesite=lax"} <= attributes
        assert not any(part.startswith("domain") for part in attributes)


def test_a_browser_on_the_machine_itself_needs_no_https(app: Any) -> None:
    for base in ("http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"):
        local = Browser(app, base=base, address="127.0.0.1")
        assert local.sign_in().status_code == 303
        assert "secure" not in local.set_cookies[0].lower()
        assert local.get("/meja/").status_code == 200


@pytest.mark.parametrize(
    "base", ["http://berita.example", "http://192.168.1.5:8000", "http://127.0.0.1.jahat.example"]
)
def test_no_password_is_asked_for_over_an_open_line(app: Any, base: str) -> None:
    exposed = Browser(app, base=base)
    answer = exposed.get("/meja/masuk")
    assert answer.status_code == 403
    assert "password" not in answer.text
    assert exposed.post("/meja/masuk", {"name": EDITOR, "password": SECRET}).status_code == 403


def test_a_proxy_that_ends_https_is_believed_as_configured(app_as: Callable[..., Any]) -> None:
    behind = Browser(app_as(base_url="https://sekolah.example/berita"), base="http://inside:8000")
    assert behind.get("/meja/masuk").status_code == 200
    answer = behind.sign_in()
    assert answer.headers["location"] == "/berita/meja/"
    assert "secure" in answer.headers["set-cookie"].lower()


def test_a_session_is_never_one_that_was_there_before(browser: Browser) -> None:
    browser.cookies["__Host-meja"] = planted = "a" * 43
    browser.sign_in()
    assert browser.cookies["__Host-meja"] != planted
    first = browser.cookies["__Host-meja"]
    other = Browser(browser.app, cookies={"__Host-meja": planted})
    assert other.get("/meja/").status_code == 303
    # Signing in once more ends the session before.
    del browser.cookies["__Host-meja"]
    token = browser.token("/meja/masuk")
    browser.cookies["__Host-meja"] = first
    browser.post("/meja/masuk", {"form_token": token, "name": EDITOR, "password": SECRET})
    assert browser.cookies["__Host-meja"] != first
    assert Browser(browser.app, cookies={"__Host-meja": first}).get("/meja/").status_code == 303


def test_signing_in_is_a_form_of_ours_too(app: Any) -> None:
    victim, attacker = Browser(app), Browser(app)
    victim.get("/meja/masuk")
    fields = {"form_token": attacker.token("/meja/masuk"), "name": EDITOR, "password": SECRET}
    assert victim.post("/meja/masuk", fields).status_code == 403
    assert Browser(app).post("/meja/masuk", fields).status_code == 403


def test_who_is_disabled_is_out_at_once(admin: Browser, app: Any) -> None:
    editor = Browser(app)
    editor.sign_in()
    assert admin.send("/meja/pengguna/Bu%20Ani/nonaktif").status_code == 303
    assert editor.get("/meja/").status_code == 303
    assert editor.sign_in().status_code == 401


def test_who_is_idle_is_out(editor: Browser, watch: Watch) -> None:
    watch.forward(timedelta(minutes=121))
    assert editor.get("/meja/").status_code == 303


# --- guessing -------------------------------------------------------------------------------------


def test_whoever_guesses_waits(browser: Browser, watch: Watch) -> None:
    answers = [browser.sign_in(password="salah-sama-sekali") for _ in range(6)]
    assert [a.status_code for a in answers] == [401] * 5 + [429]
    assert answers[-1].headers["retry-after"] == "900"
    assert browser.sign_in().status_code == 429
    watch.forward(timedelta(minutes=15))
    assert browser.sign_in().status_code == 303


def test_whoever_guesses_is_told_nothing(browser: Browser) -> None:
    wrong_password = browser.sign_in(password="salah-sama-sekali")
    wrong_name = browser.sign_in(name="Siapa")
    told = [
        a.text.partition("<main")[2].partition("<form")[0] for a in (wrong_password, wrong_name)
    ]
    assert told[0] == told[1]
    assert SECRET not in wrong_name.text


def test_an_own_password_is_guessed_at_no_more_often(editor: Browser) -> None:
    fields = {
        "old": "salah-sama-sekali",
        "password": "kunci-baru-sekali",
        "again": "kunci-baru-sekali",
    }
    statuses = [editor.send("/meja/sandi", **fields).status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]
    assert Browser(editor.app).sign_in().status_code == 429


# --- where one may be sent ------------------------------------------------------------------------

ELSEWHERE = (
    "https://jahat.example/",
    "//jahat.example/meja/",
    "/\\jahat.example",
    "/meja//jahat.example",
    "/meja/../../jahat",
    "/mejahat/",
    "javascript:alert(1)",
    "/meja/\r\nSet-Cookie: a=b",
    "/meja/%0d%0aSet-Cookie:%20a=b",
    "/meja/\x00",
    "/meja/?a=b\nc",
    "\t/meja/",
    "https:/meja/",
    "/meja/@jahat.example",
    "x" * 3000,
)


@pytest.mark.parametrize("wanted", ELSEWHERE, ids=lambda text: repr(text)[:30])
def test_nobody_is_sent_elsewhere(editor: Browser, wanted: str) -> None:
    guest = Browser(editor.app)
    answers = [
        guest.sign_in(next=wanted),
        editor.get("/meja/masuk", params={"next": wanted}),
        editor.send("/meja/artikel/1/tahan", next=wanted),
    ]
    for answer in answers:
        to = answer.headers["location"]
        assert answer.status_code == 303
        assert to.startswith("/meja/")
        assert "jahat" not in to
        assert ".." not in to
        assert "a" not in {c.partition("=")[0] for c in answer.headers.get_list("set-cookie")}


# --- what a form may be ---------------------------------------------------------------------------


def test_a_form_has_a_size_and_a_kind(editor: Browser) -> None:
    token = editor.token()
    big = {"form_token": token, "note": "x" * LARGEST_FORM}
    assert editor.post("/meja/artikel/1/tahan", big).status_code == 403
    many = "&".join(f"a{n}=1" for n in range(100)) + f"&form_token={token}"
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = editor.ask("POST", "/meja/artikel/1/tahan", content=many, headers=kind)
    assert answer.status_code == 403
    asked = editor.ask("POST", "/meja/artikel/1/tahan", json={"form_token": token})
    assert asked.status_code == 403
    raw = editor.ask("POST", "/meja/artikel/1/tahan", content=b"\xff\xfe=", headers=kind)
    assert raw.status_code == 403


@pytest.mark.parametrize("role", DeskRole)
def test_a_page_admits_whom_it_says(role: DeskRole) -> None:
    user = DeskUser(name="x", role=role, created_at=NOW)
    for page in PAGES:
        admitted = page.role is not DeskRole.ADMIN or role is DeskRole.ADMIN
        assert page.admits(user) == admitted
        assert page.admits(None) == (page.role is None)


def test_the_first_page_has_one_address(browser: Browser) -> None:
    assert browser.get("/meja").headers["location"] == "/meja/"


def test_an_administrator_is_told_of_administrators_pages(admin: Browser, editor: Browser) -> None:
    assert "/meja/pengguna" in admin.get("/meja/").text
    assert "/meja/pengguna" not in editor.get("/meja/").text
    assert ADMIN in admin.get("/meja/pengguna").text
