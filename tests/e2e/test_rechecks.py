"""Held articles are looked at again by our own schedule, and corrections are caught that way."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug import Request, Response

from tests.e2e.world import World, article_page, html

TEXT = "Siswa SMK mengikuti uji kompetensi yang digelar sekolah bersama industri pada Selasa."


def serve_articles(world: World, *numbers: int) -> None:
    for number in numbers:
        world.serve(f"/berita/{number}/uji-{number}", world.page(number))


def looks(world: World) -> list[str]:
    return [path for path in world.asked if path.startswith("/berita")]


def history(world: World, article_id: int = 1) -> list[dict[str, Any]]:
    shown = world.command("show", str(article_id), "--history", "--json")
    assert shown.code == 0, shown.err
    found: list[dict[str, Any]] = shown.json["history"]
    return found


def test_what_no_channel_lists_any_more_is_looked_at_again(either: World) -> None:
    world = either
    world.robots()
    world.feed(1)
    corrected = False
    world.serve(
        "/berita/1/uji-1",
        lambda _: html(article_page(1, TEXT.replace("Selasa", "Rabu") if corrected else TEXT)),
    )
    assert world.crawl().json["states"] == {"stored": 1}
    world.feed(2)
    serve_articles(world, 2)
    corrected = True
    assert world.crawl().json["states"] == {"stored": 1}, "not due yet"
    world.let_pass(hours=1)
    done = world.crawl().json
    # Article 2 is due as well: it was seen at most an hour ago, too.
    assert done["states"] == {"revised": 1, "unchanged": 1}
    assert done["publishers"][0]["rechecks"] == {"asked": 2, "left": 0}
    first, second = history(world)
    assert (first["cause"], second["cause"], second["changed"]) == ("channel", "re-check", ["body"])
    (change,) = second["changes"]
    said = {span["text"].strip() for p in change["diff"] for span in p if span["op"] != "same"}
    assert said == {"Selasa.", "Rabu."}


def test_looks_become_rarer(world: World) -> None:
    """One look for each step of the schedule, and one for several that passed unused."""
    world.robots()
    world.feed(1)
    serve_articles(world, 1)
    world.crawl()
    counts = []
    for hours in (0.5, 0.6, 26, 24 * 30, 24 * 30):
        before = len(looks(world))
        world.let_pass(hours=hours)
        world.crawl()
        counts.append(len(looks(world)) - before)
    # after half an hour, an hour, a day, a month and two
    assert counts == [0, 1, 1, 1, 0]


@pytest.mark.parametrize("validator", ["ETag", "Last-Modified"])
def test_an_article_is_asked_for_conditionally(either: World, validator: str) -> None:
    world = either
    world.robots()
    world.feed(1)
    value = '"v1"' if validator == "ETag" else "Tue, 04 Aug 2026 03:00:00 GMT"
    sent = "If-None-Match" if validator == "ETag" else "If-Modified-Since"
    answered: list[int] = []

    def article(request: Request) -> Response:
        holds = request.headers.get(sent) == value
        answered.append(304 if holds else 200)
        return Response(status=304) if holds else html(article_page(1), **{validator: value})

    world.serve("/berita/1/uji-1", article)
    world.crawl()
    for hours in (1, 5, 18):
        world.let_pass(hours=hours)
        assert world.crawl().json["states"] == {"unchanged": 1}
    assert answered == [200, 304, 304, 304], "looked at by the schedule, not at every crawl"
    world.crawl()
    assert len(answered) == 4


def test_the_budget_leaves_the_rest_for_the_next_crawl(world: World) -> None:
    world.robots()
    world.feed(1, 2, 3, 4, 5)
    serve_articles(world, 1, 2, 3, 4, 5)
    world.crawl()
    world.feed()
    world.let_pass(hours=1)
    asked = []
    for _ in range(4):
        done = world.crawl("--budget", "2").json["publishers"][0]
        asked.append((done["rechecks"]["asked"], done["rechecks"]["left"], done["discovered"]))
    assert asked == [(2, 3, 2), (2, 1, 2), (1, 0, 1), (0, 0, 0)]
    assert len(set(looks(world)[5:])) == 5


def test_new_articles_come_first(world: World) -> None:
    """Whatever the order in which the requests were made."""
    world.robots()
    world.feed(1, 2, 3)
    serve_articles(world, 1, 2, 3, 4, 5, 6)
    world.crawl()
    world.let_pass(hours=1)
    world.feed(1, 2, 3, 4, 5, 6)
    world.asked.clear()
    assert world.crawl().json["states"] == {"stored": 3, "unchanged": 3}
    assert sorted(looks(world)[:3]) == [f"/berita/{n}/uji-{n}" for n in (4, 5, 6)]


def test_a_limit_keeps_re_checks_small_too(world: World) -> None:
    world.robots()
    world.feed(1, 2, 3)
    serve_articles(world, 1, 2, 3)
    world.crawl()
    world.let_pass(hours=1)
    assert world.crawl("--limit", "1").json["publishers"][0]["rechecks"] == {"asked": 1, "left": 2}


def test_what_a_channel_retitled_is_looked_at_once(world: World) -> None:
    world.robots()
    world.feed(1)
    serve_articles(world, 1)
    world.crawl()
    world.let_pass(hours=1)
    link = f"{world.base}/berita/1/uji-1"
    world.feed(extra=f"<item><title>Judul Baru</title><link>{link}</link></item>")
    world.serve("/berita/1/uji-1", world.page(1, headline="Judul Baru"))
    done = world.crawl().json
    assert done["states"] == {"revised": 1}
    assert done["publishers"][0]["rechecks"] == {"asked": 0, "left": 0}
    assert len(looks(world)) == 2
    assert history(world)[1]["cause"] == "channel"


TRIVIAL = {
    "white space": TEXT.replace(" ", "  "),
    "quotes": f"“{TEXT}”",
    "dashes": f"{TEXT} Uji — itu — selesai.",
    "counter": f"{TEXT}</p><p>Dilihat 2411 kali",
    "related links": f'{TEXT}</p><p>Baca juga: <a href="/berita/9/lain">Judul Lain</a>',
}
BEFORE = {
    "quotes": f'"{TEXT}"',
    "dashes": f"{TEXT} Uji - itu -- selesai.",
    "counter": f"{TEXT}</p><p>Dilihat 18 kali",
}


@pytest.mark.parametrize("name", TRIVIAL)
def test_trivial_changes_are_no_revision(world: World, name: str) -> None:
    world.robots()
    world.feed(1)
    world.serve("/berita/1/uji-1", html(article_page(1, BEFORE.get(name, TEXT))))
    world.crawl()
    world.let_pass(hours=1)
    world.serve("/berita/1/uji-1", html(article_page(1, TRIVIAL[name])))
    assert world.crawl().json["states"] == {"unchanged": 1}
    assert len(history(world)) == 1


def test_a_better_parser_is_no_correction(either: World) -> None:
    """An upgrade of the program must not look as if the publisher had corrected itself."""
    world = either
    world.robots()
    world.feed(1, 2)
    closing = '</p><div class="penutup">Redaksi menerima tulisan pembaca.</div><p>Selesai.'
    text = TEXT
    for number in (1, 2):
        world.serve(
            f"/berita/{number}/uji-{number}",
            lambda _, n=number: html(  # type: ignore[misc]
                article_page(n, (text if n == 1 else TEXT) + f" Uji {n}." + closing)
            ),
        )
    world.crawl("--parser", "old")
    world.let_pass(hours=1)
    text = TEXT.replace("Selasa", "Rabu")
    done = world.crawl("--parser", "new").json
    # The publisher corrected article 1; article 2 is only read otherwise.
    assert done["states"] == {"revised": 1, "revised:same page, other reading": 1}
    report = done["publishers"][0]
    assert (list(report["revised"]), list(report["read_anew"])) == (["1"], ["2"])
    assert [r["cause"] for r in history(world, 1)] == ["channel", "re-check"]
    one, other = history(world, 2)
    assert (one["cause"], other["cause"]) == ("channel", "parser")
    assert one["parser"] != other["parser"]
    assert "Redaksi menerima tulisan pembaca." in one["body"]
    world.let_pass(hours=5)
    assert world.crawl("--parser", "new").json["states"] == {"unchanged": 2}


def test_an_announced_correction_is_shown(world: World) -> None:
    world.robots()
    world.feed(1)
    world.serve("/berita/1/uji-1", html(article_page(1, TEXT)))
    world.crawl()
    world.let_pass(hours=1)
    note = "Berita ini telah dikoreksi pada Rabu (5/8)."
    world.serve("/berita/1/uji-1", html(article_page(1, f"{TEXT}</p><p>{note}")))
    assert world.crawl().json["states"] == {"revised": 1}
    announced = {"kind": "koreksi", "sentence": note}
    assert world.command("show", "1", "--json").json["correction"] == announced
    assert [r["correction"] for r in history(world)] == [None, announced]
    shown = world.command("show", "1", "--history").out
    assert f"CORRECTED by its publisher (koreksi): {note}" in shown
    assert f"  Announces a correction (koreksi): {note}" in shown
    assert "\tkoreksi\n" in world.command("list").out
    listed = world.command("list", "--json").json["articles"][0]
    assert listed["correction"] == announced
    assert listed["flags"] == [{"name": "correction", "rule": "koreksi", "found": note}]


def test_a_time_that_only_the_channel_states_is_not_lost(world: World) -> None:
    world.robots()
    link = f"{world.base}/berita/1/uji-1"
    item = f"<item><title>Uji Kompetensi 1</title><link>{link}</link><pubDate>{{}}</pubDate></item>"
    world.feed(extra=item.format("Tue, 04 Aug 2026 10:15:00 +0700"))
    page = article_page(1).replace("Selasa, 4 Agustus 2026 10:01 WIB", "")
    world.serve("/berita/1/uji-1", html(page))
    world.crawl()
    world.let_pass(hours=1)
    assert world.crawl().json["states"] == {"unchanged": 1}
    shown = world.command("show", "1", "--json").json
    assert shown["published_at"] == "2026-08-04T10:15:00+07:00"


def test_a_replay_looks_only_at_what_its_archive_holds(world: World) -> None:
    world.robots()
    world.feed(1, 2)
    serve_articles(world, 1, 2)
    world.crawl()
    world.let_pass(hours=2)
    world.serve("/berita/1/uji-1", world.page(1, TEXT))
    archive = str(world.folder / "day.warc.gz")
    world.crawl("--archive", archive, "--budget", "1")
    world.server.clear()
    world.asked.clear()
    # On a database that missed the live run.
    world.database_url = f"sqlite:///{world.folder / 'other.db'}"
    assert world.crawl("--replay", archive).json["states"] == {"stored": 1, "not archived": 1}
    assert world.crawl("--replay", archive).json["states"] == {"known": 1, "not archived": 1}
    assert world.asked == []


def test_an_archive_of_unchanged_pages_holds_no_article(world: World) -> None:
    """Replayed where nothing is held, "not modified" must not read as "fine"."""
    world.robots()
    world.feed(1)

    def article(request: Request) -> Response:
        holds = "If-None-Match" in request.headers
        return Response(status=304) if holds else html(article_page(1), ETag='"v1"')

    world.serve("/berita/1/uji-1", article)
    world.crawl()
    world.let_pass(hours=1)
    archive = str(world.folder / "day.warc.gz")
    assert world.crawl("--archive", archive).json["states"] == {"unchanged": 1}
    world.database_url = f"sqlite:///{world.folder / 'other.db'}"
    assert world.crawl("--replay", archive).json["states"] == {"not archived": 1}
