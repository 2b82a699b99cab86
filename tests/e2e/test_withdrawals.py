"""Withdrawn articles: believed at the second sight, out of sight at once, and never back again."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from tests.e2e.world import World, article_page, html

TEXT = " ".join(f"Kalimat ke-{n} menceritakan kegiatan siswa di bengkel." for n in range(1, 16))
OTHER_TEXT = " ".join(f"Hal nomor {n} sama sekali tidak berkaitan dengannya." for n in range(15))


def path(number: int) -> str:
    return f"/berita/{number}/uji-{number}"


def serve(world: World, *numbers: int) -> None:
    for number in numbers:
        world.serve(path(number), html(article_page(number, f"{number} {TEXT}")))


def item(world: World, address: str, title: str = "Uji Kompetensi 1") -> str:
    link = address if "://" in address else f"{world.base}{address}"
    return f"<item><title>{title}</title><link>{link}</link></item>"


def listed(world: World, *options: str) -> list[int]:
    done = world.command("list", "--json", "--limit", "100", *options)
    assert done.code == 0, done.err
    return sorted(article["id"] for article in done.json["articles"])


def redirect(target: str) -> Response:
    return Response(status=302, headers={"Location": target})


def page(headline: str, *paragraphs: str, canonical: str = "") -> Response:
    """A page of the publisher's own layout."""
    text = article_page(1, "</p><p>".join(paragraphs), headline)
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return html(text.replace("<head>", f"<head>{link}").replace("BALIKPAPAN - ", ""))


SHELL = html(
    "<html><head><title>Harian Contoh</title></head><body><nav><a href='/'>Beranda</a></nav>"
    "<footer><p>Alamat redaksi: Jalan Contoh 1, Balikpapan.</p><p>Hak cipta Harian Contoh.</p>"
    "<p>Redaksi menerima tulisan dari pembaca dan guru di seluruh Kalimantan Timur.</p></footer>"
    "</body></html>"
)

GONE: dict[str, tuple[Response, str]] = {
    "not found": (html("<h1>Tidak ada</h1>", 404), "not found"),
    "gone": (html("<h1>Hilang</h1>", 410), "gone"),
    "home page": (redirect("/"), "redirected to the home page"),
    "section": (redirect("/kanal/pendidikan"), "redirected away"),
    "notice": (page("Uji Kompetensi", "Berita ini telah dicabut."), "says that it was withdrawn"),
    "soft 404": (page("Halaman Tidak Ditemukan", "Silakan kembali."), "not-found page"),
    "soft 404 of the system": (
        html("<title>404 Not Found</title><p>Maaf, halaman tidak ditemukan.</p>"),
        "not-found page",
    ),
    "shell": (SHELL, "page without an article"),
    "another article": (page("Judul Lain", OTHER_TEXT, canonical="/berita/99/lain"),
                        "another article's page"),
    "another article by redirect": (redirect("/berita/99/lain"), "another article's page"),
}  # fmt: skip

TROUBLE: dict[str, Response] = {
    "server error": html("Oops", 500),
    "unavailable": html("Sebentar", 503),
    "forbidden": html("Forbidden", 403),
    "challenge": html("<title>Just a moment...</title><script></script>", 200),
    "legal": html("451", 451),
    "error page": redirect("/maintenance"),
    "redirect loop": redirect("?x=1"),
    "outside host": redirect("https://outside.invalid/"),
    "empty": html(""),
    "a file": Response(b"%PDF-1.7", content_type="application/pdf"),
}


@pytest.fixture(scope="module")
def story(
    make_httpserver: HTTPServer,
    tmp_path_factory: pytest.TempPathFactory,
    shared_url: str,
) -> dict[str, Any]:
    """Three crawls of a site on which much is gone: what each said, and what is left."""
    make_httpserver.clear()
    world = World(make_httpserver, tmp_path_factory.mktemp("withdrawn"), shared_url)
    names = [*GONE, *TROUBLE, *(f"alive {n}" for n in range(len(GONE)))]
    numbers = {name: number for number, name in enumerate(names, start=1)}
    world.robots()
    world.feed(*numbers.values())
    serve(world, *numbers.values())
    world.serve("/", html("<h1>Beranda</h1>"))
    world.serve("/kanal/pendidikan", html("<h1>Pendidikan</h1>"))
    world.serve("/maintenance", html("<h1>Pemeliharaan</h1>"))
    world.serve("/berita/99/lain", page("Judul Lain", OTHER_TEXT))
    first = world.crawl()
    assert first.json["states"] == {"stored": len(names)}, first.err
    articles = {
        a["external_id"]: a["id"]
        for a in world.command("list", "--json", "--limit", "100").json["articles"]
    }
    world.feed()
    for name, (answer, _) in GONE.items():
        world.serve(path(numbers[name]), answer)
    for name, answer in TROUBLE.items():
        world.serve(path(numbers[name]), answer)
    world.let_pass(hours=2)
    runs = [world.crawl("--budget", "100")]
    # Too early to be sure, whatever happened meanwhile.
    world.let_pass(hours=5)
    runs.append(world.crawl("--budget", "100"))
    world.let_pass(hours=20)
    runs.append(world.crawl("--budget", "100"))
    return {
        "world": world,
        "ids": {name: articles[str(number)] for name, number in numbers.items()},
        "ends": [
            {
                name: run.json["publishers"][0]["ends"].get(f"{world.base}{path(number)}")
                for name, number in numbers.items()
            }
            for run in runs
        ],
        "listed": listed(world),
        "withdrawn": listed(world, "--withdrawn"),
        "sums": [(sum(r.json["states"].values()), r.json["discovered"]) for r in runs],
    }


@pytest.mark.parametrize("name", GONE)
def test_the_first_sight_is_a_suspicion(story: dict[str, Any], name: str) -> None:
    assert story["ends"][0][name] == f"suspected:{GONE[name][1]}"


@pytest.mark.parametrize("name", GONE)
def test_too_soon_after_the_first_nothing_is_believed(story: dict[str, Any], name: str) -> None:
    assert story["ends"][1][name] is None, "not even asked for"


@pytest.mark.parametrize("name", GONE)
def test_the_second_sight_is_believed(story: dict[str, Any], name: str) -> None:
    assert story["ends"][2][name] == f"withdrawn:{GONE[name][1]}"
    assert story["ids"][name] in story["withdrawn"]
    assert story["ids"][name] not in story["listed"]


@pytest.mark.parametrize("name", TROUBLE)
def test_trouble_is_never_believed(story: dict[str, Any], name: str) -> None:
    ends = [ends[name] for ends in story["ends"]]
    assert {(end or "").partition(":")[0] for end in ends} <= {"blocked", "failed", "dropped", ""}
    assert any(ends)
    assert story["ids"][name] in story["listed"]


def test_the_others_stay(story: dict[str, Any]) -> None:
    alive = {story["ids"][name] for name in story["ids"] if name.startswith("alive")}
    assert alive <= set(story["listed"])


def test_the_end_states_sum_up(story: dict[str, Any]) -> None:
    assert all(total == discovered for total, discovered in story["sums"])


def test_a_withdrawal_is_told_with_its_date_and_reason(story: dict[str, Any]) -> None:
    world, article_id = story["world"], str(story["ids"]["gone"])
    shown = world.command("show", article_id)
    assert shown.out.startswith("WITHDRAWN 20")
    assert "by the publisher: gone\n" in shown.out
    withdrawn = world.command("show", article_id, "--json").json["withdrawn"]
    assert (withdrawn["reason"], withdrawn["by"]) == ("gone", "publisher")


def test_the_held_text_is_not_overwritten_by_what_stands_there_now(story: dict[str, Any]) -> None:
    for name in ("another article", "shell", "soft 404", "notice"):
        shown = story["world"].command("show", str(story["ids"][name]), "--history", "--json").json
        assert len(shown["history"]) == 1
        assert "menceritakan kegiatan siswa" in shown["body"][0]


def test_an_export_leaves_nothing_of_it(story: dict[str, Any]) -> None:
    world, article_id = story["world"], story["ids"]["gone"]
    exported = world.command("export", "--json").out
    assert article_id not in story["listed"]
    assert f'{path(2)}"' not in exported
    locked = world.command("export", "--json", "--withdrawn").out
    assert "menceritakan kegiatan siswa" not in locked
    assert "menceritakan kegiatan siswa" in exported


# --- suspicions -----------------------------------------------------------------------------------


def test_a_sighting_in_between_clears_the_suspicion(either: World) -> None:
    world = either
    world.robots()
    world.feed(1, 2, 3)
    serve(world, 1, 2, 3)
    world.crawl()
    world.let_pass(hours=2)
    world.serve(path(1), html("", 404))
    assert world.crawl().json["states"] == {"suspected:not found": 1, "unchanged": 2}
    world.let_pass(hours=24)
    serve(world, 1)
    assert world.crawl().json["states"] == {"unchanged": 3}
    world.let_pass(hours=48)
    world.serve(path(1), html("", 404))
    assert world.crawl().json["states"] == {"suspected:not found": 1, "unchanged": 2}
    assert listed(world) == [1, 2, 3]


def test_trouble_in_between_neither_clears_nor_confirms(world: World) -> None:
    world.robots()
    world.feed(1)
    serve(world, 1)
    world.crawl()
    world.feed()
    for hours, status, state in (
        (2, 404, "suspected:not found"),
        (25, 500, "failed:http 500"),
        (2, 403, "blocked:refused (403)"),
        (2, 404, "withdrawn:not found"),
    ):
        world.let_pass(hours=hours)
        world.serve(path(1), html("", status))
        assert world.crawl().json["states"] == {state: 1}


def test_a_site_that_moved_is_not_believed(world: World) -> None:
    world.robots()
    numbers = range(1, 13)
    world.feed(*numbers)
    serve(world, *numbers)
    world.crawl()
    for number in numbers:
        world.serve(path(number), redirect("/"))
    world.serve("/", html("<h1>Kami pindah</h1>"))
    world.feed()
    for _ in range(2):
        world.let_pass(hours=30)
        done = world.crawl()
        assert done.json["states"] == {"failed:redirected to the home page": 12}
        assert done.code == 1
        assert done.json["publishers"][0]["sites_in_trouble"] == ["localhost"]
    assert listed(world) == list(numbers)


def test_a_small_site_that_moved_is_not_believed(world: World) -> None:
    world.robots()
    world.feed(1, 2, 3)
    serve(world, 1, 2, 3)
    world.crawl()
    for number in (1, 2, 3):
        world.serve(path(number), redirect("/"))
    world.serve("/", html("<h1>Kami pindah</h1>"))
    world.feed()
    for _ in range(2):
        world.let_pass(hours=30)
        assert world.crawl().json["states"] == {"failed:redirected to the home page": 3}
    assert listed(world) == [1, 2, 3]


def test_a_new_layout_is_no_withdrawal(world: World) -> None:
    """Nothing of what is looked at can be read: that says nothing about the articles."""
    world.robots()
    world.feed(1, 2)
    serve(world, 1, 2)
    world.crawl()
    for number in (1, 2):
        world.serve(path(number), SHELL)
    world.feed()
    for _ in range(3):
        world.let_pass(hours=30)
        states = world.crawl().json["states"]
        assert sum(states.values()) == 2
        assert not any(state.startswith(("suspected", "withdrawn")) for state in states)
    assert listed(world) == [1, 2]


# --- nothing comes back ---------------------------------------------------------------------------


def variants(world: World) -> list[str]:
    port = world.base.rpartition(":")[2]
    return [
        path(1),
        "/berita/1/slug-yang-lain",
        "/berita/1",
        f"{path(1)}?page=2",
        f"{path(1)}?utm_source=rss",
        f"/amp{path(1)}",
        f"{path(1)}/amp",
        "//berita//1/uji-1",
        f"http://127.0.0.1:{port}{path(1)}",
        f"http://m.localhost:{port}{path(1)}",
        f"http://www.127.0.0.1:{port}{path(1)}",
    ]


def test_a_withdrawn_article_does_not_come_back_by_any_address(either: World) -> None:
    world = either
    world.robots()
    world.feed(1)
    serve(world, 1)
    world.crawl()
    done = world.command("withdraw", "1", "--reason", "permintaan orang tua", "--by", "Bu Rini")
    assert done.code == 0, done.err
    assert listed(world) == []
    world.asked.clear()
    # All of them are one identity: a single URL is discovered.
    world.feed(extra="".join(item(world, address) for address in variants(world)))
    assert world.crawl("--recheck").json["states"] == {"known:withdrawn": 1}
    world.serve("/rss-lain", world.answers["/rss"])
    assert world.crawl("--channels", "rss-lain", "rss").json["states"] == {"known:withdrawn": 1}
    assert not any("berita" in asked for asked in world.asked)
    assert listed(world) == []
    withdrawn = world.command("show", "1", "--json").json["withdrawn"]
    assert (withdrawn["reason"], withdrawn["by"]) == ("permintaan orang tua", "Bu Rini")


def test_a_takedown_means_the_text_wherever_it_stands(either: World) -> None:
    world = either
    world.robots()
    world.feed(1)
    serve(world, 1)
    world.crawl()
    world.command("withdraw", "1", "--reason", "permintaan", "--by", "Bu Rini")
    copy = html(article_page(7, f"1 {TEXT}", "Judul Lain"))
    world.serve(path(7), copy)
    world.feed(7)
    assert world.crawl().json["states"] == {"dropped:withdrawn": 1}
    assert world.crawl().json["states"] == {"known:withdrawn": 1}, "kept out by its address now"
    assert listed(world) == []


def test_a_publisher_may_keep_a_text_at_another_address(either: World) -> None:
    world = either
    world.robots()
    world.feed(1, 2, 3)
    serve(world, 1, 2, 3)
    # The same text under a second identifier: held as an address of the first.
    world.serve(path(7), html(article_page(7, f"1 {TEXT}", "Judul Lain")))
    world.feed(1, 2, 3, 7)
    assert world.crawl().json["states"] == {"stored": 3, "duplicate:same text": 1}
    world.serve(path(1), html("", 410))
    world.feed(7)
    for hours in (2, 8):
        world.let_pass(hours=hours)
        last = world.crawl()
    assert last.json["states"]["withdrawn:gone"] == 1
    assert world.crawl().json["states"] == {"stored": 1}
    articles = world.command("list", "--json").json["articles"]
    assert sorted(a["external_id"] for a in articles) == ["2", "3", "7"]


def test_an_undone_withdrawal_lets_it_be_shown_and_revised(either: World) -> None:
    world = either
    world.robots()
    world.feed(1)
    serve(world, 1)
    world.crawl()
    for _ in range(2):
        assert world.command("withdraw", "1", "--reason", "salah orang").code == 0
    undone = world.command("withdraw", "1", "--reason", "keliru", "--undo", "--by", "Pak Adi")
    assert undone.out == "Article 1 may be shown again.\n"
    assert listed(world) == [1]
    assert world.command("show", "1", "--json").json["withdrawn"] is None
    world.serve(path(1), html(article_page(1, OTHER_TEXT, "Judul Baru")))
    assert world.crawl("--recheck").json["states"] == {"revised": 1}
    again = world.command("withdraw", "1", "--reason", "keliru", "--undo")
    assert (again.code, "is not withdrawn" in again.err) == (2, True)


def test_an_address_of_which_nothing_is_held_is_kept_out(
    tmp_path: Any, httpserver: HTTPServer
) -> None:
    """A takedown may come before the article does; addresses are read by the publisher's rules."""
    world = World(httpserver, tmp_path)
    url = "https://m.republika.co.id/berita/tbm4gw436/judul?utm_source=x"
    assert world.demo("kemdikbud", "--limit", "1").code == 0
    done = world.command("withdraw", url, "--reason", "permintaan", "--by", "Bu Rini", "--json")
    assert done.json["kept_out"][0] == "tbm4gw436"
    ends = world.demo("republika").json["publishers"][0]["ends"]
    assert [end for url, end in ends.items() if "tbm4gw436" in url] == ["known:withdrawn"]
    undone = world.command("withdraw", url, "--reason", "keliru", "--undo")
    assert "is no longer kept out" in undone.out
    ends = world.demo("republika").json["publishers"][0]["ends"]
    assert [end for url, end in ends.items() if "tbm4gw436" in url] != ["known:withdrawn"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("99", "--reason", "x"), "no article"),
        (("https://lain.example/berita", "--reason", "x"), "no article"),
        (("1", "--reason", "  "), "--reason must say something"),
        (("1",), "reason"),
    ],
)
def test_a_withdrawal_that_cannot_be(world: World, args: tuple[str, ...], says: str) -> None:
    world.command("db", "upgrade")
    done = world.command("withdraw", *args)
    assert done.code == 2
    assert says in done.err
